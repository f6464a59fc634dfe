//! A report as a row of blocks, in words: what the forms for reading have in common. How a block looks is theirs.

use super::{Report, ReportText, Shown, Signed, sections};
use crate::i18n::ReportWords;

/// A report in words.
pub(super) struct ReportDocument {
    /// What stands at its head.
    pub title: &'static str,
    /// The name of the round.
    pub name: Shown,
    /// What stands at the foot of each page: the name, and the beginning of the closing hash.
    pub foot: Shown,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a document.
pub(super) enum Block {
    /// What follows is about this.
    Heading(&'static str),
    /// What follows is about this part of it.
    Subheading(String),
    /// A sentence or two.
    Paragraph(Shown),
    /// What nobody must miss.
    Notice(Shown),
    /// Names with what they stand for, a line each.
    Facts(Vec<(&'static str, Vec<Shown>)>),
    /// A table.
    Table(Table),
    /// What was said of one record.
    Entry(ReportEntry),
    /// Room to sign for these people, each with what they sign as.
    Signatures(Vec<(&'static str, Shown)>),
}

/// A table.
pub(super) struct Table {
    /// Its columns.
    pub columns: Vec<(&'static str, BlockKind)>,
    /// Its rows, with a cell for each column.
    pub rows: Vec<Vec<Shown>>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// Words.
    Text,
    /// What must not be broken: ids, times.
    Whole,
    /// Numbers.
    Number,
    /// Long digits.
    Digits,
}

/// What was said of one record.
pub(super) struct ReportEntry {
    /// Its id.
    pub id: Shown,
    /// Its name.
    pub name: Shown,
    /// What was said, oldest first.
    pub items: Vec<Item>,
}

/// Something that somebody said.
pub(super) struct Item {
    /// What it is: a verdict with its reason, a finding.
    pub label: Shown,
    /// In which words.
    pub text: Shown,
    /// Who, and when.
    pub by: Shown,
}

impl ReportDocument {
    /// Says a report in a language.
    pub(super) fn of(report: &Report, words: &ReportWords) -> Self {
        let mut blocks = Vec::new();
        sections::all(report, words, &mut blocks);
        let sealed = report.seal.as_ref().map(|seal| seal.closing.hash.chars().take(16));
        let sealed = sealed.map(|hash| format!(" · SHA-256 {}…", hash.collect::<String>()));
        let foot = format!("{}{}", report.name, sealed.unwrap_or_default());
        Self { title: words.title, name: Shown::of(&report.name), foot: foot.into(), blocks }
    }
}

impl Table {
    /// One with these columns and no rows yet.
    pub(super) fn new(columns: &[(&'static str, BlockKind)]) -> Self {
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

/// Who, and when.
pub(super) fn signed(by: &Signed) -> String {
    format!("{}, {}", by.person, time(by.time))
}

/// What somebody wrote, in words.
pub(super) fn said<'a>(said: &'a ReportText, words: &ReportWords) -> &'a str {
    match said {
        ReportText::Nothing => "",
        ReportText::Text(text) => text,
        ReportText::Emptied => words.emptied_text,
    }
}
