//! Integration tests, in one binary.

mod architecture;
mod cli;
#[cfg(unix)]
mod pty;
mod records;
mod screen;
