//! Takes in events and contents from elsewhere, in one transaction. Nothing in them is believed: each line is checked,
//! and one that is refused refuses all of it.

use std::collections::{BTreeSet, HashSet};
use std::io::BufRead;
use std::sync::Arc;

use thiserror::Error;

use super::content::{Content, ContentKey};
use super::event::{Event, EventId, EventKind, EventText};
use super::exchange::{ExchangeLine, ExchangeLines, LineError};
use super::journal::Journal;
use super::packing::ContentError;
use super::record_state::VerdictStatus;
use super::session::ReviewSession;
use super::store::Store;
use super::store_error::StoreError;
use super::transaction::StoreTransaction;

/// A Lamport number may be this much larger than the numbers of events here and in the file together explain. A number
/// from the far future would make every later event of this store lose against it.
const LAMPORT_SLACK: u64 = 1_000_000;
/// The largest text of an event, in bytes.
const MAX_TEXT_BYTES: usize = 4 << 20;
/// The largest name of a person, account, machine or record, in bytes.
const MAX_NAME_BYTES: usize = 4_096;
/// The end of the year 9999, in milliseconds since 1970.
const MAX_TIME: i64 = 253_402_300_799_999;

/// The outcome of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinSummary {
    /// The number of events that were new.
    pub new: usize,
    /// The number of events.
    pub all: usize,
    /// The records on which people differ since the import, with their rounds, in order.
    pub disputed: Vec<(EventId, Arc<str>)>,
}

