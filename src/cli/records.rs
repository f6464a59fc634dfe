//! Printing records in a chosen form, for `show` and `find`.

use super::app::App;
use super::args::Format;
use super::error::CliError;
use super::table;
use crate::domain::catalogue::{Catalogue, Row};
use crate::export::{self, Form};

/// Prints the records in these rows, in this order.
///
/// # Errors
/// When a key is unknown, or output cannot be written.
pub fn print(app: &mut App<'_>, format: Format, catalogue: &Catalogue, rows: &[Row]) -> Result<(), CliError> {
    let keys = app.keys()?;
    let records = rows.iter().filter_map(|row| catalogue.record(*row));
    let form = match format {
        Format::Table => return table::print(app, keys.as_deref(), records),
        Format::Text => Form::Text,
        Format::Ids => Form::Ids,
        Format::Json => Form::Json,
        Format::Jsonl => Form::JsonLines,
        Format::Tsv => Form::Tsv,
    };
    Ok(export::write(form, keys.as_deref(), records, app.output.data)?)
}
