//! Sorts hits. The rank of each record by a key is computed once for an index; sorting then compares numbers.
//!
//! Computing ranks takes longer than a search: [`prepare`] does it in advance, on another thread.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::reviewed::Reviewed;
use crate::domain::schema::ValueType;
use crate::domain::values::currency::Currency;
use crate::search::index::Index;
use crate::search::index::collation::UNKNOWN;
use crate::search::index::sort_ranks::{Ranks, SortColumn, rank_numbers};
use crate::search::language::query_context::Rates;
use crate::search::language::sort_order::{SortBy, SortDirection, SortKey, SortOrder};
use crate::search::matching::answer::{Answer, SortedLast};
use crate::search::matching::rank::{Hit, Tier};
use crate::search::matching::truth::UndecidedReason;

/// In so few records places are found before a search would be missed.
const AT_ONCE: usize = 20_000;

/// Returns `true` if the ranks for this order already exist.
#[must_use]
pub fn is_prepared(index: &Index, order: &SortOrder, rates: Rates) -> bool {
    index.len() <= AT_ONCE || columns(order, rates).all(|column| index.known_ranks(column).is_some())
}

/// Finds the places that an order needs. Takes a second or two for a million texts.
pub fn prepare(index: &Index, order: &SortOrder, rates: Rates) {
    columns(order, rates).for_each(|column| drop(index.ranks(column)));
}

fn columns(order: &SortOrder, rates: Rates) -> impl Iterator<Item = SortColumn> {
    order.keys().iter().filter_map(move |by| SortColumn::new(by.key, rates))
}

/// The answer with its hits in this order. Whole ids stay first; similar records are not sorted.
#[must_use]
pub fn sorted(index: &Index, answer: &Answer, order: &SortOrder) -> Answer {
    let rates = answer.query.context.rates;
    let keys: Vec<SortValue> =
        order.keys().iter().map(|by| SortValue::new(index, answer, *by, rates)).collect();
    let (whole_ids, others): (Vec<u32>, Vec<u32>) = (0..u32::try_from(answer.hits.len()).unwrap_or(u32::MAX))
        .partition(|at| tier(answer, *at) == Some(Tier::WholeId));
    let sorted = [whole_ids, others].into_iter().flat_map(|part| sort(index, answer, part, &keys));
    let hits = sorted.filter_map(|at| answer.hits.get(at as usize).copied()).collect();
    let last = order.keys().iter().flat_map(|by| last(index, answer, by.key, rates)).collect();
    Answer { hits, order: order.clone(), last, ..answer.without_hits() }
}

fn tier(answer: &Answer, at: u32) -> Option<Tier> {
    answer.hits.get(at as usize).map(|hit| hit.tier)
}

/// Values that hits are compared by, in ascending order.
enum SortValue {
    /// By the place in the answer.
    Relevance(Vec<u32>),
    Ranks(Arc<Ranks>, SortDirection),
}

impl SortValue {
    fn new(index: &Index, answer: &Answer, by: SortBy, rates: Rates) -> Self {
        match SortColumn::new(by.key, rates) {
            None if by.key == SortKey::LastReviewed => {
                Self::Ranks(Arc::new(last_reviewed(index, &answer.query.context.reviewed)), by.direction)
            }
            None => Self::Relevance(relevance(&answer.hits)),
            Some(column) => Self::Ranks(index.ranks(column), by.direction),
        }
    }

    /// Of the hit at a place in the answer.
    fn at(&self, index: &Index, answer: &Answer, at: u32) -> u32 {
        match self {
            Self::Relevance(places) => places.get(at as usize).copied().unwrap_or(UNKNOWN),
            Self::Ranks(ranks, direction) => {
                let slot = answer.hits.get(at as usize).and_then(|hit| index.slot(hit.row));
                let place = slot.map_or(UNKNOWN, |slot| ranks.place(slot));
                match direction {
                    SortDirection::Descending if place != UNKNOWN => UNKNOWN - 1 - place,
                    _ => place,
                }
            }
        }
    }
}

/// Relevance of the hits as numbers; hits that differ only in their ids are equal.
fn relevance(hits: &[Hit]) -> Vec<u32> {
    let same =
        |one: &Hit, other: &Hit| (one.tier, one.order, one.score) == (other.tier, other.order, other.score);
    let mut place = 0;
    let mut before: Option<&Hit> = None;
    let place_of = |hit| {
        place += u32::from(before.is_some_and(|before| !same(before, hit)));
        before = Some(hit);
        place
    };
    hits.iter().map(place_of).collect()
}

/// Sorts a part of the answer; hits that are equal by all keys keep their order.
fn sort(index: &Index, answer: &Answer, part: Vec<u32>, keys: &[SortValue]) -> Vec<u32> {
    let Some((first, further)) = keys.split_first() else { return part };
    // The key before the place, in one number: this compares fastest.
    let mut items: Vec<u64> =
        part.into_iter().map(|at| u64::from(first.at(index, answer, at)) << 32 | u64::from(at)).collect();
    items.sort_unstable();
    let at = |item: u64| u32::try_from(item & u64::from(u32::MAX)).unwrap_or(UNKNOWN);
    if !further.is_empty() {
        let compare = |one: &u64, other: &u64| {
            let by =
                |key: &SortValue| key.at(index, answer, at(*one)).cmp(&key.at(index, answer, at(*other)));
            further.iter().map(by).find(|found| found.is_ne()).unwrap_or(Ordering::Equal)
        };
        for same in items.chunk_by_mut(|one, other| one >> 32 == other >> 32) {
            same.sort_by(compare);
        }
    }
    items.into_iter().map(at).collect()
}

/// Time of the last review event of each record. Computed for each sort, because reviews change all the time.
fn last_reviewed(index: &Index, reviewed: &Reviewed) -> Ranks {
    let last = |slot| reviewed.get(index.row(slot)).and_then(|said| said.last).map(i128::from);
    Ranks { places: rank_numbers(index.len(), last) }
}

/// Number of hits without a rank by a key, with the reason.
fn last(index: &Index, answer: &Answer, key: SortKey, rates: Rates) -> Vec<SortedLast> {
    if key == SortKey::LastReviewed {
        let reviewed = &answer.query.context.reviewed;
        let never = |hit: &&Hit| reviewed.get(hit.row).and_then(|said| said.last).is_none();
        let count = answer.hits.iter().filter(never).count();
        return (count > 0)
            .then_some(SortedLast { key, why: UndecidedReason::Missing, count })
            .into_iter()
            .collect();
    }
    let Some(column) = SortColumn::new(key, rates) else { return Vec::new() };
    let ranks = index.ranks(column);
    let slots = answer.hits.iter().filter_map(|hit| index.slot(hit.row));
    let without = slots.filter(|slot| ranks.place(*slot) == UNKNOWN);
    let amounts = (column.kind.spec().value == ValueType::Amount).then(|| index.numbers(column.kind));
    let mut reasons: BTreeMap<(bool, Option<Currency>), usize> = BTreeMap::new();
    for slot in without {
        let currency = amounts
            .as_ref()
            .filter(|amounts| amounts.get(slot).is_some())
            .map(|amounts| amounts.currency(slot));
        *reasons.entry((currency.is_none(), currency.flatten())).or_default() += 1;
    }
    let reason = |((is_missing, currency), count): ((bool, Option<Currency>), usize)| {
        (if is_missing { UndecidedReason::Missing } else { UndecidedReason::Currency(currency) }, count)
    };
    reasons
        .into_iter()
        .map(reason)
        .filter(|(_, count)| *count > 0)
        .map(|(why, count)| SortedLast { key, why, count })
        .collect()
}
