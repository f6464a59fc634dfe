//! Prints records in any format, for `show` and `find`.

use super::app::CliContext;
use super::args::Format;
use super::error::CliError;
use super::table;
use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::reviewed::Reviewed;
use crate::export::{self, ExportFormat, Written};
use crate::i18n::CliWords;
use crate::search::language::sort_order::SortOrder;
use crate::summary::{plain, sheet};
use crate::text::printable::printable_lines;

/// Prints the records of these rows, in this order.
///
/// # Errors
/// If a field is unknown, or the output cannot be written.
pub fn print(
    app: &mut CliContext<'_>,
    format: Format,
    catalogue: &Catalogue,
    rows: &[Row],
    order: &SortOrder,
) -> Result<(), CliError> {
    let keys = app.keys()?;
    let records = rows.iter().filter_map(|row| catalogue.record(*row));
    let form = match format {
        Format::Table => return table::print(app, keys.as_deref(), order, records),
        // Commands that print records have refused SARIF before.
        Format::Text | Format::Sarif => return sheets(app, catalogue, rows),
        Format::Ids => ExportFormat::Ids,
        Format::Json => ExportFormat::Json,
        Format::Jsonl => ExportFormat::JsonLines,
        Format::Tsv => ExportFormat::Tsv,
        Format::Csv => ExportFormat::Csv,
        Format::Xlsx => ExportFormat::Workbook,
        Format::Md => ExportFormat::Markdown(app.words.lang),
    };
    let written = export::write(form, keys.as_deref(), records, app.output.data)?;
    say_what_is_left_out(app, &written)
}

/// Prints records as JSON, with their review facts.
///
/// # Errors
/// If a field is unknown, or the output cannot be written.
pub fn print_reviewed(
    app: &mut CliContext<'_>,
    format: Format,
    catalogue: &Catalogue,
    rows: &[Row],
    reviewed: &Reviewed,
) -> Result<(), CliError> {
    let keys = app.keys()?;
    let records = rows.iter().filter_map(|row| catalogue.record(*row));
    let form = if format == Format::Jsonl { ExportFormat::JsonLines } else { ExportFormat::Json };
    export::write_reviewed(form, keys.as_deref(), records, reviewed, app.output.data)?;
    Ok(())
}

/// Reports on standard error which values the format could not express.
///
/// # Errors
/// If standard error cannot be written.
pub fn say_what_is_left_out(app: &mut CliContext<'_>, written: &Written) -> Result<(), CliError> {
    let Written { labels_left_out: labels, values_left_out: values, run_together, .. } = written;
    let words = CliWords::of(app.words.lang);
    let notes = [
        (labels, words.labels_left_out),
        (values, words.values_left_out),
        (run_together, words.run_together),
    ];
    for (count, text) in notes {
        if *count > 0 {
            app.output.say(format!("{}: {text}: {count}", app.words.note))?;
        }
    }
    Ok(())
}

/// Prints the records as the screen shows them.
fn sheets(app: &mut CliContext<'_>, catalogue: &Catalogue, rows: &[Row]) -> Result<(), CliError> {
    let today = app.today();
    for (at, record) in rows.iter().filter_map(|row| catalogue.record(*row)).enumerate() {
        let sheet = sheet(catalogue, record, &app.words, today);
        let text = plain(&sheet, record.description(), app.output.data_looks.columns);
        let gap = if at > 0 { "\n" } else { "" };
        write!(app.output.data, "{gap}{}", printable_lines(&text))?;
    }
    Ok(())
}
