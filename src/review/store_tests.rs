//! Invariants of a store on a disk.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::closing::seal;
use super::command::ReviewCommandError;
use super::command::{NewRound, ReviewCommand};
use super::content::Content;
use super::event::{Author, Event, EventId, EventKind, EventText, NoteKind, RoundBegun};
use super::exchange::ExchangeLine;
use super::import::import;
use super::repair::repair;
use super::session::{ReviewSession, SessionAccess};
use super::store::{Store, StoreOpening};
use super::store_error::{Replacement, StoreError};
use super::verdict::Verdict;
use super::verify::verify;
use crate::review::new_event::NewEvent;

const NO_PATIENCE: Duration = Duration::ZERO;

fn author(person: &str) -> Author {
    Author { person: person.into(), account: "konto".into(), host: "dator".into() }
}

fn session(path: &Path, person: &str) -> ReviewSession {
    ReviewSession::open(path, author(person), NO_PATIENCE).expect("a store")
}

fn key() -> EventId {
    EventId::random().expect("randomness")
}

fn begin(session: &mut ReviewSession) -> EventId {
    session.act(key(), &ReviewCommand::Begin(Box::new(new_round())), 1).expect("begun")
}

fn new_round() -> NewRound {
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
    NewRound { begun, purpose: "Syfte".to_owned(), ids }
}

fn judged(round: EventId, verdict: Verdict) -> ReviewCommand {
    let draft = |record: &str| NewEvent {
        record: Some(record.to_owned()),
        kind: EventKind::Verdict { verdict: Some(verdict), reason: None, version: None },
        text: String::new(),
    };
    ReviewCommand::Write {
        round,
        new_events: vec![draft("23-079-S13"), draft("24-003-S05")],
        contents: Vec::new(),
    }
}

fn noted(round: EventId, text: &str) -> ReviewCommand {
    let kind = EventKind::Note { note: NoteKind::Finding };
    let draft = NewEvent { record: Some("24-003-S05".to_owned()), kind, text: text.to_owned() };
    ReviewCommand::Write { round, new_events: vec![draft], contents: Vec::new() }
}

fn in_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data/reviews.db");
    (folder, path)
}

#[test]
fn what_was_done_is_there_afterwards_and_for_others() {
    let (_folder, path) = in_folder();
    let mut anna = session(&path, "anna");
    let round = begin(&mut anna);
    let mut bo = session(&path, "bo");
    anna.act(key(), &judged(round, Verdict::Approved), 2).expect("done");
    assert!(bo.take_delta().events.len() == 1);
    bo.catch_up().expect("readable");
    assert_eq!(bo.take_delta().events.len(), 2, "kind anna has done since");
    bo.act(key(), &judged(round, Verdict::Rejected), 3).expect("done");
    let again = session(&path, "anna");
    let found = again.journal().round(round).expect("the round");
    assert_eq!(found.scope.ids, ["23-079-S13", "24-003-S05"]);
    assert_eq!(again.journal().tally(found).disputed, 2);
    assert_eq!(verify(again.store()), []);
}

#[test]
fn doing_the_same_twice_is_doing_it_once() {
    let (_folder, path) = in_folder();
    let mut session = session(&path, "anna");
    let (round, again) = (begin(&mut session), key());
    for _ in 0..2 {
        assert_eq!(session.act(again, &judged(round, Verdict::Approved), 2).expect("done"), again);
    }
    assert_eq!(session.journal().len(), 3);
}

#[test]
fn undo_works_across_restarts() {
    let (_folder, path) = in_folder();
    let round = begin(&mut session(&path, "anna"));
    session(&path, "anna").act(key(), &judged(round, Verdict::Approved), 2).expect("done");
    let mut later = session(&path, "anna");
    later.act(key(), &ReviewCommand::Undo(round), 3).expect("undone");
    let found = later.journal().round(round).expect("the round");
    assert_eq!(later.journal().tally(found).undecided, 2, "a bulk action is undone as one");
    assert!(matches!(later.act(key(), &ReviewCommand::Undo(round), 4), Err(ReviewCommandError::Undo(_))));
    later.act(key(), &ReviewCommand::Redo(round), 5).expect("done again");
    let found = later.journal().round(round).expect("the round");
    assert_eq!(later.journal().tally(found).done, 2);
}

