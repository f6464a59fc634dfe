//! Tests of closed rounds that were altered, and of files from elsewhere that must not be trusted.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use super::command::{NewRound, ReviewCommand};
use super::content::Content;
use super::event::{Author, Event, EventId, EventKind, EventText, NoteKind, RoundBegun};
use super::exchange::{ExchangeLine, export};
use super::finding::{Finding, FindingKind};
use super::hex::written;
use super::import::{ReviewImportError, import, import_lines, merge};
use super::new_event::NewEvent;
use super::packing::pack;
use super::session::{ReviewSession, SessionAccess};
use super::store::Store;
use super::verdict::Verdict;
use super::verify::{verify, verify_round};
use super::version::Version;

fn author(person: &str) -> Author {
    Author { person: person.into(), account: "konto".into(), host: "dator".into() }
}

fn open(path: &Path, person: &str) -> ReviewSession {
    ReviewSession::open(path, author(person), Duration::ZERO).expect("a store")
}

fn key() -> EventId {
    EventId::random().expect("randomness")
}

fn version(name: &str) -> Content {
    let (name, text) = (name.to_owned(), "Text".to_owned());
    Version { name, fields: Vec::new(), text, source: "lista.csv".to_owned() }.content()
}

/// A store with a closed round of two records.
fn closed(folder: &Path) -> (PathBuf, EventId) {
    let path = folder.join("r.db");
    let mut session = open(&path, "anna");
    let ids = Content::from_ids(["23-079-S13", "24-003-S05"]);
    let begun = RoundBegun {
        name: "Vår".to_owned(),
        scope: ids.key.clone(),
        query: String::new(),
        sample: None,
        eyes: 1,
        from: None,
        sources: Vec::new(),
        program: "0".to_owned(),
    };
    let new = NewRound { begun, purpose: "Syfte".to_owned(), ids };
    let round = session.act(key(), &ReviewCommand::Begin(Box::new(new)), 1).expect("begun");
    let event = |record: &str, kind: EventKind, text: &str| NewEvent {
        record: Some(record.to_owned()),
        kind,
        text: text.to_owned(),
    };
    let judged = |content: &Content| EventKind::Verdict {
        verdict: Some(Verdict::Rejected),
        reason: Some("period".to_owned()),
        version: Some(content.key.clone()),
    };
    let contents = vec![version("Ett"), version("Två")];
    let new_events = vec![
        event("23-079-S13", judged(&contents[0]), "slut före start"),
        event("24-003-S05", judged(&contents[1]), ""),
        event("24-003-S05", EventKind::Note { note: NoteKind::Finding }, "avtalet saknas"),
    ];
    session.act(key(), &ReviewCommand::Write { round, new_events, contents }, 2).expect("judged");
    session.act(key(), &ReviewCommand::Close(round), 3).expect("closed");
    (path, round)
}

/// Executes SQL without the triggers that forbid it, which are there again afterwards.
fn alter(path: &Path, sql: &str) {
    let connection = Connection::open(path).expect("a database");
    let triggers: Vec<(String, String)> = {
        let mut statement =
            connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").expect("sql");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.collect::<Result<_, _>>().expect("triggers")
    };
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).expect("dropped");
    }
    connection.execute_batch(sql).expect("altered");
    for (_, sql) in &triggers {
        connection.execute_batch(sql).expect("created");
    }
}

