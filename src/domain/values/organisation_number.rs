//! Swedish organisation numbers. Knows their form and check digit, not who bears them.

use std::fmt::{self, Write};

use super::luhn::luhn_holds;
use super::number::is_dash;
use super::value::{ParsedValue, ValueProblem, is_empty_marker};

/// A Swedish organisation number: ten digits whose check digit is right. Displayed without a hyphen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationNumber([u8; 10]);

impl OrganisationNumber {
    /// With the hyphen of letters and forms: `212000-2759`.
    #[must_use]
    pub fn hyphenated(&self) -> String {
        let mut text = self.to_string();
        text.insert(6, '-');
        text
    }

    /// Returns `true` if this may be the personal identity number of a sole trader.
    ///
    /// Organisations have 2 or more as third digit, where a personal number has the tens of a month.
    #[must_use]
    pub fn may_be_personal(&self) -> bool {
        self.0[2] < 2
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| f.write_char(char::from(b'0' + digit)))
    }
}

/// Reads `2120002759`, `212000-2759`, `162120002759` and `SE212000275901`, with spaces anywhere.
///
/// The twelve-digit form starts with 16 for an organisation and with a century for a sole trader.
///
/// # Errors
/// [`ValueProblem::WrongCheckDigit`] where only the check digit (Luhn) is wrong, and
/// [`ValueProblem::ForeignOrganisationNumber`] for anything of another form.
pub fn read_organisation_number(raw: &str) -> ParsedValue<OrganisationNumber> {
    if is_empty_marker(raw) {
        return Ok(None);
    }
    let compact: String =
        raw.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let digits = ten_digits(&compact).ok_or(ValueProblem::ForeignOrganisationNumber)?;
    if luhn_holds(digits) { Ok(Some(OrganisationNumber(digits))) } else { Err(ValueProblem::WrongCheckDigit) }
}

/// The ten digits of any accepted form, not yet checked.
fn ten_digits(compact: &str) -> Option<[u8; 10]> {
    // A Swedish VAT number is the organisation number between `SE` and `01`.
    if let Some(vat) = compact.strip_prefix("SE") {
        return digit_values(vat.strip_suffix("01")?);
    }
    let (before, after) = match compact.split_once(is_dash) {
        Some((before, after)) if after.len() == 4 => (before, after),
        Some(_) => return None,
        None => (compact, ""),
    };
    let joined = [before, after].concat();
    if joined.len() == 12 {
        return ["16", "18", "19", "20"]
            .iter()
            .find_map(|prefix| joined.strip_prefix(prefix))
            .and_then(digit_values);
    }
    digit_values(&joined)
}

fn digit_values(text: &str) -> Option<[u8; 10]> {
    let mut values = [0; 10];
    if text.len() != values.len() {
        return None;
    }
    for (value, byte) in values.iter_mut().zip(text.bytes()) {
        *value = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("2120002759", "212000-2759")]
    #[case("212000-2759", "212000-2759")]
    #[case("212000\u{2013}2759", "212000-2759")]
    #[case("162120002759", "212000-2759")]
    #[case("16212000-2759", "212000-2759")]
    #[case("SE212000275901", "212000-2759")]
    #[case("se 212000 2759 01", "212000-2759")]
    #[case(" 212000 2759\u{a0}", "212000-2759")]
    #[case("7696378459", "769637-8459")]
    #[case("2120003005", "212000-3005")]
    #[case("SE212000300501", "212000-3005")]
    #[case("198112189876", "811218-9876")]
    fn every_form_means_the_same(#[case] raw: &str, #[case] hyphenated: &str) {
        let number = read_organisation_number(raw).expect("readable").expect("a value");
        assert_eq!(number.hyphenated(), hyphenated);
        assert_eq!(number.to_string(), hyphenated.replace('-', ""));
    }

    #[rstest]
    #[case("2120002758", ValueProblem::WrongCheckDigit)]
    #[case("SE212000275801", ValueProblem::WrongCheckDigit)]
    #[case("GB744495211", ValueProblem::ForeignOrganisationNumber)]
    #[case("EFI", ValueProblem::ForeignOrganisationNumber)]
    #[case("SE212000275902", ValueProblem::ForeignOrganisationNumber)]
    #[case("212000-27-59", ValueProblem::ForeignOrganisationNumber)]
    #[case("212-0002759", ValueProblem::ForeignOrganisationNumber)]
    #[case("992120002759", ValueProblem::ForeignOrganisationNumber)]
    #[case("212000275", ValueProblem::ForeignOrganisationNumber)]
    #[case("Uppsala kommun", ValueProblem::ForeignOrganisationNumber)]
    #[case("２１２０００２７５９", ValueProblem::ForeignOrganisationNumber)]
    fn names_the_problem(#[case] raw: &str, #[case] problem: ValueProblem) {
        assert_eq!(read_organisation_number(raw), Err(problem));
    }

    #[rstest]
    #[case("2120002759", false)]
    #[case("811218-9876", true)]
    fn a_low_third_digit_may_be_a_person(#[case] raw: &str, #[case] expected: bool) {
        let number = read_organisation_number(raw).expect("readable").expect("a value");
        assert_eq!(number.may_be_personal(), expected);
    }

    #[test]
    fn an_empty_marker_is_no_number() {
        assert_eq!(read_organisation_number("None"), Ok(None));
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(raw in ".*") {
            let _ = read_organisation_number(&raw);
        }

        #[test]
        fn never_panics_on_almost_numbers(raw in "(SE)?[0-9åäö –-]{0,16}") {
            let _ = read_organisation_number(&raw);
        }
    }
}
