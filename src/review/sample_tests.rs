//! Invariants of any sample.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rstest::rstest;

use super::event::StratumOf;
use super::sample::{Drawn, by_amount, simple, stratified};

fn ids(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("24-{number:03}-S01")).collect()
}

fn drawn_of(drawn: &Drawn, of: &StratumOf) -> usize {
    drawn.strata.iter().find(|stratum| stratum.of == *of).map_or(0, |stratum| stratum.drawn)
}

/// Drawn by another program too (SHA-256 of the lengths, the seed and the id): it must never be another sample.
#[test]
fn a_seed_means_the_same_for_good() {
    let ids = ids(100);
    let all = || ids.iter().map(String::as_str);
    let joined = |drawn: Drawn| drawn.ids.join(" ");
    assert_eq!(joined(simple(all(), 4, "revision 2026")), "24-011-S01 24-021-S01 24-064-S01 24-081-S01");
    let by_number = all().zip((1..).map(|amount| Some(amount * 1_000)));
    assert_eq!(
        joined(by_amount(by_number, 4, "revision 2026")),
        "24-037-S01 24-058-S01 24-069-S01 24-073-S01"
    );
}

#[rstest]
#[case::as_their_shares(&[60, 30, 10], 10, &[6, 3, 1])]
#[case::largest_remainder(&[50, 30, 20], 7, &[4, 2, 1])]
#[case::at_least_one(&[97, 1, 2], 10, &[8, 1, 1])]
#[case::fewer_than_strata(&[60, 30, 10], 2, &[1, 1, 0])]
#[case::all(&[3, 2, 1], 99, &[3, 2, 1])]
#[case::none(&[3, 2, 1], 0, &[0, 0, 0])]
fn strata_get_their_share(#[case] sizes: &[usize], #[case] size: usize, #[case] expected: &[usize]) {
    let mut ids = ids(sizes.iter().sum()).into_iter();
    let mut records = Vec::new();
    for (name, count) in ["a", "b", "c"].into_iter().zip(sizes) {
        records.extend(ids.by_ref().take(*count).map(|id| (id, name)));
    }
    let drawn = stratified(records.iter().map(|(id, name)| (id.as_str(), Some(*name))), size, "frö");
    let of = |name: &str| drawn_of(&drawn, &StratumOf::Value(name.to_owned()));
    assert_eq!(["a", "b", "c"].map(of), expected);
}

#[test]
fn large_amounts_are_certain_and_unknown_ones_are_drawn_apart() {
    let records = [
        ("stor", Some(1_000_000)),
        ("mellan", Some(300)),
        ("liten-1", Some(100)),
        ("liten-2", Some(100)),
        ("liten-3", Some(100)),
        ("okänd-1", None),
        ("okänd-2", Some(0)),
        ("minus", Some(-5)),
    ];
    let drawn = by_amount(records, 4, "frö");
    assert_eq!(drawn.ids.len(), 4);
    assert!(["stor", "mellan"].iter().all(|id| drawn.ids.contains(&(*id).to_owned())), "{drawn:?}");
    let strata: Vec<_> = drawn.strata.iter().map(|stratum| (stratum.population, stratum.drawn)).collect();
    assert_eq!(strata, [(2, 2), (3, 1), (3, 1)]);
    let amounts = drawn.strata[1].amounts.expect("amounts");
    assert_eq!((amounts.population, amounts.drawn), (300, 100));
}

/// Over many seeds each is drawn as often as its probability says. The seeds are fixed, so this never varies.
#[test]
fn amounts_are_drawn_in_proportion() {
    const SEEDS: u32 = 3_000;
    let amounts = BTreeMap::from([("a", 10), ("b", 20), ("c", 30), ("d", 40), ("e", 50), ("f", 50)]);
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..SEEDS {
        let records = amounts.iter().map(|(id, amount)| (*id, Some(*amount)));
        for id in by_amount(records, 2, &seed.to_string()).ids {
            *times.entry(id).or_default() += 1;
        }
    }
    for (id, amount) in amounts {
        let expected = f64::from(SEEDS) * 2.0 * f64::from(i32::try_from(amount).expect("small")) / 200.0;
        let seen = f64::from(times[id]);
        assert!((seen - expected).abs() < 4.0 * expected.sqrt(), "{id}: {seen} of {expected}");
    }
}

#[test]
fn all_are_as_likely() {
    let ids = ids(10);
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..3_000 {
        for id in simple(ids.iter().map(String::as_str), 3, &seed.to_string()).ids {
            *times.entry(id).or_default() += 1;
        }
    }
    assert!(times.values().all(|seen| (780..=1_020).contains(seen)), "900 each, but {times:?}");
}

/// Ids, each with a value and an amount, in no order.
fn records() -> impl Strategy<Value = Vec<(String, Option<String>, Option<i64>)>> {
    let record = (proptest::option::of("[a-d]"), proptest::option::of(any::<i64>()));
    let small = (proptest::option::of("[a-d]"), proptest::option::of(0_i64..1_000));
    let some = proptest::collection::btree_map("[0-9]{1,4}", prop_oneof![record, small], 0..60);
    some.prop_map(|all| all.into_iter().map(|(id, (value, amount))| (id, value, amount)).collect::<Vec<_>>())
        .prop_shuffle()
}

proptest! {
    #[test]
    fn a_sample_is_as_large_as_was_asked_for(records in records(), size in 0..80_usize, seed in ".{0,8}") {
        let ids: BTreeSet<&str> = records.iter().map(|(id, ..)| id.as_str()).collect();
        let expected = size.min(ids.len());
        for drawn in all_ways(&records, size, &seed) {
            prop_assert_eq!(drawn.ids.len(), expected);
            let own: BTreeSet<&str> = drawn.ids.iter().map(String::as_str).collect();
            prop_assert_eq!(own.len(), expected, "none twice");
            prop_assert!(own.is_subset(&ids));
            if !drawn.strata.is_empty() {
                prop_assert_eq!(drawn.strata.iter().map(|stratum| stratum.drawn).sum::<usize>(), expected);
                let population = drawn.strata.iter().map(|stratum| stratum.population).sum::<usize>();
                prop_assert_eq!(population, ids.len());
                prop_assert!(drawn.strata.iter().all(|stratum| stratum.drawn <= stratum.population));
            }
        }
    }

    #[test]
    fn the_order_of_loading_makes_no_difference(records in records(), size in 0..80_usize, seed in ".{0,8}") {
        let mut other = records.clone();
        other.sort();
        prop_assert_eq!(all_ways(&records, size, &seed), all_ways(&other, size, &seed));
    }

    #[test]
    fn each_stratum_has_its_share(records in records(), size in 0..80_usize) {
        let [_, drawn, _] = all_ways(&records, size, "frö");
        let strata = drawn.strata.len();
        for stratum in &drawn.strata {
            // Strata that get one more than their share cost the others at most as many.
            let is_enough = stratum.drawn * records.len() + strata * records.len() > size.min(records.len()) * stratum.population;
            prop_assert!(is_enough, "{:?}", drawn.strata);
            prop_assert!(size < strata || stratum.drawn >= 1, "{:?}", drawn.strata);
        }
    }
}

fn all_ways(records: &[(String, Option<String>, Option<i64>)], size: usize, seed: &str) -> [Drawn; 3] {
    [
        simple(records.iter().map(|(id, ..)| id.as_str()), size, seed),
        stratified(records.iter().map(|(id, value, _)| (id.as_str(), value.as_deref())), size, seed),
        by_amount(records.iter().map(|(id, _, amount)| (id.as_str(), *amount)), size, seed),
    ]
}
