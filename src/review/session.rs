//! One reviewer's session at a store. Each command is decided and written in one transaction, on top of everything that
//! others have written before.

use std::path::Path;
use std::time::Duration;

use super::chain::StorePosition;
use super::closing::{ClosingStamp, closing_hash};
use super::command::{ReviewCommand, ReviewCommandError};
use super::content::{Content, ContentKey};
use super::delta::JournalDelta;
use super::event::{Author, Event, EventId, EventKind, EventOrder, EventText, SealScheme};
use super::finding::{Finding, FindingKind};
use super::hex::sha256;
use super::journal::Journal;
use super::new_event::NewEvent;
use super::store::Store;
use super::store_error::StoreError;
use super::transaction::StoreTransaction;
use super::undo;

/// Hexadecimal digits of the salt of a text.
const SALT_DIGITS: usize = 32;

/// A reviewer's session at a store.
pub struct ReviewSession {
    store: Store,
    journal: Journal,
    position: StorePosition,
    author: Author,
    delta: JournalDelta,
    access: SessionAccess,
    /// The secret that the salts of this session's texts are derived from.
    salt_secret: EventId,
}

/// Access of a session to its store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionAccess {
    /// Read and write.
    Write,
    /// Read.
    Read,
    /// Read what can be trusted: these things are wrong with the store.
    Damaged(Vec<Finding>),
}

impl ReviewSession {
    /// Opens a store to read and write and reads all of it. A missing store is created, an older one brought up to date.
    ///
    /// # Errors
    /// Returns an error if the store cannot be used. A damaged store stays as it is.
    pub fn open(path: &Path, author: Author, patience: Duration) -> Result<Self, StoreError> {
        Self::with(Store::open(path, patience)?, author, SessionAccess::Write)
    }

    /// Opens a store to read. Nothing is created or changed; a missing store counts as empty. Of a damaged store only
    /// trustworthy events are read, and [`Self::access`] has the problems of the rest.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read at all.
    pub fn open_read_only(path: &Path, author: Author, patience: Duration) -> Result<Self, StoreError> {
        match Self::with(Store::open_read_only(path, patience)?, author.clone(), SessionAccess::Read) {
            Err(StoreError::Damaged(_)) => Self::salvaged(Store::open_read_only(path, patience)?, author),
            other => other,
        }
    }

    fn with(store: Store, author: Author, access: SessionAccess) -> Result<Self, StoreError> {
        super::schema::check(store.connection(), store.version())?;
        let (journal, delta, position) = (Journal::default(), JournalDelta::default(), store.start()?);
        let salt_secret = EventId::random()?;
        let mut session = Self { store, journal, position, author, delta, access, salt_secret };
        session.catch_up()?;
        Ok(session)
    }

    fn salvaged(store: Store, author: Author) -> Result<Self, StoreError> {
        let (events, mut findings) = store.salvage();
        if let Err(error) = super::schema::check(store.connection(), store.version()) {
            findings.push(Finding::new(FindingKind::Tables, error));
        }
        // A round whose scope is lost is still a round.
        let empty = |key: &ContentKey| Content { key: key.clone(), text: String::new() };
        let content = |key: &_| Ok(store.content(key).ok().flatten().or_else(|| Some(empty(key))));
        let delta = JournalDelta::read(events, content).unwrap_or_default();
        let mut journal = Journal::default();
        delta.apply_to(&mut journal);
        let (access, position) = (SessionAccess::Damaged(findings), StorePosition::default());
        Ok(Self { store, journal, position, author, delta, access, salt_secret: EventId::random()? })
    }

    /// The state that follows from the store, as far as it has been read.
    #[must_use]
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The reviewer.
    #[must_use]
    pub const fn author(&self) -> &Author {
        &self.author
    }

    /// The store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Access of the session to the store.
    #[must_use]
    pub const fn access(&self) -> &SessionAccess {
        &self.access
    }

    /// The events that the journal has taken in since the last call, from here and from others.
    #[must_use]
    pub fn take_delta(&mut self) -> JournalDelta {
        std::mem::take(&mut self.delta)
    }

    /// Reads the events that other sessions have written since.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read, is damaged, or was replaced by another file.
    pub fn catch_up(&mut self) -> Result<(), StoreError> {
        if matches!(self.access, SessionAccess::Damaged(_)) {
            return Ok(());
        }
        let batch = self.store.events_since(self.position)?;
        let delta = JournalDelta::read(batch.events, |key| self.store.content(key))?;
        self.learn(delta, batch.position);
        Ok(())
    }

    fn learn(&mut self, delta: JournalDelta, position: StorePosition) {
        self.position = position;
        delta.apply_to(&mut self.journal);
        self.delta.join(delta);
    }

