//! The context of a query: current date, exchange rates, marks, review.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::reviewed::Reviewed;
use crate::domain::values::amount::{Amount, Currency};
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
    /// The state of the review; empty if none is open.
    pub reviewed: Arc<Reviewed>,
}

/// Exchange rates to Swedish kronor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// Millionths of a krona per euro, if a rate is given.
    eur: Option<u32>,
}

/// Millionths in one.
const MILLION: i128 = 1_000_000;

impl Rates {
    /// Reads `EUR=11.20`, with at most three digits before the decimal point or comma and at most six after it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (currency, rate) = text.split_once('=')?;
        if Currency::of_code(currency)? != Currency::Eur {
            return None;
        }
        let rate = rate.trim();
        let (whole, decimals) = rate.split_once(['.', ',']).unwrap_or((rate, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.is_empty() || whole.len() > 3 || decimals.len() > 6 {
            return None;
        }
        let millionths = format!("{whole}{decimals:0<6}").parse::<u32>().ok()?;
        (millionths > 0).then_some(Self { eur: Some(millionths) })
    }

    /// Returns `true` if no rate is given.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.eur.is_none()
    }

    /// Converts an amount to öre; `None` for euros without a rate.
    #[must_use]
    pub fn ore_of(self, amount: &Amount) -> Option<i64> {
        match amount.currency {
            Some(Currency::Eur) => i64::try_from(self.sek_of_eur(i128::from(amount.minor))?).ok(),
            Some(Currency::Sek) | None => Some(amount.minor),
        }
    }

    /// Converts cents to öre, rounded half away from zero; `None` without a rate.
    pub(crate) fn sek_of_eur(self, cents: i128) -> Option<i128> {
        let millionths = cents.checked_mul(i128::from(self.eur?))?;
        Some((millionths + millionths.signum() * MILLION / 2) / MILLION)
    }

    /// Converts an amount to millionths of öre, for exact comparison; `None` for euros without a rate.
    pub(crate) fn in_sek(self, minor: i64, currency: Currency) -> Option<i128> {
        let factor = match currency {
            Currency::Sek => MILLION,
            Currency::Eur => i128::from(self.eur?),
        };
        Some(i128::from(minor) * factor)
    }
}

impl std::fmt::Display for Rates {
    /// Writes `EUR=11.2`, as [`Rates::read`] accepts it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Some(eur) = self.eur else { return Ok(()) };
        let decimals = format!("{:06}", eur % 1_000_000);
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        write!(f, "EUR={}{point}{decimals}", eur / 1_000_000)
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
    #[case("USD=10", None)]
    #[case("11.2", None)]
    fn reads_and_prints(#[case] text: &str, #[case] printed: Option<&str>) {
        assert_eq!(Rates::read(text).map(|rates| rates.to_string()).as_deref(), printed);
    }

    #[test]
    fn amounts_become_comparable() {
        let rates = Rates::read("EUR=11.20").expect("a rate");
        assert_eq!(rates.in_sek(100, Currency::Eur), rates.in_sek(1_120, Currency::Sek));
        assert_eq!(Rates::default().in_sek(100, Currency::Eur), None);
    }
}
