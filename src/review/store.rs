//! The file in which a review is kept: SQLite, safe against being killed at any moment and for several programs at
//! once. Knows events and contents; what they amount to is the journal's business.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, params,
};
use thiserror::Error;

use super::content::{Content, ContentKey};
use super::event::{Author, Event, EventId, EventKind};
use super::schema::{self, StoreKind};

/// Why a store cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file cannot be made or opened.
    #[error("the review store cannot be opened: {0}")]
    Unreachable(#[from] io::Error),
    /// There is no home to keep one in, and no file was named.
    #[error("there is nowhere to keep a review store")]
    NoPlace,
    /// It is damaged, or no database at all.
    #[error("the review store is damaged: {0}")]
    Damaged(String),
    /// It was written by a newer version of the program.
    #[error("the review store is of a newer version of diarium")]
    Newer,
    /// It is not a review store, judged by its header.
    #[error("the file is not a review store")]
    Foreign,
    /// Another program holds it.
    #[error("another program holds the review store")]
    Locked,
    /// It may not be written to.
    #[error("the review store is read-only")]
    ReadOnly,
    /// There is no room left.
    #[error("the disk is full")]
    Full,
    /// The disk does not take or give it: beyond a quota, a file too large, or a disk that fails.
    #[error("the disk refuses")]
    Refused,
    /// The round is closed.
    #[error("the round is closed")]
    Closed,
    /// There is no randomness to be had.
    #[error("the system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// Something else.
    #[error("the review store failed: {0}")]
    Other(String),
}

impl StoreError {
    /// Whether trying again later may help.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Locked
                | Self::ReadOnly
                | Self::Full
                | Self::Refused
                | Self::Unreachable(_)
                | Self::Other(_)
        )
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::SystemIoFailure) => Self::Refused,
            Some(ErrorCode::CannotOpen) => Self::Unreachable(io::Error::other(error.to_string())),
            _ => Self::Other(error.to_string()),
        }
    }
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

/// How far somebody has read: all that has come in since is read next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StorePosition(i64);

impl Store {
    /// Opens a store, makes it where there is none, and brings an older one up to date. Waits so long for another
    /// program that holds it.
    ///
    /// # Errors
    /// When it cannot be used. A damaged, newer or foreign file stays as it is.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        make_file(path)?;
        let is_marked = require_own_header(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(patience)?;
        // A write-ahead log does not work on network file systems; FULL does not sync the folder, so that a power cut
        // could undo what was told as saved.
        connection.pragma_update(None, "synchronous", "EXTRA")?;
        connection.pragma_update(None, "trusted_schema", false)?;
        let kind = schema::kind(&connection).map_err(|error| match error {
            StoreError::Damaged(_) if !is_marked => StoreError::Foreign,
            error => error,
        })?;
        if let StoreKind::Older(_) = kind {
            connection.pragma_update(None, "journal_mode", "DELETE")?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another program may have done it meanwhile.
            if let StoreKind::Older(version) = schema::kind(&transaction)? {
                schema::migrate(&transaction, version)?;
            }
            transaction.commit()?;
        }
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that is another one whenever another program has written.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Begins to write: until it ends nobody else does.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn begin(&mut self) -> Result<Writing<'_>, StoreError> {
        Ok(Writing {
            transaction: self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?,
        })
    }

