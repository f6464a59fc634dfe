//! A range of text with the records found in it. One thread builds it; afterwards it never changes and is shared by all
//! catalogues that contain its records, so that a partly loaded delivery can be shown without copying text.

use std::collections::HashMap;

use crate::domain::privacy::labels::is_personal_label;
use crate::domain::schema::FieldKind;
use crate::domain::values::column_index::ColumnIndex;
use crate::domain::values::span::Span;

/// A label as the sources spell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) text: Box<str>,
    pub(crate) kind: Option<FieldKind>,
    pub(crate) personal: bool,
}

impl Label {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into(), kind: FieldKind::from_label(text), personal: is_personal_label(text) }
    }

    /// A label of a column whose meaning is given.
    pub(crate) fn with_kind(text: &str, kind: Option<FieldKind>) -> Self {
        Self { text: text.into(), kind, personal: is_personal_label(text) }
    }

    /// Returns `true` if two labels have the same meaning: one known kind, or the same words.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self.kind, other.kind) {
            (None, None) => self.text == other.text,
            (one, other) => one == other,
        }
    }
}

/// A field: a million records have thirty million of them, so it is eight bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldEntry {
    /// Where its value begins in the segment's text.
    start: u32,
    /// Length in bytes, or [`LONG`].
    length: u16,
    /// In the segment's labels.
    pub(crate) label: u16,
}

/// Sentinel: the length is `u16::MAX` or more.
const LONG: u16 = u16::MAX;

/// The most labels that one segment tells apart.
pub(crate) const MAX_LABELS: usize = u16::MAX as usize;

/// Text of one or several sources.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segment {
    /// The texts in sequence, each followed by its unescaped texts.
    pub(crate) text: String,
    pub(crate) labels: Vec<Label>,
    /// Columns in very long lines of the sources.
    pub(crate) columns: ColumnIndex,
    /// The labels of each kind of field, by the kind's number; kinds after the last one have none.
    of_kind: Vec<Vec<u16>>,
    pub(crate) fields: Vec<FieldEntry>,
    /// The ends of values that are too long for their entries, by their starts.
    long: HashMap<u32, u32>,
    /// Start of each unescaped value, in order, with the line of its original.
    annexed: Vec<(u32, u32)>,
    /// The values of hidden fields, in order; empty if personal data is shown.
    pub(crate) hidden: Vec<Span>,
}

impl Segment {
    pub(crate) fn text(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Adds a field. An unescaped value comes with the line of its original, counted from the record's first line.
    pub(crate) fn add_field(&mut self, label: u16, value: Span, annexed: Option<u32>) {
        let length = u16::try_from(value.range().len()).unwrap_or(LONG);
        if length == LONG {
            self.long.insert(value.start, value.end);
        }
        self.annexed.extend(annexed.map(|line| (value.start, line)));
        self.fields.push(FieldEntry { start: value.start, length, label });
    }

    /// Notes which labels mean what, once all are there.
    pub(crate) fn sort_labels(&mut self) {
        for (label, kind) in (0..).zip(self.labels.iter().map(|label| label.kind)) {
            let Some(kind) = kind.map(|kind| kind as usize) else { continue };
            if self.of_kind.len() <= kind {
                self.of_kind.resize(kind + 1, Vec::new());
            }
            if let Some(labels) = self.of_kind.get_mut(kind) {
                labels.push(label);
            }
        }
    }

    /// The labels that mean a kind of field.
    pub(crate) fn labels_of(&self, kind: FieldKind) -> &[u16] {
        self.of_kind.get(kind as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// The range of a field's value.
    pub(crate) fn span(&self, field: FieldEntry) -> Span {
        let end = match field.length {
            LONG => self.long.get(&field.start).copied().unwrap_or(field.start),
            length => field.start.saturating_add(u32::from(length)),
        };
        Span { start: field.start, end }
    }

    /// The value of a field.
    pub(crate) fn value(&self, field: FieldEntry) -> &str {
        self.text(self.span(field))
    }

    /// The line of a byte, counted from the record's first line.
    pub(crate) fn line_in(&self, record: Span, at: u32) -> u32 {
        if let Ok(found) = self.annexed.binary_search_by_key(&at, |(start, _)| *start) {
            return self.annexed.get(found).map_or(0, |(_, line)| *line);
        }
        let before = self.text.as_bytes().get(record.start as usize..at as usize).unwrap_or_default();
        u32::try_from(memchr::memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX)
    }

    pub(crate) fn label(&self, field: FieldEntry) -> Option<&Label> {
        self.labels.get(usize::from(field.label))
    }

    pub(crate) fn fields(&self, range: &std::ops::Range<u32>) -> &[FieldEntry] {
        self.fields.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// A stretch of the text with the values of hidden fields blotted out, character for character.
    pub(crate) fn visible(&self, span: Span) -> String {
        let mut text = self.text(span).to_owned();
        let first = self.hidden.partition_point(|hidden| hidden.end <= span.start);
        let inside: Vec<Span> = self
            .hidden
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(|hidden| hidden.start < span.end)
            .copied()
            .collect();
        // In reverse order: a mask is shorter than the masked text, and must not move the ranges that are left.
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
