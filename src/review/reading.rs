//! Reads the events of a store in the order of arrival, and contents by their keys, and checks each against its digest.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::chain::{Digest, StorePosition, content_digest};
use super::content::{Content, ContentKey};
use super::event::Event;
use super::event_row::{COLUMNS, EventRow, event_text};
use super::packing::unpack;
use super::schema;
use super::store_error::{Replacement, StoreError};

/// Events that were read, and the position after them.
#[derive(Debug, Default)]
pub(super) struct EventBatch {
    pub(super) events: Vec<Event>,
    pub(super) position: StorePosition,
}

/// Reads all events after a position. Those of version 1 have no digests to check.
///
/// # Errors
/// [`StoreError::Damaged`] at the first event that does not match its digest or cannot be read, or if the ledger does
/// not match the last one.
pub(super) fn read_events(
    connection: &Connection,
    version: u32,
    after: StorePosition,
) -> Result<EventBatch, StoreError> {
    let has_digests = version >= 2;
    let mut statement = connection.prepare_cached(select(has_digests, "seq > ?1 ORDER BY seq").as_str())?;
    let mut rows = statement.query(params![after.seq])?;
    let mut batch = EventBatch { events: Vec::new(), position: after };
    let mut room = Vec::new();
    while let Some(row) = rows.next()? {
        let columns = EventRow::read(row)?;
        let text = event_text(row)?;
        let is_next = columns.seq > batch.position.seq;
        let mut head = batch.position.head;
        if has_digests {
            head = columns.digest(&head, &text, &mut room);
            if head != digest(row)? {
                return Err(StoreError::Damaged(format!("event {} does not fit its digest", columns.seq)));
            }
        }
        if !is_next {
            return Err(StoreError::Damaged(format!("event {} is out of place", columns.seq)));
        }
        batch.position = StorePosition { seq: columns.seq, events: batch.position.events + 1, head };
        batch.events.push(columns.event(text, batch.events.last())?);
    }
    if has_digests {
        let ledger = schema::ledger(connection)?;
        if (ledger.events, ledger.head) != (batch.position.events, batch.position.head) {
            return Err(StoreError::Damaged(format!(
                "the ledger counts {} events, there are {}",
                ledger.events, batch.position.events
            )));
        }
    }
    Ok(batch)
}

/// The query for events with their digests, which those of version 1 do not have.
pub(super) fn select(has_digests: bool, condition: &str) -> String {
    let digest = if has_digests { "digest" } else { "x'' AS digest" };
    format!("SELECT {COLUMNS}, {digest} FROM event WHERE {condition}")
}

/// The digest of a row of [`select`].
pub(super) fn digest(row: &Row<'_>) -> Result<Digest, StoreError> {
    row.get(13).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Checks that the event at a position is the one that was read there.
pub(super) fn check_position(
    connection: &Connection,
    version: u32,
    position: StorePosition,
) -> Result<(), StoreError> {
    if version < 2 {
        return Ok(());
    }
    let is_there = if position.seq == 0 {
        schema::ledger(connection)?.start().head == position.head
    } else {
        let sql = "SELECT digest = ?2 FROM event WHERE seq = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let found: Option<bool> =
            statement.query_row(params![position.seq, position.head], |row| row.get(0)).optional()?;
        found.unwrap_or_default()
    };
    if is_there { Ok(()) } else { Err(StoreError::Replaced(Replacement::Older)) }
}

/// Returns `true` if an event has the digest.
pub(super) fn digest_exists(connection: &Connection, digest: &[u8; 32]) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM event WHERE digest = ?1)";
    Ok(connection.query_row(sql, params![digest], |row| row.get(0))?)
}

/// A content, checked against its key and its digest; `None` if there is none with this key.
pub(super) fn read_content(
    connection: &Connection,
    version: u32,
    key: &ContentKey,
) -> Result<Option<Content>, StoreError> {
    let sql = if version < 2 {
        "SELECT data, NULL FROM content WHERE key = ?1"
    } else {
        "SELECT data, digest FROM kept WHERE key = ?1"
    };
    let mut statement = connection.prepare_cached(sql)?;
    let read = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<Vec<u8>>>(1)?));
    let Some((packed, digest)) = statement.query_row(params![key.0], read).optional()? else {
        return Ok(None);
    };
    let content = unpack(key.clone(), &packed)?;
    let is_intact = digest.is_none_or(|digest| digest == content_digest(&content.text));
    let altered = || StoreError::Damaged(format!("content {} does not fit its digest", key.0));
    is_intact.then_some(Some(content)).ok_or_else(altered)
}

/// Checks that the index of contents finds all rows and that these are as many as the ledger counts, so that a content
/// that is not found is not there.
///
/// # Errors
/// [`StoreError::Damaged`] where it does not.
pub(super) fn check_content_index(connection: &Connection, contents: u64) -> Result<(), StoreError> {
    let sql = "SELECT count(*) FROM kept AS row NOT INDEXED
        WHERE EXISTS (SELECT 1 FROM kept WHERE kept.key = row.key)";
    let found: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    let damaged = || StoreError::Damaged(format!("{contents} contents are counted, {found} are found"));
    (found.cast_unsigned() == contents).then_some(()).ok_or_else(damaged)
}
