//! Records as a table, truncated to the width of a terminal; complete in a pipe.

use super::app::CliContext;
use super::error::CliError;
use crate::domain::catalogue::record::Record;
use crate::export::{ExportKey, ExportValue};
use crate::i18n::{Words, label_of_key};
use crate::search::language::sort_order::{SortKey, SortOrder};
use crate::text::printable::printable;
use crate::text::width::{truncated, width};

/// Default columns.
const COLUMNS: &[ExportKey] = &[ExportKey::Id, ExportKey::Name, ExportKey::Beneficiary, ExportKey::EndDate];

/// Column separator.
const GAP: usize = 2;

/// Minimum width of a column.
const NARROWEST: usize = 10;

/// Prints a table with a heading. By default the columns are id, name, owner and end date, and the fields that the
/// records are sorted by.
///
/// # Errors
/// If the output cannot be written.
pub fn print<'a>(
    app: &mut CliContext<'_>,
    keys: Option<&[ExportKey]>,
    order: &SortOrder,
    records: impl Iterator<Item = Record<'a>>,
) -> Result<(), CliError> {
    let columns = default_columns(order);
    let heading: Vec<String> = match keys {
        None => columns.iter().map(|key| title(*key, &app.words)).collect(),
        Some(keys) => keys.iter().map(|key| key.name().to_owned()).collect(),
    };
    let keys = keys.unwrap_or(&columns);
    let rows: Vec<Vec<String>> = records.map(|record| cells(record, keys, &app.words)).collect();
    let looks = app.output.data_looks;
    let mut widths: Vec<usize> = heading.iter().map(|cell| width(cell)).collect();
    for row in &rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = width(cell).max(*widest);
        }
    }
    if let Some(columns) = looks.columns {
        narrow(&mut widths, columns);
    }
    let ellipsis = if app.settings.ascii.value { ".." } else { "…" };
    writeln!(app.output.data, "{}", looks.strong(line(&heading, &widths, ellipsis)))?;
    for row in &rows {
        writeln!(app.output.data, "{}", line(row, &widths, ellipsis))?;
    }
    Ok(())
}

fn default_columns(order: &SortOrder) -> Vec<ExportKey> {
    let mut columns = COLUMNS.to_vec();
    for by in order.keys() {
        let SortKey::Field(kind) = by.key else { continue };
        columns.extend(ExportKey::from_name(kind.spec().key).filter(|key| !COLUMNS.contains(key)));
    }
    columns
}

fn cells(record: Record<'_>, keys: &[ExportKey], words: &Words) -> Vec<String> {
    let cell = |key: &ExportKey| match ExportValue::read(record, *key) {
        ExportValue::Amount { amount, currency } => {
            format!("{amount} {}", currency.unwrap_or(words.currency_not_stated))
        }
        value => printable(&value.cell()).into_owned(),
    };
    keys.iter().map(cell).collect()
}

/// A column heading in the language in force.
fn title(key: ExportKey, words: &Words) -> String {
    label_of_key(key.name(), words.lang).unwrap_or("Id").to_owned()
}

/// Narrows the widest column until the table fits.
fn narrow(widths: &mut [usize], columns: usize) {
    let gaps = GAP * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > columns {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => return,
        }
    }
}

fn line(cells: &[String], widths: &[usize], ellipsis: &str) -> String {
    let mut line = String::new();
    for (cell, columns) in cells.iter().zip(widths) {
        let cell = truncated(cell, *columns, ellipsis);
        line.push_str(&cell);
        line.extend(std::iter::repeat_n(' ', columns - width(&cell).min(*columns) + GAP));
    }
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way() {
        let mut widths = [10, 60, 30, 10];
        narrow(&mut widths, 80);
        assert_eq!(widths, [10, 27, 27, 10]);
        narrow(&mut widths, 20);
        assert_eq!(widths, [10, 10, 10, 10]);
    }

    #[test]
    fn wide_characters_are_counted_as_they_are_shown() {
        let cells = ["日本語".to_owned(), "x".to_owned()];
        assert_eq!(line(&cells, &[4, 1], "…"), "日…   x");
    }
}