/// The reason why nothing was imported.
#[derive(Debug, Error)]
pub enum ReviewImportError {
    /// The file cannot be read.
    #[error(transparent)]
    Line(#[from] LineError),
    /// An event or content is refused.
    #[error("{subject}: {reason}")]
    Refused {
        /// The event, by the first digits of its id, or the content, by its key.
        subject: String,
        /// The reason.
        reason: Refusal,
    },
    /// The store that is merged cannot be read.
    #[error(transparent)]
    Source(StoreError),
    /// The store that takes it in cannot be read or written to.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The reason why an event or content is refused.
#[derive(Debug, Error)]
pub enum Refusal {
    /// The content does not hash to its key, or is too large.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The Lamport number is larger than the known events explain.
    #[error("its Lamport number {0} is out of reach")]
    Lamport(u64),
    /// The time is before 1970 or after 9999.
    #[error("its time {0} is not between 1970 and 9999")]
    Time(i64),
    /// A name or text is missing or too long.
    #[error("a name or text is missing or too long")]
    Length,
    /// The event begins a round under another id than its own, or a round that needs no or too many people.
    #[error("it begins no valid round")]
    Round,
    /// There is no such round, here or in the file.
    #[error("it belongs to a round that is neither here nor in the file")]
    UnknownRound,
    /// The event names a content that is not there, here or in the file.
    #[error("it names a content that is neither here nor in the file")]
    MissingContent,
    /// There is an event of the same id that says something else.
    #[error("there is another event of the same id")]
    OtherEvent,
}

/// Hands on each line of a source; an error of the receiver ends it.
pub type LineReceiver<'a> = dyn FnMut(ExchangeLine) -> Result<(), ReviewImportError> + 'a;

/// Imports all lines that `source` hands on: all of them or, after an error, none.
///
/// # Errors
/// Returns an error if a line cannot be read or is refused, or the store cannot be written to.
pub fn import(
    session: &mut ReviewSession,
    source: impl FnOnce(&mut LineReceiver<'_>) -> Result<(), ReviewImportError>,
) -> Result<JoinSummary, ReviewImportError> {
    let before = all_disputed(session.journal());
    let (new, all, touched) = session.transact(|transaction, journal| {
        let mut importer = Importer::new(transaction, journal);
        source(&mut |line| importer.take(line))?;
        importer.finish()
    })?;
    let after = touched.into_iter().filter(|(round, record)| is_disputed(session.journal(), *round, record));
    let disputed = after.filter(|record| !before.contains(record)).collect();
    Ok(JoinSummary { new, all, disputed })
}

/// Imports the lines of an export.
///
/// # Errors
/// As [`import`].
pub fn import_lines(
    session: &mut ReviewSession,
    from: impl BufRead,
) -> Result<JoinSummary, ReviewImportError> {
    import(session, |take| ExchangeLines::new(from).try_for_each(|line| take(line?)))
}

/// Merges another store into a session's own. The other store is not changed.
///
/// # Errors
/// As [`import`].
pub fn merge(session: &mut ReviewSession, other: &Store) -> Result<JoinSummary, ReviewImportError> {
    let known: HashSet<ContentKey> = session.store().content_keys()?.into_iter().collect();
    import(session, |take| offer(other, &known, take))
}

/// Hands on the contents of a store that are not known yet, then all of its events.
fn offer(
    from: &Store,
    known: &HashSet<ContentKey>,
    take: &mut LineReceiver<'_>,
) -> Result<(), ReviewImportError> {
    let keys = from.content_keys().map_err(ReviewImportError::Source)?;
    for key in keys.into_iter().filter(|key| !known.contains(key)) {
        let missing = || StoreError::Damaged(format!("content {} is missing", key.0));
        let content = from.content(&key).and_then(|content| content.ok_or_else(missing));
        take(ExchangeLine::Content(content.map_err(ReviewImportError::Source)?))?;
    }
    for event in from.events().map_err(ReviewImportError::Source)? {
        take(ExchangeLine::Event(Box::new(event)))?;
    }
    Ok(())
}

/// A round and a record.
type RoundRecord = (EventId, Arc<str>);

struct Importer<'a, 'b> {
    transaction: &'a mut StoreTransaction<'b>,
    journal: &'a Journal,
    /// The largest Lamport number that is accepted now; each event of the file raises it.
    max_lamport: u64,
    new: usize,
    all: usize,
    /// The rounds that the file begins, and those that its events name.
    begun: BTreeSet<EventId>,
    rounds: Vec<(EventId, EventId)>,
    /// The contents that its events name.
    named: BTreeSet<(ContentKey, EventId)>,
    touched: BTreeSet<RoundRecord>,
}

impl<'a, 'b> Importer<'a, 'b> {
    fn new(transaction: &'a mut StoreTransaction<'b>, journal: &'a Journal) -> Self {
        Self {
            transaction,
            journal,
            max_lamport: journal.last_lamport().saturating_add(LAMPORT_SLACK),
            new: 0,
            all: 0,
            begun: BTreeSet::new(),
            rounds: Vec::new(),
            named: BTreeSet::new(),
            touched: BTreeSet::new(),
        }
    }

    fn take(&mut self, line: ExchangeLine) -> Result<(), ReviewImportError> {
        match line {
            ExchangeLine::Event(event) => self.take_event(&event),
            ExchangeLine::Content(content) => self.take_content(&content),
        }
    }

    fn take_content(&mut self, content: &Content) -> Result<(), ReviewImportError> {
        super::packing::check(content).map_err(|error| ReviewImportError::Refused {
            subject: content.key.0.chars().take(64).collect(),
            reason: error.into(),
        })?;
        self.transaction.add_content(content)?;
        Ok(())
    }

    fn take_event(&mut self, event: &Event) -> Result<(), ReviewImportError> {
        self.max_lamport = self.max_lamport.saturating_add(1);
        check_event(event, self.max_lamport).map_err(|reason| refused(event.id, reason))?;
        self.all += 1;
        if !self.transaction.add(event)? {
            let known = self.transaction.event(event.id)?;
            if !known.is_some_and(|known| is_same(&known, event)) {
                return Err(refused(event.id, Refusal::OtherEvent));
            }
            return Ok(());
        }
        self.new += 1;
        if matches!(event.kind, EventKind::RoundBegun(_)) {
            self.begun.insert(event.id);
        } else if self.rounds.last().is_none_or(|(round, _)| *round != event.round) {
            self.rounds.push((event.round, event.id));
        }
        if let Some(key) = event.kind.content_key() {
            self.named.insert((key.clone(), event.id));
        }
        if let (EventKind::Verdict { .. }, Some(record)) = (&event.kind, &event.record) {
            self.touched.insert((event.round, record.clone()));
        }
        Ok(())
    }

    /// Checks what only the whole file can tell.
    fn finish(self) -> Result<(usize, usize, BTreeSet<RoundRecord>), ReviewImportError> {
        let is_known = |round: &EventId| self.begun.contains(round) || self.journal.round(*round).is_some();
        if let Some((_, event)) = self.rounds.iter().find(|(round, _)| !is_known(round)) {
            return Err(refused(*event, Refusal::UnknownRound));
        }
        for (key, event) in &self.named {
            if !self.transaction.has_content(key)? {
                return Err(refused(*event, Refusal::MissingContent));
            }
        }
        // A text that is redacted in one store is redacted in both.
        self.transaction.redact_all()?;
        Ok((self.new, self.all, self.touched))
    }
}

fn refused(event: EventId, reason: Refusal) -> ReviewImportError {
    ReviewImportError::Refused { subject: event.short(), reason }
}

/// Checks what an event says of itself.
fn check_event(event: &Event, max_lamport: u64) -> Result<(), Refusal> {
    if event.lamport > max_lamport {
        return Err(Refusal::Lamport(event.lamport));
    }
    if !(0..=MAX_TIME).contains(&event.time) {
        return Err(Refusal::Time(event.time));
    }
    let author = &event.author;
    let names = [&author.person, &author.account, &author.host].into_iter().chain(&event.record);
    let has_long_name = names.into_iter().any(|name| name.len() > MAX_NAME_BYTES);
    let text_bytes = match &event.text {
        EventText::None => 0,
        EventText::Said { text, salt } => text.len() + salt.len(),
        EventText::Redacted { digest } => digest.len(),
    };
    if has_long_name || author.person.trim().is_empty() || text_bytes > MAX_TEXT_BYTES {
        return Err(Refusal::Length);
    }
    if let EventKind::RoundBegun(begun) = &event.kind {
        let is_valid = event.round == event.id
            && (1..=2).contains(&begun.eyes)
            && begun.name.len() <= MAX_NAME_BYTES
            && begun.query.len() <= MAX_TEXT_BYTES;
        if !is_valid {
            return Err(Refusal::Round);
        }
    }
    Ok(())
}

/// Returns `true` if two events with the same id are equal, apart from a text that is redacted in one of them or has
/// another salt.
fn is_same(one: &Event, other: &Event) -> bool {
    let is_same_text = match (&one.text, &other.text) {
        (EventText::Said { text, .. }, EventText::Said { text: other, .. }) => text == other,
        (one, other) => one.digest() == other.digest(),
    };
    let without_text = |event: &Event| Event { text: EventText::None, ..event.clone() };
    is_same_text && without_text(one) == without_text(other)
}

fn is_disputed(journal: &Journal, round: EventId, record: &str) -> bool {
    let eyes = journal.round(round).map_or(1, super::round::Round::eyes);
    journal.state(round, record).is_some_and(|state| state.status(eyes) == VerdictStatus::Disputed)
}

/// All records on which people differ.
fn all_disputed(journal: &Journal) -> BTreeSet<RoundRecord> {
    let of_round = |round: &super::round::Round| {
        let (id, eyes) = (round.id, round.eyes());
        let states = journal.states(id);
        let disputed = states.filter(move |(_, state)| state.status(eyes) == VerdictStatus::Disputed);
        disputed.map(move |(record, _)| (id, record.into())).collect::<Vec<RoundRecord>>()
    };
    journal.rounds().flat_map(of_round).collect()
}
