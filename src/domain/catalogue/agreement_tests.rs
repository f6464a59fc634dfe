//! Pairs of spellings seen in two deliveries of one record, and pairs that contradict each other.

use super::*;
use crate::domain::values::amount::{AmountForm, read_amount};
use crate::domain::values::currency::Currency;
use crate::domain::values::date::read_date;
use proptest::prelude::*;
use rstest::rstest;

fn said(raw: &str) -> Statement<'_> {
    said_as(raw, AmountForm::Swedish, None)
}

/// A statement with its amount in the form and the currency of its column.
fn said_as<'a>(raw: &'a str, form: AmountForm, currency: Option<&str>) -> Statement<'a> {
    let amount = read_amount(raw, form).ok().flatten();
    let currency = currency.and_then(Currency::from_code);
    let amount = amount.map(|amount| Amount { currency: amount.currency.or(currency), ..amount });
    Statement { raw, amount, date: read_date(raw).ok().flatten() }
}

fn is_same(kind: Option<FieldKind>, one: &str, other: &str) -> bool {
    let regions = Regions::built_in();
    let (one, other) = (said(one), said(other));
    let same = agree(kind, &one, &other, &regions);
    assert_eq!(same, agree(kind, &other, &one, &regions), "the order must not matter");
    same
}

#[rstest]
#[case(FieldKind::Name, "PITEÅ  KOMMUN", "Piteå kommun")]
#[case(FieldKind::Name, "”Nycklar” – steg 2", "\"nycklar\" -- steg 2")]
#[case(FieldKind::Name, "Ungas\nväg", "Ungas väg")]
#[case(FieldKind::StartDate, "2024-09-01", "01/09/2024")]
#[case(FieldKind::StartDate, "2024-09-01 00:00:00", "1.9.2024")]
#[case(FieldKind::StartDate, "våren 2024", "Våren  2024")]
#[case(FieldKind::TotalBudget, "4 973 906", "4973905,50 kr")]
#[case(FieldKind::TotalBudget, "100 kr", "9 EUR")]
#[case(FieldKind::TotalBudget, "okänt", "Okänt")]
#[case(FieldKind::CofinancingRate, "40%", "40.0")]
#[case(FieldKind::CofinancingRate, "40%", "0.3966")]
#[case(FieldKind::CofinancingRate, "40%", "39,5 %")]
#[case(FieldKind::InterventionField, "117.0", "117")]
#[case(FieldKind::InterventionField, "140; 141", "141|140.0")]
#[case(FieldKind::ProgrammeCci, "2021SE05SFPR", "2021se05sfpr001")]
#[case(FieldKind::Fund, "ESF+", "esf plus")]
#[case(FieldKind::SpecificObjective, "A2A", "ESO4.7")]
#[case(FieldKind::OrganisationNumber, "212000-2759", "SE212000275901")]
#[case(FieldKind::OrganisationNumber, "2120002759", "162120002759")]
#[case(FieldKind::OrganisationNumber, "******-****", "**********")]
#[case(FieldKind::Nuts, "SE12", "se12")]
#[case(FieldKind::Nuts, "SE12", "SE121|SE122")]
#[case(FieldKind::Nuts, "SE12, SE11", "SE11|SE12")]
#[case(FieldKind::Region, "Småland och Öarna", "Småland med öarna")]
#[case(FieldKind::Region, "Uppsala, Örebro", "Örebro|Uppsala")]
#[case(FieldKind::Countries, "Sverige", "Sweden")]
#[case(FieldKind::Countries, "Sverige, Finland", "Finland|Sweden")]
#[case(FieldKind::StrategicImportance, "Nej", "false")]
#[case(FieldKind::Participants, "1 200", "1200")]
#[case(FieldKind::Diarienummer, "2021SE05SFPR001_23-017-S01", "23-017-s01")]
#[case(FieldKind::Postcode, "941 85", "94185")]
#[case(FieldKind::Period, "2021–2027", "2021 - 2027")]
#[case(FieldKind::Currency, "SEK", "EUR")]
fn these_say_the_same(#[case] kind: FieldKind, #[case] one: &str, #[case] other: &str) {
    assert!(is_same(Some(kind), one, other));
}

