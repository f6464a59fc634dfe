//! The hash with which a round is closed, and the check that it still holds.
//!
//! The hash covers each event of the round before the closing, and the closing event itself. Events bind the scope and
//! the versions of the records by their keys, which are hashes too. A redacted text is covered by its digest, so that
//! redaction leaves the hash as it was.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::event::{Author, Event, EventId, EventKind, EventOrder, SealScheme};
use super::hex;
use super::journal::Journal;
use super::round::Round;

/// An event as the hash covers it: one line of JSON with these keys.
#[derive(Serialize)]
struct SealedLine<'a> {
    id: EventId,
    lamport: u64,
    time: i64,
    #[serde(flatten)]
    author: &'a Author,
    action: EventId,
    record: Option<&'a str>,
    #[serde(flatten)]
    kind: &'a EventKind,
    text_digest: Option<String>,
}

/// The closing event as its own hash covers it.
#[derive(Serialize)]
struct SealedClosing<'a> {
    id: EventId,
    lamport: u64,
    time: i64,
    #[serde(flatten)]
    author: &'a Author,
    round: EventId,
}

/// A closing event that is about to be written, or that was.
#[derive(Clone, Copy, Debug)]
pub struct ClosingStamp<'a> {
    /// Its place among all events.
    pub order: EventOrder,
    /// The person who closes the round.
    pub author: &'a Author,
    /// The round.
    pub round: EventId,
}

impl<'a> From<&'a Event> for ClosingStamp<'a> {
    fn from(event: &'a Event) -> Self {
        Self { order: event.order(), author: &event.author, round: event.round }
    }
}

/// The hash for a closing event and the number of events that it covers besides.
#[must_use]
pub fn closing_hash(journal: &Journal, closing: ClosingStamp<'_>, scheme: SealScheme) -> (String, u64) {
    let mut hash = Sha256::new();
    let mut count = 0;
    let events = journal.events().take_while(|event| event.order() < closing.order);
    for event in events.filter(|event| is_sealed(event, closing.round)) {
        let Event { id, lamport, time, author, action, record, kind, text, .. } = &**event;
        let (record, text_digest) = (record.as_deref(), text.digest());
        let line = SealedLine {
            id: *id,
            lamport: *lamport,
            time: *time,
            author,
            action: *action,
            record,
            kind,
            text_digest,
        };
        add_line(&mut hash, &line);
        count += 1;
    }
    if scheme == SealScheme::WithClosing {
        let EventOrder { lamport, time, id } = closing.order;
        let (author, round) = (closing.author, closing.round);
        add_line(&mut hash, &SealedClosing { id, lamport, time, author, round });
    }
    (hex::written(&hash.finalize()), count)
}

fn add_line(hash: &mut Sha256, line: &impl Serialize) {
    // Strings and numbers always become JSON.
    hash.update(serde_json::to_vec(line).unwrap_or_default());
    hash.update(b"\n");
}

/// Returns `true` if a closing covers an event. A redaction may follow the closing; it changes no other event's line.
fn is_sealed(event: &Event, round: EventId) -> bool {
    event.round == round && !matches!(event.kind, EventKind::Redacted { .. })
}

/// Returns `true` if a closing event has the hash of the events before it; `None` for another kind of event.
#[must_use]
pub fn closing_holds(journal: &Journal, event: &Event) -> Option<bool> {
    let EventKind::Closed { hash, events, scheme } = &event.kind else { return None };
    let (own, count) = closing_hash(journal, event.into(), *scheme);
    Some(own == *hash && count == *events)
}

/// The state of the seal of a closed round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// `true` if the hash matches.
    pub holds: bool,
    /// The number of events after the closing, from people who did not know of it.
    pub later: usize,
}

/// Checks the seal of a round; `None` while it is open.
#[must_use]
pub fn seal(journal: &Journal, round: &Round) -> Option<Seal> {
    let closing = journal.event(round.closing.as_ref()?.event)?;
    let later = journal.events().rev().take_while(|event| event.order() > closing.order());
    let later = later.filter(|event| is_sealed(event, round.id)).count();
    Some(Seal { holds: closing_holds(journal, closing)?, later })
}
