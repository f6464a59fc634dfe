//! The file in which reviews are kept: SQLite, safe against being killed at any moment and shared by several programs.
//! Knows events and contents; the state that follows from them is the journal's.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, ffi};

use super::chain::StorePosition;
use super::content::{Content, ContentKey};
use super::event::Event;
use super::finding::Finding;
use super::packing::MAX_CONTENT_BYTES;
use super::reading::{
    EventBatch, check_content_index, check_position, digest_exists, read_content, read_events,
};
use super::salvage::{salvage, salvage_contents};
use super::schema::{self, VERSION};
use super::store_error::{Replacement, StoreError};
use super::store_file::{FileIdentity, StoreFile, beside, inspect, journal_path};
use super::transaction::StoreTransaction;

/// The largest store that is read from elsewhere, in bytes.
const MAX_FOREIGN_BYTES: u64 = 2 << 30;

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// The version of its tables.
    version: u32,
    opening: StoreOpening,
    place: Place,
    /// The index of contents has been checked, so that a content that it does not find is not there.
    has_whole_index: Cell<bool>,
}

/// Effect of opening a store on its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreOpening {
    /// Nothing: it was there, or there is none and nothing was created.
    Existing,
    /// It was created.
    Created,
    /// It was brought up to date, with digests for this number of events.
    Migrated(u64),
}

