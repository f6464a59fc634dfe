//! Intervals of dates, amounts and numbers: `2024..2025`, `>=100`, `20mkr..`. The current date is a parameter.

use jiff::ToSpan;

use crate::domain::schema::ValueType;
use crate::domain::values::amount::{AmountForm, read_amount};
use crate::domain::values::currency::Currency;
use crate::domain::values::date::{Date, read_date};

/// A closed interval in the units of the field: days, öre or cents, hundredths of a percent, or plain numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Interval {
    pub(crate) least: Option<i64>,
    pub(crate) most: Option<i64>,
    /// The currency of amounts, if given.
    pub(crate) currency: Option<Currency>,
}

/// A comparison with an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Relation {
    Within,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// The reason why a text is no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum IntervalError {
    #[error("unreadable value")]
    Unreadable,
    #[error("two currencies")]
    MixedCurrencies,
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from(epoch.until(date).map_or(0, |span| span.get_days()))
}

/// The date of a day number; `None` if out of range.
pub(crate) fn date_of_day(number: i64) -> Option<Date> {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().try_days(number).ok()?).ok()
}

/// Reads a value or range with its comparison.
pub(crate) fn read(
    text: &str,
    comparison: Relation,
    value: ValueType,
    today: Date,
) -> Result<Interval, IntervalError> {
    let read_one = |text: &str, unit: &str| one(text, unit, value, today).ok_or(IntervalError::Unreadable);
    if comparison != Relation::Within {
        let value = read_one(text, "")?;
        return Ok(value.compared(comparison));
    }
    let Some((from, to)) = split_range(text) else { return read_one(text, "") };
    if from.is_empty() && to.is_empty() {
        return Err(IntervalError::Unreadable);
    }
    // `1..2mkr` is in millions at both ends.
    let unit = if value == ValueType::Amount && ends_in_digit(from) { unit_of(to) } else { "" };
    let from = if from.is_empty() { None } else { Some(read_one(from, unit)?) };
    let to = if to.is_empty() { None } else { Some(read_one(to, "")?) };
    let currency = match (from.and_then(|from| from.currency), to.and_then(|to| to.currency)) {
        (Some(one), Some(other)) if one != other => return Err(IntervalError::MixedCurrencies),
        (one, other) => one.or(other),
    };
    Ok(Interval { least: from.and_then(|from| from.least), most: to.and_then(|to| to.most), currency })
}

impl Interval {
    fn point(value: i64) -> Self {
        Self { least: Some(value), most: Some(value), currency: None }
    }

    /// The interval of all values that compare so with this one.
    fn compared(self, comparison: Relation) -> Self {
        let before = |value: Option<i64>| value.map(|value| value.saturating_sub(1));
        let after = |value: Option<i64>| value.map(|value| value.saturating_add(1));
        let (least, most) = match comparison {
            Relation::Within => (self.least, self.most),
            Relation::Less => (None, before(self.least)),
            Relation::AtMost => (None, self.most),
            Relation::More => (after(self.most), None),
            Relation::AtLeast => (self.least, None),
        };
        Self { least, most, ..self }
    }

    /// Returns `true` if the value is within the interval.
    pub(crate) fn holds(&self, value: i64) -> bool {
        self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
    }
}

