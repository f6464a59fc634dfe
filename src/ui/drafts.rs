//! Compares unfinished notes with their drafts on disk, and decides which to write or remove, and when.

use std::collections::{BTreeMap, BTreeSet};

use super::begun_note::BegunNote;
use super::event::DraftEffect;

/// Time in milliseconds without a key after which a draft is written.
const PAUSE: u64 = 300;
/// Time in milliseconds after which a draft is written although typing goes on.
const LATEST: u64 = 900;

/// The drafts on disk, and the note that differs from its draft.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    /// The drafts on disk, by record.
    kept: BTreeMap<String, BegunNote>,
    typing: Option<Typing>,
}

/// A note whose draft is not up to date. Times are in milliseconds since the session began.
#[derive(Clone, Debug)]
struct Typing {
    note: BegunNote,
    began: u64,
    changed: u64,
}

impl Typing {
    fn due(&self) -> u64 {
        (self.changed + PAUSE).min(self.began + LATEST)
    }
}

/// The notes of a session that are not saved.
#[derive(Clone, Debug, Default)]
pub(super) struct UnsavedNotes {
    /// The one in the box.
    pub open: Option<BegunNote>,
    /// Unfinished notes whose boxes are closed.
    pub aside: Vec<BegunNote>,
    /// Records of notes that the store has not taken yet.
    pub pending: BTreeSet<String>,
}

/// When the note in the box is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DraftUrgency {
    /// When typing pauses.
    Pause,
    /// At once, because the session ends.
    Now,
}

impl Drafts {
    /// Time at which a draft is due, in milliseconds since the session began.
    #[must_use]
    pub fn due(&self) -> Option<u64> {
        self.typing.as_ref().map(Typing::due)
    }

    /// Takes over a draft that has been read from disk.
    pub(super) fn take_over(&mut self, note: BegunNote) {
        self.kept.insert(note.record.clone(), note);
    }

    /// Compares the notes with the drafts, and returns the effects that bring the disk up to date.
    pub(super) fn update(
        &mut self,
        now: u64,
        notes: UnsavedNotes,
        urgency: DraftUrgency,
    ) -> Vec<DraftEffect> {
        let UnsavedNotes { open, aside, pending } = notes;
        let records = aside.iter().chain(&open).map(|note| note.record.clone());
        let unsaved: BTreeSet<String> = records.chain(pending).collect();
        let mut effects: Vec<DraftEffect> = self
            .kept
            .keys()
            .filter(|record| !unsaved.contains(*record))
            .cloned()
            .map(DraftEffect::Discard)
            .collect();
        self.kept.retain(|record, _| unsaved.contains(record));
        let due = open.and_then(|note| self.typed(now, note, urgency));
        for note in aside.into_iter().chain(due) {
            if self.kept.get(&note.record) != Some(&note) {
                self.kept.insert(note.record.clone(), note.clone());
                effects.push(DraftEffect::Keep(note));
            }
        }
        effects
    }

    /// Takes the note in the box, and returns it if its draft is due.
    fn typed(&mut self, now: u64, note: BegunNote, urgency: DraftUrgency) -> Option<BegunNote> {
        let before = self.typing.take();
        if self.kept.get(&note.record) == Some(&note) {
            return None;
        }
        let typing = match before.filter(|before| before.note.record == note.record) {
            Some(before) => {
                let changed = if before.note == note { before.changed } else { now };
                Typing { note, began: before.began, changed }
            }
            None => Typing { note, began: now, changed: now },
        };
        if urgency == DraftUrgency::Now || now >= typing.due() {
            return Some(typing.note);
        }
        self.typing = Some(typing);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::event::NoteKind;

    fn note(text: &str) -> BegunNote {
        let (record, text) = ("23-079-S13".to_owned(), text.to_owned());
        BegunNote { record, text, kind: NoteKind::Working, changes: None }
    }

    fn open(text: &str) -> UnsavedNotes {
        UnsavedNotes { open: Some(note(text)), ..UnsavedNotes::default() }
    }

    /// The effects of a step, as texts.
    fn step(drafts: &mut Drafts, now: u64, notes: UnsavedNotes) -> Vec<String> {
        let word = |effect| match effect {
            DraftEffect::Read => "read".to_owned(),
            DraftEffect::Keep(note) => format!("keep {}", note.text),
            DraftEffect::Discard(record) => format!("discard {record}"),
        };
        drafts.update(now, notes, DraftUrgency::Pause).into_iter().map(word).collect()
    }

    #[test]
    fn the_first_letter_is_kept_after_a_pause() {
        let mut drafts = Drafts::default();
        assert_eq!(step(&mut drafts, 1_000, open("v")), Vec::<String>::new());
        assert_eq!(drafts.due(), Some(1_300));
        assert_eq!(step(&mut drafts, 1_300, open("v")), ["keep v"]);
        assert_eq!((drafts.due(), step(&mut drafts, 9_000, open("v"))), (None, Vec::new()));
    }

    #[test]
    fn typing_without_a_pause_is_kept_within_a_second() {
        let mut drafts = Drafts::default();
        let mut kept = Vec::new();
        for now in (0..3_000).step_by(100) {
            kept.extend(step(&mut drafts, now, open(&format!("{now}"))).into_iter().map(|_| now));
        }
        assert_eq!(kept, [900, 1_900, 2_900]);
    }

    #[test]
    fn a_note_put_aside_is_kept_at_once_and_a_pending_one_stays_until_it_is_saved() {
        let mut drafts = Drafts::default();
        let aside = UnsavedNotes { aside: vec![note("halv")], ..UnsavedNotes::default() };
        assert_eq!(step(&mut drafts, 5, aside), ["keep halv"]);
        let pending = UnsavedNotes { pending: [note("").record].into(), ..UnsavedNotes::default() };
        assert_eq!(step(&mut drafts, 6, pending), Vec::<String>::new());
        assert_eq!(step(&mut drafts, 7, UnsavedNotes::default()), ["discard 23-079-S13"]);
        assert_eq!(step(&mut drafts, 8, UnsavedNotes::default()), Vec::<String>::new());
    }

    #[test]
    fn a_note_in_the_box_is_kept_when_the_session_ends() {
        let mut drafts = Drafts::default();
        assert_eq!(drafts.update(1, open("v"), DraftUrgency::Now).len(), 1);
    }
}
