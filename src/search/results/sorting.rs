//! Sorts what was found. Each record's place by a key is found once for an index; then a sort compares numbers.
//!
//! Finding the places takes longer than a search: it can be done beforehand, on another thread ([`prepare`]).

use std::cmp::Ordering;
use std::sync::{Arc, PoisonError};

use crate::domain::catalogue::record::Record;
use crate::domain::record_id::is_stable_key;
use crate::domain::reviewed::Reviewed;
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::amount::Currency;
use crate::domain::values::value::is_empty_marker;
use crate::search::index::collation;
use crate::search::index::columns::{Numbers, by_slot};
use crate::search::index::{Index, Slot};
use crate::search::language::query_context::Rates;
use crate::search::language::sort_order::{SortBy, SortDirection, SortKey, SortOrder};
use crate::search::matching::answer::Answer;
use crate::search::matching::condition_matcher::Doubt;
use crate::search::matching::rank::{Hit, Tier};

/// The place of a record whose value is not known; higher than any other.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// In so few records places are found before a search would be missed.
const AT_ONCE: usize = 20_000;

/// What places hang on: the field, and for amounts what other currencies are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SortColumn {
    kind: FieldKind,
    rates: Rates,
}

/// The place of each record by one field; equal values have the same.
#[derive(Debug)]
pub(crate) struct Ranks {
    /// By slot.
    places: Vec<u32>,
    /// Of amounts without a rate, the currency whose amounts are compared.
    compared: Option<Currency>,
}

/// Records that stand last by a key, either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// The key.
    pub key: SortKey,
    /// Why.
    pub why: Doubt,
    /// How many there are among the hits.
    pub count: usize,
}

/// Whether sorting so need not be prepared first.
#[must_use]
pub fn is_prepared(index: &Index, order: &SortOrder, rates: Rates) -> bool {
    index.len() <= AT_ONCE || columns(order, rates).all(|column| index.ranks_at_hand(column).is_some())
}

/// Finds the places that an order needs. Takes a second or two for a million texts.
pub fn prepare(index: &Index, order: &SortOrder, rates: Rates) {
    columns(order, rates).for_each(|column| drop(index.ranks(column)));
}

fn columns(order: &SortOrder, rates: Rates) -> impl Iterator<Item = SortColumn> {
    order.keys().iter().filter_map(move |by| SortColumn::of(by.key, rates))
}

