//! Results of sorting, and properties of any query and order on any number of threads.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rstest::rstest;

use super::sorting::{is_prepared, prepare, sorted};
use crate::domain::schema::FieldKind;
use crate::domain::values::currency::Currency;
use crate::search::fixtures::{ask, catalogue, collection, ids};
use crate::search::index::Index;
use crate::search::language::query::Query;
use crate::search::language::query_context::{QueryContext, Rates};
use crate::search::language::sort_order::{SortBy, SortDirection, SortKey, SortOrder};
use crate::search::matching::answer::SortedLast;
use crate::search::matching::property_tests::typed;
use crate::search::matching::truth::UndecidedReason;
use crate::search::{search, search_on};

static COLLECTION: LazyLock<Index> = LazyLock::new(collection);

const AMOUNTS: &str = "\
24-001-S01 - Ett

Diarienummer:
24-001-S01
Total projektbudget:
2 000 000 kr

24-002-S01 - Två

Diarienummer:
24-002-S01
Total projektbudget:
EUR 100 000

24-003-S01 - Tre

Diarienummer:
24-003-S01

24-004-S01 - Fyra

Diarienummer:
24-004-S01
Total projektbudget:
900 000 kr
";

fn order(text: &str) -> SortOrder {
    SortOrder::new(text.split(',').map(|text| SortBy::read(text).expect("a key")))
}

fn in_order(index: &Index, query: &str, by: &str) -> Vec<String> {
    ids(index, &sorted(index, &ask(index, query), &order(by)).hits)
}

#[rstest]
// Lugna, Luleå, Ostra, PITEÅ, Region, Umeå, Uppsala, Kiruna before them; the one without an owner last.
#[case("", "owner", &["~", "23-079-S13", "24-004-S05", "25-101-S07", "24-003-S05", "24-035-S02", "23-140-S02", "2018/00076", "20200940"])]
#[case("", "owner:desc", &["2018/00076", "23-140-S02", "24-035-S02", "24-003-S05", "25-101-S07", "24-004-S05", "23-079-S13", "~", "20200940"])]
// Relevance decides where the key does not: only one of these has participants.
#[case("nycklar", "deltagare", &["24-003-S05", "24-004-S05"])]
#[case("", "deltagare:desc,namn:desc", &["24-035-S02", "~", "20200940", "23-140-S02", "25-101-S07", "24-004-S05", "24-003-S05", "23-079-S13", "2018/00076"])]
// Records without an id come last by id.
#[case("", "id:desc", &["25-101-S07", "24-035-S02", "24-004-S05", "24-003-S05", "23-140-S02", "23-079-S13", "20200940", "2018/00076", "~"])]
// The id before whole codes before a part of an amount, but within these by name.
#[case("140", "relevans,namn", &["23-140-S02", "23-079-S13", "24-004-S05", "24-035-S02", "25-101-S07"])]
// The whole id stays above.
#[case("24-003-s05", "namn:desc", &["24-003-S05"])]
#[case("24-003-S05 | nycklar", "id:desc", &["24-003-S05", "24-004-S05"])]
// Pasted ids are all whole: they keep the order of the list.
#[case("23-079-S13 24-003-S05 24-035-S02", "namn:desc", &["24-035-S02", "24-003-S05", "23-079-S13"])]
fn records_stand_in_order(#[case] query: &str, #[case] by: &str, #[case] wanted: &[&str]) {
    let found = in_order(&COLLECTION, query, by);
    let short: Vec<&str> = found.iter().map(|id| if id.starts_with('~') { "~" } else { id }).collect();
    assert_eq!(short, wanted);
}

