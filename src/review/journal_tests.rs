//! Invariants of a journal for any order of events.

use std::sync::Arc;

use proptest::prelude::*;

use super::content::ContentKey;
use super::event::{Author, Event, EventId, EventKind, EventText, NoteKind, RoundBegun};
use super::journal::Journal;
use super::merging_tests::hash_of_all;
use super::record_state::{RecordState, VerdictStatus};
use super::undo::{self, UndoError};
use super::verdict::Verdict;

const PEOPLE: [&str; 3] = ["anna", "Bo", "Åsa"];

fn id(number: u8) -> EventId {
    EventId::from([number; 16])
}

/// An event of the round that event 0 begins; its number is its Lamport number too.
fn event(number: u8, person: &str, record: Option<&str>, kind: EventKind, text: &str) -> Event {
    let said = |text: &str| EventText::Said { text: text.into(), salt: number.to_string() };
    Event {
        id: id(number),
        lamport: u64::from(number),
        time: i64::from(number) * 1_000,
        author: Author { person: person.into(), account: "konto".into(), host: "dator".into() },
        action: id(number),
        round: id(0),
        record: record.map(Into::into),
        kind,
        text: if text.is_empty() { EventText::None } else { said(text) },
    }
}

fn begun() -> Event {
    let begun = Box::new(RoundBegun {
        name: "Vår".to_owned(),
        scope: ContentKey("x".into()),
        query: String::new(),
        sample: None,
        eyes: 2,
        from: None,
        sources: Vec::new(),
        program: "0".to_owned(),
    });
    event(0, "anna", None, EventKind::RoundBegun(begun), "Syfte")
}

fn verdict(verdict: Verdict) -> EventKind {
    EventKind::Verdict { verdict: Some(verdict), reason: None, version: None }
}

fn journal(events: impl IntoIterator<Item = Event>) -> Journal {
    let mut journal = Journal::default();
    events.into_iter().for_each(|event| journal.add(Arc::new(event)));
    journal
}

fn state(journal: &Journal, record: &str) -> RecordState {
    journal.state(id(0), record).cloned().unwrap_or_default()
}

/// Anything that can happen; `0..last` are the events that it may be about.
fn anything(number: u8) -> impl Strategy<Value = Event> {
    let record = prop::sample::select(vec!["23-079-S13", "24-003-S05"]);
    let earlier = 0..number;
    let verdicts = prop::option::of(prop::sample::select(Verdict::ALL.to_vec()));
    (0..9_u8, 0..3_usize, record, earlier, verdicts, any::<bool>(), "[ab]{0,2}").prop_map(
        move |(kind, person, record, earlier, given, on, text)| {
            let of = id(earlier);
            let (kind, is_about) = match kind {
                0 | 1 => (EventKind::Verdict { verdict: given, reason: None, version: None }, true),
                2 => (EventKind::Star { on }, true),
                3 => (EventKind::Tag { on }, true),
                4 => (EventKind::Note { note: NoteKind::Finding }, true),
                5 => (EventKind::NoteChanged { event: of, note: NoteKind::Working }, true),
                6 => (EventKind::Undone { of }, false),
                7 => (EventKind::Redone { of }, false),
                _ => (EventKind::Redacted { event: of }, false),
            };
            event(number, PEOPLE[person], is_about.then_some(record), kind, &text)
        },
    )
}

fn history() -> impl Strategy<Value = Vec<Event>> {
    (1..40_u8).prop_flat_map(|last| {
        (1..=last).map(anything).collect::<Vec<_>>().prop_map(|later| [vec![begun()], later].concat())
    })
}

/// All that can be asked of a journal.
#[derive(Debug, PartialEq)]
struct Seen {
    events: Vec<Event>,
    states: Vec<(String, RecordState)>,
    rounds: String,
    in_force: Vec<bool>,
}

fn seen(journal: &Journal) -> Seen {
    let mut states: Vec<_> =
        journal.states(id(0)).map(|(record, state)| (record.to_owned(), state.clone())).collect();
    // Where all that was said has been taken back, nothing was said.
    states.retain(|(_, state)| *state != RecordState::default());
    states.sort_by(|one, other| one.0.cmp(&other.0));
    let rounds = format!("{:?}", journal.rounds().collect::<Vec<_>>());
    let in_force = (0..=40).map(|number| journal.is_in_force(id(number))).collect();
    Seen { events: journal.events().map(|event| (**event).clone()).collect(), states, rounds, in_force }
}

