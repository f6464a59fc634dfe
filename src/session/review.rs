//! The store of a review beside a session: one thread owns it, so that no key waits for a disk.

use std::collections::VecDeque;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::Post;
use crate::review::comparison::compare;
use crate::review::desk::{Command, Desk, NotDone};
use crate::review::event::{Author, EventId};
use crate::review::hex::sha256_of_reader;
use crate::review::store::{self, PRESENT_MS, Presence, StoreError};
use crate::ui::event::{Event, ReviewEffect, ReviewEvent};

/// Others' work is looked for so often.
const LOOK: Duration = Duration::from_secs(1);
/// A key waits so long for another program that holds the store, before that is said.
const PATIENCE: Duration = Duration::from_millis(200);
/// Where one is is told anew after so many milliseconds, though nothing has changed.
const TELL_AGAIN: i64 = 10_000;

/// Where reviews are kept, and who reviews.
#[derive(Clone, Debug)]
pub struct ReviewPlace {
    /// The store.
    pub store: PathBuf,
    /// Who.
    pub author: Author,
    /// What time it is, in milliseconds since 1970.
    pub clock: fn() -> i64,
}

/// A store beside a session.
pub(super) struct ReviewDesk {
    place: ReviewPlace,
    post: Post,
    desk: Option<Desk>,
    /// What is to be saved, in the order in which it was done.
    queue: VecDeque<Order>,
    version: i64,
    session: Option<EventId>,
    at: Option<(EventId, Option<String>)>,
    told: Option<Presence>,
}

/// Something to be saved. Its key makes trying again harmless.
struct Order {
    token: u64,
    key: EventId,
    command: Command,
    /// Whether it has been said that it waits.
    said: bool,
}

impl ReviewDesk {
    pub(super) fn new(place: ReviewPlace, post: Post) -> Self {
        let (queue, told) = (VecDeque::new(), None);
        Self { place, post, desk: None, queue, version: 0, session: None, at: None, told }
    }

    /// Does what the screen asks for.
    pub(super) fn take(&mut self, effect: ReviewEffect) {
        match effect {
            ReviewEffect::Open => self.open(),
            ReviewEffect::Leave => self.leave(),
            ReviewEffect::Act(token, command) => {
                match EventId::random() {
                    Ok(key) => {
                        self.queue.push_back(Order { token, key, command: hashed(command), said: false });
                    }
                    Err(error) => self.fail(token, StoreError::from(error).into(), false),
                }
                self.save();
            }
            ReviewEffect::Compare(round, catalogue) => {
                let Some(desk) = &self.desk else { return };
                let Some(known) = desk.journal().round(round) else { return };
                let content = |key: &_| desk.store().content(key);
                if let Ok(comparison) = compare(&catalogue, desk.journal(), known, content) {
                    self.send(ReviewEvent::Compared(round, Arc::new(comparison)));
                }
            }
            ReviewEffect::At(round, record) => self.at = Some((round, record)),
        }
    }

    fn send(&self, event: ReviewEvent) {
        self.post.send(Event::Review(event));
    }

    fn fail(&self, token: u64, why: NotDone, again: bool) {
        self.send(ReviewEvent::NotSaved { token, why: Arc::new(why), again });
    }

    fn open(&mut self) {
        let ReviewPlace { store, author, .. } = &self.place;
        let open = || Desk::open(store, author.clone(), PATIENCE);
        let opened = match open() {
            // Nothing of it is lost: it has another name now.
            Err(StoreError::Damaged(reason)) => match store::set_aside(store) {
                Ok(aside) => {
                    self.send(ReviewEvent::SetAside(aside.display().to_string()));
                    open()
                }
                Err(_) => Err(StoreError::Damaged(reason)),
            },
            other => other,
        };
        match opened {
            Ok(mut desk) => {
                let news = desk.take_news();
                self.version = desk.store().data_version().unwrap_or_default();
                self.session = EventId::random().ok();
                self.desk = Some(desk);
                self.send(ReviewEvent::Opened(news));
            }
            Err(error) => self.send(ReviewEvent::NotOpened(Arc::new(error))),
        }
    }

    fn leave(&mut self) {
        self.save();
        if let (Some(desk), Some(session)) = (&self.desk, self.session) {
            // Presence ends by itself after a while.
            desk.store().end_presence(session, (self.place.clock)() - PRESENT_MS).unwrap_or_default();
        }
        self.desk = None;
        (self.at, self.told) = (None, None);
    }

