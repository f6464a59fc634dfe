//! The commands of a review. Each is done whole or not at all.

use thiserror::Error;

use super::content::Content;
use super::event::{EventId, RoundBegun};
use super::new_event::NewEvent;
use super::store_error::StoreError;
use super::undo::UndoError;

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewCommand {
    /// Write events as one action.
    Write {
        /// The round.
        round: EventId,
        /// The events.
        new_events: Vec<NewEvent>,
        /// The versions of the records, which are kept unless they are already.
        contents: Vec<Content>,
    },
    /// Begin a round.
    Begin(Box<NewRound>),
    /// Join the newest open round, or begin this one if there is none. If several sessions do so at once, one begins
    /// the round and the others join it.
    JoinOrBegin(Box<NewRound>),
    /// Take back the latest action of one's own that is in force.
    Undo(EventId),
    /// Redo the person's latest undone action.
    Redo(EventId),
    /// Close a round.
    Close(EventId),
    /// Open a closed round again.
    Reopen {
        /// The round.
        round: EventId,
        /// The reason.
        reason: String,
    },
    /// Redact the text of an event.
    Redact {
        /// The event.
        event: EventId,
        /// The reason.
        reason: String,
    },
}

/// A round to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRound {
    /// Its definition; the scope is the key of `ids`.
    pub begun: RoundBegun,
    /// Its purpose.
    pub purpose: String,
    /// The ids of its records.
    pub ids: Content,
}

/// The reason why a command was not done.
#[derive(Debug, Error)]
pub enum ReviewCommandError {
    /// The store could not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing to take back, or it must not be.
    #[error(transparent)]
    Undo(#[from] UndoError),
    /// There is no such round or event.
    #[error("no such round or event: {0}")]
    Unknown(EventId),
    /// The round is open already, or closed already.
    #[error("the round is {} already", if *.closed { "closed" } else { "open" })]
    Already {
        /// `true` if it is closed.
        closed: bool,
    },
}
