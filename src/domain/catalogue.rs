//! All loaded records: text in one large buffer, spans into it, never changed after it is built.
//!
//! How it is stored is this file's business (and `collect`'s, which builds it); everything else sees
//! [`Record`]s.

use std::collections::HashMap;
use std::sync::Arc;

use super::amount::AmountForm;
use super::codes::Codes;
use super::diagnostic::Place;
use super::privacy_labels::is_personal_label;
use super::record::Record;
use super::schema::FieldKind;
use super::span::Span;

/// Which source: an index into the sources of one catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(super) u32);

/// Which record of one catalogue; another catalogue may number the same record otherwise, its id stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u32);

impl Row {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Whether personal data may be shown. Decided once, when records are loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Privacy {
    /// Personal identity numbers are masked, fields about contact persons are hidden.
    #[default]
    Protected,
    /// `--show-personal`: both are shown.
    Shown,
}

/// A file, standard input, or a part of the built-in collection.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) name: String,
    /// The decoded text, line ends made one `\n`.
    pub(super) text: Span,
    /// How amounts with one separator are meant in it.
    pub(super) amounts: AmountForm,
}

/// A label as the sources spell it.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) text: Box<str>,
    pub(super) kind: Option<FieldKind>,
    pub(super) personal: bool,
}

impl Label {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.into(), kind: FieldKind::of_label(text), personal: is_personal_label(text) }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct FieldEntry {
    pub(super) label: u32,
    pub(super) value: Span,
    pub(super) source: SourceId,
    pub(super) line: u32,
}

/// Where a record stands in one source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) source: SourceId,
    pub(super) line: u32,
    pub(super) text: Span,
}

#[derive(Clone, Debug)]
pub(super) struct RecordEntry {
    /// In the buffer of ids.
    pub(super) id: Span,
    pub(super) name: Span,
    pub(super) body: Span,
    pub(super) fields: std::ops::Range<u32>,
    pub(super) extents: std::ops::Range<u32>,
}

/// All loaded records.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub(super) text: String,
    pub(super) ids: String,
    pub(super) sources: Vec<Source>,
    pub(super) labels: Vec<Label>,
    pub(super) fields: Vec<FieldEntry>,
    pub(super) extents: Vec<Extent>,
    pub(super) records: Vec<RecordEntry>,
    pub(super) by_id: HashMap<Box<str>, Row>,
    /// The values of fields that are hidden, by where they start; empty where personal data is shown.
    pub(super) hidden: Vec<Span>,
    pub(super) codes: Arc<Codes>,
    pub(super) privacy: Privacy,
}

/// The lines of a source.
pub struct SourceLines<'a> {
    catalogue: &'a Catalogue,
    text: Span,
    starts: Vec<usize>,
}

impl SourceLines<'_> {
    /// A line by its number, from 1, as it may be shown; `None` where there is no such line.
    #[must_use]
    pub fn line(&self, number: u32) -> Option<String> {
        let at = number.checked_sub(1)? as usize;
        let (start, next) = (*self.starts.get(at)?, *self.starts.get(at + 1)?);
        Some(self.catalogue.visible(Span::at(self.text.start as usize, &(start..next - 1))))
    }
}

impl Catalogue {
    /// One without records.
    #[must_use]
    pub fn empty(codes: Arc<Codes>, privacy: Privacy) -> Self {
        Self {
            text: String::new(),
            ids: String::new(),
            sources: Vec::new(),
            labels: Vec::new(),
            fields: Vec::new(),
            extents: Vec::new(),
            records: Vec::new(),
            by_id: HashMap::new(),
            hidden: Vec::new(),
            codes,
            privacy,
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record in this row, if there is one.
    #[must_use]
    pub fn record(&self, row: Row) -> Option<Record<'_>> {
        self.records.get(row.index()).map(|entry| Record { catalogue: self, entry, row })
    }

    /// All records, in the order in which they were loaded.
    #[must_use]
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record<'_>> {
        self.records.iter().enumerate().map(|(at, entry)| Record {
            catalogue: self,
            entry,
            row: Row(u32::try_from(at).unwrap_or(u32::MAX)),
        })
    }

    /// The row of a record by its normalised id (`23-079-S13`, `23-079-S13#2`, `~1a2b3c4d`).
    #[must_use]
    pub fn row_of(&self, id: &str) -> Option<Row> {
        self.by_id.get(id).copied()
    }

    /// What a source is called: its path, or a word in angle brackets for what is no file.
    #[must_use]
    pub fn source_name(&self, source: SourceId) -> &str {
        self.sources.get(source.0 as usize).map_or("", |source| source.name.as_str())
    }

    /// How many sources were read, unreadable ones included.
    #[must_use]
    pub fn source_count(&self) -> usize {
        self.sources.len()
    }

    /// One line of a source as it may be shown, without its line end; `None` where there is no such line.
    #[must_use]
    pub fn source_line(&self, place: Place) -> Option<String> {
        self.source_lines(place.source).line(place.line)
    }

    /// The lines of a source, for whoever wants many of them.
    #[must_use]
    pub fn source_lines(&self, source: SourceId) -> SourceLines<'_> {
        let text = self.sources.get(source.0 as usize).map(|source| source.text).unwrap_or_default();
        let newlines = memchr::memchr_iter(b'\n', text.of(&self.text).as_bytes());
        let starts = std::iter::once(0).chain(newlines.map(|at| at + 1));
        // One more than there are lines: where the next one would begin.
        let end = text.range().len() + 1;
        SourceLines { catalogue: self, text, starts: starts.chain([end]).collect() }
    }

    /// The code tables.
    #[must_use]
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// Whether personal data is shown.
    #[must_use]
    pub const fn privacy(&self) -> Privacy {
        self.privacy
    }

    /// A stretch of source text with the values of hidden fields blotted out, character for character.
    pub(super) fn visible(&self, span: Span) -> String {
        let mut text = span.of(&self.text).to_owned();
        let first = self.hidden.partition_point(|hidden| hidden.end <= span.start);
        let inside: Vec<Span> =
            self.hidden[first..].iter().take_while(|hidden| hidden.start < span.end).copied().collect();
        // Backwards: a blot is shorter than what it hides, and must not move what is still to be hidden.
        for hidden in inside.into_iter().rev() {
            let from = (hidden.start.max(span.start) - span.start) as usize;
            let to = (hidden.end.min(span.end) - span.start) as usize;
            let Some(value) = text.get(from..to) else { continue };
            let blot: String = value.chars().map(|c| if c == '\n' { c } else { '*' }).collect();
            text.replace_range(from..to, &blot);
        }
        text
    }
}
