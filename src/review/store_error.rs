//! The reasons why a store cannot be used.

use std::io;

use rusqlite::ErrorCode;
use thiserror::Error;

use super::packing::ContentError;

/// The reason why a store cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file cannot be created, opened or read.
    #[error("the review store cannot be opened: {0}")]
    Unreachable(#[from] io::Error),
    /// No file was named, and there is no home folder.
    #[error("there is nowhere to keep a review store")]
    NoPlace,
    /// The file is not a review store, by its header. It is not changed.
    #[error("the file is not a review store")]
    NotAStore,
    /// The store is damaged.
    #[error("the review store is damaged: {0}")]
    Damaged(String),
    /// The store is too large to be read from elsewhere.
    #[error("the review store is larger than 2 GB")]
    TooLarge,
    /// The store was written by a newer version of the program.
    #[error("the review store is of a newer version of diarium")]
    Newer,
    /// The open file is no longer the one at its path, or has lost events that were read from it.
    #[error("the review store was replaced: {0}")]
    Replaced(Replacement),
    /// A killed program has left an unfinished transaction, which a reader cannot take back.
    #[error("the review store has an unfinished transaction")]
    UnfinishedTransaction,
    /// Another program has locked the store.
    #[error("another program holds the review store")]
    Locked,
    /// The store may not be written to.
    #[error("the review store is read-only")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The disk refuses to read or write: a quota, a limit on the size of files, or a fault.
    #[error("the disk refuses")]
    Refused,
    /// The round is closed.
    #[error("the round is closed")]
    Closed,
    /// The system has no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// Any other failure of SQLite.
    #[error("the review store failed: {0}")]
    Other(String),
}

/// Fate of the file of an open store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Replacement {
    /// There is no file at the path any more.
    #[error("there is no file at its path any more")]
    Removed,
    /// The file at the path is not a review store.
    #[error("the file at its path is not a review store")]
    NotAStore,
    /// The file at the path is a store with another identity.
    #[error("the file at its path is another store")]
    OtherStore,
    /// The file at the path is an earlier copy of the store: events that were read are missing.
    #[error("the file at its path is an earlier copy")]
    Older,
    /// The file at the path is a copy of the store that has all events that were read.
    #[error("the file at its path is a newer copy")]
    Newer,
    /// The file has become shorter.
    #[error("the file has become shorter")]
    Truncated,
}

impl StoreError {
    /// Returns `true` if trying again later may help.
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

impl From<ContentError> for StoreError {
    fn from(error: ContentError) -> Self {
        Self::Damaged(error.to_string())
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
            // A table or column is missing, or a value has another type or is too large: the file is not as written.
            Some(ErrorCode::Unknown | ErrorCode::TooBig | ErrorCode::TypeMismatch) | None => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Other(error.to_string()),
        }
    }
}
