//! Notes that are being written, each in a file of its own: per review store, reviewer and record.
//!
//! A file is written whole while typing pauses, so that a note survives a kill, a lost line and a second session. It is
//! removed when the note is saved or discarded, and offered only to its writer in its store. Personal identity numbers
//! in it are masked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

use super::files::write_private;
use super::worker::spawn;
use super::{EventSender, Places};
use crate::domain::privacy::mask_personal_numbers;
use crate::review::hex::sha256;
use crate::review::record_state::person_key;
use crate::ui::begun_note::BegunNote;
use crate::ui::event::{DraftEffect, Event};

/// Digits of a hash in the name of a file.
const HASH_DIGITS: usize = 16;
/// Drafts of one record that sessions can write at the same time.
const MAX_FILES: usize = 100;

/// The contents of a file.
#[derive(Debug, Serialize, Deserialize)]
struct DraftFile {
    store: String,
    person: String,
    #[serde(flatten)]
    note: BegunNote,
}

/// The drafts of one reviewer in one store.
pub(super) struct DraftFolder {
    folder: PathBuf,
    store: PathBuf,
    person: String,
    /// The files of each record that this session has read or written, with their contents. A file that has other
    /// contents now belongs to another session.
    files: BTreeMap<String, BTreeMap<PathBuf, Vec<u8>>>,
}

impl DraftFolder {
    /// The drafts of the reviewer; `None` if there is no folder or no store.
    pub(super) fn new(places: &Places) -> Option<Self> {
        let (folder, review) = (places.drafts.clone()?, places.review.as_ref()?);
        let (store, person) = (review.store.clone(), person_key(&review.author.person));
        Some(Self { folder, store, person, files: BTreeMap::new() })
    }

    /// Performs an effect. A draft that cannot be written must not disturb the writer.
    pub(super) fn perform(&mut self, effect: DraftEffect, events: &EventSender) {
        match effect {
            DraftEffect::Read => events.send(Event::DraftsRead(self.read())),
            DraftEffect::Keep(note) => drop(self.keep(note)),
            DraftEffect::Discard(record) => self.discard(&record),
        }
    }

    /// Reads the drafts. Several of one record, from sessions at the same time, are joined.
    fn read(&mut self) -> Vec<BegunNote> {
        let store = self.store_name();
        let prefix = self.prefix(&store);
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix))
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        let mut notes: BTreeMap<String, BegunNote> = BTreeMap::new();
        for path in paths {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let Ok(draft) = serde_json::from_slice::<DraftFile>(&bytes) else { continue };
            if draft.store != store || draft.person != self.person {
                continue;
            }
            let record = draft.note.record.clone();
            self.files.entry(record.clone()).or_default().insert(path, bytes);
            match notes.get_mut(&record) {
                Some(known) if known.text != draft.note.text => {
                    known.text = [known.text.trim_end(), draft.note.text.as_str()].join("\n\n");
                }
                Some(_) => {}
                None => drop(notes.insert(record, draft.note)),
            }
        }
        notes.into_values().collect()
    }

    /// Writes the draft of a record in place of those that this session knows.
    fn keep(&mut self, mut note: BegunNote) -> std::io::Result<()> {
        if let Some((masked, _)) = mask_personal_numbers(&note.text) {
            note.text = masked;
        }
        let (store, record) = (self.store_name(), note.record.clone());
        let path = self.path(&store, &record);
        let bytes = serde_json::to_vec(&DraftFile { store, person: self.person.clone(), note })?;
        write_private(&path, &bytes)?;
        let others = self.files.insert(record, BTreeMap::from([(path.clone(), bytes)])).unwrap_or_default();
        for (other, known) in others.iter().filter(|(other, _)| **other != path) {
            remove_if(other, known);
        }
        Ok(())
    }

    /// Removes the drafts of a record that this session knows.
    fn discard(&mut self, record: &str) {
        for (path, known) in self.files.remove(record).unwrap_or_default() {
            remove_if(&path, &known);
        }
    }

    /// The first path for a record that no other session uses.
    fn path(&self, store: &str, record: &str) -> PathBuf {
        let name = self.prefix(store) + &hash(&[record]);
        let known = self.files.get(record);
        let mut paths = (0..MAX_FILES).map(|number| self.folder.join(format!("{name}-{number}.json")));
        let first = self.folder.join(format!("{name}-0.json"));
        let is_free = |path: &PathBuf| match std::fs::read(path) {
            Ok(bytes) => known.and_then(|known| known.get(path)).is_some_and(|known| *known == bytes),
            Err(_) => true,
        };
        paths.find(is_free).unwrap_or(first)
    }

    fn prefix(&self, store: &str) -> String {
        format!("{}-", hash(&[store, &self.person]))
    }

    /// The store's path, the same by whatever way it is reached.
    fn store_name(&self) -> String {
        let folder = self.store.parent().filter(|folder| !folder.as_os_str().is_empty());
        let in_folder = || {
            let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
            Some(folder.join(self.store.file_name()?))
        };
        let path = self.store.canonicalize().ok().or_else(in_folder).unwrap_or_else(|| self.store.clone());
        path.to_string_lossy().into_owned()
    }
}

fn hash(parts: &[&str]) -> String {
    let mut hash = sha256(parts.iter().map(|part| part.as_bytes()));
    hash.truncate(HASH_DIGITS);
    hash
}

/// Removes a file unless another session has written to it.
fn remove_if(path: &Path, contents: &[u8]) {
    if std::fs::read(path).is_ok_and(|bytes| bytes == contents) {
        drop(std::fs::remove_file(path));
    }
}

/// The thread that writes drafts. Dropping it waits until everything is written.
pub(super) struct DraftThread {
    effects: Option<Sender<DraftEffect>>,
    thread: Option<JoinHandle<()>>,
}

impl DraftThread {
    /// Starts the thread.
    pub(super) fn start(mut folder: DraftFolder, events: &EventSender) -> Self {
        let (effects, waiting): (_, Receiver<DraftEffect>) = channel();
        let sender = events.clone();
        let thread = spawn(events, move || {
            for effect in waiting {
                folder.perform(effect, &sender);
            }
        });
        Self { effects: Some(effects), thread: Some(thread) }
    }

    /// Hands an effect to the thread.
    pub(super) fn perform(&self, effect: DraftEffect) {
        if let Some(effects) = &self.effects {
            // A thread that has failed has reported it.
            effects.send(effect).unwrap_or_default();
        }
    }
}

impl Drop for DraftThread {
    fn drop(&mut self) {
        self.effects = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported.
            thread.join().unwrap_or_default();
        }
    }
}

#[cfg(test)]
#[path = "drafts_tests.rs"]
mod tests;
