//! What must hold of a store on a disk.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::closing::seal;
use super::content::Content;
use super::event::{Author, EventId, EventKind, EventText, NoteKind, RoundBegun};
use super::session::ReviewCommand;
use super::session::ReviewCommandError;
use super::session::ReviewSession;
use super::store::{Store, StoreError, set_aside};
use super::verdict::Verdict;
use crate::review::new_event::NewEvent;

const NO_PATIENCE: Duration = Duration::ZERO;

fn author(person: &str) -> Author {
    Author { person: person.into(), account: "konto".into(), host: "dator".into() }
}

fn desk(path: &Path, person: &str) -> ReviewSession {
    ReviewSession::open(path, author(person), NO_PATIENCE).expect("a store")
}

fn key() -> EventId {
    EventId::random().expect("randomness")
}

fn begin(desk: &mut ReviewSession) -> EventId {
    let ids = Content::of_ids(["23-079-S13", "24-003-S05"]);
    let begun = Box::new(RoundBegun {
        name: "Vår".to_owned(),
        scope: ids.key.clone(),
        query: String::new(),
        sample: None,
        eyes: 1,
        from: None,
        sources: Vec::new(),
        program: "0".to_owned(),
    });
    desk.act(key(), &ReviewCommand::Begin { begun, purpose: "Syfte".to_owned(), ids }, 1).expect("begun")
}

fn judged(round: EventId, verdict: Verdict) -> ReviewCommand {
    let draft = |record: &str| NewEvent {
        record: Some(record.to_owned()),
        what: EventKind::Verdict { verdict: Some(verdict), reason: None, version: None },
        text: String::new(),
    };
    ReviewCommand::Write {
        round,
        drafts: vec![draft("23-079-S13"), draft("24-003-S05")],
        contents: Vec::new(),
    }
}

fn noted(round: EventId, text: &str) -> ReviewCommand {
    let what = EventKind::Note { note: NoteKind::Finding };
    let draft = NewEvent { record: Some("24-003-S05".to_owned()), what, text: text.to_owned() };
    ReviewCommand::Write { round, drafts: vec![draft], contents: Vec::new() }
}

fn in_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data/reviews.db");
    (folder, path)
}

#[test]
fn what_was_done_is_there_afterwards_and_for_others() {
    let (_folder, path) = in_folder();
    let mut anna = desk(&path, "anna");
    let round = begin(&mut anna);
    let mut bo = desk(&path, "bo");
    anna.act(key(), &judged(round, Verdict::Approved), 2).expect("done");
    assert!(bo.take_news().events.len() == 1);
    bo.catch_up().expect("readable");
    assert_eq!(bo.take_news().events.len(), 2, "what anna has done since");
    bo.act(key(), &judged(round, Verdict::Rejected), 3).expect("done");
    let again = desk(&path, "anna");
    let found = again.journal().round(round).expect("the round");
    assert_eq!(found.scope.ids, ["23-079-S13", "24-003-S05"]);
    assert_eq!(again.journal().tally(found).disputed, 2);
    again.store().check().expect("whole");
}

#[test]
fn doing_the_same_twice_is_doing_it_once() {
    let (_folder, path) = in_folder();
    let mut desk = desk(&path, "anna");
    let (round, again) = (begin(&mut desk), key());
    for _ in 0..2 {
        assert_eq!(desk.act(again, &judged(round, Verdict::Approved), 2).expect("done"), again);
    }
    assert_eq!(desk.journal().len(), 3);
}

#[test]
fn undo_works_across_restarts() {
    let (_folder, path) = in_folder();
    let round = begin(&mut desk(&path, "anna"));
    desk(&path, "anna").act(key(), &judged(round, Verdict::Approved), 2).expect("done");
    let mut later = desk(&path, "anna");
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
    let mut desk = desk(&path, "anna");
    let round = begin(&mut desk);
    desk.act(key(), &judged(round, Verdict::Approved), 2).expect("done");
    desk.act(key(), &ReviewCommand::Close(round), 3).expect("closed");
    let refused = desk.act(key(), &judged(round, Verdict::Rejected), 4);
    assert!(matches!(refused, Err(ReviewCommandError::Store(StoreError::Closed))));
    let found = desk.journal().round(round).expect("the round");
    assert!(seal(desk.journal(), found).expect("closed").holds);
    desk.act(key(), &ReviewCommand::Reopen { round, reason: "fel".to_owned() }, 5).expect("open");
    desk.act(key(), &judged(round, Verdict::Rejected), 6).expect("done");
}

#[test]
fn an_emptied_text_is_nowhere_in_the_file() {
    let (_folder, path) = in_folder();
    let mut desk = desk(&path, "anna");
    let round = begin(&mut desk);
    let note = desk.act(key(), &noted(round, "hemligheten"), 2).expect("done");
    let holds = |path: &Path| {
        let bytes = std::fs::read(path).expect("readable");
        memchr::memmem::find(&bytes, b"hemligheten").is_some()
    };
    assert!(holds(&path));
    desk.act(key(), &ReviewCommand::Close(round), 3).expect("closed");
    desk.act(key(), &ReviewCommand::Redact { event: note, reason: "namn".to_owned() }, 4).expect("emptied");
    assert!(!holds(&path));
    let found = desk.journal().round(round).expect("the round");
    assert!(seal(desk.journal(), found).expect("closed").holds, "the hash is over its digest");
}

