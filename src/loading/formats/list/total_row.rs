//! Recognises rows of totals: by a word such as `Summa`, and by amounts that are the sums of rows above.

use crate::domain::codes::headings::squashed;
use crate::domain::values::amount::{AmountForm, read_amount};

/// Words for a total, by their letters.
const WORDS: &[&str] = &[
    "summa",
    "summatotalt",
    "totalsumma",
    "totalt",
    "delsumma",
    "total",
    "totals",
    "grandtotal",
    "subtotal",
    "sum",
    "sumtotal",
    "overalltotal",
    "ialt",
    "samlet",
    "iaalt",
    "samletsum",
    "gesamt",
    "gesamtsumme",
    "summe",
    "insgesamt",
    "zwischensumme",
    "gesamtergebnis",
    "totaal",
    "subtotaal",
    "eindtotaal",
    "totaalgeneraal",
    "totalgeneral",
    "totalgenerale",
    "soustotal",
    "totale",
    "totalegenerale",
    "subtotale",
    "razem",
    "ogolem",
    "suma",
    "yhteensa",
    "ukupno",
    "sveukupno",
    "skupaj",
    "celkem",
    "spolu",
    "osszesen",
    "mindosszesen",
    "kopa",
    "pavisam",
    "isviso",
    "kokku",
    "συνολο",
    "γενικοσυνολο",
    "общо",
    "всичко",
    "totalgeral",
    "totales",
];

/// Rows kept for comparison with a total.
const MOST_ROWS: usize = 20_000;

/// Returns `true` for a text that is wholly a word for a total, with a year, a colon or a number after it or not.
pub(super) fn is_total_word(text: &str) -> bool {
    text.len() <= 60 && {
        let letters = squashed(text);
        WORDS.contains(&letters.trim_end_matches(|c: char| c.is_ascii_digit()))
    }
}

/// Returns `true` for a text that begins with a word for a total.
pub(super) fn begins_with_total_word(text: &str) -> bool {
    let first =
        text.split(|c: char| c.is_whitespace() || matches!(c, ':' | '-')).find(|word| !word.is_empty());
    first.is_some_and(is_total_word)
}

/// The numbers of the rows so far, column by column.
#[derive(Debug, Default)]
pub(super) struct ColumnNumbers {
    columns: Vec<Vec<i64>>,
}

impl ColumnNumbers {
    /// Adds the number of a row in a column; a cell without one counts as zero.
    pub(super) fn add(&mut self, column: usize, cell: &str) {
        if self.columns.len() <= column {
            self.columns.resize(column + 1, Vec::new());
        }
        if let Some(numbers) = self.columns.get_mut(column).filter(|numbers| numbers.len() < MOST_ROWS) {
            numbers.push(number(cell).unwrap_or_default());
        }
    }

    /// Returns `true` if a cell is the sum of at least two of the last rows in its column.
    pub(super) fn is_sum(&self, column: usize, cell: &str) -> bool {
        let (Some(total), Some(numbers)) = (number(cell), self.columns.get(column)) else { return false };
        if total == 0 {
            return false;
        }
        let mut sum = 0_i64;
        let mut terms = 0_u32;
        numbers.iter().rev().any(|number| {
            sum = sum.saturating_add(*number);
            terms += u32::from(*number != 0);
            // Each row may have been rounded.
            terms >= 2 && sum.abs_diff(total) <= u64::from(terms)
        })
    }
}

fn number(cell: &str) -> Option<i64> {
    let begins =
        cell.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '€' | '£' | '('));
    let amount = |form| read_amount(cell, form).ok().flatten();
    begins.then(|| amount(AmountForm::DecimalPoint).map(|amount| amount.minor))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Summa:", true)]
    #[case("TOTAL 2016", true)]
    #[case("Total général", true)]
    #[case("Gesamt", true)]
    #[case("Total Energies AB", false)]
    #[case("Totalförsvar", false)]
    #[case("", false)]
    fn total_words(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_total_word(text), expected);
    }

    #[test]
    fn sums_of_the_last_rows() {
        let mut numbers = ColumnNumbers::default();
        for cell in ["1 000", "2 000", "", "12,50"] {
            numbers.add(0, cell);
        }
        assert!(numbers.is_sum(0, "3 012,50") && numbers.is_sum(0, "2 012,50"));
        assert!(!numbers.is_sum(0, "12,50") && !numbers.is_sum(0, "0") && !numbers.is_sum(0, "x"));
        assert!(!numbers.is_sum(1, "1 000"));
    }
}
