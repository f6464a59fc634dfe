//! `diarium completions` and `diarium man`: shell completions and the manual page.

use clap::CommandFactory;
use clap_complete::Shell;

use super::app::CliContext;
use super::args::Arguments;
use super::error::CliError;
use super::manual;
use crate::cli::status::Status;

/// Prints a completion script.
///
/// # Errors
/// If the output cannot be written.
pub fn completions(app: &mut CliContext<'_>, shell: Shell) -> Result<Status, CliError> {
    // Into memory first: the generator panics if its output is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "diarium", &mut script);
    app.output.data.write_all(&script)?;
    Ok(Status::Done)
}

/// Prints the manual page.
///
/// # Errors
/// If the output cannot be written.
pub fn man(app: &mut CliContext<'_>) -> Result<Status, CliError> {
    let page = manual::page(app.words.lang, &app.settings.keymap);
    app.output.data.write_all(page.as_bytes())?;
    Ok(Status::Done)
}
