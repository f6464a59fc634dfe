//! Conditions over a small collection; every record is there for one of the cases.

use rstest::rstest;

use super::field::QueryField;
use super::filter_field::FilterField;
use super::problem::QueryProblemKind;
use super::query::Query;
use super::query_context::{QueryContext, Rates};
use crate::domain::catalogue::Row;
use crate::domain::catalogue::record::Record;
use crate::domain::schema::FieldKind;
use crate::domain::values::currency::Currency;
use crate::domain::values::date::Date;
use crate::search::fixtures::catalogue;
use crate::search::index::Index;
use crate::search::matching::truth::UndecidedReason;
use crate::search::results::completion;
use crate::search::results::facets;
use crate::search::results::stats;
use crate::search::search;

const COLLECTION: &str = "\
24-001-S01 - Trygga rum

Diarienummer:
24-001-S01
Namn:
Trygga rum
Startdatum:
2024-09-01
Slutdatum:
2027-08-31
Projektägare:
PITEÅ KOMMUN
Projektägare organisationsnummer:
212000-2759
Programområde:
D
Specifikt mål:
D1
NUTS-2 kod:
SE33
Interventionstyp:
140 | 175
Antal deltagare:
120
Total projektbudget:
25 000 000 kr
Insats av strategisk betydelse:
Ja

Ungdomar i Piteå.

24-002-S01 - Lärande

Diarienummer:
24-002-S01
Namn:
Lärande
Startdatum:
2023-01-01
Slutdatum:
2025-12-31
Projektägare:
Malmö stad
Region:
Sydsverige
NUTS-2 kod:
SE22
Interventionstyp:
145a
Antal deltagare:
90
Total projektbudget:
5 000 000 kr
Unionens medfinansieringsgrad:
40 %

24-003-S01 - Europa

Diarienummer:
24-003-S01
Namn:
Europa
Startdatum:
2027-01-01
Region:
Stockholm
Total projektbudget:
EUR 2 000 000
Insats av strategisk betydelse:
Nej

24-004-S01 - Okänt

Diarienummer:
24-004-S01
Namn:
Okänt

Trygga möten.
";

fn context() -> QueryContext {
    let marked = ["24-002-S01".to_owned()].into_iter().collect();
    let marked = std::sync::Arc::new(marked);
    QueryContext {
        today: Date::constant(2026, 10, 7),
        rates: Rates::default(),
        marked,
        ..QueryContext::default()
    }
}

fn ask_on(query: &str, context: &QueryContext) -> (String, Vec<(UndecidedReason, usize)>) {
    let index = Index::build(catalogue(COLLECTION));
    let query = Query::parse_in(query, context);
    let answer = search(&index, &query, None, &|| false, &mut |_| {}).expect("nobody stops it");
    let id = |row| index.catalogue().record(row).map(|record| record.id().to_owned()).unwrap_or_default();
    let number = |id: String| id.get(5..6).unwrap_or_default().to_owned();
    (answer.hits.iter().map(|hit| number(id(hit.row))).collect(), answer.undecided)
}

/// The last digits of the numbers of the records that a query finds.
fn found(query: &str) -> String {
    ask_on(query, &context()).0
}

