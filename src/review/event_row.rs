//! A row of the event table: its columns, the digest over them, and the event that they encode.

use std::sync::Arc;

use rusqlite::Row;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use super::chain::Digest;
use super::event::{Author, Event, EventId, EventText};
use super::store_error::StoreError;

/// The columns in the order in which [`EventRow::read`] expects them; `text` is at [`TEXT`].
pub(super) const COLUMNS: &str =
    "seq, id, lamport, time, person, account, host, action, round, record, kind, what, text";
/// The place of `text` among [`COLUMNS`].
pub(super) const TEXT: usize = 12;

/// The columns of an event, borrowed from the store or from an event that is about to be written.
pub(super) struct EventRow<'a> {
    pub(super) seq: i64,
    id: EventId,
    lamport: i64,
    time: i64,
    person: &'a str,
    account: &'a str,
    host: &'a str,
    action: EventId,
    round: EventId,
    record: Option<&'a str>,
    kind: &'a str,
    what: &'a str,
}

impl<'a> EventRow<'a> {
    /// The columns of an event that is about to be written; `what` is the JSON of its kind.
    pub(super) fn new(seq: i64, event: &'a Event, what: &'a str) -> Self {
        let Author { person, account, host } = &event.author;
        Self {
            seq,
            id: event.id,
            // Larger numbers are refused before anything is written.
            lamport: event.lamport.cast_signed(),
            time: event.time,
            person,
            account,
            host,
            action: event.action,
            round: event.round,
            record: event.record.as_deref(),
            kind: event.kind.name(),
            what,
        }
    }

    /// The columns of a row that was selected by [`COLUMNS`].
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where a column has another type than its table allows.
    pub(super) fn read(row: &'a Row<'_>) -> Result<Self, StoreError> {
        let record = match row.get_ref(9)? {
            ValueRef::Null => None,
            _ => Some(text(row, 9)?),
        };
        Ok(Self {
            seq: number(row, 0)?,
            id: id(row, 1)?,
            lamport: number(row, 2)?,
            time: number(row, 3)?,
            person: text(row, 4)?,
            account: text(row, 5)?,
            host: text(row, 6)?,
            action: id(row, 7)?,
            round: id(row, 8)?,
            record,
            kind: text(row, 10)?,
            what: text(row, 11)?,
        })
    }

    /// The digest of the event after one with the digest `before`. A text is bound by its own digest, which stays when
    /// the text is redacted. `room` is reused from one event to the next.
    pub(super) fn digest(&self, before: &Digest, text: &EventText, room: &mut Vec<u8>) -> Digest {
        room.clear();
        room.extend_from_slice(before);
        for number in [self.seq, self.lamport, self.time] {
            room.extend_from_slice(&number.to_be_bytes());
        }
        for id in [self.id, self.action, self.round] {
            room.extend_from_slice(id.bytes());
        }
        room.push(u8::from(self.record.is_some()));
        let text_digest = text.digest().unwrap_or_default();
        let record = self.record.unwrap_or_default();
        for part in [self.person, self.account, self.host, record, self.kind, self.what, text_digest.as_str()]
        {
            room.extend_from_slice(&(part.len() as u64).to_be_bytes());
            room.extend_from_slice(part.as_bytes());
        }
        Sha256::digest(&room).into()
    }

    /// The event. It shares the texts that it has in common with the event before: most of a review is one person's.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the JSON of its kind cannot be read, or is that of another kind.
    pub(super) fn event(&self, text: EventText, before: Option<&Event>) -> Result<Event, StoreError> {
        let author = before.map(|event| &event.author);
        let shared = |now: &str, before: Option<&Arc<str>>| {
            before.filter(|before| ***before == *now).map_or_else(|| now.into(), Arc::clone)
        };
        let event = Event {
            id: self.id,
            lamport: u64::try_from(self.lamport).map_err(|error| self.damaged(&error))?,
            time: self.time,
            author: Author {
                person: shared(self.person, author.map(|author| &author.person)),
                account: shared(self.account, author.map(|author| &author.account)),
                host: shared(self.host, author.map(|author| &author.host)),
            },
            action: self.action,
            round: self.round,
            record: self.record.map(|record| shared(record, before.and_then(|event| event.record.as_ref()))),
            kind: serde_json::from_str(self.what).map_err(|error| self.damaged(&error))?,
            text,
        };
        if event.kind.name() == self.kind { Ok(event) } else { Err(self.damaged(&"two kinds")) }
    }

    fn damaged(&self, why: &dyn std::fmt::Display) -> StoreError {
        StoreError::Damaged(format!("event {}: {why}", self.seq))
    }
}

/// The text of a row that was selected by [`COLUMNS`].
///
/// # Errors
/// [`StoreError::Damaged`] where its JSON cannot be read.
pub(super) fn event_text(row: &Row<'_>) -> Result<EventText, StoreError> {
    serde_json::from_str(text(row, TEXT)?).map_err(|error| StoreError::Damaged(error.to_string()))
}

fn text<'a>(row: &'a Row<'_>, at: usize) -> Result<&'a str, StoreError> {
    row.get_ref(at)?.as_str().map_err(|error| StoreError::Damaged(error.to_string()))
}

fn number(row: &Row<'_>, at: usize) -> Result<i64, StoreError> {
    row.get_ref(at)?.as_i64().map_err(|error| StoreError::Damaged(error.to_string()))
}

fn id(row: &Row<'_>, at: usize) -> Result<EventId, StoreError> {
    let bytes = row.get_ref(at)?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
    let bytes: Result<[u8; 16], _> = bytes.try_into();
    Ok(bytes.map_err(|error| StoreError::Damaged(error.to_string()))?.into())
}
