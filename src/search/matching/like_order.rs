//! The order of records by their likeness to the one that a query asks for.

use super::answer::Answer;
use super::condition_matcher::Filter;
use super::likeness::LikeRecord;
use super::query_plan::{PlanStep, QueryPlan};
use crate::domain::catalogue::Row;
use crate::search::index::Index;
use crate::search::index::word_vectors::Alike;

/// Maximum number of shared words that are named.
const MOST_NAMED: usize = 8;

/// Orders the hits by likeness where the query asks for it, and names the shared words.
pub(crate) fn order(index: &Index, plan: &QueryPlan, answer: &mut Answer) {
    let filters = plan.filters.iter().filter_map(|step| match step {
        PlanStep::Condition(at) => plan.conditions.get(*at),
        _ => None,
    });
    let mut likes = filters.filter_map(|filter| match filter {
        Filter::Like { best, .. } => Some(best),
        _ => None,
    });
    let Some(best) = likes.next() else { return };
    let place = |row: Row| {
        let slot = index.slot(row);
        best.iter().position(|alike| Some(alike.slot) == slot).unwrap_or(usize::MAX)
    };
    answer.hits.sort_by_cached_key(|hit| place(hit.row));
    let named = |alike: &Alike| LikeRecord {
        row: index.row(alike.slot),
        words: alike.words.iter().take(MOST_NAMED).map(ToString::to_string).collect(),
    };
    answer.likeness = best.iter().map(named).collect();
}
