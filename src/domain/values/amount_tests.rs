//! Texts that are read as amounts, form by form.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

const SEK: Option<Currency> = Some(Currency::SEK);
const EUR: Option<Currency> = Some(Currency::EUR);

#[rstest]
#[case("4 973 906", 497_390_600, None)]
#[case("75\u{a0}354\u{a0}267", 7_535_426_700, None)]
#[case("1\u{2009}000\u{202f}000", 100_000_000, None)]
#[case("7648379", 764_837_900, None)]
#[case("2073781,25", 207_378_125, None)]
#[case("56868.983", 5_686_898, None)]
#[case("0.125", 13, None)]
#[case("1.234.567,5", 123_456_750, None)]
#[case("1,234,567.5", 123_456_750, None)]
#[case("15.414.794", 1_541_479_400, None)]
#[case("42 000 000 kr", 4_200_000_000, SEK)]
#[case("42\u{a0}000\u{a0}000\u{a0}kr.", 4_200_000_000, SEK)]
#[case("42 000:-", 4_200_000, None)]
#[case("EUR 1 020 086.57", 102_008_657, EUR)]
#[case("804573.06 EUR", 80_457_306, EUR)]
#[case("€893970", 89_397_000, EUR)]
#[case("893 970 €", 89_397_000, EUR)]
#[case("SEK 100", 10_000, SEK)]
#[case("329 mnkr", 32_900_000_000, SEK)]
#[case("3,5 mkr", 350_000_000, SEK)]
#[case("12 tkr", 1_200_000, SEK)]
#[case("3,5 miljoner kronor", 350_000_000, SEK)]
#[case("-1 000", -100_000, None)]
#[case("\u{2212}0,005", -1, None)]
#[case("0", 0, None)]
#[case("3.8044E8", 38_044_000_000, None)]
#[case("1.2345678E7", 1_234_567_800, None)]
#[case("1e+3", 100_000, None)]
#[case("5E-1", 50, None)]
#[case("(1 234)", -123_400, None)]
#[case("(1 234,50 kr)", -123_450, SEK)]
#[case("1 234-", -123_400, None)]
#[case("1'234'567.50", 123_456_750, None)]
#[case("1’234’567", 123_456_700, None)]
#[case("£628.269,00", 62_826_900, Currency::from_code("GBP"))]
#[case("5.172.338,50 kn", 517_233_850, Currency::from_code("HRK"))]
#[case("15.414.794 DKK", 1_541_479_400, Currency::from_code("DKK"))]
#[case("PLN 200626162.00", 20_062_616_200, Currency::from_code("PLN"))]
#[case("200 626 162 zł", 20_062_616_200, Currency::from_code("PLN"))]
#[case("1 356 925,00 €", 135_692_500, EUR)]
#[case("5 USD", 500, Currency::from_code("USD"))]
#[case("2,5 Mio. €", 250_000_000, EUR)]
#[case("£1.5m", 150_000_000, Currency::from_code("GBP"))]
fn reads_the_same_in_every_form(#[case] raw: &str, #[case] minor: i64, #[case] currency: Option<Currency>) {
    for form in [AmountForm::Swedish, AmountForm::DecimalPoint, AmountForm::Unknown] {
        assert_eq!(read_amount(raw, form), Ok(Some(Amount { minor, currency })), "{raw} as {form:?}");
    }
}

#[rstest]
#[case("1.234", AmountForm::Swedish, Ok(123_400))]
#[case("1.234", AmountForm::DecimalPoint, Ok(123))]
#[case("1.234", AmountForm::Unknown, Err(ValueProblem::AmbiguousAmount))]
#[case("1,234", AmountForm::Swedish, Ok(123))]
#[case("1,234", AmountForm::DecimalPoint, Ok(123_400))]
#[case("1,234", AmountForm::Unknown, Err(ValueProblem::AmbiguousAmount))]
#[case("1.234 kr", AmountForm::Unknown, Err(ValueProblem::AmbiguousAmount))]
#[case("1 234.567", AmountForm::Unknown, Ok(123_457))]
fn the_form_decides(
    #[case] raw: &str,
    #[case] form: AmountForm,
    #[case] expected: Result<i64, ValueProblem>,
) {
    let minor = read_amount(raw, form).map(|amount| amount.expect("a value").minor);
    assert_eq!(minor, expected);
}

#[rstest]
#[case("")]
#[case("N.a.")]
#[case("nan")]
#[case("UPPGIFT SAKNAS")]
fn empty_markers_are_no_amount(#[case] raw: &str) {
    assert_eq!(read_amount(raw, AmountForm::Swedish), Ok(None));
}

#[rstest]
#[case("ingen uppgift ännu")]
#[case("40 %")]
#[case("12 34")]
#[case("1.23.456")]
#[case("1 234.567.890")]
#[case("1.2,3,4")]
#[case("100,")]
#[case(",5")]
#[case("SEK 100 kr")]
#[case("100 XYZ")]
#[case("$100")]
#[case("1E400")]
#[case("-5-")]
#[case("(-5)")]
#[case("100 ,")]
#[case("kr")]
#[case("--5")]
#[case("9223372036854775808")]
#[case("99999999999999999999999999999999999999999999 mnkr")]
fn other_text_is_a_problem(#[case] raw: &str) {
    assert_eq!(read_amount(raw, AmountForm::Swedish), Err(ValueProblem::UnreadableAmount));
}

#[rstest]
#[case(1_912_609_700, "19 126 097")]
#[case(80_457_306, "804 573,06")]
#[case(5, "0,05")]
#[case(-100_050, "-1 000,50")]
#[case(99_900, "999")]
#[case(i64::MIN, "-92 233 720 368 547 758,08")]
fn formats_with_groups(#[case] minor: i64, #[case] expected: &str) {
    assert_eq!(format_amount(&Amount { minor, currency: None }, ' ', ','), expected);
}

proptest! {
    #[test]
    fn never_panics_on_any_string(raw in ".*") {
        let _ = read_amount(&raw, AmountForm::Unknown);
    }

    #[test]
    fn never_panics_on_almost_amounts(raw in "[-0-9., \u{a0}€krmnt:]{0,60}") {
        for form in [AmountForm::Swedish, AmountForm::DecimalPoint, AmountForm::Unknown] {
            let _ = read_amount(&raw, form);
        }
    }

    #[test]
    fn formatted_amounts_are_read_back(minor in i64::MIN..=i64::MAX) {
        let amount = Amount { minor, currency: None };
        let text = format_amount(&amount, '\u{a0}', ',');
        prop_assert_eq!(read_amount(&text, AmountForm::Unknown), Ok(Some(amount)));
    }
}
