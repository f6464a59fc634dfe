//! Effects done in the background: one thread loads, one searches. A newer search stops the one before.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::files::{self, History};
use super::load::{self, Loading, Told};
use super::watch::Watch;
use super::{Executor, Places, Post};
use crate::domain::codes::Codes;
use crate::loading::Plan;
use crate::search::answer::Answer;
use crate::search::completion::complete;
use crate::search::facets::{self, FACETS};
use crate::search::index::Index;
use crate::search::query::Query;
use crate::search::search;
use crate::ui::event::{Effect, Event};

/// Does everything in the background.
pub struct Workers {
    desk: Arc<Desk>,
    loading: Arc<Mutex<Loading>>,
    ended: Arc<AtomicBool>,
    places: Places,
    post: Post,
}

/// Where the newest search is handed over.
struct Desk {
    /// The newest search; older ones stop when they see it.
    newest: AtomicU64,
    next: Mutex<Next>,
    changed: Condvar,
}

#[derive(Default)]
struct Next {
    index: Option<Arc<Index>>,
    wanted: Option<(u64, Query)>,
    /// The facets to be counted, once nothing waits to be searched.
    facets: Option<(u64, Query)>,
    /// The word to be completed.
    completing: Option<(u64, Query, usize)>,
    ended: bool,
}

/// What the searching thread does next.
enum Task {
    Search(u64, Query),
    CountFacets(u64, Query),
    Complete(u64, Query, usize),
}

impl Workers {
    pub(super) fn start(plan: Plan, codes: Arc<Codes>, places: Places, post: Post) -> Self {
        let desk =
            Arc::new(Desk { newest: AtomicU64::new(0), next: Mutex::default(), changed: Condvar::new() });
        let files: Vec<PathBuf> = load::paths(&plan).map(Path::to_owned).collect();
        let loading = Arc::new(Mutex::new(Loading::new(plan, codes)));
        let ended = Arc::new(AtomicBool::new(false));
        let (first, loads, stop) = (loading.clone(), post.clone(), ended.clone());
        spawn(&post, move || {
            let whole = at_rest(&first).first(&mut Told::showing(loads.clone(), stop));
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
        Self { desk, loading, ended, places, post }
    }
}

fn at_rest<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a thread. If it panics, which would be a fault of the program, the session is told: without its answers
/// the screen would wait forever.
fn spawn(post: &Post, work: impl FnOnce() + Send + 'static) {
    let post = post.clone();
    thread::spawn(move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            post.send(Event::WorkerFailed);
        }
    });
}

impl Desk {
    fn search_until_ended(&self, post: &Post) {
        let mut previous: Option<Arc<Answer>> = None;
        while let Some((index, task)) = self.take_next() {
            let newest = |generation| self.newest.load(Ordering::Relaxed) == generation;
            let (generation, query) = match task {
                Task::Search(generation, query) => (generation, query),
                Task::CountFacets(generation, query) => {
                    let answer = previous.as_deref().filter(|answer| answer.query == query);
                    let stop = || !newest(generation);
                    if let Some(counts) = facets::count(&index, &query, answer, FACETS, &stop) {
                        post.send(Event::FacetsCounted { generation, counts: Arc::new(counts) });
                    }
                    continue;
                }
                Task::Complete(generation, query, cursor) => {
                    let completions = complete(&index, &query, cursor);
                    post.send(Event::Completed { generation, completions });
                    continue;
                }
            };
            let stop = || !newest(generation);
            let answered = |answer| post.send(Event::Answered { generation, answer });
            let mut first = |answer: Answer| answered(Arc::new(answer));
            let whole = search(&index, &query, previous.as_deref(), &stop, &mut first).map(Arc::new);
            whole.iter().cloned().for_each(answered);
            // A search that was stopped leaves the one before as the newest whole answer.
            previous = whole.or(previous);
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
                let search = next.wanted.take().map(|(generation, query)| Task::Search(generation, query));
                let complete = |next: &mut Next| {
                    next.completing
                        .take()
                        .map(|(number, query, cursor)| Task::Complete(number, query, cursor))
                };
                let facets = |next: &mut Next| {
                    next.facets.take().map(|(generation, query)| Task::CountFacets(generation, query))
                };
                if let Some(task) = search.or_else(|| complete(&mut next)).or_else(|| facets(&mut next)) {
                    return Some((index, task));
                }
            }
            next = self.changed.wait(next).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn change(&self, change: impl FnOnce(&mut Next)) {
        change(&mut self.next.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_one();
    }
}

impl Executor for Workers {
    fn execute(&mut self, effect: Effect) {
        match effect {
            Effect::Search { generation, query } => {
                self.desk.newest.store(generation, Ordering::Relaxed);
                self.desk.change(|next| next.wanted = Some((generation, query)));
            }
            Effect::Complete { generation, query, cursor } => {
                self.desk.change(|next| next.completing = Some((generation, query, cursor)));
            }
            Effect::CountFacets { generation, query } => {
                self.desk.change(|next| next.facets = Some((generation, query)));
            }
            Effect::Reload => {
                let (loading, post) = (self.loading.clone(), self.post.clone());
                let mut told = Told::quietly(post.clone(), self.ended.clone());
                spawn(&self.post, move || post.send(at_rest(&loading).again(&mut told)));
            }
            Effect::Remember(query) => History::add(self.places.history.as_deref(), &query),
            Effect::Write { path, contents } => {
                let (post, places) = (self.post.clone(), self.places.clone());
                thread::spawn(move || {
                    post.send(Event::Written(files::write_new(&path, &places, &contents)));
                });
            }
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