proptest! {
    #[test]
    fn any_order_of_arrival_gives_the_same(
        (events, shuffled) in history().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))
    ) {
        let twice = shuffled.iter().chain(&events).cloned();
        prop_assert_eq!(seen(&journal(events.clone())), seen(&journal(shuffled.clone())));
        prop_assert_eq!(seen(&journal(events.clone())), seen(&journal(twice)));
        prop_assert_eq!(
            hash_of_all(&journal(events), id(0)),
            hash_of_all(&journal(shuffled), id(0))
        );
    }

    #[test]
    fn undoing_and_doing_again_leaves_all_as_it_was(events in history()) {
        let before = journal(events.clone());
        let Ok(action) = undo::latest(&before, id(0), "anna") else { return Ok(()) };
        let undone = event(100, "anna", None, EventKind::Undone { of: action }, "");
        let after = journal(events.iter().cloned().chain([undone.clone()]));
        prop_assert!(!after.is_in_force(action));
        prop_assert_eq!(undo::latest_undone(&after, id(0), "anna"), Ok(action));
        let again = event(101, "anna", None, EventKind::Redone { of: action }, "");
        let again = journal(events.into_iter().chain([undone, again]));
        prop_assert_eq!(seen(&again).states, seen(&before).states);
    }
}

#[test]
fn two_people_must_agree_and_nobody_agrees_with_himself() {
    let approved =
        |number, person: &str| event(number, person, Some("23-079-S13"), verdict(Verdict::Approved), "");
    let standing =
        |events: Vec<Event>| state(&journal([vec![begun()], events].concat()), "23-079-S13").status(2);
    assert_eq!(standing(vec![]), VerdictStatus::Undecided);
    assert_eq!(
        standing(vec![approved(1, "Anna"), approved(2, " anna")]),
        VerdictStatus::Awaiting(Verdict::Approved)
    );
    let both = vec![approved(1, "anna"), approved(2, "Åsa")];
    assert_eq!(standing(both.clone()), VerdictStatus::Decided(Verdict::Approved));
    assert_eq!(
        standing(vec![approved(1, "Asa"), approved(2, "Åsa")]),
        VerdictStatus::Decided(Verdict::Approved)
    );
    let rejected = event(3, "anna", Some("23-079-S13"), verdict(Verdict::Rejected), "");
    assert_eq!(standing([both, vec![rejected]].concat()), VerdictStatus::Disputed);
}

#[test]
fn what_somebody_else_has_changed_is_not_undone() {
    let tag = |number, person: &str, on| event(number, person, Some("x"), EventKind::Tag { on }, "eu");
    let own = vec![begun(), tag(1, "anna", true)];
    assert_eq!(undo::latest(&journal(own.clone()), id(0), "anna"), Ok(id(1)));
    let changed = journal([own, vec![tag(2, "Bo", false)]].concat());
    let refused = UndoError::ChangedSince { person: "Bo".to_owned(), record: "x".to_owned() };
    assert_eq!(undo::latest(&changed, id(0), "anna"), Err(refused));
    assert_eq!(undo::latest(&changed, id(0), "Åsa"), Err(UndoError::Nothing));
}

#[test]
fn several_actions_are_undone_and_done_again_one_by_one() {
    let star = |number, record: &str| event(number, "anna", Some(record), EventKind::Star { on: true }, "");
    let undone = |number, of| event(number, "anna", None, EventKind::Undone { of: id(of) }, "");
    let mut events = vec![begun(), star(1, "a"), star(2, "b"), undone(3, 2), undone(4, 1)];
    assert_eq!(undo::latest(&journal(events.clone()), id(0), "anna"), Err(UndoError::Nothing));
    assert_eq!(undo::latest_undone(&journal(events.clone()), id(0), "anna"), Ok(id(1)));
    events.push(event(5, "anna", None, EventKind::Redone { of: id(1) }, ""));
    assert_eq!(undo::latest_undone(&journal(events.clone()), id(0), "anna"), Ok(id(2)));
    events.push(star(6, "c"));
    assert_eq!(undo::latest_undone(&journal(events), id(0), "anna"), Err(UndoError::Nothing));
}

#[test]
fn an_emptied_text_is_gone_and_the_hash_holds() {
    let note = event(1, "anna", Some("x"), EventKind::Note { note: NoteKind::Finding }, "hemligt");
    let before = journal([begun(), note.clone()]);
    let emptied = event(2, "Bo", None, EventKind::Redacted { event: id(1) }, "personuppgift");
    let after = journal([begun(), emptied, note]);
    assert_eq!(&*state(&before, "x").notes[0].text, "hemligt");
    assert_eq!(&*state(&after, "x").notes[0].text, "");
    assert!(!format!("{after:?}").contains("hemligt"));
    assert_eq!(hash_of_all(&before, id(0)), hash_of_all(&after, id(0)));
}

#[test]
fn a_note_whose_change_was_emptied_stays_as_an_empty_one() {
    let record = Some("23-079-S13");
    let changed = EventKind::NoteChanged { event: id(1), note: NoteKind::Finding };
    let events = [
        begun(),
        event(1, "anna", record, EventKind::Note { note: NoteKind::Finding }, "först"),
        event(2, "Bo", record, changed, "811228-9874"),
        event(3, "anna", None, EventKind::Redacted { event: id(2) }, "personnummer"),
    ];
    let notes = state(&journal(events), "23-079-S13").notes;
    assert_eq!(notes.len(), 1);
    assert_eq!((&*notes[0].text, &*notes[0].person), ("", "Bo"));
}
