//! Notes that are being written: kept for their writer in their store, and the date that changes meanwhile.

use std::path::{Path, PathBuf};

use diarium::ui::event::{Event, Outcome, Request};
use diarium::ui::review::ReviewSetup;
use diarium::ui::state::Setup;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

/// Time in milliseconds after which a draft is on disk.
const A_SECOND: u64 = 1_000;

fn person(name: &str) -> Setup {
    let review = ReviewSetup { person: name.to_owned(), at_start: true, ..ReviewSetup::default() };
    Setup { review, ..setup() }
}

fn reviewing(name: &str, store: &Path) -> Screen {
    Screen::reviewing(person(name), fixture("projekt"), (100, 24), store)
}

/// A store with a round over all records.
fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.db");
    reviewing("anna", &path).play(&Steps::new().next_undecided());
    (folder, path)
}

fn files(store: &Path) -> usize {
    std::fs::read_dir(store.with_file_name("drafts")).map_or(0, Iterator::count)
}

/// The text of a note that a new session offers for the first record.
fn offered(name: &str, store: &Path) -> Option<String> {
    let mut screen = reviewing(name, store);
    let text = screen.text();
    screen.play(&Steps::new().first().begin_note(&[]));
    let notes = screen.session().state().begun_notes();
    assert_eq!(!notes.is_empty(), text.contains("anteckningar som inte är sparade"), "{text}");
    notes.into_iter().next().map(|note| note.text)
}

#[test]
fn a_note_survives_a_kill_but_for_its_last_second() {
    let (_folder, store) = store();
    let mut screen = reviewing("anna", &store);
    screen.play(&Steps::new().first().begin_note(&["viktigt"]));
    screen.event(Event::Now(A_SECOND * 60));
    screen.play(&Steps::new());
    for key in " och mer".chars() {
        screen.event(Event::Key(diarium::ui::keys::key::Key::char(key)));
    }
    // Nothing else is performed: as after SIGKILL.
    std::mem::forget(screen);
    assert_eq!(offered("anna", &store).as_deref(), Some("viktigt"));
    assert_eq!(offered("anna", &store).as_deref(), Some("viktigt"), "offered until it is saved or emptied");
    assert_eq!(offered("bo", &store), None);
    let other = store.with_file_name("s.db");
    assert_eq!(offered("anna", &other), None);
    let mut look_up = Screen::start(setup(), fixture("projekt"), (100, 24));
    look_up.play(&Steps::new().press("q"));
    assert_eq!(look_up.requests, [Request::Quit(Outcome::Done)], "a plain look-up is not asked about it");
    assert_eq!(offered("anna", &store).as_deref(), Some("viktigt"));
}

#[test]
fn a_lost_line_keeps_every_letter() {
    let (_folder, store) = store();
    let mut screen = reviewing("anna", &store);
    screen.play(&Steps::new().first().begin_note(&["v"]));
    screen.lose_line();
    assert_eq!(offered("anna", &store).as_deref(), Some("v"));
}

#[test]
fn a_saved_note_leaves_no_draft_and_an_emptied_one_neither() {
    let (_folder, store) = store();
    let mut screen = reviewing("anna", &store);
    screen.play(&Steps::new().first().begin_note(&["viktigt"]).press("esc"));
    assert_eq!(files(&store), 1, "put aside: kept at once");
    screen.play(&Steps::new().begin_note(&[]).press("enter"));
    assert_eq!(files(&store), 0, "saved");
    screen.play(&Steps::new().begin_note(&["annat"]).press("esc"));
    assert_eq!(files(&store), 1);
    screen.play(&Steps::new().begin_note(&[]).press("ctrl-u").press("esc"));
    assert_eq!(files(&store), 0, "emptied");
}

#[test]
fn a_draft_stays_until_the_store_has_taken_the_note() {
    let (_folder, store) = store();
    let mut screen = reviewing("anna", &store);
    let mut other = rusqlite::Connection::open(&store).expect("a store");
    let held = other.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).expect("held");
    screen.play(&Steps::new().first().begin_note(&["viktigt"]).press("esc").begin_note(&[]).press("enter"));
    assert_eq!(files(&store), 1, "{}", screen.text());
    drop(held);
    screen.look();
    assert_eq!(files(&store), 0, "{}", screen.text());
}

#[test]
fn two_sessions_keep_each_others_notes() {
    let (_folder, store) = store();
    let (mut one, mut two) = (reviewing("anna", &store), reviewing("anna", &store));
    one.play(&Steps::new().first().begin_note(&["ett"]));
    two.play(&Steps::new().first().press("j").begin_note(&["två"]));
    one.lose_line();
    two.lose_line();
    let mut again = reviewing("anna", &store);
    let texts: Vec<String> =
        again.session().state().begun_notes().into_iter().map(|note| note.text).collect();
    assert_eq!(texts, ["ett", "två"]);
    again.play(&Steps::new().first().begin_note(&[]).press("enter"));
    assert_eq!(files(&store), 1, "{}", again.text());
}

#[test]
fn a_change_to_a_saved_note_is_offered_as_a_change() {
    let (_folder, store) = store();
    let mut screen = reviewing("anna", &store);
    screen.play(&Steps::new().first().finding(&["klar"]));
    screen.play(&Steps::new().begin_note(&[]).press("pgup").text(" och mer"));
    screen.lose_line();
    let mut again = reviewing("anna", &store);
    again.play(&Steps::new().first().begin_note(&[]));
    assert!(
        again.text().contains("iakttagelse") && again.text().contains("klar och mer"),
        "{}",
        again.text()
    );
    again.play(&Steps::new().press("enter").press("q"));
    assert_eq!(again.requests, [Request::Quit(Outcome::Done)]);
    assert_eq!(files(&store), 0);
}

#[test]
fn a_note_in_the_box_is_kept_when_the_program_is_left() {
    let (_folder, store) = store();
    let mut screen = reviewing("anna", &store);
    screen.play(&Steps::new().first().begin_note(&["halv"]));
    for _ in 0..3 {
        screen.event(Event::Key("f10".parse().expect("a key")));
    }
    assert!(screen.requests.contains(&Request::Quit(Outcome::Done)), "{}", screen.text());
    drop(screen);
    assert_eq!(offered("anna", &store).as_deref(), Some("halv"));
}

#[test]
fn today_moves_at_midnight() {
    let (_folder, store) = store();
    let mut screen = reviewing("anna", &store);
    let ended = |screen: &Screen| screen.session().state().results.rows.len();
    // The first project ends on 2027-08-18, 270 days after the day on which the session begins.
    screen.play(&Steps::new().search("slut<idag"));
    let before = ended(&screen);
    assert_eq!(screen.session().state().setup.today.to_string(), "2026-11-21");
    screen.later(12 * 3_600_000 - 1_000);
    screen.wait(1);
    assert_eq!(screen.session().state().setup.today.to_string(), "2026-11-21");
    screen.later(1_000);
    let at = screen.session().wake_at().expect("midnight is waited for");
    screen.event(Event::Now(at));
    assert_eq!(screen.session().state().setup.today.to_string(), "2026-11-22");
    // As after a suspend of a year: the next key asks for the date.
    screen.later(365 * 86_400_000);
    screen.play(&Steps::new().press("g"));
    assert_eq!(screen.session().state().setup.today.to_string(), "2027-11-22");
    assert!(ended(&screen) > before, "{}", screen.text());
    assert!(screen.session().wake_at().is_some());
}
