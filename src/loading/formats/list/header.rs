//! The columns of a list: their headings, meanings and units.

use super::heading_rows::{Heading, HeadingRows, Vocabulary};
use super::layout::{ListLayout, SplitRow, is_swedish, split_rows};
use super::merged_cells::MergedCells;
use crate::domain::catalogue::columns::{ColumnUnit, SourceForm};
use crate::domain::codes::headings::{Confidence, squashed};
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::amount::read_unit;
use crate::loading::formats::csv_scanner::{Cell, CsvScanner, QuoteStyle};

/// The headings of a list and everything that precedes its rows.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) delimiter: u8,
    pub(crate) quotes: QuoteStyle,
    pub(crate) columns: Vec<HeaderColumn>,
    /// A character that ends every row without being part of its last value: some lists end rows with a delimiter.
    pub(crate) end_sign: Option<char>,
    pub(crate) form: SourceForm,
    pub(crate) origin: TableOrigin,
    /// Line of the first row above the headings, and number of those rows.
    pub(crate) above: Option<(u32, usize)>,
    /// Byte and line at which the rows begin.
    pub(crate) end: (usize, u32),
    /// Number of values that most of the first rows have; `None` if there are fewer than three rows.
    pub(crate) typical: Option<usize>,
    /// Merged cells of a sheet.
    pub(crate) merged: Vec<MergedCells>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeaderColumn {
    pub(crate) name: String,
    pub(crate) kind: Option<FieldKind>,
    pub(crate) unit: ColumnUnit,
    /// The heading of the column that was preferred to this one for the same field.
    pub(crate) preferred: Option<String>,
}

/// The origin of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableOrigin {
    /// A text file.
    Text,
    /// A sheet or table: rows end with their last value, and line breaks in cells are U+2424.
    Sheet,
}

impl Header {
    /// Reads the headings of a list; `None` if the layout names rows that do not exist.
    pub(crate) fn read(
        text: &str,
        layout: ListLayout,
        vocabulary: Vocabulary<'_>,
        merged: &[MergedCells],
    ) -> Option<Self> {
        let (rows, _) = split_rows(text, layout.delimiter, layout.quotes, layout.header + 1 + TYPICAL_ROWS);
        let found = HeadingRows::find(&rows, vocabulary, merged)
            .filter(|found| found.first <= layout.header && layout.header < found.first + found.count);
        let found = found.or_else(|| single_row(&rows, layout.header, vocabulary))?;
        let mut scanner = CsvScanner::new(text, layout.delimiter, layout.quotes);
        let (mut cells, mut last) = (Vec::new(), Vec::new());
        for _ in 0..found.first + found.count {
            scanner.row(&mut cells)?;
            last.clone_from(&cells);
        }
        let text_of = |cell: &Cell| text.get(cell.content.clone()).unwrap_or_default().trim();
        let last_text = last.iter().rev().map(text_of).find(|cell| !cell.is_empty()).unwrap_or_default();
        let end_sign = last_text.chars().last().filter(|sign| matches!(sign, ';' | ','));
        let form = form_of(&found.headings);
        let above = rows.first().filter(|_| found.first > 0).map(|row| (row.line, found.first));
        Some(Self {
            delimiter: layout.delimiter,
            quotes: layout.quotes,
            columns: columns(&found.headings, form),
            end_sign,
            form,
            origin: TableOrigin::Text,
            above,
            end: scanner.place(),
            typical: typical(&found.headings, rows.get(found.first + found.count..).unwrap_or_default()),
            merged: merged.to_vec(),
        })
    }

    /// The same for the text of a sheet.
    #[must_use]
    pub(crate) fn of_sheet(self) -> Self {
        Self { origin: TableOrigin::Sheet, ..self }
    }

    /// Returns `true` if the text begins with a row that has as many cells as there are columns, and an id or a name: one
    /// without may continue the operation above.
    pub(crate) fn fits_row(&self, text: &str) -> bool {
        let mut cells = Vec::new();
        let row = CsvScanner::new(text, self.delimiter, self.quotes).row(&mut cells);
        let begins_operation = |(column, cell): (&HeaderColumn, &Cell)| {
            matches!(column.kind, Some(FieldKind::Name | FieldKind::Diarienummer)) && !cell.content.is_empty()
        };
        row.is_some_and(|row| !row.is_open && row.extent.end < text.len())
            && cells.len() == self.columns.len()
            && self.columns.iter().zip(&cells).any(begins_operation)
    }
}

/// Rows below the headings whose values are counted.
const TYPICAL_ROWS: usize = 40;

