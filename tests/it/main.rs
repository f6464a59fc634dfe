//! Integration tests, in one binary.

mod architecture;
#[cfg(unix)]
mod pty;
mod records;
mod screen;