    /// Keeps more of the file at hand, to write a lot at once: ids are random, so that joining two long reviews touches
    /// pages all over the file, which must not be read and written again for each event.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn expect_much(&self) -> Result<(), StoreError> {
        // In KiB.
        Ok(self.connection.pragma_update(None, "cache_size", -65_536)?)
    }

    /// The events that have come in since a mark, in that order, and the next mark.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events_since(&self, mark: StorePosition) -> Result<(Vec<Event>, StorePosition), StoreError> {
        events_since(&self.connection, mark)
    }

    /// A content; `None` where it is not known.
    ///
    /// # Errors
    /// When the store cannot be read, or the content is damaged.
    pub fn content(&self, key: &ContentKey) -> Result<Option<Content>, StoreError> {
        content(&self.connection, key)
    }

    /// The keys of all contents.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn content_keys(&self) -> Result<Vec<ContentKey>, StoreError> {
        let mut statement = self.connection.prepare("SELECT key FROM content ORDER BY key")?;
        let keys = statement.query_map([], |row| Ok(ContentKey(row.get(0)?)))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    /// Whether the file is whole, by SQLite's own test.
    ///
    /// # Errors
    /// When it is not, with what was found first.
    pub fn check(&self) -> Result<(), StoreError> {
        let said: String = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if said == "ok" { Ok(()) } else { Err(StoreError::Damaged(said)) }
    }

    /// Lets the file grow no more, as on a full disk, or again as it likes.
    #[cfg(test)]
    pub(super) fn limit_pages_for_test(&self, is_limited: bool) {
        let now = self.connection.pragma_query_value(None, "page_count", |row| row.get(0)).expect("pages");
        let pages: i64 = if is_limited { now } else { i64::from(u32::MAX) };
        self.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).expect("limited");
    }

    /// Tells where a session is; `None` takes it away. Presence is no event: nobody needs it afterwards.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn tell_presence(&self, own: &Presence) -> Result<(), StoreError> {
        let Presence { session, person, host, round, record, seen } = own;
        self.connection.execute(
            "INSERT INTO presence (session, person, host, round, record, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (session) DO UPDATE SET round = ?4, record = ?5, seen = ?6",
            params![session.bytes(), person, host, round.bytes(), record, seen],
        )?;
        Ok(())
    }

    /// Takes a session's presence away, and that of sessions that have not been seen since a time.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn end_presence(&self, session: EventId, seen_before: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM presence WHERE session = ?1 OR seen < ?2";
        self.connection.execute(sql, params![session.bytes(), seen_before])?;
        Ok(())
    }

    /// Where other sessions have been seen since a time.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn presence(&self, own: EventId, since: i64) -> Result<Vec<Presence>, StoreError> {
        let sql = "SELECT session, person, host, round, record, seen FROM presence WHERE session <> ?1 AND seen >= ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            Ok(Presence {
                session: id_at(row, 0)?,
                person: row.get(1)?,
                host: row.get(2)?,
                round: id_at(row, 3)?,
                record: row.get(4)?,
                seen: row.get(5)?,
            })
        };
        let all = statement.query_map(params![own.bytes(), since], read)?;
        Ok(all.collect::<Result<_, _>>()?)
    }
}

/// Who has not been seen for so many milliseconds is gone.
pub const PRESENT_MS: i64 = 30_000;

/// Where a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The session.
    pub session: EventId,
    /// Who.
    pub person: String,
    /// The machine.
    pub host: String,
    /// The round.
    pub round: EventId,
    /// The record.
    pub record: Option<String>,
    /// When it was last seen, in milliseconds since 1970.
    pub seen: i64,
}

/// A transaction: all of it is kept, or nothing. Dropped without [`Self::commit`], nothing is.
pub struct Writing<'a> {
    transaction: Transaction<'a>,
}

