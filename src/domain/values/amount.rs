//! Sums of money. Knows how they are written, not which of the three sums of a project they are.

use super::currency::Currency;
use super::number::{Decimal, is_dash, is_group_space, join_groups};
use super::value::{ParsedValue, ValueProblem, is_empty_marker};

/// A sum of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// Hundredths of the currency unit: öre or cents.
    pub minor: i64,
    /// The currency, where the text names one; otherwise the column or the label tells.
    pub currency: Option<Currency>,
}

/// Meaning of one separator with three digits after it (`1.234`); the kind of file decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AmountForm {
    /// Swedish forms: a point parts groups and a comma starts the decimals.
    Swedish,
    /// Kohesio: a point starts the decimals and a comma parts groups.
    DecimalPoint,
    /// Another file: such a number is [`ValueProblem::AmbiguousAmount`].
    Unknown,
}

/// Reads `4 973 906`, `2073781,25`, `1.234.567,5`, `1'234.50`, `42 000 000 kr`, `EUR 1 020 086.57`, `3,5 mnkr`,
/// `3.8044E8`, `(1 234)` and `1 234-`.
///
/// Groups have three digits and are separated by spaces (no-break, thin and narrow ones too), points, commas or
/// apostrophes. More than two decimals are rounded half up, away from zero: `56868.983` is 5 686 898 cents. Brackets and
/// a sign on either side make a number negative.
///
/// # Errors
/// [`ValueProblem::AmbiguousAmount`] for `1.234` if the form does not decide, [`ValueProblem::UnreadableAmount`] for
/// other text and for sums beyond an `i64` of hundredths.
pub fn read_amount(raw: &str, form: AmountForm) -> ParsedValue<Amount> {
    if is_empty_marker(raw) {
        return Ok(None);
    }
    let unreadable = ValueProblem::UnreadableAmount;
    let text = raw.trim();
    let in_brackets = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let (number, unit) = split_unit(in_brackets.unwrap_or(text).trim()).ok_or(unreadable)?;
    let signs = [number.strip_prefix(is_dash), number.strip_suffix(is_dash)];
    let (number, is_negative) = match (signs, in_brackets) {
        ([None, None], brackets) => (number, brackets.is_some()),
        ([Some(rest), None] | [None, Some(rest)], None) => (rest.trim(), true),
        _ => return Err(unreadable),
    };
    let (number, exponent) = split_exponent(number).unwrap_or((number, 0));
    let number = read_number(number, form)?;
    let minor = number
        .shifted(exponent)
        .and_then(|number| number.times_rounded(unit.factor * 100))
        .and_then(|minor| i64::try_from(if is_negative { -minor } else { minor }).ok())
        .ok_or(unreadable)?;
    Ok(Some(Amount { minor, currency: unit.currency }))
}

/// Splits `3.8044E8` into the number and its exponent.
fn split_exponent(number: &str) -> Option<(&str, i32)> {
    let (number, exponent) = number.split_once(['e', 'E'])?;
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    Some((number, exponent.parse().ok()?))
}

/// The number without its currency, so that tables can name the currency once: `19 126 097`, `893 970,50`.
/// Decimals are shown only where there are any.
#[must_use]
pub fn format_amount(amount: &Amount, group: char, decimal: char) -> String {
    let whole = (amount.minor.unsigned_abs() / 100).to_string();
    let hundredths = amount.minor.unsigned_abs() % 100;
    let mut out = String::with_capacity(whole.len() * 2 + 4);
    if amount.minor < 0 {
        out.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if hundredths != 0 {
        out.push(decimal);
        if hundredths < 10 {
            out.push('0');
        }
        out.push_str(&hundredths.to_string());
    }
    out
}

/// The unit of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The currency, if the unit names one.
    pub currency: Option<Currency>,
    /// The number that the amount is multiplied by: 1 000 for `tkr`.
    pub factor: i128,
}

