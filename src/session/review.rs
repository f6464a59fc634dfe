//! The store of a review beside a session: one thread owns it, so that no key waits for a disk.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::compared::Compared;
use super::{EventSender, Places, files};
use crate::domain::catalogue::Catalogue;
use crate::review::event::{Author, EventId};
use crate::review::exchange::{ExchangeLine, write_line};
use crate::review::hex::sha256_of_reader;
use crate::review::session::{JournalDelta, ReviewCommand, ReviewCommandError, ReviewSession};
use crate::review::store::{self, PRESENT_MS, Presence, StoreError};
use crate::search::language::query::Query;
use crate::ui::event::{Event, ReviewEffect, ReviewEvent, WriteError};

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
    /// What time it is.
    pub clock: Clock,
}

/// Tells what time it is, in milliseconds since 1970. A session does not ask the machine itself.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// One that asks this.
    pub fn new(ask: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }

    fn now(&self) -> i64 {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// A store beside a session.
pub(super) struct ReviewStoreWorker {
    place: ReviewPlace,
    places: Places,
    post: EventSender,
    desk: Option<ReviewSession>,
    /// What is to be saved, in the order in which it was done. Nothing leaves it but what is saved or refused.
    queue: VecDeque<QueuedCommand>,
    version: i64,
    compared: Option<Compared>,
    /// How often what queries know has been worked out.
    number: u64,
    session: Option<EventId>,
    at: Option<(EventId, Option<String>)>,
    told: Option<Presence>,
    /// Who else has been told to be on which record.
    others: BTreeMap<String, String>,
    /// The line is lost, and there is no time to wait for the store before what is not saved is in a file.
    hurry: Arc<AtomicBool>,
}

/// Something to be saved. Its key makes trying again harmless.
struct QueuedCommand {
    token: u64,
    key: EventId,
    command: ReviewCommand,
    /// When it was done.
    time: i64,
    /// Why it waits, as far as that has been said.
    said: Option<String>,
}

impl ReviewStoreWorker {
    pub(super) fn new(place: ReviewPlace, places: Places, post: EventSender) -> Self {
        Self {
            place,
            places,
            post,
            desk: None,
            queue: VecDeque::new(),
            version: 0,
            compared: None,
            number: 0,
            session: None,
            at: None,
            told: None,
            others: BTreeMap::new(),
            hurry: Arc::default(),
        }
    }

    /// Does what the screen asks for.
    pub(super) fn take(&mut self, effect: ReviewEffect) {
        match effect {
            ReviewEffect::Open => self.open(),
            ReviewEffect::Leave => self.leave(),
            ReviewEffect::Act(token, command) => {
                let time = self.place.clock.now();
                match EventId::random() {
                    Ok(key) => {
                        let command = hashed(command);
                        self.queue.push_back(QueuedCommand { token, key, command, time, said: None });
                    }
                    Err(error) => self.fail(token, StoreError::from(error).into(), false),
                }
                self.save();
            }
            ReviewEffect::Keep(path, newest) => self.send(ReviewEvent::Kept(newest, self.keep(&path))),
            ReviewEffect::Rescue => self.rescue(),
            ReviewEffect::Compare { round, catalogue, query } => self.compare(round, catalogue, &query),
            ReviewEffect::At(round, record) => self.at = Some((round, record)),
        }
    }

    fn send(&self, event: ReviewEvent) {
        self.post.send(Event::Review(event));
    }

    fn fail(&self, token: u64, why: ReviewCommandError, again: bool) {
        self.send(ReviewEvent::NotSaved { token, why: Arc::new(why), again });
    }

    fn open(&mut self) {
        let ReviewPlace { store, author, .. } = &self.place;
        let open = || ReviewSession::open(store, author.clone(), PATIENCE);
        let mut aside = None;
        let opened = match open() {
            // Nothing of it is lost: it has another name now.
            Err(StoreError::Damaged(reason)) => match store::set_aside(store) {
                Ok(path) => {
                    aside = Some(path.display().to_string());
                    open()
                }
                Err(_) => Err(StoreError::Damaged(reason)),
            },
            other => other,
        };
        match opened {
            Ok(mut desk) => {
                // The screen gets what has been worked out here: no key waits for that.
                drop(desk.take_news());
                let journal = Box::new(desk.journal().clone());
                self.version = desk.store().data_version().unwrap_or_default();
                self.session = EventId::random().ok();
                self.desk = Some(desk);
                self.send(ReviewEvent::Opened { journal, aside });
                self.save();
            }
            Err(error) => self.send(ReviewEvent::NotOpened(Arc::new(error))),
        }
    }

    fn leave(&mut self) {
        self.save();
        if let (Some(desk), Some(session)) = (&self.desk, self.session) {
            // Presence ends by itself after a while.
            desk.store().end_presence(session, self.place.clock.now() - PRESENT_MS).unwrap_or_default();
        }
        (self.desk, self.compared, self.at, self.told) = (None, None, None, None);
        self.others.clear();
    }

    /// Saves what waits, in its order; what the store does not take stays, whatever the reason.
    fn save(&mut self) {
        while !self.hurry.load(Ordering::SeqCst)
            && let Some(desk) = &mut self.desk
            && let Some(mut order) = self.queue.pop_front()
        {
            let done = desk.act(order.key, &order.command, order.time);
            let news = desk.take_news();
            self.learnt(news);
            match done {
                Ok(first) => self.send(ReviewEvent::Saved(order.token, first)),
                Err(ReviewCommandError::Store(error)) if !matches!(error, StoreError::Closed) => {
                    let said = Some(error.to_string());
                    if order.said != said {
                        self.fail(order.token, error.into(), true);
                    }
                    order.said = said;
                    return self.queue.push_front(order);
                }
                Err(why) => self.fail(order.token, why, false),
            }
        }
    }

    /// Writes what is not saved into a file that can be imported, whole or not at all.
    fn keep(&self, path: &str) -> Result<String, WriteError> {
        let failed = |reason: String| WriteError { path: path.to_owned(), reason: Some(reason) };
        let text = self.unsaved().map_err(|error| failed(error.to_string()))?;
        files::write_new(path, &self.places, &String::from_utf8_lossy(&text))
    }

    /// What is not saved, as lines that can be imported.
    fn unsaved(&self) -> Result<Vec<u8>, StoreError> {
        let desk = self.desk.as_ref().ok_or(StoreError::NoPlace)?;
        let commands = self.queue.iter().map(|order| (order.key, &order.command, order.time));
        let (events, contents) = desk.unsaved(commands)?;
        let mut text = Vec::new();
        let contents = contents.into_iter().map(ExchangeLine::Content);
        for line in contents.chain(events.into_iter().map(|event| ExchangeLine::Event(Box::new(event)))) {
            write_line(&line, &mut text)?;
        }
        Ok(text)
    }

    /// Leaves what is not saved in a file, before the store is waited for: the program may be ended meanwhile. If the
    /// store takes all of it after that, the file goes. A failure has nobody to hear of it.
    fn rescue(&mut self) {
        let first = self.queue.front().map(|order| order.key.short());
        let written = first
            .zip(self.places.rescue.as_ref())
            .and_then(|(name, folder)| files::rescue(folder, &name, &self.unsaved().ok()?).ok());
        self.hurry.store(false, Ordering::SeqCst);
        self.save();
        if let Some(path) = written.filter(|_| self.queue.is_empty()) {
            drop(std::fs::remove_file(path));
        }
    }

    /// Tries again what waits, and looks what others have done.
    pub(super) fn look(&mut self) {
        self.save();
        let Some(desk) = &mut self.desk else { return };
        if self.hurry.load(Ordering::SeqCst) {
            return;
        }
        // A store that is held just now is looked at again soon.
        let Ok(version) = desk.store().data_version() else { return };
        if version != self.version && desk.catch_up().is_ok() {
            self.version = version;
            let news = desk.take_news();
            self.learnt(news);
        }
        self.look_for_others();
        self.tell();
    }

    fn compare(&mut self, round: EventId, catalogue: Arc<Catalogue>, query: &Query) {
        let Some(desk) = &self.desk else { return };
        self.number += 1;
        self.compared = Compared::new(desk, round, catalogue, query, self.number);
        if let Some(compared) = &self.compared {
            self.send(compared.event());
        }
    }

    /// Tells what has been saved, and what that makes of the records.
    fn learnt(&mut self, news: JournalDelta) {
        if news.is_empty() {
            return;
        }
        let own = self.desk.as_ref().zip(self.compared.as_ref());
        let ids = own.map(|(desk, compared)| news.records(desk.journal(), compared.round()));
        self.send(ReviewEvent::Learnt(news));
        let (Some(desk), Some(compared)) = (&self.desk, &mut self.compared) else { return };
        if let Some(ids) = ids.filter(|ids| !ids.is_empty()) {
            self.number += 1;
            compared.look_again(desk, ids, self.number);
            let event = compared.event();
            self.send(event);
        }
    }

    /// Tells who else is on which record of the round, if that is different. Who has not been seen for a while is gone.
    fn look_for_others(&mut self) {
        let (Some(desk), Some(session), Some((round, _))) = (&self.desk, self.session, &self.at) else {
            return;
        };
        let since = self.place.clock.now() - PRESENT_MS;
        let Ok(present) = desk.store().presence(session, since) else { return };
        let here = present.into_iter().filter(|other| other.round == *round);
        let others = here.filter_map(|other| Some((other.record?, other.person))).collect();
        if others != self.others {
            self.others = others;
            self.send(ReviewEvent::Others(self.others.clone()));
        }
    }

    /// Tells where the person is, if that has changed, or it has been long.
    fn tell(&mut self) {
        let now = self.place.clock.now();
        let (Some(desk), Some(session), Some((round, record))) = (&self.desk, self.session, self.at.clone())
        else {
            return;
        };
        let is_known =
            |told: &Presence| (told.round, &told.record) == (round, &record) && now - told.seen < TELL_AGAIN;
        if self.told.as_ref().is_some_and(is_known) {
            return;
        }
        let Author { person, host, .. } = &self.place.author;
        let (person, host) = (person.to_string(), host.to_string());
        let own = Presence { session, person, host, round, record, seen: now };
        if desk.store().tell_presence(&own).is_ok() {
            self.told = Some(own);
        }
    }
}

/// Where there is no place for a store, that is what comes of opening it.
pub(super) fn no_place(effect: &ReviewEffect, post: &EventSender) {
    if matches!(effect, ReviewEffect::Open) {
        post.send(Event::Review(ReviewEvent::NotOpened(Arc::new(StoreError::NoPlace))));
    }
}

/// A round that is begun names its files with their hashes, which takes a while for large ones.
fn hashed(mut command: ReviewCommand) -> ReviewCommand {
    if let ReviewCommand::Begin { begun, .. } = &mut command {
        for source in &mut begun.sources {
            source.sha256 = File::open(&source.name).ok().and_then(|file| sha256_of_reader(file).ok());
        }
    }
    command
}

/// The thread that owns a store, and the way to it. It ends, with all saved that can be, when the way is closed.
pub(super) struct ReviewThread {
    orders: Option<Sender<ReviewEffect>>,
    hurry: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl ReviewThread {
    pub(super) fn start(place: ReviewPlace, places: Places, post: &EventSender) -> Self {
        let (orders, waiting) = channel();
        let desk = ReviewStoreWorker::new(place, places, post.clone());
        let hurry = desk.hurry.clone();
        let thread = super::workers::spawn(post, move || until_ended(desk, &waiting));
        Self { orders: Some(orders), hurry, thread: Some(thread) }
    }

    pub(super) fn take(&self, effect: ReviewEffect) {
        if matches!(effect, ReviewEffect::Rescue) {
            self.hurry.store(true, Ordering::SeqCst);
        }
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

fn until_ended(mut desk: ReviewStoreWorker, waiting: &Receiver<ReviewEffect>) {
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

#[cfg(test)]
#[path = "review_tests.rs"]
mod tests;
