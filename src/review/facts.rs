//! Derives review facts of loaded records, for queries, lists and exported records.

use std::sync::Arc;

use hashbrown::HashMap;

use super::comparison::VersionComparison;
use super::event::{NoteKind, masked_text};
use super::journal::Journal;
use super::record_state::{RecordState, VerdictStatus};
use super::round::Round;
use super::verdict::Verdict;
use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::privacy::masked;
use crate::domain::reviewed::{ReviewState, Reviewed, ReviewedNote, ReviewedRecord, ReviewedVerdict};

/// The facts of a round about the records of a catalogue. `number` is their revision within the session.
#[must_use]
pub fn facts(
    catalogue: &Catalogue,
    journal: &Journal,
    round: &Round,
    comparison: &VersionComparison,
    number: u64,
) -> Reviewed {
    let mut records = HashMap::with_capacity(round.scope.ids.len());
    let in_round = round.scope.ids.iter().map(String::as_str);
    let others = journal.states(round.id).map(|(id, _)| id).filter(|id| !round.scope.holds(id));
    let new = comparison.new.iter().map(String::as_str);
    for id in in_round.chain(others).chain(new) {
        let Some(row) = catalogue.row_of(id) else { continue };
        records.entry(row).or_insert_with(|| Arc::new(of_record(journal, round, id, comparison)));
    }
    Reviewed::new(number, records)
}

/// The facts about one loaded record; `None` for a record outside the round without an event.
#[must_use]
pub fn fact(
    journal: &Journal,
    round: &Round,
    comparison: &VersionComparison,
    id: &str,
) -> Option<ReviewedRecord> {
    let is_known =
        round.scope.holds(id) || journal.state(round.id, id).is_some() || comparison.new.contains(id);
    is_known.then(|| of_record(journal, round, id, comparison))
}

fn of_record(journal: &Journal, round: &Round, id: &str, comparison: &VersionComparison) -> ReviewedRecord {
    let nothing = RecordState::default();
    let state = journal.state(round.id, id).unwrap_or(&nothing);
    let said = |text: &Arc<str>| (!text.is_empty()).then(|| text.clone());
    let verdicts = state.verdicts.iter().map(|given| ReviewedVerdict {
        person: given.person.clone(),
        verdict: ReviewState::from(given.verdict),
        reason: given.reason.clone(),
        text: said(&given.text),
        time: given.time,
    });
    let notes = state.notes.iter().map(|note| ReviewedNote {
        person: note.person.clone(),
        finding: note.kind == NoteKind::Finding,
        text: masked_text(&note.text),
        time: note.time,
    });
    ReviewedRecord {
        standing: round.scope.holds(id).then(|| ReviewState::from(state.status(round.eyes()))),
        starred: state.starred,
        changed: comparison.changed.contains_key(id),
        new: comparison.new.contains(id),
        verdicts: verdicts.collect(),
        tags: state.tags.iter().cloned().collect(),
        notes: notes.collect(),
        last: state.last,
    }
}

impl From<VerdictStatus> for ReviewState {
    fn from(status: VerdictStatus) -> Self {
        match status {
            VerdictStatus::Undecided => Self::Undecided,
            VerdictStatus::Awaiting(_) => Self::Awaiting,
            VerdictStatus::Pending => Self::Pending,
            VerdictStatus::Disputed => Self::Disputed,
            VerdictStatus::Decided(verdict) => verdict.into(),
        }
    }
}

impl From<Verdict> for ReviewState {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Reviewed => Self::Reviewed,
            Verdict::Approved => Self::Approved,
            Verdict::Rejected => Self::Rejected,
            Verdict::Pending => Self::Pending,
        }
    }
}

/// Names in the round: everyone with a verdict or note in force, in order.
#[must_use]
pub fn people(journal: &Journal, round: &Round) -> Vec<String> {
    let mut people: HashMap<String, &str> = HashMap::new();
    for event in journal.events().filter(|event| event.round == round.id) {
        let key = super::record_state::person_key(&event.author.person);
        people.entry(key).or_insert(&event.author.person);
    }
    let mut names: Vec<String> = people.into_values().map(|name| masked(name).into_owned()).collect();
    names.sort();
    names
}

/// The row of each record of a round that is loaded, in the round's order.
pub fn loaded_rows<'a>(catalogue: &'a Catalogue, round: &'a Round) -> impl Iterator<Item = (&'a str, Row)> {
    round.scope.ids.iter().filter_map(|id| Some((id.as_str(), catalogue.row_of(id)?)))
}
