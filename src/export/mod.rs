//! Records as files and output: text records, JSON, lists, Markdown. Knows no screen and no paths but
//! their endings; all text comes from `Record`, which hides personal data.

mod delimited;
mod json;
mod key;
mod markdown;
mod text;
mod value;
mod workbook;

#[cfg(test)]
mod text_tests;

use std::io::{self, Write};

use delimited::Dialect;

use crate::domain::catalogue::record::Record;
use crate::domain::reviewed::Reviewed;
use crate::i18n::Lang;
use crate::text::printable::printable;

pub use json::{write_array, write_object};
pub use key::ExportKey;
pub use value::{ExportValue, Number};
pub use workbook::WorkbookError;

/// A form in which records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Text records, which read back as the same records.
    Text,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// Tab-separated values below a line of keys.
    Tsv,
    /// Comma-separated values below a line of keys.
    Csv,
    /// The same as a Swedish Excel opens it.
    CsvExcel,
    /// An XLSX workbook with one sheet.
    Workbook,
    /// A document in Markdown, its words in this language.
    Markdown(Lang),
    /// The ids, one a line.
    Ids,
}

/// A row of a list with its line end: tab-separated, or comma-separated for every other format. Cells that look like a
/// formula are marked.
#[must_use]
pub fn list_row(form: ExportFormat, cells: &[String]) -> String {
    match form {
        ExportFormat::Tsv => Dialect::Tabs,
        _ => Dialect::Commas,
    }
    .row(cells)
}

/// Records could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output could not be written to.
    #[error("records could not be written: {0}")]
    Write(#[from] io::Error),
    /// The form is not text.
    #[error("records could not be written: not UTF-8")]
    NotText(#[from] std::string::FromUtf8Error),
    /// The records exceed a limit of a workbook.
    #[error("records could not be written: {0}")]
    Workbook(#[from] WorkbookError),
}

/// Numbers of records and values that were written or left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Number of written records.
    pub records: usize,
    /// Number of labels without a column, because the list already has the maximum.
    pub labels_left_out: usize,
    /// Number of values that could not be read as the type of their column.
    pub values_left_out: usize,
    /// Number of records without a known field: in a text file such a record runs into the one before it.
    pub run_together: usize,
}

impl Written {
    fn whole(records: usize) -> Self {
        Self { records, ..Self::default() }
    }
}

/// The endings of file names that ask for a form.
pub const ENDINGS: &str = ".csv .tsv .xlsx .json .jsonl .md .txt";

impl ExportFormat {
    /// The format of a file name's extension; `None` if the extension is unknown.
    #[must_use]
    pub fn from_path(path: &str, lang: Lang) -> Option<Self> {
        Some(match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::JsonLines,
            "tsv" => Self::Tsv,
            "csv" => Self::Csv,
            "xlsx" => Self::Workbook,
            "md" | "markdown" => Self::Markdown(lang),
            "txt" => Self::Text,
            _ => return None,
        })
    }
}

/// Writes records, one after the other. Without keys, all that belong to the form.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write<'a>(
    form: ExportFormat,
    keys: Option<&[ExportKey]>,
    records: impl Iterator<Item = Record<'a>> + Clone,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    Ok(match form {
        ExportFormat::Text => text::write(records, out)?,
        ExportFormat::Json => {
            Written::whole(json::write(keys.unwrap_or(ExportKey::ALL), records, None, out)?)
        }
        ExportFormat::JsonLines => {
            Written::whole(json::write_lines(keys.unwrap_or(ExportKey::ALL), records, None, out)?)
        }
        ExportFormat::Tsv => delimited::write(Dialect::Tabs, keys, records, out)?,
        ExportFormat::Csv => delimited::write(Dialect::Commas, keys, records, out)?,
        ExportFormat::CsvExcel => delimited::write(Dialect::Excel, keys, records, out)?,
        ExportFormat::Workbook => workbook::write(keys, records, out)?,
        ExportFormat::Markdown(lang) => Written::whole(markdown::write(lang, records, out)?),
        ExportFormat::Ids => {
            let mut count = 0;
            for record in records {
                writeln!(out, "{}", printable(record.id()))?;
                count += 1;
            }
            Written::whole(count)
        }
    })
}

/// Writes records with their review facts as JSON: one array, or one object per line.
///
/// # Errors
/// If `out` cannot be written to.
pub fn write_reviewed<'a>(
    form: ExportFormat,
    keys: Option<&[ExportKey]>,
    records: impl Iterator<Item = Record<'a>>,
    reviewed: &Reviewed,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let keys = keys.unwrap_or(ExportKey::ALL);
    match form {
        ExportFormat::JsonLines => json::write_lines(keys, records, Some(reviewed), out),
        _ => json::write(keys, records, Some(reviewed), out),
    }
}

/// The records as one text.
///
/// # Errors
/// For a form that is not text.
pub fn render<'a>(
    form: ExportFormat,
    records: impl Iterator<Item = Record<'a>> + Clone,
) -> Result<String, ExportError> {
    let mut bytes = Vec::new();
    write(form, None, records, &mut bytes)?;
    Ok(String::from_utf8(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("ut.JSON", Some(ExportFormat::Json))]
    #[case("a.b.jsonl", Some(ExportFormat::JsonLines))]
    #[case("ut.tsv", Some(ExportFormat::Tsv))]
    #[case("ut.Csv", Some(ExportFormat::Csv))]
    #[case("ut.md", Some(ExportFormat::Markdown(Lang::English)))]
    #[case("ut.txt", Some(ExportFormat::Text))]
    #[case("ut.XLSX", Some(ExportFormat::Workbook))]
    #[case("ut.xls", None)]
    #[case("ut.pdf", None)]
    #[case("ut", None)]
    fn the_extension_selects_the_format(#[case] path: &str, #[case] form: Option<ExportFormat>) {
        assert_eq!(ExportFormat::from_path(path, Lang::English), form);
    }

    #[test]
    fn every_ending_that_is_named_is_known() {
        for ending in ENDINGS.split(' ') {
            assert!(ExportFormat::from_path(ending, Lang::Swedish).is_some(), "{ending}");
        }
    }
}