impl Writing<'_> {
    /// The events that have come in since a mark.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events_since(&self, mark: StorePosition) -> Result<(Vec<Event>, StorePosition), StoreError> {
        events_since(&self.transaction, mark)
    }

    /// A content; `None` where it is not known.
    ///
    /// # Errors
    /// When the store cannot be read, or the content is damaged.
    pub fn content(&self, key: &ContentKey) -> Result<Option<Content>, StoreError> {
        content(&self.transaction, key)
    }

    /// Adds an event; `false` if it is there already.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn add(&self, event: &Event) -> Result<bool, StoreError> {
        let sql = "INSERT INTO event
            (id, lamport, time, person, account, host, action, round, record, kind, what, text)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (id) DO NOTHING";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let Author { person, account, host } = &event.author;
        let lamport = i64::try_from(event.lamport).unwrap_or(i64::MAX);
        let json = |error: serde_json::Error| StoreError::Other(error.to_string());
        let added = statement.execute(params![
            event.id.bytes(),
            lamport,
            event.time,
            person,
            account,
            host,
            event.action.bytes(),
            event.round.bytes(),
            event.record,
            event.what.name(),
            serde_json::to_string(&event.what).map_err(json)?,
            serde_json::to_string(&event.text).map_err(json)?,
        ])?;
        Ok(added > 0)
    }

    /// The mark behind the newest event.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn mark(&self) -> Result<StorePosition, StoreError> {
        let last: Option<i64> =
            self.transaction.query_row("SELECT max(seq) FROM event", [], |row| row.get(0))?;
        Ok(StorePosition(last.unwrap_or_default()))
    }

    /// Empties all texts that any event of the store says are to be.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn redact_all(&self) -> Result<(), StoreError> {
        let mut statement = self.transaction.prepare("SELECT what FROM event WHERE kind = 'redacted'")?;
        let said = statement.query_map([], |row| row.get::<_, String>(0))?;
        for what in said.collect::<Result<Vec<_>, _>>()? {
            if let Ok(EventKind::Redacted { event }) = serde_json::from_str(&what) {
                self.redact(event)?;
            }
        }
        Ok(())
    }

    /// Empties the text of an event for good; the room that it took is overwritten.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn redact(&self, event: EventId) -> Result<(), StoreError> {
        let sql = "SELECT text FROM event WHERE id = ?1";
        let text: Option<String> =
            self.transaction.query_row(sql, params![event.bytes()], |row| row.get(0)).optional()?;
        let Some(text) = text else { return Ok(()) };
        let text: super::event::EventText =
            serde_json::from_str(&text).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let json =
            serde_json::to_string(&text.redacted()).map_err(|error| StoreError::Other(error.to_string()))?;
        self.transaction.pragma_update(None, "secure_delete", true)?;
        self.transaction.execute("UPDATE event SET text = ?2 WHERE id = ?1", params![event.bytes(), json])?;
        Ok(())
    }

    /// Keeps a content, unless it is there already.
    ///
    /// # Errors
    /// When the store cannot be written to.
    pub fn keep(&self, content: &Content) -> Result<(), StoreError> {
        let mut known = self.transaction.prepare_cached("SELECT 1 FROM content WHERE key = ?1")?;
        if known.exists(params![content.key.0])? {
            return Ok(());
        }
        let mut statement =
            self.transaction.prepare_cached("INSERT INTO content (key, data) VALUES (?1, ?2)")?;
        statement.execute(params![content.key.0, content.packed()?])?;
        Ok(())
    }

    /// Makes all of it durable: when this returns, no power cut takes it away.
    ///
    /// # Errors
    /// When it could not be kept; then nothing was.
    pub fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit()?)
    }
}

fn events_since(
    connection: &Connection,
    mark: StorePosition,
) -> Result<(Vec<Event>, StorePosition), StoreError> {
    let sql = "SELECT seq, id, lamport, time, person, account, host, action, round, record, what, text
        FROM event WHERE seq > ?1 ORDER BY seq";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![mark.0])?;
    let (mut events, mut last) = (Vec::<Event>::new(), mark);
    while let Some(row) = rows.next()? {
        last = StorePosition(row.get(0)?);
        let event = event_of(row, events.last())?;
        events.push(event);
    }
    Ok((events, last))
}

