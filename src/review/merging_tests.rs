//! Invariants of merged stores: neither order nor repetition makes a difference.

use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;

use super::closing::{ClosingStamp, closing_hash};
use super::command::{NewRound, ReviewCommand};
use super::content::Content;
use super::event::{Author, Event, EventId, EventKind, EventOrder, NoteKind, RoundBegun, SealScheme};
use super::finding::{Finding, FindingKind};
use super::import::merge;
use super::journal::Journal;
use super::record_state::RecordState;
use super::session::ReviewSession;
use super::store::Store;
use super::verdict::Verdict;
use super::verify::verify;
use crate::review::new_event::NewEvent;

const RECORDS: [&str; 3] = ["23-079-S13", "24-003-S05", "24-011-S02"];
const PEOPLE: [&str; 3] = ["anna", "Bo", "Åsa"];

/// An action of a person; most can be refused, which is not a failure.
#[derive(Clone, Debug)]
enum Deed {
    Judge(usize, Option<Verdict>),
    Star(usize, bool),
    Tag(usize, bool, String),
    Note(usize, String),
    Undo,
    Redo,
    Close,
    Reopen,
    /// Empties the text of the first event, which all have, or of the last.
    Empty(bool),
}

fn deed() -> impl Strategy<Value = Deed> {
    let record = || 0..RECORDS.len();
    let verdict = prop::option::of(prop::sample::select(Verdict::ALL.to_vec()));
    prop_oneof![
        6 => (record(), verdict).prop_map(|(record, verdict)| Deed::Judge(record, verdict)),
        1 => (record(), any::<bool>()).prop_map(|(record, on)| Deed::Star(record, on)),
        2 => (record(), any::<bool>(), "[ab]").prop_map(|(record, on, tag)| Deed::Tag(record, on, tag)),
        2 => (record(), "[ab]{1,3}").prop_map(|(record, text)| Deed::Note(record, text)),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => Just(Deed::Close),
        1 => Just(Deed::Reopen),
        1 => any::<bool>().prop_map(Deed::Empty),
    ]
}

fn open(path: &Path, person: &str) -> ReviewSession {
    let author = Author { person: person.into(), account: "konto".into(), host: "dator".into() };
    ReviewSession::open(path, author, Duration::ZERO).expect("a store")
}

fn act(session: &mut ReviewSession, command: &ReviewCommand, time: i64) -> Option<EventId> {
    session.act(EventId::random().expect("randomness"), command, time).ok()
}

fn begin(session: &mut ReviewSession) -> EventId {
    let ids = Content::from_ids(RECORDS);
    let begun = RoundBegun {
        name: "Vår".to_owned(),
        scope: ids.key.clone(),
        query: String::new(),
        sample: None,
        eyes: 2,
        from: None,
        sources: Vec::new(),
        program: "0".to_owned(),
    };
    act(session, &ReviewCommand::Begin(Box::new(NewRound { begun, purpose: "syfte".to_owned(), ids })), 1)
        .expect("begun")
}

fn command(session: &ReviewSession, round: EventId, deed: &Deed) -> Option<ReviewCommand> {
    let (record, kind, text) = match deed {
        Deed::Judge(record, verdict) => {
            (record, EventKind::Verdict { verdict: *verdict, reason: None, version: None }, "")
        }
        Deed::Star(record, on) => (record, EventKind::Star { on: *on }, ""),
        Deed::Tag(record, on, tag) => (record, EventKind::Tag { on: *on }, tag.as_str()),
        Deed::Note(record, text) => (record, EventKind::Note { note: NoteKind::Finding }, text.as_str()),
        Deed::Undo => return Some(ReviewCommand::Undo(round)),
        Deed::Redo => return Some(ReviewCommand::Redo(round)),
        Deed::Close => return Some(ReviewCommand::Close(round)),
        Deed::Reopen => return Some(ReviewCommand::Reopen { round, reason: "mer".to_owned() }),
        Deed::Empty(first) => {
            let mut events = session.journal().events();
            let event = if *first { events.next()?.id } else { events.next_back()?.id };
            return Some(ReviewCommand::Redact { event, reason: "fel".to_owned() });
        }
    };
    let draft = NewEvent { record: Some(RECORDS[*record].to_owned()), kind, text: text.to_owned() };
    Some(ReviewCommand::Write { round, new_events: vec![draft], contents: Vec::new() })
}

/// The hash over all events of a round.
pub(super) fn hash_of_all(journal: &Journal, round: EventId) -> String {
    let author = Author { person: "".into(), account: "".into(), host: "".into() };
    let order = EventOrder { lamport: u64::MAX, time: i64::MAX, id: EventId::from([0xff; 16]) };
    closing_hash(journal, ClosingStamp { order, author: &author, round }, SealScheme::Events).0
}

/// The findings of a store. Merging may insert events among those that a round was closed with.
fn broken(store: &Store) -> Vec<Finding> {
    verify(store).into_iter().filter(|finding| finding.kind != FindingKind::SealBroken).collect()
}

/// Everything observable of a store: its events in order, the derived states, the validity of the hash, the hash.
type Told = (Vec<Event>, Vec<Option<RecordState>>, bool, String);

fn told(session: &ReviewSession, round: EventId) -> Told {
    assert!(!session.store().content_keys().expect("readable").is_empty(), "the scope comes along");
    // As stored in the file: a text that was redacted in any store must be redacted there too.
    let mut events = session.store().events().expect("readable");
    events.sort_by_key(Event::order);
    let states = RECORDS.iter().map(|record| session.journal().state(round, record).cloned()).collect();
    let found = session.journal().round(round).expect("the round");
    (events, states, found.closing.is_some(), hash_of_all(session.journal(), round))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stores_are_joined_in_any_order_and_as_often_as_one_likes(
        deeds in prop::array::uniform3(prop::collection::vec(deed(), 0..8)),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| -> PathBuf { folder.path().join(name) };
        let mut first = open(&path("common"), "anna");
        let round = begin(&mut first);
        drop(first);
        // Each goes on with a copy of their own, on clocks that differ.
        for (number, (person, deeds)) in PEOPLE.iter().zip(&deeds).enumerate() {
            std::fs::copy(path("common"), path(person)).expect("copied");
            let mut session = open(&path(person), person);
            for (at, deed) in (0_i64..).zip(deeds) {
                let time = 2 + at * (3 - i64::try_from(number).unwrap_or(0));
                if let Some(command) = command(&session, round, deed) {
                    act(&mut session, &command, time);
                }
            }
        }
        let joined = |name: &str, from: &str, others: &[&str]| {
            std::fs::copy(path(from), path(name)).expect("copied");
            let mut session = open(&path(name), "anna");
            for other in others {
                let other = Store::open(&path(other), Duration::ZERO).expect("a store");
                merge(&mut session, &other).expect("joined");
            }
            let told = told(&session, round);
            assert_eq!(broken(session.store()), []);
            // The state updated step by step equals the state derived from all events.
            assert_eq!(told, self::told(&open(&path(name), "anna"), round));
            told
        };
        let [anna, bo, asa] = PEOPLE;
        let left = joined("ab-c", anna, &[bo, asa]);
        joined("bc", bo, &[asa]);
        prop_assert_eq!(&left, &joined("a-bc", anna, &["bc"]), "associative");
        prop_assert_eq!(&left, &joined("c-b-a", asa, &[bo, anna]), "commutative");
        prop_assert_eq!(&left, &joined("again", anna, &[bo, asa, bo, anna, "bc", asa]), "idempotent");
    }
}
