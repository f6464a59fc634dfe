//! An unfinished note, in the form of its draft on disk.

use serde::{Deserialize, Serialize};

use crate::review::event::{EventId, NoteKind};

/// An unsaved note, kept for a later session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BegunNote {
    /// The id of the record.
    pub record: String,
    /// The text as far as it was written.
    pub text: String,
    /// The kind of note.
    pub kind: NoteKind,
    /// The note that is being changed; `None` for a new one.
    pub changes: Option<EventId>,
}