/// The place of the file that a connection reads.
#[derive(Debug)]
enum Place {
    /// The file at the path; its length when it was last looked at.
    File(FileIdentity, Cell<u64>),
    /// A copy of it, in a folder that goes when the store is closed.
    Copy(#[expect(dead_code, reason = "removed when it is dropped")] tempfile::TempDir),
    /// There is no file, and a reader sees an empty store.
    Nowhere,
}

impl Store {
    /// Opens a store to read and write, creates it if there is no file, and migrates older tables. Waits for `patience`
    /// while another program has locked it.
    ///
    /// # Errors
    /// Returns an error if the store cannot be used. A file that is not a store, a damaged store and a newer one are
    /// not changed.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let mut opening = StoreOpening::Existing;
        if inspect(path)? == StoreFile::Missing && create(path)? {
            opening = StoreOpening::Created;
        }
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, patience)?;
        // A write-ahead log does not work on network file systems. FULL does not sync the folder, so that a power cut
        // could undo an action that was reported as saved.
        connection.pragma_update(None, "synchronous", "EXTRA")?;
        let version = version(&connection)?;
        schema::check(&connection, version)?;
        if version < VERSION {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another program may have done it meanwhile.
            let version = self::version(&transaction)?;
            if version < VERSION {
                opening = StoreOpening::Migrated(schema::migrate(&transaction, version)?);
            }
            transaction.commit()?;
        }
        Ok(Self { opening, ..Self::new(connection, path, VERSION, Place::at(path)?) })
    }

    /// Opens a store to read. Nothing is created, changed or repaired; a missing store is an empty one. Where a killed
    /// program has left an unfinished transaction, a copy is read instead.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn open_read_only(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        if inspect(path)? == StoreFile::Missing {
            return Self::empty(path);
        }
        let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, patience)?;
        let (connection, version, place) = match version(&connection) {
            Ok(version) => (connection, version, Place::at(path)?),
            Err(StoreError::UnfinishedTransaction) => {
                drop(connection);
                let folder = copy(path)?;
                let copied = folder.path().join("copy.db");
                let connection = connect(&copied, OpenFlags::SQLITE_OPEN_READ_WRITE, patience)?;
                let version = version(&connection)?;
                (connection, version, Place::Copy(folder))
            }
            Err(error) => return Err(error),
        };
        Ok(Self::new(connection, path, version, place))
    }

    /// Opens a store that may come from anybody, to read: its size and its tables are checked before anything else.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] for a file of more than 2 GiB, [`StoreError::Damaged`] for other tables than a store
    /// has, otherwise as [`Self::open_read_only`].
    pub fn open_foreign(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        if std::fs::metadata(path)?.len() > MAX_FOREIGN_BYTES {
            return Err(StoreError::TooLarge);
        }
        let store = Self::open_read_only(path, patience)?;
        schema::check(&store.connection, store.version)?;
        Ok(store)
    }

    fn empty(path: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        let transaction = connection.transaction()?;
        schema::create(&transaction)?;
        transaction.commit()?;
        Ok(Self::new(connection, path, VERSION, Place::Nowhere))
    }

    fn new(connection: Connection, path: &Path, version: u32, place: Place) -> Self {
        let (path, opening) = (path.to_owned(), StoreOpening::Existing);
        Self { connection, path, version, opening, place, has_whole_index: Cell::new(false) }
    }

    /// The path of its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Effect of opening the store on its file.
    #[must_use]
    pub const fn opening(&self) -> StoreOpening {
        self.opening
    }

    /// The connection, for the other files of this folder.
    pub(super) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The version of its tables.
    pub(super) const fn version(&self) -> u32 {
        self.version
    }

    /// A number that changes whenever another program has written.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Begins a transaction; no other program writes until it ends.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written to.
    pub fn begin(&mut self) -> Result<StoreTransaction<'_>, StoreError> {
        StoreTransaction::new(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Keeps more of the file in memory, 64 MiB, before a lot is written: ids are random, so that joining two long
    /// reviews touches pages all over the file, which must not be read and written again for each event.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn enlarge_cache(&self) -> Result<(), StoreError> {
        // In KiB.
        Ok(self.connection.pragma_update(None, "cache_size", -65_536)?)
    }

    /// The position before the first event.
    pub(super) fn start(&self) -> Result<StorePosition, StoreError> {
        Ok(if self.version < 2 {
            StorePosition::default()
        } else {
            schema::ledger(&self.connection)?.start()
        })
    }

    /// The events after a position in the order of arrival, and the position after the last. Each is checked against
    /// its digest.
    ///
    /// # Errors
    /// [`StoreError::Replaced`] where the event at the position is not the one that was read, [`StoreError::Damaged`]
    /// where an event does not fit its digest.
    pub(super) fn events_since(&self, position: StorePosition) -> Result<EventBatch, StoreError> {
        let snapshot = self.connection.unchecked_transaction()?;
        check_position(&snapshot, self.version, position)?;
        read_events(&snapshot, self.version, position)
    }

    /// All events in the order of arrival, each checked against its digest.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        Ok(self.events_since(self.start()?)?.events)
    }

    /// The trustworthy events of a damaged store, and the problems of the rest.
    pub(super) fn salvage(&self) -> (Vec<Event>, Vec<Finding>) {
        let salvage = salvage(&self.connection, self.version);
        (salvage.events, salvage.findings)
    }

    /// Hands on the contents of a damaged store that can be read and hash to their keys.
    pub(super) fn salvage_contents(
        &self,
        take: &mut dyn FnMut(Content) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        salvage_contents(&self.connection, self.version, take)
    }

    /// A content; `None` if there is none with this key.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read, or the content does not hash to its key.
    pub fn content(&self, key: &ContentKey) -> Result<Option<Content>, StoreError> {
        let content = read_content(&self.connection, self.version, key)?;
        if content.is_none() && self.version >= 2 && !self.has_whole_index.get() {
            check_content_index(&self.connection, schema::ledger(&self.connection)?.contents)?;
            self.has_whole_index.set(true);
        }
        Ok(content)
    }

    /// The keys of all contents, in their order.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn content_keys(&self) -> Result<Vec<ContentKey>, StoreError> {
        let sql = if self.version < 2 { "SELECT key FROM content" } else { "SELECT key FROM kept" };
        let mut statement = self.connection.prepare(sql)?;
        let keys = statement.query_map([], |row| Ok(ContentKey(row.get(0)?)))?;
        let mut keys = keys.collect::<Result<Vec<_>, _>>()?;
        keys.sort_unstable();
        Ok(keys)
    }

    /// Checks that the path still names the open file, and that the file has not become shorter.
    ///
    /// # Errors
    /// [`StoreError::Replaced`] if it does not.
    pub fn check_place(&self) -> Result<(), StoreError> {
        let Place::File(identity, length) = &self.place else { return Ok(()) };
        let Ok(metadata) = std::fs::metadata(&self.path) else {
            return Err(StoreError::Replaced(Replacement::Removed));
        };
        if FileIdentity::from(&metadata) != *identity {
            return Err(StoreError::Replaced(self.replacement()));
        }
        if metadata.len() < length.replace(metadata.len()) {
            return Err(StoreError::Replaced(Replacement::Truncated));
        }
        Ok(())
    }

    /// The file that has replaced the open one.
    fn replacement(&self) -> Replacement {
        match inspect(&self.path) {
            Ok(StoreFile::Missing) => return Replacement::Removed,
            Ok(StoreFile::Store(VERSION)) => {}
            _ => return Replacement::NotAStore,
        }
        let (Ok(own), Ok(other)) =
            (schema::ledger(&self.connection), Self::open_read_only(&self.path, Duration::ZERO))
        else {
            return Replacement::OtherStore;
        };
        match schema::ledger(&other.connection) {
            Ok(ledger) if ledger.store != own.store => Replacement::OtherStore,
            Ok(_) => match digest_exists(&other.connection, &own.head) {
                Ok(true) => Replacement::Newer,
                _ => Replacement::Older,
            },
            Err(_) => Replacement::OtherStore,
        }
    }

    /// Prevents the file from growing, as on a full disk, or lets it grow again.
    #[cfg(test)]
    pub(super) fn limit_pages_for_test(&self, is_limited: bool) {
        let now = self.connection.pragma_query_value(None, "page_count", |row| row.get(0)).expect("pages");
        let pages: i64 = if is_limited { now } else { i64::from(u32::MAX) };
        self.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).expect("limited");
    }
}