#[test]
fn amounts_are_compared_in_one_currency_and_the_others_are_counted() {
    let index = Index::build(catalogue(AMOUNTS));
    let budget = SortKey::Field(FieldKind::TotalBudget);
    let answer = sorted(&index, &ask(&index, ""), &order("budget:asc"));
    assert_eq!(ids(&index, &answer.hits), ["24-004-S01", "24-001-S01", "24-002-S01", "24-003-S01"]);
    let last = |why, count| SortedLast { key: budget, why, count };
    assert_eq!(
        answer.last,
        [last(UndecidedReason::Currency(Some(Currency::EUR)), 1), last(UndecidedReason::Missing, 1)]
    );

    let context =
        QueryContext { rates: Rates::read("EUR=11.20").expect("a rate"), ..QueryContext::default() };
    let query = Query::parse_in("", &context);
    let found = search(&index, &query, None, &|| false, &mut |_| {}).expect("whole");
    let answer = sorted(&index, &found, &order("budget:asc"));
    assert_eq!(ids(&index, &answer.hits), ["24-004-S01", "24-002-S01", "24-001-S01", "24-003-S01"]);
    assert_eq!(answer.last, [last(UndecidedReason::Missing, 1)]);

    // Where all are in euros, they are compared.
    let index = Index::build(catalogue(&AMOUNTS.replace(" kr", " EUR")));
    let answer = sorted(&index, &ask(&index, ""), &order("budget:desc"));
    assert_eq!(ids(&index, &answer.hits), ["24-001-S01", "24-004-S01", "24-002-S01", "24-003-S01"]);
}

#[test]
fn an_order_can_be_prepared() {
    let index = collection();
    let by = order("namn");
    prepare(&index, &by, Rates::default());
    assert!(is_prepared(&index, &by, Rates::default()));
}

/// Any order of up to three keys.
fn any_order() -> impl Strategy<Value = SortOrder> {
    let keys = subsequence(SortKey::ALL.to_vec(), 0..4).prop_shuffle();
    let ways = prop::collection::vec(select(vec![SortDirection::Ascending, SortDirection::Descending]), 4);
    (keys, ways).prop_map(|(keys, ways)| {
        SortOrder::new(keys.into_iter().zip(ways).map(|(key, direction)| SortBy { key, direction }))
    })
}

proptest! {
    #[test]
    fn an_order_is_the_same_on_any_number_of_threads(text in typed(), order in any_order()) {
        let query = Query::parse(&text);
        let answers = [1, 2, 3, 8].map(|threads| {
            let found = search_on(threads, &COLLECTION, &query, None, &|| false, &mut |_| {}).expect("whole");
            let answer = sorted(&COLLECTION, &found, &order);
            (found.hits, answer.hits, answer.similar)
        });
        prop_assert!(answers.iter().all(|answer| *answer == answers[0]));
        let (found, hits, _) = &answers[0];
        // The same hits, each once.
        let in_row_order = |hits: &[crate::search::matching::rank::Hit]| {
            let mut hits = hits.to_vec();
            hits.sort_by_key(|hit| hit.row);
            hits
        };
        prop_assert_eq!(in_row_order(found), in_row_order(hits));
        // Whole ids above; relevance changes nothing.
        prop_assert!(hits.is_sorted_by_key(|hit| hit.tier != crate::search::matching::rank::Tier::WholeId));
        if order.is_relevance() {
            prop_assert_eq!(found, hits);
        }
    }

    #[test]
    fn sorting_twice_changes_nothing_and_relevance_breaks_ties(text in typed(), order in any_order()) {
        let found = ask(&COLLECTION, &text);
        let once = sorted(&COLLECTION, &found, &order);
        let place = |hit: &crate::search::matching::rank::Hit| found.hits.iter().position(|known| known == hit);
        // A key that tells nothing apart leaves relevance: no support is known of any record.
        let nothing = SortOrder::new([SortBy { key: SortKey::Field(FieldKind::EuSupport), direction: SortDirection::Descending }]);
        let unsorted = sorted(&COLLECTION, &found, &nothing);
        let whole = |hit: &&crate::search::matching::rank::Hit| hit.tier == crate::search::matching::rank::Tier::WholeId;
        let (above, below): (Vec<_>, Vec<_>) = unsorted.hits.iter().partition(whole);
        prop_assert!(above.into_iter().is_sorted_by_key(place) && below.into_iter().is_sorted_by_key(place));
        prop_assert_eq!(&once.order, &order);
        prop_assert_eq!(sorted(&COLLECTION, &found, &order).hits, once.hits);
    }
}
