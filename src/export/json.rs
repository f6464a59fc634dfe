//! Records as JSON. Characters that control a terminal or the writing direction are escaped, so that the output can be
//! printed safely.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::key::ExportKey;
use super::value::ExportValue;
use crate::domain::catalogue::record::Record;
use crate::domain::reviewed::Reviewed;
use crate::text::printable::is_unprintable;

/// A record as an object of these keys.
struct ExportedRecord<'a> {
    record: Record<'a>,
    keys: &'a [ExportKey],
    reviewed: Option<&'a Reviewed>,
}

impl Serialize for ExportedRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let said = self.reviewed.and_then(|reviewed| reviewed.get(self.record.row()));
        let value = |key: ExportKey| match (key, said) {
            (ExportKey::Review, Some(said)) => ExportValue::Review(said),
            (key, _) => ExportValue::read(self.record, key),
        };
        serializer.collect_map(self.keys.iter().map(|key| (key.name(), value(*key))))
    }
}

/// Writes records as one array.
pub(super) fn write<'a>(
    keys: &[ExportKey],
    records: impl Iterator<Item = Record<'a>>,
    reviewed: Option<&Reviewed>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    write_array(records.map(|record| ExportedRecord { record, keys, reviewed }), out)
}

/// Writes records as one object a line.
pub(super) fn write_lines<'a>(
    keys: &[ExportKey],
    records: impl Iterator<Item = Record<'a>>,
    reviewed: Option<&Reviewed>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut count = 0;
    for record in records {
        let json = serde_json::to_string(&ExportedRecord { record, keys, reviewed })?;
        writeln!(out, "{}", escaped(&json))?;
        count += 1;
    }
    Ok(count)
}

/// Writes values as one array, each as soon as it is available, and returns their number.
///
/// # Errors
/// If `out` cannot be written to.
pub fn write_array(things: impl Iterator<Item = impl Serialize>, out: &mut dyn Write) -> io::Result<usize> {
    let mut count = 0;
    for thing in things {
        let json = serde_json::to_string_pretty(&thing)?;
        let before = if count == 0 { "[" } else { "," };
        write!(out, "{before}\n{}", indented(&escaped(&json)))?;
        count += 1;
    }
    let end = if count == 0 { "[]" } else { "\n]" };
    writeln!(out, "{end}")?;
    Ok(count)
}

/// Writes one value, over several lines.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_object(object: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", escaped(&serde_json::to_string_pretty(object)?))
}

/// Escapes dangerous characters, which occur only inside strings.
fn escaped(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match u32::from(c) {
            code if is_unprintable(c) && c != '\n' => safe.extend(["\\u", &format!("{code:04x}")]),
            _ => safe.push(c),
        }
    }
    safe
}

fn indented(json: &str) -> String {
    json.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_controls_a_terminal_is_written() {
        let text = "a\u{1b}[31m\u{202e}b\u{9b}\u{7f}\n\u{2066}å";
        let mut out = Vec::new();
        write_array(std::iter::once(text), &mut out).expect("written");
        let json = String::from_utf8(out).expect("text");
        assert_eq!(json, "[\n  \"a\\u001b[31m\\u202eb\\u009b\\u007f\\n\\u2066å\"\n]\n");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).expect("JSON"), [text]);
    }

    #[test]
    fn nothing_is_an_empty_array() {
        let mut out = Vec::new();
        write_array(std::iter::empty::<u8>(), &mut out).expect("written");
        assert_eq!(out, b"[]\n");
    }
}
