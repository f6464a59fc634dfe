//! One person's place at a store. What is asked for is decided and written in one transaction, in sight of all that
//! others have written before.

use crate::review::new_event::NewEvent;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::closing;
use super::content::{Content, ContentKey};
use super::event::{Author, Event, EventId, EventKind, EventText, RoundBegun};
use super::journal::Journal;
use super::round::Scope;
use super::store::{Store, StoreError, StorePosition};
use super::undo;
use super::undo::UndoError;

/// A person's place at a store.
pub struct ReviewSession {
    store: Store,
    journal: Journal,
    mark: StorePosition,
    author: Author,
    news: JournalDelta,
}

/// Something to be done. Each is done whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewCommand {
    /// Write these, as one action.
    Write {
        /// The round.
        round: EventId,
        /// What.
        drafts: Vec<NewEvent>,
        /// Versions of the records, to be kept if they are not yet.
        contents: Vec<Content>,
    },
    /// Begin a round.
    Begin {
        /// How; its scope is a key of `ids`.
        begun: Box<RoundBegun>,
        /// What it is for.
        purpose: String,
        /// The ids of its records.
        ids: Content,
    },
    /// Take back the latest action of one's own that is still in force.
    Undo(EventId),
    /// Do again what one has taken back last.
    Redo(EventId),
    /// Close a round.
    Close(EventId),
    /// Open a closed round again.
    Reopen {
        /// The round.
        round: EventId,
        /// Why.
        reason: String,
    },
    /// Empty the text of an event.
    Redact {
        /// The event.
        event: EventId,
        /// Why.
        reason: String,
    },
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum ReviewCommandError {
    /// The store could not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing to take back, or it must not be.
    #[error("cannot be undone: {0:?}")]
    Undo(UndoError),
    /// No round or event is called so.
    #[error("no such round or event: {0}")]
    Unknown(EventId),
    /// The round is open already, or closed already.
    #[error("the round is {} already", if *.closed { "closed" } else { "open" })]
    Already {
        /// Which of the two it is.
        closed: bool,
    },
}

impl From<UndoError> for ReviewCommandError {
    fn from(reason: UndoError) -> Self {
        Self::Undo(reason)
    }
}

/// What a journal has learnt.
#[derive(Clone, Debug, Default)]
pub struct JournalDelta {
    /// Events, in the order in which they came in.
    pub events: Vec<Arc<Event>>,
    /// The ids of rounds, by the keys that their first events name.
    pub scopes: Vec<(ContentKey, Arc<Scope>)>,
}

impl JournalDelta {
    fn of(
        events: Vec<Event>,
        content: impl Fn(&ContentKey) -> Result<Option<Content>, StoreError>,
    ) -> Result<Self, StoreError> {
        let mut scopes = Vec::new();
        for event in &events {
            if let EventKind::RoundBegun(begun) = &event.what
                && let Some(ids) = content(&begun.scope)?
            {
                let scope = Scope::new(ids.ids().map(str::to_owned).collect());
                scopes.push((begun.scope.clone(), Arc::new(scope)));
            }
        }
        Ok(Self { events: events.into_iter().map(Arc::new).collect(), scopes })
    }

    /// Tells a journal.
    pub fn tell(&self, journal: &mut Journal) {
        for (key, scope) in &self.scopes {
            journal.know_scope(key.clone(), scope.clone());
        }
        for event in &self.events {
            journal.add(event.clone());
        }
    }

    /// Whether there is nothing new.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The records of a round of which something else is said now. The journal may know the news already or not.
    #[must_use]
    pub fn records(&self, journal: &Journal, round: EventId) -> BTreeSet<Arc<str>> {
        let mut records = BTreeSet::new();
        for event in self.events.iter().filter(|event| event.round == round) {
            match event.what {
                EventKind::Undone { of } | EventKind::Redone { of } => {
                    records.extend(journal.action(of).filter_map(|event| event.record.clone()));
                }
                EventKind::Redacted { event } => {
                    records.extend(journal.event(event).and_then(|event| event.record.clone()));
                }
                _ => records.extend(event.record.clone()),
            }
        }
        records
    }

    fn join(&mut self, later: Self) {
        self.events.extend(later.events);
        self.scopes.extend(later.scopes);
    }
}

