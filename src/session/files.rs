//! What a session writes: earlier queries, where it was when its line was lost, files that were asked for.
//! History and notes are for the user's eyes alone (mode 0600); a personal number typed as a query is masked.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Places;
use crate::domain::privacy::mask_personal_numbers;
use crate::ui::event::WriteError;
use crate::ui::note_box::BegunNote;
use crate::ui::state::Bookmark;

/// How many earlier queries are remembered.
const MOST_QUERIES: usize = 1_000;

/// Earlier queries, one a line, the newest last.
pub struct History;

impl History {
    /// The earlier queries, oldest first, each once. A file that cannot be read is an empty history.
    #[must_use]
    pub fn read(path: Option<&Path>) -> Vec<String> {
        let text = path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let mut seen = std::collections::HashSet::new();
        let newest_first =
            text.lines().rev().filter(|line| !line.is_empty() && seen.insert(*line)).take(MOST_QUERIES);
        let mut queries: Vec<String> = newest_first.map(str::to_owned).collect();
        queries.reverse();
        queries
    }

    /// Adds a query. A history that cannot be written must not disturb the search.
    pub fn add(path: Option<&Path>, query: &str) {
        let Some(path) = path else { return };
        let query = mask_personal_numbers(query).map_or_else(|| query.to_owned(), |(masked, _)| masked);
        let line = query.replace(['\n', '\r'], " ") + "\n";
        drop(
            open_private(path, OpenOptions::new().append(true).create(true))
                .and_then(|mut file| file.write_all(line.as_bytes())),
        );
    }
}

/// Where a session was when its line was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    query: String,
    id: Option<String>,
}

impl Lost {
    /// Leaves the note. It is written while the program is being ended: a failure has nobody to hear of it.
    pub(super) fn keep(path: &Path, here: &Bookmark) {
        let query =
            mask_personal_numbers(&here.query).map_or_else(|| here.query.clone(), |(masked, _)| masked);
        let note = Self { query, id: here.id.clone() };
        let options = OpenOptions::new().write(true).create(true).truncate(true).clone();
        if let (Ok(json), Ok(mut file)) =
            (serde_json::to_vec(&note), open_private(path, &mut options.clone()))
        {
            drop(file.write_all(&json));
        }
    }

    /// Takes the note of an earlier session away with it, if there is one.
    #[must_use]
    pub fn take(path: &Path) -> Option<Bookmark> {
        let json = std::fs::read(path).ok()?;
        drop(std::fs::remove_file(path));
        let note: Self = serde_json::from_slice(&json).ok()?;
        Some(Bookmark { query: note.query, id: note.id, wide: false })
    }
}

/// How the files begin and end that hold what a review had not saved when its line was lost.
const RESCUED: (&str, &str) = ("unsaved-", ".jsonl");

/// Whether a file is one that a review left in the folder when its line was lost.
#[must_use]
pub fn is_rescued(path: &Path, folder: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let is_there = path.parent().is_some_and(|parent| match (parent.canonicalize(), folder.canonicalize()) {
        (Ok(parent), Ok(folder)) => parent == folder,
        _ => false,
    });
    is_there && name.starts_with(RESCUED.0) && name.ends_with(RESCUED.1)
}

/// The first of the files that reviews left in the folder when their lines were lost.
#[must_use]
pub fn rescued(folder: &Path) -> Option<PathBuf> {
    let paths = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    paths.filter(|path| is_rescued(path, folder)).min()
}

/// Leaves what a review has not saved, for the user's eyes alone.
pub(super) fn rescue(folder: &Path, name: &str, contents: &[u8]) -> io::Result<PathBuf> {
    let path = folder.join(format!("{}{name}{}", RESCUED.0, RESCUED.1));
    let mut file = open_private(&path, OpenOptions::new().write(true).create(true).truncate(true))?;
    file.write_all(contents)?;
    file.sync_all()?;
    Ok(path)
}

