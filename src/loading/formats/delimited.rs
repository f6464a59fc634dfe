//! Lists: a row of column headings, then a record a row. Projektbanken's and Kohesio's exports are such lists, and so
//! is whatever else an agency publishes.
//!
//! Columns are registered once; what a row adds is where its cells stand. Empty cells add nothing.

use std::ops::Range;

use super::csv_scanner::{Cell, CsvScanner, QuoteSearch, RowPlace};
use super::detection::{ListLayout, is_swedish};
use super::row_sink::RowSink;
use super::workbook::BREAK;
use crate::domain::catalogue::batch_builder::{LabelId, RawCell, RawRow};
use crate::domain::diagnostic::Code;
use crate::domain::schema::FieldKind;
use crate::domain::values::amount::AmountForm;
use crate::domain::values::span::column_of;
use crate::text::formula::unmarked;

/// What the row of headings says, and what stands above it.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    delimiter: u8,
    names: Vec<String>,
    /// Whether all rows end in this sign, which is no part of the last value: some lists end rows as they part cells.
    end_sign: Option<char>,
    amounts: AmountForm,
    origin: TableOrigin,
    /// Where the rows above it begin, and how many there are.
    above: Option<(u32, usize)>,
    /// The byte and the line at which the rows begin.
    end: (usize, u32),
}

/// Where a list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableOrigin {
    /// A text.
    Text,
    /// A sheet of a workbook: its rows end with their last value, numbers have a decimal point, and line breaks in cells
    /// have a stand-in.
    Sheet,
}

impl Header {
    /// Reads the headings of a sheet.
    pub(crate) fn read_sheet(text: &str, layout: ListLayout) -> Option<Self> {
        let mut header = Self::read(text, layout)?;
        for name in &mut header.names {
            *name = name.replace(BREAK, " ");
        }
        Some(Self { origin: TableOrigin::Sheet, amounts: AmountForm::DecimalPoint, ..header })
    }

    /// Reads the headings of a list; `None` where there is no such row.
    pub(crate) fn read(text: &str, layout: ListLayout) -> Option<Self> {
        let mut scanner = CsvScanner::new(text, layout.delimiter);
        let mut cells = Vec::new();
        let mut first = None;
        for _ in 0..layout.header {
            first.get_or_insert(scanner.row(&mut cells)?.line);
        }
        scanner.row(&mut cells)?;
        let content = |cell: &Cell| {
            let content = text.get(cell.content.clone()).unwrap_or_default();
            let words: Vec<&str> = content.split_whitespace().collect();
            let name = words.join(" ");
            let name = unmarked(&name);
            if cell.is_doubled { name.replace("\"\"", "\"") } else { name.to_owned() }
        };
        let mut names: Vec<String> = cells.iter().map(content).collect();
        let width = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        names.truncate(width);
        let end_sign =
            names.last().and_then(|name| name.chars().last()).filter(|sign| matches!(sign, ';' | ','));
        if let Some(last) = names.last_mut() {
            last.truncate(last.trim_end_matches([';', ',']).len());
        }
        let amounts =
            if names.iter().any(|name| is_swedish(name)) { AmountForm::Swedish } else { AmountForm::Unknown };
        let above = first.map(|line| (line, layout.header));
        let (delimiter, origin) = (layout.delimiter, TableOrigin::Text);
        Some(Self { delimiter, names, end_sign, amounts, origin, above, end: scanner.place() })
    }

    /// Whether a row begins with this text, as far as its number of cells tells.
    pub(crate) fn fits_row(&self, text: &str) -> bool {
        let mut cells = Vec::new();
        let row = CsvScanner::new(text, self.delimiter).row(&mut cells);
        row.is_some_and(|row| !row.is_open && row.extent.end < text.len()) && cells.len() == self.names.len()
    }
}

/// Which part of a list a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The headings, and what is above them, are in it.
    pub(crate) from_start: bool,
    /// Nothing comes after it.
    pub(crate) to_end: bool,
    /// What is known of its cells from reading the part before.
    pub(crate) searched: QuoteSearch,
}

impl Extent {
    /// All of a list.
    pub(crate) const WHOLE: Self = Self { from_start: true, to_end: true, searched: QuoteSearch::START };
}

/// A row that may go on behind the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenRow {
    /// The byte at which it begins.
    pub(crate) at: usize,
    pub(crate) searched: QuoteSearch,
}

