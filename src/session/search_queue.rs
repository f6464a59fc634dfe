//! Searches that have been asked for, newest first: the hand-over between a session and the threads that search.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::search::index::Index;
use crate::search::language::query::Query;
use crate::search::language::sort_order::SortOrder;
use crate::search::results::sorting;

/// A search for the rows that a query finds, in an order.
#[derive(Clone)]
pub(super) struct SearchRequest {
    /// Number of the search; a later one is higher.
    pub(super) generation: u64,
    /// The query.
    pub(super) query: Query,
    /// The order of the hits.
    pub(super) order: SortOrder,
}

impl SearchRequest {
    /// Returns `true` if hits can be sorted at once, because the index holds the sort ranks already.
    pub(super) fn is_prepared(&self, index: &Index) -> bool {
        sorting::is_prepared(index, &self.order, self.query.context().rates)
    }
}

/// One piece of work for the searching thread.
pub(super) enum SearchTask {
    /// Search.
    Search(SearchRequest),
    /// Sort the newest answer, whose sort ranks have been prepared meanwhile.
    Sort,
    /// Count the facets under the query of this search.
    CountFacets(u64, Query),
    /// Complete the word at a byte offset of the query of this search.
    Complete(u64, Query, usize),
}

/// Sort ranks to be computed for a search.
pub(super) struct RankTask {
    index: Arc<Index>,
    request: SearchRequest,
}

impl RankTask {
    /// Computes the sort ranks, which stay in the index.
    pub(super) fn perform(&self) {
        sorting::prepare(&self.index, &self.request.order, self.request.query.context().rates);
    }
}

/// Holds at most one task of each kind: a newer one replaces it.
#[derive(Default)]
pub(super) struct SearchQueue {
    /// Number of the newest search; older ones stop when they see it.
    newest: AtomicU64,
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    index: Option<Arc<Index>>,
    search: Option<SearchRequest>,
    ranks: Option<RankTask>,
    ranks_are_ready: bool,
    facets: Option<(u64, Query)>,
    completion: Option<(u64, Query, usize)>,
    is_closed: bool,
}

impl Waiting {
    /// The next task: a search before the answers that depend on it.
    fn take(&mut self) -> Option<(Arc<Index>, SearchTask)> {
        let index = self.index.clone()?;
        let task = if let Some(request) = self.search.take() {
            SearchTask::Search(request)
        } else if std::mem::take(&mut self.ranks_are_ready) {
            SearchTask::Sort
        } else if let Some((generation, query, cursor)) = self.completion.take() {
            SearchTask::Complete(generation, query, cursor)
        } else {
            let (generation, query) = self.facets.take()?;
            SearchTask::CountFacets(generation, query)
        };
        Some((index, task))
    }
}

impl SearchQueue {
    /// Replaces the records: later tasks search in these.
    pub(super) fn set_index(&self, index: Arc<Index>) {
        self.change(|waiting| waiting.index = Some(index));
    }

    /// Asks for a search and stops the one before.
    pub(super) fn search(&self, request: SearchRequest) {
        self.newest.store(request.generation, Ordering::Relaxed);
        self.change(|waiting| waiting.search = Some(request));
    }

    /// Asks for the facets under the query of a search.
    pub(super) fn count_facets(&self, generation: u64, query: Query) {
        self.change(|waiting| waiting.facets = Some((generation, query)));
    }

    /// Asks for completions of the word at a byte offset of a query.
    pub(super) fn complete(&self, generation: u64, query: Query, cursor: usize) {
        self.change(|waiting| waiting.completion = Some((generation, query, cursor)));
    }

    /// Asks for the sort ranks that a search needs.
    pub(super) fn prepare(&self, index: &Arc<Index>, request: &SearchRequest) {
        let task = RankTask { index: index.clone(), request: request.clone() };
        self.change(|waiting| waiting.ranks = Some(task));
    }

    /// Records that sort ranks have been computed: an answer may be waiting for them.
    pub(super) fn ranks_ready(&self) {
        self.change(|waiting| waiting.ranks_are_ready = true);
    }

    /// Returns `true` if no newer search than this one has been asked for.
    pub(super) fn is_newest(&self, generation: u64) -> bool {
        self.newest.load(Ordering::Relaxed) == generation
    }

    /// Ends all waits and stops the search that is running.
    pub(super) fn close(&self) {
        self.newest.store(u64::MAX, Ordering::Relaxed);
        self.change(|waiting| waiting.is_closed = true);
    }

    /// Returns the next task for the searching thread, if one is waiting.
    pub(super) fn try_next(&self) -> Option<(Arc<Index>, SearchTask)> {
        self.waiting().take()
    }

    /// Returns the next sort ranks to compute, if any are waiting.
    pub(super) fn try_next_ranks(&self) -> Option<RankTask> {
        self.waiting().ranks.take()
    }

    /// Waits for the next task; returns `None` once the queue is closed.
    pub(super) fn next(&self) -> Option<(Arc<Index>, SearchTask)> {
        self.wait_for(Waiting::take)
    }

    /// Waits for the next sort ranks to compute; returns `None` once the queue is closed.
    pub(super) fn next_ranks(&self) -> Option<RankTask> {
        self.wait_for(|waiting| waiting.ranks.take())
    }

    fn wait_for<T>(&self, mut take: impl FnMut(&mut Waiting) -> Option<T>) -> Option<T> {
        let mut waiting = self.waiting();
        loop {
            if waiting.is_closed {
                return None;
            }
            if let Some(task) = take(&mut waiting) {
                return Some(task);
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Waiting)) {
        change(&mut self.waiting());
        self.changed.notify_all();
    }
}
