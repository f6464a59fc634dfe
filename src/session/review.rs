//! The review store of a session. One thread owns it, so that no key waits for a disk.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::rescue::rescue;
use super::round_comparison::RoundComparison;
use super::worker::spawn;
use super::{EventSender, Places, files};
use crate::domain::catalogue::Catalogue;
use crate::domain::privacy::masked;
use crate::review::command::{ReviewCommand, ReviewCommandError};
use crate::review::delta::JournalDelta;
use crate::review::event::{Author, EventId};
use crate::review::exchange::{ExchangeLine, write_line};
use crate::review::finding::{Finding, FindingKind};
use crate::review::hex::sha256_of_reader;
use crate::review::presence::{PRESENT_MS, Presence};
use crate::review::repair::repair;
use crate::review::session::{ReviewSession, SessionAccess};
use crate::review::store::StoreOpening;
use crate::review::store_error::{Replacement, StoreError};
use crate::review::verify::ContentCheck;
use crate::search::language::query::Query;
use crate::ui::event::{Event, ReviewEffect, ReviewEvent, StoreCondition, WriteError, WriteFailure};

/// Interval between polls of the store for other sessions' work.
const POLL: Duration = Duration::from_secs(1);
/// Time that a write waits for another program that holds the store before the failure is reported.
const BUSY_TIMEOUT: Duration = Duration::from_millis(200);
/// Number of contents that are checked at each poll.
const CONTENTS_AT_ONCE: usize = 2_000;
/// Presence heartbeat, in milliseconds.
const HEARTBEAT_MS: i64 = 10_000;

/// A review store and its user.
#[derive(Clone, Debug)]
pub struct ReviewPlace {
    /// The store's file.
    pub store: PathBuf,
    /// The person who reviews.
    pub author: Author,
    /// The clock of the events.
    pub clock: Clock,
}

