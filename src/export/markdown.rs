//! Records as a Markdown document: a section each, with title, table of fields and text. Data is escaped: it cannot
//! start markup, HTML or a link.

use std::io::{self, Write};

use crate::domain::catalogue::record::{Field, Record};
use crate::domain::values::value::is_empty_marker;
use crate::i18n::{Lang, Words, field_label};
use crate::text::markdown::{cell, line, paragraphs};

/// Writes records, one section after the other. Known fields are called in the given language.
pub(super) fn write<'a>(
    lang: Lang,
    records: impl Iterator<Item = Record<'a>>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut count = 0;
    for record in records {
        if count > 0 {
            writeln!(out)?;
        }
        section(lang, record, out)?;
        count += 1;
    }
    Ok(count)
}

fn section(lang: Lang, record: Record<'_>, out: &mut dyn Write) -> io::Result<()> {
    let dash = if record.name().is_empty() { "" } else { " – " };
    writeln!(out, "# {}{dash}{}", line(record.id()), line(record.name()))?;
    let mut fields = record.fields().filter(|field| !is_empty_marker(field.value)).peekable();
    if fields.peek().is_some() {
        writeln!(out, "\n| {} |\n|---|---|", Words::of(lang).field_and_value)?;
    }
    for field in fields {
        writeln!(out, "| {} | {} |", line(label(lang, &field)), cell(field.value))?;
    }
    let body = paragraphs(record.description());
    if body.is_empty() { Ok(()) } else { writeln!(out, "\n{body}") }
}

fn label<'a>(lang: Lang, field: &Field<'a>) -> &'a str {
    field.kind.map_or(field.label, |kind| field_label(kind, lang))
}
