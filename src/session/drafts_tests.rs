//! Drafts on disk: whose they are, and what several sessions do to each other's.

use std::sync::Arc;

use super::super::{Clock, ReviewPlace};
use super::*;
use crate::review::event::{Author, NoteKind};

/// The drafts of a person in a store below a folder, as a new session sees them.
fn session(folder: &Path, store: &str, person: &str) -> DraftFolder {
    let author = Author { person: person.into(), account: "konto".into(), host: "dator".into() };
    let review = ReviewPlace { store: folder.join(store), author, clock: Clock::new(|| 1) };
    let places = Places { drafts: Some(folder.join("drafts")), review: Some(review), ..Places::default() };
    DraftFolder::new(&places).expect("a folder and a store")
}

fn note(record: &str, text: &str) -> BegunNote {
    BegunNote { record: record.to_owned(), text: text.to_owned(), kind: NoteKind::Working, changes: None }
}

/// Records and texts of the drafts that a new session is offered.
fn offered(folder: &Path, store: &str, person: &str) -> Vec<(String, String)> {
    session(folder, store, person).read().into_iter().map(|note| (note.record, note.text)).collect()
}

fn pair(record: &str, text: &str) -> (String, String) {
    (record.to_owned(), text.to_owned())
}

#[test]
fn a_draft_is_offered_to_its_writer_in_its_store_until_it_is_discarded() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path();
    let mut anna = session(folder, "r.db", "Anna");
    for text in ["v", "vik", "viktigt"] {
        anna.keep(note("23-079-S13", text)).expect("written");
    }
    anna.keep(note("24-003-S05", "annat")).expect("written");
    let both = [pair("23-079-S13", "viktigt"), pair("24-003-S05", "annat")];
    assert_eq!(offered(folder, "r.db", "anna"), both, "the same person by whatever spelling");
    assert_eq!(offered(folder, "r.db", "anna"), both, "reading removes nothing");
    assert_eq!(offered(folder, "./r.db", "anna"), both, "the same store by whatever way");
    assert_eq!(offered(folder, "r.db", "bo"), []);
    assert_eq!(offered(folder, "s.db", "anna"), []);
    let mut later = session(folder, "r.db", "anna");
    later.read();
    later.discard("23-079-S13");
    assert_eq!(offered(folder, "r.db", "anna"), [pair("24-003-S05", "annat")]);
}

#[test]
fn sessions_at_the_same_time_keep_each_others_drafts() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path();
    let (mut one, mut two) = (session(folder, "r.db", "anna"), session(folder, "r.db", "anna"));
    assert_eq!(one.read().len() + two.read().len(), 0);
    one.keep(note("23-079-S13", "ett")).expect("written");
    two.keep(note("24-003-S05", "annat")).expect("written");
    two.keep(note("23-079-S13", "två")).expect("written");
    two.keep(note("23-079-S13", "två till")).expect("written");
    one.keep(note("23-079-S13", "ett till")).expect("written");
    let both = [pair("23-079-S13", "ett till\n\ntvå till"), pair("24-003-S05", "annat")];
    assert_eq!(offered(folder, "r.db", "anna"), both);
    one.discard("23-079-S13");
    assert_eq!(
        offered(folder, "r.db", "anna"),
        [pair("23-079-S13", "två till"), pair("24-003-S05", "annat")]
    );
    let mut three = session(folder, "r.db", "anna");
    three.read();
    two.keep(note("23-079-S13", "två igen")).expect("written");
    three.discard("23-079-S13");
    assert_eq!(
        offered(folder, "r.db", "anna")[0],
        pair("23-079-S13", "två igen"),
        "changed since it was read"
    );
}

#[test]
fn joined_drafts_become_one_file_when_they_are_written() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path();
    session(folder, "r.db", "anna").keep(note("23-079-S13", "ett")).expect("written");
    session(folder, "r.db", "anna").keep(note("23-079-S13", "två")).expect("written");
    let files = || std::fs::read_dir(folder.join("drafts")).expect("there").count();
    assert_eq!(files(), 2, "neither has read the other's");
    let mut later = session(folder, "r.db", "anna");
    let [joined] = &later.read()[..] else { panic!("one draft") };
    let joined = joined.clone();
    assert_eq!(joined.text, "ett\n\ntvå");
    later.keep(joined).expect("written");
    assert_eq!(files(), 1);
}

#[test]
fn a_personal_number_in_a_draft_is_masked_and_the_file_is_private() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path();
    session(folder, "r.db", "anna").keep(note("23-079-S13", "ring 811228-9874")).expect("written");
    let path =
        std::fs::read_dir(folder.join("drafts")).expect("there").next().expect("one").expect("a file").path();
    let text = std::fs::read_to_string(&path).expect("readable");
    assert!(text.contains("ring") && !text.contains("9874") && !text.contains("811228"), "{text}");
    let mode = std::os::unix::fs::PermissionsExt::mode(&path.metadata().expect("there").permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_damaged_file_is_left_alone() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path();
    let mut anna = session(folder, "r.db", "anna");
    anna.keep(note("23-079-S13", "ett")).expect("written");
    let path = anna.files["23-079-S13"].keys().next().expect("one").clone();
    std::fs::write(&path, b"{\"store\": 1").expect("written");
    assert_eq!(offered(folder, "r.db", "anna"), []);
    anna.keep(note("23-079-S13", "två")).expect("written");
    assert_eq!(std::fs::read(&path).expect("there"), b"{\"store\": 1");
    assert_eq!(offered(folder, "r.db", "anna"), [pair("23-079-S13", "två")]);
}

#[test]
fn the_thread_writes_everything_before_it_ends() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path();
    let (events, _inbox) = channel();
    let events = EventSender { events, wake: Arc::new(|| ()) };
    let thread = DraftThread::start(session(folder, "r.db", "anna"), &events);
    for number in 0..20 {
        thread.perform(DraftEffect::Keep(note("23-079-S13", &"x".repeat(number))));
    }
    drop(thread);
    assert_eq!(offered(folder, "r.db", "anna"), [pair("23-079-S13", &"x".repeat(19))]);
}
