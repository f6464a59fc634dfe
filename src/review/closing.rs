//! The hash over the events of a round with which it is closed, and whether it still holds. An emptied text leaves the
//! hash as it was: the text is in it by its digest alone.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::event::{Author, Event, EventId, EventKind, EventOrder};
use super::hex;
use super::journal::Journal;
use super::round::Round;

/// What the hash covers of an event, as one line of JSON with these keys.
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
    what: &'a EventKind,
    text_digest: Option<String>,
}

/// The hash over the events of a round that come before another, and how many they are. The order of events, each a
/// line of JSON; SHA-256, in hexadecimal digits.
#[must_use]
pub fn hash_until(journal: &Journal, round: EventId, end: Option<EventOrder>) -> (String, u64) {
    let mut hash = Sha256::new();
    let mut count = 0;
    let events = journal.events().take_while(|event| end.is_none_or(|end| event.order() < end));
    // An emptying comes when it must, also after the end; it changes no other event's line.
    let own =
        events.filter(|event| event.round == round && !matches!(event.what, EventKind::Redacted { .. }));
    for event in own {
        let Event { id, lamport, time, author, action, record, what, text, .. } = &**event;
        let line = SealedLine {
            id: *id,
            lamport: *lamport,
            time: *time,
            author,
            action: *action,
            record: record.as_deref(),
            what,
            text_digest: text.digest(),
        };
        // Strings and numbers always become JSON.
        hash.update(serde_json::to_vec(&line).unwrap_or_default());
        hash.update(b"\n");
        count += 1;
    }
    (hex::written(&hash.finalize()), count)
}

/// Whether a closed round still has the events that it was closed with, and which have come in since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Whether the hash holds.
    pub holds: bool,
    /// How many events came in after it was closed: written elsewhere by people who did not know.
    pub later: usize,
}

/// Looks whether the hash of a closed round holds; `None` for one that is open.
#[must_use]
pub fn seal(journal: &Journal, round: &Round) -> Option<Seal> {
    let closing = round.closing.as_ref()?;
    let end = journal.event(closing.event)?.order();
    let (hash, events) = hash_until(journal, round.id, Some(end));
    let later = journal.events().rev().take_while(|event| event.order() > end);
    let later =
        later.filter(|event| event.round == round.id && !matches!(event.what, EventKind::Redacted { .. }));
    Some(Seal { holds: hash == closing.hash && events == closing.events, later: later.count() })
}
