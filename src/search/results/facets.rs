//! Facets: the values of a field among the matches of a query, with their number of records.
//!
//! Each facet is counted as if the query did not filter by its field, so that its other values remain available.

use hashbrown::HashMap;

use super::groups::{GroupValue, Groups};
use crate::domain::schema::FieldKind;
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::field::QueryField;
use crate::search::language::filter_edit::{Filtered, filtered};
use crate::search::language::filter_field::FilterField;
use crate::search::language::query::Query;
use crate::search::matching::answer::Answer;
use crate::search::search;

/// The fields with facets, in display order.
pub const FACETS: &[FilterField] = &[
    FilterField::Field(QueryField::Known(FieldKind::Region)),
    FilterField::Field(QueryField::Known(FieldKind::Priority)),
    FilterField::Field(QueryField::Known(FieldKind::SpecificObjective)),
    FilterField::Field(QueryField::Known(FieldKind::Fund)),
    FilterField::Field(QueryField::Known(FieldKind::InterventionField)),
    FilterField::State,
    FilterField::StartYear,
    FilterField::Field(QueryField::Known(FieldKind::Beneficiary)),
    FilterField::Review,
];

/// The values of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The field.
    pub field: FilterField,
    /// Its values, most frequent first; years in descending order.
    pub values: Vec<FacetValue>,
    /// Number of records without a value.
    pub without: usize,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value.
    pub value: GroupValue,
    /// Number of records with the value.
    pub count: usize,
    /// The filter of the query for this value, if there is one.
    pub filtered: Option<Filtered>,
}

/// Counts the values of some facets under a query. `None`: `stop` said so.
///
/// `answer` is the query's own, if it is at hand.
pub fn count(
    index: &Index,
    query: &Query,
    answer: Option<&Answer>,
    fields: &[FilterField],
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<FacetCounts>> {
    let all = match answer {
        Some(answer) => slots(index, answer),
        None => slots(index, &hits(index, query, stop)?),
    };
    let mut counted = Vec::new();
    let is_at_hand =
        |field: &&FilterField| **field != FilterField::Review || query.context.reviewed.is_open();
    for field in fields.iter().filter(is_at_hand) {
        if stop() {
            return None;
        }
        let others = query.without(*field);
        let own = match others {
            Some(others) => Some(slots(index, &hits(index, &others, stop)?)),
            None => None,
        };
        counted.push(count_one(index, query, *field, own.as_deref().unwrap_or(&all)));
    }
    Some(counted)
}

/// The hits of a query, without similar records.
fn hits(index: &Index, query: &Query, stop: &(dyn Fn() -> bool + Sync)) -> Option<Answer> {
    // The hits are final when they are published; the rest is not needed.
    let settled = std::sync::atomic::AtomicBool::new(false);
    let enough = || stop() || settled.load(std::sync::atomic::Ordering::Relaxed);
    let mut first = None;
    let whole = search(index, query, None, &enough, &mut |answer| {
        first = Some(answer);
        settled.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    first.or(whole)
}

fn slots(index: &Index, answer: &Answer) -> Vec<Slot> {
    let inside = answer.hits.iter().filter(|hit| !hit.is_outside_the_filter());
    inside.filter_map(|hit| index.slot(hit.row)).collect()
}

fn count_one(index: &Index, query: &Query, field: FilterField, slots: &[Slot]) -> FacetCounts {
    let groups = Groups::new(index, field, &query.context);
    let mut counts: HashMap<u32, usize> = HashMap::new();
    let mut without = 0;
    for slot in slots {
        let mut is_in_any = false;
        groups.for_each(*slot, &mut |number| {
            is_in_any = true;
            *counts.entry(number).or_default() += 1;
        });
        without += usize::from(!is_in_any);
    }
    let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
    groups.sort(index, &mut counts, |count| *count);
    let value = |(number, count)| {
        let value = groups.value(number);
        FacetValue { count, filtered: filtered(query, field, &value.text), value }
    };
    FacetCounts { field, values: counts.into_iter().map(value).collect(), without }
}
