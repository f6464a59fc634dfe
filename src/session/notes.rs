//! Notes that were being written when the line was lost, kept for the next start.

use std::path::Path;

use super::files::write_private;
use crate::ui::pages::note_box::BegunNote;

/// Writes the notes, if there are any.
pub(super) fn keep_notes(path: &Path, notes: &[BegunNote]) {
    if let (false, Ok(json)) = (notes.is_empty(), serde_json::to_vec(notes)) {
        drop(write_private(path, &json));
    }
}

/// Reads and removes the notes of an earlier session. A file that cannot be read stays where it is.
#[must_use]
pub fn take_notes(path: &Path) -> Vec<BegunNote> {
    let json = std::fs::read(path).ok();
    let Some(notes) = json.and_then(|json| serde_json::from_slice(&json).ok()) else { return Vec::new() };
    drop(std::fs::remove_file(path));
    notes
}
