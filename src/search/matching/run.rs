//! Runs a search over all records on several threads: first tiers 1 to 5, then similar records.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::catalogue::{Catalogue, Privacy, Row};

use super::answer::{Answer, PastedIds};
use super::evaluator::Evaluator;
use super::query_plan::QueryPlan;
use super::rank::{Hit, Rank, Tier};
use super::{
    added_words, closeness, description_order, fuzzy, incremental, like_order, relaxation, undecided,
};
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::query::Query;
use crate::search::language::sort_order::SortOrder;
use crate::search::parallel::Workers;

/// Similar records are searched only if there are fewer hits than this: nobody scrolls further.
const ENOUGH: usize = 100;

/// Searches. `publish` receives the hits as soon as they are final, if similar records or relaxation take longer; the
/// return value is the whole answer, or `None` if `stop` returned `true`.
///
/// `previous` speeds up a query that extends the previous one; an unsuitable answer is ignored.
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
        undecided: Vec::new(),
        order: SortOrder::default(),
        last: Vec::new(),
        added: Vec::new(),
        likeness: Vec::new(),
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
    let plan = QueryPlan::new(index, query);
    let workers = Workers::new(threads, stop);
    let narrowed = previous.filter(|previous| incremental::is_worth_it(index, previous));
    let narrowed =
        narrowed.and_then(|previous| incremental::candidates(index, previous, query, plan.whole_ids()));
    answer.hits = match narrowed {
        Some(candidates) => {
            by_rank(index, rank_candidates(index, &plan, &candidates, workers)?.iter().copied())
        }
        None => {
            let judged = rank_all(index, &plan, workers)?;
            by_rank(
                index,
                judged.iter().enumerate().filter_map(|(slot, judged)| Some((slot, judged.rank()?))),
            )
        }
    };
    closeness::order(index, query, &mut answer);
    like_order::order(index, &plan, &mut answer);
    answer.undecided = undecided::count(index, &plan, workers)?;
    if description_order::takes_long(&answer) {
        publish(Answer { complete: false, ..answer.clone() });
    }
    description_order::order(index, query, &plan, &mut answer, workers)?;
    answer.added = added_words::count(index, &plan, &answer.hits, workers)?;
    let wants_similar = answer.hits.len() < ENOUGH && fuzzy::is_possible(&plan);
    let wants_reasons = answer.hits.is_empty() && query.clauses.len() > 1;
    if !wants_similar && !wants_reasons {
        return Some(answer);
    }
    publish(Answer { complete: false, ..answer.clone() });
    if wants_similar {
        let mut known: Vec<Slot> = answer.hits.iter().filter_map(|hit| index.slot(hit.row)).collect();
        known.sort_unstable();
        let similar = fuzzy::find(index, &plan, &known, workers)?;
        answer.similar = in_order(index, similar.into_iter());
    }
    if wants_reasons {
        answer.nothing = Some(relaxation::explain(index, query, &plan, workers)?);
    }
    Some(answer)
}

/// The ids of all records that a query finds.
#[must_use]
pub fn found_ids(catalogue: &Arc<Catalogue>, query: &Query) -> HashSet<String> {
    let index = Index::as_needed(catalogue.clone());
    let answer = search(&index, query, None, &|| false, &mut |_| ());
    let hits = answer.into_iter().flat_map(|answer| answer.hits);
    hits.filter_map(|hit| Some(catalogue.record(hit.row)?.id().to_owned())).collect()
}

/// Tells of an id whether a query finds its record. An empty one finds all, which nothing has to be searched for.
pub fn finds(catalogue: &Arc<Catalogue>, query: &Query) -> impl Fn(&str) -> bool + use<> {
    let found = (!query.is_empty()).then(|| found_ids(catalogue, query));
    move |id| found.as_ref().is_none_or(|found| found.contains(id))
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

/// Sorts by rank, then id. The input is ordered by id. There are few ranks and, for the first letters of a query, as
/// many matches as records, so each is put directly into its place.
fn by_rank(index: &Index, found: impl Iterator<Item = (Slot, Rank)> + Clone) -> Vec<Hit> {
    let mut next = [0_usize; Rank::COUNT];
    for (_, rank) in found.clone() {
        next[rank.number()] += 1;
    }
    let mut before = 0;
    for place in &mut next {
        before += std::mem::replace(place, before);
    }
    let mut hits = vec![Hit { row: Row(0), tier: Tier::Listed, order: 0, score: 0 }; before];
    for (slot, rank) in found {
        let place = &mut next[rank.number()];
        hits[*place] = hit(index, slot, rank, 0);
        *place += 1;
    }
    hits
}

/// Sorts by rank, score, id. The input is ordered by id, and the sort is stable.
fn in_order(index: &Index, found: impl Iterator<Item = (Slot, Rank, i64)>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = found.map(|(slot, rank, score)| hit(index, slot, rank, score)).collect();
    hits.sort_by_key(|hit| (hit.tier, std::cmp::Reverse(hit.score), hit.order));
    hits
}

/// Result for one record.
#[derive(Clone, Copy, Debug)]
enum Judged {
    Out,
    In(Rank),
    /// Its description decides.
    Unread,
}

impl Judged {
    const fn rank(self) -> Option<Rank> {
        match self {
            Self::In(rank) => Some(rank),
            Self::Out | Self::Unread => None,
        }
    }
}

/// Ranks all records: first by the indexed texts, then by the descriptions that decide. Descriptions are read in memory
/// order, which differs from the order of ids.
fn rank_all(index: &Index, plan: &QueryPlan, workers: Workers<'_>) -> Option<Vec<Judged>> {
    let mut judged = workers.collect(
        index.len(),
        || Evaluator::deferring(index, plan),
        |evaluator, slots, judged| {
            evaluator.read_chunk(&slots);
            judged.extend(slots.map(|slot| match evaluator.rank(slot) {
                _ if evaluator.take_deferred() => Judged::Unread,
                Some(rank) => Judged::In(rank),
                None => Judged::Out,
            }));
        },
    )?;
    if judged.iter().any(|judged| matches!(judged, Judged::Unread)) {
        let as_they_lie =
            (0..u32::try_from(index.len()).unwrap_or(u32::MAX)).filter_map(|row| index.slot(Row(row)));
        let is_unread = |slot: &Slot| matches!(judged.get(*slot), Some(Judged::Unread));
        let unread: Vec<Slot> = as_they_lie.filter(is_unread).collect();
        for (slot, rank) in rank_candidates(index, plan, &unread, workers)? {
            judged[slot] = Judged::In(rank);
        }
    }
    Some(judged)
}

fn rank_candidates(
    index: &Index,
    plan: &QueryPlan,
    candidates: &[Slot],
    workers: Workers<'_>,
) -> Option<Vec<(Slot, Rank)>> {
    workers.collect(
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
