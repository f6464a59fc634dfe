//! Counts records that a condition cannot decide: a search for more than 20 million should mention those whose amount
//! is unknown or in another currency.

use super::evaluator::Evaluator;
use super::query_plan::QueryPlan;
use super::truth::UndecidedReason;
use crate::search::index::Index;
use crate::search::parallel::Workers;

/// Number of undecided records by reason. `None` if stopped.
pub(crate) fn count(
    index: &Index,
    plan: &QueryPlan,
    workers: Workers<'_>,
) -> Option<Vec<(UndecidedReason, usize)>> {
    if !plan.may_be_undecided() {
        return Some(Vec::new());
    }
    let reasons: Vec<UndecidedReason> = workers.collect(
        index.len(),
        || Evaluator::new(index, plan),
        |evaluator, slots, found| {
            evaluator.read_chunk(&slots);
            found.extend(slots.filter_map(|slot| evaluator.undecided(slot)));
        },
    )?;
    let mut counted: Vec<(UndecidedReason, usize)> = Vec::new();
    for reason in reasons {
        match counted.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => counted.push((reason, 1)),
        }
    }
    counted.sort_unstable();
    Some(counted)
}
