//! Masks personal identity numbers, wherever they stand in a text.
//!
//! A number is masked where its date and its check digit hold (ten or twelve digits, with or without a
//! separator before the last four). The rule has no list of exceptions: a masked invoice number costs less
//! than a shown person.

use std::ops::Range;

use jiff::civil::Date;

use super::values::luhn::luhn_holds;
use super::values::number::{is_dash, is_group_space};

/// Replaces each digit of each personal identity number by `*`; `None` when there is nothing to mask.
///
/// Separators stay and the number of characters and bytes is the same. The numbers are the byte offsets
/// of the first `*` of each masked number, in order. Co-ordination numbers (day + 60) are masked too, and the
/// ten digits inside a sole trader's VAT number (`SE…01`).
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

/// The same, without a copy of the text: says where the numbers begin.
pub fn mask_in_place(text: &mut String) -> Vec<usize> {
    let numbers: Vec<Range<usize>> = personal_numbers(text).collect();
    for number in &numbers {
        blot(text, number.clone());
    }
    numbers.into_iter().map(|number| number.start).collect()
}

fn blot(text: &mut String, number: Range<usize>) {
    let digits = text.get(number.clone()).unwrap_or_default();
    let blotted: String = digits.chars().map(|c| if c.is_ascii_digit() { '*' } else { c }).collect();
    text.replace_range(number, &blotted);
}

/// Where personal identity numbers stand in a text, in order.
fn personal_numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(start) = next_digit(bytes, at) {
            let run_end = end_of_digits(bytes, start);
            at = run_end;
            if let Some((from, to)) = personal_number(text, start, run_end) {
                at = to.max(run_end);
                return Some(from..to);
            }
        }
        None
    })
}

/// The next ASCII digit at or after `at`. Whole blocks without one are passed over with a loop the compiler
/// turns into vector instructions, since most text has few digits.
fn next_digit(bytes: &[u8], at: usize) -> Option<usize> {
    let mut start = at;
    let (blocks, _) = bytes.get(at..)?.as_chunks::<64>();
    for block in blocks {
        if block.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
            break;
        }
        start += block.len();
    }
    bytes.get(start..)?.iter().position(u8::is_ascii_digit).map(|found| start + found)
}

fn end_of_digits(bytes: &[u8], start: usize) -> usize {
    bytes.iter().skip(start).position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |length| start + length)
}

/// The byte range of the personal identity number whose first digits are the run `start..run_end`.
fn personal_number(text: &str, start: usize, run_end: usize) -> Option<(usize, usize)> {
    let run = text.get(start..run_end)?;
    let before = text.get(..start)?;
    let after = text.get(run_end..)?;
    let ends_here = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    if let Some(vat_country) = before.strip_suffix(['E', 'e']).and_then(|rest| rest.strip_suffix(['S', 's']))
    {
        let ten = run.strip_suffix("01").filter(|ten| ten.len() == 10)?;
        let stands_alone = !vat_country.ends_with(|c: char| c.is_ascii_alphanumeric()) && ends_here(after);
        return (stands_alone && is_personal(ten)).then_some((start, run_end - 2));
    }
    if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    match run.len() {
        10 | 12 => (ends_here(after) && is_personal(run)).then_some((start, run_end)),
        6 | 8 => {
            let separated = after.strip_prefix(|c| c == '+' || is_dash(c) || is_group_space(c))?;
            let (last, rest) = separated.split_at_checked(4)?;
            let last_starts = run_end + (after.len() - separated.len());
            let is_four = last.bytes().all(|b| b.is_ascii_digit()) && ends_here(rest);
            (is_four && is_personal(&[run, last].concat())).then_some((start, last_starts + last.len()))
        }
        _ => None,
    }
}

/// Whether ten or twelve digits have a real date and the right check digit.
fn is_personal(digits: &str) -> bool {
    let (century, ten) = match digits.len() {
        12 => match digits.split_at_checked(2) {
            Some((century, ten)) => (century, ten),
            None => return false,
        },
        // 2000 is the leap year of the two centuries, so every day that either has is accepted.
        _ => ("20", digits),
    };
    // The check digit is weighed over ten digits; the century is no part of it.
    let mut values = [0u8; 10];
    if ten.len() != values.len() || !matches!(century, "18" | "19" | "20") {
        return false;
    }
    for (value, byte) in values.iter_mut().zip(ten.bytes()) {
        *value = byte.wrapping_sub(b'0');
    }
    let [y1, y2, m1, m2, d1, d2, ..] = values;
    let year = century.parse::<i16>().unwrap_or(20) * 100 + i16::from(y1 * 10 + y2);
    let day = d1 * 10 + d2;
    // 61 to 91: a co-ordination number, for people who are not registered in Sweden.
    let day = if day > 60 { day - 60 } else { day };
    let date = (i8::try_from(m1 * 10 + m2), i8::try_from(day));
    matches!(date, (Ok(month), Ok(day)) if Date::new(year, month, day).is_ok()) && luhn_holds(values)
}

#[cfg(test)]
#[path = "privacy_tests.rs"]
mod tests;
