//! Tests of stores whose bytes have changed on the disk, and of stores that an older program has written.
//!
//! `DIARIUM_TEST_ROT=500` tries that many changes of each kind.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::closing::seal;
use super::command::{NewRound, ReviewCommand};
use super::content::{Content, ContentKey};
use super::event::{Author, EventId, EventKind, NoteKind, RoundBegun};
use super::finding::Finding;
use super::new_event::NewEvent;
use super::record_state::RecordState;
use super::repair::repair;
use super::session::{ReviewSession, SessionAccess};
use super::store::{Store, StoreOpening};
use super::verdict::Verdict;
use super::verify::verify;
use super::version::{Version, VersionField};

const STORE_V1: &[u8] = include_bytes!("../../tests/fixtures/review/store-v1.db.gz");

fn author(person: &str) -> Author {
    Author { person: person.into(), account: "konto".into(), host: "dator".into() }
}

fn version(number: usize) -> Content {
    let field = |label: &str, value: String| VersionField {
        label: label.to_owned(),
        value,
        source: "lista.csv".to_owned(),
    };
    let fields = vec![field("Ort", format!("Ort {number}")), field("Slut", "2027-06-30".to_owned())];
    let (name, text) = (format!("Projekt {number}"), "Ett projekt i Norrbotten. ".repeat(8));
    Version { name, fields, text, source: "lista.csv".to_owned() }.content()
}

/// Fills a store with a round of sixty records and five events about each.
fn fill(path: &Path) {
    let mut session = ReviewSession::open(path, author("anna"), Duration::ZERO).expect("created");
    let ids: Vec<String> = (0..60).map(|number| format!("24-{number:03}-S01")).collect();
    let scope = Content::from_ids(ids.iter().map(String::as_str));
    let begun = RoundBegun {
        name: "Vår".to_owned(),
        scope: scope.key.clone(),
        query: String::new(),
        sample: None,
        eyes: 1,
        from: None,
        sources: Vec::new(),
        program: "0".to_owned(),
    };
    let mut key = 0_u8;
    let mut act = |command: &ReviewCommand| {
        key += 1;
        session.act(EventId::from([key; 16]), command, i64::from(key) * 1_000).expect("done")
    };
    let new = NewRound { begun, purpose: "Syfte".to_owned(), ids: scope };
    let round = act(&ReviewCommand::Begin(Box::new(new)));
    let contents: Vec<Content> = (0..ids.len()).map(version).collect();
    for number in 0..5 {
        let new_event = |(id, version): (&String, &Content)| {
            let judged = |verdict| EventKind::Verdict {
                verdict: Some(verdict),
                reason: None,
                version: Some(version.key.clone()),
            };
            let (kind, text) = match number {
                0 => (judged(Verdict::Reviewed), ""),
                1 => (EventKind::Star { on: true }, ""),
                2 => (EventKind::Tag { on: true }, "eu"),
                3 => (EventKind::Note { note: NoteKind::Finding }, "avtalet saknas"),
                _ => (judged(Verdict::Approved), ""),
            };
            NewEvent { record: Some(id.clone()), kind, text: text.to_owned() }
        };
        let new_events = ids.iter().zip(&contents).map(new_event).collect();
        act(&ReviewCommand::Write { round, new_events, contents: contents.clone() });
    }
}

/// Everything that a reader learns from a store.
#[derive(Debug, PartialEq)]
struct Answer {
    rounds: Vec<(EventId, String, String, String, Vec<String>, bool)>,
    states: Vec<(String, RecordState)>,
    contents: Vec<Option<Content>>,
}

/// The contents of a store, and `true` if a finding comes with them; `None` if it is refused, which is a finding too.
fn answer(path: &Path, keys: &[ContentKey]) -> Option<(Answer, bool)> {
    let session = ReviewSession::open_read_only(path, author("bo"), Duration::ZERO).ok()?;
    let journal = session.journal();
    let rounds = journal.rounds().map(|round| {
        let (name, purpose) = (round.name().to_owned(), round.purpose.clone());
        (round.id, name, purpose, round.person.clone(), round.scope.ids.clone(), round.closing.is_some())
    });
    let rounds: Vec<_> = rounds.collect();
    let states = rounds.iter().flat_map(|(id, ..)| journal.states(*id));
    let mut states: Vec<_> = states.map(|(record, state)| (record.to_owned(), state.clone())).collect();
    states.sort_by(|one, other| one.0.cmp(&other.0));
    let contents = keys.iter().map(|key| session.store().content(key)).collect::<Result<Vec<_>, _>>();
    let is_damaged = matches!(session.access(), SessionAccess::Damaged(_));
    // A content that cannot be read is reported when it is requested.
    let (contents, is_refused) = contents.map_or((Vec::new(), true), |contents| (contents, false));
    Some((Answer { rounds, states, contents }, is_damaged || is_refused))
}

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

fn changes() -> usize {
    std::env::var("DIARIUM_TEST_ROT").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}

