//! Records that a condition cannot judge, counted: whoever asks for more than 20 million should hear of those whose
//! amount is not known, or in another currency.

use super::condition_matcher::Doubt;
use super::evaluator::Evaluator;
use super::query_plan::QueryPlan;
use super::run::SearchWorkers;
use crate::search::index::Index;

/// How many records cannot be judged, by reason. `None`: stopped.
pub(crate) fn count(
    index: &Index,
    plan: &QueryPlan,
    workers: SearchWorkers<'_>,
) -> Option<Vec<(Doubt, usize)>> {
    if !plan.may_doubt() {
        return Some(Vec::new());
    }
    let doubts: Vec<Doubt> = workers.chunks(
        index.len(),
        || Evaluator::new(index, plan),
        |evaluator, slots, found| {
            evaluator.read_chunk(&slots);
            found.extend(slots.filter_map(|slot| evaluator.doubt(slot)));
        },
    )?;
    let mut counted: Vec<(Doubt, usize)> = Vec::new();
    for doubt in doubts {
        match counted.iter_mut().find(|(known, _)| *known == doubt) {
            Some((_, count)) => *count += 1,
            None => counted.push((doubt, 1)),
        }
    }
    counted.sort_unstable();
    Some(counted)
}
