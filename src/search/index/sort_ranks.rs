//! Sort ranks: the position of each record among all, by one field. Computed once per field and exchange rate.

use std::sync::{Arc, Mutex, PoisonError};

use super::collation;
use super::collation::UNKNOWN;
use super::columns::{Columns, Numbers};
use super::slots::{Slot, Slots};
use std::collections::BTreeMap;

use crate::domain::catalogue::record::Record;
use crate::domain::record_id::is_stable_key;
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::currency::Currency;
use crate::domain::values::value::is_empty_marker;
use crate::search::language::query_context::Rates;
use crate::search::language::sort_order::SortKey;

/// The sort ranks of an index that have been asked for.
#[derive(Debug, Default)]
pub(crate) struct SortRanks(Mutex<Vec<(SortColumn, Arc<Ranks>)>>);

impl SortRanks {
    /// The ranks by a column if they have been computed.
    pub(crate) fn known(&self, column: SortColumn) -> Option<Arc<Ranks>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().find(|(own, _)| *own == column).map(|(_, ranks)| Arc::clone(ranks))
    }

    /// The ranks by a column, computed if need be.
    pub(crate) fn get(&self, slots: &Slots, columns: &Columns, column: SortColumn) -> Arc<Ranks> {
        if let Some(ranks) = self.known(column) {
            return ranks;
        }
        // The lock is not held meanwhile: two threads may compute the same ranks, with the same result.
        let ranks = Arc::new(Ranks::new(slots, columns, column));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((column, Arc::clone(&ranks)));
        ranks
    }
}

/// Identity of ranks: the field, and for amounts the exchange rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SortColumn {
    pub(crate) kind: FieldKind,
    rates: Rates,
}

/// The place of each record by one field; equal values have the same.
#[derive(Debug)]
pub(crate) struct Ranks {
    /// By slot.
    pub(crate) places: Vec<u32>,
}

impl SortColumn {
    pub(crate) fn new(key: SortKey, rates: Rates) -> Option<Self> {
        let SortKey::Field(kind) = key else { return None };
        let is_amount = kind.spec().value == ValueType::Amount;
        Some(Self { kind, rates: if is_amount { rates } else { Rates::default() } })
    }
}

impl Ranks {
    pub(crate) fn place(&self, slot: Slot) -> u32 {
        self.places.get(slot).copied().unwrap_or(UNKNOWN)
    }

    fn new(slots: &Slots, columns: &Columns, column: SortColumn) -> Self {
        let kind = column.kind;
        let plain = |places| Self { places };
        match kind.spec().value {
            _ if kind == FieldKind::Diarienummer => plain(ids(slots)),
            ValueType::Amount => amounts(&columns.numbers(slots, kind), slots.len(), column.rates),
            ValueType::Date | ValueType::Count | ValueType::Percent => {
                let numbers = columns.numbers(slots, kind);
                plain(rank_numbers(slots.len(), |slot| numbers.get(slot).map(i128::from)))
            }
            _ => {
                let texts = slots.map(|slot| slots.record(slot).and_then(|record| text(record, kind)));
                plain(collation::places(&texts, slots.threads()))
            }
        }
    }
}

fn text(record: Record<'_>, kind: FieldKind) -> Option<&str> {
    match kind {
        FieldKind::Name => Some(record.name()).filter(|name| !is_empty_marker(name)),
        kind => record.raw(kind),
    }
}

/// Ranks by id are the slots themselves. Records without an id have no rank.
fn ids(slots: &Slots) -> Vec<u32> {
    let place =
        |slot| if is_stable_key(slots.id(slot)) { UNKNOWN } else { u32::try_from(slot).unwrap_or(UNKNOWN) };
    (0..slots.len()).map(place).collect()
}

/// With a rate all amounts are compared; without one those of the currency that most records have.
fn amounts(numbers: &Numbers, count: usize, rates: Rates) -> Ranks {
    let mut counts: BTreeMap<Option<Currency>, usize> = BTreeMap::new();
    for slot in (0..count).filter(|slot| numbers.get(*slot).is_some()) {
        *counts.entry(numbers.currency(slot)).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(currency, count)| (**count, std::cmp::Reverse(**currency)));
    let most = most.map_or(Some(Currency::SEK), |(currency, _)| *currency);
    let value = |slot: Slot| {
        let (minor, currency) = (numbers.get(slot)?, numbers.currency(slot));
        if rates.is_empty() {
            return (currency == most).then_some(i128::from(minor));
        }
        rates.in_sek(minor, currency)
    };
    Ranks { places: rank_numbers(count, value) }
}

/// The place of each number among all.
pub(crate) fn rank_numbers(count: usize, value: impl Fn(Slot) -> Option<i128>) -> Vec<u32> {
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
