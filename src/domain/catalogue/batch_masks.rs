//! Personal data in the text of a batch: which masked numbers are amounts after all, and which telephone numbers are
//! telephone numbers.
//!
//! Text is masked before anybody reads it, when no column is known yet. The fields of each record then say more: a masked
//! number that is all of a cell in a column of amounts is withheld, to be put back when its whole column is known, and
//! a telephone number in a text is masked.

use std::ops::Range;

use super::segment::Segment;
use crate::domain::privacy::SourceMasks;
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::source_location::SourceId;
use crate::domain::values::number::{is_group_space, join_groups};
use crate::domain::values::span::Span;

/// A masked number in a column of amounts, rates or counts.
#[derive(Clone, Debug)]
pub(crate) struct WithheldAmount {
    /// Among the batch's sources.
    pub(crate) source: SourceId,
    /// The line of its record, from 1.
    pub(crate) line: u32,
    /// Of its segment.
    pub(crate) label: u16,
    /// The cell.
    pub(crate) span: Span,
    /// The cell as its source has it.
    pub(crate) original: Box<str>,
    pub(crate) spelling: NumberSpelling,
}

/// The spelling of a cell that is wholly a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberSpelling {
    /// Ten or twelve digits, as personal identity numbers are written too.
    Bare,
    /// With decimals or groups of thousands, or of another length.
    Amount,
}

impl NumberSpelling {
    /// Reads a cell; `None` if it is anything but a number: digits, in groups of three or not, with one or two decimals or
    /// none.
    pub(crate) fn read(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        let cell = cell.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(cell);
        let (whole, decimals) = match cell.rsplit_once(['.', ',']) {
            Some((whole, decimals)) if matches!(decimals.len(), 1 | 2) => (whole, decimals),
            _ => (cell, ""),
        };
        let is_separator = |c| is_group_space(c) || matches!(c, '.' | ',' | '\'' | '’');
        let digits = join_groups(whole, is_separator)?;
        if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let is_bare =
            whole.len() == cell.len() && digits.len() == cell.len() && matches!(cell.len(), 10 | 12);
        Some(if is_bare { Self::Bare } else { Self::Amount })
    }
}

/// The meaning of a column for masking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ColumnPrivacy {
    /// Amounts, rates and counts: a cell that is wholly a number is no personal identity number.
    Numbers,
    /// Texts and unknown columns: telephone numbers are masked.
    Texts,
    /// Dates, ids, codes, places.
    Others,
}

impl From<Option<FieldKind>> for ColumnPrivacy {
    fn from(kind: Option<FieldKind>) -> Self {
        let Some(kind) = kind else { return Self::Texts };
        match (kind, kind.spec().value) {
            (_, ValueType::Amount | ValueType::Percent | ValueType::Count) => Self::Numbers,
            (
                FieldKind::Name
                | FieldKind::NameEnglish
                | FieldKind::Beneficiary
                | FieldKind::Summary
                | FieldKind::SummaryEnglish,
                _,
            ) => Self::Texts,
            _ => Self::Others,
        }
    }
}

/// Personal data in the newest source of a batch; ranges are bytes of that source's text or of the unescaped texts
/// after it.
#[derive(Debug, Default)]
pub(crate) struct BatchMasks {
    pub(crate) found: SourceMasks,
    /// The withheld numbers, by their places among those found.
    pub(crate) claimed: Vec<usize>,
    /// Telephone numbers to mask.
    pub(crate) telephones: Vec<Range<usize>>,
}

impl BatchMasks {
    /// Examines the value of a field; returns the cell as spelled by the source if its masked digits are withheld.
    pub(crate) fn field(
        &mut self,
        kind: Option<FieldKind>,
        value: &str,
        range: &Range<usize>,
    ) -> Option<(Box<str>, NumberSpelling)> {
        match ColumnPrivacy::from(kind) {
            ColumnPrivacy::Others => None,
            ColumnPrivacy::Texts => {
                self.text(range);
                None
            }
            ColumnPrivacy::Numbers => {
                let numbers = self.found.numbers_in(range);
                let mut original = value.to_owned();
                for number in numbers {
                    let at = number.at - range.start;
                    let end = at + number.original.len();
                    original.get(at..end)?;
                    original.replace_range(at..end, &number.original);
                }
                let spelling = NumberSpelling::read(&original).filter(|_| !numbers.is_empty())?;
                let first = self.found.numbers.partition_point(|number| number.at < range.start);
                self.claimed.extend(first..first + self.found.numbers_in(range).len());
                Some((original.into(), spelling))
            }
        }
    }

    /// Looks at a text: telephone numbers in it are masked.
    pub(crate) fn text(&mut self, range: &Range<usize>) {
        self.telephones.extend_from_slice(self.found.telephones_in(range));
    }

    /// The bytes at which numbers begin that stay masked.
    pub(crate) fn masked_numbers(&self) -> impl Iterator<Item = usize> {
        let mut claimed = self.claimed.clone();
        claimed.sort_unstable();
        let numbers = self.found.numbers.iter().enumerate();
        let stay = numbers.filter(move |(at, _)| claimed.binary_search(at).is_err());
        stay.map(|(_, number)| number.at).collect::<Vec<_>>().into_iter()
    }
}

/// Counts the cells of ten or twelve bare digits under one label among these fields.
pub(crate) fn bare_numbers(segment: &Segment, fields: &Range<u32>, label: &str) -> usize {
    let is_counted = |value: &str| NumberSpelling::read(value) == Some(NumberSpelling::Bare);
    let fields = segment.fields(fields).iter().copied();
    let own = fields.filter(|field| segment.label(*field).is_some_and(|own| *own.text == *label));
    own.filter(|field| is_counted(segment.value(*field))).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("8112189876", Some(NumberSpelling::Bare))]
    #[case("-8112189876 ", Some(NumberSpelling::Bare))]
    #[case("198112189876", Some(NumberSpelling::Bare))]
    #[case("8112189876.50", Some(NumberSpelling::Amount))]
    #[case("8112189876,5", Some(NumberSpelling::Amount))]
    #[case("8 112 189 876", Some(NumberSpelling::Amount))]
    #[case("8.112.189.876,00", Some(NumberSpelling::Amount))]
    #[case("12345", Some(NumberSpelling::Amount))]
    #[case("811218-9876", None)]
    #[case("811218 9876", None)]
    #[case("811218.9876", None)]
    #[case("81 12 18 9876", None)]
    #[case("8112189876 kr", None)]
    #[case("8112189876x", None)]
    #[case("", None)]
    fn only_a_whole_number_may_be_an_amount(#[case] cell: &str, #[case] expected: Option<NumberSpelling>) {
        assert_eq!(NumberSpelling::read(cell), expected);
    }
}
