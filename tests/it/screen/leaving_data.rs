//! Records that disappear from the data during a review: no note is lost, and no other record is judged by accident.

use std::path::{Path, PathBuf};

use diarium::loading::Input;
use diarium::ui::event::Event;
use diarium::ui::review::ReviewSetup;
use diarium::ui::state::Setup;

use super::harness::{Screen, setup};
use crate::steps::Steps;

const ALFA: (&str, &str) = ("23-901-S01", "Alfa");
const BETA: (&str, &str) = ("23-902-S01", "Beta");
const GAMMA: (&str, &str) = ("23-903-S01", "Gamma");

fn write(file: &Path, records: &[(&str, &str)]) {
    let record =
        |(id, name): &(&str, &str)| format!("{id} - {name}\n\nDiarienummer:\n{id}\nNamn:\n{name}\n\n\n");
    std::fs::write(file, records.iter().map(record).collect::<String>()).expect("written");
}

/// A review of three records with the cursor on the second one.
fn on_beta(folder: &Path) -> (Screen, PathBuf) {
    let file = folder.join("a.txt");
    write(&file, &[ALFA, BETA, GAMMA]);
    let review = ReviewSetup { person: "anna".to_owned(), at_start: true, ..ReviewSetup::default() };
    let input = Input::Path(file.clone());
    let mut screen = Screen::reviewing(Setup { review, ..setup() }, input, (100, 24), &folder.join("r.db"));
    screen.play(&Steps::new().press("s").press("j"));
    assert_eq!(screen.session().state().selected_id().as_deref(), Some(BETA.0));
    (screen, file)
}

fn bottom(screen: &Screen) -> String {
    screen.text().lines().last().unwrap_or_default().to_owned()
}

/// Beta's part of the file is deleted, and the change is noticed.
fn delete_beta(screen: &mut Screen, file: &Path) {
    write(file, &[ALFA, GAMMA]);
    screen.event(Event::FilesChanged);
}

fn verdicts(screen: &Screen) -> usize {
    screen.session().state().review.opened().map_or(0, |review| review.tally.done)
}

#[test]
fn a_verdict_key_after_its_record_has_left_only_shows_a_message() {
    for key in ["+", "r", "-", "p", "s"] {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut screen, file) = on_beta(folder.path());
        delete_beta(&mut screen, &file);
        assert!(bottom(&screen).contains("23-902-S01 har utgått"), "{}", bottom(&screen));
        screen.play(&Steps::new().press(key));
        assert!(bottom(&screen).contains("23-902-S01 har utgått"), "{key}: {}", bottom(&screen));
        assert!(screen.session().state().popup.is_none(), "{key}");
        assert_eq!(verdicts(&screen), 0, "{key}");
        screen.play(&Steps::new().press("+"));
        assert_eq!(verdicts(&screen), 1, "the second key means the record now selected");
    }
}

#[test]
fn moving_after_a_record_has_left_makes_the_keys_act_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut screen, file) = on_beta(folder.path());
    delete_beta(&mut screen, &file);
    screen.play(&Steps::new().press("k").press("+"));
    assert_eq!(verdicts(&screen), 1, "{}", screen.text());
}

#[test]
fn a_note_on_a_record_that_has_left_is_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut screen, file) = on_beta(folder.path());
    screen.play(&Steps::new().begin_note(&["bilaga saknas"]));
    delete_beta(&mut screen, &file);
    screen.play(&Steps::new().press("enter"));
    assert!(bottom(&screen).contains("anteckningen är sparad"), "{}", bottom(&screen));
    assert!(bottom(&screen).contains("har utgått"), "{}", bottom(&screen));
    let review = screen.session().state().review.opened().expect("a review is open");
    let notes = review.own_notes(BETA.0, "anna");
    assert_eq!(notes.iter().map(|note| &*note.text).collect::<Vec<_>>(), ["bilaga saknas"]);
}

#[test]
fn a_tag_on_a_record_that_has_left_is_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut screen, file) = on_beta(folder.path());
    screen.play(&Steps::new().press("t").text("eu"));
    delete_beta(&mut screen, &file);
    screen.play(&Steps::new().press("enter"));
    let review = screen.session().state().review.opened().expect("a review is open");
    assert_eq!(review.tags().len(), 1, "{}", screen.text());
}

#[test]
fn a_rejection_of_a_record_that_has_left_is_not_reported_as_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut screen, file) = on_beta(folder.path());
    screen.play(&Steps::new().press("-"));
    delete_beta(&mut screen, &file);
    screen.play(&Steps::new().press("2"));
    assert!(bottom(&screen).contains("har utgått"), "{}", bottom(&screen));
    assert_eq!(verdicts(&screen), 0);
}

#[test]
fn marks_on_records_that_have_left_are_counted_when_a_file_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut screen, file) = on_beta(folder.path());
    screen.play(&Steps::new().press("space"));
    delete_beta(&mut screen, &file);
    screen.play(&Steps::new().press("w").text("ut.tsv").press("enter"));
    assert!(bottom(&screen).contains("0 av 1"), "{}", bottom(&screen));
    assert!(!folder.path().join("ut.tsv").exists(), "a file would hold a heading only");
    screen.play(&Steps::new().press("w").text("ut.csv").press("enter"));
    assert!(bottom(&screen).contains("0 av 1"), "nothing to ask about: {}", bottom(&screen));
    screen.play(&Steps::new().first().press("space").press("w").text("ut.tsv").press("enter"));
    assert!(bottom(&screen).contains("1 av 2"), "{}", bottom(&screen));
    screen.play(&Steps::new().press("+"));
    assert!(screen.text().contains("1 har utgått"), "{}", screen.text());
}
