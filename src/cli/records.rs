//! Printing records in a chosen form, for `show` and `find`.

use super::app::App;
use super::args::Format;
use super::error::CliError;
use super::table;
use crate::domain::catalogue::{Catalogue, Row};
use crate::export::{self, Form};
use crate::sheet::{plain, sheet};
use crate::text::printable::printable_lines;

/// Prints the records in these rows, in this order.
///
/// # Errors
/// When a key is unknown, or output cannot be written.
pub fn print(app: &mut App<'_>, format: Format, catalogue: &Catalogue, rows: &[Row]) -> Result<(), CliError> {
    let keys = app.keys()?;
    let records = rows.iter().filter_map(|row| catalogue.record(*row));
    let form = match format {
        Format::Table => return table::print(app, keys.as_deref(), records),
        Format::Text => return sheets(app, catalogue, rows),
        Format::Ids => Form::Ids,
        Format::Json => Form::Json,
        Format::Jsonl => Form::JsonLines,
        Format::Tsv => Form::Tsv,
    };
    Ok(export::write(form, keys.as_deref(), records, app.output.data)?)
}

/// The records as the screen shows them, whole.
fn sheets(app: &mut App<'_>, catalogue: &Catalogue, rows: &[Row]) -> Result<(), CliError> {
    let today = app.today();
    for (at, record) in rows.iter().filter_map(|row| catalogue.record(*row)).enumerate() {
        let sheet = sheet(catalogue, record, &app.words, today);
        let text = plain(&sheet, record.description());
        let gap = if at > 0 { "\n" } else { "" };
        write!(app.output.data, "{gap}{}", printable_lines(&text))?;
    }
    Ok(())
}