/// A clock in milliseconds since 1970 (UTC). A session never reads the system's own clock.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// A clock that reads the time from a function.
    pub fn new(read: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
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

/// Performs the review effects of a session.
pub(super) struct ReviewStoreWorker {
    place: ReviewPlace,
    places: Places,
    events: EventSender,
    /// The open store.
    session: Option<ReviewSession>,
    /// The check of the contents, a part at each poll.
    contents: Option<ContentCheck>,
    /// The condition of the store, as it was reported last.
    condition: StoreCondition,
    /// Commands to save, oldest first. A command leaves the queue when it is saved or refused for good.
    queue: VecDeque<QueuedCommand>,
    /// SQLite's `data_version` at the last poll.
    version: i64,
    comparison: Option<RoundComparison>,
    /// Revision of the facts that queries read; equal revisions imply equal content.
    revision: u64,
    /// Identifies this session among those that report their presence.
    presence_key: Option<EventId>,
    /// Round and record that the person is at.
    position: Option<(EventId, Option<String>)>,
    /// The presence that was reported last.
    reported: Option<Presence>,
    /// Other people's positions that the screen knows: person by record.
    others: BTreeMap<String, String>,
    /// Set when the line is lost: unsaved commands go to a file before the store is waited for.
    rescue_first: Arc<AtomicBool>,
}

/// A command to save. Its key makes a repeated attempt harmless.
struct QueuedCommand {
    token: u64,
    key: EventId,
    command: ReviewCommand,
    /// Time of the action, in milliseconds since 1970.
    time: i64,
    /// The failure that was reported last.
    reported: Option<String>,
}

impl ReviewStoreWorker {
    /// A worker whose store is not open yet.
    pub(super) fn new(place: ReviewPlace, places: Places, events: EventSender) -> Self {
        Self {
            place,
            places,
            events,
            session: None,
            contents: None,
            condition: StoreCondition::default(),
            queue: VecDeque::new(),
            version: 0,
            comparison: None,
            revision: 0,
            presence_key: None,
            position: None,
            reported: None,
            others: BTreeMap::new(),
            rescue_first: Arc::default(),
        }
    }

    /// Performs an effect; its answers are sent as events.
    pub(super) fn perform(&mut self, effect: ReviewEffect) {
        match effect {
            ReviewEffect::Open => self.open(),
            ReviewEffect::Leave => self.leave(),
            ReviewEffect::Act(token, command) => {
                let time = self.place.clock.now();
                match EventId::random() {
                    Ok(key) => {
                        let command = with_hashes(command);
                        self.queue.push_back(QueuedCommand { token, key, command, time, reported: None });
                    }
                    Err(error) => self.fail(token, StoreError::from(error).into(), false),
                }
                self.save();
            }
            ReviewEffect::Keep(path, newest) => self.send(ReviewEvent::Kept(newest, self.keep(&path))),
            ReviewEffect::Rescue => self.rescue(),
            ReviewEffect::Compare { round, catalogue, query } => self.compare(round, catalogue, &query),
            ReviewEffect::At(round, record) => self.position = Some((round, record)),
            ReviewEffect::Repair => self.repair(),
        }
    }

    fn send(&self, event: ReviewEvent) {
        self.events.send(Event::Review(event));
    }

    fn fail(&self, token: u64, why: ReviewCommandError, again: bool) {
        self.send(ReviewEvent::NotSaved { token, why: Arc::new(why), again });
    }

    fn open(&mut self) {
        let ReviewPlace { store, author, .. } = &self.place;
        let opened = match ReviewSession::open(store, author.clone(), BUSY_TIMEOUT) {
            Err(StoreError::Damaged(_)) => ReviewSession::open_read_only(store, author.clone(), BUSY_TIMEOUT),
            other => other,
        };
        match opened {
            Ok(mut session) => {
                // The journal below holds all of it.
                drop(session.take_delta());
                let journal = Box::new(session.journal().clone());
                self.version = session.store().data_version().unwrap_or_default();
                self.presence_key = EventId::random().ok();
                self.contents = Some(ContentCheck::new(session.store()));
                self.condition = condition_of(&session);
                self.session = Some(session);
                self.send(ReviewEvent::Opened { journal, condition: self.condition.clone() });
                self.save();
            }
            Err(error) => self.send(ReviewEvent::NotOpened(Arc::new(error))),
        }
    }

    /// Repairs the store and opens the result. A store that other sessions have open is not changed.
    fn repair(&mut self) {
        self.session = None;
        let repaired = repair(&self.place.store, self.place.clock.now());
        self.open();
        match repaired {
            Ok(Some(repair)) => {
                self.set_condition(StoreCondition::Repaired(repair.aside.display().to_string()));
            }
            Ok(None) => {}
            Err(error) => self.send(ReviewEvent::NotOpened(Arc::new(error))),
        }
    }

    fn set_condition(&mut self, condition: StoreCondition) {
        if condition != self.condition {
            self.condition = condition.clone();
            self.send(ReviewEvent::Condition(condition));
        }
    }

    fn leave(&mut self) {
        self.save();
        if let (Some(session), Some(key)) = (&self.session, self.presence_key) {
            // After a failure the presence expires by itself.
            session.store().end_presence(key, self.place.clock.now() - PRESENT_MS).unwrap_or_default();
        }
        (self.session, self.comparison, self.position, self.reported) = (None, None, None, None);
        self.others.clear();
    }

    /// Saves the queued commands, oldest first. The first one that the store cannot take now stays, with all after it.
    fn save(&mut self) {
        while !self.rescue_first.load(Ordering::SeqCst)
            && let Some(session) = &mut self.session
            && let Some(mut queued) = self.queue.pop_front()
        {
            let saved = session.act(queued.key, &queued.command, queued.time);
            let delta = session.take_delta();
            self.send_delta(delta);
            match saved {
                Ok(first) => self.send(ReviewEvent::Saved(queued.token, first)),
                Err(ReviewCommandError::Store(error)) if !matches!(error, StoreError::Closed) => {
                    let failure = Some(error.to_string());
                    if queued.reported != failure {
                        self.fail(queued.token, error.into(), true);
                    }
                    queued.reported = failure;
                    return self.queue.push_front(queued);
                }
                Err(why) => self.fail(queued.token, why, false),
            }
        }
    }

    /// Writes the unsaved commands to a new file that can be imported.
    fn keep(&self, path: &str) -> Result<String, WriteError> {
        let text = self.unsaved().map_err(|error| WriteError {
            path: path.to_owned(),
            reason: WriteFailure::System(io::ErrorKind::Other, error.to_string()),
        })?;
        files::write_new(path, &self.places, |out| Ok(out.write_all(&text)?))
    }

    /// The unsaved commands as lines that can be imported.
    fn unsaved(&self) -> Result<Vec<u8>, StoreError> {
        let session = self.session.as_ref().ok_or(StoreError::NoPlace)?;
        let commands = self.queue.iter().map(|queued| (queued.key, &queued.command, queued.time));
        let (events, contents) = session.unsaved(commands)?;
        let mut text = Vec::new();
        let contents = contents.into_iter().map(ExchangeLine::Content);
        for line in contents.chain(events.into_iter().map(|event| ExchangeLine::Event(Box::new(event)))) {
            write_line(&line, &mut text)?;
        }
        Ok(text)
    }

    /// Writes the unsaved commands to a file before waiting for the store, because the program may be killed meanwhile.
    /// The file is removed if the store then takes all of them. A failure cannot be reported to anybody.
    fn rescue(&mut self) {
        let first = self.queue.front().map(|queued| queued.key.short());
        let written = first
            .zip(self.places.rescue.as_ref())
            .and_then(|(name, folder)| rescue(folder, &name, &self.unsaved().ok()?).ok());
        self.rescue_first.store(false, Ordering::SeqCst);
        self.save();
        if let Some(path) = written.filter(|_| self.queue.is_empty()) {
            drop(std::fs::remove_file(path));
        }
    }

    /// Retries the queued commands and takes in other sessions' work.
    pub(super) fn poll(&mut self) {
        self.save();
        let Some(session) = &mut self.session else { return };
        if self.rescue_first.load(Ordering::SeqCst) {
            return;
        }
        match session.store().check_place() {
            // Everything that was read is in the file that has taken its place.
            Err(StoreError::Replaced(Replacement::Newer)) => return self.open(),
            Err(StoreError::Replaced(what)) => {
                return self.set_condition(StoreCondition::Replaced(what));
            }
            _ => {}
        }
        // The next poll retries a store that is busy.
        let Ok(version) = session.store().data_version() else { return };
        if version != self.version {
            match session.catch_up() {
                Ok(()) => self.version = version,
                Err(StoreError::Replaced(what)) => {
                    return self.set_condition(StoreCondition::Replaced(what));
                }
                Err(StoreError::Damaged(reason)) => {
                    let finding = Finding::new(FindingKind::Unreadable, reason);
                    return self.set_condition(StoreCondition::Damaged(finding, 1));
                }
                Err(_) => return,
            }
            let delta = session.take_delta();
            self.send_delta(delta);
        }
        self.check_contents();
        self.update_others();
        self.report_presence();
    }

    /// Checks some more contents while the session is idle.
    fn check_contents(&mut self) {
        let (Some(session), Some(check)) = (&self.session, &mut self.contents) else { return };
        if check.is_done() {
            return;
        }
        let findings = check.step(session.store(), CONTENTS_AT_ONCE);
        if let Some(first) = findings.first() {
            self.set_condition(StoreCondition::Damaged(first.clone(), findings.len()));
        }
    }

    fn compare(&mut self, round: EventId, catalogue: Arc<Catalogue>, query: &Query) {
        let Some(session) = &self.session else { return };
        self.revision += 1;
        self.comparison = RoundComparison::new(session, round, catalogue, query, self.revision);
        if let Some(comparison) = &self.comparison {
            self.send(comparison.event());
        }
    }

    /// Sends new events of the journal, and the facts of the records that they are about.
    fn send_delta(&mut self, delta: JournalDelta) {
        if delta.is_empty() {
            return;
        }
        let own = self.session.as_ref().zip(self.comparison.as_ref());
        let ids = own.map(|(session, comparison)| delta.records(session.journal(), comparison.round()));
        self.send(ReviewEvent::Learnt(delta));
        let (Some(session), Some(comparison)) = (&self.session, &mut self.comparison) else { return };
        if let Some(ids) = ids.filter(|ids| !ids.is_empty()) {
            self.revision += 1;
            comparison.update(session, ids, self.revision);
            let event = comparison.event();
            self.send(event);
        }
    }

    /// Sends the records that other people are at, if they have changed. A presence expires after [`PRESENT_MS`].
    fn update_others(&mut self) {
        let (Some(session), Some(key), Some((round, _))) = (&self.session, self.presence_key, &self.position)
        else {
            return;
        };
        let since = self.place.clock.now() - PRESENT_MS;
        let Ok(present) = session.store().presence(key, since) else { return };
        let here = present.into_iter().filter(|other| other.round == *round);
        let others =
            here.filter_map(|other| Some((other.record?, masked(&other.person).into_owned()))).collect();
        if others != self.others {
            self.others = others;
            self.send(ReviewEvent::Others(self.others.clone()));
        }
    }

    /// Writes the person's position to the store when it changes, and every [`HEARTBEAT_MS`].
    fn report_presence(&mut self) {
        let now = self.place.clock.now();
        let (Some(review), Some(session), Some((round, record))) =
            (&self.session, self.presence_key, self.position.clone())
        else {
            return;
        };
        let is_recent = |reported: &Presence| {
            (reported.round, &reported.record) == (round, &record) && now - reported.seen < HEARTBEAT_MS
        };
        if self.reported.as_ref().is_some_and(is_recent) {
            return;
        }
        let Author { person, host, .. } = &self.place.author;
        let (person, host) = (person.to_string(), host.to_string());
        let own = Presence { session, person, host, round, record, seen: now };
        if review.store().set_presence(&own).is_ok() {
            self.reported = Some(own);
        }
    }
}

/// Answers the request to open a store that has no path.
pub(super) fn send_no_place(effect: &ReviewEffect, events: &EventSender) {
    if matches!(effect, ReviewEffect::Open) {
        events.send(Event::Review(ReviewEvent::NotOpened(Arc::new(StoreError::NoPlace))));
    }
}

fn condition_of(session: &ReviewSession) -> StoreCondition {
    match (session.access(), session.store().opening()) {
        (SessionAccess::Damaged(findings), _) => {
            let first = findings.first().cloned();
            let unknown = || Finding::new(FindingKind::Unreadable, session.store().path().display());
            StoreCondition::Damaged(first.unwrap_or_else(unknown), findings.len())
        }
        (_, StoreOpening::Migrated(_)) => StoreCondition::Migrated,
        _ => StoreCondition::Sound,
    }
}

/// Adds the SHA-256 of each source file to a command that begins a round. Large files take a while.
fn with_hashes(mut command: ReviewCommand) -> ReviewCommand {
    if let ReviewCommand::Begin(new) | ReviewCommand::JoinOrBegin(new) = &mut command {
        for source in &mut new.begun.sources {
            source.sha256 = File::open(&source.name).ok().and_then(|file| sha256_of_reader(file).ok());
        }
    }
    command
}

/// The thread that owns a store. Dropping it waits until the thread has saved what can be saved.
pub(super) struct ReviewThread {
    effects: Option<Sender<ReviewEffect>>,
    rescue_first: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl ReviewThread {
    /// Starts the thread; the store is opened by [`ReviewEffect::Open`].
    pub(super) fn start(place: ReviewPlace, places: Places, events: &EventSender) -> Self {
        let (effects, waiting) = channel();
        let worker = ReviewStoreWorker::new(place, places, events.clone());
        let rescue_first = worker.rescue_first.clone();
        let thread = spawn(events, move || run(worker, &waiting));
        Self { effects: Some(effects), rescue_first, thread: Some(thread) }
    }

    /// Hands an effect to the thread.
    pub(super) fn perform(&self, effect: ReviewEffect) {
        if matches!(effect, ReviewEffect::Rescue) {
            self.rescue_first.store(true, Ordering::SeqCst);
        }
        if let Some(effects) = &self.effects {
            // A thread that has failed has reported it.
            effects.send(effect).unwrap_or_default();
        }
    }
}

impl Drop for ReviewThread {
    fn drop(&mut self) {
        self.effects = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported.
            thread.join().unwrap_or_default();
        }
    }
}

/// Performs effects until there can be none any more, and polls the store between them while it is open.
fn run(mut worker: ReviewStoreWorker, effects: &Receiver<ReviewEffect>) {
    loop {
        let next = match worker.session {
            None => effects.recv().map_err(RecvTimeoutError::from),
            Some(_) => effects.recv_timeout(POLL),
        };
        match next {
            Ok(effect) => worker.perform(effect),
            Err(RecvTimeoutError::Timeout) => worker.poll(),
            Err(RecvTimeoutError::Disconnected) => return worker.leave(),
        }
    }
}

#[cfg(test)]
#[path = "review_tests.rs"]
mod tests;
