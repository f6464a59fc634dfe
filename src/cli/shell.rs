//! `diarium completions` and `diarium man`: shell completions and the manual page.

use clap::CommandFactory;
use clap_complete::Shell;

use super::app::CliContext;
use super::args::Arguments;
use super::error::CliError;
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
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    app.output.data.write_all(&page)?;
    Ok(Status::Done)
}
