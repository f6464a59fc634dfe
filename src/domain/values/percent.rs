//! Percentages between 0 and 100, such as the Union's co-financing rate.

use super::number::Decimal;
use super::value::{ParsedValue, ValueProblem, is_empty_marker};

/// A percentage in hundredths of a percent: 4 000 is 40 %. Never above 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Percent(u16);

impl Percent {
    /// Hundredths of a percent, 0 to 10 000.
    #[must_use]
    pub fn hundredths(self) -> u16 {
        self.0
    }

    /// The number without its sign, decimals only where there are any: `40`, `39,99`, `40,5`.
    #[must_use]
    pub fn format(self, decimal: char) -> String {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match rest {
            0 => whole.to_string(),
            rest if rest % 10 == 0 => format!("{whole}{decimal}{}", rest / 10),
            rest => format!("{whole}{decimal}{rest:02}"),
        }
    }
}

/// Reads `40%`, `40 %`, `40.0` and `40,5 %`. Without a sign, 1 or less is a fraction: `0.8` is 80 %.
/// More than two decimals of a percent are rounded half up.
///
/// # Errors
/// [`ValueProblem::UnreadablePercent`] for other text and for more than 100 %.
pub fn read_percent(raw: &str) -> ParsedValue<Percent> {
    if is_empty_marker(raw) {
        return Ok(None);
    }
    read(raw.trim()).map(Some).ok_or(ValueProblem::UnreadablePercent)
}

fn read(text: &str) -> Option<Percent> {
    let (number, is_signed) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let (integer, decimals) = match number.split_once([',', '.']) {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (number, ""),
    };
    let number = Decimal::from_digits(integer, decimals)?;
    if number.exceeds(100) {
        return None;
    }
    let factor = if is_signed || number.exceeds(1) { 100 } else { 10_000 };
    u16::try_from(number.times_rounded(factor)?).ok().map(Percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("40%", 4_000)]
    #[case("90%", 9_000)]
    #[case("40 %", 4_000)]
    #[case("40\u{a0}%", 4_000)]
    #[case("40.0", 4_000)]
    #[case("50.0", 5_000)]
    #[case("40,5 %", 4_050)]
    #[case("0.8", 8_000)]
    #[case("0,3999", 3_999)]
    #[case("1", 10_000)]
    #[case("1.0", 10_000)]
    #[case("1%", 100)]
    #[case("0.8%", 80)]
    #[case("0", 0)]
    #[case("100%", 10_000)]
    #[case("39.98932", 3_999)]
    fn reads_the_forms_seen(#[case] raw: &str, #[case] hundredths: u16) {
        assert_eq!(read_percent(raw).map(|p| p.map(Percent::hundredths)), Ok(Some(hundredths)));
    }

    #[rstest]
    #[case("101")]
    #[case("100.004")]
    #[case("-5 %")]
    #[case("40 kr")]
    #[case("40,")]
    #[case("40%%")]
    #[case("40 - 50 %")]
    #[case("%")]
    #[case("99999999999999999999999999999999999999")]
    fn other_text_is_a_problem(#[case] raw: &str) {
        assert_eq!(read_percent(raw), Err(ValueProblem::UnreadablePercent));
    }

    #[test]
    fn an_empty_marker_is_no_percentage() {
        assert_eq!(read_percent("n/a"), Ok(None));
    }

    #[rstest]
    #[case("40%", "40")]
    #[case("39,99%", "39,99")]
    #[case("40,5%", "40,5")]
    #[case("0,05%", "0,05")]
    fn formats_with_the_decimals_there_are(#[case] raw: &str, #[case] expected: &str) {
        let percent = read_percent(raw).expect("readable").expect("a value");
        assert_eq!(percent.format(','), expected);
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(raw in ".*") {
            let _ = read_percent(&raw);
        }

        #[test]
        fn is_never_above_a_hundred(raw in "[0-9]{0,4}[.,]?[0-9]{0,6} ?%?") {
            if let Ok(Some(percent)) = read_percent(&raw) {
                prop_assert!(percent.hundredths() <= 10_000);
            }
        }
    }
}
