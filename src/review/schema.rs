//! The tables of a store, and how an older store becomes one of today.

use rusqlite::{Connection, Transaction};

use super::store::StoreError;

/// "diar", so that a database of another program is told apart.
pub(super) const APPLICATION_ID: i32 = 0x6469_6172;

/// Each step makes a store of its number into one of the next.
const MIGRATIONS: &[&str] = &["
    -- What happened, in the order of arrival. Nothing is ever changed or taken away, but a text that should not have
    -- been written can be emptied.
    CREATE TABLE event (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id BLOB NOT NULL UNIQUE,
        lamport INTEGER NOT NULL,
        time INTEGER NOT NULL,
        person TEXT NOT NULL,
        account TEXT NOT NULL,
        host TEXT NOT NULL,
        action BLOB NOT NULL,
        round BLOB NOT NULL,
        record TEXT,
        kind TEXT NOT NULL,
        what TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX event_of_kind ON event (kind);
    CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN
        SELECT RAISE(ABORT, 'events are never taken away');
    END;
    CREATE TRIGGER event_is_kept BEFORE UPDATE OF
        seq, id, lamport, time, person, account, host, action, round, record, kind, what ON event BEGIN
        SELECT RAISE(ABORT, 'events are never changed');
    END;
    -- Versions of records and the ids of rounds, once each, compressed. Not WITHOUT ROWID: there, data of more than a
    -- quarter of a page takes a page of its own.
    CREATE TABLE content (key TEXT PRIMARY KEY NOT NULL, data BLOB NOT NULL) STRICT;
    -- Who is on which record just now.
    CREATE TABLE presence (
        session BLOB PRIMARY KEY,
        person TEXT NOT NULL,
        host TEXT NOT NULL,
        round BLOB NOT NULL,
        record TEXT,
        seen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
"];

/// What a file turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoreKind {
    /// Nothing is in it yet, or it is a store of an older program.
    Older(usize),
    /// A store.
    Current,
}

/// Tells what a file is.
///
/// # Errors
/// When it is a store of a newer program, or a database of another one.
pub(super) fn kind(connection: &Connection) -> Result<StoreKind, StoreError> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID {
        return if tables == 0 && application == 0 {
            Ok(StoreKind::Older(0))
        } else {
            Err(StoreError::Foreign)
        };
    }
    match usize::try_from(version) {
        Ok(version) if version == MIGRATIONS.len() => Ok(StoreKind::Current),
        Ok(version) if version < MIGRATIONS.len() => Ok(StoreKind::Older(version)),
        _ => Err(StoreError::Newer),
    }
}

/// Makes a store of today of an older one, all at once or not at all.
pub(super) fn migrate(transaction: &Transaction<'_>, from: usize) -> Result<(), StoreError> {
    for step in MIGRATIONS.iter().skip(from) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    let version = i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX);
    Ok(transaction.pragma_update(None, "user_version", version)?)
}