#[rstest]
// A region, also where only the NUTS code tells it; a part of its name; with and without the diacritic.
#[case("region:norr", "1")]
#[case("region:\"övre norrland\"", "1")]
#[case("region:ovre", "1")]
#[case("region:syd,stock", "23")]
#[case("!region:norr", "234")]
#[case("region!=sydsverige", "134")]
#[case("region=syd", "")]
#[case("region=sydsverige", "2")]
// Owners come in capitals; numbers in any spelling.
#[case("ägare=\"piteå kommun\"", "1")]
#[case("owner:pitea", "1")]
#[case("ägare:pitea", "1")]
#[case("org:2120002759", "1")]
#[case("org=212000-2759", "1")]
// A code by its first digits, one of several codes, or a word of a code's meaning.
#[case("typ:175", "1")]
#[case("typ:14", "12")]
#[case("typ=145A", "2")]
#[case("nuts:se3", "1")]
#[case("po:d", "1")]
#[case("mål:D1", "1")]
// Dates, whole or in part, from both ends.
#[case("start:2024", "1")]
#[case("start:2023..2024", "12")]
#[case("slut<2026", "2")]
#[case("slut:idag..+1år", "1")]
#[case("start>=2027-01-01", "3")]
// Counts, rates, amounts.
#[case("deltagare>=100", "1")]
#[case("deltagare:..100", "2")]
#[case("andel:40", "2")]
#[case("budget:20mkr..", "1")]
#[case("budget:1..6mkr", "2")]
#[case("budget:1meur..", "3")]
// States.
#[case("is:pågående", "1")]
#[case("is:ended", "2")]
#[case("är:kommande", "3")]
#[case("is:pågående,avslutad", "12")]
#[case("is:strategisk", "1")]
#[case("is:markerad", "2")]
#[case("!is:markerad", "134")]
// Presence of a value.
#[case("has:deltagare", "12")]
#[case("har:deltagare,po", "12")]
#[case("!har:text", "23")]
// One part of a record.
#[case("text:trygg", "4")]
#[case("namn:trygg", "1")]
#[case("dnr:24-00", "1234")]
#[case("dnr=24001s01", "1")]
// With words, in brackets, as alternatives.
#[case("trygg region:norr", "1")]
#[case("trygg !region:norr", "4")]
#[case("(region:norr | region:syd) deltagare>100", "1")]
#[case("europa | typ:145a", "23")]
#[case("region:norr | budget:..6mkr", "12")]
// A whole id is shown whatever the filters.
#[case("24-001-S01 region:syd", "1")]
#[case("24 001 s01 region:syd", "1")]
#[case("24-001 region:syd", "")]
// A condition that is still being typed has no effect.
#[case("trygg region:", "14")]
#[case("start:20 trygg", "14")]
fn finds(#[case] query: &str, #[case] records: &str) {
    let mut found: Vec<char> = found(query).chars().collect();
    found.sort_unstable();
    assert_eq!(found.into_iter().collect::<String>(), records);
}

#[rstest]
#[case("budget:20mkr..", &[(UndecidedReason::Missing, 1), (UndecidedReason::Currency(Some(Currency::EUR)), 1)])]
// A negated condition leaves out records with unknown values too.
#[case("!budget:20mkr..", &[(UndecidedReason::Missing, 1), (UndecidedReason::Currency(Some(Currency::EUR)), 1)])]
// Counted are those that the rest of the query finds.
#[case("budget:20mkr.. region:stockholm", &[(UndecidedReason::Currency(Some(Currency::EUR)), 1)])]
#[case("budget:20mkr.. | namn:europa", &[(UndecidedReason::Missing, 1)])]
#[case("is:pågående", &[(UndecidedReason::Missing, 1)])]
#[case("region:norr", &[])]
fn undecided_records_are_counted(#[case] query: &str, #[case] reasons: &[(UndecidedReason, usize)]) {
    assert_eq!(ask_on(query, &context()).1, reasons);
}

#[test]
fn with_a_rate_currencies_are_compared() {
    let context = QueryContext { rates: Rates::read("EUR=11.20").expect("a rate"), ..context() };
    assert_eq!(ask_on("budget:20mkr..", &context), ("13".to_owned(), vec![(UndecidedReason::Missing, 1)]));
    assert_eq!(ask_on("budget:..2meur", &context).0, "23");
}

#[rstest]
#[case("region:", QueryProblemKind::MissingValue, "region:")]
#[case("regoin:norr", QueryProblemKind::UnknownField(Some("region")), "regoin")]
#[case("projekt:x", QueryProblemKind::AmbiguousField, "projekt")]
#[case("start:20", QueryProblemKind::UnreadableDate, "20")]
#[case("start:2024..x", QueryProblemKind::UnreadableDate, "2024..x")]
#[case("budget:mycket", QueryProblemKind::UnreadableAmount, "mycket")]
#[case("deltagare:10,x", QueryProblemKind::UnreadableNumber, "x")]
#[case("region<norr", QueryProblemKind::NotComparable, "norr")]
#[case("budget:1meur..20mkr", QueryProblemKind::MixedCurrencies, "1meur..20mkr")]
#[case("is:Utgången", QueryProblemKind::Gone, "Utgången")]
#[case("is:pagende", QueryProblemKind::UnknownState(Some("pågående")), "pagende")]
#[case("has:deltagre", QueryProblemKind::UnknownField(Some("deltagare")), "deltagre")]
fn problems_have_a_place(#[case] text: &str, #[case] kind: QueryProblemKind, #[case] place: &str) {
    let query = Query::parse(text);
    let problems: Vec<_> =
        query.problems().iter().map(|problem| (problem.kind, text.get(problem.span.clone()))).collect();
    assert_eq!(problems, [(kind, Some(place))]);
    assert!(kind.spoils_a_condition());
}

