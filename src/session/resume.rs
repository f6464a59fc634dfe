//! The place where a session was when its line was lost, kept for the next start to offer.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::files::write_private;
use crate::domain::privacy::mask_personal_numbers;
use crate::ui::state::Bookmark;

/// A query and a record to go back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumePoint {
    query: String,
    id: Option<String>,
}

impl ResumePoint {
    /// Writes the file. The program is being ended: a failure cannot be reported to anybody.
    pub(super) fn keep(path: &Path, here: &Bookmark) {
        let masked = mask_personal_numbers(&here.query).map(|(masked, _)| masked);
        let point = Self { query: masked.unwrap_or_else(|| here.query.clone()), id: here.id.clone() };
        if let Ok(json) = serde_json::to_vec(&point) {
            drop(write_private(path, &json));
        }
    }

    /// Reads and removes the file of an earlier session; `None` if there is none that can be read.
    #[must_use]
    pub fn take(path: &Path) -> Option<Bookmark> {
        let json = std::fs::read(path).ok()?;
        drop(std::fs::remove_file(path));
        let point: Self = serde_json::from_slice(&json).ok()?;
        Some(Bookmark { query: point.query, id: point.id, wide: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_offered_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lost");
        let here = Bookmark { query: "trygg".to_owned(), id: Some("23-079-S13".to_owned()), wide: false };
        ResumePoint::keep(&path, &here);
        assert_eq!(ResumePoint::take(&path), Some(here));
        assert_eq!(ResumePoint::take(&path), None);
    }
}
