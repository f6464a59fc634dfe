//! The diarienummer, the identity of a record. Knows its forms, not which records exist.

use std::fmt;

use super::number::is_dash;
use super::period::Period;

/// A normalised diarienummer: upper case, plain hyphens, no CCI prefix.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Diarienummer(String);

/// Form of a diarienummer, which shows the agency and the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiarienummerForm {
    /// `YY-NNN-SNN`, given since 2021; two or more digits follow the S.
    EsfPlus,
    /// `YYYY/NNNNN`, given for 2014–2020.
    Esf2014,
    /// Eight digits, given by another agency.
    Other,
}

/// Strictness about separators.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separators {
    AsPrinted,
    AnyOrNone,
}

impl Diarienummer {
    /// Reads a field value or the text before a title's ` - `.
    ///
    /// Lower case, surrounding white space, a CCI prefix (`2021SE05SFPR001_23-017-S01`) and typographic hyphens are
    /// accepted; everything else must be as the agency prints it.
    #[must_use]
    pub fn read(raw: &str) -> Option<Self> {
        Self::read_with(raw, Separators::AsPrinted)
    }

    /// Reads typed input: separators may be left out, or be a space, `-`, `_`, `/` or `.`.
    ///
    /// So `23079s13`, `23 079 s13`, `23_079_S13` and `23/079/s13` are 23-079-S13; `2018-00076`, `2018 00076` and
    /// `201800076` are 2018/00076. No digit may be missing: `2018/76` could be part of a period. The eight-digit form
    /// has no separators, since `2024-09-01` is a day.
    #[must_use]
    pub fn read_loose(raw: &str) -> Option<Self> {
        Self::read_with(raw, Separators::AnyOrNone)
    }

    /// The normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which of the three forms it has.
    #[must_use]
    pub fn form(&self) -> DiarienummerForm {
        if self.0.contains('-') {
            DiarienummerForm::EsfPlus
        } else if self.0.contains('/') {
            DiarienummerForm::Esf2014
        } else {
            DiarienummerForm::Other
        }
    }

    /// The programming period the form belongs to; `None` for another agency's number.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        match self.form() {
            DiarienummerForm::EsfPlus => Some(Period::P2021),
            DiarienummerForm::Esf2014 => Some(Period::P2014),
            DiarienummerForm::Other => None,
        }
    }

    fn read_with(raw: &str, separators: Separators) -> Option<Self> {
        let text = without_cci_prefix(raw.trim());
        esf_plus(text, separators)
            .or_else(|| esf_2014(text, separators))
            .or_else(|| {
                (text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
            })
            .map(Self)
    }
}

impl fmt::Display for Diarienummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Drops `2021SE05SFPR001_`, which Kohesio puts before the number.
pub(crate) fn without_cci_prefix(text: &str) -> &str {
    match text.split_once('_') {
        Some((cci, rest)) if is_cci(cci) => rest,
        _ => text,
    }
}

/// Returns `true` if a text has the form of a CCI: four digits, two letters, and six or nine more of either.
pub(crate) fn is_cci(text: &str) -> bool {
    matches!(text.len(), 12 | 15)
        && text.bytes().enumerate().all(|(at, b)| match at {
            0..4 => b.is_ascii_digit(),
            4 | 5 => b.is_ascii_alphabetic(),
            _ => b.is_ascii_alphanumeric(),
        })
}

fn esf_plus(text: &str, separators: Separators) -> Option<String> {
    let (year, rest) = leading_digits(text, 2)?;
    let (number, rest) = leading_digits(after_separator(rest, separators, is_dash)?, 3)?;
    let rest = after_separator(rest, separators, is_dash)?.strip_prefix(['S', 's'])?;
    let rest = match separators {
        Separators::AsPrinted => rest,
        Separators::AnyOrNone => after_separator(rest, separators, is_dash)?,
    };
    let is_series = rest.len() >= 2 && rest.bytes().all(|b| b.is_ascii_digit());
    is_series.then(|| format!("{year}-{number}-S{rest}"))
}

fn esf_2014(text: &str, separators: Separators) -> Option<String> {
    let (year, rest) = leading_digits(text, 4)?;
    let (number, rest) = leading_digits(after_separator(rest, separators, |c| c == '/')?, 5)?;
    (rest.is_empty() && year.starts_with("20")).then(|| format!("{year}/{number}"))
}

