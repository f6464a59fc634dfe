//! The summary of a record: the fixed first block, the other fields in groups, the text, the sources.
//!
//! Screen and command line print the same summary, each with its own layout and colours.

mod first_block;
mod groups;
mod other_sources;
mod period_bar;
mod plain;
mod short;

use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;
use crate::domain::schema::FieldKind;
use crate::domain::values::date::Date;
use crate::i18n::Words;

pub use period_bar::{PeriodBar, ProjectState, state_of};
pub use plain::plain;
pub use short::short_value;

/// Meaning of a piece; decides its appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A value of the record.
    Value,
    /// A value that matters most: id, name.
    Strong,
    /// Said because nothing is known.
    Missing,
    /// Words around values: units, separators, remarks.
    Quiet,
    /// State of the project.
    State(ProjectState),
    /// Elapsed part of the project period.
    Bar(PeriodBar),
}

/// Origin of a piece, for highlighting matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOrigin {
    /// The id.
    Id,
    /// The name.
    Name,
    /// Another short field.
    Short,
}

/// A few words that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryPiece {
    /// The words. A bar has none.
    pub text: String,
    /// Meaning of the piece.
    pub role: Role,
    /// Origin of the text; `None` for words of the program.
    pub origin: Option<TextOrigin>,
    /// The raw text of the field, for copying; `None` if the piece is not a field.
    pub raw: Option<String>,
    /// The known field that the raw text is a value of; `None` for other fields, and for values that do not count.
    pub field: Option<FieldKind>,
}

/// One line of a sheet, if there is room for it in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryLine {
    /// The label of the line; empty for the first line.
    pub label: String,
    /// The contents.
    pub pieces: Vec<SummaryPiece>,
}

/// Fields under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryGroup {
    /// The heading.
    pub title: &'static str,
    /// The fields.
    pub lines: Vec<SummaryLine>,
}

/// The summary of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSummary {
    /// Id, name and state; then the facts that callers ask for.
    pub first: Vec<SummaryLine>,
    /// The other fields.
    pub groups: Vec<SummaryGroup>,
    /// The sources: file and line.
    pub sources: Vec<SummaryLine>,
}

/// Makes the sheet of a record, as of a day.
#[must_use]
pub fn sheet(catalogue: &Catalogue, record: Record<'_>, words: &Words, today: Date) -> RecordSummary {
    RecordSummary {
        first: first_block::lines(catalogue, record, words, today),
        groups: groups::groups(catalogue, record, words),
        sources: sources(catalogue, record, words),
    }
}

fn sources(catalogue: &Catalogue, record: Record<'_>, words: &Words) -> Vec<SummaryLine> {
    let mut lines: Vec<SummaryLine> = record
        .places()
        .map(|place| {
            let at = format!("{}:{}", catalogue.source_name(place.source), place.line);
            // Where a record comes from is not searched, so nothing in it can have matched.
            let piece = SummaryPiece { origin: None, ..SummaryPiece::raw(at.clone(), at, None) };
            SummaryLine { label: words.source.to_owned(), pieces: vec![piece] }
        })
        .collect();
    let hidden = record.hidden_fields();
    if hidden > 0 {
        lines.push(SummaryLine {
            label: String::new(),
            pieces: vec![SummaryPiece::quiet(format!("{hidden} {}", words.hidden_fields))],
        });
    }
    lines
}

impl SummaryPiece {
    fn new(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role, origin: None, raw: None, field: None }
    }

    fn quiet(text: impl Into<String>) -> Self {
        Self::new(text, Role::Quiet)
    }

    /// Words made of the raw text of a field.
    fn raw(text: impl Into<String>, raw: impl Into<String>, field: impl Into<Option<FieldKind>>) -> Self {
        Self {
            origin: Some(TextOrigin::Short),
            raw: Some(raw.into()),
            field: field.into(),
            ..Self::new(text, Role::Value)
        }
    }
}

/// All raw values of a field, joined.
fn joined(record: Record<'_>, kind: FieldKind) -> Option<String> {
    let values: Vec<&str> = record.all(kind).map(|field| field.value.trim()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

#[cfg(test)]
mod tests;
