//! A session: the state of one person's screen, and the executor of its effects.
//!
//! It uses no terminal. What only the holder of a terminal can do is returned by [`Session::request`].

mod calendar;
mod drafts;
mod executor;
mod file_watch;
mod files;
mod history;
mod load;
mod rescue;
mod resume;
mod review;
mod round_comparison;
mod search_queue;
mod searcher;
mod worker;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::domain::codes::Codes;
use crate::loading::{LoadPlan, Loaded};
use crate::ui::appearance::Appearance;
use crate::ui::event::{DraftEffect, Effect, Event, Request, ReviewEffect};
use crate::ui::keys::key::Key;
use crate::ui::render::render;
use crate::ui::state::{Bookmark, Setup, State};
use crate::ui::update::{pasted_from, update};

pub use calendar::{Calendar, CalendarDay};
pub use files::{Existing, write_whole};
pub use history::History;
pub use rescue::{is_rescued, rescued};
pub use resume::ResumePoint;
pub use review::{Clock, ReviewPlace};

use executor::Executor;
use load::Loading;

/// Wakes the holder of a session, from any thread, when an event is waiting.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// Files and clocks outside a session. Nothing is kept where a path is missing.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The file of earlier queries.
    pub history: Option<PathBuf>,
    /// The file of the place where a session was when its line was lost.
    pub resume: Option<PathBuf>,
    /// The folder for review actions that were not saved when the line was lost.
    pub rescue: Option<PathBuf>,
    /// The folder of the drafts of notes.
    pub drafts: Option<PathBuf>,
    /// The folder for `~` in a typed path.
    pub home: Option<PathBuf>,
    /// The base of a relative path that is typed; no file is written without it.
    pub folder: Option<PathBuf>,
    /// The review store and its user.
    pub review: Option<ReviewPlace>,
    /// The local calendar; without one the date never changes.
    pub calendar: Option<Calendar>,
}

/// The records of a session.
pub struct RecordSources {
    /// The files to load.
    pub plan: LoadPlan,
    /// The tables of codes.
    pub codes: Arc<Codes>,
}

/// Sends events to a session from any thread.
#[derive(Clone)]
pub struct EventSender {
    events: Sender<Event>,
    wake: Waker,
}

impl EventSender {
    /// Sends an event and wakes the session. After the session has ended this is a no-op.
    pub fn send(&self, event: Event) {
        if self.events.send(event).is_ok() {
            (self.wake)();
        }
    }
}

/// One person's session at one screen.
pub struct Session {
    state: State,
    appearance: Appearance,
    executor: Executor,
    inbox: Receiver<Event>,
    requests: VecDeque<Request>,
    changed: bool,
    places: Places,
    /// Time of the next look at the calendar, in milliseconds since the session began.
    ask_date_at: Option<u64>,
}

impl Session {
    /// A session that loads and searches in threads.
    #[must_use]
    pub fn start(
        setup: Setup,
        appearance: Appearance,
        records: RecordSources,
        places: Places,
        wake: Waker,
    ) -> Self {
        let (events, inbox) = channel();
        let events = EventSender { events, wake };
        let state = State::new(setup, Loaded::empty(records.codes.clone()));
        let executor =
            Executor::in_threads(Loading::new(records.plan, records.codes), places.clone(), events);
        Self::new(state, appearance, executor, inbox, places)
    }

    /// A session without threads: the records are loaded before this returns, and effects are performed by
    /// [`Session::drain`].
    #[must_use]
    pub fn inline(setup: Setup, appearance: Appearance, records: RecordSources, places: Places) -> Self {
        let (events, inbox) = channel();
        let events = EventSender { events, wake: Arc::new(|| ()) };
        let state = State::new(setup, Loaded::empty(records.codes.clone()));
        let executor = Executor::inline(Loading::new(records.plan, records.codes), places.clone(), events);
        executor.load();
        let mut session = Self::new(state, appearance, executor, inbox, places);
        session.drain();
        session
    }

