//! The executor on the caller's thread: which answers a search gets, and which it no longer gets.

use std::sync::mpsc::{Receiver, channel};

use super::*;
use crate::domain::codes::Codes;
use crate::loading::{Input, LoadPlan};
use crate::search::language::query::Query;
use crate::search::language::sort_order::{SortBy, SortOrder};

/// Number of other records: with more than 20,000 in all, sort ranks are prepared before hits are sorted.
const OTHERS: usize = 20_000;

/// An executor over three records that are not sorted by name and many others, and the events that it sends.
fn executor() -> (Executor, Receiver<Event>) {
    let mut list =
        "Diarienummer;Namn\n23-001-S01;Trygg C\n23-002-S01;Trygg A\n23-003-S01;Trygg B\n".to_owned();
    list.extend((0..OTHERS).map(|at| format!("24-{:03}-S{:02};Annat\n", at % 1_000, at / 1_000)));
    let input = Input::Bytes { name: "lista.csv".to_owned(), bytes: list.as_bytes().into() };
    let privacy = crate::domain::catalogue::Privacy::Protected;
    let plan =
        LoadPlan { inputs: vec![input], encoding: None, delimiter: None, privacy, ..LoadPlan::default() };
    let (events, inbox) = channel();
    let events = EventSender { events, wake: Arc::new(|| ()) };
    let executor =
        Executor::inline(Loading::new(plan, Arc::new(Codes::built_in())), Places::default(), events);
    executor.load();
    let Ok(Event::Loaded { index, .. }) = inbox.recv() else { panic!("records are loaded") };
    executor.set_index(index);
    (executor, inbox)
}

fn search(generation: u64, text: &str, order: &str) -> Effect {
    let keys = order.split(',').filter(|key| !key.is_empty());
    let order = SortOrder::new(keys.map(|key| SortBy::read(key).expect("a sort key")));
    Effect::Search { generation, query: Query::parse(text), order }
}

/// The generation of each answer, with the rows of its hits in their order.
fn answers(inbox: &Receiver<Event>) -> Vec<(u64, Vec<u32>)> {
    let rows = |event| match event {
        Event::Answered { generation, answer } => {
            Some((generation, answer.hits.iter().map(|hit| hit.row.0).collect()))
        }
        _ => None,
    };
    inbox.try_iter().filter_map(rows).collect()
}

fn settle(executor: &mut Executor) {
    while executor.settle() {}
}

#[test]
fn hits_come_by_relevance_until_the_sort_ranks_are_ready() {
    let (mut executor, inbox) = executor();
    executor.perform(search(1, "trygg", "namn"));
    assert!(executor.settle(), "the search");
    assert_eq!(answers(&inbox).pop(), Some((1, vec![0, 1, 2])));
    settle(&mut executor);
    assert_eq!(answers(&inbox), [(1, vec![1, 2, 0])]);
    executor.perform(search(2, "trygg", "namn"));
    assert!(executor.settle() && !executor.settle(), "the ranks are there: one task");
    assert_eq!(answers(&inbox), [(2, vec![1, 2, 0])]);
}

#[test]
fn a_newer_search_replaces_one_that_has_not_begun() {
    let (mut executor, inbox) = executor();
    executor.perform(search(1, "trygg", ""));
    executor.perform(search(2, "001", ""));
    settle(&mut executor);
    assert_eq!(answers(&inbox).into_iter().map(|(generation, _)| generation).min(), Some(2));
}

#[test]
fn an_outdated_answer_is_not_sorted() {
    let (mut executor, inbox) = executor();
    executor.perform(search(1, "trygg", "namn"));
    assert!(executor.settle() && executor.settle(), "the search and the ranks");
    drop(answers(&inbox));
    executor.perform(search(2, "zzz", ""));
    settle(&mut executor);
    assert!(answers(&inbox).iter().all(|(generation, _)| *generation == 2));
}

#[test]
fn facets_are_counted_for_the_newest_search_only() {
    let (mut executor, inbox) = executor();
    let query = Query::parse("trygg");
    let counted = |inbox: &Receiver<Event>| {
        inbox.try_iter().filter(|event| matches!(event, Event::FacetsCounted { .. })).count()
    };
    executor.perform(search(1, "trygg", ""));
    executor.perform(Effect::CountFacets { generation: 1, query: query.clone() });
    settle(&mut executor);
    assert_eq!(counted(&inbox), 1);
    executor.perform(Effect::CountFacets { generation: 1, query });
    executor.perform(search(2, "001", ""));
    settle(&mut executor);
    assert_eq!(counted(&inbox), 0, "the first search is no longer the newest");
}
