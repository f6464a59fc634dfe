//! Splits delimited text into rows and cells, as ranges of that text; nothing is copied.
//!
//! Follows RFC 4180. In malformed text at most one row is affected: quotation marks inside a quoted cell are text, and so
//! is an opening one that is never closed.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2};

/// Longest quoted cell in bytes; a longer one has lost its closing quotation mark. Summaries have some thousand.
const LONGEST_CELL: usize = 1 << 20;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its content, without quotation marks and surrounding white space.
    pub(crate) content: Range<usize>,
    /// Line on which it begins, from 1.
    pub(crate) line: u32,
    /// `true` if its content writes `"` as `""`.
    pub(crate) is_doubled: bool,
    /// `true` if its quotation marks do not pair up.
    pub(crate) is_broken: bool,
}

/// The position of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowPlace {
    /// Its range, without the line end.
    pub(crate) extent: Range<usize>,
    /// Line on which it begins, from 1.
    pub(crate) line: u32,
    /// `true` if a search for a closing quotation mark reached the end of the text: more text may change the row.
    pub(crate) is_open: bool,
}

/// Offsets up to which searches for the end of cells quoted once and twice have failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuoteSearch {
    once: usize,
    twice: usize,
}

impl QuoteSearch {
    /// No failed search.
    pub(crate) const START: Self = Self { once: 0, twice: 0 };

    /// The offsets relative to the text from `at` on.
    pub(crate) const fn behind(self, at: usize) -> Self {
        Self { once: self.once.saturating_sub(at), twice: self.twice.saturating_sub(at) }
    }
}

/// The meaning of quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum QuoteStyle {
    /// They enclose cells.
    #[default]
    Enclosing,
    /// They are text.
    Text,
}

/// A scanner over a text whose lines end in `\n`.
pub(crate) struct CsvScanner<'a> {
    text: &'a str,
    delimiter: u8,
    quotes: QuoteStyle,
    at: usize,
    line: u32,
    /// Before this offset no quotation mark closes a cell. Keeps the scan linear: no range is searched twice.
    no_end_before: usize,
    /// The same for cells quoted twice.
    no_double_end_before: usize,
    /// `true` once a search has reached the end of the text.
    search_reached_end: bool,
}

impl<'a> CsvScanner<'a> {
    pub(crate) fn new(text: &'a str, delimiter: u8, quotes: QuoteStyle) -> Self {
        Self {
            text,
            delimiter,
            quotes,
            at: 0,
            line: 1,
            no_end_before: 0,
            no_double_end_before: 0,
            search_reached_end: false,
        }
    }

    /// State of the failed searches.
    pub(crate) const fn searched(&self) -> QuoteSearch {
        QuoteSearch { once: self.no_end_before, twice: self.no_double_end_before }
    }

    /// Continues with the failed searches of the text that this one was cut from.
    pub(crate) fn resume_search(mut self, searched: QuoteSearch) -> Self {
        (self.no_end_before, self.no_double_end_before) = (searched.once, searched.twice);
        self
    }

    /// Offset and line of the current position.
    pub(crate) fn place(&self) -> (usize, u32) {
        (self.at.min(self.text.len()), self.line)
    }

    /// Continues at an offset in the given line.
    pub(crate) fn from(mut self, (at, line): (usize, u32)) -> Self {
        (self.at, self.line) = (at, line);
        self
    }

    /// Reads the next row that is not blank into `cells`; `None` at the end.
    pub(crate) fn row(&mut self, cells: &mut Vec<Cell>) -> Option<RowPlace> {
        cells.clear();
        while self.byte(self.at) == Some(b'\n') {
            self.at += 1;
            self.line = self.line.saturating_add(1);
        }
        let (start, line) = (self.at, self.line);
        self.byte(start)?;
        loop {
            cells.push(self.cell());
            match self.byte(self.at) {
                Some(byte) if byte == self.delimiter => self.at += 1,
                _ => break,
            }
        }
        let extent = start..self.at;
        self.at += 1;
        self.line = self.line.saturating_add(1);
        Some(RowPlace { extent, line, is_open: self.search_reached_end })
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn bytes(&self, range: Range<usize>) -> &'a [u8] {
        self.text.as_bytes().get(range).unwrap_or_default()
    }

