//! The blocks of a report: headings, tables, entries, room to sign. Each output format lays them out in its own way.

use super::{ReportText, Shown, Signed};
use crate::i18n::ReportWords;

/// A part of a document.
pub(super) enum Block {
    /// Heading of a section.
    Heading(&'static str),
    /// Heading inside a section.
    Subheading(String),
    /// A sentence or two.
    Paragraph(Shown),
    /// A statement that must not be missed.
    Notice(Shown),
    /// Names with their values, one per line.
    Facts(Vec<(&'static str, Vec<Shown>)>),
    /// A table.
    Table(Table),
    /// The verdicts and findings of one record.
    Entry(ReportEntry),
    /// Room for signatures: the role and name of each signer.
    Signatures(Vec<(&'static str, Shown)>),
}

/// A table.
pub(super) struct Table {
    /// Its columns.
    pub columns: Vec<(&'static str, ColumnKind)>,
    /// Its rows, with a cell for each column.
    pub rows: Vec<Vec<Shown>>,
}

/// Content of a column; decides its alignment and line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    /// Words.
    Text,
    /// Text that must not be broken: ids, times.
    Whole,
    /// Numbers.
    Number,
    /// Long digits.
    Digits,
}

/// The verdicts and findings of one record.
pub(super) struct ReportEntry {
    /// Its id.
    pub id: Shown,
    /// Its name.
    pub name: Shown,
    /// Verdicts and findings, oldest first.
    pub items: Vec<EntryStatement>,
}

/// A verdict or a finding.
pub(super) struct EntryStatement {
    /// The verdict with its reason, or the word for a finding.
    pub label: Shown,
    /// In which words.
    pub text: Shown,
    /// The person and the time.
    pub by: Shown,
}

impl Table {
    /// One with these columns and no rows yet.
    pub(super) fn new(columns: &[(&'static str, ColumnKind)]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(super) fn row<T: Into<Shown>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

/// A time in milliseconds since 1970, to the minute.
pub(super) fn time(milliseconds: i64) -> String {
    let written = |time: jiff::Timestamp| time.strftime("%Y-%m-%d %H:%M UTC").to_string();
    jiff::Timestamp::from_millisecond(milliseconds).map_or_else(|_| milliseconds.to_string(), written)
}

/// The person and the time as one text.
pub(super) fn signed(by: &Signed) -> String {
    format!("{}, {}", by.person, time(by.time))
}

/// A text of a report; the notice that stands in for a text that was emptied.
pub(super) fn said<'a>(said: &'a ReportText, words: &ReportWords) -> &'a str {
    match said {
        ReportText::Nothing => "",
        ReportText::Text(text) => text,
        ReportText::Emptied => words.emptied_text,
    }
}