    /// A session that loads nothing: the records arrive as events from its holder.
    #[must_use]
    pub fn without_load(setup: Setup, appearance: Appearance, codes: Arc<Codes>) -> Self {
        let (events, inbox) = channel();
        let events = EventSender { events, wake: Arc::new(|| ()) };
        let state = State::new(setup, Loaded::empty(codes.clone()));
        let executor = Executor::inline(Loading::nothing(codes), Places::default(), events);
        Self::new(state, appearance, executor, inbox, Places::default())
    }

    fn new(
        state: State,
        appearance: Appearance,
        executor: Executor,
        inbox: Receiver<Event>,
        places: Places,
    ) -> Self {
        let (requests, changed, ask_date_at) = (VecDeque::new(), true, None);
        Self { state, appearance, executor, inbox, requests, changed, places, ask_date_at }
    }

    /// Takes one event.
    pub fn handle(&mut self, event: Event) {
        if let Event::Loaded { index, .. } | Event::Reloaded { index, .. } = &event {
            self.executor.set_index(index.clone());
        }
        if let Event::Now(now) = event {
            self.ask_date(now);
        }
        // The clock alone changes nothing that is seen, unless the screen has waited for it.
        let woken = matches!(&event, Event::Now(now) if self.state.wake_at().is_some_and(|at| *now >= at));
        self.changed |= woken || !matches!(event, Event::Now(_));
        for effect in update(&mut self.state, event, &self.appearance.keymap) {
            match effect {
                Effect::Terminal(request) => self.requests.push_back(request),
                effect => self.executor.perform(effect),
            }
        }
    }

    /// Asks the calendar for the date, and begins a new day if it has changed.
    fn ask_date(&mut self, now: u64) {
        let Some((date, ask_at)) = self.places.calendar.as_ref().map(|calendar| calendar.ask(now)) else {
            return;
        };
        self.ask_date_at = Some(ask_at);
        if date != self.state.setup.today {
            self.handle(Event::Today(date));
        }
    }

    /// Polls the review store for other sessions' work; a no-op where a thread polls it.
    pub fn poll_review_store(&mut self) {
        self.executor.poll_review_store();
        self.drain();
    }

    /// Takes all events that are waiting. Without threads, performs the effects that are waiting as well.
    pub fn drain(&mut self) {
        loop {
            while let Ok(event) = self.inbox.try_recv() {
                self.handle(event);
            }
            if !self.executor.settle() {
                return;
            }
        }
    }

    /// Returns the next request for the holder of the terminal.
    pub fn request(&mut self) -> Option<Request> {
        self.requests.pop_front()
    }

    /// Returns `true` if the screen may look different from the last call.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Returns `true` while a search is running whose answer will change the screen.
    #[must_use]
    pub fn is_settling(&self) -> bool {
        self.state.ready && self.state.is_searching()
    }

    /// Time of the next wanted [`Event::Now`], in milliseconds since the session began.
    #[must_use]
    pub fn wake_at(&self) -> Option<u64> {
        self.state.wake_at().into_iter().chain(self.ask_date_at).min()
    }

    /// Index of the first of these keys, which have arrived at once, that belongs to a text pasted without brackets.
    #[must_use]
    pub fn pasted_from(&self, keys: &[Key]) -> Option<usize> {
        pasted_from(&self.state, keys, &self.appearance.keymap)
    }

    /// Draws the screen into the buffer and returns the position of the terminal's cursor.
    pub fn render(&self, buffer: &mut Buffer) -> Option<Position> {
        render(&self.state, &self.appearance, buffer)
    }

    /// The state, for tests.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Saves the data that the next start needs after the line is lost: the place, unsaved review actions, begun notes.
    pub fn line_lost(&mut self) {
        self.executor.perform(Effect::Review(ReviewEffect::Rescue));
        if let Some(path) = &self.places.resume {
            let here =
                Bookmark { query: self.state.query().to_owned(), id: self.state.selected_id(), wide: false };
            ResumePoint::keep(path, &here);
        }
        for note in self.state.begun_notes() {
            self.executor.perform(Effect::Draft(DraftEffect::Keep(note)));
        }
    }
}
