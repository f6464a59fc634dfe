//! Integration tests, in one binary.

mod architecture;
mod cli;
mod corpus;
mod documents;
mod lists;
#[cfg(unix)]
mod pty;
mod queries;
mod ranking;
mod records;
mod screen;
mod steps;
mod workbook;
mod written;
