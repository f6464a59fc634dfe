//! The privacy gate: hides personal data in text before it is kept, shown or written.

mod contacts;
pub mod labels;
mod personal_number;

use std::borrow::Cow;
use std::ops::Range;

use self::contacts::{email_addresses, telephone_at};
use self::personal_number::{digit_runs, digits_of, personal_number_at};

/// A personal identity number that was masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedNumber {
    /// The byte of the masked text at which it begins.
    pub at: usize,
    /// The text that was there, of the same length in bytes.
    pub original: Box<str>,
}

/// The personal data that [`mask_source`] found in a text, each kind in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMasks {
    /// Personal identity numbers, which are masked. In a column of amounts they may turn out to be amounts.
    pub numbers: Vec<MaskedNumber>,
    /// The first bytes of e-mail addresses, which are masked.
    pub emails: Vec<usize>,
    /// Telephone numbers, which are not masked yet: in a column of dates or ids they are something else.
    pub telephones: Vec<Range<usize>>,
}

impl SourceMasks {
    /// Returns `true` if nothing was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.emails.is_empty() && self.telephones.is_empty()
    }

    /// Removes what begins at or after a byte and returns it, counted from there.
    #[must_use]
    pub fn split_off(&mut self, at: usize) -> Self {
        let mut rest = Self {
            numbers: self.numbers.split_off(self.numbers.partition_point(|number| number.at < at)),
            emails: self.emails.split_off(self.emails.partition_point(|email| *email < at)),
            telephones: self.telephones.split_off(self.telephones.partition_point(|range| range.start < at)),
        };
        rest.numbers.iter_mut().for_each(|number| number.at -= at);
        rest.emails.iter_mut().for_each(|email| *email -= at);
        rest.telephones.iter_mut().for_each(|range| *range = range.start - at..range.end - at);
        rest
    }

    /// Adds the findings of a text that begins at byte `at` of this one.
    pub fn append(&mut self, other: Self, at: usize) {
        let shifted = |number: MaskedNumber| MaskedNumber { at: number.at + at, ..number };
        self.numbers.extend(other.numbers.into_iter().map(shifted));
        self.emails.extend(other.emails.into_iter().map(|email| email + at));
        self.telephones.extend(other.telephones.into_iter().map(|range| range.start + at..range.end + at));
    }

    /// The numbers that begin in a range of bytes.
    #[must_use]
    pub fn numbers_in(&self, range: &Range<usize>) -> &[MaskedNumber] {
        let from = self.numbers.partition_point(|number| number.at < range.start);
        let to = self.numbers.partition_point(|number| number.at < range.end);
        self.numbers.get(from..to).unwrap_or_default()
    }

    /// The telephone numbers that begin in a range of bytes.
    #[must_use]
    pub fn telephones_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        let from = self.telephones.partition_point(|telephone| telephone.start < range.start);
        let to = self.telephones.partition_point(|telephone| telephone.start < range.end);
        self.telephones.get(from..to).unwrap_or_default()
    }
}

/// The text with every digit of every personal identity number replaced by `*`. Separators stay, and no byte moves.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    mask_personal_numbers(text).map_or(Cow::Borrowed(text), |(masked, _)| Cow::Owned(masked))
}

/// The text with personal identity numbers, e-mail addresses and telephone numbers masked.
#[must_use]
pub fn masked_with_contacts(text: &str) -> Cow<'_, str> {
    let mut masked = text.to_owned();
    let found = mask_source(&mut masked);
    mask_ranges(&mut masked, &found.telephones);
    if found.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(masked) }
}

/// Returns `true` if a text contains a personal identity number.
#[must_use]
pub fn holds_personal_number(text: &str) -> bool {
    personal_numbers(text).next().is_some()
}

/// [`masked`], with the byte offsets of the masked numbers; `None` when there is nothing to mask.
#[must_use]
pub fn mask_personal_numbers(text: &str) -> Option<(String, Vec<usize>)> {
    let mut masked = None;
    let mut offsets = Vec::new();
    for number in personal_numbers(text) {
        offsets.push(number.start);
        blot_number(masked.get_or_insert_with(|| text.to_owned()), number);
    }
    masked.map(|masked| (masked, offsets))
}

/// Masks the personal identity numbers and e-mail addresses in the text of a source. No byte moves. Telephone numbers
/// are found and left to the caller, who knows in which column they are.
pub fn mask_source(text: &mut String) -> SourceMasks {
    let mut numbers: Vec<Range<usize>> = Vec::new();
    let mut telephones = Vec::new();
    for run in digit_runs(text) {
        telephones.extend(telephone_at(text, &run));
        if let Some(number) = personal_number_at(text, run) {
            merge(&mut numbers, number);
        }
    }
    let emails: Vec<Range<usize>> = email_addresses(text).collect();
    let mask = |number: Range<usize>| {
        let original = text.get(number.clone()).unwrap_or_default().into();
        MaskedNumber { at: number.start, original }
    };
    let masked = numbers.iter().cloned().map(mask).collect();
    for number in numbers {
        blot_number(text, number);
    }
    mask_ranges(text, &emails);
    SourceMasks { numbers: masked, emails: emails.into_iter().map(|email| email.start).collect(), telephones }
}

/// Masks the letters and digits in these ranges. No byte moves.
pub fn mask_ranges(text: &mut String, ranges: &[Range<usize>]) {
    for range in ranges {
        let Some(part) = text.get(range.clone()) else { continue };
        let mut masked = String::with_capacity(part.len());
        for c in part.chars() {
            if c.is_alphanumeric() { masked.push_str(asterisks(c.len_utf8())) } else { masked.push(c) }
        }
        text.replace_range(range.clone(), &masked);
    }
}

/// The byte ranges of the personal identity numbers in a text, in order and without overlaps.
fn personal_numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut found = digit_runs(text).filter_map(|run| personal_number_at(text, run)).peekable();
    std::iter::from_fn(move || {
        let mut number = found.next()?;
        while let Some(next) = found.next_if(|next| next.start < number.end) {
            number.end = number.end.max(next.end);
        }
        Some(number)
    })
}

/// Adds a range after the others; overlapping ranges become one.
fn merge(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if range.start < last.end => last.end = last.end.max(range.end),
        _ => ranges.push(range),
    }
}

/// Masks the digits of a number, but not those of an entity or escape between them.
fn blot_number(text: &mut String, number: Range<usize>) {
    let digits: Vec<Range<usize>> = digits_of(text, number).collect();
    for digit in digits {
        let asterisks = asterisks(digit.len());
        text.replace_range(digit, asterisks);
    }
}

/// The mask for a character of `bytes` bytes, which has the same length: a full-width asterisk for a full-width digit.
const fn asterisks(bytes: usize) -> &'static str {
    match bytes {
        1 => "*",
        2 => "**",
        3 => "＊",
        _ => "****",
    }
}

#[cfg(test)]
mod tests;