#[test]
fn a_closed_round_takes_nothing_until_it_is_open_again() {
    let (_folder, path) = in_folder();
    let mut session = session(&path, "anna");
    let round = begin(&mut session);
    session.act(key(), &judged(round, Verdict::Approved), 2).expect("done");
    session.act(key(), &ReviewCommand::Close(round), 3).expect("closed");
    let refused = session.act(key(), &judged(round, Verdict::Rejected), 4);
    assert!(matches!(refused, Err(ReviewCommandError::Store(StoreError::Closed))));
    let found = session.journal().round(round).expect("the round");
    assert!(seal(session.journal(), found).expect("closed").holds);
    session.act(key(), &ReviewCommand::Reopen { round, reason: "fel".to_owned() }, 5).expect("open");
    session.act(key(), &judged(round, Verdict::Rejected), 6).expect("done");
}

#[test]
fn an_emptied_text_is_nowhere_in_the_file() {
    let (_folder, path) = in_folder();
    let mut session = session(&path, "anna");
    let round = begin(&mut session);
    let note = session.act(key(), &noted(round, "hemligheten"), 2).expect("done");
    let holds = |path: &Path| {
        let bytes = std::fs::read(path).expect("readable");
        memchr::memmem::find(&bytes, b"hemligheten").is_some()
    };
    assert!(holds(&path));
    session.act(key(), &ReviewCommand::Close(round), 3).expect("closed");
    session
        .act(key(), &ReviewCommand::Redact { event: note, reason: "namn".to_owned() }, 4)
        .expect("emptied");
    assert!(!holds(&path));
    let found = session.journal().round(round).expect("the round");
    assert!(seal(session.journal(), found).expect("closed").holds, "the hash is over its digest");
}

#[test]
fn what_was_emptied_elsewhere_is_emptied_here() {
    let (folder, path) = in_folder();
    let mut anna = session(&path, "anna");
    let round = begin(&mut anna);
    let note = anna.act(key(), &noted(round, "hemligheten"), 2).expect("done");
    let events = |session: &ReviewSession| {
        session.journal().events().map(|event| (**event).clone()).collect::<Vec<_>>()
    };
    let import_all = |session: &mut ReviewSession, events: Vec<Event>| {
        let imported = import(session, |take| {
            take(ExchangeLine::Content(Content::from_ids(["23-079-S13", "24-003-S05"])))?;
            events.into_iter().try_for_each(|event| take(ExchangeLine::Event(Box::new(event))))
        });
        imported.expect("imported").new
    };
    let mut bo = session(&folder.path().join("annan.db"), "bo");
    import_all(&mut bo, events(&anna));
    bo.act(key(), &ReviewCommand::Redact { event: note, reason: "namn".to_owned() }, 3).expect("emptied");
    assert_eq!(import_all(&mut anna, events(&bo)), 1);
    let texts = events(&session(&path, "anna"));
    assert!(texts.iter().any(|event| event.id == note && matches!(event.text, EventText::Redacted { .. })));
}

#[test]
fn events_cannot_be_changed_by_sql() {
    let (_folder, path) = in_folder();
    begin(&mut session(&path, "anna"));
    let raw = rusqlite::Connection::open(&path).expect("a database");
    assert!(raw.execute("DELETE FROM event", []).is_err());
    assert!(raw.execute("UPDATE event SET person = 'bo'", []).is_err());
}

