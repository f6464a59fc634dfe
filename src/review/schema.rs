//! The tables of a store, the steps that bring an older store up to date, and the check that a file has these tables and
//! nothing else.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::chain::{Ledger, content_digest};
use super::content::ContentKey;
use super::event::EventId;
use super::event_row::{COLUMNS, EventRow, event_text};
use super::packing::unpack;
use super::store_error::StoreError;

/// `diar`: marks the header of each store.
pub(super) const APPLICATION_ID: i32 = 0x6469_6172;

/// The version of the tables that this program writes.
pub(super) const VERSION: u32 = 2;

/// Version 1: events, contents and presence.
const FIRST: &str = "
    -- In the order of arrival. Nothing is ever changed or removed, but a text can be redacted.
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
    -- Versions of records and the ids of rounds, once each, compressed.
    CREATE TABLE content (key TEXT PRIMARY KEY NOT NULL, data BLOB NOT NULL) STRICT;
    CREATE TABLE presence (
        session BLOB PRIMARY KEY,
        person TEXT NOT NULL,
        host TEXT NOT NULL,
        round BLOB NOT NULL,
        record TEXT,
        seen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// Version 2: digests. Contents move to another table, `kept`: stores of version 1 exist with and without a rowid in
/// theirs.
const SECOND: &str = "
    DROP TRIGGER event_is_kept;
    ALTER TABLE event ADD COLUMN digest BLOB NOT NULL DEFAULT x'';
    CREATE INDEX event_of_record ON event (record);
    CREATE TABLE kept (
        number INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        data BLOB NOT NULL,
        digest BLOB NOT NULL
    ) STRICT;
    CREATE TABLE ledger (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        store BLOB NOT NULL,
        events INTEGER NOT NULL,
        head BLOB NOT NULL,
        contents INTEGER NOT NULL,
        sum BLOB NOT NULL,
        digest BLOB NOT NULL
    ) STRICT;
";

/// The end of the step to version 2, once all events have their digests.
const SECOND_END: &str = "
    DROP TABLE content;
    CREATE TRIGGER event_is_kept BEFORE UPDATE OF
        seq, id, lamport, time, person, account, host, action, round, record, kind, what, digest ON event BEGIN
        SELECT RAISE(ABORT, 'events are never changed');
    END;
";

/// Creates the tables in an empty database.
pub(super) fn create(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    migrate(transaction, 0).map(|_| ())
}

/// Brings the tables from a version up to date and returns the number of events. All of it happens, or nothing.
pub(super) fn migrate(transaction: &Transaction<'_>, from: u32) -> Result<u64, StoreError> {
    if from < 1 {
        transaction.execute_batch(FIRST)?;
    }
    let mut events = 0;
    if from < 2 {
        transaction.execute_batch(SECOND)?;
        events = add_digests(transaction)?;
        transaction.execute_batch(SECOND_END)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(events)
}

fn add_digests(transaction: &Transaction<'_>) -> Result<u64, StoreError> {
    let mut ledger = Ledger::new(*EventId::random()?.bytes());
    let mut read = transaction.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY seq"))?;
    let mut write = transaction.prepare("UPDATE event SET digest = ?2 WHERE seq = ?1")?;
    // Rows are not written while they are read.
    let mut digests = Vec::new();
    let mut rows = read.query([])?;
    let mut room = Vec::new();
    while let Some(row) = rows.next()? {
        let (columns, text) = (EventRow::read(row)?, event_text(row)?);
        ledger.head = columns.digest(&ledger.head, &text, &mut room);
        // Nothing that is damaged is given a digest, which would make it look intact.
        columns.event(text, None)?;
        ledger.events += 1;
        digests.push((columns.seq, ledger.head));
    }
    for (seq, digest) in digests {
        write.execute(params![seq, digest])?;
    }
    let mut read = transaction.prepare("SELECT key, data FROM content ORDER BY key")?;
    let mut write = transaction.prepare("INSERT INTO kept (key, data, digest) VALUES (?1, ?2, ?3)")?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let (key, data): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let content = unpack(ContentKey(key.as_str().into()), &data)?;
        let digest = content_digest(&content.text);
        ledger.add_content(&key, &digest);
        write.execute(params![key, data, digest])?;
    }
    insert_ledger(transaction, &ledger)?;
    Ok(ledger.events)
}

fn insert_ledger(transaction: &Transaction<'_>, ledger: &Ledger) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO ledger (one, store, events, head, contents, sum, digest) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            ledger.store,
            ledger.events.cast_signed(),
            ledger.head,
            ledger.contents.cast_signed(),
            ledger.sum,
            ledger.digest()
        ],
    )?;
    Ok(())
}

