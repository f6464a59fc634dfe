//! Effects done in the background: one thread loads, one searches, one prepares orders. A newer search stops the one
//! before.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::files::{self, History};
use super::load::{self, Loading, ProgressObserver};
use super::review::{ReviewThread, no_place};
use super::watch::Watch;
use super::{EventSender, Executor, Places};
use crate::domain::codes::Codes;
use crate::loading::LoadPlan;
use crate::search::index::Index;
use crate::search::language::query::Query;
use crate::search::language::sort_order::SortOrder;
use crate::search::matching::answer::Answer;
use crate::search::results::completion::complete;
use crate::search::results::facets;
use crate::search::results::facets::FACETS;
use crate::search::results::sorting;
use crate::search::search;
use crate::ui::event::{Effect, Event};

/// Does everything in the background.
pub struct Workers {
    desk: Arc<SearchQueue>,
    loading: Arc<Mutex<Loading>>,
    ended: Arc<AtomicBool>,
    places: Places,
    post: EventSender,
    review: Option<ReviewThread>,
}

/// Where the newest search is handed over.
struct SearchQueue {
    /// The newest search; older ones stop when they see it.
    newest: AtomicU64,
    next: Mutex<Next>,
    changed: Condvar,
}

#[derive(Default)]
struct Next {
    index: Option<Arc<Index>>,
    wanted: Option<SearchRequest>,
    /// The newest order that could not be had at once: it is being prepared, and then what was found is sorted.
    to_prepare: Option<(Arc<Index>, SearchRequest)>,
    prepared: bool,
    /// The facets to be counted, once nothing waits to be searched.
    facets: Option<(u64, Query)>,
    /// The word to be completed.
    completing: Option<(u64, Query, usize)>,
    ended: bool,
}

/// A search.
#[derive(Clone)]
struct SearchRequest {
    generation: u64,
    query: Query,
    order: SortOrder,
}

impl SearchRequest {
    /// Whether what is found can be had in its order at once.
    fn is_prepared(&self, index: &Index) -> bool {
        sorting::is_prepared(index, &self.order, self.query.basis().rates)
    }
}

/// What the searching thread does next.
enum Task {
    Search(SearchRequest),
    /// An order has been prepared: the newest answer may wait for it.
    Sort,
    CountFacets(u64, Query),
    Complete(u64, Query, usize),
}

impl Workers {
    pub(super) fn start(plan: LoadPlan, codes: Arc<Codes>, places: Places, post: EventSender) -> Self {
        let desk = Arc::new(SearchQueue {
            newest: AtomicU64::new(0),
            next: Mutex::default(),
            changed: Condvar::new(),
        });
        let files: Vec<PathBuf> = load::paths(&plan).map(Path::to_owned).collect();
        let loading = Arc::new(Mutex::new(Loading::new(plan, codes)));
        let ended = Arc::new(AtomicBool::new(false));
        let (first, loads, stop) = (loading.clone(), post.clone(), ended.clone());
        spawn(&post, move || {
            let whole = at_rest(&first).first(&mut ProgressObserver::showing(loads.clone(), stop));
            loads.send(whole);
        });
        let changes = post.clone();
        // It waits until the program ends. Walking through large folders takes a while, which no record waits for.
        spawn(&post, move || {
            let watch = Watch::of(&files);
            while watch.as_ref().is_some_and(Watch::wait) {
                changes.send(Event::FilesChanged);
            }
        });
        let (searches, at) = (post.clone(), desk.clone());
        spawn(&post, move || at.search_until_ended(&searches));
        let at = desk.clone();
        spawn(&post, move || at.prepare_until_ended());
        let review = places.review.clone().map(|place| ReviewThread::start(place, places.clone(), &post));
        Self { desk, loading, ended, places, post, review }
    }
}

fn at_rest<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a thread. If it panics, which would be a fault of the program, the session is told: without its answers
/// the screen would wait forever.
pub(super) fn spawn(post: &EventSender, work: impl FnOnce() + Send + 'static) -> thread::JoinHandle<()> {
    let post = post.clone();
    thread::spawn(move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            post.send(Event::WorkerFailed);
        }
    })
}

impl SearchQueue {
    fn search_until_ended(&self, post: &EventSender) {
        // By relevance: what nothing tells apart stays so, in any order.
        let mut previous: Option<Arc<Answer>> = None;
        // An answer that waits for its order.
        let mut unsorted: Option<SearchRequest> = None;
        while let Some((index, task)) = self.take_next() {
            let newest = |generation| self.newest.load(Ordering::Relaxed) == generation;
            match task {
                Task::Search(asked) => {
                    let (whole, is_sorted) = self.search(&index, &asked, previous.as_ref(), post);
                    // A search that was stopped leaves the one before as the newest whole answer.
                    previous = whole.or(previous);
                    unsorted = (!is_sorted).then_some(asked);
                }
                Task::Sort => {
                    let waits = unsorted.take_if(|asked| asked.is_prepared(&index));
                    let waits = waits.filter(|asked| newest(asked.generation));
                    if let (Some(SearchRequest { generation, query, order }), Some(answer)) =
                        (waits, &previous)
                        && answer.answers(&index, &query)
                    {
                        let answer = Arc::new(sorting::sorted(&index, answer, &order));
                        post.send(Event::Answered { generation, answer });
                    }
                }
                Task::CountFacets(generation, query) => {
                    let answer = previous.as_deref().filter(|answer| answer.query == query);
                    let stop = || !newest(generation);
                    if let Some(counts) = facets::count(&index, &query, answer, FACETS, &stop) {
                        post.send(Event::FacetsCounted { generation, counts: Arc::new(counts) });
                    }
                }
                Task::Complete(generation, query, cursor) => {
                    let completions = complete(&index, &query, cursor);
                    post.send(Event::Completed { generation, completions });
                }
            }
        }
    }

