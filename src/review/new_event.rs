//! An event that is about to be written to a store.

use super::event::EventKind;

/// Something to be written, before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// The id of the record that it is about.
    pub record: Option<String>,
    /// What happened.
    pub kind: EventKind,
    /// What was written; empty where nothing was.
    pub text: String,
}
