//! A write to a store: all of it is kept, or nothing.

use rusqlite::{OptionalExtension, Transaction, params};

use super::chain::{Ledger, StorePosition, content_digest};
use super::content::{Content, ContentKey};
use super::event::{Author, Event, EventId, EventKind, EventText};
use super::event_row::{COLUMNS, EventRow, event_text};
use super::packing::{check, pack};
use super::reading::{EventBatch, check_content_index, check_position, read_content, read_events};
use super::schema::{self, VERSION};
use super::store_error::StoreError;

/// A transaction. Dropped without [`Self::commit`], nothing of it is kept.
pub struct StoreTransaction<'a> {
    transaction: Transaction<'a>,
    /// The ledger with all that has been added.
    ledger: Ledger,
    /// The sequence number of the newest event.
    last: i64,
    room: Vec<u8>,
}

impl<'a> StoreTransaction<'a> {
    pub(super) fn new(transaction: Transaction<'a>) -> Result<Self, StoreError> {
        let ledger = schema::ledger(&transaction)?;
        let last: Option<i64> = transaction.query_row("SELECT max(seq) FROM event", [], |row| row.get(0))?;
        Ok(Self { transaction, ledger, last: last.unwrap_or_default(), room: Vec::new() })
    }

    /// The events after a position; see [`super::store::Store::events_since`].
    ///
    /// # Errors
    /// Returns an error if the store cannot be read, is damaged, or is not the one that was read before.
    pub(super) fn events_since(&self, position: StorePosition) -> Result<EventBatch, StoreError> {
        check_position(&self.transaction, VERSION, position)?;
        read_events(&self.transaction, VERSION, position)
    }

    /// A content; `None` if there is none with this key.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read, or the content does not hash to its key.
    pub fn content(&self, key: &ContentKey) -> Result<Option<Content>, StoreError> {
        let content = read_content(&self.transaction, VERSION, key)?;
        if content.is_none() {
            check_content_index(&self.transaction, self.ledger.contents)?;
        }
        Ok(content)
    }

    /// Returns `true` if there is a content with this key.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn has_content(&self, key: &ContentKey) -> Result<bool, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("SELECT EXISTS (SELECT 1 FROM kept WHERE key = ?1)")?;
        Ok(statement.query_row(params![key.0], |row| row.get(0))?)
    }

    /// The event with this id, if there is one.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM event WHERE id = ?1");
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let mut rows = statement.query(params![id.bytes()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(EventRow::read(row)?.event(event_text(row)?, None)?))
    }

    /// Adds an event; `false` if its id is there already.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written to.
    pub fn add(&mut self, event: &Event) -> Result<bool, StoreError> {
        let sql = "INSERT INTO event
            (seq, id, lamport, time, person, account, host, action, round, record, kind, what, text, digest)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (id) DO NOTHING";
        let json = |error: serde_json::Error| StoreError::Other(error.to_string());
        let lamport = i64::try_from(event.lamport).map_err(|error| StoreError::Other(error.to_string()))?;
        let (kind, text) = (
            serde_json::to_string(&event.kind).map_err(json)?,
            serde_json::to_string(&event.text).map_err(json)?,
        );
        let seq = self.last + 1;
        let digest = EventRow::new(seq, event, &kind).digest(&self.ledger.head, &event.text, &mut self.room);
        let Author { person, account, host } = &event.author;
        let added = self.transaction.prepare_cached(sql)?.execute(params![
            seq,
            event.id.bytes(),
            lamport,
            event.time,
            person,
            account,
            host,
            event.action.bytes(),
            event.round.bytes(),
            event.record,
            event.kind.name(),
            kind,
            text,
            digest,
        ])?;
        if added > 0 {
            self.last = seq;
            self.ledger.head = digest;
            self.ledger.events += 1;
        }
        Ok(added > 0)
    }

    /// Keeps a content, unless there is one of its key; `true` if it was added.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written to, or the content does not hash to its key.
    pub fn add_content(&mut self, content: &Content) -> Result<bool, StoreError> {
        if self.has_content(&content.key)? {
            return Ok(false);
        }
        check(content)?;
        let digest = content_digest(&content.text);
        let sql = "INSERT INTO kept (key, data, digest) VALUES (?1, ?2, ?3)";
        self.transaction.prepare_cached(sql)?.execute(params![content.key.0, pack(content)?, digest])?;
        self.ledger.add_content(&content.key.0, &digest);
        Ok(true)
    }

    /// The position after the newest event.
    pub(super) const fn position(&self) -> StorePosition {
        StorePosition { seq: self.last, events: self.ledger.events, head: self.ledger.head }
    }

    /// Redacts all texts that events of the store say are redacted.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written to.
    pub fn redact_all(&self) -> Result<(), StoreError> {
        let mut statement = self.transaction.prepare("SELECT what FROM event WHERE kind = 'redacted'")?;
        let kinds = statement.query_map([], |row| row.get::<_, String>(0))?;
        for kind in kinds.collect::<Result<Vec<_>, _>>()? {
            if let Ok(EventKind::Redacted { event }) = serde_json::from_str(&kind) {
                self.redact(event)?;
            }
        }
        Ok(())
    }

    /// Redacts the text of an event for good and overwrites the room that it took.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written to.
    pub fn redact(&self, event: EventId) -> Result<(), StoreError> {
        let sql = "SELECT text FROM event WHERE id = ?1";
        let text: Option<String> =
            self.transaction.query_row(sql, params![event.bytes()], |row| row.get(0)).optional()?;
        let Some(text) = text else { return Ok(()) };
        let text: EventText =
            serde_json::from_str(&text).map_err(|error| StoreError::Damaged(error.to_string()))?;
        if matches!(text, EventText::Redacted { .. }) {
            return Ok(());
        }
        let json =
            serde_json::to_string(&text.redacted()).map_err(|error| StoreError::Other(error.to_string()))?;
        self.transaction.pragma_update(None, "secure_delete", true)?;
        self.transaction.execute("UPDATE event SET text = ?2 WHERE id = ?1", params![event.bytes(), json])?;
        Ok(())
    }

    /// Makes all of it durable. When it returns, a power cut does not undo it.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written to; nothing is kept then.
    pub fn commit(self) -> Result<(), StoreError> {
        schema::update_ledger(&self.transaction, &self.ledger)?;
        Ok(self.transaction.commit()?)
    }
}