    /// Reads a cell up to the delimiter or line end.
    fn cell(&mut self) -> Cell {
        let is_quoted = self.quotes == QuoteStyle::Enclosing && self.byte(self.at) == Some(b'"');
        if is_quoted && let Some(cell) = self.quoted() {
            return cell;
        }
        let (start, end) = (self.at, self.text.len());
        let length = memchr2(self.delimiter, b'\n', self.bytes(start..end));
        self.at = length.map_or(end, |length| start + length);
        let content = self.trimmed(start..self.at);
        Cell { content, line: self.line, is_doubled: false, is_broken: is_quoted }
    }

    /// Reads a quoted cell; `None` if the quotation mark is never closed.
    fn quoted(&mut self) -> Option<Cell> {
        let start = self.at;
        let (content, end, is_doubled, is_broken) = match self.quoted_twice(start) {
            Some((content, end)) => (content, end, true, false),
            None => self.quoted_once(start)?,
        };
        let cell = Cell { content: self.trimmed(content), line: self.line, is_doubled, is_broken };
        let lines = memchr_iter(b'\n', self.bytes(start..end)).count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.at = end;
        Some(cell)
    }

    /// Reads a cell quoted by two programs in turn, `""The "…""`, within a line. The inner marks belong to the text.
    fn quoted_twice(&mut self, start: usize) -> Option<(Range<usize>, usize)> {
        let third =
            self.byte(start + 2).filter(|byte| !matches!(byte, b'"' | b'\n') && *byte != self.delimiter);
        if self.byte(start + 1) != Some(b'"') || third.is_none() || start < self.no_double_end_before {
            return None;
        }
        let limit = start.saturating_add(LONGEST_CELL).min(self.text.len());
        let limit = memchr(b'\n', self.bytes(start..limit)).map_or(limit, |length| start + length);
        let mut at = start + 2;
        while let Some(quote) = memchr(b'"', self.bytes(at..limit)).map(|found| at + found) {
            let is_pair = self.byte(quote + 1) == Some(b'"');
            if is_pair && let Some(end) = self.end_after(quote + 2) {
                return Some((start..quote + 2, end));
            }
            at = quote + 1 + usize::from(is_pair);
        }
        self.no_double_end_before = limit;
        self.search_reached_end |= limit == self.text.len();
        None
    }

    /// Content, end, `is_doubled` and `is_broken` of a quoted cell.
    fn quoted_once(&mut self, start: usize) -> Option<(Range<usize>, usize, bool, bool)> {
        if start < self.no_end_before {
            return None;
        }
        let limit = start.saturating_add(LONGEST_CELL).min(self.text.len());
        let (mut is_doubled, mut is_broken) = (false, false);
        let mut at = start + 1;
        while let Some(quote) = memchr(b'"', self.bytes(at..limit)).map(|found| at + found) {
            if let Some(end) = self.end_after(quote + 1) {
                return Some((start + 1..quote, end, is_doubled, is_broken));
            }
            if self.byte(quote + 1) == Some(b'"') {
                is_doubled = true;
                at = quote + 2;
                continue;
            }
            // This mark opens another cell, so the first one was never closed.
            if matches!(self.byte(quote - 1), Some(byte) if byte == b'\n' || byte == self.delimiter) {
                self.no_end_before = quote;
                return None;
            }
            is_broken = true;
            at = quote + 1;
        }
        self.no_end_before = limit;
        self.search_reached_end |= limit == self.text.len();
        None
    }

    /// End of the cell whose closing quotation mark precedes `at`; spaces may follow it.
    fn end_after(&self, at: usize) -> Option<usize> {
        let blanks = self.bytes(at..self.text.len()).iter().take_while(|byte| **byte == b' ').count();
        match self.byte(at + blanks) {
            Some(byte) if byte != b'\n' && byte != self.delimiter => None,
            _ => Some(at + blanks),
        }
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        // Fast path for cells without surrounding white space.
        if let [first, .., last] = self.bytes(range.clone())
            && first.is_ascii_graphic()
            && last.is_ascii_graphic()
        {
            return range;
        }
        let content = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (content.len() - content.trim_start().len());
        start..start + content.trim().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut scanner = CsvScanner::new(text, b';', QuoteStyle::Enclosing);
        let (mut rows, mut cells) = (Vec::new(), Vec::new());
        while scanner.row(&mut cells).is_some() {
            let content = |cell: &Cell| {
                let content = text.get(cell.content.clone()).expect("on character boundaries");
                let broken = if cell.is_broken { "!" } else { "" };
                let content =
                    if cell.is_doubled { content.replace("\"\"", "\"") } else { content.to_owned() };
                content + broken
            };
            rows.push(cells.iter().map(content).collect());
        }
        rows
    }

