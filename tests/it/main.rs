//! Integration tests, in one binary.

mod architecture;
mod cli;
mod corpus;
mod documents;
mod imports;
mod lists;
mod meaning;
mod pictures;
mod privacy;
mod prose;
#[cfg(unix)]
mod pty;
mod published_lists;
mod queries;
mod ranking;
#[cfg(unix)]
mod readme;
mod records;
mod screen;
mod steps;
mod workbook;
mod written;
