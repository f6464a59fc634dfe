//! Rows of digits with separators, as people and programs write numbers. Knows no units and no meaning.

/// Returns `true` for white space that separates groups of three digits: space, no-break space, figure space, thin
/// space, narrow no-break space.
pub(crate) fn is_group_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// Returns `true` for a hyphen and the dashes that word processors replace it by.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A non-negative decimal number, exact: `units / 10^decimals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    units: i128,
    decimals: u32,
}

impl Decimal {
    /// The longest row of digits accepted. Times a million and a hundred it still fits in an `i128`.
    const MAX_DIGITS: usize = 28;

    /// More decimals than this make any number of [`Self::MAX_DIGITS`] digits zero.
    const MAX_DECIMALS: u32 = 38;

    /// A number from its integer digits and its decimal digits; `None` for no digits, other characters
    /// or more digits than any sum of money has.
    pub(crate) fn from_digits(integer: &str, decimals: &str) -> Option<Self> {
        if integer.is_empty() || integer.len().saturating_add(decimals.len()) > Self::MAX_DIGITS {
            return None;
        }
        let mut units = 0i128;
        for byte in integer.bytes().chain(decimals.bytes()) {
            let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
            units = units.checked_mul(10)?.checked_add(i128::from(digit))?;
        }
        Some(Self { units, decimals: u32::try_from(decimals.len()).ok()? })
    }

    /// The number times ten to the power of `exponent`; `None` on overflow.
    pub(crate) fn shifted(self, exponent: i32) -> Option<Self> {
        let decimals = i64::from(self.decimals) - i64::from(exponent);
        match u32::try_from(decimals) {
            Ok(decimals) => Some(Self { decimals: decimals.min(Self::MAX_DECIMALS), units: self.units }),
            Err(_) => {
                let factor = 10i128.checked_pow(u32::try_from(-decimals).ok()?)?;
                Some(Self { units: self.units.checked_mul(factor)?, decimals: 0 })
            }
        }
    }

    /// The number times `factor`, rounded half up to a whole number; `None` on overflow.
    pub(crate) fn times_rounded(self, factor: i128) -> Option<i128> {
        let divisor = 10i128.checked_pow(self.decimals)?;
        let scaled = self.units.checked_mul(factor)?;
        scaled.checked_add(divisor / 2)?.checked_div(divisor)
    }

    /// Returns `true` if the number is greater than a whole number.
    pub(crate) fn exceeds(self, whole: i128) -> bool {
        10i128.checked_pow(self.decimals).and_then(|d| d.checked_mul(whole)).is_none_or(|d| self.units > d)
    }
}

/// Joins groups of three digits: `4 973 906` and `15.414.794`.
///
/// The first group has one to three digits, each further one exactly three; a single group may have any length. `None`
/// if a group has another size or contains anything but digits.
pub(crate) fn join_groups(text: &str, is_separator: impl Fn(char) -> bool) -> Option<String> {
    let groups: Vec<&str> = text.split(is_separator).collect();
    let all_digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    if !groups.iter().all(all_digits) {
        return None;
    }
    match groups.as_slice() {
        [_] => {}
        [first, rest @ ..] if first.len() <= 3 && rest.iter().all(|group| group.len() == 3) => {}
        _ => return None,
    }
    Some(groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("4 973 906", Some("4973906"))]
    #[case("75\u{a0}354\u{a0}267", Some("75354267"))]
    #[case("1\u{2009}000", Some("1000"))]
    #[case("123456", Some("123456"))]
    #[case("12 34", None)]
    #[case("1234 567", None)]
    #[case("1  000", None)]
    #[case("", None)]
    fn groups_have_three_digits(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(join_groups(text, is_group_space).as_deref(), expected);
    }

    #[rstest]
    #[case("2073781", "25", 100, Some(207_378_125))]
    #[case("0", "005", 100, Some(1))]
    #[case("0", "0049", 100, Some(0))]
    #[case(
        "9999999999999999999999999999",
        "",
        100_000_000,
        Some(999_999_999_999_999_999_999_999_999_900_000_000)
    )]
    fn rounds_half_up(
        #[case] int: &str,
        #[case] dec: &str,
        #[case] factor: i128,
        #[case] expected: Option<i128>,
    ) {
        assert_eq!(Decimal::from_digits(int, dec).and_then(|d| d.times_rounded(factor)), expected);
    }
}
