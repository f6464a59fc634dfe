//! Samples: random selections of records to review. The same records and the same seed always yield the same sample, on
//! any machine and in whatever order the records were loaded.
//!
//! # The random numbers
//!
//! A record's number is the SHA-256 ([`sha256`]) of the seed and its id, each in UTF-8 with its length before it as
//! eight bytes, the highest first. It depends on nothing else: no order, no library's generator, no version of the
//! program. Election audits draw by SHA-256 in this way (R. Rivest, "Consistent Sampling with Replacement", 2018); that
//! each record has a number of its own is the method of permanent random numbers (E. Ohlsson, 1995).
//!
//! # The methods
//!
//! - [`simple`]: the records with the lowest numbers. All selections of this size are equally likely.
//! - [`stratified`]: each value of a field is a stratum, and records without one are a stratum too. How many are drawn
//!   from each is its share of the population by largest remainder, but at least one from each where as many are asked
//!   for as there are strata: what would get less than one gets one, and the rest is shared among the others. In a
//!   stratum the draw is simple.
//! - [`by_amount`]: monetary unit sampling, as the Commission's guidance on sampling methods for audit authorities
//!   (EGESIF 16-0014, 2017) has it. Records whose amount is at least the sampling interval (total amount by number to be
//!   drawn) are taken with certainty, which is repeated for what is left until there is none; the others are drawn
//!   systematically with probability proportional to size, in the order of their numbers and from a random start, which
//!   is a hash of the seed alone. All is reckoned in whole numbers. Records whose amount is unknown, zero or negative
//!   could never be drawn in this way, yet every record must have a chance (ISA 530), and a missing amount is what an
//!   audit looks for: they are a stratum apart, drawn simply, their share being that of their number.

use std::collections::BTreeMap;

use super::event::{Stratum, StratumAmounts, StratumOf};
use super::hex::sha256;

/// A sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The ids, each once, sorted.
    pub ids: Vec<String>,
    /// The strata; empty if the sample was drawn from all records at once.
    pub strata: Vec<Stratum>,
}

/// Draws from all alike; all of them where there are no more.
#[must_use]
pub fn simple<'a>(ids: impl IntoIterator<Item = &'a str>, size: usize, seed: &str) -> Drawn {
    let mut ids = lowest(ids, size, seed);
    ids.sort_unstable();
    Drawn { ids: ids.into_iter().map(str::to_owned).collect(), strata: Vec::new() }
}

/// Draws from each stratum as its share demands. Each record comes with the value of the field, if it has one.
#[must_use]
pub fn stratified<'a>(
    records: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    size: usize,
    seed: &str,
) -> Drawn {
    let mut strata: BTreeMap<StratumOf, Vec<&str>> = BTreeMap::new();
    for (id, value) in records.into_iter().collect::<BTreeMap<_, _>>() {
        let of = value.map_or(StratumOf::NoValue, |value| StratumOf::Value(value.to_owned()));
        strata.entry(of).or_default().push(id);
    }
    let sizes: Vec<usize> = strata.values().map(Vec::len).collect();
    let mut drawn = Drawn::default();
    for ((of, ids), size) in strata.into_iter().zip(shares(&sizes, size)) {
        drawn.add(of, ids.len(), None, lowest(ids, size, seed));
    }
    drawn.ids.sort_unstable();
    drawn
}

/// Draws each in proportion to its amount, in hundredths of one currency.
#[must_use]
pub fn by_amount<'a>(
    records: impl IntoIterator<Item = (&'a str, Option<i64>)>,
    size: usize,
    seed: &str,
) -> Drawn {
    let (mut known, mut apart) = (Vec::new(), Vec::new());
    for (id, amount) in records.into_iter().collect::<BTreeMap<_, _>>() {
        match amount.and_then(|amount| u64::try_from(amount).ok()).filter(|amount| *amount > 0) {
            Some(amount) => known.push((id, amount)),
            None => apart.push(id),
        }
    }
    let shares = shares(&[known.len(), apart.len()], size);
    let (of_known, of_apart) = (shares.first().copied(), shares.get(1).copied());
    let (certain, rest) = without_large(known, of_known.unwrap_or_default());
    let left = of_known.unwrap_or_default().saturating_sub(certain.len());
    let chosen = systematic(&rest, left, seed);
    let mut drawn = Drawn::default();
    for (of, all, chosen) in
        [(StratumOf::Certain, &certain, &certain), (StratumOf::Proportional, &rest, &chosen)]
    {
        let amounts = StratumAmounts { population: total(all), drawn: total(chosen) };
        drawn.add(of, all.len(), Some(amounts), chosen.iter().map(|(id, _)| *id).collect());
    }
    drawn.add(StratumOf::NoAmount, apart.len(), None, lowest(apart, of_apart.unwrap_or_default(), seed));
    drawn.ids.sort_unstable();
    drawn
}

