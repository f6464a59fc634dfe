//! The review state of one record in one round, derived from its events.

use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::content::ContentKey;
use super::event::{Author, Event, EventId, EventKind, EventOrder, EventText, NoteKind, masked_text};
use super::verdict::Verdict;
use crate::domain::privacy::masked;
use crate::review::new_event::NewEvent;

/// The review state of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordState {
    /// The verdicts in force, one a person, in the order of their keys.
    pub verdicts: Vec<GivenVerdict>,
    /// `true` if it is starred.
    pub starred: bool,
    /// Its tags.
    pub tags: BTreeSet<Arc<str>>,
    /// Its notes, oldest first.
    pub notes: Vec<Note>,
    /// Time of its last event, in milliseconds since 1970.
    pub last: Option<i64>,
}

/// A verdict in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenVerdict {
    /// The verdict.
    pub verdict: Verdict,
    /// The name of the reason.
    pub reason: Option<String>,
    /// The explanation of the reason.
    pub text: Arc<str>,
    /// The record as it was then.
    pub version: Option<ContentKey>,
    /// The person's name as written.
    pub person: Arc<str>,
    /// The person's key, see [`person_key`].
    pub key: Arc<str>,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// The event.
    pub event: EventId,
    /// Its place among all events, whatever the clocks said.
    pub order: EventOrder,
}

/// A note in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The event that wrote it first.
    pub event: EventId,
    /// Working note or finding.
    pub kind: NoteKind,
    /// The text; empty if it was redacted.
    pub text: Arc<str>,
    /// The person who changed it last.
    pub person: Arc<str>,
    /// When, in milliseconds since 1970.
    pub time: i64,
}

/// Status of a record in its round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictStatus {
    /// There is no verdict.
    Undecided,
    /// All verdicts agree, but more people must.
    Awaiting(Verdict),
    /// A reviewer is looking into it.
    Pending,
    /// Two people differ.
    Disputed,
    /// Decided.
    Decided(Verdict),
}

impl VerdictStatus {
    /// Returns `true` if the review of the record is finished.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Decided(_))
    }
}

impl RecordState {
    /// Derives the state of a record from its events. They come in order, without those that are no longer in force.
    pub(super) fn from_events<'a>(events: impl Iterator<Item = &'a Event>) -> Self {
        let mut state = Self::default();
        events.for_each(|event| state.add(event));
        state
    }

    /// Adds what comes next.
    pub(super) fn add(&mut self, event: &Event) {
        let person = &masked_text(&event.author.person);
        // A note keeps its text, so that changing it does not save a masked one.
        let text = match &event.kind {
            EventKind::Note { .. } | EventKind::NoteChanged { .. } => event.text.shared(),
            _ => masked_text(&event.text.shared()),
        };
        match &event.kind {
            EventKind::Verdict { verdict: None, .. } => {
                let key = shared_key(&event.author.person);
                self.verdicts.retain(|given| given.key != key);
            }
            EventKind::Verdict { verdict: Some(verdict), reason, version } => self.give(GivenVerdict {
                verdict: *verdict,
                reason: reason.as_deref().map(|reason| masked(reason).into_owned()),
                text,
                version: version.clone(),
                person: person.clone(),
                key: shared_key(&event.author.person),
                time: event.time,
                event: event.id,
                order: event.order(),
            }),
            EventKind::Star { on } => self.starred = *on,
            EventKind::Tag { on: true } if !text.is_empty() => {
                self.tags.insert(text);
            }
            EventKind::Tag { .. } => {
                self.tags.remove(&text);
            }
            EventKind::Note { note } => self.notes.push(Note {
                event: event.id,
                kind: *note,
                text,
                person: person.clone(),
                time: event.time,
            }),
            EventKind::NoteChanged { event: first, note } => self.change_note(event, *first, *note),
            _ => return,
        }
        self.last = Some(event.time);
    }

    /// One verdict a person; the list has room for no more than there are, since most records have one.
    fn give(&mut self, given: GivenVerdict) {
        match self.verdicts.binary_search_by(|other| other.key.cmp(&given.key)) {
            Ok(at) => self.verdicts[at] = given,
            Err(at) => {
                self.verdicts.reserve_exact(1);
                self.verdicts.insert(at, given);
            }
        }
    }

    fn change_note(&mut self, event: &Event, first: EventId, kind: NoteKind) {
        let text = event.text.shared();
        // One that was emptied stays, with who and when.
        if text.is_empty() && !matches!(event.text, EventText::Redacted { .. }) {
            return self.notes.retain(|note| note.event != first);
        }
        if let Some(note) = self.notes.iter_mut().find(|note| note.event == first) {
            let (person, time) = (masked_text(&event.author.person), event.time);
            *note = Note { event: first, kind, text, person, time };
        }
    }

    /// Adds an event that is not saved yet.
    pub fn add_draft(&mut self, draft: &NewEvent, person: &str) {
        let id = EventId::from([0; 16]);
        let author = Author { person: person.into(), account: "".into(), host: "".into() };
        let text = match draft.text.as_str() {
            "" => EventText::None,
            text => EventText::Said { text: text.into(), salt: String::new() },
        };
        let time = self.last.unwrap_or_default();
        let (record, kind) = (draft.record.as_deref().map(Arc::from), draft.kind.clone());
        self.add(&Event { id, lamport: 0, time, author, action: id, round: id, record, kind, text });
    }

    /// The status of the record if `eyes` people must agree.
    #[must_use]
    pub fn status(&self, eyes: u8) -> VerdictStatus {
        let mut verdicts = self.verdicts.iter().map(|given| given.verdict);
        let Some(first) = verdicts.next() else { return VerdictStatus::Undecided };
        let all_same = verdicts.all(|verdict| verdict == first);
        if !all_same {
            return VerdictStatus::Disputed;
        }
        if !first.is_final() {
            return VerdictStatus::Pending;
        }
        if self.verdicts.len() < usize::from(eyes) {
            return VerdictStatus::Awaiting(first);
        }
        VerdictStatus::Decided(first)
    }

    /// Returns `true` if the record is not finished and lacks this person's verdict.
    #[must_use]
    pub fn awaits(&self, person: &str, eyes: u8) -> bool {
        // The status is cheaper than the search for the person.
        !self.status(eyes).is_done() && (self.verdicts.is_empty() || self.verdict_of(person).is_none())
    }

    /// A person's own verdict.
    #[must_use]
    pub fn verdict_of(&self, person: &str) -> Option<&GivenVerdict> {
        // Most names are looked up as they are written.
        self.verdicts.iter().find(|given| *given.person == *person).or_else(|| {
            let key = person_key(person);
            self.verdicts.iter().find(|given| *given.key == *key)
        })
    }

    /// The verdict given last.
    #[must_use]
    pub fn latest(&self) -> Option<&GivenVerdict> {
        self.verdicts.iter().max_by_key(|given| given.order)
    }

    /// Returns `true` if no entry is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && !self.starred && self.tags.is_empty() && self.notes.is_empty()
    }
}

/// The key of a person; shares the name if it is its own key.
fn shared_key(person: &Arc<str>) -> Arc<str> {
    let is_key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
    if person.bytes().all(is_key) { person.clone() } else { person_key(person).into() }
}

/// The key of a person, equal for all spellings of the name: nobody can countersign their own verdict by writing their
/// name with a capital letter.
#[must_use]
pub fn person_key(person: &str) -> String {
    let composed: String = person.nfc().flat_map(char::to_lowercase).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}
