//! Texts that are masked as personal identity numbers, and texts that are not.
//!
//! The numbers are the tax agency's test numbers, which belong to no person.

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
#[case("Se 811218987601", "Se **********01")]
#[case("000229-0005", "******-****")]
// Separators between date and serial number.
#[case("811218 - 9876", "****** - ****")]
#[case("811218--9876", "******--****")]
#[case("811218.9876", "******.****")]
#[case("811218/9876", "******/****")]
#[case("811218:9876", "******:****")]
#[case("811218_9876", "******_****")]
#[case("811218\u{3000}9876", "******\u{3000}****")]
#[case("811218\u{fe63}9876", "******\u{fe63}****")]
#[case("811218\u{ad}9876", "******\u{ad}****")]
#[case("811218(9876)", "******(****)")]
#[case("[811218] 9876", "[******] ****")]
#[case("811218-\n9876", "******-\n****")]
#[case("811218- \n  9876", "******- \n  ****")]
#[case("811218\n-9876", "******\n-****")]
#[case("811218&nbsp;9876", "******&nbsp;****")]
#[case("811218&#45;9876", "******&#45;****")]
#[case("811218<b>-</b>9876", "******<b>-</b>****")]
#[case("811218\\u20119876", "******\\u2011****")]
// Separators inside the date.
#[case("1981-12-18-9876", "****-**-**-****")]
#[case("81-12-18-9876", "**-**-**-****")]
#[case("81 12 18 9876", "** ** ** ****")]
#[case("81 12 18 98 76", "** ** ** ** **")]
#[case("1981 1218 9876", "**** **** ****")]
#[case("1981/12/18 - 9876", "****/**/** - ****")]
#[case("8 1 1 2 1 8 - 9 8 7 6", "* * * * * * - * * * *")]
#[case("8\u{200b}11218-98\u{2060}76", "*\u{200b}*****-**\u{2060}**")]
// Next to letters, and in other digits.
#[case("pnr811218-9876", "pnr******-****")]
#[case("811218-9876a", "******-****a")]
#[case("x8112189876x", "x**********x")]
#[case("８１１２１８－９８７６", "＊＊＊＊＊＊－＊＊＊＊")]
#[case("٨١١٢١٨-٩٨٧٦", "************-********")]
// Reserve numbers.
#[case("811218-T323", "******-T***")]
#[case("19811218T323", "********T***")]
fn masks_digits_only(#[case] text: &str, #[case] expected: &str) {
    let (masked, offsets) = mask_personal_numbers(text).expect("something to mask");
    assert_eq!(masked, expected);
    assert_eq!(offsets.first().copied(), masked.find(['*', '＊']));
    assert_eq!(masked.len(), text.len());
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
#[case("3811218-9876")]
#[case("811218-98761")]
#[case("811218-")]
#[case("23-079-S13 2024-09-01 19 126 097 kr")]
#[case("108112189876")] // no century of the living
#[case("8 112 189 876")] // an amount
#[case("8.112.189.876")]
#[case("811218,9876")] // two cells
#[case("811218;9876")]
#[case("811218\t9876")]
#[case("811218\n9876")]
#[case("811218\n- 9876 deltagare")] // an item of a list
#[case("811-218-9876")]
fn leaves_other_numbers(#[case] text: &str) {
    assert_eq!(mask_personal_numbers(text), None);
}

#[test]
fn periods_and_times_are_no_personal_numbers() {
    for year in 2014..2031 {
        for (month, day) in (1..=12).flat_map(|month| (1..=28).map(move |day| (month, day))) {
            let date = format!("{year}-{month:02}-{day:02}");
            for text in [format!("{date} – {}-08-31", year + 3), format!("{date} 10:30:00")] {
                assert_eq!(mask_personal_numbers(&text), None, "{text}");
            }
        }
    }
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
        let mut in_place = text.clone();
        let found = mask_source(&mut in_place);
        prop_assert_eq!(in_place.as_str(), masked(&text));
        for number in found.numbers {
            prop_assert_eq!(text.get(number.at..number.at + number.original.len()), Some(&*number.original));
        }
        if let Some((masked, offsets)) = mask_personal_numbers(&text) {
            prop_assert_eq!(masked.len(), text.len());
            prop_assert!(offsets.iter().all(|at| masked.get(*at..).is_some_and(|rest| rest.starts_with('*'))));
            prop_assert_eq!(mask_personal_numbers(&masked), None);
        }
    }
}

#[test]
fn contacts_are_masked_without_moving_a_byte() {
    let text = "Åsa Öberg, åsa.öberg@pitea.se, tel 0911-12 34 56, född 811218-9876";
    let masked = masked_with_contacts(text);
    assert_eq!(masked, "Åsa Öberg, ****.******@*****.**, tel ****-** ** **, född ******-****");
    assert_eq!(masked.len(), text.len());
    assert!(matches!(masked_with_contacts("inget här"), Cow::Borrowed(_)));
}

#[test]
fn findings_are_split_and_joined_with_their_text() {
    let text = "811218-9876 a@b.se 0701234567 811218-9876 c@d.se 0701234567";
    let mut whole = text.to_owned();
    let found = mask_source(&mut whole);
    let mut first = found.clone();
    let rest = first.split_off(30);
    assert_eq!((first.numbers.len(), rest.numbers.len()), (1, 1));
    assert_eq!(rest.numbers.first().map(|number| number.at), Some(0));
    first.append(rest, 30);
    assert_eq!(first, found);
}