/// Leaves the notes that are being written, if there are any.
pub(super) fn keep_notes(path: &Path, notes: &[BegunNote]) {
    let options = OpenOptions::new().write(true).create(true).truncate(true).clone();
    if let (false, Ok(json)) = (notes.is_empty(), serde_json::to_vec(notes))
        && let Ok(mut file) = open_private(path, &mut options.clone())
    {
        drop(file.write_all(&json));
    }
}

/// Takes the notes that an earlier session left. A file that cannot be read stays where it is.
#[must_use]
pub fn take_notes(path: &Path) -> Vec<BegunNote> {
    let json = std::fs::read(path).ok();
    let Some(notes) = json.and_then(|json| serde_json::from_slice(&json).ok()) else { return Vec::new() };
    drop(std::fs::remove_file(path));
    notes
}

/// Opens a file in a folder that is made if it is missing, both for the user alone.
fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path)
}

/// Writes a new file, whole or not at all, and returns its path; a file that exists is never touched. It gets the
/// usual rights of the user's files.
pub(super) fn write_new(typed: &str, places: &Places, contents: &str) -> Result<String, WriteError> {
    let failed = |reason: Option<String>| WriteError { path: typed.to_owned(), reason };
    let base = places.folder.as_ref().ok_or_else(|| failed(Some("nowhere to write to".to_owned())))?;
    let path = match (typed.strip_prefix("~/"), &places.home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ if base == Path::new(".") => PathBuf::from(typed),
        _ => base.join(typed),
    };
    let fill = |out: &mut dyn Write| out.write_all(contents.as_bytes());
    match write_whole(&path, Existing::Kept, fill) {
        Ok(()) => Ok(path.to_string_lossy().into_owned()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(failed(None)),
        Err(error) => Err(failed(Some(error.to_string()))),
    }
}

/// What becomes of a file that exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is written.
    Kept,
    /// The new one takes its place and its rights.
    Replaced,
}

/// Writes a file, whole or not at all: beside its place, then into it.
///
/// # Errors
/// When it cannot be written, or is to be kept and exists ([`io::ErrorKind::AlreadyExists`]). Nothing is left then.
pub fn write_whole<T, E: From<io::Error>>(
    path: &Path,
    existing: Existing,
    fill: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, E> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new()
        .prefix(".diarium-")
        .make_in(folder, |path| OpenOptions::new().write(true).create_new(true).open(path))?;
    let mut out = BufWriter::new(file);
    let filled = fill(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if existing == Existing::Replaced
        && let Ok(old) = std::fs::metadata(path)
    {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    match existing {
        Existing::Kept => file.persist_noclobber(path),
        Existing::Replaced => file.persist(path),
    }
    .map_err(|failed| failed.error)?;
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_keeps_each_query_once_and_no_personal_number() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state/history");
        for query in ["piteå", "trygg", "811228-9874", "piteå"] {
            History::add(Some(&path), query);
        }
        assert_eq!(History::read(Some(&path)), ["trygg", "******-****", "piteå"]);
    }

    #[cfg(unix)]
    #[test]
    fn history_is_for_the_user_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("history");
        History::add(Some(&path), "x");
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_lost_session_is_offered_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lost");
        let here = Bookmark { query: "trygg".to_owned(), id: Some("23-079-S13".to_owned()), wide: false };
        Lost::keep(&path, &here);
        assert_eq!(Lost::take(&path), Some(here));
        assert_eq!(Lost::take(&path), None);
    }

    #[test]
    fn a_file_that_exists_is_not_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ut.txt");
        let places = Places { folder: Some(folder.path().to_owned()), ..Places::default() };
        assert_eq!(write_new("ut.txt", &places, "nytt"), Ok(path.to_string_lossy().into_owned()));
        assert!(write_new("ut.txt", &places, "annat").is_err());
        assert!(write_new("ut2.txt", &Places::default(), "x").is_err(), "nowhere to write to");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "nytt");
    }
}