#[test]
fn each_way_to_alter_a_closed_round_is_a_finding() {
    let hex = |content: &Content| written(&pack(content).expect("packed"));
    let scope = hex(&Content::from_ids(["23-079-S13"]));
    let exchanged = hex(&version("Tre"));
    let first_version = version("Ett").key.0;
    let ways = [
        "UPDATE event SET what = replace(what, 'rejected', 'approved') WHERE seq = 2".to_owned(),
        "UPDATE event SET person = 'bo' WHERE seq = 3".to_owned(),
        "UPDATE event SET time = 9 WHERE seq = 3".to_owned(),
        "UPDATE event SET text = replace(text, 'avtalet', 'beslutet') WHERE seq = 4".to_owned(),
        "UPDATE event SET text = '{\"redacted\":{\"digest\":\"00\"}}' WHERE seq = 4".to_owned(),
        "DELETE FROM event WHERE seq = 3".to_owned(),
        "DELETE FROM event WHERE kind = 'closed'".to_owned(),
        "UPDATE event SET person = 'bo' WHERE kind = 'closed'".to_owned(),
        "INSERT INTO event SELECT 6, randomblob(16), 6, 9, person, account, host, action, round, record, kind, what, text, digest FROM event WHERE seq = 2".to_owned(),
        format!("UPDATE kept SET data = x'{exchanged}' WHERE key = '{first_version}'"),
        format!("UPDATE kept SET data = x'{scope}' WHERE number = 1"),
        format!("DELETE FROM kept WHERE key = '{first_version}'"),
        "UPDATE ledger SET events = 4".to_owned(),
    ];
    for way in ways {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, round) = closed(folder.path());
        assert_eq!(verify(&Store::open(&path, Duration::ZERO).expect("a store")), []);
        alter(&path, &way);
        let session = ReviewSession::open_read_only(&path, author("bo"), Duration::ZERO).expect("readable");
        assert_ne!(verify(session.store()), [], "{way}");
        // The report has these.
        let mut reported = verify_round(session.store(), session.journal(), round);
        if let SessionAccess::Damaged(findings) = session.access() {
            reported.extend(findings.iter().cloned());
        }
        assert_ne!(reported, [], "{way}");
    }
}

/// All events of a store.
fn events(path: &Path) -> Vec<Event> {
    Store::open_read_only(path, Duration::ZERO).expect("a store").events().expect("readable")
}

/// The findings in a new store into which these events are imported: its digests match them.
fn forged(events: Vec<Event>) -> Vec<Finding> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = open(&folder.path().join("r.db"), "bo");
    let contents = [
        Content::from_ids(["23-079-S13", "24-003-S05"]),
        Content::from_ids(["23-079-S13"]),
        version("Ett"),
        version("Två"),
    ];
    import(&mut session, |take| {
        contents.into_iter().try_for_each(|content| take(ExchangeLine::Content(content)))?;
        events.into_iter().try_for_each(|event| take(ExchangeLine::Event(Box::new(event))))
    })
    .expect("imported");
    verify(session.store())
}

/// An alteration of events, and its name.
type Change<'a> = (&'a str, &'a dyn Fn(&mut Vec<Event>));

#[test]
fn the_closing_hash_shows_alterations_even_where_all_digests_were_made_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = closed(folder.path());
    let events = events(&path);
    assert_eq!(forged(events.clone()), []);
    let scope = Content::from_ids(["23-079-S13"]).key;
    let other_version = version("Två").key;
    let changes: [Change<'_>; 10] = [
        ("a verdict", &|events| {
            if let EventKind::Verdict { verdict, .. } = &mut events[1].kind {
                *verdict = Some(Verdict::Approved);
            }
        }),
        ("a version", &|events| {
            if let EventKind::Verdict { version, .. } = &mut events[1].kind {
                *version = Some(other_version.clone());
            }
        }),
        ("the scope", &|events| {
            if let EventKind::RoundBegun(begun) = &mut events[0].kind {
                begun.scope = scope.clone();
            }
        }),
        ("a person", &|events| events[2].author = author("bo")),
        ("a time", &|events| events[2].time = 7),
        ("a record", &|events| events[3].record = Some(Arc::from("23-079-S13"))),
        ("a text", &|events| events[3].text = EventText::Said { text: "nej".into(), salt: "0".to_owned() }),
        ("a missing event", &|events| drop(events.remove(2))),
        ("who closed it", &|events| events[4].author = author("bo")),
        ("when it was closed", &|events| events[4].time = 9),
    ];
    for (name, change) in changes {
        let mut altered = events.clone();
        change(&mut altered);
        let findings = forged(altered);
        assert!(
            findings.iter().any(|finding| finding.kind == FindingKind::SealBroken),
            "{name}: {findings:?}"
        );
    }
}

/// An event of a round that the store has.
fn later_event(round: EventId, lamport: u64) -> Event {
    let id = key();
    Event {
        id,
        lamport,
        time: 10,
        author: author("bo"),
        action: id,
        round,
        record: Some("23-079-S13".into()),
        kind: EventKind::Star { on: true },
        text: EventText::None,
    }
}