/// The median number of values of rows with several, a name or a beneficiary among them.
fn typical(headings: &[Heading], rows: &[SplitRow]) -> Option<usize> {
    let values = |row: &SplitRow| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let is_named = |(heading, cell): (&Heading, &String)| {
        let kind = heading.meaning.map(|meaning| meaning.kind);
        matches!(kind, Some(FieldKind::Name | FieldKind::Beneficiary)) && !cell.is_empty()
    };
    let named = rows.iter().filter(|row| headings.iter().zip(&row.cells).any(is_named));
    let mut counts: Vec<usize> = named.take(TYPICAL_ROWS).map(values).filter(|count| *count > 1).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().filter(|_| counts.len() >= 3)
}

fn single_row(rows: &[SplitRow], at: usize, vocabulary: Vocabulary<'_>) -> Option<HeadingRows> {
    let row = rows.get(at)?;
    let width = row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let heading = |cell: &String| Heading { text: cell.clone(), meaning: vocabulary.meaning(cell) };
    Some(HeadingRows { first: at, count: 1, headings: row.cells.iter().take(width).map(heading).collect() })
}

/// The form of a list by its headings.
fn form_of(headings: &[Heading]) -> SourceForm {
    let has = |name: &str| headings.iter().any(|heading| heading.text.eq_ignore_ascii_case(name));
    if has("Operation_Unique_Identifier")
        || has("Total_Eligible_Expenditure_amount")
        || has("Project_EU_Budget")
    {
        SourceForm::Kohesio
    } else if headings.iter().any(|heading| is_swedish(&heading.text)) {
        SourceForm::Swedish
    } else {
        SourceForm::Other
    }
}

/// Fields that may have several columns; of others only the most certain column counts.
fn may_repeat(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Region
            | FieldKind::Nuts
            | FieldKind::City
            | FieldKind::Postcode
            | FieldKind::Countries
            | FieldKind::InterventionField
            | FieldKind::Link
            | FieldKind::Priority
            | FieldKind::SpecificObjective
    )
}

fn columns(headings: &[Heading], form: SourceForm) -> Vec<HeaderColumn> {
    let confidence =
        |heading: &Heading| heading.meaning.map_or(Confidence::Weak, |meaning| meaning.confidence);
    let preferred = |kind: FieldKind| {
        let of_kind = headings
            .iter()
            .enumerate()
            .filter(|(_, heading)| heading.meaning.is_some_and(|meaning| meaning.kind == kind));
        // The first of the most certain ones.
        of_kind.reduce(|best, next| if confidence(next.1) > confidence(best.1) { next } else { best })
    };
    let language = language_of_kronor(headings);
    headings
        .iter()
        .enumerate()
        .map(|(at, heading)| {
            let words: Vec<&str> = heading.text.split_whitespace().collect();
            let name = words.join(" ");
            let kind = heading.meaning.map(|meaning| meaning.kind);
            let other = kind
                .filter(|kind| !may_repeat(*kind))
                .and_then(preferred)
                .filter(|(best, _)| *best != at)
                .map(|(_, best)| best.text.split_whitespace().collect::<Vec<_>>().join(" "));
            let kind = kind.filter(|_| other.is_none());
            let is_amount = kind.is_some_and(|kind| kind.spec().value == ValueType::Amount);
            let unit = if is_amount && form != SourceForm::Kohesio {
                unit_of(&heading.text, language)
            } else {
                ColumnUnit::default()
            };
            HeaderColumn { name, kind, unit, preferred: other }
        })
        .collect()
}

/// The kronor that `kr` means in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kronor {
    Swedish,
    /// Danish or Norwegian ones, which the word alone does not tell apart.
    Other,
}

/// Danish and Norwegian lists write `kr` for kronor of their own.
fn language_of_kronor(headings: &[Heading]) -> Kronor {
    const OTHER: [&str; 6] =
        ["stottemodtager", "tilskudsmodtager", "projekttitel", "slutdato", "startdato", "prosjekt"];
    let is_other = |heading: &Heading| {
        let letters = squashed(&heading.text);
        OTHER.iter().any(|word| letters.contains(word)) && !letters.contains("projektagare")
    };
    if headings.iter().any(is_other) { Kronor::Other } else { Kronor::Swedish }
}

