//! Agreement of two raw texts of one field from two sources. Knows the spellings of deliveries, but neither records nor
//! sources.
//!
//! Values that cannot be compared do not contradict each other: kronor and euro, the Swedish and the European name of
//! an objective.

use crate::domain::codes::CodeKind;
use crate::domain::codes::regions::Regions;
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::amount::Amount;
use crate::domain::values::count::read_count;
use crate::domain::values::date::Date;
use crate::domain::values::diarienummer::Diarienummer;
use crate::domain::values::organisation_number::read_organisation_number;
use crate::domain::values::percent::read_percent;
use crate::domain::values::period::Period;
use crate::domain::values::value::ParsedValue;
use crate::domain::values::yes_no::read_yes_no;
use crate::text::fold::fold_char;

/// Maximum difference of equal amounts in hundredths of a unit: one of them may be rounded.
const ROUNDING: u64 = 100;

/// Maximum difference of equal rates in hundredths of a percent: some lists compute rates from rounded amounts.
pub const RATE_TOLERANCE: u16 = 50;

/// The CCI of a programme, as Projektbanken cuts it.
const SHORT_CCI: usize = 12;

/// A source's value of a field, and the form of its amounts.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The raw text.
    pub raw: &'a str,
    /// The amount that it is, in a field of amounts.
    pub amount: Option<Amount>,
    /// The day that it is, in a field of dates.
    pub date: Option<Date>,
}

/// Returns `true` if two values of a field agree or cannot be compared.
#[must_use]
pub fn agree(kind: Option<FieldKind>, one: &Statement<'_>, other: &Statement<'_>, regions: &Regions) -> bool {
    if same_text(one.raw, other.raw) && kind.is_none_or(|kind| kind.spec().value != ValueType::Amount) {
        return true;
    }
    let Some(kind) = kind else { return same_list(one.raw, other.raw, &LISTED, same_text) };
    let (a, b) = (one.raw, other.raw);
    match kind.spec().value {
        ValueType::Date => one.date.is_some() && one.date == other.date,
        ValueType::Amount => same_amount(one, other).unwrap_or_else(|| same_text(a, b)),
        ValueType::Percent => {
            let near = |a: u16, b: u16| a.abs_diff(b) <= RATE_TOLERANCE;
            read_both(read_percent, a, b, |a, b| near(a.hundredths(), b.hundredths())).unwrap_or(false)
        }
        ValueType::Count => read_both(read_count, a, b, |a, b| a == b).unwrap_or(false),
        ValueType::YesNo => read_both(read_yes_no, a, b, |a, b| a == b).unwrap_or(false),
        ValueType::OrganisationNumber => {
            // Of two masked numbers nothing may be told, not even that they differ.
            let masked = a.contains("****") && b.contains("****");
            masked || read_both(read_organisation_number, a, b, |a, b| a == b).unwrap_or(false)
        }
        ValueType::Id => match (Diarienummer::read(a), Diarienummer::read(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
        ValueType::Code => same_codes(kind, a, b),
        ValueType::Text => same_words(kind, a, b, regions),
    }
}

/// Returns `true` if two texts differ only in case, accents, white space, and the kind of quotes and dashes.
#[must_use]
pub fn same_text(one: &str, other: &str) -> bool {
    plain(one).eq(plain(other))
}

/// The characters of a text as far as they make a difference.
fn plain(text: &str) -> impl Iterator<Item = char> {
    let mut before = ' ';
    let spell = |c: char| match c {
        '\'' | '`' | '´' | '‘'..='‟' | '«' | '»' | '‹' | '›' | '″' | '′' => '"',
        c => fold_char(c),
    };
    text.split_whitespace()
        .flat_map(move |word| std::iter::once(' ').chain(word.chars().map(spell)))
        // Two hyphens are how plain text writes a dash.
        .filter(move |c| !(std::mem::replace(&mut before, *c) == '-' && *c == '-'))
}

/// Compares what can be read; `None` where one of the two cannot.
fn read_both<T>(
    read: impl Fn(&str) -> ParsedValue<T>,
    one: &str,
    other: &str,
    same: impl Fn(T, T) -> bool,
) -> Option<bool> {
    let (one, other) = (read(one).ok().flatten()?, read(other).ok().flatten()?);
    Some(same(one, other))
}

/// `None` where one of the two is no amount. Amounts in two currencies, or of which one states none, are no
/// contradiction.
fn same_amount(one: &Statement<'_>, other: &Statement<'_>) -> Option<bool> {
    let (a, b) = (one.amount?, other.amount?);
    Some(a.currency != b.currency || a.minor.abs_diff(b.minor) <= ROUNDING)
}

/// Separators of lists of codes and places.
const PARTED: [&str; 4] = ["|", ";", ",", "\n"];

/// Separators of lists in unknown fields: a comma without a space may be part of a number.
const LISTED: [&str; 4] = ["|", ";", ", ", "\n"];

/// Returns `true` if two lists have the same elements, in any order and with any repetitions.
fn same_list(one: &str, other: &str, parted: &[&str], same: impl Fn(&str, &str) -> bool) -> bool {
    let (one, other) = (parts(one, parted), parts(other, parted));
    let within = |these: &[&str], those: &[&str]| these.iter().all(|a| those.iter().any(|b| same(a, b)));
    !one.is_empty() && !other.is_empty() && within(&one, &other) && within(&other, &one)
}

fn parts<'a>(list: &'a str, parted: &[&str]) -> Vec<&'a str> {
    let mut parts = vec![list];
    for mark in parted {
        parts = parts.into_iter().flat_map(|part| part.split(*mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn same_codes(kind: FieldKind, one: &str, other: &str) -> bool {
    same_list(one, other, &PARTED, |a, b| match CodeKind::for_field(kind) {
        // A part of a region agrees with the region: the other list is merely coarser.
        None => starts_with(a, b) || starts_with(b, a),
        Some(table) => {
            let (a, b) = (table.normalise(a), table.normalise(b));
            a == b
                || match table {
                    CodeKind::Programme => {
                        a.len().min(b.len()) == SHORT_CCI && (starts_with(&a, &b) || starts_with(&b, &a))
                    }
                    // The Swedish objectives and the Union's are two series of names.
                    CodeKind::SpecificObjective => is_european(&a) != is_european(&b),
                    _ => false,
                }
        }
    })
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn is_european(objective: &str) -> bool {
    starts_with(objective, "ESO") || starts_with(objective, "RSO")
}

fn same_words(kind: FieldKind, one: &str, other: &str, regions: &Regions) -> bool {
    match kind {
        FieldKind::Countries | FieldKind::BeneficiaryCountry => {
            same_list(one, other, &PARTED, |a, b| same_text(a, b) || (is_sweden(a) && is_sweden(b)))
        }
        FieldKind::Region => regions.same_region(one, other) || same_list(one, other, &PARTED, same_text),
        FieldKind::Postcode => {
            let digits = |text| str::chars(text).filter(|c| !c.is_whitespace());
            digits(one).eq(digits(other))
        }
        FieldKind::Period => {
            matches!((Period::read(one), Period::read(other)), (Some(a), Some(b)) if a == b)
                || same_list(one, other, &PARTED, same_text)
        }
        // Each source has a page of its own, and says which currency its own amounts are in.
        FieldKind::Link | FieldKind::Currency => true,
        _ => false,
    }
}

fn is_sweden(country: &str) -> bool {
    ["sverige", "sweden", "se", "swe"].iter().any(|name| country.eq_ignore_ascii_case(name))
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod tests;
