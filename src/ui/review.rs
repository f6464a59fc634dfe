//! What the screen knows of a review: the rounds and all that has been said, and what has been done here and is not
//! saved yet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::keys::action::Action;
use crate::i18n::Lang;
use crate::review::comparison::{VersionComparison, earlier};
use crate::review::event::{EventId, EventKind};
use crate::review::journal::{Journal, VerdictCounts};
use crate::review::new_event::NewEvent;
use crate::review::record_state::{GivenVerdict, RecordState, VerdictStatus};
use crate::review::round::Round;
use crate::review::session::JournalDelta;
use crate::review::store::StoreError;
use crate::ui::event::Outcome;

/// What was decided about reviews before the session began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewSetup {
    /// Who reviews.
    pub person: String,
    /// How many people must agree in a new round.
    pub eyes: u8,
    /// The reasons that are offered with a rejection.
    pub reasons: Vec<String>,
    /// Whether a rejection needs one.
    pub reason_required: bool,
    /// Whether a verdict moves on to the next undecided record.
    pub advance: bool,
    /// Whether a review is open from the start.
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

/// Whether a review is open.
#[derive(Debug, Default)]
pub enum Review {
    /// None: keys of a review save nothing.
    #[default]
    Closed,
    /// The store is being read.
    Opening,
    /// One is.
    Open(Box<OpenReview>),
}

/// An open review.
#[derive(Debug, Default)]
pub struct OpenReview {
    /// All that has been saved, here and elsewhere.
    pub journal: Journal,
    /// The round that keys act on; `None` before the first is begun.
    pub round: Option<EventId>,
    /// What has been done here and is not saved yet, oldest first.
    pub pending: Vec<Pending>,
    /// How far the round has come, as far as it is saved.
    pub tally: VerdictCounts,
    /// What is different between the round and the loaded records.
    pub comparison: Arc<VersionComparison>,
    /// Who else is on which record.
    pub others: BTreeMap<String, String>,
    /// Whether records that are done are hidden.
    pub hides_done: bool,
    /// Why nothing can be saved at the moment.
    pub trouble: Option<String>,
    /// Where a damaged store was put when this one was begun.
    pub aside: Option<String>,
    /// Where the person goes once all is saved.
    pub going: Option<LeaveTo>,
    /// The number of the newest thing that is in a file, as all before it is.
    pub kept: u64,
    /// What to do once the round that is being begun is there.
    pub then: Option<Action>,
}

/// Where somebody goes who leaves a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaveTo {
    /// Out of the program.
    Out(Outcome),
    /// Back to looking things up.
    Back,
}

/// Something that has been done and is not saved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its number.
    pub token: u64,
    /// What it says of records; nothing where it is about the round.
    pub drafts: Vec<NewEvent>,
}

impl Review {
    /// The review that is open.
    #[must_use]
    pub fn opened(&self) -> Option<&OpenReview> {
        match self {
            Self::Open(review) => Some(review),
            Self::Closed | Self::Opening => None,
        }
    }

    /// Whether a store is being opened, or a round begun, that keys of the review wait for.
    #[must_use]
    pub fn is_settling(&self) -> bool {
        match self {
            Self::Closed => false,
            Self::Opening => true,
            Self::Open(review) => review.then.is_some(),
        }
    }
}

impl OpenReview {
    /// The round that keys act on.
    #[must_use]
    pub fn round(&self) -> Option<&Round> {
        self.journal.round(self.round?)
    }