/// The unit that a heading states: `Total budget SEK`, `(tkr)`, `in €`, `£m`, `i tusental kr`. Two currencies are none.
pub(crate) fn unit_of(heading: &str, kronor: Kronor) -> ColumnUnit {
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | '/' | '_' | ':');
    let words: Vec<&str> = heading.split(is_separator).filter(|word| !word.is_empty()).collect();
    let mut unit = ColumnUnit::default();
    let mut currencies = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or_default();
        let Some(read) = read_unit(word).filter(|_| is_unit_word(word)) else { continue };
        let Some(currency) = read.currency else { continue };
        if kronor == Kronor::Other && squashed(word).ends_with("kr") {
            continue;
        }
        let scaled = read_unit(&format!("{before}{word}")).filter(|scaled| scaled.currency == read.currency);
        let factor = scaled.unwrap_or(read).factor;
        currencies.push(currency);
        unit = ColumnUnit { currency: Some(currency), factor: u32::try_from(factor).unwrap_or(1) };
    }
    currencies.dedup();
    if currencies.len() > 1 { ColumnUnit::default() } else { unit }
}

/// Returns `true` for a word that is a unit among the words of a heading: codes count in capitals only (`ALL`, `TOP` and
/// `CUP` are words too), and only those that lists of the Union have.
fn is_unit_word(word: &str) -> bool {
    const CODES: [&str; 16] = [
        "SEK", "EUR", "DKK", "NOK", "PLN", "GBP", "HRK", "CZK", "HUF", "RON", "BGN", "CHF", "ISK", "USD",
        "SKK", "LVL",
    ];
    const WORDS: [&str; 13] =
        ["kr", "tkr", "mkr", "mnkr", "kronor", "€", "£", "euro", "euros", "kn", "zł", "kč", "ft"];
    let word = word.trim_matches('.');
    let scaled = |c: char| matches!(c, 't' | 'T' | 'k' | 'K' | 'm' | 'M');
    let bare = word.strip_prefix(scaled).unwrap_or(word);
    let bare = bare.strip_suffix(['m', 'M']).filter(|rest| matches!(*rest, "€" | "£")).unwrap_or(bare);
    CODES.contains(&word)
        || CODES.contains(&bare)
        || WORDS.contains(&word.to_lowercase().as_str())
        || matches!(bare, "€" | "£")
        || matches!(word, "eur" | "sek" | "msek" | "ksek" | "teur" | "keur" | "meur" | "tsek")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::codes::headings::Headings;
    use crate::domain::values::currency::Currency;
    use crate::loading::column_mapping::ColumnMapping;
    use rstest::rstest;

    #[rstest]
    #[case("Total budget SEK", Some("SEK"), 1)]
    #[case("Total projektbudget (tkr)", Some("SEK"), 1_000)]
    #[case("EU-stöd, kr", Some("SEK"), 1)]
    #[case("Gesamtbetrag in €", Some("EUR"), 1)]
    #[case("Gesamtbetrag in Mio. €", Some("EUR"), 1_000_000)]
    #[case("Total project costs £m", Some("GBP"), 1_000_000)]
    #[case("beviljat_belopp_sek", Some("SEK"), 1)]
    #[case("Stöd i tusental kr", Some("SEK"), 1_000)]
    #[case("Budget (SEK/EUR)", None, 1)]
    #[case("ALL eligible costs", None, 1)]
    #[case("Total cost", None, 1)]
    fn units_of_headings(#[case] heading: &str, #[case] currency: Option<&str>, #[case] factor: u32) {
        let expected = ColumnUnit { currency: currency.and_then(Currency::from_code), factor };
        assert_eq!(unit_of(heading, Kronor::Swedish), expected);
    }

    fn header(text: &str) -> Header {
        let (known, stated) = (Headings::built_in(), ColumnMapping::default());
        let layout = ListLayout { delimiter: b';', quotes: QuoteStyle::Enclosing, header: 0 };
        Header::read(text, layout, Vocabulary { known: &known, stated: &stated }, &[]).expect("a header")
    }

    #[test]
    fn the_most_certain_column_means_the_field() {
        let header = header("FEDER;Nr;Financement FEDER (UE);Namn;Projektnamn\n");
        let kinds: Vec<_> = header.columns.iter().map(|column| column.kind).collect();
        assert_eq!(
            kinds,
            [None, Some(FieldKind::Diarienummer), Some(FieldKind::EuSupport), Some(FieldKind::Name), None]
        );
        assert_eq!(header.columns[0].preferred.as_deref(), Some("Financement FEDER (UE)"));
    }

    #[rstest]
    #[case("Operation_Unique_Identifier;Project_EU_Budget\n", SourceForm::Kohesio)]
    #[case("Diarienummer;Namn\n", SourceForm::Swedish)]
    #[case("Operation name;Total cost\n", SourceForm::Other)]
    fn forms(#[case] text: &str, #[case] form: SourceForm) {
        assert_eq!(header(text).form, form);
    }
}