/// The event of a row. It shares with the one before what is the same there: most of a review is one person's.
fn event_of(row: &Row<'_>, before: Option<&Event>) -> Result<Event, StoreError> {
    let text = |at: usize| row.get_ref(at)?.as_str().map_err(|error| StoreError::Damaged(error.to_string()));
    let damaged = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    let author = before.map(|event| &event.author);
    let shared = |at: usize, before: Option<&Arc<str>>| -> Result<Arc<str>, StoreError> {
        let now = text(at)?;
        Ok(before.filter(|before| ***before == *now).map_or_else(|| now.into(), Arc::clone))
    };
    Ok(Event {
        id: id_at(row, 1)?,
        lamport: u64::try_from(row.get::<_, i64>(2)?).unwrap_or_default(),
        time: row.get(3)?,
        author: Author {
            person: shared(4, author.map(|author| &author.person))?,
            account: shared(5, author.map(|author| &author.account))?,
            host: shared(6, author.map(|author| &author.host))?,
        },
        action: id_at(row, 7)?,
        round: id_at(row, 8)?,
        record: row.get(9)?,
        what: serde_json::from_str(text(10)?).map_err(damaged)?,
        text: serde_json::from_str(text(11)?).map_err(damaged)?,
    })
}

fn id_at(row: &Row<'_>, at: usize) -> rusqlite::Result<EventId> {
    row.get::<_, [u8; 16]>(at).map(EventId::of_bytes)
}

fn content(connection: &Connection, key: &ContentKey) -> Result<Option<Content>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT data FROM content WHERE key = ?1")?;
    let packed: Option<Vec<u8>> = statement.query_row(params![key.0], |row| row.get(0)).optional()?;
    let damaged = |error: io::Error| StoreError::Damaged(error.to_string());
    packed.map(|packed| Content::unpacked(key.clone(), &packed).map_err(damaged)).transpose()
}

/// Makes an empty file where there is none, for the user's eyes alone; in a folder that a group may write to, with the
/// folder's rights.
fn make_file(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options.mode(0o600);
        let file = options.open(path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.metadata()?.permissions().mode();
        if folder & 0o020 != 0 && folder & 0o002 == 0 {
            file.set_permissions(std::fs::Permissions::from_mode(0o660))?;
        }
    }
    #[cfg(not(unix))]
    options.open(path)?;
    Ok(())
}

/// Length of the header of an `SQLite` file.
const HEADER: usize = 100;
/// Bytes of the header that hold the application id, highest first.
const APPLICATION: std::ops::Range<usize> = 68..72;

/// Refuses a file that is not a store, judged by its header alone: damage behind the header of a store is damage, and
/// anything else is a file of the user's that must not be renamed or written. An empty file is a store to be.
/// Returns `true` if the header carries the mark of a store.
fn require_own_header(path: &Path) -> Result<bool, StoreError> {
    let unreachable = |error: io::Error| match error.kind() {
        io::ErrorKind::PermissionDenied => StoreError::ReadOnly,
        _ => StoreError::Unreachable(error),
    };
    let file = std::fs::File::open(path).map_err(unreachable)?;
    // A device has no header; SQLite refuses it.
    if !file.metadata().map_err(unreachable)?.is_file() {
        return Ok(false);
    }
    let mut header = Vec::with_capacity(HEADER);
    io::Read::read_to_end(&mut io::Read::take(file, HEADER as u64), &mut header).map_err(unreachable)?;
    let application = header.get(APPLICATION).and_then(|bytes| bytes.try_into().ok()).map(i32::from_be_bytes);
    let is_database = header.starts_with(b"SQLite format 3\0");
    match application.filter(|_| is_database) {
        Some(schema::APPLICATION_ID) => Ok(true),
        // A database without tables, as SQLite leaves one that was never written.
        Some(0) => Ok(false),
        _ if header.is_empty() => Ok(false),
        _ => Err(StoreError::Foreign),
    }
}

/// Puts a damaged store aside under a name that tells so, so that a new one can be begun. Nothing of it is lost.
///
/// # Errors
/// When it cannot be renamed.
pub fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".damaged-{number}"));
        PathBuf::from(name)
    };
    let mut number = 1;
    while name(number).exists() {
        number += 1;
    }
    let aside = name(number);
    std::fs::rename(path, &aside)?;
    // What SQLite had not finished belongs to it.
    let journal = |of: &Path| {
        let mut name = of.as_os_str().to_owned();
        name.push("-journal");
        PathBuf::from(name)
    };
    if journal(path).exists() {
        std::fs::rename(journal(path), journal(&aside))?;
    }
    Ok(aside)
}