    /// Searches, unless the previous answer is this one, and tells of what was found: in its order where that can be
    /// had at once, else by relevance for the time being. Gives the answer by relevance, and whether it was sorted.
    fn search(
        &self,
        index: &Arc<Index>,
        asked: &SearchRequest,
        previous: Option<&Arc<Answer>>,
        post: &EventSender,
    ) -> (Option<Arc<Answer>>, bool) {
        let SearchRequest { generation, query, order } = asked;
        let stop = || self.newest.load(Ordering::Relaxed) != *generation;
        let is_prepared = asked.is_prepared(index);
        if !is_prepared {
            self.change(|next| next.to_prepare = Some((index.clone(), asked.clone())));
        }
        let tell = |answer: Arc<Answer>| {
            let is_in_order = order.is_relevance() || !is_prepared;
            let answer = if is_in_order { answer } else { Arc::new(sorting::sorted(index, &answer, order)) };
            post.send(Event::Answered { generation: *generation, answer });
        };
        let same = previous.filter(|previous| previous.answers(index, query)).cloned();
        let whole = same.or_else(|| {
            let mut first = |answer| tell(Arc::new(answer));
            search(index, query, previous.map(Arc::as_ref), &stop, &mut first).map(Arc::new)
        });
        whole.iter().cloned().for_each(tell);
        (whole, is_prepared)
    }

    fn prepare_until_ended(&self) {
        while let Some((index, asked)) = self.take_to_prepare() {
            sorting::prepare(&index, &asked.order, asked.query.basis().rates);
            self.change(|next| next.prepared = true);
        }
    }

    /// Waits for the next order to prepare; `None` when the session has ended.
    fn take_to_prepare(&self) -> Option<(Arc<Index>, SearchRequest)> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if next.ended {
                return None;
            }
            if let Some(wanted) = next.to_prepare.take() {
                return Some(wanted);
            }
            next = self.changed.wait(next).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits for the next task; `None` when the session has ended.
    fn take_next(&self) -> Option<(Arc<Index>, Task)> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if next.ended {
                return None;
            }
            if let Some(index) = next.index.clone() {
                let search = next.wanted.take().map(Task::Search);
                let sort = |next: &mut Next| std::mem::take(&mut next.prepared).then_some(Task::Sort);
                let complete = |next: &mut Next| {
                    next.completing
                        .take()
                        .map(|(number, query, cursor)| Task::Complete(number, query, cursor))
                };
                let facets = |next: &mut Next| {
                    next.facets.take().map(|(generation, query)| Task::CountFacets(generation, query))
                };
                let task = search.or_else(|| sort(&mut next)).or_else(|| complete(&mut next));
                if let Some(task) = task.or_else(|| facets(&mut next)) {
                    return Some((index, task));
                }
            }
            next = self.changed.wait(next).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn change(&self, change: impl FnOnce(&mut Next)) {
        change(&mut self.next.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }
}

impl Executor for Workers {
    fn execute(&mut self, effect: Effect) {
        match effect {
            Effect::Search { generation, query, order } => {
                self.desk.newest.store(generation, Ordering::Relaxed);
                self.desk.change(|next| next.wanted = Some(SearchRequest { generation, query, order }));
            }
            Effect::Complete { generation, query, cursor } => {
                self.desk.change(|next| next.completing = Some((generation, query, cursor)));
            }
            Effect::CountFacets { generation, query } => {
                self.desk.change(|next| next.facets = Some((generation, query)));
            }
            Effect::Reload => {
                let (loading, post) = (self.loading.clone(), self.post.clone());
                let mut told = ProgressObserver::quietly(post.clone(), self.ended.clone());
                spawn(&self.post, move || post.send(at_rest(&loading).again(&mut told)));
            }
            Effect::Remember(query) => History::add(self.places.history.as_deref(), &query),
            Effect::Write { path, contents } => {
                let (post, places) = (self.post.clone(), self.places.clone());
                thread::spawn(move || {
                    post.send(Event::Written(files::write_new(&path, &places, &contents)));
                });
            }
            Effect::Review(effect) => match &self.review {
                Some(review) => review.take(effect),
                None => no_place(&effect, &self.post),
            },
            Effect::Terminal(_) => {}
        }
    }

    fn take_index(&mut self, index: Arc<Index>) {
        self.desk.change(|next| next.index = Some(index));
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        self.desk.newest.store(u64::MAX, Ordering::Relaxed);
        self.desk.change(|next| next.ended = true);
    }
}
