//! The privacy gate: hides personal data in text before it is kept, shown or written.

pub mod labels;
mod personal_number;

use std::borrow::Cow;
use std::ops::Range;

use self::personal_number::{digits_of, personal_numbers};

/// A personal identity number that was masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedNumber {
    /// The byte of the masked text at which it begins.
    pub at: usize,
    /// The text that was there, of the same length in bytes.
    pub original: Box<str>,
}

/// The text with every digit of every personal identity number replaced.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    mask_personal_numbers(text).map_or(Cow::Borrowed(text), |(masked, _)| Cow::Owned(masked))
}

/// Whether a text holds a personal identity number.
#[must_use]
pub fn holds_personal_number(text: &str) -> bool {
    personal_numbers(text).next().is_some()
}

/// Replaces the digits of each personal identity number by `*`; `None` when there is nothing to mask.
///
/// Separators stay, and no byte moves. The numbers are the byte offsets of the masked numbers, in order.
#[must_use]
pub fn mask_personal_numbers(text: &str) -> Option<(String, Vec<usize>)> {
    let mut masked = None;
    let mut offsets = Vec::new();
    for number in personal_numbers(text) {
        offsets.push(number.start);
        blot(masked.get_or_insert_with(|| text.to_owned()), number);
    }
    masked.map(|masked| (masked, offsets))
}

/// Masks the personal identity numbers of a text and returns them, in order.
pub fn mask_in_place(text: &mut String) -> Vec<MaskedNumber> {
    let numbers: Vec<Range<usize>> = personal_numbers(text).collect();
    numbers
        .into_iter()
        .map(|number| {
            let original = text.get(number.clone()).unwrap_or_default().into();
            blot(text, number.clone());
            MaskedNumber { at: number.start, original }
        })
        .collect()
}

/// Replaces the digits of a number. The length in bytes stays the same: a full-width digit becomes a full-width asterisk,
/// any other one an asterisk for each byte.
fn blot(text: &mut String, number: Range<usize>) {
    let digits: Vec<Range<usize>> = digits_of(text, number).collect();
    for digit in digits {
        let asterisks = match digit.len() {
            1 => "*",
            2 => "**",
            3 => "＊",
            _ => "****",
        };
        text.replace_range(digit, asterisks);
    }
}

#[cfg(test)]
mod tests;
