//! Finds the rows of column headings among the first rows of a list.
//!
//! Titles may precede them, a second row may complete them (a group above its columns, or the words that the first row
//! breaks off) or repeat them in another language.

use super::layout::SplitRow;
use super::merged_cells::MergedCells;
use crate::domain::codes::headings::{Confidence, Headings, Meaning};
use crate::domain::schema::FieldKind;
use crate::loading::column_mapping::ColumnMapping;

/// Number of rows examined.
pub(crate) const EXAMINED_ROWS: usize = 60;

/// Longest cell that may be a heading of a data-like row, in bytes.
const LONGEST_HEADING: usize = 700;

/// The known headings, with those that the user states.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'a> {
    pub(crate) known: &'a Headings,
    pub(crate) stated: &'a ColumnMapping,
}

impl Vocabulary<'_> {
    /// The meaning of a heading.
    pub(crate) fn meaning(&self, heading: &str) -> Option<Meaning> {
        self.stated.meaning(heading, self.known)
    }
}

/// A heading with its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) text: String,
    pub(crate) meaning: Option<Meaning>,
}

/// The headings of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeadingRows {
    /// Index of the first row of headings.
    pub(crate) first: usize,
    /// Number of rows of headings.
    pub(crate) count: usize,
    /// The heading of each column, up to the last one that has one.
    pub(crate) headings: Vec<Heading>,
}

impl HeadingRows {
    /// Number of different fields that the headings mean, not counting those that often mean something else.
    pub(crate) fn known(&self) -> usize {
        score(&self.headings) / 2
    }

    /// Finds the rows of headings; `None` if no heading is known.
    pub(crate) fn find(
        rows: &[SplitRow],
        vocabulary: Vocabulary<'_>,
        merged: &[MergedCells],
    ) -> Option<Self> {
        let single = |first: usize| {
            let cells = &rows.get(first)?.cells;
            let headings = cells.iter().map(|cell| heading(cell, vocabulary)).collect();
            Some(Self { first, count: 1, headings })
        };
        let candidates =
            (0..rows.len().min(EXAMINED_ROWS)).filter(|at| rows.get(*at).is_some_and(may_be_headings));
        let best = candidates
            .filter_map(single)
            .filter(|found| score(&found.headings) > 0)
            .reduce(|best, next| if score(&next.headings) > score(&best.headings) { next } else { best })?;
        let best = best.with_group_above(rows, vocabulary, merged);
        let mut best = best.with_row_below(rows, vocabulary);
        let width =
            best.headings.iter().rposition(|heading| !heading.text.is_empty()).map_or(0, |last| last + 1);
        best.headings.truncate(width);
        Some(best)
    }

    /// Completes headings by a row of groups above them.
    fn with_group_above(self, rows: &[SplitRow], vocabulary: Vocabulary<'_>, merged: &[MergedCells]) -> Self {
        let Some(above) = self.first.checked_sub(1).and_then(|at| rows.get(at)) else { return self };
        let Some(own) = rows.get(self.first) else { return self };
        let filled = above.cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled < 2 || own.line != above.line + 1 || !may_be_headings(above) {
            return self;
        }
        let upper: Vec<&str> = (0..own.cells.len().max(above.cells.len()))
            .map(|column| {
                let direct = above.cells.get(column).map_or("", String::as_str);
                let group = merged.iter().find(|merged| merged.covers(above.line, column));
                let of_group = group.and_then(|group| above.cells.get(*group.columns.start()));
                if direct.is_empty() { of_group.map_or("", String::as_str) } else { direct }
            })
            .collect();
        let headings = combined(&upper, &own.cells, vocabulary);
        if score(&headings) > score(&self.headings) {
            Self { first: self.first - 1, count: self.count + 1, headings }
        } else {
            self
        }
    }

    /// Completes headings by the row below them, or skips it if it repeats them in another language.
    fn with_row_below(self, rows: &[SplitRow], vocabulary: Vocabulary<'_>) -> Self {
        let next = self.first + self.count;
        let (Some(below), Some(own)) = (rows.get(next), rows.get(next - 1)) else { return self };
        if below.line > own.line + 1 + u32::try_from(line_breaks(own)).unwrap_or(0) || !may_be_headings(below)
        {
            return self;
        }
        let meant =
            below.cells.iter().map(|cell| heading(cell, vocabulary).meaning.map(|meaning| meaning.kind));
        let own_kinds = self.headings.iter().map(|heading| heading.meaning.map(|meaning| meaning.kind));
        let repeated =
            meant.zip(own_kinds).filter(|(below, above)| below.is_some() && below == above).count();
        let upper: Vec<&str> = self.headings.iter().map(|heading| heading.text.as_str()).collect();
        let headings = combined(&upper, &below.cells, vocabulary);
        // A value below a known heading is no part of it.
        let is_value = |(heading, below): &(&Heading, &String)| {
            let both = || vocabulary.meaning(&format!("{} {below}", heading.text));
            heading.meaning.is_some()
                && !below.is_empty()
                && vocabulary.meaning(below).or_else(both).is_none()
        };
        let values = self.headings.iter().zip(&below.cells).filter(is_value).count();
        let filled = below.cells.iter().filter(|cell| !cell.is_empty()).count();
        let is_better = score(&headings) > score(&self.headings) && values * 2 < filled;
        if is_better || (repeated >= 2 && repeated * 2 >= filled) {
            let headings = if is_better { headings } else { self.headings };
            return Self { count: self.count + 1, headings, ..self };
        }
        self
    }
}