/// A facet's values with their counts under a query.
fn facet(query: &str, field: FilterField) -> (Vec<(String, usize)>, usize) {
    let index = Index::build(catalogue(COLLECTION));
    let query = Query::parse_in(query, &context());
    let counted = facets::count(&index, &query, None, &[field], &|| false).expect("nobody stops it");
    let counts = counted.into_iter().next().expect("one facet");
    (counts.values.into_iter().map(|value| (value.value.text, value.count)).collect(), counts.without)
}

#[rstest]
#[case("", &[("Stockholm", 1), ("Sydsverige", 1), ("Övre Norrland", 1)], 1)]
// The facet's own condition does not count, the others do.
#[case("region:norr", &[("Stockholm", 1), ("Sydsverige", 1), ("Övre Norrland", 1)], 1)]
#[case("trygg !region:syd", &[("Övre Norrland", 1)], 1)]
#[case("is:pågående", &[("Övre Norrland", 1)], 0)]
fn a_facet_is_counted_as_if_it_were_not_applied(
    #[case] query: &str,
    #[case] values: &[(&str, usize)],
    #[case] without: usize,
) {
    let expected = values.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect();
    let region = FilterField::Field(QueryField::Known(FieldKind::Region));
    assert_eq!(facet(query, region), (expected, without));
}

#[test]
fn states_and_years_are_facets_too() {
    let counts =
        |values: &[(&str, usize)]| values.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect();
    let states = counts(&[("pågående", 1), ("avslutad", 1), ("kommande", 1)]);
    assert_eq!(facet("", FilterField::State), (states, 1));
    assert_eq!(facet("", FilterField::StartYear), (counts(&[("2027", 1), ("2024", 1), ("2023", 1)]), 1));
}

#[test]
fn values_that_as_many_records_have_stand_as_in_a_swedish_register() {
    let record = |(at, owner)| {
        let id = format!("24-10{at}-S01");
        format!("{id} - Namn\n\nDiarienummer:\n{id}\nProjektägare:\n{owner}\n\nText.\n\n")
    };
    let owners = ["Östersund", "Ängelholm", "Åmål", "Zinkgruvan", "Steg 10", "Steg 9"];
    let records: Vec<String> = owners.into_iter().enumerate().map(record).collect();
    let index = Index::build(catalogue(&records.concat()));
    let owner = FilterField::Field(QueryField::Known(FieldKind::Beneficiary));
    let wanted = ["Steg 9", "Steg 10", "Zinkgruvan", "Åmål", "Ängelholm", "Östersund"];
    let query = Query::parse_in("", &context());
    let counted = facets::count(&index, &query, None, &[owner], &|| false).expect("nobody stops it");
    let texts: Vec<&str> = counted[0].values.iter().map(|value| &*value.value.text).collect();
    assert_eq!(texts, wanted);
    let rows: Vec<Row> = index.catalogue().records().map(Record::row).collect();
    let stats = stats::by(&index, &rows, owner, &context());
    let texts: Vec<&str> = stats.groups.iter().map(|(value, _)| &*value.text).collect();
    assert_eq!(texts, wanted);
}

#[test]
fn a_code_and_its_other_spelling_are_one_value() {
    let field = FilterField::Field(QueryField::Known(FieldKind::InterventionField));
    let codes = facet("", field).0.into_iter().map(|(text, _)| text).collect::<Vec<_>>();
    assert_eq!(codes, ["140", "145a", "175"]);
}

#[rstest]
#[case("region:", &[("Stockholm", 1), ("Sydsverige", 1), ("\"Övre Norrland\"", 1)])]
#[case("region:no", &[("\"Övre Norrland\"", 1)])]
#[case("region:stockholm,s", &[("Stockholm", 1), ("Sydsverige", 1)])]
#[case("ägare=\"pit", &[("\"PITEÅ KOMMUN\"", 1)])]
// Counted under the rest of the query.
#[case("is:avslutad region:", &[("Sydsverige", 1)])]
fn values_complete_with_their_counts(#[case] text: &str, #[case] candidates: &[(&str, usize)]) {
    let index = Index::build(catalogue(COLLECTION));
    let found = completion::complete(&index, &Query::parse_in(text, &context()), text.len());
    let found: Vec<(&str, usize)> = found
        .candidates
        .iter()
        .map(|candidate| (candidate.text.as_str(), candidate.count.unwrap_or_default()))
        .collect();
    assert_eq!(found, candidates);
}
