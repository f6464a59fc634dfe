//! The review in memory: all saved events, the round in use, and actions that are not saved yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::keys::action::Action;
use crate::i18n::{Lang, Words};
use crate::review::comparison::{VersionComparison, earlier};
use crate::review::delta::JournalDelta;
use crate::review::event::{EventId, EventKind};
use crate::review::journal::{Journal, VerdictCounts};
use crate::review::new_event::NewEvent;
use crate::review::record_state::{GivenVerdict, Note, RecordState, VerdictStatus, person_key};
use crate::review::round::Round;
use crate::review::store_error::{Replacement, StoreError};
use crate::ui::event::{Outcome, StoreCondition};

/// The review settings of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewSetup {
    /// The name of the reviewer.
    pub person: String,
    /// The number of people who must agree in a new round.
    pub eyes: u8,
    /// The reasons offered with a rejection.
    pub reasons: Vec<String>,
    /// `true` if a rejection needs a reason.
    pub reason_required: bool,
    /// `true` if a verdict moves to the next undecided record.
    pub advance: bool,
    /// `true` if a review is opened at the start.
    pub at_start: bool,
}

impl Default for ReviewSetup {
    fn default() -> Self {
        Self {
            person: String::new(),
            eyes: 1,
            reasons: crate::review::verdict::REASONS.iter().map(|name| (*name).to_owned()).collect(),
            reason_required: false,
            advance: true,
            at_start: false,
        }
    }
}

/// The review of a session.
#[derive(Debug, Default)]
pub enum Review {
    /// No review is open; review keys save nothing.
    #[default]
    Closed,
    /// The store is being opened.
    Opening,
    /// A review is open.
    Open(Box<OpenReview>),
}

/// An open review.
#[derive(Debug, Default)]
pub struct OpenReview {
    /// Everything saved, here and in other sessions.
    pub journal: Journal,
    /// The round in use; `None` before the first one is begun.
    pub round: Option<EventId>,
    /// Actions of this session that are not saved yet, oldest first.
    pub pending: Vec<Pending>,
    /// The saved progress of the round.
    pub tally: VerdictCounts,
    /// The differences between the round's versions and the loaded records.
    pub comparison: Arc<VersionComparison>,
    /// Other reviewers by the id of the record they are on.
    pub others: BTreeMap<String, String>,
    /// `true` if decided records are hidden.
    pub hides_done: bool,
    /// The reason why saving fails at the moment.
    pub trouble: Option<String>,
    /// The condition of the store.
    pub condition: StoreCondition,
    /// The way to leave once everything is saved.
    pub going: Option<LeaveTo>,
    /// The newest unsaved action that has been written to a file, and with it all older ones.
    pub kept: u64,
    /// The action to run once the round being begun exists.
    pub then: Option<Action>,
}

/// The way in which a review is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaveTo {
    /// The program ends.
    Out(Outcome),
    /// The session goes on without a review.
    Back,
}

/// An action that is not saved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The number of the action.
    pub token: u64,
    /// Its events on records; empty for an action on the round.
    pub drafts: Vec<NewEvent>,
}

impl Review {
    /// The open review.
    #[must_use]
    pub fn opened(&self) -> Option<&OpenReview> {
        match self {
            Self::Open(review) => Some(review),
            Self::Closed | Self::Opening => None,
        }
    }

    /// Returns `true` while review keys must wait for the store to open or a round to begin.
    #[must_use]
    pub fn is_settling(&self) -> bool {
        match self {
            Self::Closed => false,
            Self::Opening => true,
            Self::Open(review) => review.then.is_some(),
        }
    }

    /// Returns `true` while a key has begun a round and its own action, such as opening the note box, is still to
    /// come. False once the store is in trouble: then the round may take long.
    #[must_use]
    pub fn is_beginning_round(&self) -> bool {
        self.opened().is_some_and(|review| review.then.is_some() && review.trouble.is_none())
    }
}

impl OpenReview {
    /// The round that keys act on.
    #[must_use]
    pub fn round(&self) -> Option<&Round> {
        self.journal.round(self.round?)
    }