    fn check_writable(&self) -> Result<(), StoreError> {
        match &self.access {
            SessionAccess::Write => self.store.check_place(),
            SessionAccess::Read => Err(StoreError::ReadOnly),
            SessionAccess::Damaged(findings) => {
                let first = findings.first().map(|finding| finding.subject.clone());
                Err(StoreError::Damaged(first.unwrap_or_default()))
            }
        }
    }

    /// Performs a command with a time in milliseconds since 1970, and returns its first event. When it returns, the
    /// events are durable and in the file at the path. Repeating a command with the same key has no further effect,
    /// because after a failure it is unknown how far the first attempt came.
    ///
    /// # Errors
    /// Returns an error if the command cannot be performed; then none of it is.
    pub fn act(
        &mut self,
        key: EventId,
        command: &ReviewCommand,
        time: i64,
    ) -> Result<EventId, ReviewCommandError> {
        self.check_writable()?;
        self.catch_up()?;
        let mut transaction = self.store.begin()?;
        // Other sessions may have written in between; inside the transaction none does.
        let batch = transaction.events_since(self.position)?;
        let between = JournalDelta::read(batch.events, |key| transaction.content(key))?;
        self.position = batch.position;
        between.apply_to(&mut self.journal);
        self.delta.join(between);
        if self.journal.event(key).is_some() {
            return Ok(key);
        }
        if let ReviewCommand::JoinOrBegin(_) = command
            && let Some(open) = self.journal.open_round()
        {
            return Ok(open.id);
        }
        let lamport = self.journal.last_lamport() + 1;
        let stamp = Stamp { key, author: &self.author, lamport, time, salt_secret: self.salt_secret };
        let plan = plan(&self.journal, &stamp, command)?;
        let redacts = plan.redacts;
        for content in &plan.contents {
            transaction.add_content(content)?;
        }
        let events = events_of(&stamp, plan);
        for event in &events {
            transaction.add(event)?;
        }
        if let Some(redacted) = redacts {
            transaction.redact(redacted)?;
        }
        let position = transaction.position();
        let delta = JournalDelta::read(events, |key| transaction.content(key))?;
        transaction.commit()?;
        self.store.check_place()?;
        self.learn(delta, position);
        Ok(key)
    }

    /// The events that commands would write which the store does not take, and the contents that these name. The same
    /// commands with the same keys write the same events later, so importing both imports one.
    ///
    /// # Errors
    /// Returns an error if the system has no randomness.
    pub fn unsaved<'a>(
        &self,
        commands: impl Iterator<Item = (EventId, &'a ReviewCommand, i64)>,
    ) -> Result<(Vec<Event>, Vec<Content>), StoreError> {
        let mut journal = self.journal.clone();
        let (mut events, mut contents) = (Vec::new(), Vec::new());
        for (key, command, time) in commands {
            // A command that was written after all, or that would be refused, has nothing to be kept.
            if journal.event(key).is_some() {
                continue;
            }
            let lamport = journal.last_lamport() + 1;
            let stamp = Stamp { key, author: &self.author, lamport, time, salt_secret: self.salt_secret };
            let Ok(plan) = plan(&journal, &stamp, command) else { continue };
            contents.extend(plan.contents.iter().cloned());
            let own = events_of(&stamp, plan);
            let known = |key: &_| Ok(contents.iter().find(|content| content.key == *key).cloned());
            JournalDelta::read(own.clone(), known)?.apply_to(&mut journal);
            events.extend(own);
        }
        Ok((events, contents))
    }

    /// Runs `write` in one transaction, which is durable unless it fails, and reads the events that it wrote.
    ///
    /// # Errors
    /// Returns the error of `write`, or an error if the store cannot be written to; nothing is kept then.
    pub(super) fn transact<T, E: From<StoreError>>(
        &mut self,
        write: impl FnOnce(&mut StoreTransaction<'_>, &Journal) -> Result<T, E>,
    ) -> Result<T, E> {
        self.check_writable()?;
        self.catch_up()?;
        self.store.enlarge_cache()?;
        let mut transaction = self.store.begin()?;
        let written = write(&mut transaction, &self.journal)?;
        transaction.commit()?;
        self.store.check_place()?;
        self.catch_up()?;
        Ok(written)
    }

    /// Prevents the store from growing, as on a full disk, or lets it grow again.
    #[cfg(test)]
    pub(crate) fn limit_pages_for_test(&self, is_limited: bool) {
        self.store.limit_pages_for_test(is_limited);
    }
}

/// Author, time and key of a command.
struct Stamp<'a> {
    key: EventId,
    author: &'a Author,
    /// The Lamport number of the first event.
    lamport: u64,
    time: i64,
    salt_secret: EventId,
}

