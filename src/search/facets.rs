//! Facets: the values of a field among what a query finds, with how many records have each.
//!
//! Each facet is counted as if the query did not filter by it, so that the other values stay in sight.

use hashbrown::HashMap;

use super::answer::Answer;
use super::condition::Standing;
use super::edit::{FilterField, Filtered, filtered};
use super::field::QueryField;
use super::index::{Index, Slot};
use super::interval::day_number;
use super::query::Query;
use super::search;
use crate::domain::date::Date;
use crate::domain::period::Period;
use crate::domain::schema::FieldKind;
use crate::domain::state::State;

/// A facet: what it filters by.
pub const FACETS: &[FilterField] = &[
    FilterField::Field(QueryField::Known(FieldKind::Region)),
    FilterField::Field(QueryField::Known(FieldKind::Priority)),
    FilterField::Field(QueryField::Known(FieldKind::SpecificObjective)),
    FilterField::Field(QueryField::Known(FieldKind::Fund)),
    FilterField::Field(QueryField::Known(FieldKind::InterventionField)),
    FilterField::State,
    FilterField::StartYear,
    FilterField::Field(QueryField::Known(FieldKind::Beneficiary)),
];

/// The values of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// What it filters by.
    pub field: FilterField,
    /// Its values, those of most records first; years from the newest.
    pub values: Vec<FacetValue>,
    /// How many of the records have no value.
    pub without: usize,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// As it is shown and typed; of a state, its Swedish name.
    pub text: String,
    /// The state, where it is one.
    pub state: Option<Standing>,
    /// The periods in which records have it, on which the meaning of a code hangs.
    pub periods: Vec<Period>,
    /// How many records have it.
    pub count: usize,
    /// Whether the query filters by it.
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
    for field in fields {
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

/// What a query finds, without what is similar.
fn hits(index: &Index, query: &Query, stop: &(dyn Fn() -> bool + Sync)) -> Option<Answer> {
    // The hits are settled when they are published; nobody needs the rest.
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
    let (mut values, without) = match field {
        FilterField::Field(field) => shared(index, field, slots),
        FilterField::State => states(index, query.basis.today, slots),
        FilterField::StartYear => years(index, slots),
    };
    for value in &mut values {
        value.filtered = filtered(query, field, &value.text);
    }
    FacetCounts { field, values, without }
}

fn value(text: String, count: usize) -> FacetValue {
    FacetValue { text, state: None, periods: Vec::new(), count, filtered: None }
}

fn shared(index: &Index, field: QueryField, slots: &[Slot]) -> (Vec<FacetValue>, usize) {
    let column = index.shared_values(field);
    let mut counts = vec![0_usize; column.all.len()];
    let mut without = 0;
    for slot in slots {
        let numbers = column.of_slot(*slot);
        without += usize::from(numbers.is_empty());
        for number in numbers {
            if let Some(count) = counts.get_mut(*number as usize) {
                *count += 1;
            }
        }
    }
    let counted = column.all.iter().zip(counts).filter(|(_, count)| *count > 0);
    let mut values: Vec<FacetValue> = counted
        .map(|(shared, count)| FacetValue {
            periods: shared.periods.clone(),
            ..value(shared.text.clone(), count)
        })
        .collect();
    values.sort_by(|one, other| (other.count, &one.text).cmp(&(one.count, &other.text)));
    (values, without)
}

fn states(index: &Index, today: Date, slots: &[Slot]) -> (Vec<FacetValue>, usize) {
    let (start, end) = (index.numbers(FieldKind::StartDate), index.numbers(FieldKind::EndDate));
    let today = day_number(today);
    let mut counts: HashMap<Option<State>, usize> = HashMap::new();
    for slot in slots {
        *counts.entry(State::of(start.get(*slot), end.get(*slot), today)).or_default() += 1;
    }
    let states = [
        (State::Ongoing, Standing::Ongoing),
        (State::Ended, Standing::Ended),
        (State::Upcoming, Standing::Upcoming),
    ];
    let counted =
        states.into_iter().filter_map(|(state, standing)| Some((standing, *counts.get(&Some(state))?)));
    let values = counted.map(|(standing, count)| FacetValue {
        state: Some(standing),
        ..value(standing.names()[0].to_owned(), count)
    });
    (values.collect(), counts.get(&None).copied().unwrap_or_default())
}

fn years(index: &Index, slots: &[Slot]) -> (Vec<FacetValue>, usize) {
    let start = index.numbers(FieldKind::StartDate);
    let mut days: HashMap<Option<i64>, usize> = HashMap::new();
    for slot in slots {
        *days.entry(start.get(*slot)).or_default() += 1;
    }
    let without = days.remove(&None).unwrap_or_default();
    let epoch = jiff::civil::date(1970, 1, 1);
    let mut years: std::collections::BTreeMap<i16, usize> = std::collections::BTreeMap::new();
    for (day, count) in days {
        let date = day.and_then(|day| epoch.checked_add(jiff::Span::new().try_days(day).ok()?).ok());
        if let Some(date) = date {
            *years.entry(date.year()).or_default() += count;
        }
    }
    (years.into_iter().rev().map(|(year, count)| value(format!("{year:04}"), count)).collect(), without)
}