/// The same answer, its hits in an order. Whole ids stay above, what is similar stays as it is.
#[must_use]
pub fn sorted(index: &Index, answer: &Answer, order: &SortOrder) -> Answer {
    let rates = answer.query.basis.rates;
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

/// What hits are compared by: less stands above.
enum SortValue {
    /// By the place in the answer.
    Relevance(Vec<u32>),
    Ranks(Arc<Ranks>, SortDirection),
}

impl SortValue {
    fn new(index: &Index, answer: &Answer, by: SortBy, rates: Rates) -> Self {
        match SortColumn::of(by.key, rates) {
            None if by.key == SortKey::LastReviewed => {
                Self::Ranks(Arc::new(last_reviewed(index, &answer.query.basis.reviewed)), by.direction)
            }
            None => Self::Relevance(relevance(&answer.hits)),
            Some(column) => Self::Ranks(index.ranks(column), by.direction),
        }
    }

    /// Of the hit at a place in the answer.
    fn of(&self, index: &Index, answer: &Answer, at: u32) -> u32 {
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

/// How well hits answer, as numbers: those that nothing tells apart but their ids have the same.
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

/// Sorts some places of the answer; what no key tells apart stays as it is.
fn sort(index: &Index, answer: &Answer, part: Vec<u32>, keys: &[SortValue]) -> Vec<u32> {
    let Some((first, further)) = keys.split_first() else { return part };
    // The key before the place, in one number: this compares fastest.
    let mut items: Vec<u64> =
        part.into_iter().map(|at| u64::from(first.of(index, answer, at)) << 32 | u64::from(at)).collect();
    items.sort_unstable();
    let at = |item: u64| u32::try_from(item & u64::from(u32::MAX)).unwrap_or(UNKNOWN);
    if !further.is_empty() {
        let compare = |one: &u64, other: &u64| {
            let by =
                |key: &SortValue| key.of(index, answer, at(*one)).cmp(&key.of(index, answer, at(*other)));
            further.iter().map(by).find(|found| found.is_ne()).unwrap_or(Ordering::Equal)
        };
        for same in items.chunk_by_mut(|one, other| one >> 32 == other >> 32) {
            same.sort_by(compare);
        }
    }
    items.into_iter().map(at).collect()
}

/// When anything was last said of each record. Found anew for each sort: what is said changes all the time.
fn last_reviewed(index: &Index, reviewed: &Reviewed) -> Ranks {
    let last = |slot| reviewed.get(index.row(slot)).and_then(|said| said.last).map(i128::from);
    Ranks { places: of_numbers(index.len(), last), compared: None }
}

/// How many hits have no place by a key, and why.
fn last(index: &Index, answer: &Answer, key: SortKey, rates: Rates) -> Vec<Last> {
    if key == SortKey::LastReviewed {
        let reviewed = &answer.query.basis.reviewed;
        let never = |hit: &&Hit| reviewed.get(hit.row).and_then(|said| said.last).is_none();
        let count = answer.hits.iter().filter(never).count();
        return (count > 0).then_some(Last { key, why: Doubt::Missing, count }).into_iter().collect();
    }
    let Some(column) = SortColumn::of(key, rates) else { return Vec::new() };
    let ranks = index.ranks(column);
    let slots = answer.hits.iter().filter_map(|hit| index.slot(hit.row));
    let without = slots.filter(|slot| ranks.place(*slot) == UNKNOWN);
    let amounts = (column.kind.spec().value == ValueType::Amount).then(|| index.numbers(column.kind));
    let (mut missing, mut other) = (0, 0);
    for slot in without {
        match amounts.as_ref().and_then(|amounts| amounts.get(slot)) {
            None => missing += 1,
            Some(_) => other += 1,
        }
    }
    let not_compared = match ranks.compared {
        Some(Currency::Eur) => Currency::Sek,
        _ => Currency::Eur,
    };
    [(Doubt::Currency(not_compared), other), (Doubt::Missing, missing)]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(why, count)| Last { key, why, count })
        .collect()
}

impl SortColumn {
    fn of(key: SortKey, rates: Rates) -> Option<Self> {
        let SortKey::Field(kind) = key else { return None };
        let is_amount = kind.spec().value == ValueType::Amount;
        Some(Self { kind, rates: if is_amount { rates } else { Rates::default() } })
    }
}

impl Ranks {
    fn place(&self, slot: Slot) -> u32 {
        self.places.get(slot).copied().unwrap_or(UNKNOWN)
    }

    fn of(index: &Index, column: SortColumn) -> Self {
        let kind = column.kind;
        let plain = |places| Self { places, compared: None };
        match kind.spec().value {
            _ if kind == FieldKind::Diarienummer => plain(ids(index)),
            ValueType::Amount => amounts(&index.numbers(kind), index.len(), column.rates),
            ValueType::Date | ValueType::Count | ValueType::Percent => {
                let numbers = index.numbers(kind);
                plain(of_numbers(index.len(), |slot| numbers.get(slot).map(i128::from)))
            }
            _ => {
                let texts = by_slot(index, |slot| index.record(slot).and_then(|record| text(record, kind)));
                plain(collation::places(&texts, index.threads()))
            }
        }
    }
}

impl Index {
    fn ranks_at_hand(&self, column: SortColumn) -> Option<Arc<Ranks>> {
        let known = self.columns().ranks.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|(of, _)| *of == column).map(|(_, ranks)| Arc::clone(ranks))
    }

    fn ranks(&self, column: SortColumn) -> Arc<Ranks> {
        if let Some(ranks) = self.ranks_at_hand(column) {
            return ranks;
        }
        // Nobody waits for the lock meanwhile; two that find the same places find them alike.
        let ranks = Arc::new(Ranks::of(self, column));
        self.columns()
            .ranks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((column, Arc::clone(&ranks)));
        ranks
    }
}

fn text(record: Record<'_>, kind: FieldKind) -> Option<&str> {
    match kind {
        FieldKind::Name => Some(record.name()).filter(|name| !is_empty_marker(name)),
        kind => record.raw(kind),
    }
}

/// Records lie in the order of their ids. The keys of those that have none say nothing.
fn ids(index: &Index) -> Vec<u32> {
    let place =
        |slot| if is_stable_key(index.id(slot)) { UNKNOWN } else { u32::try_from(slot).unwrap_or(UNKNOWN) };
    (0..index.len()).map(place).collect()
}

/// With a rate all amounts are compared; without one those in kronor, or in euros where there are no others.
fn amounts(numbers: &Numbers, count: usize, rates: Rates) -> Ranks {
    let any =
        |currency| (0..count).any(|slot| numbers.get(slot).is_some() && numbers.currency(slot) == currency);
    let compared = if !rates.is_empty() {
        None
    } else if any(Currency::Sek) {
        Some(Currency::Sek)
    } else {
        Some(Currency::Eur)
    };
    let value = |slot: Slot| {
        let (minor, currency) = (numbers.get(slot)?, numbers.currency(slot));
        match compared {
            None => rates.in_sek(minor, currency),
            Some(compared) => (compared == currency).then_some(i128::from(minor)),
        }
    };
    Ranks { places: of_numbers(count, value), compared }
}

/// The place of each number among all.
fn of_numbers(count: usize, value: impl Fn(Slot) -> Option<i128>) -> Vec<u32> {
    let mut known: Vec<(i128, Slot)> = (0..count).filter_map(|slot| Some((value(slot)?, slot))).collect();
    known.sort_unstable();
    let mut places = vec![UNKNOWN; count];
    let mut place = 0;
    let mut before = None;
    for (value, slot) in known {
        place += u32::from(before.is_some_and(|before| before != value));
        before = Some(value);
        places[slot] = place;
    }
    places
}
