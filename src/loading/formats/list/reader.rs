//! Reads the rows of a list.

use std::ops::Range;

use super::header::{Header, TableOrigin};
use super::heading_rows::Vocabulary;
use super::layout::BREAK;
use super::merged_cells::MergedCells;
use super::row_kind::{RowClassifier, RowKind};
use crate::domain::catalogue::batch_builder::{LabelId, RawCell, RawRow};
use crate::domain::catalogue::columns::ColumnUnit;
use crate::domain::diagnostic::Code;
use crate::domain::schema::FieldKind;
use crate::domain::values::span::column_of;
use crate::loading::formats::csv_scanner::{Cell, CsvScanner, QuoteSearch, RowPlace};
use crate::loading::formats::row_sink::RowSink;
use crate::text::formula::unmarked;

/// The part of a list that a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// It begins with the headings and what precedes them.
    pub(crate) from_start: bool,
    /// Nothing comes after it.
    pub(crate) to_end: bool,
    /// Failed searches in the part before.
    pub(crate) searched: QuoteSearch,
}

impl Extent {
    /// All of a list.
    pub(crate) const WHOLE: Self = Self { from_start: true, to_end: true, searched: QuoteSearch::START };
}

/// A row at the end of a text that more text may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenRow {
    /// The byte at which it begins.
    pub(crate) at: usize,
    pub(crate) searched: QuoteSearch,
}

/// Reads a part of a list. A row at its end that more text may change is not read but returned.
pub(crate) fn read(
    text: &str,
    header: &Header,
    vocabulary: Vocabulary<'_>,
    extent: Extent,
    sink: &mut RowSink<'_>,
) -> Option<OpenRow> {
    let mut scanner = CsvScanner::new(text, header.delimiter, header.quotes).resume_search(extent.searched);
    if extent.from_start {
        scanner = scanner.from(header.end);
        report_header(header, sink);
    }
    let mut cells = Vec::new();
    let mut reader = ListReader::new(text, header, vocabulary, (extent.from_start, sink));
    loop {
        let searched = scanner.searched();
        let place = scanner.row(&mut cells)?;
        if place.is_open && !extent.to_end {
            let at = place.extent.start;
            return Some(OpenRow { at, searched: searched.behind(at) });
        }
        reader.row(&place, &cells);
    }
}

fn report_header(header: &Header, sink: &mut RowSink<'_>) {
    if let Some((line, rows)) = header.above {
        sink.report(Code::BeforeHeader, (line, 0), rows.to_string(), None);
    }
    for column in &header.columns {
        if let Some(preferred) = &column.preferred {
            let line = header.end.1.saturating_sub(1);
            sink.report(Code::DuplicateColumn, (line, 0), column.name.clone(), Some(preferred.clone()));
        }
    }
}

/// A column of the list being read.
struct Column {
    label: LabelId,
    name: String,
    is_summary: bool,
}

struct ListReader<'a, 'b> {
    text: &'a str,
    sink: &'a mut RowSink<'b>,
    header: &'a Header,
    vocabulary: Vocabulary<'a>,
    columns: Vec<Column>,
    /// Number of columns with a heading or before one.
    width: usize,
    classifier: RowClassifier,
    /// The row being read, kept for its buffers.
    row: RawRow,
    /// First cells of the merged cells of the sheet, as far as they have been read.
    anchors: Vec<Option<Cell>>,
}

impl<'a, 'b> ListReader<'a, 'b> {
    fn new(
        text: &'a str,
        header: &'a Header,
        vocabulary: Vocabulary<'a>,
        (from_start, sink): (bool, &'a mut RowSink<'b>),
    ) -> Self {
        sink.batch.set_form(sink.source(), header.form);
        let mut reader = Self {
            text,
            sink,
            header,
            vocabulary,
            columns: Vec::new(),
            width: header.columns.len(),
            classifier: RowClassifier::new(header, from_start),
            row: RawRow::default(),
            anchors: vec![None; header.merged.len()],
        };
        for column in &header.columns {
            reader.add_column(&column.name, column.kind, column.unit);
        }
        reader
    }

    /// Adds a column; one without a heading is named by its number: `#14`.
    fn add_column(&mut self, name: &str, kind: Option<FieldKind>, unit: ColumnUnit) {
        let numbered = format!("#{}", self.columns.len() + 1);
        let name = if name.is_empty() { &numbered } else { name };
        let label = self.sink.batch.column_as(name, kind, unit);
        let is_summary = matches!(kind, Some(FieldKind::Summary | FieldKind::SummaryEnglish));
        self.columns.push(Column { label, name: name.to_owned(), is_summary });
    }

