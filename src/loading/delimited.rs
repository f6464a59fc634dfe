//! Lists: a row of column headings, then a record a row. Projektbanken's and Kohesio's exports are such lists, and so
//! is whatever else an agency publishes.
//!
//! Columns are registered once; what a row adds is where its cells stand. Empty cells add nothing.

use std::ops::Range;

use super::cells::{Cell, RowPlace, Scanner};
use super::form::{Layout, is_swedish};
use super::sink::Sink;
use crate::domain::amount::AmountForm;
use crate::domain::collect::{LabelId, RawCell, RawRow};
use crate::domain::diagnostic::Code;
use crate::domain::schema::FieldKind;
use crate::domain::span::column_of;

/// One column.
struct Column {
    label: LabelId,
    name: String,
    is_summary: bool,
}

/// Reads a list; the rows above its headings are passed over.
pub(super) fn read(text: &str, layout: Layout, sink: &mut Sink<'_>) {
    let mut scanner = Scanner::new(text, layout.delimiter);
    let mut cells = Vec::new();
    let mut first = None;
    for _ in 0..layout.header {
        let Some(row) = scanner.row(&mut cells) else { return };
        first.get_or_insert(row.line);
    }
    if let Some(line) = first {
        sink.report(Code::BeforeHeader, (line, 0), layout.header.to_string(), None);
    }
    if scanner.row(&mut cells).is_none() {
        return;
    }
    let mut reader = Reader::new(text, &cells, sink);
    while let Some(place) = scanner.row(&mut cells) {
        reader.row(&place, &cells);
    }
}

struct Reader<'a, 'b> {
    text: &'a str,
    sink: &'a mut Sink<'b>,
    columns: Vec<Column>,
    /// How many columns have a heading, those before the last one that has counted.
    width: usize,
    /// Whether all rows end in this sign, which is no part of the last value: some lists end rows as they part cells.
    end_sign: Option<char>,
    /// The row at hand, kept for its room.
    row: RawRow,
}

impl<'a, 'b> Reader<'a, 'b> {
    fn new(text: &'a str, headings: &[Cell], sink: &'a mut Sink<'b>) -> Self {
        let content = |cell: &Cell| {
            let content = text.get(cell.content.clone()).unwrap_or_default();
            let words: Vec<&str> = content.split_whitespace().collect();
            let name = words.join(" ");
            if cell.is_doubled { name.replace("\"\"", "\"") } else { name }
        };
        let mut names: Vec<String> = headings.iter().map(content).collect();
        let width = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        names.truncate(width);
        let end_sign =
            names.last().and_then(|name| name.chars().last()).filter(|sign| matches!(sign, ';' | ','));
        if let Some(last) = names.last_mut() {
            last.truncate(last.trim_end_matches([';', ',']).len());
        }
        let form =
            if names.iter().any(|name| is_swedish(name)) { AmountForm::Swedish } else { AmountForm::Unknown };
        sink.collector.read_amounts_as(sink.source(), form);
        let mut reader = Self { text, sink, columns: Vec::new(), width, end_sign, row: RawRow::default() };
        for name in names {
            reader.add_column(name);
        }
        reader
    }

    /// A column without a heading goes by its number: `#14`.
    fn add_column(&mut self, name: String) {
        let name = if name.is_empty() { format!("#{}", self.columns.len() + 1) } else { name };
        let label = self.sink.collector.column(&name);
        let kind = self.sink.collector.kind_of(label);
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
            let value = match (cell.is_doubled, column.is_summary) {
                (false, false) => range,
                _ => {
                    let raw = self.text.get(range.clone()).unwrap_or_default();
                    let undoubled = cell.is_doubled.then(|| raw.replace("\"\"", "\""));
                    self.sink.annex_plain(label, range, (raw, undoubled), &mut row)
                }
            };
            row.cells.push(RawCell { label, value, line: cell.line });
        }
        self.row = self.sink.add_with_summary(row);
    }

    /// Where the value of a cell stands.
    fn value_of(&self, cell: &Cell) -> Range<usize> {
        let range = cell.content.clone();
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
        } else if cells.len() < self.width {
            self.sink.report(Code::RowTooNarrow, (place.line, 0), count, width);
        }
    }

    fn note_quotes(&mut self, at: usize, cell: &Cell) {
        let name = self.columns.get(at).map(|column| column.name.clone()).unwrap_or_default();
        let place = (cell.line, column_of(self.text, cell.content.start));
        self.sink.report(Code::BrokenQuotes, place, name, None);
    }
}