    /// Returns `true` if the round is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.round().is_some_and(|round| round.closing.is_some())
    }

    /// The state of a record with unsaved actions applied, and whether there were any.
    #[must_use]
    pub fn state(&self, record: &str, person: &str) -> (RecordState, bool) {
        let saved = self.round.and_then(|round| self.journal.state(round, record)).cloned();
        let mut state = saved.unwrap_or_default();
        let own = self.pending.iter().flat_map(|pending| &pending.drafts);
        let mut is_pending = false;
        for draft in own.filter(|draft| draft.record.as_deref() == Some(record)) {
            is_pending = true;
            state.add_draft(draft, person);
        }
        (state, is_pending)
    }

    /// The verdict status of a record with unsaved actions applied; `None` outside the round.
    #[must_use]
    pub fn standing(&self, record: &str, person: &str) -> Option<VerdictStatus> {
        self.look(record, person, |round, state| state.status(round.eyes()))
    }

    /// Returns `true` if a record awaits the verdict of a person and no other reviewer is on it.
    #[must_use]
    pub fn awaits(&self, record: &str, person: &str) -> bool {
        !self.others.contains_key(record)
            && self
                .look(record, person, |round, state| state.awaits(person, round.eyes()))
                .unwrap_or_default()
    }

    /// Reads the state of a record of the round with unsaved actions applied; `None` outside the round. Called for
    /// every row of a list at a key press, so saved states are not copied.
    fn look<T>(&self, record: &str, person: &str, at: impl Fn(&Round, &RecordState) -> T) -> Option<T> {
        let round = self.round().filter(|round| round.scope.holds(record))?;
        let mut drafts = self.pending.iter().flat_map(|pending| &pending.drafts);
        if drafts.any(|draft| draft.record.as_deref() == Some(record)) {
            return Some(at(round, &self.state(record, person).0));
        }
        let saved = self.journal.state(round.id, record);
        Some(saved.map_or_else(|| at(round, &RecordState::default()), |saved| at(round, saved)))
    }

    /// The verdict of the round before, if this one has none.
    #[must_use]
    pub fn earlier(&self, record: &str) -> Option<&GivenVerdict> {
        earlier(&self.journal, self.round()?, record)
    }

    /// The saved notes of a person on a record, oldest first.
    #[must_use]
    pub fn own_notes(&self, record: &str, person: &str) -> Vec<Note> {
        let key = person_key(person);
        let saved = self.round.and_then(|round| self.journal.state(round, record));
        let notes = saved.into_iter().flat_map(|state| &state.notes);
        notes.filter(|note| person_key(&note.person) == key && !note.text.is_empty()).cloned().collect()
    }

    /// All tags of the round.
    #[must_use]
    pub fn tags(&self) -> BTreeSet<Arc<str>> {
        let states = self.round.into_iter().flat_map(|round| self.journal.states(round));
        states.flat_map(|(_, state)| state.tags.iter().cloned()).collect()
    }

    /// Switches to a round.
    pub(super) fn choose(&mut self, round: EventId) {
        self.round = Some(round);
        self.comparison = Arc::default();
        self.count();
    }

    /// Takes in newly saved events.
    pub(super) fn learn(&mut self, news: &JournalDelta) {
        let touched = self.round.map(|round| news.records(&self.journal, round)).unwrap_or_default();
        for record in &touched {
            self.recount(record, -1);
        }
        news.apply_to(&mut self.journal);
        if news.events.iter().any(|event| matches!(event.kind, EventKind::RoundBegun(_))) {
            self.count();
        } else {
            for record in &touched {
                self.recount(record, 1);
            }
        }
    }

    fn recount(&mut self, record: &str, by: isize) {
        let Some(round) = self.round().filter(|round| round.scope.holds(record)) else { return };
        let state = self.journal.state(round.id, record);
        let standing = state.map_or(VerdictStatus::Undecided, |state| state.status(round.eyes()));
        self.tally.count(standing, by);
    }

    fn count(&mut self) {
        self.tally = self.round().map(|round| self.journal.tally(round)).unwrap_or_default();
    }
}

/// A store error as a sentence, without the name of the store.
#[must_use]
pub fn store_sentence(error: &StoreError, lang: Lang) -> String {
    let words = Words::of(lang);
    match error {
        StoreError::Unreachable(error) => format!("{}: {error}", words.store_unreachable),
        StoreError::NoPlace => words.store_no_place.to_owned(),
        StoreError::Damaged(reason) => format!("{}: {reason}", words.store_damaged),
        StoreError::Newer => words.store_newer.to_owned(),
        StoreError::NotAStore => words.store_foreign.to_owned(),
        StoreError::TooLarge => words.store_too_large.to_owned(),
        StoreError::UnfinishedTransaction => words.store_unfinished.to_owned(),
        StoreError::Replaced(what) => replacement_sentence(*what, &words).to_owned(),
        StoreError::Locked => words.store_locked.to_owned(),
        StoreError::ReadOnly => words.store_read_only.to_owned(),
        StoreError::Full => words.store_full.to_owned(),
        StoreError::Refused => words.store_refused.to_owned(),
        StoreError::Closed => words.round_closed_now.to_owned(),
        StoreError::Random(error) => format!("{}: {error}", words.store_no_random),
        StoreError::Other(reason) => reason.clone(),
    }
}

/// The fate of the file of an open store, as a sentence.
const fn replacement_sentence(what: Replacement, words: &Words) -> &'static str {
    match what {
        Replacement::Removed => words.store_removed,
        Replacement::NotAStore => words.store_not_any_more,
        Replacement::OtherStore => words.store_other,
        Replacement::Older => words.store_older,
        Replacement::Newer => words.store_newer_copy,
        Replacement::Truncated => words.store_truncated,
    }
}