impl Stamp<'_> {
    /// The salt of the text of an event: the same at each attempt to write the event, and unknown to others, so that a
    /// redacted text cannot be guessed from its digest.
    fn salt(&self, event: EventId) -> String {
        let mut salt = sha256([self.salt_secret.bytes().as_slice(), event.bytes()]);
        salt.truncate(SALT_DIGITS);
        salt
    }
}

/// The writes of a command.
struct CommandPlan {
    /// The round; `None` where the first event begins one.
    round: Option<EventId>,
    new_events: Vec<NewEvent>,
    contents: Vec<Content>,
    /// The event whose text is redacted.
    redacts: Option<EventId>,
}

impl CommandPlan {
    /// A single event about a round.
    fn one(round: EventId, kind: EventKind, text: &str) -> Self {
        let new_events = vec![NewEvent { record: None, kind, text: text.to_owned() }];
        Self { round: Some(round), new_events, contents: Vec::new(), redacts: None }
    }
}

/// Decides the events of a command, based on a journal.
fn plan(
    journal: &Journal,
    stamp: &Stamp<'_>,
    command: &ReviewCommand,
) -> Result<CommandPlan, ReviewCommandError> {
    let person = &stamp.author.person;
    Ok(match command {
        ReviewCommand::Write { round, new_events, contents } => {
            check_open(journal, *round)?;
            let (new_events, contents) = (new_events.clone(), contents.clone());
            CommandPlan { round: Some(*round), new_events, contents, redacts: None }
        }
        ReviewCommand::Begin(new) | ReviewCommand::JoinOrBegin(new) => {
            let kind = EventKind::RoundBegun(Box::new(new.begun.clone()));
            let first = NewEvent { record: None, kind, text: new.purpose.clone() };
            let contents = vec![new.ids.clone()];
            CommandPlan { round: None, new_events: vec![first], contents, redacts: None }
        }
        ReviewCommand::Undo(round) => {
            check_open(journal, *round)?;
            let kind = EventKind::Undone { of: undo::latest(journal, *round, person)? };
            CommandPlan::one(*round, kind, "")
        }
        ReviewCommand::Redo(round) => {
            check_open(journal, *round)?;
            let kind = EventKind::Redone { of: undo::latest_undone(journal, *round, person)? };
            CommandPlan::one(*round, kind, "")
        }
        ReviewCommand::Close(round) => {
            if is_closed(journal, *round)? {
                return Err(ReviewCommandError::Already { closed: true });
            }
            let order = EventOrder { lamport: stamp.lamport, time: stamp.time, id: stamp.key };
            let closing = ClosingStamp { order, author: stamp.author, round: *round };
            let scheme = SealScheme::WithClosing;
            let (hash, events) = closing_hash(journal, closing, scheme);
            CommandPlan::one(*round, EventKind::Closed { hash, events, scheme }, "")
        }
        ReviewCommand::Reopen { round, reason } => {
            if !is_closed(journal, *round)? {
                return Err(ReviewCommandError::Already { closed: false });
            }
            CommandPlan::one(*round, EventKind::Reopened, reason)
        }
        ReviewCommand::Redact { event, reason } => {
            let round = journal.event(*event).ok_or(ReviewCommandError::Unknown(*event))?.round;
            let kind = EventKind::Redacted { event: *event };
            CommandPlan { redacts: Some(*event), ..CommandPlan::one(round, kind, reason) }
        }
    })
}

fn is_closed(journal: &Journal, round: EventId) -> Result<bool, ReviewCommandError> {
    let known = journal.round(round).ok_or(ReviewCommandError::Unknown(round))?;
    Ok(known.closing.is_some())
}

fn check_open(journal: &Journal, round: EventId) -> Result<(), ReviewCommandError> {
    if is_closed(journal, round)? { Err(StoreError::Closed.into()) } else { Ok(()) }
}

/// The events of an action, in their order.
fn events_of(stamp: &Stamp<'_>, plan: CommandPlan) -> Vec<Event> {
    let round = plan.round.unwrap_or(stamp.key);
    let event = |(number, new): (usize, NewEvent)| {
        let id = stamp.key.numbered(number);
        let text = if new.text.is_empty() {
            EventText::None
        } else {
            EventText::Said { text: new.text.into(), salt: stamp.salt(id) }
        };
        Event {
            id,
            lamport: stamp.lamport.saturating_add(number as u64),
            time: stamp.time,
            author: stamp.author.clone(),
            action: stamp.key,
            round,
            record: new.record.map(Into::into),
            kind: new.kind,
            text,
        }
    };
    plan.new_events.into_iter().enumerate().map(event).collect()
}
