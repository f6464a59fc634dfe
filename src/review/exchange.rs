//! Reviews as files of JSON, one thing a line, and stores joined with each other: by the ids of events, so that twice is
//! the same as once, in any order.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, BufRead, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::content::{Content, ContentKey};
use super::event::{Event, EventId, EventKind};
use super::journal::Journal;
use super::record_state::VerdictStatus;
use super::session::{ReviewCommandError, ReviewSession};
use super::store::{Store, StoreError, StorePosition};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeLine {
    /// Something that happened.
    Event(Box<Event>),
    /// A text that events name: a version of a record, the ids of a round.
    Content(Content),
}

/// A line that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReviewImportError {
    /// The file failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// This line, from 1, says nothing that is known.
    #[error("line {line}: {reason}")]
    Line {
        /// Which.
        line: usize,
        /// Why.
        reason: serde_json::Error,
    },
}

/// What came of joining.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// How many events were not known.
    pub new: usize,
    /// How many there were.
    pub all: usize,
    /// The records on which people differ now and did not before, with their rounds, in order.
    pub disputed: Vec<(EventId, Arc<str>)>,
}

/// Writes all that a store holds: contents first, since events name them. Returns how many events there were.
///
/// # Errors
/// When the store cannot be read, or `out` not written to.
pub fn export(desk: &ReviewSession, out: &mut dyn Write) -> Result<usize, ReviewExportError> {
    for key in desk.store().content_keys()? {
        if let Some(content) = desk.store().content(&key)? {
            write_line(&ExchangeLine::Content(content), out)?;
        }
    }
    for event in desk.journal().events() {
        write_line(&ExchangeLine::Event(Box::new((**event).clone())), out)?;
    }
    Ok(desk.journal().len())
}

/// Why a store was not written out.
#[derive(Debug, thiserror::Error)]
pub enum ReviewExportError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes one line.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_line(line: &ExchangeLine, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string(line)?;
    // Characters that control a terminal stand in strings alone, where JSON has another way to write them.
    for c in json.chars() {
        if crate::text::printable::is_unprintable(c) {
            write!(out, "\\u{:04x}", u32::from(c))?;
        } else {
            write!(out, "{c}")?;
        }
    }
    writeln!(out)
}

/// Reads what [`export`] has written. Nothing is taken from a file with a line that cannot be read.
///
/// # Errors
/// When a line cannot be read, with its number.
pub fn read(from: impl BufRead) -> Result<(Vec<Event>, Vec<Content>), ReviewImportError> {
    let (mut events, mut contents) = (Vec::new(), Vec::new());
    for (at, line) in from.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(&line)
            .map_err(|reason| ReviewImportError::Line { line: at + 1, reason })?
        {
            ExchangeLine::Event(event) => events.push(*event),
            ExchangeLine::Content(content) => contents.push(content),
        }
    }
    Ok((events, contents))
}

/// Everything that a store has and another may not: its events, and the contents that the other does not keep yet.
///
/// # Errors
/// When it cannot be read.
pub fn offered(by: &Store, to: &ReviewSession) -> Result<(Vec<Event>, Vec<Content>), StoreError> {
    let (events, _) = by.events_since(StorePosition::default())?;
    let known: HashSet<ContentKey> = to.store().content_keys()?.into_iter().collect();
    let missing = by.content_keys()?.into_iter().filter(|key| !known.contains(key));
    let contents = missing.filter_map(|key| by.content(&key).transpose()).collect::<Result<_, _>>()?;
    Ok((events, contents))
}

/// Joins what comes from elsewhere into a store.
///
/// # Errors
/// When the store cannot be written to; then nothing was.
pub fn join(
    desk: &mut ReviewSession,
    events: &[Event],
    contents: &[Content],
) -> Result<Joined, ReviewCommandError> {
    let before = disputed(desk.journal(), events);
    let new = desk.take_in(events, contents)?;
    let after = disputed(desk.journal(), events);
    Ok(Joined { new, all: events.len(), disputed: after.difference(&before).cloned().collect() })
}

/// On which of the records that events are about people differ.
fn disputed(journal: &Journal, events: &[Event]) -> BTreeSet<(EventId, Arc<str>)> {
    let about = |event: &Event| match (&event.what, &event.record) {
        (EventKind::Verdict { .. }, Some(record)) => Some((event.round, record.clone())),
        _ => None,
    };
    let differs = |(round, record): &(EventId, Arc<str>)| {
        let eyes = journal.round(*round).map_or(1, super::round::Round::eyes);
        let state = journal.state(*round, record);
        state.is_some_and(|state| state.standing(eyes) == VerdictStatus::Disputed)
    };
    events.iter().filter_map(about).collect::<BTreeSet<_>>().into_iter().filter(differs).collect()
}