    #[rstest]
    #[case::plain("a;b\nc;d\n", "a¦b ⏎ c¦d")]
    #[case::blank_lines("\n\na;b\n\nc", "a¦b ⏎ c")]
    #[case::empty_cells(";;\n;", "¦¦ ⏎ ¦")]
    #[case::spaces(" a ;  b", "a¦b")]
    #[case::quoted("\"a;b\";\"c\"", "a;b¦c")]
    #[case::quoted_empty("\"\";\"\"", "¦")]
    #[case::line_break("\"a\nb\";c\nd", "a\nb¦c ⏎ d")]
    #[case::doubled("\"a \"\"b\"\" c\";d", "a \"b\" c¦d")]
    #[case::opens_doubled("\"\"\"X\"\" works\";d", "\"X\" works¦d")]
    #[case::quoted_twice("\"\"The action \"\"X\"\" works; well\"\";d", "\"The action \"X\" works; well\"¦d")]
    #[case::quote_inside("a \"b\" c;d", "a \"b\" c¦d")]
    #[case::stray("\"a \"b\" c\";d", "a \"b\" c!¦d")]
    #[case::inches("\"5\" rör;\"ok\"", "\"5\" rör!¦ok")]
    #[case::spaces_after("\"a\" ;b", "a¦b")]
    #[case::never_closed("\"a;b\nc;d", "\"a!¦b ⏎ c¦d")]
    #[case::closed_by_another("1;\"a;b\n2;\"c\";d\n", "1¦\"a!¦b ⏎ 2¦c¦d")]
    fn cuts(#[case] text: &str, #[case] expected: &str) {
        let rows: Vec<String> = rows(text).iter().map(|cells| cells.join("¦")).collect();
        assert_eq!(rows.join(" ⏎ "), expected);
    }

    #[test]
    fn lines_are_counted_through_cells() {
        let text = "a;\"b\nb\"\n\n\"c\n\nc\";d\ne";
        let mut scanner = CsvScanner::new(text, b';', QuoteStyle::Enclosing);
        let (mut cells, mut lines) = (Vec::new(), Vec::new());
        while let Some(row) = scanner.row(&mut cells) {
            lines.push((row.line, cells.iter().map(|cell| cell.line).collect::<Vec<_>>()));
        }
        assert_eq!(lines, [(1, vec![1, 1]), (4, vec![4, 6]), (7, vec![7])]);
    }

    #[test]
    fn unclosed_quotation_marks_are_scanned_in_linear_time() {
        for cell in ["\"a;", "\"\"a;", "\"a\n", "\";a"] {
            let text = cell.repeat(1 << 18);
            let mut scanner = CsvScanner::new(&text, b';', QuoteStyle::Enclosing);
            let (mut cells, mut count) = (Vec::new(), 0);
            while scanner.row(&mut cells).is_some() {
                count += cells.len();
            }
            assert!(count > 1, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn rows_cover_all_text(text in "[a;\"\n å]{0,40}") {
            let mut scanner = CsvScanner::new(&text, b';', QuoteStyle::Enclosing);
            let (mut cells, mut at) = (Vec::new(), 0);
            while let Some(row) = scanner.row(&mut cells) {
                let between = text.get(at..row.extent.start).expect("in order");
                prop_assert!(between.chars().all(|c| c == '\n'));
                let lines = text.get(..row.extent.start).expect("inside").matches('\n').count();
                prop_assert_eq!(row.line as usize, lines + 1);
                for cell in &cells {
                    prop_assert!(text.get(cell.content.clone()).is_some());
                    prop_assert!(row.extent.start <= cell.content.start && cell.content.end <= row.extent.end);
                }
                at = row.extent.end;
            }
            prop_assert!(text.get(at..).expect("inside").trim_matches('\n').is_empty());
        }
    }
}
