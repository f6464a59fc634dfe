//! Performs the tasks of a [`SearchQueue`]: searches, sorts, counts facets, completes words.

use std::sync::Arc;

use super::EventSender;
use super::search_queue::{SearchQueue, SearchRequest, SearchTask};
use crate::search::index::Index;
use crate::search::language::query::Query;
use crate::search::matching::answer::Answer;
use crate::search::results::completion::complete;
use crate::search::results::facets::{self, FACETS};
use crate::search::results::sorting;
use crate::search::search;
use crate::ui::event::Event;

/// Performs search tasks one after another, on whatever thread owns it. A newer search stops the one that runs.
pub(super) struct Searcher {
    queue: Arc<SearchQueue>,
    events: EventSender,
    /// The newest whole answer, by relevance: sorting is stable, so ties keep that order.
    previous: Option<Arc<Answer>>,
    /// The search whose answer was sent unsorted, because its sort ranks were not ready.
    unsorted: Option<SearchRequest>,
}

impl Searcher {
    /// A searcher that has not answered anything.
    pub(super) fn new(queue: Arc<SearchQueue>, events: EventSender) -> Self {
        Self { queue, events, previous: None, unsorted: None }
    }

    /// Performs tasks until the queue is closed.
    pub(super) fn run(mut self) {
        while let Some((index, task)) = self.queue.next() {
            self.perform(&index, task);
        }
    }

    /// Performs one task; its answers are sent as events.
    pub(super) fn perform(&mut self, index: &Arc<Index>, task: SearchTask) {
        match task {
            SearchTask::Search(request) => self.search(index, request),
            SearchTask::Sort => self.sort(index),
            SearchTask::CountFacets(generation, query) => self.count_facets(index, generation, &query),
            SearchTask::Complete(generation, query, cursor) => {
                let completions = complete(index, &query, cursor);
                self.events.send(Event::Completed { generation, completions });
            }
        }
    }

    /// Searches, unless the previous answer is to the same query. Hits that cannot be sorted at once are sent by
    /// relevance, and sorted by a later task.
    fn search(&mut self, index: &Arc<Index>, request: SearchRequest) {
        let is_prepared = request.is_prepared(index);
        if !is_prepared {
            self.queue.prepare(index, &request);
        }
        let SearchRequest { generation, query, order } = &request;
        let send = |answer: Arc<Answer>| {
            let is_in_order = order.is_relevance() || !is_prepared;
            let answer = if is_in_order { answer } else { Arc::new(sorting::sorted(index, &answer, order)) };
            self.events.send(Event::Answered { generation: *generation, answer });
        };
        let same = self.previous.as_ref().filter(|previous| previous.answers(index, query)).cloned();
        let whole = same.or_else(|| {
            let stop = || !self.queue.is_newest(*generation);
            let mut first = |answer| send(Arc::new(answer));
            search(index, query, self.previous.as_deref(), &stop, &mut first).map(Arc::new)
        });
        whole.iter().cloned().for_each(send);
        // A search that was stopped leaves the one before as the newest whole answer.
        self.previous = whole.or(self.previous.take());
        self.unsorted = (!is_prepared).then_some(request);
    }

    /// Sorts the answer that was sent unsorted, if it is still wanted and its sort ranks are ready.
    fn sort(&mut self, index: &Arc<Index>) {
        let request = self.unsorted.take_if(|request| request.is_prepared(index));
        let Some(request) = request.filter(|request| self.queue.is_newest(request.generation)) else {
            return;
        };
        if let Some(answer) = self.previous.as_ref().filter(|answer| answer.answers(index, &request.query)) {
            let answer = Arc::new(sorting::sorted(index, answer, &request.order));
            self.events.send(Event::Answered { generation: request.generation, answer });
        }
    }

    fn count_facets(&self, index: &Index, generation: u64, query: &Query) {
        let answer = self.previous.as_deref().filter(|answer| answer.query == *query);
        let stop = || !self.queue.is_newest(generation);
        if let Some(counts) = facets::count(index, query, answer, FACETS, &stop) {
            self.events.send(Event::FacetsCounted { generation, counts: Arc::new(counts) });
        }
    }
}