/// Splits a number from its unit, which precedes or follows it.
fn split_unit(text: &str) -> Option<(&str, Unit)> {
    let is_number_char = |c: char| c.is_ascii_digit() || is_dash(c);
    let start = text.find(is_number_char)?;
    let (before, rest) = text.split_at_checked(start)?;
    // `42 000:-` is how Swedish price tags leave out the öre.
    let rest = rest.strip_suffix(":-").unwrap_or(rest);
    let last = rest.rfind(is_number_char)?;
    let end = last + rest.get(last..)?.chars().next()?.len_utf8();
    let (number, after) = rest.split_at_checked(end)?;
    let unit = match (before.trim(), after.trim()) {
        ("", after) => read_unit(after)?,
        (before, "") => read_unit(before)?,
        // `£1.5m`
        (before, after) => read_unit(&format!("{before}{after}"))?,
    };
    Some((number, unit))
}

/// Reads `kr`, `tkr`, `mnkr`, `EUR`, `£m`, `miljoner kronor`, `Mio. €`; no text is no currency and factor 1.
#[must_use]
pub fn read_unit(text: &str) -> Option<Unit> {
    const THOUSANDS: [&str; 4] = ["tusen", "tusental", "thousand", "thousands"];
    const MILLIONS: [&str; 7] = ["miljoner", "milj", "mio", "million", "millions", "mln", "mn"];
    if text.is_empty() {
        return Some(Unit { currency: None, factor: 1 });
    }
    let word: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '.').flat_map(char::to_lowercase).collect();
    let whole = |word: &str, factor| Some(Unit { currency: Some(Currency::from_word(word)?), factor });
    let words = |known: &[&str], factor| {
        known
            .iter()
            .find_map(|known| whole(word.strip_prefix(known).or_else(|| word.strip_suffix(known))?, factor))
    };
    whole(&word, 1)
        .or_else(|| words(&MILLIONS, 1_000_000))
        .or_else(|| words(&THOUSANDS, 1_000))
        .or_else(|| whole(word.strip_prefix(['t', 'k'])?, 1_000))
        .or_else(|| whole(word.strip_prefix('m').or_else(|| word.strip_suffix('m'))?, 1_000_000))
}

/// Which sign starts the decimals, if any does, and reads the number with it.
fn read_number(text: &str, form: AmountForm) -> Result<Decimal, ValueProblem> {
    let unreadable = ValueProblem::UnreadableAmount;
    // Apostrophes only ever separate groups, as spaces do.
    let spaced;
    let text = if text.contains(is_apostrophe) {
        spaced = text.replace(is_apostrophe, " ");
        &spaced
    } else {
        text
    };
    let has_spaces = text.contains(is_group_space);
    let mut marks = text.chars().filter(|c| matches!(c, '.' | ','));
    let count = marks.clone().count();
    let (first, last) = (marks.clone().next(), marks.next_back());
    let read = |decimal: Option<char>, group: Option<char>| {
        let (integer, decimals) = match decimal {
            Some(mark) => text.rsplit_once(mark).filter(|(_, decimals)| !decimals.is_empty())?,
            None => (text, ""),
        };
        let integer = match group {
            Some(mark) => join_groups(integer, |c| c == mark)?,
            None => join_groups(integer, is_group_space)?,
        };
        Decimal::from_digits(&integer, decimals)
    };
    let number = match (first, last) {
        // Two different marks: the last one starts the decimals.
        (Some(group), Some(decimal)) if group != decimal => read(Some(decimal), Some(group)),
        // The same mark twice or more can only part groups.
        (Some(group), _) if count > 1 => read(None, Some(group)),
        (Some(mark), _) if !has_spaces && may_be_a_group(text, mark) => match (form, mark) {
            (AmountForm::Unknown, _) => return Err(ValueProblem::AmbiguousAmount),
            (AmountForm::Swedish, '.') | (AmountForm::DecimalPoint, ',') => read(None, Some(mark)),
            _ => read(Some(mark), None),
        },
        (mark, _) => read(mark, None),
    };
    number.ok_or(unreadable)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// Returns `true` if the digits around the only mark could be two groups: `1.234`, but not `0.234` or `56868.983`.
pub(crate) fn may_be_a_group(text: &str, mark: char) -> bool {
    text.split_once(mark).is_some_and(|(integer, rest)| {
        rest.len() == 3 && (1..=3).contains(&integer.len()) && !integer.starts_with('0')
    })
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
