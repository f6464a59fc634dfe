//! What is masked as a personal identity number, and what is left alone.
//!
//! The numbers are the tax agency's test numbers, which belong to nobody.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case("811218-9876", "******-****")]
#[case("8112189876", "**********")]
#[case("198112189876", "************")]
#[case("19811218-9876", "********-****")]
#[case("811218+9876", "******+****")]
#[case("811218 9876", "****** ****")]
#[case("811218\u{a0}9876", "******\u{a0}****")]
#[case("811218\u{2013}9876", "******\u{2013}****")]
#[case("811218\u{2212}9876", "******\u{2212}****")]
#[case("19 811218-9876", "19 ******-****")]
#[case("Född (811218-9876), bor i Piteå.", "Född (******-****), bor i Piteå.")]
#[case("å811218-9876ö", "å******-****ö")]
#[case("701063-2391", "******-****")]
#[case("123456 811218-9876", "123456 ******-****")]
#[case("SE811218987601", "SE**********01")]
#[case("Se811218987601", "Se**********01")]
#[case("000229-0005", "******-****")]
fn masks_digits_only(#[case] text: &str, #[case] expected: &str) {
    let (masked, offsets) = mask_personal_numbers(text).expect("something to mask");
    assert_eq!(masked, expected);
    assert_eq!(offsets.first().copied(), masked.find('*'));
    assert_eq!(masked.chars().count(), text.chars().count());
}

#[rstest]
#[case("")]
#[case("inget att dölja här")]
#[case("811218-9875")] // wrong check digit
#[case("811318-9875")] // month 13
#[case("810229-0007")] // no leap year in either century
#[case("190002290005")] // 1900 was no leap year
#[case("212000-2759")] // an organisation
#[case("162120002759")]
#[case("7696378459")]
#[case("SE212000275901")]
#[case("18112189876")] // eleven digits
#[case("x8112189876")]
#[case("8112189876x")]
#[case("3811218-9876")]
#[case("811218-98761")]
#[case("811218--9876")]
#[case("811218-")]
#[case("23-079-S13 2024-09-01 19 126 097 kr")]
#[case("108112189876")] // no century of the living
fn leaves_other_numbers(#[case] text: &str) {
    assert_eq!(mask_personal_numbers(text), None);
}

#[test]
fn gives_the_offset_of_each_number() {
    let text = "åäö 811218-9876 och 8112189876.";
    let (masked, offsets) = mask_personal_numbers(text).expect("something to mask");
    assert_eq!(masked, "åäö ******-**** och **********.");
    assert_eq!(offsets, [7, 23]);
}

#[test]
fn finds_a_number_after_long_text_without_digits() {
    for length in 0..200 {
        let text = format!("{}å 811218-9876", "x".repeat(length));
        assert!(mask_personal_numbers(&text).is_some(), "after {length} characters");
    }
}

proptest! {
    #[test]
    fn never_panics_on_any_string(text in ".*") {
        let _ = mask_personal_numbers(&text);
    }

    #[test]
    fn masking_keeps_length_and_is_done_once(text in "([0-9]{2,8}|[-+ –å]|811218[- ]?9876|SE)*") {
        if let Some((masked, offsets)) = mask_personal_numbers(&text) {
            prop_assert_eq!(masked.len(), text.len());
            prop_assert!(offsets.iter().all(|at| masked.get(*at..).is_some_and(|rest| rest.starts_with('*'))));
            prop_assert_eq!(mask_personal_numbers(&masked), None);
        }
    }
}