/// Writes the ledger after events or contents have been added.
pub(super) fn update_ledger(connection: &Connection, ledger: &Ledger) -> Result<(), StoreError> {
    let sql = "UPDATE ledger SET events = ?1, head = ?2, contents = ?3, sum = ?4, digest = ?5 WHERE one = 1";
    connection.prepare_cached(sql)?.execute(params![
        ledger.events.cast_signed(),
        ledger.head,
        ledger.contents.cast_signed(),
        ledger.sum,
        ledger.digest()
    ])?;
    Ok(())
}

/// Reads the ledger.
///
/// # Errors
/// [`StoreError::Damaged`] if it is missing or does not match its own digest.
pub(super) fn ledger(connection: &Connection) -> Result<Ledger, StoreError> {
    let damaged = || StoreError::Damaged("the ledger does not fit its digest".to_owned());
    let sql = "SELECT store, events, head, contents, sum, digest FROM ledger WHERE one = 1";
    let mut statement = connection.prepare_cached(sql)?;
    let read = statement.query_row([], |row| {
        let ledger = Ledger {
            store: row.get(0)?,
            events: row.get::<_, i64>(1)?.cast_unsigned(),
            head: row.get(2)?,
            contents: row.get::<_, i64>(3)?.cast_unsigned(),
            sum: row.get(4)?,
        };
        Ok((ledger, row.get::<_, [u8; 32]>(5)?))
    });
    match read.optional() {
        Ok(Some((ledger, digest))) if ledger.digest() == digest => Ok(ledger),
        Ok(_)
        | Err(rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..)) => {
            Err(damaged())
        }
        Err(error) => Err(error.into()),
    }
}

/// Checks that a database has the tables of a version and nothing else: no view in the place of a table, no foreign
/// trigger.
///
/// # Errors
/// [`StoreError::Damaged`] if it has not.
pub(super) fn check(connection: &Connection, version: u32) -> Result<(), StoreError> {
    let own = objects(connection)?;
    let is_expected = if version == VERSION {
        let mut empty = Connection::open_in_memory()?;
        let transaction = empty.transaction()?;
        create(&transaction)?;
        own == objects(&transaction)?
    } else {
        // Two forms of version 1 exist, alike in the names and kinds of all objects.
        let names: Vec<_> = own.iter().map(|(kind, name, _)| (kind.as_str(), name.as_str())).collect();
        names == FIRST_OBJECTS
    };
    let error = || StoreError::Damaged("the tables are not those of a review store".to_owned());
    is_expected.then_some(()).ok_or_else(error)
}

/// Returns `true` if everything that is read of a store of this version is a table: a view in its place might be
/// endless.
pub(super) fn has_tables(connection: &Connection, version: u32) -> bool {
    let tables: &[&str] = if version < 2 {
        &["event", "content", "presence"]
    } else {
        &["event", "kept", "ledger", "presence"]
    };
    let sql = "SELECT count(*) FROM sqlite_schema
        WHERE name = ?1 AND type = 'table' AND sql LIKE 'CREATE TABLE%'";
    let is_table = |name: &&str| {
        let count = connection.query_row(sql, [name], |row| row.get::<_, i64>(0));
        count.is_ok_and(|count| count == 1)
    };
    tables.iter().all(is_table)
}

const FIRST_OBJECTS: &[(&str, &str)] = &[
    ("index", "event_of_kind"),
    ("table", "content"),
    ("table", "event"),
    ("table", "presence"),
    ("table", "sqlite_sequence"),
    ("trigger", "event_is_kept"),
    ("trigger", "event_stays"),
];

/// The kind, name and definition of all objects but SQLite's own indexes, sorted.
fn objects(connection: &Connection) -> Result<Vec<(String, String, String)>, StoreError> {
    let sql = "SELECT type, name, coalesce(sql, '') FROM sqlite_schema
        WHERE name NOT LIKE 'sqlite\\_autoindex%' ESCAPE '\\' ORDER BY type, name LIMIT 100";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
