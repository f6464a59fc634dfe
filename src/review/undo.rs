//! Which action a person's undo or redo is about, and whether it may be.

use super::event::{Event, EventId, EventKind, masked_text};
use super::journal::Journal;
use super::record_state::person_key;

/// The reason why nothing is undone or done again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UndoError {
    /// The person has no action in force, or none undone.
    #[error("there is nothing to undo or redo")]
    Nothing,
    /// Another person has changed the same thing since.
    #[error("{record}: {person} has changed the same since")]
    ChangedSince {
        /// The other person.
        person: String,
        /// The record.
        record: String,
    },
}

/// A person's latest action in a round that is still in force.
///
/// # Errors
/// If there is none, or another person has changed the same since.
pub fn latest(journal: &Journal, round: EventId, person: &str) -> Result<EventId, UndoError> {
    let own = own_events(journal, round, person);
    let action = own
        .filter(|event| event.kind.is_about_record())
        .map(|event| event.action)
        .find(|action| journal.is_in_force(*action))
        .ok_or(UndoError::Nothing)?;
    match changed_since(journal, action, person) {
        Some((person, record)) => Err(UndoError::ChangedSince { person, record }),
        None => Ok(action),
    }
}

/// The action that a person has undone last, unless they have done something else since.
///
/// # Errors
/// If there is none, or another person has changed the same since.
pub fn latest_undone(journal: &Journal, round: EventId, person: &str) -> Result<EventId, UndoError> {
    // Redone actions are passed over.
    let mut own = own_events(journal, round, person).filter(|event| {
        event.kind.is_about_record()
            || matches!(event.kind, EventKind::Undone { .. } | EventKind::Redone { .. })
    });
    let undone = own.find_map(|event| match event.kind {
        EventKind::Undone { of } if !journal.is_in_force(of) => Some(Some(of)),
        EventKind::Undone { .. } | EventKind::Redone { .. } => None,
        _ => Some(None),
    });
    let action = undone.flatten().ok_or(UndoError::Nothing)?;
    match changed_since(journal, action, person) {
        Some((person, record)) => Err(UndoError::ChangedSince { person, record }),
        None => Ok(action),
    }
}

/// A person's events of a round, newest first.
fn own_events<'a>(
    journal: &'a Journal,
    round: EventId,
    person: &str,
) -> impl Iterator<Item = &'a Event> + use<'a> {
    let key = person_key(person);
    let events = journal.events().rev().map(|event| &**event);
    events.filter(move |event| event.round == round && person_key(&event.author.person) == key)
}

/// The person who has changed the same things after an action, and one of the records.
fn changed_since(journal: &Journal, action: EventId, person: &str) -> Option<(String, String)> {
    let key = person_key(person);
    let own: Vec<&Event> = journal.action(action).map(|event| &**event).collect();
    let first = own.iter().map(|event| event.order()).min()?;
    let later = journal.events().rev().map(|event| &**event).take_while(|event| event.order() > first);
    let others =
        later.filter(|event| person_key(&event.author.person) != key && journal.is_in_force(event.action));
    let mut same = others.filter(|event| own.iter().any(|own| is_same_thing(own, event)));
    same.next().map(|event| {
        (
            masked_text(&event.author.person).to_string(),
            event.record.as_deref().unwrap_or_default().to_owned(),
        )
    })
}

/// Returns `true` if two events change the same thing. Verdicts never do: each person has one of their own.
fn is_same_thing(one: &Event, other: &Event) -> bool {
    one.record == other.record
        && one.round == other.round
        && match (&one.kind, &other.kind) {
            (EventKind::Star { .. }, EventKind::Star { .. }) => true,
            (EventKind::Tag { .. }, EventKind::Tag { .. }) => one.text.as_str() == other.text.as_str(),
            (EventKind::Note { .. }, EventKind::NoteChanged { event, .. }) => *event == one.id,
            (EventKind::NoteChanged { event, .. }, EventKind::NoteChanged { event: other, .. }) => {
                event == other
            }
            _ => false,
        }
}