#[test]
fn a_file_that_is_no_store_stays_as_it_is() {
    let (folder, _) = in_folder();
    let path = folder.path().join("lista.csv");
    let other_database = folder.path().join("annan.db");
    let sql = "PRAGMA application_id = 1; CREATE TABLE x (y)";
    rusqlite::Connection::open(&other_database).expect("made").execute_batch(sql).expect("made");
    let other_database = std::fs::read(&other_database).expect("readable");
    let list = "Diarienummer;Namn\n24-001-S01;Ett\n".repeat(20);
    for bytes in [&b""[..], b"a", list.as_bytes(), &[0xa5; 8_192], &other_database] {
        std::fs::write(&path, bytes).expect("written");
        assert!(matches!(Store::open(&path, NO_PATIENCE), Err(StoreError::NotAStore)));
        assert!(matches!(Store::open_read_only(&path, NO_PATIENCE), Err(StoreError::NotAStore)));
        assert!(matches!(repair(&path, 1), Err(StoreError::NotAStore)));
        assert_eq!(std::fs::read(&path).expect("readable"), bytes);
        let names = std::fs::read_dir(folder.path()).expect("there").count();
        assert_eq!(names, 2, "nothing was put beside it");
    }
}

#[test]
fn a_newer_store_stays_as_it_is() {
    let (_folder, path) = in_folder();
    begin(&mut session(&path, "anna"));
    rusqlite::Connection::open(&path).expect("there").pragma_update(None, "user_version", 99).expect("set");
    let before = std::fs::read(&path).expect("readable");
    assert!(matches!(Store::open(&path, NO_PATIENCE), Err(StoreError::Newer)));
    assert_eq!(std::fs::read(&path).expect("readable"), before);
}

#[test]
fn a_store_with_torn_pages_is_set_aside_by_repair_alone() {
    let (folder, path) = in_folder();
    begin(&mut session(&path, "anna"));
    let mut bytes = std::fs::read(&path).expect("readable");
    bytes.iter_mut().skip(4_096).for_each(|byte| *byte = 0xa5);
    std::fs::write(&path, &bytes).expect("written");
    let opened = ReviewSession::open(&path, author("anna"), NO_PATIENCE);
    assert!(matches!(opened, Err(StoreError::Damaged(_))));
    let read = ReviewSession::open_read_only(&path, author("anna"), NO_PATIENCE).expect("read");
    assert!(matches!(read.access(), SessionAccess::Damaged(findings) if !findings.is_empty()));
    drop(read);
    assert_eq!(std::fs::read(&path).expect("readable"), bytes);
    let repaired = repair(&path, 1).expect("repaired").expect("something was wrong");
    assert_eq!(std::fs::read(&repaired.aside).expect("readable"), bytes);
    assert_eq!(verify(session(&path, "anna").store()), []);
    assert_eq!(repair(&path, 1).expect("checked"), None, "nothing is wrong any more");
    std::fs::write(&path, &bytes).expect("written");
    let again = repair(&path, 1).expect("repaired").expect("something was wrong");
    assert_ne!(again.aside, repaired.aside);
    assert_eq!(std::fs::read_dir(folder.path().join("data")).expect("there").count(), 3);
}

#[test]
fn a_reader_creates_nothing_and_writes_nothing() {
    let (folder, path) = in_folder();
    let reader = ReviewSession::open_read_only(&path, author("anna"), NO_PATIENCE).expect("empty");
    assert!(reader.journal().is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 0);
    let round = begin(&mut session(&path, "anna"));
    let before = std::fs::read(&path).expect("readable");
    let mut reader = ReviewSession::open_read_only(&path, author("anna"), NO_PATIENCE).expect("readable");
    let refused = reader.act(key(), &judged(round, Verdict::Approved), 2);
    assert!(matches!(refused, Err(ReviewCommandError::Store(StoreError::ReadOnly))));
    assert_eq!(reader.journal().len(), 1);
    assert_eq!(std::fs::read(&path).expect("readable"), before);
}

#[test]
fn a_store_is_there_whole_or_not_at_all() {
    let (folder, path) = in_folder();
    assert_eq!(Store::open(&path, NO_PATIENCE).expect("created").opening(), StoreOpening::Created);
    assert_eq!(Store::open(&path, NO_PATIENCE).expect("there").opening(), StoreOpening::Existing);
    assert_eq!(std::fs::read_dir(folder.path().join("data")).expect("there").count(), 1);
}