/// Reads a part of a list. What may go on behind the text is left alone: where that begins is returned.
pub(crate) fn read(text: &str, header: &Header, extent: Extent, sink: &mut RowSink<'_>) -> Option<OpenRow> {
    let mut scanner = CsvScanner::new(text, header.delimiter).resume_search(extent.searched);
    if extent.from_start {
        scanner = scanner.from(header.end);
        if let Some((line, rows)) = header.above {
            sink.report(Code::BeforeHeader, (line, 0), rows.to_string(), None);
        }
    }
    let mut cells = Vec::new();
    let mut reader = TableReader::new(text, header, sink);
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

/// One column.
struct Column {
    label: LabelId,
    name: String,
    is_summary: bool,
}

struct TableReader<'a, 'b> {
    text: &'a str,
    sink: &'a mut RowSink<'b>,
    columns: Vec<Column>,
    /// How many columns have a heading, those before the last one that has counted.
    width: usize,
    end_sign: Option<char>,
    origin: TableOrigin,
    /// The row at hand, kept for its room.
    row: RawRow,
}

impl<'a, 'b> TableReader<'a, 'b> {
    fn new(text: &'a str, header: &Header, sink: &'a mut RowSink<'b>) -> Self {
        sink.batch.read_amounts_as(sink.source(), header.amounts);
        let width = header.names.len();
        let (end_sign, origin, row) = (header.end_sign, header.origin, RawRow::default());
        let mut reader = Self { text, sink, columns: Vec::new(), width, end_sign, origin, row };
        for name in &header.names {
            reader.add_column(name.clone());
        }
        reader
    }

    /// A column without a heading goes by its number: `#14`.
    fn add_column(&mut self, name: String) {
        let name = if name.is_empty() { format!("#{}", self.columns.len() + 1) } else { name };
        let label = self.sink.batch.column(&name);
        let kind = self.sink.batch.kind_of(label);
        let is_summary = matches!(kind, Some(FieldKind::Summary | FieldKind::SummaryEnglish));
        self.columns.push(Column { label, name, is_summary });
    }

    fn row(&mut self, place: &RowPlace, cells: &[Cell]) {
        let is_empty = |cell: &Cell| self.value_of(cell).is_empty();
        let Some(last) = cells.iter().rposition(|cell| !is_empty(cell)) else { return };
        while self.columns.len() <= last {
            self.add_column(String::new());
        }
        self.note_width(place, cells, last);
        if let Some((at, cell)) = cells.iter().enumerate().find(|(_, cell)| cell.is_broken) {
            self.note_quotes(at, cell);
        }
        let mut row = std::mem::take(&mut self.row);
        row.extent = place.extent.clone();
        row.line = place.line;
        row.body = 0..0;
        row.cells.clear();
        row.hidden.clear();
        for (at, cell) in cells.iter().take(last + 1).enumerate() {
            let range = self.value_of(cell);
            if range.is_empty() {
                continue;
            }
            let Some(column) = self.columns.get(at) else { continue };
            let label = column.label;
            let raw = self.text.get(range.clone()).unwrap_or_default();
            let has_breaks = self.origin == TableOrigin::Sheet && raw.contains(BREAK);
            let value = if cell.is_doubled || column.is_summary || has_breaks {
                let undoubled = cell.is_doubled.then(|| raw.replace("\"\"", "\""));
                let broken = |text: &str| text.replace(BREAK, "\n");
                let said =
                    if has_breaks { Some(broken(undoubled.as_deref().unwrap_or(raw))) } else { undoubled };
                self.sink.annex_plain(label, range, (raw, said), &mut row)
            } else {
                range
            };
            row.cells.push(RawCell { label, value, line: cell.line });
        }
        self.row = self.sink.add_with_summary(row);
    }

    /// Where the value of a cell stands: behind the mark that keeps a spreadsheet from taking it for a formula.
    fn value_of(&self, cell: &Cell) -> Range<usize> {
        let Range { start, end } = cell.content;
        let marked = self.text.get(start..end).unwrap_or_default();
        let range = end - unmarked(marked).len()..end;
        match self.end_sign {
            Some(sign) => {
                let value = self.text.get(range.clone()).unwrap_or_default();
                range.start..range.start + value.trim_end_matches(sign).trim_end().len()
            }
            None => range,
        }
    }

    fn note_width(&mut self, place: &RowPlace, cells: &[Cell], last: usize) {
        let (count, width) = (cells.len().to_string(), Some(self.width.to_string()));
        if last >= self.width
            && let Some(extra) = cells.get(self.width)
        {
            let at = (extra.line, column_of(self.text, extra.content.start));
            self.sink.report(Code::RowTooWide, at, count, width);
        } else if cells.len() < self.width && self.origin == TableOrigin::Text {
            self.sink.report(Code::RowTooNarrow, (place.line, 0), count, width);
        }
    }

    fn note_quotes(&mut self, at: usize, cell: &Cell) {
        let name = self.columns.get(at).map(|column| column.name.clone()).unwrap_or_default();
        let place = (cell.line, column_of(self.text, cell.content.start));
        self.sink.report(Code::BrokenQuotes, place, name, None);
    }
}
