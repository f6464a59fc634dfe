//! One user at one screen: the state, and the executor of its effects. Knows no terminal: what only the holder
//! of one can do is asked for by [`Session::request`].

mod compared;
mod files;
mod inline;
mod load;
mod review;
mod watch;
mod workers;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::domain::codes::Codes;
use crate::loading::{LoadPlan, Loaded};
use crate::ui::appearance::Appearance;
use crate::ui::event::{Effect, Event, Request, ReviewEffect};
use crate::ui::render::render;
use crate::ui::state::{Bookmark, Setup, State};
use crate::ui::update::update;

pub use files::{Existing, History, Lost, is_rescued, rescued, take_notes, write_whole};
pub use inline::Inline;
pub use review::{Clock, ReviewPlace};
pub use workers::Workers;

/// Called from any thread when a worker has left an event for the session.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// Where a session keeps what outlives it. Nothing is kept where a path is missing.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The file of earlier queries.
    pub history: Option<PathBuf>,
    /// The file that tells where a session was when its line was lost.
    pub lost: Option<PathBuf>,
    /// The folder for what a review had not saved when the line was lost.
    pub rescue: Option<PathBuf>,
    /// The file of the notes that were being written then.
    pub notes: Option<PathBuf>,
    /// What `~` means in a path that is typed.
    pub home: Option<PathBuf>,
    /// What a relative path that is typed is relative to; no file is written without it.
    pub folder: Option<PathBuf>,
    /// Where reviews are kept, and who reviews.
    pub review: Option<ReviewPlace>,
}

/// Does what the screen asks for, now or later; what comes of it arrives as events.
pub trait Executor: Send {
    /// Begins to do it.
    fn execute(&mut self, effect: Effect);

    /// Looks at once what others have written into the store of a review; who does that by themselves need not.
    fn look(&mut self) {}

    /// Records have been loaded: later searches are in these.
    fn take_index(&mut self, index: Arc<crate::search::index::Index>);
}

/// How the events of workers reach the session.
#[derive(Clone)]
pub struct EventSender {
    events: Sender<Event>,
    wake: Waker,
}

impl EventSender {
    /// Leaves an event and wakes the session. One that has ended takes no more, which is no fault.
    pub fn send(&self, event: Event) {
        if self.events.send(event).is_ok() {
            (self.wake)();
        }
    }
}

/// One user at one screen.
pub struct Session {
    state: State,
    view: Appearance,
    executor: Box<dyn Executor>,
    inbox: Receiver<Event>,
    requests: VecDeque<Request>,
    changed: bool,
    lost: Option<PathBuf>,
    notes: Option<PathBuf>,
}

impl Session {
    /// A session that loads and searches in the background.
    #[must_use]
    pub fn start(
        setup: Setup,
        view: Appearance,
        plan: LoadPlan,
        codes: Arc<Codes>,
        places: Places,
        wake: Waker,
    ) -> Self {
        let (events, inbox) = channel();
        let post = EventSender { events, wake };
        let (lost, notes) = (places.lost.clone(), places.notes.clone());
        let workers = Workers::start(plan, codes.clone(), places, post);
        Self { notes, ..Self::with(setup, view, codes, Box::new(workers), inbox, lost) }
    }

    /// A session whose effects are done at once: nothing happens in the background.
    #[must_use]
    pub fn inline(
        setup: Setup,
        view: Appearance,
        plan: &LoadPlan,
        codes: Arc<Codes>,
        places: Places,
    ) -> Self {
        let (events, inbox) = channel();
        let post = EventSender { events, wake: Arc::new(|| ()) };
        let notes = places.notes.clone();
        let executor = Inline::new(plan, codes.clone(), places, post);
        let mut session = Self { notes, ..Self::with(setup, view, codes, Box::new(executor), inbox, None) };
        session.drain();
        session
    }

    /// A session that loads nothing: whoever holds it hands in the records, as events.
    #[must_use]
    pub fn without_load(setup: Setup, view: Appearance, codes: Arc<Codes>) -> Self {
        let (events, inbox) = channel();
        let post = EventSender { events, wake: Arc::new(|| ()) };
        let executor = Inline::idle(codes.clone(), post);
        Self::with(setup, view, codes, Box::new(executor), inbox, None)
    }

    fn with(
        setup: Setup,
        view: Appearance,
        codes: Arc<Codes>,
        executor: Box<dyn Executor>,
        inbox: Receiver<Event>,
        lost: Option<PathBuf>,
    ) -> Self {
        let state = State::new(setup, Loaded::nothing(codes));
        Self { state, view, executor, inbox, requests: VecDeque::new(), changed: true, lost, notes: None }
    }

    /// Takes one event.
    pub fn handle(&mut self, event: Event) {
        if let Event::Loaded { index, .. } | Event::Reloaded { index, .. } = &event {
            self.executor.take_index(index.clone());
        }
        // The clock alone changes nothing that is seen, unless the screen has waited for it.
        let woken = matches!(&event, Event::Now(now) if self.state.wake_at().is_some_and(|at| *now >= at));
        self.changed |= woken || !matches!(event, Event::Now(_));
        for effect in update(&mut self.state, event, &self.view.keymap) {
            match effect {
                Effect::Terminal(request) => self.requests.push_back(request),
                effect => self.executor.execute(effect),
            }
        }
    }

    /// Looks at once what others have written into the store of a review.
    pub fn look(&mut self) {
        self.executor.look();
        self.drain();
    }

    /// Takes all events that workers have left.
    pub fn drain(&mut self) {
        while let Ok(event) = self.inbox.try_recv() {
            self.handle(event);
        }
    }

    /// What the holder of the terminal must do next, if anything; asked until there is nothing more.
    pub fn request(&mut self) -> Option<Request> {
        self.requests.pop_front()
    }

    /// Whether anything may look different since the last call.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Whether a search is under way, whose answer will change the screen.
    #[must_use]
    pub fn is_settling(&self) -> bool {
        self.state.ready && self.state.is_searching()
    }

    /// When the session wants to know the time, if nothing happens before, in milliseconds since it began.
    #[must_use]
    pub fn wake_at(&self) -> Option<u64> {
        self.state.wake_at()
    }

    /// Draws the screen into the buffer and returns where the terminal's cursor stands.
    pub fn render(&self, buffer: &mut Buffer) -> Option<Position> {
        render(&self.state, &self.view, buffer)
    }

    /// The state, for tests.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The line is lost: leaves a note of where the person was, for the next start to offer, and what a review has
    /// not saved.
    pub fn line_lost(&mut self) {
        self.executor.execute(Effect::Review(ReviewEffect::Rescue));
        if let Some(path) = &self.lost {
            let here =
                Bookmark { query: self.state.query().to_owned(), id: self.state.selected_id(), wide: false };
            Lost::keep(path, &here);
        }
        if let Some(path) = &self.notes {
            files::keep_notes(path, &self.state.begun_notes());
        }
    }
}
