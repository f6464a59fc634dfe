//! Records as files and output: text records, JSON, tab-separated values. Knows no screen and no paths but
//! their endings; all text comes from `Record`, which hides personal data.

mod json;
mod key;
mod text;
mod tsv;
mod value;

#[cfg(test)]
mod text_tests;

use std::io::{self, Write};

use crate::domain::record::Record;
use crate::text::printable::printable;

pub use json::write_array;
pub use key::Key;
pub use value::Value;

/// A form in which records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text records, which read back as the same records.
    Text,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// Tab-separated values below a line of keys.
    Tsv,
    /// The ids, one a line.
    Ids,
}

/// Records could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// What they were written to failed.
    #[error("records could not be written: {0}")]
    Write(#[from] io::Error),
    /// Values that are no text ended up in a text.
    #[error("records could not be written: not UTF-8")]
    NotText(#[from] std::string::FromUtf8Error),
}

impl Form {
    /// The form that a file name's ending asks for; text records where it asks for none that is known.
    #[must_use]
    pub fn of_file(path: &str) -> Self {
        match path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
            Some("json") => Self::Json,
            Some("jsonl" | "ndjson") => Self::JsonLines,
            Some("tsv") => Self::Tsv,
            _ => Self::Text,
        }
    }

    /// Whether one may choose what is written of a record.
    #[must_use]
    pub const fn has_keys(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines | Self::Tsv)
    }
}

/// Writes records, one after the other. Without keys, all that belong to the form.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write<'a>(
    form: Form,
    keys: Option<&[Key]>,
    records: impl Iterator<Item = Record<'a>>,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    match form {
        Form::Text => text::write(records, out)?,
        Form::Json => json::write(keys.unwrap_or(Key::ALL), records, out)?,
        Form::JsonLines => json::write_lines(keys.unwrap_or(Key::ALL), records, out)?,
        Form::Tsv => tsv::write(keys.unwrap_or(tsv::KEYS), records, out)?,
        Form::Ids => {
            for record in records {
                writeln!(out, "{}", printable(record.id()))?;
            }
        }
    }
    Ok(())
}

/// The records as one text.
///
/// # Errors
/// Never for records that fit into memory; the signature leaves room for forms that can fail.
pub fn render<'a>(form: Form, records: impl Iterator<Item = Record<'a>>) -> Result<String, ExportError> {
    let mut bytes = Vec::new();
    write(form, None, records, &mut bytes)?;
    Ok(String::from_utf8(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("ut.JSON", Form::Json)]
    #[case("a.b.jsonl", Form::JsonLines)]
    #[case("ut.tsv", Form::Tsv)]
    #[case("ut.txt", Form::Text)]
    #[case("ut", Form::Text)]
    fn the_ending_tells_the_form(#[case] path: &str, #[case] form: Form) {
        assert_eq!(Form::of_file(path), form);
    }
}
