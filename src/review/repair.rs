//! Puts a damaged store aside, whole, and a new one in its place with everything of it that can be trusted.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::OpenFlags;

use super::event::EventId;
use super::finding::Finding;
use super::presence::PRESENT_MS;
use super::schema;
use super::store::{Store, connect};
use super::store_error::StoreError;
use super::store_file::{StoreFile, beside, inspect, journal_path, set_aside, sync_folder};
use super::transaction::StoreTransaction;
use super::verify::verify;

/// The result of a repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The name that the damaged store has now.
    pub aside: PathBuf,
    /// The problems of the damaged store.
    pub findings: Vec<Finding>,
    /// The number of events in the new store.
    pub events: u64,
    /// The number of contents in the new store.
    pub contents: u64,
}

/// Repairs a store, at a time in milliseconds since 1970; `None` if it has no problem.
///
/// # Errors
/// [`StoreError::Locked`] while another session has it open, [`StoreError::NotAStore`] for any other file. The store is
/// not changed then.
pub fn repair(path: &Path, now: i64) -> Result<Option<Repair>, StoreError> {
    // The target of a symbolic link is repaired, not the link.
    let path = &std::fs::canonicalize(path)?;
    if inspect(path)? == StoreFile::Missing {
        return Err(StoreError::Unreachable(std::io::ErrorKind::NotFound.into()));
    }
    let damaged = Store::open_read_only(path, Duration::ZERO)?;
    let findings = verify(&damaged);
    if findings.is_empty() {
        return Ok(None);
    }
    if is_in_use(&damaged, path, now)? {
        return Err(StoreError::Locked);
    }
    let file = beside(path)?;
    let (events, contents) = rebuild(&damaged, file.path())?;
    drop(damaged);
    let aside = set_aside(path)?;
    file.persist_noclobber(path).map_err(|failed| failed.error)?;
    sync_folder(path)?;
    Ok(Some(Repair { aside, findings, events, contents }))
}

/// Returns `true` if another session has the store open: one was seen recently, or is writing.
fn is_in_use(store: &Store, path: &Path, now: i64) -> Result<bool, StoreError> {
    let nobody = EventId::from([0; 16]);
    // Presence that cannot be read is no reason to leave a store damaged.
    if store.presence(nobody, now - PRESENT_MS).is_ok_and(|present| !present.is_empty()) {
        return Ok(true);
    }
    // Writing would roll back an unfinished transaction, but the damaged store must be kept unchanged.
    if journal_path(path).exists() {
        return Ok(false);
    }
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, Duration::ZERO)?;
    let locked = connection.execute_batch("BEGIN EXCLUSIVE; ROLLBACK").map_err(StoreError::from);
    Ok(matches!(locked, Err(StoreError::Locked)))
}

/// Fills a new store with what can be trusted of a damaged one.
fn rebuild(damaged: &Store, into: &Path) -> Result<(u64, u64), StoreError> {
    let (events, _) = damaged.salvage();
    let mut connection = connect(into, OpenFlags::SQLITE_OPEN_READ_WRITE, Duration::ZERO)?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    let transaction = connection.transaction()?;
    schema::create(&transaction)?;
    let mut new = StoreTransaction::new(transaction)?;
    let mut contents = 0;
    damaged.salvage_contents(&mut |content| {
        contents += u64::from(new.add_content(&content)?);
        Ok(())
    })?;
    let mut added = 0;
    for event in &events {
        added += u64::from(new.add(event)?);
    }
    new.redact_all()?;
    new.commit()?;
    Ok((added, contents))
}