#[test]
fn the_first_verdicts_of_two_sessions_are_in_one_round() {
    let (_folder, path) = in_folder();
    let (mut anna, mut bo) = (session(&path, "anna"), session(&path, "bo"));
    let first = anna.act(key(), &ReviewCommand::JoinOrBegin(Box::new(new_round())), 1).expect("begun");
    let joined = bo.act(key(), &ReviewCommand::JoinOrBegin(Box::new(new_round())), 1).expect("joined");
    assert_eq!(first, joined);
    assert_eq!(bo.journal().rounds().count(), 1);
    anna.act(key(), &ReviewCommand::Close(first), 2).expect("closed");
    let next = bo.act(key(), &ReviewCommand::JoinOrBegin(Box::new(new_round())), 3).expect("begun");
    assert_ne!(next, first, "a closed round is not joined");
}

/// A replacement of the file of a store.
type Replace<'a> = &'a dyn Fn();

#[test]
fn a_file_that_is_replaced_under_a_session_is_noticed_and_takes_nothing() {
    let (folder, path) = in_folder();
    let round = begin(&mut session(&path, "anna"));
    let older = std::fs::read(&path).expect("readable");
    let mut anna = session(&path, "anna");
    anna.act(key(), &judged(round, Verdict::Approved), 2).expect("done");
    let newest = std::fs::read(&path).expect("readable");
    let other = folder.path().join("other.db");
    begin(&mut session(&other, "bo"));
    let aside = folder.path().join("aside.db");
    let moved = |bytes: &[u8]| {
        std::fs::write(&aside, bytes).expect("written");
        std::fs::rename(&aside, &path).expect("renamed");
    };
    let kinds: [(Replace<'_>, Replacement); 6] = [
        (&|| std::fs::remove_file(&path).expect("removed"), Replacement::Removed),
        (&|| moved(b"text"), Replacement::NotAStore),
        (&|| moved(&std::fs::read(&other).expect("readable")), Replacement::OtherStore),
        (&|| moved(&older), Replacement::Older),
        (&|| std::fs::write(&path, &older).expect("written"), Replacement::Older),
        (&|| std::fs::write(&path, &newest[..4_096]).expect("written"), Replacement::Truncated),
    ];
    for (replace, expected) in kinds {
        moved(&newest);
        let mut anna = session(&path, "anna");
        replace();
        let before = std::fs::read(&path).ok();
        let refused = anna.act(key(), &judged(round, Verdict::Rejected), 3);
        let Err(ReviewCommandError::Store(StoreError::Replaced(what))) = refused else {
            panic!("{expected:?}: {refused:?}");
        };
        assert_eq!(what, expected);
        assert_eq!(std::fs::read(&path).ok(), before, "{expected:?}");
    }
    moved(&newest);
    assert!(matches!(anna.store().check_place(), Err(StoreError::Replaced(Replacement::Newer))));
}

#[test]
fn a_store_that_another_program_holds_can_be_used_later() {
    let (_folder, path) = in_folder();
    let mut session = session(&path, "anna");
    let round = begin(&mut session);
    let mut other = rusqlite::Connection::open(&path).expect("there");
    let holding = other.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).expect("held");
    let (again, command) = (key(), judged(round, Verdict::Approved));
    assert!(matches!(session.act(again, &command, 2), Err(ReviewCommandError::Store(StoreError::Locked))));
    drop(holding);
    session.act(again, &command, 2).expect("done");
    assert_eq!(session.journal().len(), 3);
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let (_folder, path) = in_folder();
    let round = begin(&mut session(&path, "anna"));
    let mut full = session(&path, "anna");
    full.limit_pages_for_test(true);
    let long = "påpekande ".repeat(100_000);
    let refused = full.act(key(), &noted(round, &long), 2);
    assert!(matches!(refused, Err(ReviewCommandError::Store(StoreError::Full))), "{refused:?}");
    let again = session(&path, "anna");
    assert_eq!(again.journal().len(), 1);
    assert_eq!(verify(again.store()), []);
}

#[cfg(unix)]
#[test]
fn a_store_is_for_the_user_alone_unless_its_folder_is_shared() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = in_folder();
    session(&path, "anna");
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    let shared = folder.path().join("delad");
    std::fs::create_dir(&shared).expect("made");
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o770)).expect("set");
    session(&shared.join("r.db"), "anna");
    assert_eq!(mode(&shared.join("r.db")), 0o660);
}
