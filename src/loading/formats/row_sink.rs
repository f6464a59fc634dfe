//! Receives the rows of one source from the readers of lists and JSON.

use std::ops::Range;

use super::html;
use crate::domain::catalogue::batch_builder::{BatchBuilder, LabelId, RawCell, RawRow};
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::schema::FieldKind;
use crate::domain::source_location::SourceId;
use crate::domain::source_location::SourceLocation;
use crate::loading::encoding;

/// Adds rows of one source to a batch.
pub(crate) struct RowSink<'a> {
    pub(crate) batch: &'a mut BatchBuilder,
    source: SourceId,
    records: usize,
    is_full: bool,
}

impl<'a> RowSink<'a> {
    /// A sink for the newest source of a batch.
    pub(crate) fn new(batch: &'a mut BatchBuilder, source: SourceId) -> Self {
        Self { batch, source, records: 0, is_full: false }
    }

    /// The source.
    pub(crate) const fn source(&self) -> SourceId {
        self.source
    }

    /// Number of records added.
    pub(crate) const fn records(&self) -> usize {
        self.records
    }

    /// Adds a record.
    pub(crate) fn add(&mut self, row: &RawRow) {
        self.records += 1;
        self.batch.add_row(self.source, row);
    }

    /// Adds the values of a row to the last record of this source; `false` if there is none.
    pub(crate) fn continue_last(&mut self, row: &RawRow) -> bool {
        self.records > 0 && self.batch.continue_row(self.source, row)
    }

    /// Adds a record whose summary becomes its description: the one in the programme's language, else the English one.
    pub(crate) fn add_with_summary(&mut self, mut row: RawRow) -> RawRow {
        let kind_of = |cell: &RawCell| self.batch.kind_of(cell.label);
        let of = |kind| row.cells.iter().position(|cell| kind_of(cell) == Some(kind));
        if let Some(at) = of(FieldKind::Summary).or_else(|| of(FieldKind::SummaryEnglish)) {
            row.body = row.cells.remove(at).value;
        }
        self.add(&row);
        row
    }

    /// Converts an HTML summary to text, then as [`Self::annex_unescaped`]. `text` is the raw text with its unescaped
    /// form, if it has escapes.
    pub(crate) fn annex_plain(
        &mut self,
        column: LabelId,
        raw: Range<usize>,
        text: (&str, Option<String>),
        row: &mut RawRow,
    ) -> Range<usize> {
        let (written, unescaped) = text;
        let is_summary =
            matches!(self.batch.kind_of(column), Some(FieldKind::Summary | FieldKind::SummaryEnglish));
        let plain = is_summary.then(|| html::to_text(unescaped.as_deref().unwrap_or(written))).flatten();
        self.annex_unescaped(column, raw, plain.or(unescaped), row)
    }

    /// Returns the range of a value: an annex with the unescaped form if there is one, else `raw`.
    pub(crate) fn annex_unescaped(
        &mut self,
        column: LabelId,
        raw: Range<usize>,
        unescaped: Option<String>,
        row: &mut RawRow,
    ) -> Range<usize> {
        let Some(text) = unescaped else { return raw };
        if self.batch.is_hidden(column) {
            row.hidden.push(raw.clone());
        }
        self.annex(raw, text, row)
    }

    /// Reports a finding at a line and column of the source.
    pub(crate) fn report(
        &mut self,
        code: Code,
        (line, column): (u32, u32),
        subject: String,
        other: Option<String>,
    ) {
        let found = Diagnostic::new(code, SourceLocation { source: self.source, line, column }, subject);
        self.batch.report(Diagnostic { other, ..found });
    }

    /// Stores the unescaped form of the value at `raw` and returns its range. Personal numbers that escapes had hidden
    /// are masked, and the raw form is then hidden as well.
    pub(crate) fn annex(&mut self, raw: Range<usize>, text: String, row: &mut RawRow) -> Range<usize> {
        match self.batch.annex(encoding::cleaned(text)) {
            Ok(annex) => {
                if annex.is_personal {
                    row.hidden.push(raw);
                }
                annex.range
            }
            Err(_full) => {
                if !std::mem::replace(&mut self.is_full, true) {
                    self.report(Code::TooMuchText, (row.line, 0), String::new(), None);
                }
                raw
            }
        }
    }
}