#[rstest]
#[case(FieldKind::Name, "Nycklar 2.0", "Nycklar 2.1")]
#[case(FieldKind::Name, "A, B", "B, A")]
#[case(FieldKind::StartDate, "2024-09-01", "09/01/2024")]
#[case(FieldKind::StartDate, "2024-09-01", "våren 2024")]
#[case(FieldKind::TotalBudget, "4 973 906", "4 973 908")]
#[case(FieldKind::TotalBudget, "100 EUR", "102 €")]
#[case(FieldKind::TotalBudget, "100", "okänt")]
#[case(FieldKind::CofinancingRate, "40%", "39,49 %")]
#[case(FieldKind::InterventionField, "140", "140|141")]
#[case(FieldKind::InterventionField, "145a", "145")]
#[case(FieldKind::ProgrammeCci, "2021SE05SFPR", "2014SE05M9OP001")]
#[case(FieldKind::ProgrammeCci, "2014SE16RFOP001", "2014SE16RFOP002")]
#[case(FieldKind::SpecificObjective, "A2A", "D1")]
#[case(FieldKind::OrganisationNumber, "2120002759", "2120003005")]
#[case(FieldKind::OrganisationNumber, "2120002759", "******-****")]
#[case(FieldKind::Nuts, "SE12", "SE33")]
#[case(FieldKind::Nuts, "SE12", "SE121|SE33")]
#[case(FieldKind::Region, "Övre Norrland", "Stockholm")]
#[case(FieldKind::Countries, "Sverige", "Finland")]
#[case(FieldKind::StrategicImportance, "Nej", "Ja")]
#[case(FieldKind::Participants, "1 200", "1201")]
#[case(FieldKind::Diarienummer, "23-017-S01", "23-017-S02")]
#[case(FieldKind::Postcode, "941 85", "94186")]
#[case(FieldKind::Period, "2021-2027", "2014-2020")]
fn these_contradict_each_other(#[case] kind: FieldKind, #[case] one: &str, #[case] other: &str) {
    assert!(!is_same(Some(kind), one, other));
}

#[rstest]
#[case("Enköping, Uppsala", "Uppsala|Enköping", true)]
#[case("1,5", "5,1", false)]
#[case("a", "b", false)]
#[case("", "a", false)]
fn fields_that_are_not_known(#[case] one: &str, #[case] other: &str, #[case] expected: bool) {
    assert_eq!(is_same(None, one, other), expected);
}

#[rstest]
#[case("1.234", AmountForm::DecimalPoint, Some("SEK"), "1,23", AmountForm::Swedish, Some("SEK"), true)]
#[case("1.234", AmountForm::Swedish, None, "1.234", AmountForm::DecimalPoint, None, false)]
#[case("56868.98", AmountForm::DecimalPoint, Some("EUR"), "650 000", AmountForm::Swedish, None, true)]
#[case("56868.98", AmountForm::DecimalPoint, Some("EUR"), "56869", AmountForm::Swedish, Some("eur"), true)]
#[case("56868.98", AmountForm::DecimalPoint, Some("EUR"), "57000", AmountForm::Swedish, Some("eur"), false)]
#[case("1 000", AmountForm::Swedish, Some("DKK"), "9 000", AmountForm::Swedish, Some("SEK"), true)]
fn amounts_are_read_as_their_source_means_them(
    #[case] one: &str,
    #[case] form: AmountForm,
    #[case] currency: Option<&str>,
    #[case] other: &str,
    #[case] other_form: AmountForm,
    #[case] other_currency: Option<&str>,
    #[case] expected: bool,
) {
    let (one, other) = (said_as(one, form, currency), said_as(other, other_form, other_currency));
    let regions = Regions::built_in();
    assert_eq!(agree(Some(FieldKind::TotalBudget), &one, &other, &regions), expected);
}

proptest! {
    #[test]
    fn any_text_agrees_with_itself(raw in "[^\u{0}]{1,30}") {
        for spec in crate::domain::schema::FIELDS {
            prop_assert!(is_same(Some(spec.kind), &raw, &raw));
        }
    }

    #[test]
    fn never_panics_on_any_strings(one in ".*", other in ".*") {
        for spec in crate::domain::schema::FIELDS {
            let _ = is_same(Some(spec.kind), &one, &other);
        }
    }
}
