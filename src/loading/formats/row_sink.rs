//! Where the readers of lists and JSON put what they find: one source of the collection in the making.

use std::ops::Range;

use super::html;
use crate::domain::catalogue::Privacy;
use crate::domain::catalogue::batch_builder::{BatchBuilder, LabelId, RawCell, RawRow};
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::privacy::mask_personal_numbers;
use crate::domain::schema::FieldKind;
use crate::domain::source_location::SourceId;
use crate::domain::source_location::SourceLocation;
use crate::loading::encoding;

/// One source that is being read.
pub(crate) struct RowSink<'a> {
    pub(crate) collector: &'a mut BatchBuilder,
    source: SourceId,
    records: usize,
    is_full: bool,
}

impl<'a> RowSink<'a> {
    /// For the newest source of a collection.
    pub(crate) fn new(collector: &'a mut BatchBuilder, source: SourceId) -> Self {
        Self { collector, source, records: 0, is_full: false }
    }

    /// The source.
    pub(crate) const fn source(&self) -> SourceId {
        self.source
    }

    /// How many records it has given.
    pub(crate) const fn records(&self) -> usize {
        self.records
    }

    /// Adds a record.
    pub(crate) fn add(&mut self, row: &RawRow) {
        self.records += 1;
        self.collector.add_row(self.source, row);
    }

    /// Adds a record whose summary, if it has one, is its text: the one in the programme's language, else the English
    /// one, which otherwise stays a field.
    pub(crate) fn add_with_summary(&mut self, mut row: RawRow) -> RawRow {
        let kind_of = |cell: &RawCell| self.collector.kind_of(cell.label);
        let of = |kind| row.cells.iter().position(|cell| kind_of(cell) == Some(kind));
        if let Some(at) = of(FieldKind::Summary).or_else(|| of(FieldKind::SummaryEnglish)) {
            row.body = row.cells.remove(at).value;
        }
        self.add(&row);
        row
    }

    /// The value of a column as people are to read it, where its source spells it otherwise: a summary in HTML is made
    /// text. `text` is what is written in `raw`, and what that means where it has escapes.
    pub(crate) fn annex_plain(
        &mut self,
        column: LabelId,
        raw: Range<usize>,
        text: (&str, Option<String>),
        row: &mut RawRow,
    ) -> Range<usize> {
        let (written, unescaped) = text;
        let is_summary =
            matches!(self.collector.kind_of(column), Some(FieldKind::Summary | FieldKind::SummaryEnglish));
        let plain = is_summary.then(|| html::to_text(unescaped.as_deref().unwrap_or(written))).flatten();
        self.annex_unescaped(column, raw, plain.or(unescaped), row)
    }

    /// The value of a column that means what is written in `raw`, if there is another way to write it.
    pub(crate) fn annex_unescaped(
        &mut self,
        column: LabelId,
        raw: Range<usize>,
        unescaped: Option<String>,
        row: &mut RawRow,
    ) -> Range<usize> {
        let Some(text) = unescaped else { return raw };
        if self.collector.is_hidden(column) {
            row.hidden.push(raw.clone());
        }
        self.annex(raw, text, row)
    }

    /// Notes a problem, with what it is compared with where there is something.
    pub(crate) fn report(
        &mut self,
        code: Code,
        (line, column): (u32, u32),
        subject: String,
        other: Option<String>,
    ) {
        let found = Diagnostic::new(code, SourceLocation { source: self.source, line, column }, subject);
        self.collector.report(Diagnostic { other, ..found });
    }

    /// Keeps a value that its source spells otherwise, in `raw`. What the spelling has hidden from the privacy gate
    /// is masked now, and the spelling itself is shown no more.
    pub(crate) fn annex(&mut self, raw: Range<usize>, text: String, row: &mut RawRow) -> Range<usize> {
        let mut text = encoding::cleaned(text);
        if self.collector.privacy() == Privacy::Protected
            && let Some((masked, _)) = mask_personal_numbers(&text)
        {
            text = masked;
            row.hidden.push(raw.clone());
        }
        self.collector.annex(&text).unwrap_or_else(|_full| {
            if !std::mem::replace(&mut self.is_full, true) {
                self.report(Code::TooMuchText, (row.line, 0), String::new(), None);
            }
            raw
        })
    }
}