#[test]
fn what_was_emptied_elsewhere_is_emptied_here() {
    let (folder, path) = in_folder();
    let mut anna = desk(&path, "anna");
    let round = begin(&mut anna);
    let note = anna.act(key(), &noted(round, "hemligheten"), 2).expect("done");
    let other = folder.path().join("annan.db");
    let events =
        |desk: &ReviewSession| desk.journal().events().map(|event| (**event).clone()).collect::<Vec<_>>();
    let mut bo = desk(&other, "bo");
    bo.take_in(&events(&anna), &[Content::of_ids(["23-079-S13", "24-003-S05"])]).expect("taken in");
    bo.act(key(), &ReviewCommand::Redact { event: note, reason: "namn".to_owned() }, 3).expect("emptied");
    assert_eq!(anna.take_in(&events(&bo), &[]).expect("taken in"), 1);
    let texts = events(&desk(&path, "anna"));
    assert!(texts.iter().any(|event| event.id == note && matches!(event.text, EventText::Redacted { .. })));
}

#[test]
fn events_cannot_be_changed_by_sql() {
    let (_folder, path) = in_folder();
    begin(&mut desk(&path, "anna"));
    let raw = rusqlite::Connection::open(&path).expect("a database");
    assert!(raw.execute("DELETE FROM event", []).is_err());
    assert!(raw.execute("UPDATE event SET person = 'bo'", []).is_err());
}

#[test]
fn a_file_that_is_no_store_stays_as_it_is() {
    let (folder, _) = in_folder();
    let path = folder.path().join("annat");
    let tried = || Store::open(&path, NO_PATIENCE).expect_err("no store");
    let list = "Diarienummer;Namn\n".repeat(20);
    let other_database = [&b"SQLite format 3\0"[..], &[1; 200]].concat();
    for bytes in [b"x".as_slice(), b"id\n", list.as_bytes(), b"PK\x03\x04", &[0xa5; 4_096], &other_database] {
        std::fs::write(&path, bytes).expect("written");
        assert!(matches!(tried(), StoreError::Foreign), "{bytes:?}");
        assert_eq!(std::fs::read(&path).expect("readable"), bytes);
        let names = std::fs::read_dir(folder.path()).expect("there").flatten();
        let aside = names.filter(|entry| entry.file_name().to_string_lossy().contains("annat."));
        assert_eq!(aside.count(), 0, "nothing is set aside");
    }
    std::fs::remove_file(&path).expect("removed");
    rusqlite::Connection::open(&path).expect("made").execute_batch("CREATE TABLE x (y)").expect("made");
    let before = std::fs::read(&path).expect("readable");
    assert!(matches!(tried(), StoreError::Foreign));
    assert_eq!(std::fs::read(&path).expect("readable"), before);
}

#[test]
fn a_newer_store_stays_as_it_is() {
    let (_folder, path) = in_folder();
    begin(&mut desk(&path, "anna"));
    rusqlite::Connection::open(&path).expect("there").pragma_update(None, "user_version", 99).expect("set");
    let before = std::fs::read(&path).expect("readable");
    assert!(matches!(Store::open(&path, NO_PATIENCE), Err(StoreError::Newer)));
    assert_eq!(std::fs::read(&path).expect("readable"), before);
}

#[test]
fn a_store_with_a_torn_page_is_set_aside_whole() {
    let (folder, path) = in_folder();
    begin(&mut desk(&path, "anna"));
    let mut bytes = std::fs::read(&path).expect("readable");
    bytes.iter_mut().skip(100).for_each(|byte| *byte = 0xa5);
    std::fs::write(&path, &bytes).expect("written");
    let opened = ReviewSession::open(&path, author("anna"), NO_PATIENCE);
    assert!(matches!(opened, Err(StoreError::Damaged(_))));
    let aside = set_aside(&path).expect("renamed");
    assert_eq!(std::fs::read(aside).expect("readable"), bytes);
    begin(&mut desk(&path, "anna"));
    std::fs::write(&path, &bytes).expect("written");
    set_aside(&path).expect("renamed to another name");
    assert_eq!(std::fs::read_dir(folder.path().join("data")).expect("there").count(), 2);
}

#[test]
fn a_store_that_another_program_holds_can_be_used_later() {
    let (_folder, path) = in_folder();
    let mut desk = desk(&path, "anna");
    let round = begin(&mut desk);
    let mut other = rusqlite::Connection::open(&path).expect("there");
    let holding = other.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).expect("held");
    let (again, command) = (key(), judged(round, Verdict::Approved));
    assert!(matches!(desk.act(again, &command, 2), Err(ReviewCommandError::Store(StoreError::Locked))));
    drop(holding);
    desk.act(again, &command, 2).expect("done");
    assert_eq!(desk.journal().len(), 3);
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let (_folder, path) = in_folder();
    let round = begin(&mut desk(&path, "anna"));
    let mut full = desk(&path, "anna");
    full.limit_pages_for_test(true);
    let long = "påpekande ".repeat(100_000);
    let refused = full.act(key(), &noted(round, &long), 2);
    assert!(matches!(refused, Err(ReviewCommandError::Store(StoreError::Full))), "{refused:?}");
    let again = desk(&path, "anna");
    assert_eq!(again.journal().len(), 1);
    again.store().check().expect("whole");
}

#[cfg(unix)]
#[test]
fn a_store_is_for_the_user_alone_unless_its_folder_is_shared() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = in_folder();
    desk(&path, "anna");
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    let shared = folder.path().join("delad");
    std::fs::create_dir(&shared).expect("made");
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o770)).expect("set");
    desk(&shared.join("r.db"), "anna");
    assert_eq!(mode(&shared.join("r.db")), 0o660);
}