/// The text after the separator, which must be as printed, or may be another one or none.
fn after_separator(text: &str, separators: Separators, is_printed: impl Fn(char) -> bool) -> Option<&str> {
    let stripped = text.strip_prefix(|c: char| match separators {
        Separators::AsPrinted => is_printed(c),
        Separators::AnyOrNone => is_dash(c) || c.is_whitespace() || matches!(c, '_' | '/' | '.'),
    });
    match separators {
        Separators::AsPrinted => stripped,
        Separators::AnyOrNone => Some(stripped.unwrap_or(text)),
    }
}

fn leading_digits(text: &str, count: usize) -> Option<(&str, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then_some((digits, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("23-079-S13", "23-079-S13")]
    #[case("23-017-s01", "23-017-S01")]
    #[case("\u{a0}23-043-S39 ", "23-043-S39")]
    #[case("2021SE05SFPR001_23-017-S01", "23-017-S01")]
    #[case("2021SE05SFPR_23-017-S01", "23-017-S01")]
    #[case("24\u{2011}003\u{2013}S05", "24-003-S05")]
    #[case("24\u{2212}003\u{2010}S105", "24-003-S105")]
    #[case("2018/00076", "2018/00076")]
    #[case("2014SE05M9OP001_2018/00076", "2018/00076")]
    #[case("20200940", "20200940")]
    fn reads_what_deliveries_hold(#[case] raw: &str, #[case] expected: &str) {
        assert_eq!(Diarienummer::read(raw).map(|d| d.to_string()).as_deref(), Some(expected));
        assert_eq!(Diarienummer::read_loose(raw).map(|d| d.to_string()).as_deref(), Some(expected));
    }

    #[rstest]
    #[case("23079s13", "23-079-S13")]
    #[case("23 079 s13", "23-079-S13")]
    #[case("23_079_S13", "23-079-S13")]
    #[case("23/079/s13", "23-079-S13")]
    #[case("23.079 s 13", "23-079-S13")]
    #[case("2018-00076", "2018/00076")]
    #[case("2018 00076", "2018/00076")]
    #[case("201800076", "2018/00076")]
    fn reads_loosely_what_people_type(#[case] raw: &str, #[case] expected: &str) {
        assert_eq!(Diarienummer::read(raw), None);
        assert_eq!(Diarienummer::read_loose(raw).map(|d| d.to_string()).as_deref(), Some(expected));
    }

    #[rstest]
    #[case("")]
    #[case("SUVAS")]
    #[case("23-079")]
    #[case("23-079-S1")]
    #[case("23-079-X13")]
    #[case("23--079-S13")]
    #[case("123-079-S13")]
    #[case("23-079-S13x")]
    #[case("2018/76")]
    #[case("2014/2020")]
    #[case("1018/00076")]
    #[case("2024-09-01")]
    #[case("2120002759")]
    #[case("201 800 076")]
    #[case("2020 0940")]
    #[case("notacciatall_23-017-S01")]
    #[case("åäö-079-S13")]
    fn other_text_is_no_diarienummer(#[case] raw: &str) {
        assert_eq!(Diarienummer::read(raw), None);
        assert_eq!(Diarienummer::read_loose(raw), None);
    }

    #[rstest]
    #[case("23-079-S13", DiarienummerForm::EsfPlus, Some(Period::P2021))]
    #[case("2018/00076", DiarienummerForm::Esf2014, Some(Period::P2014))]
    #[case("20200940", DiarienummerForm::Other, None)]
    fn the_form_tells_the_period(
        #[case] raw: &str,
        #[case] form: DiarienummerForm,
        #[case] period: Option<Period>,
    ) {
        let number = Diarienummer::read(raw).expect("a diarienummer");
        assert_eq!((number.form(), number.period()), (form, period));
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(raw in ".*") {
            let _ = Diarienummer::read(&raw);
            let _ = Diarienummer::read_loose(&raw);
        }

        #[test]
        fn what_is_read_reads_as_itself(raw in "[0-9]{2,4}[-/ _–]?[0-9]{3,5}[-/ ]?[sSå]?[0-9]{0,3}") {
            if let Some(number) = Diarienummer::read_loose(&raw) {
                prop_assert_eq!(Diarienummer::read(number.as_str()), Some(number));
            }
        }
    }
}
