//! Spellings of values: days, amounts and rates in several kinds of deliveries.

use super::faults::Fault;
use super::model::{Day, Model};

/// `2024-09-01`, or another spelling if the record has a fault.
pub fn iso(day: Day, model: &Model) -> String {
    let Day { year, month, of_month: day } = day;
    if model.has(Fault::DateWithShortYear) {
        return format!("{:02}-{month:02}-{day:02}", year % 100);
    }
    let time = if model.has(Fault::DateWithTime) { " 00:00:00" } else { "" };
    format!("{year}-{month:02}-{day:02}{time}")
}

/// `01/09/2024`.
pub fn slashed(day: Day) -> String {
    format!("{:02}/{:02}/{}", day.of_month, day.month, day.year)
}

/// `4 973 906`.
pub fn kronor(amount: Option<usize>, model: &Model) -> String {
    let Some(amount) = amount else { return String::new() };
    if model.has(Fault::AmountIsMarker) {
        return "N.a.".to_owned();
    }
    let gap = if model.has(Fault::AmountWithNoBreakSpace) { '\u{a0}' } else { ' ' };
    let digits = amount.to_string();
    let mut text = String::with_capacity(digits.len() + 6);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(gap);
        }
        text.push(digit);
    }
    text
}

/// `445874.28`: kronor as euros, at 11.20 kronor the euro.
pub fn euros(kronor: usize) -> String {
    let cents = kronor * 1_000 / 112;
    let text = format!("{}.{:02}", cents / 100, cents % 100);
    text.strip_suffix('0').unwrap_or(&text).to_owned()
}

/// `40%`, `40.0` or `0.4`.
pub fn rate(model: &Model) -> String {
    let rate = model.rate;
    if model.has(Fault::RateAsFraction) && rate.is_multiple_of(10) {
        return format!("{}.{}", rate / 100, rate % 100 / 10);
    }
    if model.has(Fault::RateWithDecimals) { format!("{rate}.0") } else { format!("{rate}%") }
}

pub fn yes_no(answer: bool) -> &'static str {
    if answer { "Ja" } else { "Nej" }
}

/// The beneficiary's town in capitals, or a word that says that it is not known.
pub fn town(model: &Model) -> String {
    if model.has(Fault::MarkerForTown) { "UPPGIFT SAKNAS".to_owned() } else { model.town.name.to_uppercase() }
}