impl Drawn {
    /// Adds the drawn records of a stratum, unless the stratum is empty.
    fn add(&mut self, of: StratumOf, population: usize, amounts: Option<StratumAmounts>, ids: Vec<&str>) {
        if population > 0 {
            self.strata.push(Stratum { of, population, drawn: ids.len(), amounts });
            self.ids.extend(ids.into_iter().map(str::to_owned));
        }
    }
}

/// A record's number, as hexadecimal digits.
fn number(seed: &str, id: &str) -> String {
    sha256([seed.as_bytes(), id.as_bytes()])
}

/// The records in the order of their numbers.
fn in_order<'a>(ids: impl IntoIterator<Item = &'a str>, seed: &str) -> Vec<&'a str> {
    let mut ids: Vec<(String, &str)> = ids.into_iter().map(|id| (number(seed, id), id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|(_, id)| id).collect()
}

/// Those with the lowest numbers.
fn lowest<'a>(ids: impl IntoIterator<Item = &'a str>, size: usize, seed: &str) -> Vec<&'a str> {
    let mut ids = in_order(ids, seed);
    ids.truncate(size);
    ids
}

/// Number of records to draw from strata of these sizes, see [`stratified`]. Never more than a stratum has.
fn shares(sizes: &[usize], size: usize) -> Vec<usize> {
    let size = size.min(sizes.iter().sum());
    let mut open: Vec<usize> = (0..sizes.len()).filter(|at| sizes[*at] > 0).collect();
    let mut shares = vec![0; sizes.len()];
    let mut left = size;
    // Strata that would get less than one get one. The shares of the others shrink, so the test is repeated.
    if size >= open.len() {
        loop {
            let population: usize = open.iter().map(|at| sizes[*at]).sum();
            let is_small = |at: &usize| wide(left) * wide(sizes[*at]) < wide(population);
            let (small, rest): (Vec<usize>, Vec<usize>) = open.into_iter().partition(is_small);
            open = rest;
            if small.is_empty() {
                break;
            }
            left -= small.len();
            for at in small {
                shares[at] = 1;
            }
        }
    }
    let population: u128 = open.iter().map(|at| wide(sizes[*at])).sum();
    let quota = |at: usize| wide(left) * wide(sizes[at]);
    for at in &open {
        shares[*at] = usize::try_from(quota(*at) / population).unwrap_or_default();
    }
    let mut by_remainder = open.clone();
    by_remainder.sort_by_key(|at| (std::cmp::Reverse(quota(*at) % population), *at));
    let given: usize = open.iter().map(|at| shares[*at]).sum();
    for at in by_remainder.into_iter().take(left.saturating_sub(given)) {
        shares[at] += 1;
    }
    shares
}

fn wide(number: usize) -> u128 {
    number as u128
}

type Weighed<'a> = Vec<(&'a str, u64)>;

/// Parts the records whose amount is at least the sampling interval from the others, until there is none among these.
fn without_large(mut records: Weighed<'_>, size: usize) -> (Weighed<'_>, Weighed<'_>) {
    let mut certain = Vec::new();
    loop {
        let left = wide(size.saturating_sub(certain.len()));
        let sum = sum(&records);
        let is_large = |(_, amount): &(&str, u64)| u128::from(*amount) * left >= sum;
        let (large, rest): (Vec<_>, Vec<_>) = records.into_iter().partition(is_large);
        records = rest;
        if large.is_empty() {
            return (certain, records);
        }
        certain.extend(large);
    }
}

/// Draws systematically, in proportion to the amounts, each of which is less than the interval.
///
/// The records are placed one after the other, each as long as its amount; from a random start a point is set at each
/// interval, and a record that contains a point is drawn. All lengths are multiplied by the number of points, so that
/// the interval is the sum.
fn systematic<'a>(records: &[(&'a str, u64)], size: usize, seed: &str) -> Weighed<'a> {
    let interval = sum(records);
    if interval == 0 {
        return Vec::new();
    }
    let amounts: BTreeMap<&str, u64> = records.iter().copied().collect();
    let mut point = start(seed) % interval;
    let (mut end, mut chosen) = (0, Vec::new());
    for id in in_order(amounts.keys().copied(), seed) {
        let amount = amounts.get(id).copied().unwrap_or_default();
        end += u128::from(amount) * wide(size);
        if point < end {
            chosen.push((id, amount));
            point += interval;
        }
    }
    chosen
}

/// The random number that a systematic draw starts from.
fn start(seed: &str) -> u128 {
    let digits = sha256([seed.as_bytes()]);
    u128::from_str_radix(digits.get(..32).unwrap_or_default(), 16).unwrap_or_default()
}

fn sum(records: &[(&str, u64)]) -> u128 {
    records.iter().map(|(_, amount)| u128::from(*amount)).sum()
}

fn total(records: &[(&str, u64)]) -> u64 {
    u64::try_from(sum(records)).unwrap_or(u64::MAX)
}
