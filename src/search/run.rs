//! Runs a search over all records: tiers 1 to 5 first, then what is similar, on several threads.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::domain::catalogue::Privacy;

use super::answer::{Answer, PastedIds};
use super::evaluate::Evaluator;
use super::index::{Index, Slot};
use super::order::Order;
use super::plan::Plan;
use super::query::Query;
use super::rank::{Hit, Rank};
use super::{doubts, narrow, nothing, similar};

/// Similar records are looked for only while fewer than this many have been found: nobody scrolls further.
const ENOUGH: usize = 100;

/// How many records a worker takes at a time, and after how many it asks whether to stop.
const CHUNK: usize = 512;

/// Searches. The hits are handed to `publish` as soon as they are settled, where similar records or what fewer
/// terms find take longer; what is returned is the whole answer. `None`: `stop` said so.
///
/// `previous` makes a query faster that only goes on where the previous one ended; an answer that is of no use
/// is ignored.
pub fn search(
    index: &Index,
    query: &Query,
    previous: Option<&Answer>,
    stop: &(dyn Fn() -> bool + Sync),
    publish: &mut dyn FnMut(Answer),
) -> Option<Answer> {
    search_on(index.threads(), index, query, previous, stop, publish)
}

/// The same on a given number of threads, which does not change the answer.
pub fn search_on(
    threads: usize,
    index: &Index,
    query: &Query,
    previous: Option<&Answer>,
    stop: &(dyn Fn() -> bool + Sync),
    publish: &mut dyn FnMut(Answer),
) -> Option<Answer> {
    let mut answer = Answer {
        query: query.clone(),
        hits: Vec::new(),
        similar: Vec::new(),
        complete: true,
        ids: None,
        nothing: None,
        doubts: Vec::new(),
        order: Order::default(),
        last: Vec::new(),
        catalogue: Arc::downgrade(index.catalogue()),
    };
    if query.is_personal && index.catalogue().privacy() == Privacy::Protected {
        return Some(answer);
    }
    if !query.pasted.is_empty() {
        pasted(index, query, &mut answer);
        return Some(answer);
    }
    if query.is_empty() {
        answer.hits = (0..index.len()).map(|slot| hit(index, slot, Rank::LISTED, 0)).collect();
        return Some(answer);
    }
    let plan = Plan::new(index, query);
    let workers = Workers { threads, stop };
    let found = match previous.and_then(|previous| narrow::candidates(index, previous, query)) {
        Some(mut candidates) => {
            candidates.extend(plan.whole_ids());
            candidates.sort_unstable();
            candidates.dedup();
            some(index, &plan, &candidates, workers)?
        }
        None => every(index, &plan, workers)?,
    };
    answer.hits = in_order(index, found.iter().map(|(slot, rank)| (*slot, *rank, 0)));
    answer.doubts = doubts::count(index, &plan, workers)?;
    let wants_similar = found.len() < ENOUGH && similar::is_possible(&plan);
    let wants_reasons = found.is_empty() && query.clauses.len() > 1;
    if !wants_similar && !wants_reasons {
        return Some(answer);
    }
    publish(Answer { complete: false, ..answer.clone() });
    if wants_similar {
        let known: Vec<Slot> = found.iter().map(|(slot, _)| *slot).collect();
        let similar = similar::find(index, &plan, &known, workers)?;
        answer.similar = in_order(index, similar.into_iter());
    }
    if wants_reasons {
        answer.nothing = Some(nothing::explain(index, query, &plan, workers)?);
    }
    Some(answer)
}

fn pasted(index: &Index, query: &Query, answer: &mut Answer) {
    let mut slots = Vec::new();
    let mut missing = Vec::new();
    for id in &query.pasted {
        match index.slot_of_id(id) {
            Some(slot) => slots.push(slot),
            None => missing.push(id.clone()),
        }
    }
    slots.sort_unstable();
    answer.hits = slots.iter().map(|slot| hit(index, *slot, Rank::WHOLE_ID, 0)).collect();
    answer.ids = Some(PastedIds { asked: query.pasted.len(), found: slots.len(), missing });
}

fn hit(index: &Index, slot: Slot, rank: Rank, score: i64) -> Hit {
    Hit { row: index.row(slot), tier: rank.tier, order: rank.order, score }
}

/// Rank, score, id. What comes in stands in the order of ids, and the sort is stable.
fn in_order(index: &Index, found: impl Iterator<Item = (Slot, Rank, i64)>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = found.map(|(slot, rank, score)| hit(index, slot, rank, score)).collect();
    hits.sort_by_key(|hit| (hit.tier, std::cmp::Reverse(hit.score), hit.order));
    hits
}

fn every(index: &Index, plan: &Plan, workers: Workers<'_>) -> Option<Vec<(Slot, Rank)>> {
    workers.chunks(
        index.len(),
        || Evaluator::new(index, plan),
        |evaluator, slots, found| {
            evaluator.read_chunk(&slots);
            found.extend(slots.filter_map(|slot| Some((slot, evaluator.rank(slot)?))));
        },
    )
}

fn some(index: &Index, plan: &Plan, candidates: &[Slot], workers: Workers<'_>) -> Option<Vec<(Slot, Rank)>> {
    workers.chunks(
        candidates.len(),
        || Evaluator::new(index, plan),
        |evaluator, range, found| {
            for slot in candidates.get(range).unwrap_or_default() {
                evaluator.read_one(*slot);
                found.extend(evaluator.rank(*slot).map(|rank| (*slot, rank)));
            }
        },
    )
}

/// How work is shared out.
#[derive(Clone, Copy)]
pub(super) struct Workers<'a> {
    threads: usize,
    stop: &'a (dyn Fn() -> bool + Sync),
}

impl Workers<'_> {
    /// Does `work` on all chunks of `0..count`, each thread with a worker of its own, and puts the results in
    /// the order of the chunks, so that the number of threads makes no difference. `None`: stopped.
    ///
    /// Threads of the standard library, started for each search: a pool would be kept for nothing else.
    pub(super) fn chunks<W, T: Send>(
        self,
        count: usize,
        worker: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, Range<usize>, &mut Vec<T>) + Sync,
    ) -> Option<Vec<T>> {
        let next = AtomicUsize::new(0);
        let chunks = count.div_ceil(CHUNK);
        let run = || -> Option<Vec<(usize, Vec<T>)>> {
            let mut worker = worker();
            let mut done = Vec::new();
            loop {
                let chunk = next.fetch_add(1, Ordering::Relaxed);
                if chunk >= chunks {
                    return Some(done);
                }
                if (self.stop)() {
                    return None;
                }
                let mut found = Vec::new();
                work(&mut worker, chunk * CHUNK..((chunk + 1) * CHUNK).min(count), &mut found);
                done.push((chunk, found));
            }
        };
        // A thread that finds nothing left to do costs more than it helps.
        let helpers = self.threads.min(chunks.div_ceil(2)).saturating_sub(1);
        let mut done = std::thread::scope(|scope| {
            let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(run)).collect();
            let mut done = run();
            for helper in helpers {
                let part = match helper.join() {
                    Ok(part) => part,
                    Err(panic) => std::panic::resume_unwind(panic),
                };
                done = done.zip(part).map(|(mut done, part)| {
                    done.extend(part);
                    done
                });
            }
            done
        })?;
        done.sort_unstable_by_key(|(chunk, _)| *chunk);
        Some(done.into_iter().flat_map(|(_, found)| found).collect())
    }
}
