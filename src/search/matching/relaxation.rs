//! Results of fewer terms, if all of them together match nothing.

use super::answer::NothingFound;
use super::evaluator::Evaluator;
use super::query_plan::QueryPlan;
use crate::search::index::Index;
use crate::search::language::query::{Node, Query};
use crate::search::parallel::Workers;

/// Counts, in one pass over all records, what each clause finds alone and what all but one find together.
pub(crate) fn explain(
    index: &Index,
    query: &Query,
    plan: &QueryPlan,
    workers: Workers<'_>,
) -> Option<NothingFound> {
    let clauses = query.clauses.len();
    let found: Vec<u64> = workers.collect(
        index.len(),
        || Evaluator::new(index, plan),
        |evaluator, slots, found| {
            evaluator.read_chunk(&slots);
            for slot in slots {
                let has = |clause| u64::from(evaluator.has_clause(clause, slot)) << clause;
                // A query has fewer terms than this word has bits.
                let mask = (0..clauses).map(has).sum();
                if mask != 0 {
                    found.push(mask);
                }
            }
        },
    )?;
    let text = |clause: usize| {
        let span = query.clauses.get(clause).map(|clause| clause.span.clone());
        span.and_then(|span| query.text().get(span)).unwrap_or_default()
    };
    let alone = (0..clauses).map(|clause| {
        let count = found.iter().filter(|mask| *mask >> clause & 1 == 1).count();
        (text(clause).to_owned(), count)
    });
    let mut fewer = Vec::new();
    if clauses > 2 {
        for left_out in 0..clauses {
            let others = ((1_u64 << clauses) - 1) & !(1 << left_out);
            let count = found.iter().filter(|mask| **mask & others == others).count();
            if count > 0 {
                let kept: Vec<&str> = (0..clauses).filter(|clause| *clause != left_out).map(text).collect();
                fewer.push((kept.join(" "), count));
            }
        }
        fewer.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    fewer.extend(alone);
    let is_filter = |node: &Node| match node {
        Node::Condition(_) => true,
        Node::Not(inner) => matches!(**inner, Node::Condition(_)),
        _ => false,
    };
    let words = query.clauses.iter().enumerate().filter(|(_, clause)| !is_filter(&clause.node));
    let words: u64 = words.map(|(at, _)| 1 << at).sum();
    let has_filters = query.clauses.iter().any(|clause| is_filter(&clause.node));
    let without_filters = (has_filters && words != 0)
        .then(|| found.iter().filter(|mask| **mask & words == words).count())
        .filter(|count| *count > 0);
    Some(NothingFound { fewer, without_filters })
}
