//! Converts the tables of an HTML page to tab-separated text, one line per row, for the reader of lists. Some agencies
//! publish such a page under the name of a workbook.

use html5gum::Token;

use super::html::tokens;
use super::list::merged_cells::MergedCells;
use super::workbook::{SheetText, Worksheet};
use calamine::DataRef;

/// Leading part of a file that is searched for a table, in bytes.
const EXAMINED: usize = 1 << 20;

/// Largest number of columns, as in workbooks.
const MAX_COLUMNS: u32 = 16_384;

/// Largest number of rows or columns that one cell covers.
const MAX_SPAN: u32 = 1_000;

/// Returns `true` for bytes that begin with a tag and hold a table.
pub(crate) fn is_page(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let has = |tag: &[u8]| {
        let head = bytes.get(..EXAMINED).unwrap_or(bytes);
        memchr::memchr_iter(b'<', head)
            .any(|at| head.get(at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
    };
    bytes.starts_with(b"<") && has(b"<table") && has(b"<tr")
}

/// The tables of a page that have several rows, in order. A table within a cell is text of that cell.
pub(crate) fn tables(page: &str) -> Vec<Worksheet> {
    let mut reader = TableReader::default();
    for token in tokens(page) {
        match token {
            Token::StartTag(tag) => {
                let span = |name: &[u8]| {
                    let value = tag.attributes.iter().find(|(key, _)| key.as_slice() == name);
                    let value =
                        value.and_then(|(_, value)| std::str::from_utf8(value).ok()?.trim().parse().ok());
                    value.unwrap_or(1).clamp(1, MAX_SPAN)
                };
                match tag.name.as_slice() {
                    b"td" | b"th" => reader.begin_cell(span(b"rowspan"), span(b"colspan")),
                    name => reader.begin(name),
                }
            }
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reader.end_table();
    reader.tables
}

/// A cell that is open.
struct OpenCell {
    column: u32,
    text: String,
}

#[derive(Default)]
struct TableReader {
    tables: Vec<Worksheet>,
    /// Number of tables that are open.
    depth: u32,
    sheet: SheetText,
    merged: Vec<MergedCells>,
    failure: Option<String>,
    /// Number of rows begun in the table.
    rows: u32,
    column: u32,
    cell: Option<OpenCell>,
    /// `true` within code.
    is_code: bool,
}

impl TableReader {
    fn begin(&mut self, name: &[u8]) {
        match name {
            b"table" => self.depth += 1,
            b"tr" if self.depth == 1 => {
                self.end_cell();
                self.rows += 1;
                self.column = 0;
            }
            b"script" | b"style" => self.is_code = true,
            b"br" | b"p" | b"li" | b"div" => self.text("\n"),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"table" if self.depth <= 1 => self.end_table(),
            b"table" => self.depth -= 1,
            b"td" | b"th" | b"tr" if self.depth == 1 => self.end_cell(),
            b"script" | b"style" => self.is_code = false,
            _ => {}
        }
    }

    fn begin_cell(&mut self, rows: u32, columns: u32) {
        if self.depth != 1 {
            return;
        }
        self.end_cell();
        // Cells that reach down from rows above come first.
        while let Some(above) =
            self.merged.iter().find(|merged| merged.covers(self.rows, self.column as usize))
        {
            self.column = u32::try_from(above.columns.end() + 1).unwrap_or(MAX_COLUMNS);
        }
        if self.rows == 0 || self.column >= MAX_COLUMNS {
            return;
        }
        if rows > 1 || columns > 1 {
            let first = self.column as usize;
            self.merged.push(MergedCells {
                rows: self.rows..=self.rows + rows - 1,
                columns: first..=first + columns as usize - 1,
            });
        }
        self.cell = Some(OpenCell { column: self.column, text: String::new() });
        self.column += columns;
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| !self.is_code) {
            cell.text.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let lines = cell.text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let position = (self.rows.saturating_sub(1), cell.column);
        if let Err(reason) = self.sheet.cell(position, &DataRef::String(text)) {
            self.failure.get_or_insert(reason);
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        let rows = std::mem::take(&mut self.rows);
        let (sheet, merged) = (std::mem::take(&mut self.sheet), std::mem::take(&mut self.merged));
        let failure = self.failure.take();
        self.depth = 0;
        if rows > 1 {
            let name = format!("table {}", self.tables.len() + 1);
            self.tables.push(Worksheet { name, text: sheet.into_text(), merged, failure });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A\tB\n1\t2")]
    #[case::ends_left_out("<TABLE><TR><TD>A<TD>B<TR><TD>1<TD>2</TABLE>", "A\tB\n1\t2")]
    #[case::entities(
        "<table><tr><td>A &amp; B</td></tr><tr><td> x\n  y<br>z</td></tr></table>",
        "A & B\nx␤y␤z"
    )]
    #[case::spans(
        "<table><tr><td rowspan=2>A</td><td colspan=\"2\">B</td></tr><tr><td>C</td><td>D</td></tr></table>",
        "A\tB\n\tC\tD"
    )]
    #[case::inner(
        "<table><tr><td>A<table><tr><td>B</td></tr></table></td></tr><tr><td>C</td></tr></table>",
        "AB\nC"
    )]
    #[case::code("<table><tr><td>A<script>x<y</script></td></tr><tr><td>B</td></tr></table>", "A\nB")]
    fn tables_become_rows(#[case] page: &str, #[case] text: &str) {
        assert!(is_page(page.as_bytes()));
        let tables = tables(page);
        assert_eq!(tables.iter().map(|table| &*table.text).collect::<Vec<_>>(), [text]);
    }

    #[test]
    fn a_text_with_a_tag_is_no_page() {
        assert!(!is_page(b"Namn <table>") && !is_page(b"<p>text</p>") && !is_page(b""));
    }
}