impl Place {
    fn at(path: &Path) -> Result<Self, StoreError> {
        let metadata = std::fs::metadata(path)?;
        Ok(Self::File(FileIdentity::from(&metadata), Cell::new(metadata.len())))
    }
}

/// Creates a store under a temporary name and moves it to its path, so that no other program sees an unfinished one.
/// Returns `true` if this program was the first.
fn create(path: &Path) -> Result<bool, StoreError> {
    let file = beside(path)?;
    {
        let mut connection = connect(file.path(), OpenFlags::SQLITE_OPEN_READ_WRITE, Duration::ZERO)?;
        connection.pragma_update(None, "journal_mode", "DELETE")?;
        connection.pragma_update(None, "synchronous", "EXTRA")?;
        let transaction = connection.transaction()?;
        schema::create(&transaction)?;
        transaction.commit()?;
    }
    let is_first = match file.persist_noclobber(path) {
        Ok(_) => true,
        Err(failed) if failed.error.kind() == std::io::ErrorKind::AlreadyExists => false,
        Err(failed) => return Err(failed.error.into()),
    };
    super::store_file::sync_folder(path)?;
    Ok(is_first)
}

/// Connects to a file, with limits that keep a hostile one from filling the memory.
pub(super) fn connect(path: &Path, access: OpenFlags, patience: Duration) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(patience)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    let longest = i32::try_from(MAX_CONTENT_BYTES).unwrap_or(i32::MAX);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)?;
    Ok(connection)
}

/// The version of the tables in a database.
fn version(connection: &Connection) -> Result<u32, StoreError> {
    // The first look at the file tells whether a killed program has left an unfinished transaction.
    match connection.pragma_query_value(None, "user_version", |row| row.get(0)) {
        Ok(version) if version > VERSION => Err(StoreError::Newer),
        Ok(version) => Ok(version),
        Err(rusqlite::Error::SqliteFailure(error, _))
            if error.extended_code == ffi::SQLITE_READONLY_ROLLBACK
                || error.extended_code == ffi::SQLITE_READONLY_RECOVERY =>
        {
            Err(StoreError::UnfinishedTransaction)
        }
        Err(error) => Err(error.into()),
    }
}

/// Copies a store and its unfinished transaction. A copy that a writer has crossed is made again.
fn copy(path: &Path) -> Result<tempfile::TempDir, StoreError> {
    let state = || std::fs::metadata(path).map(|data| (data.len(), data.modified().ok()));
    let folder = tempfile::Builder::new().prefix("diarium-").tempdir()?;
    let copied = folder.path().join("copy.db");
    for _ in 0..5 {
        let before = state()?;
        std::fs::copy(path, &copied)?;
        match std::fs::copy(journal_path(path), journal_path(&copied)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            other => drop(other?),
        }
        if state()? == before {
            return Ok(folder);
        }
    }
    Err(StoreError::Locked)
}
