//! The layout of a list: its delimiter, its quotation marks, its rows of headings.

use crate::domain::schema::FieldKind;
use crate::loading::formats::csv_scanner::{Cell, CsvScanner, QuoteStyle};
use crate::text::fold::same_label;
use crate::text::formula::unmarked;

/// Replaces line breaks in cells of sheets, so that line numbers of their text are row numbers.
pub(crate) const BREAK: char = '\u{2424}';

/// The layout of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListLayout {
    /// Cell delimiter, ASCII.
    pub(crate) delimiter: u8,
    /// The meaning of quotation marks.
    pub(crate) quotes: QuoteStyle,
    /// Index of the last row of column headings, from 0, not counting blank lines.
    pub(crate) header: usize,
}

/// A row of a list whose cells have been split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SplitRow {
    /// Line on which it begins, from 1.
    pub(crate) line: u32,
    /// Its cells, without quotation marks.
    pub(crate) cells: Vec<String>,
}

/// The first rows of a text, and whether there are more.
pub(crate) fn split_rows(
    text: &str,
    delimiter: u8,
    quotes: QuoteStyle,
    most: usize,
) -> (Vec<SplitRow>, bool) {
    let mut scanner = CsvScanner::new(text, delimiter, quotes);
    let (mut rows, mut cells) = (Vec::new(), Vec::new());
    while rows.len() < most {
        let Some(place) = scanner.row(&mut cells) else { return (rows, false) };
        let content = |cell: &Cell| {
            let content = unmarked(text.get(cell.content.clone()).unwrap_or_default());
            let content = if cell.is_doubled { content.replace("\"\"", "\"") } else { content.to_owned() };
            content.replace(BREAK, "\n").trim().to_owned()
        };
        rows.push(SplitRow { line: place.line, cells: cells.iter().map(content).collect() });
    }
    (rows, true)
}

/// Returns `true` for the Swedish name of a field, alone or followed by ` / ` and the English one.
pub(crate) fn is_swedish(heading: &str) -> bool {
    let first = heading.split_once(" / ").map_or(heading, |(first, _)| first).trim();
    FieldKind::from_label(heading).map(FieldKind::spec).is_some_and(|spec| {
        let swedish = [spec.label].into_iter().chain(spec.synonyms.iter().copied());
        spec.label != spec.english
            && swedish
                .filter(|name| *name == spec.label || !name.is_ascii())
                .any(|name| same_label(name, first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Diarienummer", true)]
    #[case("Projektägare ort / Beneficiary city", true)]
    #[case("Total cost", false)]
    #[case("Region", false)]
    #[case("Project_EU_Budget", false)]
    fn swedish_headings(#[case] heading: &str, #[case] expected: bool) {
        assert_eq!(is_swedish(heading), expected);
    }
}
