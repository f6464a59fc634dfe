//! Lays the blocks of the guide out as lines of a given width.

use std::ops::Range;

use super::markdown::{Block, Inline, Part, blocks};
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Columns before code and list items.
const INDENT: usize = 2;
/// Columns between the cells of a table.
const GAP: usize = 2;
/// The least columns of a cell that is wrapped.
const LEAST_CELL: usize = 8;
/// Paragraphs are no wider than this, however wide the screen is.
const READABLE: usize = 90;

/// A line of the guide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuideLine {
    /// The text.
    pub text: String,
    /// Its kind.
    pub kind: LineKind,
    /// The parts of the text that are code, as byte ranges in order.
    pub code: Vec<Range<usize>>,
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    /// Prose, tables, empty lines.
    #[default]
    Text,
    /// A heading, or the heading row of a table.
    Heading,
    /// Something to type.
    Code,
}

/// Treatment of backticks around code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backticks {
    /// Kept, because nothing else marks code.
    Kept,
    /// Removed, because code is styled.
    Dropped,
}

/// Lays a Markdown text out in `columns` columns. Only code and cells of very narrow tables can be wider.
#[must_use]
pub fn lines(text: &str, columns: usize, backticks: Backticks) -> Vec<GuideLine> {
    let mut page = Page { lines: Vec::new(), columns: columns.clamp(1, READABLE), backticks };
    for block in blocks(text) {
        if !page.lines.is_empty() {
            page.lines.push(GuideLine::default());
        }
        match block {
            Block::Heading(_, title) => page.wrapped(&title, "", LineKind::Heading),
            Block::Paragraph(paragraph) => page.wrapped(&paragraph, "", LineKind::Text),
            Block::List(items) => items.iter().for_each(|item| page.wrapped(item, "- ", LineKind::Text)),
            Block::Table(rows) => page.table(&rows),
            Block::Code(_, code) => {
                page.lines.extend(code.iter().map(|line| GuideLine {
                    text: format!("{}{line}", " ".repeat(INDENT)),
                    kind: LineKind::Code,
                    code: Vec::new(),
                }));
            }
        }
    }
    page.lines
}

struct Page {
    lines: Vec<GuideLine>,
    columns: usize,
    backticks: Backticks,
}

impl Page {
    /// A text with a sign before its first line, under which the others are indented.
    fn wrapped(&mut self, text: &Inline, sign: &str, kind: LineKind) {
        let (text, code) = flat(text, self.backticks);
        let room = self.columns.saturating_sub(sign.len());
        for (row, range) in wrap(&text, room).into_iter().enumerate() {
            let mut line = GuideLine { kind, ..GuideLine::default() };
            line.text = if row == 0 { sign.to_owned() } else { " ".repeat(sign.len()) };
            line.push(&text, &range, &code);
            self.lines.push(line);
        }
    }

    fn table(&mut self, rows: &[Vec<Inline>]) {
        let cells: Vec<Vec<Cell>> =
            rows.iter().map(|row| row.iter().map(|cell| flat(cell, self.backticks)).collect()).collect();
        let widths = widths(&cells, self.columns);
        for (at, row) in cells.iter().enumerate() {
            let kind = if at == 0 { LineKind::Heading } else { LineKind::Text };
            self.row(row, &widths, kind);
        }
    }

    fn row(&mut self, row: &[Cell], widths: &[usize], kind: LineKind) {
        let wrapped: Vec<Vec<Range<usize>>> =
            row.iter().zip(widths).map(|((text, _), columns)| wrap(text, *columns)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = GuideLine { kind, ..GuideLine::default() };
            let mut column = 0;
            for (((text, code), ranges), columns) in row.iter().zip(&wrapped).zip(widths) {
                if let Some(range) = ranges.get(at).filter(|range| !range.is_empty()) {
                    line.text += &" ".repeat(column - width(&line.text));
                    line.push(text, range, code);
                }
                column = (column + columns + GAP).max(width(&line.text) + 1);
            }
            self.lines.push(line);
        }
    }
}

/// A text without markup, and where its code is.
type Cell = (String, Vec<Range<usize>>);

fn flat(inline: &Inline, backticks: Backticks) -> Cell {
    let mut text = String::new();
    let mut code = Vec::new();
    for part in &inline.parts {
        let start = text.len();
        match (part, backticks) {
            (Part::Code(typed), Backticks::Kept) => text.extend(["`", typed, "`"]),
            (Part::Code(typed), Backticks::Dropped) => {
                text += typed;
                code.push(start..text.len());
            }
            (Part::Text(said) | Part::Stressed(said), _) => text += said,
        }
    }
    (text, code)
}

/// The widths of the columns of a table: as wide as their cells, and where that is too wide, the widest give way.
fn widths(rows: &[Vec<Cell>], columns: usize) -> Vec<usize> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|(text, _)| width(text)).max();
    let mut widths: Vec<usize> = (0..count).map(|at| widest(at).unwrap_or(0)).collect();
    let room = columns.saturating_sub(GAP * count.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > LEAST_CELL => *widest -= 1,
            _ => break,
        }
    }
    widths
}

impl GuideLine {
    /// Appends a range of a text whose code is at `code`.
    fn push(&mut self, text: &str, range: &Range<usize>, code: &[Range<usize>]) {
        let start = self.text.len();
        for code in code.iter().filter(|code| code.start < range.end && code.end > range.start) {
            let from = code.start.max(range.start) - range.start;
            let to = code.end.min(range.end) - range.start;
            self.code.push(start + from..start + to);
        }
        self.text += text.get(range.clone()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::super::Topic;
    use super::*;
    use crate::i18n::Lang;
    use rstest::rstest;

    fn laid_out(text: &str, columns: usize, backticks: Backticks) -> String {
        let shown = |line: GuideLine| {
            let mut text = line.text;
            for code in line.code.iter().rev() {
                text.insert(code.end, ']');
                text.insert(code.start, '[');
            }
            text
        };
        lines(text, columns, backticks).into_iter().map(shown).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn tables_are_aligned_and_their_cells_wrapped() {
        let text = "| key | action |\n|---|---|\n| `a` `b` | one two three four five six |\n| `c` | seven |";
        assert_eq!(
            laid_out(text, 24, Backticks::Dropped),
            "key  action\n[a] [b]  one two three four\n     five six\n[c]    seven"
        );
        assert_eq!(
            laid_out(text, 24, Backticks::Kept),
            "key      action\n`a` `b`  one two three\n         four five six\n`c`      seven"
        );
    }

    #[test]
    fn items_and_code_are_indented() {
        assert_eq!(
            laid_out("- one two\n- three\n\n```sh\ndiarium\n```", 8, Backticks::Kept),
            "- one\n  two\n- three\n\n  diarium"
        );
    }

    #[rstest]
    fn prose_fits_any_width(#[values(40, 60, 80, 120)] columns: usize) {
        for topic in Topic::ALL {
            for lang in [Lang::Swedish, Lang::English] {
                for line in lines(topic.text(lang), columns, Backticks::Kept) {
                    let fits = line.kind == LineKind::Code || width(&line.text) <= columns;
                    assert!(fits, "{topic:?} in {columns}: {:?}", line.text);
                }
            }
        }
    }
}