    /// Saves what waits, in its order; what fails for a while stays.
    fn save(&mut self) {
        let Some(mut desk) = self.desk.take() else { return };
        while let Some(mut order) = self.queue.pop_front() {
            let done = desk.act(order.key, &order.command, (self.place.clock)());
            let news = desk.take_news();
            if !news.is_empty() {
                self.send(ReviewEvent::Learnt(news));
            }
            match done {
                Ok(first) => self.send(ReviewEvent::Saved(order.token, first)),
                Err(why) => {
                    let again = matches!(&why, NotDone::Store(error) if error.may_pass());
                    if !order.said || !again {
                        self.fail(order.token, why, again);
                    }
                    if again {
                        order.said = true;
                        self.queue.push_front(order);
                        break;
                    }
                }
            }
        }
        self.desk = Some(desk);
    }

    /// Tries again what waits, and looks what others have done.
    pub(super) fn look(&mut self) {
        self.save();
        let Some(desk) = &mut self.desk else { return };
        // A store that is held just now is looked at again soon.
        let Ok(version) = desk.store().data_version() else { return };
        if version != self.version && desk.catch_up().is_ok() {
            self.version = version;
            let news = desk.take_news();
            let others = self.others();
            if !news.is_empty() {
                self.send(ReviewEvent::Learnt(news));
            }
            if let Some(others) = others {
                self.send(ReviewEvent::Others(others));
            }
        }
        self.tell();
    }

    fn others(&self) -> Option<std::collections::BTreeMap<String, String>> {
        let (desk, session) = (self.desk.as_ref()?, self.session?);
        let since = (self.place.clock)() - PRESENT_MS;
        let present = desk.store().presence(session, since).ok()?;
        Some(present.into_iter().filter_map(|other| Some((other.record?, other.person))).collect())
    }

    /// Tells where the person is, if that has changed, or it has been long.
    fn tell(&mut self) {
        let now = (self.place.clock)();
        let (Some(desk), Some(session), Some((round, record))) = (&self.desk, self.session, self.at.clone())
        else {
            return;
        };
        let is_known =
            |told: &Presence| (told.round, &told.record) == (round, &record) && now - told.seen < TELL_AGAIN;
        if self.told.as_ref().is_some_and(is_known) {
            return;
        }
        let (person, host) = (self.place.author.person.clone(), self.place.author.host.clone());
        let own = Presence { session, person, host, round, record, seen: now };
        if desk.store().tell_presence(&own).is_ok() {
            self.told = Some(own);
        }
    }
}

/// Where there is no place for a store, that is what comes of opening it.
pub(super) fn no_place(effect: &ReviewEffect, post: &Post) {
    if matches!(effect, ReviewEffect::Open) {
        post.send(Event::Review(ReviewEvent::NotOpened(Arc::new(StoreError::NoPlace))));
    }
}

/// A round that is begun names its files with their hashes, which takes a while for large ones.
fn hashed(mut command: Command) -> Command {
    if let Command::Begin { begun, .. } = &mut command {
        for source in &mut begun.sources {
            source.sha256 = File::open(&source.name).ok().and_then(|file| sha256_of_reader(file).ok());
        }
    }
    command
}

/// The thread that owns a store, and the way to it. It ends, with all saved that can be, when the way is closed.
pub(super) struct ReviewThread {
    orders: Option<Sender<ReviewEffect>>,
    thread: Option<JoinHandle<()>>,
}

impl ReviewThread {
    pub(super) fn start(place: ReviewPlace, post: &Post) -> Self {
        let (orders, waiting) = channel();
        let desk = ReviewDesk::new(place, post.clone());
        let thread = super::workers::spawn(post, move || until_ended(desk, &waiting));
        Self { orders: Some(orders), thread: Some(thread) }
    }

    pub(super) fn take(&self, effect: ReviewEffect) {
        // A thread that has failed has said so itself.
        self.orders.as_ref().map(|orders| orders.send(effect).unwrap_or_default()).unwrap_or_default();
    }
}

impl Drop for ReviewThread {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // A panic of its own has been told.
            thread.join().unwrap_or_default();
        }
    }
}

fn until_ended(mut desk: ReviewDesk, waiting: &Receiver<ReviewEffect>) {
    loop {
        // Without a store there is nothing to look at.
        let next = match desk.desk {
            None => waiting.recv().map_err(RecvTimeoutError::from),
            Some(_) => waiting.recv_timeout(LOOK),
        };
        match next {
            Ok(effect) => desk.take(effect),
            Err(RecvTimeoutError::Timeout) => desk.look(),
            Err(RecvTimeoutError::Disconnected) => return desk.leave(),
        }
    }
}