/// Changes bytes of a store again and again; no change may alter an answer without a finding.
fn no_change_goes_unseen(change: impl Fn(&mut Vec<u8>, &mut Dice)) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.db");
    fill(&path);
    let keys = Store::open(&path, Duration::ZERO).expect("a store").content_keys().expect("readable");
    let intact = std::fs::read(&path).expect("readable");
    let (expected, is_damaged) = answer(&path, &keys).expect("readable");
    assert!(!is_damaged && expected.states.len() == 60 && expected.contents.len() == 61);
    let mut dice = Dice(4_711);
    let mut seen = 0;
    for number in 0..changes() {
        let mut bytes = intact.clone();
        change(&mut bytes, &mut dice);
        std::fs::write(&path, &bytes).expect("written");
        let now = answer(&path, &keys);
        let is_seen = now.as_ref().is_none_or(|(_, is_damaged)| *is_damaged);
        let is_same = now.is_some_and(|(now, _)| now == expected);
        assert!(is_seen || is_same, "change {number} alters an answer in silence");
        seen += usize::from(is_seen);
        assert_eq!(std::fs::read(&path).expect("readable"), bytes, "reading has written");
    }
    assert!(seen * 2 > changes(), "{seen} of {} changes were seen", changes());
}

#[test]
fn no_flipped_bit_alters_an_answer_without_a_finding() {
    no_change_goes_unseen(|bytes, dice| {
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
    });
}

#[test]
fn no_overwritten_block_alters_an_answer_without_a_finding() {
    no_change_goes_unseen(|bytes, dice| {
        let length = 512;
        let at = dice.below(bytes.len() / length) * length;
        for byte in &mut bytes[at..at + length] {
            *byte = u8::try_from(dice.below(256)).expect("a byte");
        }
    });
}

#[test]
fn repair_keeps_what_can_be_trusted_and_names_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.db");
    fill(&path);
    let mut bytes = std::fs::read(&path).expect("readable");
    let at = memchr::memmem::find_iter(&bytes, b"avtalet saknas").nth(20).expect("a note");
    bytes[at] = b'A';
    std::fs::write(&path, &bytes).expect("written");
    let repaired = repair(&path, 1).expect("repaired").expect("a finding");
    assert_eq!((repaired.events, repaired.contents), (300, 61));
    assert_eq!(repaired.findings.len(), 1, "{:?}", repaired.findings);
    assert_eq!(std::fs::read(repaired.aside).expect("readable"), bytes);
    let session = ReviewSession::open(&path, author("anna"), Duration::ZERO).expect("a store");
    assert_eq!(verify(session.store()), []);
    assert_eq!(session.journal().len(), 300);
}

/// A store that the last program without digests has written: a verdict of two people, a redacted finding, an undone
/// tag, a closed round and an open one.
fn store_v1(folder: &Path) -> (PathBuf, Vec<u8>) {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(STORE_V1).read_to_end(&mut bytes).expect("unpacked");
    let path = folder.join("r.db");
    std::fs::write(&path, &bytes).expect("written");
    (path, bytes)
}

#[test]
fn an_older_store_is_read_as_it_is_and_given_digests_by_the_first_writer() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, bytes) = store_v1(folder.path());
    let read = ReviewSession::open_read_only(&path, author("bo"), Duration::ZERO).expect("readable");
    assert_eq!(verify(read.store()), []);
    let told = |session: &ReviewSession| {
        let journal = session.journal();
        let seals: Vec<_> = journal.rounds().map(|round| seal(journal, round)).collect();
        let states: Vec<_> = journal
            .rounds()
            .map(|round| journal.states(round.id).collect::<std::collections::BTreeMap<_, _>>())
            .collect();
        format!("{seals:?} {states:?} {}", journal.len())
    };
    let before = told(&read);
    assert!(before.contains("holds: true"), "{before}");
    drop(read);
    assert_eq!(std::fs::read(&path).expect("readable"), bytes, "a reader changes nothing");
    let written = ReviewSession::open(&path, author("bo"), Duration::ZERO).expect("brought up to date");
    assert_eq!(written.store().opening(), StoreOpening::Migrated(11));
    assert_eq!(told(&written), before);
    assert_eq!(verify(written.store()), Vec::<Finding>::new());
    drop(written);
    let again = Store::open(&path, Duration::ZERO).expect("a store");
    assert_eq!(again.opening(), StoreOpening::Existing);
}

#[test]
fn a_damaged_older_store_is_not_brought_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, mut bytes) = store_v1(folder.path());
    // Pages that are in use come last.
    let at = memchr::memmem::rfind(&bytes, b"\"kind\":\"verdict\"").expect("a verdict");
    bytes[at + 8] = b'x';
    std::fs::write(&path, &bytes).expect("written");
    assert!(ReviewSession::open(&path, author("bo"), Duration::ZERO).is_err());
    assert_eq!(std::fs::read(&path).expect("readable"), bytes);
    let repaired = repair(&path, 1).expect("repaired").expect("a finding");
    assert_eq!(repaired.events, 10);
}