impl ReviewSession {
    /// Opens a store and reads all of it.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub fn open(path: &Path, author: Author, patience: Duration) -> Result<Self, StoreError> {
        let store = Store::open(path, patience)?;
        let (journal, news) = (Journal::default(), JournalDelta::default());
        let mut desk = Self { store, journal, mark: StorePosition::default(), author, news };
        desk.catch_up()?;
        Ok(desk)
    }

    /// What the store amounts to, as far as it has been read.
    #[must_use]
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Who sits here.
    #[must_use]
    pub const fn author(&self) -> &Author {
        &self.author
    }

    /// The store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// What the journal has learnt since this was asked last: what others have written, and what was done here.
    #[must_use]
    pub fn take_news(&mut self) -> JournalDelta {
        std::mem::take(&mut self.news)
    }

    /// Reads what others have written since.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn catch_up(&mut self) -> Result<(), StoreError> {
        let (events, mark) = self.store.events_since(self.mark)?;
        let news = JournalDelta::of(events, |key| self.store.content(key))?;
        self.learn(news, mark);
        Ok(())
    }

    fn learn(&mut self, news: JournalDelta, mark: StorePosition) {
        self.mark = mark;
        news.tell(&mut self.journal);
        self.news.join(news);
    }

    /// Does something at a time, in milliseconds since 1970, and returns its first event. When it comes back, what was
    /// done is durable. The same key again does nothing more: after a failure nobody knows how far it had come.
    ///
    /// # Errors
    /// When it cannot be done; then nothing was.
    pub fn act(
        &mut self,
        key: EventId,
        command: &ReviewCommand,
        time: i64,
    ) -> Result<EventId, ReviewCommandError> {
        self.catch_up()?;
        let writing = self.store.begin()?;
        // Others may have written between; in the transaction nobody does.
        let (events, mark) = writing.events_since(self.mark)?;
        let between = JournalDelta::of(events, |key| writing.content(key))?;
        between.tell(&mut self.journal);
        self.mark = mark;
        self.news.join(between);
        if self.journal.event(key).is_some() {
            return Ok(key);
        }
        let plan = plan(&self.journal, &self.author.person, command)?;
        for content in &plan.contents {
            writing.keep(content)?;
        }
        // In the transaction the journal knows all events: the store would have to look through them.
        let lamport = self.journal.last_lamport() + 1;
        let redacts = plan.redacts;
        let events = events_of(&self.author, key, plan, lamport, time)?;
        for event in &events {
            writing.add(event)?;
        }
        if let Some(emptied) = redacts {
            writing.redact(emptied)?;
        }
        let mark = writing.mark()?;
        let done = JournalDelta::of(events, |key| writing.content(key))?;
        writing.commit()?;
        self.learn(done, mark);
        Ok(key)
    }

    /// What commands would write that the store does not take: their events, and the contents that these name. Later
    /// the same commands with the same keys write the same, so taking both in is taking in one.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn unsaved<'a>(
        &self,
        commands: impl Iterator<Item = (EventId, &'a ReviewCommand, i64)>,
    ) -> Result<(Vec<Event>, Vec<Content>), StoreError> {
        let mut journal = self.journal.clone();
        let (mut events, mut contents) = (Vec::new(), Vec::new());
        for (key, command, time) in commands {
            // One that has been written after all, or that would be refused, has nothing to be kept.
            if journal.event(key).is_some() {
                continue;
            }
            let Ok(plan) = plan(&journal, &self.author.person, command) else { continue };
            let lamport = journal.last_lamport() + 1;
            contents.extend(plan.contents.iter().cloned());
            let own = events_of(&self.author, key, plan, lamport, time)?;
            let known = |key: &_| Ok(contents.iter().find(|content| content.key == *key).cloned());
            JournalDelta::of(own.clone(), known)?.tell(&mut journal);
            events.extend(own);
        }
        Ok((events, contents))
    }

    /// Lets the store grow no more, as on a full disk, or again as it likes.
    #[cfg(test)]
    pub(crate) fn limit_pages_for_test(&self, is_limited: bool) {
        self.store.limit_pages_for_test(is_limited);
    }

    /// Writes events from elsewhere, with the contents that they name, and returns how many were not known yet.
    ///
    /// # Errors
    /// When they cannot be written; then none was.
    pub fn take_in(&mut self, events: &[Event], contents: &[Content]) -> Result<usize, ReviewCommandError> {
        self.store.expect_much()?;
        let writing = self.store.begin()?;
        for content in contents {
            writing.keep(content)?;
        }
        let mut new = 0;
        for event in events {
            new += usize::from(writing.add(event)?);
        }
        // A text that was emptied in one store is emptied in both.
        writing.redact_all()?;
        writing.commit()?;
        self.catch_up()?;
        Ok(new)
    }
}