    fn row(&mut self, place: &RowPlace, cells: &[Cell]) {
        let filled: Vec<(usize, &'a str)> = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| (at, self.text.get(self.value_of(cell)).unwrap_or_default()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let Some((last, _)) = filled.last().copied() else { return };
        while self.columns.len() <= last {
            self.add_column("", None, ColumnUnit::default());
        }
        let lines = self.text.get(place.extent.clone()).map_or(0, |row| row.matches('\n').count());
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        let kind = self.classifier.classify(place.line, lines, &filled, self.vocabulary);
        match kind {
            RowKind::Operation => self.operation(place, cells, last),
            RowKind::Continuation => self.continuation(place, cells, last),
            RowKind::Blank => {}
            RowKind::Total => self.report_row(Code::TotalRow, place, &filled),
            RowKind::Stray => self.report_row(Code::StrayRow, place, &filled),
            RowKind::Heading => self.report_row(Code::RepeatedHeading, place, &filled),
        }
    }

    fn operation(&mut self, place: &RowPlace, cells: &[Cell], last: usize) {
        self.report_width(place, cells, last);
        let mut row = self.begin_row(place, cells, last);
        self.fill_merged(place.line, cells, &mut row);
        self.row = self.sink.add_with_summary(row);
    }

    /// Adds the values of a row to the record above it; a row without one is reported.
    fn continuation(&mut self, place: &RowPlace, cells: &[Cell], last: usize) {
        let row = self.begin_row(place, cells, last);
        if self.sink.continue_last(&row) {
            self.sink.report(Code::JoinedRow, (place.line, 0), String::new(), None);
        } else {
            self.sink.report(Code::StrayRow, (place.line, 0), String::new(), None);
        }
        self.row = row;
    }

    fn begin_row(&mut self, place: &RowPlace, cells: &[Cell], last: usize) -> RawRow {
        if let Some((at, cell)) = cells.iter().enumerate().find(|(_, cell)| cell.is_broken) {
            self.report_quotes(at, cell);
        }
        let mut row = std::mem::take(&mut self.row);
        row.extent = place.extent.clone();
        row.line = place.line;
        row.body = 0..0;
        row.cells.clear();
        row.hidden.clear();
        for (at, cell) in cells.iter().take(last + 1).enumerate() {
            self.keep_anchor(place.line, at, cell);
            self.add_cell(at, cell, &mut row);
        }
        row
    }

    fn add_cell(&mut self, at: usize, cell: &Cell, row: &mut RawRow) {
        let range = self.value_of(cell);
        let Some(column) = self.columns.get(at).filter(|_| !range.is_empty()) else { return };
        let label = column.label;
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let has_breaks = self.header.origin == TableOrigin::Sheet && raw.contains(BREAK);
        let value = if cell.is_doubled || column.is_summary || has_breaks {
            let undoubled = cell.is_doubled.then(|| raw.replace("\"\"", "\""));
            let broken = |text: &str| text.replace(BREAK, "\n");
            let unescaped =
                if has_breaks { Some(broken(undoubled.as_deref().unwrap_or(raw))) } else { undoubled };
            self.sink.annex_plain(label, range, (raw, unescaped), row)
        } else {
            range
        };
        row.cells.push(RawCell { label, value, line: cell.line });
    }

    /// Remembers the first cell of merged cells.
    fn keep_anchor(&mut self, line: u32, column: usize, cell: &Cell) {
        let begins = |merged: &MergedCells| (*merged.rows.start(), *merged.columns.start()) == (line, column);
        for (merged, anchor) in self.header.merged.iter().zip(&mut self.anchors) {
            if begins(merged) {
                *anchor = Some(cell.clone());
            }
        }
    }

    /// Gives a row the values of cells that are merged with cells above.
    fn fill_merged(&mut self, line: u32, cells: &[Cell], row: &mut RawRow) {
        for at in 0..self.header.merged.len() {
            let Some(merged) = self.header.merged.get(at) else { continue };
            let column = *merged.columns.start();
            let is_empty = cells.get(column).is_none_or(|cell| self.value_of(cell).is_empty());
            if is_empty
                && merged.covers(line, column)
                && let Some(anchor) = self.anchors.get(at).cloned().flatten()
            {
                self.add_cell(column, &anchor, row);
            }
        }
    }

    /// Range of the value of a cell, after the mark that keeps a spreadsheet from taking it for a formula.
    fn value_of(&self, cell: &Cell) -> Range<usize> {
        let Range { start, end } = cell.content;
        let marked = self.text.get(start..end).unwrap_or_default();
        let range = end - unmarked(marked).len()..end;
        match self.header.end_sign {
            Some(sign) => {
                let value = self.text.get(range.clone()).unwrap_or_default();
                range.start..range.start + value.trim_end_matches(sign).trim_end().len()
            }
            None => range,
        }
    }

    fn report_row(&mut self, code: Code, place: &RowPlace, filled: &[(usize, &str)]) {
        let words: Vec<&str> = filled.iter().map(|(_, value)| *value).take(MOST_CELLS).collect();
        let words = words.join("; ").replace([BREAK, '\n'], " ");
        self.sink.report(code, (place.line, 0), words.chars().take(LONGEST_EXCERPT).collect(), None);
    }

    fn report_width(&mut self, place: &RowPlace, cells: &[Cell], last: usize) {
        let (count, width) = (cells.len().to_string(), Some(self.width.to_string()));
        if last >= self.width
            && let Some(extra) = cells.get(self.width)
        {
            let at = (extra.line, column_of(self.text, extra.content.start));
            self.sink.report(Code::RowTooWide, at, count, width);
        } else if cells.len() < self.width && self.header.origin == TableOrigin::Text {
            self.sink.report(Code::RowTooNarrow, (place.line, 0), count, width);
        }
    }

    fn report_quotes(&mut self, at: usize, cell: &Cell) {
        let name = self.columns.get(at).map(|column| column.name.clone()).unwrap_or_default();
        let place = (cell.line, column_of(self.text, cell.content.start));
        self.sink.report(Code::BrokenQuotes, place, name, None);
    }
}

/// Cells of a reported row that its finding names.
const MOST_CELLS: usize = 4;

/// Longest excerpt of a reported row, in characters.
const LONGEST_EXCERPT: usize = 80;
