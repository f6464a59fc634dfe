//! The context of a query: current date, exchange rates, marks, review.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::expansion::Expansion;
use crate::domain::reviewed::Reviewed;
use crate::domain::values::amount::Amount;
use crate::domain::values::currency::Currency;
use crate::domain::values::date::Date;

/// Everything except records that the meaning of a query depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryContext {
    /// The current date.
    pub today: Date,
    /// Exchange rates.
    pub rates: Rates,
    /// The ids of marked records.
    pub marked: Arc<BTreeSet<String>>,
    /// The words that are searched in addition to the typed ones.
    pub expansion: Expansion,
    /// The state of the review; empty if none is open.
    pub reviewed: Arc<Reviewed>,
}

/// Exchange rates to Swedish kronor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// Millionths of a krona for one unit of a currency, in the order in which they were given.
    known: [Option<(Currency, u32)>; MOST_RATES],
}

/// The number of currencies that may have a rate.
const MOST_RATES: usize = 8;

/// Millionths in one.
const MILLION: i128 = 1_000_000;

impl Rates {
    /// Reads `EUR=11.20`, or several rates separated by spaces or semicolons; each with at most three digits before the
    /// decimal point or comma and at most six after it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut rates = Self::default();
        let mut free = rates.known.iter_mut();
        for rate in text.split([' ', ';']).filter(|rate| !rate.is_empty()) {
            *free.next()? = Some(read_rate(rate)?);
        }
        (!rates.is_empty()).then_some(rates)
    }

    /// Returns `true` if no rate is given.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.known[0].is_none()
    }

    /// Millionths of a krona for one unit; `None` without a rate, and for amounts without a stated currency.
    fn factor(self, currency: Option<Currency>) -> Option<i128> {
        let currency = currency?;
        if currency == Currency::SEK {
            return Some(MILLION);
        }
        self.known.iter().flatten().find(|(known, _)| *known == currency).map(|(_, rate)| i128::from(*rate))
    }

    /// Converts an amount to öre; `None` without a rate, and for amounts without a stated currency.
    #[must_use]
    pub fn ore_of(self, amount: &Amount) -> Option<i64> {
        i64::try_from(self.ore(i128::from(amount.minor), amount.currency)?).ok()
    }

    /// Converts hundredths of a currency to öre, rounded half away from zero; `None` without a rate.
    pub(crate) fn ore(self, minor: i128, currency: Option<Currency>) -> Option<i128> {
        let millionths = minor.checked_mul(self.factor(currency)?)?;
        Some((millionths + millionths.signum() * MILLION / 2) / MILLION)
    }

    /// Converts an amount to millionths of öre, for exact comparison; `None` without a rate.
    pub(crate) fn in_sek(self, minor: i64, currency: Option<Currency>) -> Option<i128> {
        Some(i128::from(minor) * self.factor(currency)?)
    }
}

fn read_rate(text: &str) -> Option<(Currency, u32)> {
    let (currency, rate) = text.split_once('=')?;
    let currency = Currency::from_code(currency).filter(|currency| *currency != Currency::SEK)?;
    let (whole, decimals) = rate.split_once(['.', ',']).unwrap_or((rate, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || whole.is_empty() || whole.len() > 3 || decimals.len() > 6 {
        return None;
    }
    let millionths = format!("{whole}{decimals:0<6}").parse::<u32>().ok()?;
    (millionths > 0).then_some((currency, millionths))
}

impl std::fmt::Display for Rates {
    /// Writes `EUR=11.2`, as [`Rates::read`] accepts it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (currency, rate)) in self.known.iter().flatten().enumerate() {
            let gap = if at > 0 { " " } else { "" };
            let decimals = format!("{:06}", rate % 1_000_000);
            let decimals = decimals.trim_end_matches('0');
            let point = if decimals.is_empty() { "" } else { "." };
            write!(f, "{gap}{}={}{point}{decimals}", currency.code(), rate / 1_000_000)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("EUR=11.20", Some("EUR=11.2"))]
    #[case("eur=11,2", Some("EUR=11.2"))]
    #[case("EUR=11", Some("EUR=11"))]
    #[case("EUR=0.5", Some("EUR=0.5"))]
    #[case("EUR=0", None)]
    #[case("EUR=", None)]
    #[case("EUR=-1", None)]
    #[case("EUR=1234567", None)]
    #[case("USD=10", Some("USD=10"))]
    #[case("EUR=11.2; gbp=13,05", Some("EUR=11.2 GBP=13.05"))]
    #[case("SEK=1", None)]
    #[case("XYZ=10", None)]
    #[case("11.2", None)]
    fn reads_and_prints(#[case] text: &str, #[case] printed: Option<&str>) {
        assert_eq!(Rates::read(text).map(|rates| rates.to_string()).as_deref(), printed);
    }

    #[test]
    fn amounts_become_comparable() {
        let rates = Rates::read("EUR=11.20").expect("a rate");
        assert_eq!(rates.in_sek(100, Some(Currency::EUR)), rates.in_sek(1_120, Some(Currency::SEK)));
        assert_eq!(Rates::default().in_sek(100, Some(Currency::EUR)), None);
    }
}
