//! Integration tests.

#[cfg(unix)]
mod pty;