fn line_breaks(row: &SplitRow) -> usize {
    row.cells.iter().map(|cell| cell.matches('\n').count()).sum()
}

fn heading(text: &str, vocabulary: Vocabulary<'_>) -> Heading {
    // Some lists end their rows with a character other than the delimiter.
    let text = text.trim().trim_end_matches([';', ',']).trim_end();
    let meaning = vocabulary.meaning(text);
    Heading { text: text.to_owned(), meaning }
}

/// The headings of two rows: the lower one alone if its meaning is known, else both.
fn combined(upper: &[&str], lower: &[String], vocabulary: Vocabulary<'_>) -> Vec<Heading> {
    (0..upper.len().max(lower.len()))
        .map(|column| {
            let above = upper.get(column).copied().unwrap_or_default().trim();
            let below = lower.get(column).map_or("", |cell| cell.trim());
            let both = format!("{above} {below}");
            let both = both.trim();
            let tried = [both, below, above].map(|text| heading(text, vocabulary));
            let known = tried.iter().find(|heading| heading.meaning.is_some());
            let meaning = known.and_then(|heading| heading.meaning);
            Heading { text: both.to_owned(), meaning }
        })
        .collect()
}

/// Twice the number of fields that headings mean, counting half those that often mean something else.
fn score(headings: &[Heading]) -> usize {
    let mut best: Vec<(FieldKind, usize)> = Vec::new();
    for meaning in headings.iter().filter_map(|heading| heading.meaning) {
        let points = if meaning.confidence == Confidence::Weak { 1 } else { 2 };
        match best.iter_mut().find(|(kind, _)| *kind == meaning.kind) {
            Some((_, known)) => *known = (*known).max(points),
            None => best.push((meaning.kind, points)),
        }
    }
    best.iter().map(|(_, points)| points).sum()
}

/// Returns `true` unless more than a third of the row's cells contain numbers, dates or long texts.
fn may_be_headings(row: &SplitRow) -> bool {
    let filled: Vec<&String> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
    let is_value = |cell: &str| {
        let digits = cell.chars().filter(char::is_ascii_digit).count();
        cell.len() > LONGEST_HEADING || digits * 2 > cell.chars().filter(|c| !c.is_whitespace()).count()
    };
    let values = filled.iter().filter(|cell| is_value(cell)).count();
    !filled.is_empty() && values * 3 <= filled.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn rows(text: &str) -> Vec<SplitRow> {
        let split = |(at, row): (usize, &str)| SplitRow {
            line: u32::try_from(at + 1).expect("few"),
            cells: row.split(';').map(|cell| cell.trim().to_owned()).collect(),
        };
        text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty()).map(split).collect()
    }

    fn found(text: &str) -> Option<(usize, usize, String)> {
        let (known, stated) = (Headings::built_in(), ColumnMapping::default());
        let found = HeadingRows::find(&rows(text), Vocabulary { known: &known, stated: &stated }, &[])?;
        let kinds = found
            .headings
            .iter()
            .map(|heading| heading.meaning.map_or("?", |meaning| meaning.kind.spec().key));
        Some((found.first, found.count, kinds.collect::<Vec<_>>().join(" ")))
    }

    #[rstest]
    #[case::first_row("Namn;Region;Eget\nA;B;C", 0, 1, "name region ?")]
    #[case::titles("Lista 2024;;\nHämtad 2024-01-01;;\n\nNamn;Region;Eget\nA;B;C", 2, 1, "name region ?")]
    #[case::second_language(
        "Name des Begünstigten;Bezeichnung des Vorhabens\nbeneficiary name;operation name\nA;B",
        0,
        2,
        "beneficiary name"
    )]
    #[case::broken_words(
        "Bezeichnung;Projektende/;Gesamtbetrag/\n;operation end date;total eligible expenditure\nA;2014-05-01;1",
        0,
        2,
        "name end_date total_budget"
    )]
    #[case::groups(
        "Diarienummer;Namn;Period;;Belopp\n;;Startdatum;Slutdatum;EU-stöd\n1;A;x;y;z",
        0,
        2,
        "diarienummer name start_date end_date eu_support"
    )]
    #[case::words_in_values(
        "Diarienummer;Namn;Eget\n23-001-S01;Ett;Land\nA;B;C",
        0,
        1,
        "diarienummer name ?"
    )]
    #[case::values_are_no_headings("Namn;Startdatum\nRegion;2024-01-01\n", 0, 1, "name start_date")]
    fn heading_rows(#[case] text: &str, #[case] first: usize, #[case] count: usize, #[case] kinds: &str) {
        assert_eq!(found(text), Some((first, count, kinds.to_owned())));
    }

    #[test]
    fn no_known_heading_is_no_row_of_headings() {
        assert_eq!(found("Alfa;Gamma\n1;2"), None);
    }
}