/// What a command writes.
struct CommandPlan {
    /// The round; `None` where the first draft begins one.
    round: Option<EventId>,
    drafts: Vec<NewEvent>,
    contents: Vec<Content>,
    /// The event whose text is emptied.
    redacts: Option<EventId>,
}

/// Decides what a command writes, in sight of all that has been written.
fn plan(journal: &Journal, person: &str, command: &ReviewCommand) -> Result<CommandPlan, ReviewCommandError> {
    let one = |round: EventId, what: EventKind, text: &str| CommandPlan {
        round: Some(round),
        drafts: vec![NewEvent { record: None, what, text: text.to_owned() }],
        contents: Vec::new(),
        redacts: None,
    };
    Ok(match command {
        ReviewCommand::Write { round, drafts, contents } => {
            open_round(journal, *round)?;
            let (drafts, contents) = (drafts.clone(), contents.clone());
            CommandPlan { round: Some(*round), drafts, contents, redacts: None }
        }
        ReviewCommand::Begin { begun, purpose, ids } => {
            let draft =
                NewEvent { record: None, what: EventKind::RoundBegun(begun.clone()), text: purpose.clone() };
            CommandPlan { round: None, drafts: vec![draft], contents: vec![ids.clone()], redacts: None }
        }
        ReviewCommand::Undo(round) => {
            open_round(journal, *round)?;
            one(*round, EventKind::Undone { of: undo::latest(journal, *round, person)? }, "")
        }
        ReviewCommand::Redo(round) => {
            open_round(journal, *round)?;
            one(*round, EventKind::Redone { of: undo::latest_undone(journal, *round, person)? }, "")
        }
        ReviewCommand::Close(round) => {
            if journal.round(*round).ok_or(ReviewCommandError::Unknown(*round))?.closing.is_some() {
                return Err(ReviewCommandError::Already { closed: true });
            }
            let (hash, events) = closing::hash_until(journal, *round, None);
            one(*round, EventKind::Closed { hash, events }, "")
        }
        ReviewCommand::Reopen { round, reason } => {
            if journal.round(*round).ok_or(ReviewCommandError::Unknown(*round))?.closing.is_none() {
                return Err(ReviewCommandError::Already { closed: false });
            }
            one(*round, EventKind::Reopened, reason)
        }
        ReviewCommand::Redact { event, reason } => {
            let round = journal.event(*event).ok_or(ReviewCommandError::Unknown(*event))?.round;
            CommandPlan { redacts: Some(*event), ..one(round, EventKind::Redacted { event: *event }, reason) }
        }
    })
}

fn open_round(journal: &Journal, round: EventId) -> Result<(), ReviewCommandError> {
    match &journal.round(round).ok_or(ReviewCommandError::Unknown(round))?.closing {
        Some(_) => Err(StoreError::Closed.into()),
        None => Ok(()),
    }
}

/// The events of an action, in their order, from a Lamport number on.
fn events_of(
    author: &Author,
    key: EventId,
    plan: CommandPlan,
    lamport: u64,
    time: i64,
) -> Result<Vec<Event>, StoreError> {
    let round = plan.round.unwrap_or(key);
    let event = |(number, draft): (usize, NewEvent)| {
        let text = if draft.text.is_empty() {
            EventText::None
        } else {
            EventText::Said { text: draft.text.into(), salt: EventId::random()?.to_string() }
        };
        Ok(Event {
            id: key.numbered(number),
            lamport: lamport.saturating_add(number as u64),
            time,
            author: author.clone(),
            action: key,
            round,
            record: draft.record.map(Arc::from),
            what: draft.what,
            text,
        })
    };
    plan.drafts.into_iter().enumerate().map(event).collect()
}
