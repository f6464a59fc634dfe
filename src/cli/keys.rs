//! `diarium keys`: the key bindings in force, by context.

use super::app::CliContext;
use super::args::Format;
use super::error::CliError;
use crate::cli::status::Status;
use crate::text::width::width;
use crate::ui::keys::context::Context;

/// Runs the command.
///
/// # Errors
/// If the output cannot be written.
pub fn run(app: &mut CliContext<'_>) -> Result<Status, CliError> {
    app.format(&[Format::Text], Format::Text)?;
    let (lang, looks) = (app.words.lang, app.output.data_looks);
    let mut before = "";
    for context in Context::ALL {
        let heading = format!("{} [keys.{}]", context.title(lang), context.name());
        writeln!(app.output.data, "{before}{}", looks.strong(heading))?;
        before = "\n";
        for row in app.settings.keymap.rows().iter().filter(|row| row.context == *context) {
            let keys: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
            let keys = if keys.is_empty() { "–".to_owned() } else { keys.join(", ") };
            let pad = " ".repeat(18_usize.saturating_sub(width(&keys)));
            let (name, title) = (row.action.name(), row.action.title(lang));
            writeln!(app.output.data, "  {keys}{pad} {name:<20} {title}")?;
        }
    }
    Ok(Status::Done)
}