    /// Whether the round is closed: its keys only look.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.round().is_some_and(|round| round.closing.is_some())
    }

    /// What has been said of a record, what is not saved yet with it, and whether anything of it is not.
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

    /// Where a record stands, with what is not saved yet; `None` outside the round.
    #[must_use]
    pub fn standing(&self, record: &str, person: &str) -> Option<VerdictStatus> {
        self.look(record, person, |round, state| state.standing(round.eyes()))
    }

    /// Whether a person has something to do on a record, and nobody else is on it.
    #[must_use]
    pub fn awaits(&self, record: &str, person: &str) -> bool {
        !self.others.contains_key(record)
            && self
                .look(record, person, |round, state| state.awaits(person, round.eyes()))
                .unwrap_or_default()
    }

    /// Looks at a record of the round, with what is not saved yet; `None` outside the round. All of a list may be looked
    /// at for one key: what is saved is not copied for it.
    fn look<T>(&self, record: &str, person: &str, at: impl Fn(&Round, &RecordState) -> T) -> Option<T> {
        let round = self.round().filter(|round| round.scope.holds(record))?;
        let mut drafts = self.pending.iter().flat_map(|pending| &pending.drafts);
        if drafts.any(|draft| draft.record.as_deref() == Some(record)) {
            return Some(at(round, &self.state(record, person).0));
        }
        let saved = self.journal.state(round.id, record);
        Some(saved.map_or_else(|| at(round, &RecordState::default()), |saved| at(round, saved)))
    }

    /// The verdict of the round before, where there is none yet.
    #[must_use]
    pub fn earlier(&self, record: &str) -> Option<&GivenVerdict> {
        earlier(&self.journal, self.round()?, record)
    }

    /// All tags of the round.
    #[must_use]
    pub fn tags(&self) -> BTreeSet<Arc<str>> {
        let states = self.round.into_iter().flat_map(|round| self.journal.states(round));
        states.flat_map(|(_, state)| state.tags.iter().cloned()).collect()
    }

    /// Chooses a round.
    pub(super) fn choose(&mut self, round: EventId) {
        self.round = Some(round);
        self.comparison = Arc::default();
        self.count();
    }

    /// Learns what has been saved.
    pub(super) fn learn(&mut self, news: &JournalDelta) {
        let touched = self.round.map(|round| news.records(&self.journal, round)).unwrap_or_default();
        for record in &touched {
            self.recount(record, -1);
        }
        news.tell(&mut self.journal);
        if news.events.iter().any(|event| matches!(event.what, EventKind::RoundBegun(_))) {
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
        let standing = state.map_or(VerdictStatus::Undecided, |state| state.standing(round.eyes()));
        self.tally.count(standing, by);
    }

    fn count(&mut self) {
        self.tally = self.round().map(|round| self.journal.tally(round)).unwrap_or_default();
    }
}

/// What is the matter with a store, in words.
#[must_use]
pub fn store_sentence(error: &StoreError, lang: Lang) -> String {
    let (swedish, english) = match error {
        StoreError::Unreachable(error) => {
            (format!("kan inte öppnas: {error}"), format!("cannot be opened: {error}"))
        }
        StoreError::NoPlace => (
            "det finns ingenstans att spara granskningar: --reviews FIL".to_owned(),
            "there is nowhere to keep reviews: --reviews FILE".to_owned(),
        ),
        StoreError::Damaged(reason) => (format!("är skadad: {reason}"), format!("is damaged: {reason}")),
        StoreError::Newer => (
            "är skriven av en nyare version av diarium, och lämnas orörd".to_owned(),
            "was written by a newer version of diarium, and stays untouched".to_owned(),
        ),
        StoreError::Foreign => (
            "är ett annat programs databas, och lämnas orörd".to_owned(),
            "is the database of another program, and stays untouched".to_owned(),
        ),
        StoreError::Locked => {
            ("används av ett annat program".to_owned(), "is in use by another program".to_owned())
        }
        StoreError::ReadOnly => ("är skrivskyddad".to_owned(), "is read-only".to_owned()),
        StoreError::Full => ("disken är full".to_owned(), "the disk is full".to_owned()),
        StoreError::Refused => (
            "disken tar inte emot: en kvot är slut, filen för stor eller disken trasig".to_owned(),
            "the disk refuses: a quota is used up, the file too large, or the disk fails".to_owned(),
        ),
        StoreError::Closed => ("omgången är avslutad och låst".to_owned(), "the round is closed".to_owned()),
        StoreError::Random(error) => {
            (format!("inga slumptal: {error}"), format!("no random numbers: {error}"))
        }
        StoreError::Other(reason) => (reason.clone(), reason.clone()),
    };
    lang.choose(&swedish, &english).clone()
}
