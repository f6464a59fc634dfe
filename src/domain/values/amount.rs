//! Sums of money. Knows how they are written, not which of the three sums of a project they are.

use super::number::{Decimal, is_dash, is_group_space, join_groups};
use super::value::{ParsedValue, ValueProblem, is_empty_marker};

/// A currency that deliveries give amounts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Currency {
    /// Swedish kronor.
    Sek,
    /// Euro.
    Eur,
}

impl Currency {
    /// The currency of an ISO 4217 code, in any case.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Sek, Self::Eur].into_iter().find(|currency| currency.code().eq_ignore_ascii_case(code.trim()))
    }

    /// The ISO 4217 code: `SEK` or `EUR`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sek => "SEK",
            Self::Eur => "EUR",
        }
    }
}

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

/// Reads `4 973 906`, `2073781,25`, `1.234.567,5`, `42 000 000 kr`, `EUR 1 020 086.57`, `3,5 mnkr`.
///
/// Groups have three digits and are separated by spaces (no-break, thin and narrow ones too), points or commas. More
/// than two decimals are rounded half up, away from zero below it: `56868.983` is 5 686 898 cents.
///
/// # Errors
/// [`ValueProblem::AmbiguousAmount`] for `1.234` if the form does not decide, [`ValueProblem::UnreadableAmount`] for
/// other text and for sums beyond an `i64` of hundredths.
pub fn read_amount(raw: &str, form: AmountForm) -> ParsedValue<Amount> {
    if is_empty_marker(raw) {
        return Ok(None);
    }
    let (number, unit) = split_unit(raw.trim()).ok_or(ValueProblem::UnreadableAmount)?;
    let (number, sign) = match number.strip_prefix(is_dash) {
        Some(rest) => (rest.trim_start(), -1),
        None => (number, 1),
    };
    let number = read_number(number, form)?;
    let minor = number
        .times_rounded(unit.factor * 100)
        .and_then(|minor| i64::try_from(minor * sign).ok())
        .ok_or(ValueProblem::UnreadableAmount)?;
    Ok(Some(Amount { minor, currency: unit.currency }))
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

/// The text before or after the number.
struct Unit {
    currency: Option<Currency>,
    factor: i128,
}

/// Splits the number from its unit, which may be on one side only.
fn split_unit(text: &str) -> Option<(&str, Unit)> {
    let is_number_char = |c: char| c.is_ascii_digit() || is_dash(c);
    let start = text.find(is_number_char)?;
    let (before, rest) = text.split_at_checked(start)?;
    // `42 000:-` is how Swedish price tags leave out the öre.
    let rest = rest.strip_suffix(":-").unwrap_or(rest);
    let last = rest.rfind(|c: char| c.is_ascii_digit())?;
    let (number, after) = rest.split_at_checked(last + 1)?;
    let unit = match (before.trim(), after.trim()) {
        ("", after) => read_unit(after)?,
        (before, "") => read_unit(before)?,
        _ => return None,
    };
    Some((number, unit))
}

fn read_unit(text: &str) -> Option<Unit> {
    let word: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let (currency, factor) = match word.trim_end_matches('.') {
        "" if text.is_empty() => (None, 1),
        "kr" | "sek" | "kronor" => (Some(Currency::Sek), 1),
        "tkr" | "tsek" | "ksek" => (Some(Currency::Sek), 1_000),
        "mkr" | "mnkr" | "msek" | "miljonerkr" | "miljonerkronor" => (Some(Currency::Sek), 1_000_000),
        "€" | "eur" | "euro" => (Some(Currency::Eur), 1),
        "teur" | "keur" | "t€" => (Some(Currency::Eur), 1_000),
        "meur" | "mneur" | "m€" => (Some(Currency::Eur), 1_000_000),
        _ => return None,
    };
    Some(Unit { currency, factor })
}

/// Which sign starts the decimals, if any does, and reads the number with it.
fn read_number(text: &str, form: AmountForm) -> Result<Decimal, ValueProblem> {
    let unreadable = ValueProblem::UnreadableAmount;
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

/// Whether the digits around the only mark could be two groups: `1.234`, but not `0.234` or `56868.983`.
fn may_be_a_group(text: &str, mark: char) -> bool {
    text.split_once(mark).is_some_and(|(integer, rest)| {
        rest.len() == 3 && (1..=3).contains(&integer.len()) && !integer.starts_with('0')
    })
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
