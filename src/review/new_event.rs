//! An event that is about to be written to a store.

use super::event::EventKind;

/// Something to be written, before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// The id of the record that it is about.
    pub record: Option<String>,
    /// The kind of event and its data.
    pub kind: EventKind,
    /// The text; may be empty.
    pub text: String,
}
