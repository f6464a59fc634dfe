//! Headings as published lists spell them.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn kind(heading: &str) -> Option<FieldKind> {
    Headings::built_in().meaning(heading).map(|meaning| meaning.kind)
}

#[rstest]
#[case::spaces_and_case("  PROJEKTÄGARE   ort ", FieldKind::City)]
#[case::snake_case("operation_start_date", FieldKind::StartDate)]
#[case::camel_case("BeneficiaryName", FieldKind::Beneficiary)]
#[case::hyphenated("Unions-\nKofinan-\nzierungssatz", FieldKind::CofinancingRate)]
#[case::numbered("5. Startdatum", FieldKind::StartDate)]
#[case::lettered("a) Stödmottagare", FieldKind::Beneficiary)]
#[case::footnote("total eligible expenditure allocated to the operation*", FieldKind::TotalBudget)]
#[case::in_brackets("Location (postcode)", FieldKind::Postcode)]
#[case::remark("Summary of project (max 100 words)", FieldKind::Summary)]
#[case::unit("Gesamtbetrag der förderfähigen Ausgaben des Vorhabens in €", FieldKind::TotalBudget)]
#[case::unit_with_factor("Total project costs £m", FieldKind::TotalBudget)]
#[case::unit_behind_comma("EU-stöd, kr", FieldKind::EuSupport)]
#[case::after_comma("Union co-financing rate, as per priority axis", FieldKind::CofinancingRate)]
#[case::two_languages("Datum des Endes des Vorhabens/ operation end date", FieldKind::EndDate)]
#[case::second_language("ΗΜ/ΝΙΑ ΕΝΑΡΞΗΣ / \nOPERATION START DATE ", FieldKind::StartDate)]
#[case::wide_gap("Naam Aanvrager            Beneficiary name", FieldKind::Beneficiary)]
#[case::languages_in_brackets("Postleitzahl\n(operation postcode, code postal)", FieldKind::Postcode)]
#[case::greek_capitals("ΟΝΟΜΑΣΙΑ ΠΡΑΞΗΣ", FieldKind::Name)]
#[case::varying_end("Interventionskategorie gemäß Artikel 96 Absatz 2", FieldKind::InterventionField)]
#[case::polish("Wartość projektu", FieldKind::TotalBudget)]
#[case::finnish("Päättymispvm", FieldKind::EndDate)]
#[case::article_49("Purpose of the operation and its expected or actual achievements", FieldKind::Summary)]
#[case::swedish("Beviljat belopp", FieldKind::EuSupport)]
fn known(#[case] heading: &str, #[case] expected: FieldKind) {
    assert_eq!(kind(heading), Some(expected), "{heading}");
}

#[rstest]
#[case("Kategorie der Region")]
#[case("Number of Projects")]
#[case("Year allocation")]
#[case("Total Public Funding Allocated")]
#[case("Datum ugovaranja")]
#[case("Date of last update of the list of operations")]
#[case("***")]
#[case("%")]
#[case("2015")]
#[case("")]
fn unknown(#[case] heading: &str) {
    assert_eq!(kind(heading), None, "{heading}");
}

#[test]
fn every_row_of_the_table_is_read_and_means_one_field() {
    let table = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/headings.tsv"));
    assert_eq!(rows().count(), table.lines().count() - 1);
    let mut meanings: HashMap<String, FieldKind> = HashMap::new();
    for (wording, meaning) in rows() {
        let before = meanings.insert(squashed(wording), meaning.kind);
        assert!(before.is_none_or(|kind| kind == meaning.kind), "{wording} means {before:?} too");
    }
}

proptest! {
    #[test]
    fn never_panics(heading in ".{0,60}") {
        let _ = kind(&heading);
    }
}