#[test]
fn what_is_not_to_be_believed_is_refused_and_nothing_is_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, round) = closed(folder.path());
    let own = events(&path);
    let star = || later_event(round, 6);
    let exchanged = Content { text: version("Tre").text, key: version("Ett").key };
    let event = |event: Event| ExchangeLine::Event(Box::new(event));
    let verdict = EventKind::Verdict {
        verdict: Some(Verdict::Approved),
        reason: None,
        version: Some(version("Okänd").key),
    };
    let refused = [
        ("hash to its key", ExchangeLine::Content(exchanged)),
        ("out of reach", event(later_event(round, u64::MAX))),
        ("out of reach", event(later_event(round, 2_000_000))),
        ("not between 1970 and 9999", event(Event { time: i64::MAX, ..star() })),
        ("not between 1970 and 9999", event(Event { time: -1, ..star() })),
        ("missing or too long", event(Event { author: author(" "), ..star() })),
        ("missing or too long", event(Event { author: author(&"a".repeat(5_000)), ..star() })),
        ("neither here nor in the file", event(Event { round: key(), ..star() })),
        ("neither here nor in the file", event(Event { kind: verdict, ..star() })),
        ("another event of the same id", event(Event { time: 9, ..own[1].clone() })),
    ];
    let before = std::fs::read(&path).expect("readable");
    let mut session = open(&path, "anna");
    for (reason, line) in refused {
        // A good line before it is not imported either.
        let imported = import(&mut session, |take| {
            take(ExchangeLine::Event(Box::new(star())))?;
            take(line)
        });
        let Err(ReviewImportError::Refused { reason: said, .. }) = imported else {
            panic!("{reason}: {imported:?}");
        };
        assert!(said.to_string().contains(reason), "{reason}: {said}");
        assert_eq!(session.journal().len(), 5);
    }
    assert_eq!(std::fs::read(&path).expect("readable"), before);
}

#[test]
fn a_file_of_lines_is_imported_whole_or_refused_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = closed(folder.path());
    let mut lines = Vec::new();
    export(&open(&path, "anna"), &mut lines).expect("written");
    let mut other = open(&folder.path().join("other.db"), "bo");
    let cut = &lines[..lines.len() - 20];
    let refused = import_lines(&mut other, cut).expect_err("the last line is cut");
    assert!(refused.to_string().starts_with("line 8: "), "{refused}");
    assert!(other.journal().is_empty());
    assert_eq!(import_lines(&mut other, &*lines).expect("imported").new, 5);
    assert_eq!(verify(other.store()), []);
}

#[test]
fn a_store_with_other_tables_is_not_joined() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = closed(folder.path());
    let mut session = open(&folder.path().join("own.db"), "bo");
    let endless = "ALTER TABLE kept RENAME TO hidden;
        CREATE VIEW kept AS WITH RECURSIVE n(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n)
            SELECT number, 'k' || number AS key, x'00' AS data, x'00' AS digest FROM n";
    alter(&path, endless);
    assert!(Store::open_foreign(&path, Duration::ZERO).is_err());
    let read = ReviewSession::open_read_only(&path, author("bo"), Duration::ZERO);
    assert!(read.is_err() || matches!(read, Ok(session) if session.access() != &SessionAccess::Read));
    assert!(session.journal().is_empty());
    let (good, _) = closed(tempfile::tempdir().expect("a folder").keep().as_path());
    let store = Store::open_foreign(&good, Duration::ZERO).expect("a store");
    assert_eq!(merge(&mut session, &store).expect("joined").new, 5);
}

#[test]
fn a_clock_that_went_back_hides_no_newer_verdict() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, round) = closed(folder.path());
    let mut session = open(&path, "anna");
    session.act(key(), &ReviewCommand::Reopen { round, reason: "mer".to_owned() }, 9_000).expect("open");
    let judged = |verdict| {
        let kind = EventKind::Verdict { verdict: Some(verdict), reason: None, version: None };
        let new = NewEvent { record: Some("24-003-S05".to_owned()), kind, text: String::new() };
        ReviewCommand::Write { round, new_events: vec![new], contents: Vec::new() }
    };
    session.act(key(), &judged(Verdict::Pending), 9_000).expect("judged");
    session.act(key(), &judged(Verdict::Approved), 5).expect("judged");
    let mut bo = open(&path, "bo");
    bo.act(key(), &judged(Verdict::Rejected), 4).expect("judged");
    let again = open(&path, "anna");
    let state = again.journal().state(round, "24-003-S05").expect("said");
    assert_eq!(state.verdict_of("anna").map(|given| given.verdict), Some(Verdict::Approved));
    assert_eq!(state.latest().map(|given| given.verdict), Some(Verdict::Rejected));
}
