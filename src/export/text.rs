//! Records as text records, the format of the original files: reading the output yields the same records.
//!
//! Two things cannot be expressed: an empty value before an unknown label becomes `-`, which means the same; and a
//! record with neither a diarienummer nor another known field than its name has to come first.

use std::io::{self, Write};

use super::Written;
use crate::domain::catalogue::record::{Field, Record};
use crate::domain::schema::FieldKind;
use crate::domain::values::title_id::find_title_id;
use crate::text::printable::printable_lines;

/// Writes records, two blank lines between them: after a single one, the last words of a text could be taken
/// for the next record's title.
pub(super) fn write<'a>(
    records: impl Iterator<Item = Record<'a>>,
    out: &mut dyn Write,
) -> io::Result<Written> {
    let mut written = Written::default();
    for (at, record) in records.enumerate() {
        let between = if at == 0 { "" } else { "\n\n" };
        write!(out, "{between}{}", printable_lines(&record_text(record, at == 0)))?;
        written.records += 1;
        let has_start =
            || record.diarienummer().is_some() || record.fields().any(|field| field.kind.is_some());
        written.run_together += usize::from(at > 0 && !has_start());
    }
    Ok(written)
}

fn record_text(record: Record<'_>, is_first: bool) -> String {
    let mut text = String::new();
    let title = title(record, is_first);
    if let Some(title) = &title {
        text.push_str(title);
        text.push_str("\n\n");
    }
    // A label that is known must follow a title or begin a file, `Diarienummer` must begin any other record.
    let mut fields: Vec<Field<'_>> = record.fields().collect();
    let first = fields.iter().position(|field| {
        if title.is_some() || is_first {
            field.kind.is_some()
        } else {
            field.kind == Some(FieldKind::Diarienummer)
        }
    });
    if let Some(first) = first {
        fields.get_mut(..=first).unwrap_or_default().rotate_right(1);
    }
    for (at, field) in fields.iter().enumerate() {
        write_field(field, fields.get(at + 1), &mut text);
    }
    let body = record.description();
    if !body.is_empty() {
        // A text that begins like a label would go on with the fields after a single blank line.
        text.push_str(if known_label(body).is_some() { "\n\n" } else { "\n" });
        text.push_str(body);
        text.push('\n');
    }
    text
}

/// `23-079-S13 - Name`; the name alone if there is no diarienummer, unless it would be read as something else. Such a
/// record starts with its stable key if another one precedes it.
fn title(record: Record<'_>, is_first: bool) -> Option<String> {
    let name = record.name().replace('\n', " ");
    match record.diarienummer() {
        None if !is_first => {
            let key = record.id().split('#').next().unwrap_or_default();
            Some(if name.is_empty() { key.to_owned() } else { format!("{key} - {name}") })
        }
        _ if name.is_empty() => None,
        Some(id) => Some(format!("{id} - {name}")),
        None => (find_title_id(&name).is_none() && known_label(&name).is_none()).then_some(name),
    }
}

fn write_field(field: &Field<'_>, next: Option<&Field<'_>>, text: &mut String) {
    let swallows_next = next.is_some_and(|next| next.kind.is_none());
    let value = if field.value.is_empty() && swallows_next { "-" } else { field.value };
    let line = match value {
        "" => format!("{}:\n", field.label),
        // On a line of its own this value would be the next label.
        value if known_label(value).is_some() => format!("{}: {value}\n", field.label),
        value => format!("{}:\n{value}\n", field.label),
    };
    text.push_str(&line);
}

/// The known label with which a text begins.
fn known_label(text: &str) -> Option<FieldKind> {
    let first_line = text.lines().next()?;
    FieldKind::from_label(first_line.split_once(':')?.0.trim())
}
