//! Performs the effects that the screen asks for. Their answers arrive as events.
//!
//! There is one way to perform an effect. A schedule decides when: in threads, while the session goes on, or on the
//! caller's own thread, so that tests run the code that users run.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::drafts::{DraftFolder, DraftThread};
use super::file_watch::FileWatch;
use super::files;
use super::history::History;
use super::load::{Loading, ProgressObserver, SilentObserver};
use super::review::{ReviewStoreWorker, ReviewThread, send_no_place};
use super::search_queue::{SearchQueue, SearchRequest};
use super::searcher::Searcher;
use super::worker::spawn;
use super::{EventSender, Places};
use crate::search::index::Index;
use crate::ui::event::{Effect, Event, ReviewEffect};

/// Performs effects.
pub(super) struct Executor {
    search_queue: Arc<SearchQueue>,
    loading: Arc<Mutex<Loading>>,
    /// Set when the session ends; a load that is running stops then.
    ended: Arc<AtomicBool>,
    places: Places,
    events: EventSender,
    drafts: DraftStore,
    schedule: Schedule,
}

/// The drafts on disk; `None` if there is no folder or no store.
enum DraftStore {
    None,
    Thread(DraftThread),
    Inline(DraftFolder),
}

/// When work is done, and where.
enum Schedule {
    /// In threads, while the session goes on.
    Threads { review: Option<ReviewThread> },
    /// On the caller's thread: searches in [`Executor::settle`], everything else at once.
    Inline { searcher: Box<Searcher>, review: Option<Box<ReviewStoreWorker>> },
}

impl Executor {
    /// Starts the threads: one loads, one watches the files, one searches, one computes sort ranks, one owns the
    /// review store, one writes drafts.
    pub(super) fn in_threads(loading: Loading, places: Places, events: EventSender) -> Self {
        let files: Vec<PathBuf> = loading.paths().map(Path::to_owned).collect();
        let review = places.review.clone().map(|place| ReviewThread::start(place, places.clone(), &events));
        let executor = Self::new(Arc::default(), loading, places, events, Schedule::Threads { review });
        let sender = executor.events.clone();
        let (loading, ended) = (executor.loading.clone(), executor.ended.clone());
        spawn(&executor.events, move || {
            let loaded = lock(&loading).first(&mut ProgressObserver::showing(sender.clone(), ended));
            sender.send(loaded);
        });
        let sender = executor.events.clone();
        // Walking through large folders takes a while, and no record waits for it.
        spawn(&executor.events, move || {
            let watch = FileWatch::new(&files);
            while watch.as_ref().is_some_and(FileWatch::wait) {
                sender.send(Event::FilesChanged);
            }
        });
        let searcher = Searcher::new(executor.search_queue.clone(), executor.events.clone());
        spawn(&executor.events, move || searcher.run());
        let queue = executor.search_queue.clone();
        spawn(&executor.events, move || {
            while let Some(task) = queue.next_ranks() {
                task.perform();
                queue.ranks_ready();
            }
        });
        executor
    }

    /// An executor without threads. Nothing is loaded until [`Executor::load`] is called, and no file is watched.
    pub(super) fn inline(loading: Loading, places: Places, events: EventSender) -> Self {
        let queue: Arc<SearchQueue> = Arc::default();
        let searcher = Box::new(Searcher::new(queue.clone(), events.clone()));
        let review = places.review.clone();
        let review =
            review.map(|place| Box::new(ReviewStoreWorker::new(place, places.clone(), events.clone())));
        Self::new(queue, loading, places, events, Schedule::Inline { searcher, review })
    }

    fn new(
        search_queue: Arc<SearchQueue>,
        loading: Loading,
        places: Places,
        events: EventSender,
        schedule: Schedule,
    ) -> Self {
        let (loading, ended) = (Arc::new(Mutex::new(loading)), Arc::default());
        let drafts = match (DraftFolder::new(&places), &schedule) {
            (None, _) => DraftStore::None,
            (Some(folder), Schedule::Threads { .. }) => {
                DraftStore::Thread(DraftThread::start(folder, &events))
            }
            (Some(folder), Schedule::Inline { .. }) => DraftStore::Inline(folder),
        };
        Self { search_queue, loading, ended, places, events, drafts, schedule }
    }

    /// Loads the records for the first time, on the caller's thread.
    pub(super) fn load(&self) {
        let loaded = lock(&self.loading).first(&mut SilentObserver);
        self.events.send(loaded);
    }

    /// Begins to perform an effect.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Search { generation, query, order } => {
                self.search_queue.search(SearchRequest { generation, query, order });
            }
            Effect::Complete { generation, query, cursor } => {
                self.search_queue.complete(generation, query, cursor);
            }
            Effect::CountFacets { generation, query } => self.search_queue.count_facets(generation, query),
            Effect::Reload => {
                let (loading, events) = (self.loading.clone(), self.events.clone());
                let mut observer = ProgressObserver::quietly(events.clone(), self.ended.clone());
                self.run(move || events.send(lock(&loading).again(&mut observer)));
            }
            Effect::Remember(query) => History::add(self.places.history.as_deref(), &query),
            Effect::Write { path, records } => {
                let (events, places) = (self.events.clone(), self.places.clone());
                self.run(move || {
                    events.send(Event::Written(files::write_records(&path, &places, &records)));
                });
            }
            Effect::Review(effect) => self.perform_review(effect),
            Effect::Draft(effect) => match &mut self.drafts {
                DraftStore::None => {}
                DraftStore::Thread(thread) => thread.perform(effect),
                DraftStore::Inline(folder) => folder.perform(effect, &self.events),
            },
            // The session hands these to the holder of the terminal.
            Effect::Terminal(_) => {}
        }
    }

    fn perform_review(&mut self, effect: ReviewEffect) {
        match &mut self.schedule {
            Schedule::Threads { review: Some(review) } => review.perform(effect),
            Schedule::Inline { review: Some(review), .. } => review.perform(effect),
            Schedule::Threads { review: None } | Schedule::Inline { review: None, .. } => {
                send_no_place(&effect, &self.events);
            }
        }
    }

    /// Runs work that takes long: in a thread of its own, or at once.
    fn run(&self, work: impl FnOnce() + Send + 'static) {
        match self.schedule {
            Schedule::Threads { .. } => drop(spawn(&self.events, work)),
            Schedule::Inline { .. } => work(),
        }
    }

    /// Replaces the records that later searches are about.
    pub(super) fn set_index(&self, index: Arc<Index>) {
        self.search_queue.set_index(index);
    }

    /// Performs one waiting search task on the caller's thread and returns `true`; returns `false` if there is none,
    /// or if threads perform them.
    pub(super) fn settle(&mut self) -> bool {
        let Schedule::Inline { searcher, .. } = &mut self.schedule else { return false };
        if let Some((index, task)) = self.search_queue.try_next() {
            searcher.perform(&index, task);
        } else if let Some(task) = self.search_queue.try_next_ranks() {
            task.perform();
            self.search_queue.ranks_ready();
        } else {
            return false;
        }
        true
    }

    /// Polls the review store for other sessions' work; a no-op where a thread polls it.
    pub(super) fn poll_review_store(&mut self) {
        if let Schedule::Inline { review: Some(review), .. } = &mut self.schedule {
            review.poll();
        }
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        self.search_queue.close();
    }
}

/// A panic of another thread is reported by that thread itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "executor_tests.rs"]
mod tests;