/// The two ends of `a..b`.
fn split_range(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.split_once("..")?;
    Some((from.trim(), to.trim_start_matches('.').trim()))
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// The letters after the last digit.
fn unit_of(text: &str) -> &str {
    let digits = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    text.get(digits..).unwrap_or_default()
}

fn one(text: &str, unit: &str, value: ValueType, today: Date) -> Option<Interval> {
    let text = text.trim();
    match value {
        ValueType::Date => days(text, today),
        ValueType::Amount => amount(&format!("{text}{unit}")),
        ValueType::Percent => percent(text).map(Interval::point),
        ValueType::Count => count(text).map(Interval::point),
        _ => None,
    }
}

/// Reads `2024`, `2024-05`, `2024-05-01`, `today`, `+3mån`.
fn days(text: &str, today: Date) -> Option<Interval> {
    let between = |from: Date, to: Date| Interval {
        least: Some(day_number(from)),
        most: Some(day_number(to)),
        currency: None,
    };
    if let Some(date) = relative(text, today).or_else(|| read_date(text).ok().flatten()) {
        return Some(between(date, date));
    }
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let (year, month) = match text.split_once('-') {
        None => (text, None),
        Some((year, month)) => (year, Some(month)),
    };
    if !digits(year, 4) {
        return None;
    }
    let year = year.parse().ok()?;
    match month {
        None => Some(between(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        Some(month) if digits(month, 1) || digits(month, 2) => {
            let first = Date::new(year, month.parse().ok()?, 1).ok()?;
            Some(between(first, first.last_of_month()))
        }
        Some(_) => None,
    }
}

/// Reads `today` and offsets from it in days, weeks, months or years: `+3mån`, `-1år`, `+2v`.
fn relative(text: &str, today: Date) -> Option<Date> {
    let plain = super::field::plain(text);
    if matches!(plain.as_str(), "today" | "idag" | "nu" | "now") {
        return Some(today);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix(['-', '\u{2212}'])?),
    };
    let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|at| (1..=5).contains(at))?;
    let (number, unit) = rest.split_at_checked(digits)?;
    let number = sign * number.parse::<i64>().ok()?;
    let unit = super::field::plain(unit);
    let months = |factor: i64| today.checked_add((number * factor).months()).ok();
    match unit.as_str() {
        "d" | "dag" | "dagar" | "day" | "days" => today.checked_add(number.days()).ok(),
        "v" | "w" | "vecka" | "veckor" | "week" | "weeks" => today.checked_add((number * 7).days()).ok(),
        "m" | "man" | "manad" | "manader" | "mo" | "mon" | "month" | "months" => months(1),
        "a" | "ar" | "y" | "year" | "years" => months(12),
        _ => None,
    }
}

/// Reads `20mkr`, `1,5m`, `500k`, `2meur`, `1000000`, with a decimal comma or point.
fn amount(text: &str) -> Option<Interval> {
    let form = if text.contains(',') { AmountForm::Swedish } else { AmountForm::DecimalPoint };
    let lower = text.to_lowercase();
    let (text, factor) = match lower.strip_suffix('k').map(|text| (text, 1_000)) {
        Some(short) => short,
        None => lower.strip_suffix('m').map_or((lower.as_str(), 1), |text| (text, 1_000_000)),
    };
    let amount = read_amount(text, form).ok().flatten()?;
    let minor = amount.minor.checked_mul(factor)?;
    Some(Interval { currency: amount.currency, ..Interval::point(minor) })
}

/// Reads `100`, `1k`, `1 000`.
fn count(text: &str) -> Option<i64> {
    let lower = text.to_lowercase();
    let (text, factor) = lower.strip_suffix('k').map_or((lower.as_str(), 1), |text| (text, 1_000));
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse::<i64>().ok().filter(|_| is_number)?.checked_mul(factor)
}

/// Reads `40`, `40%`, `39,5 %` as hundredths of a percent.
fn percent(text: &str) -> Option<i64> {
    let number = text.trim_end_matches('%').trim();
    let (whole, decimals) = number.split_once([',', '.']).unwrap_or((number, "0"));
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    (digits(whole, 3) && digits(decimals, 2)).then(|| format!("{whole}{decimals:0<2}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    const TODAY: Date = date(2026, 10, 7);

    fn dates(text: &str, comparison: Relation) -> (Option<i64>, Option<i64>) {
        let interval = read(text, comparison, ValueType::Date, TODAY).expect("an interval");
        (interval.least, interval.most)
    }

    fn days_of(from: Option<Date>, to: Option<Date>) -> (Option<i64>, Option<i64>) {
        (from.map(day_number), to.map(day_number))
    }

    #[rstest]
    #[case("2024..2025", Some(date(2024, 1, 1)), Some(date(2025, 12, 31)))]
    #[case("2024", Some(date(2024, 1, 1)), Some(date(2024, 12, 31)))]
    #[case("2024-02", Some(date(2024, 2, 1)), Some(date(2024, 2, 29)))]
    #[case("2024-5..", Some(date(2024, 5, 1)), None)]
    #[case("..2024-05-06", None, Some(date(2024, 5, 6)))]
    #[case("idag..+3mån", Some(TODAY), Some(date(2027, 1, 7)))]
    #[case("-1år..today", Some(date(2025, 10, 7)), Some(TODAY))]
    #[case("+2v", Some(date(2026, 10, 21)), Some(date(2026, 10, 21)))]
    fn ranges_of_days(#[case] text: &str, #[case] from: Option<Date>, #[case] to: Option<Date>) {
        assert_eq!(dates(text, Relation::Within), days_of(from, to));
    }

    #[rstest]
    #[case(Relation::Less, None, Some(date(2026, 6, 30)))]
    #[case(Relation::AtMost, None, Some(date(2026, 7, 31)))]
    #[case(Relation::More, Some(date(2026, 8, 1)), None)]
    #[case(Relation::AtLeast, Some(date(2026, 7, 1)), None)]
    fn a_month_is_compared_as_a_whole(
        #[case] comparison: Relation,
        #[case] from: Option<Date>,
        #[case] to: Option<Date>,
    ) {
        assert_eq!(dates("2026-07", comparison), days_of(from, to));
    }

    #[rstest]
    #[case("20mkr..", Some(2_000_000_000), None, Some(Currency::SEK))]
    #[case("1..2mkr", Some(100_000_000), Some(200_000_000), Some(Currency::SEK))]
    #[case("1,5m", Some(150_000_000), Some(150_000_000), None)]
    #[case("1.5mkr", Some(150_000_000), Some(150_000_000), Some(Currency::SEK))]
    #[case("500k..2m", Some(50_000_000), Some(200_000_000), None)]
    #[case("2meur", Some(200_000_000), Some(200_000_000), Some(Currency::EUR))]
    #[case("250 tkr", Some(25_000_000), Some(25_000_000), Some(Currency::SEK))]
    #[case("1000", Some(100_000), Some(100_000), None)]
    fn amounts(
        #[case] text: &str,
        #[case] least: Option<i64>,
        #[case] most: Option<i64>,
        #[case] currency: Option<Currency>,
    ) {
        let interval = read(text, Relation::Within, ValueType::Amount, TODAY);
        assert_eq!(interval, Ok(Interval { least, most, currency }));
    }

    #[rstest]
    #[case("100", ValueType::Count, 100)]
    #[case("1k", ValueType::Count, 1_000)]
    #[case("1 000", ValueType::Count, 1_000)]
    #[case("40", ValueType::Percent, 4_000)]
    #[case("39,5 %", ValueType::Percent, 3_950)]
    fn numbers(#[case] text: &str, #[case] value: ValueType, #[case] number: i64) {
        assert_eq!(read(text, Relation::Within, value, TODAY), Ok(Interval::point(number)));
    }

    #[rstest]
    #[case("20", ValueType::Date)]
    #[case("2024-13", ValueType::Date)]
    #[case("..", ValueType::Date)]
    #[case("+3", ValueType::Date)]
    #[case("mkr", ValueType::Amount)]
    #[case("1..2..3", ValueType::Amount)]
    #[case("många", ValueType::Count)]
    #[case("1000%", ValueType::Text)]
    fn other_texts_are_none(#[case] text: &str, #[case] value: ValueType) {
        assert_eq!(read(text, Relation::Within, value, TODAY), Err(IntervalError::Unreadable));
    }

    #[test]
    fn two_currencies_are_not_compared() {
        let mixed = read("1meur..20mkr", Relation::Within, ValueType::Amount, TODAY);
        assert_eq!(mixed, Err(IntervalError::MixedCurrencies));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,20}") {
            for value in [ValueType::Date, ValueType::Amount, ValueType::Percent, ValueType::Count] {
                for comparison in [Relation::Within, Relation::Less, Relation::More] {
                    let _ = read(&text, comparison, value, TODAY);
                }
            }
        }
    }
}
