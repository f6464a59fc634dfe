//! `w`: its contents, formats and refusals.

use std::path::Path;

use rstest::rstest;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

fn screen(folder: &Path) -> Screen {
    Screen::reviewing(setup(), fixture("projekt"), (80, 24), &folder.join("r.db"))
}

fn write(screen: &mut Screen, name: &str) -> String {
    screen.play(&Steps::new().press("w").text(name).press("enter"));
    screen.text()
}

fn contents(folder: &Path, name: &str) -> Option<Vec<u8>> {
    std::fs::read(folder.join(name)).ok()
}

#[rstest]
#[case::pdf("lista.pdf", "formatet .pdf kan inte sparas")]
#[case::old_excel("lista.xls", "formatet .xls kan inte sparas")]
#[case::none("lista", "filnamnet saknar ändelse")]
#[case::hidden("mapp.d/lista", "filnamnet saknar ändelse")]
fn a_name_that_no_format_has_is_refused(#[case] name: &str, #[case] said: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut screen = screen(folder.path());
    let shown = write(&mut screen, name);
    assert!(shown.contains(said), "{shown}");
    assert_eq!(contents(folder.path(), name), None);
    // The name is still there, to be corrected.
    screen.play(&Steps::new().text(".tsv").press("enter"));
    let corrected = format!("{name}.tsv");
    assert_eq!(contents(folder.path(), &corrected).is_some(), !name.contains('/'), "{}", screen.text());
}

#[test]
fn a_workbook_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut screen = screen(folder.path());
    let shown = write(&mut screen, "lista.XLSX");
    assert!(contents(folder.path(), "lista.XLSX").expect("written").starts_with(b"PK\x03\x04"), "{shown}");
}

#[test]
fn the_message_names_the_whole_path_and_the_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let review = folder.path().join("r.db");
    let mut screen = Screen::reviewing(setup(), fixture("projekt"), (200, 24), &review);
    let shown = write(&mut screen, "lista.json");
    let path = folder.path().join("lista.json");
    assert!(shown.contains(&format!("sparat: {} · ", path.display())), "{shown}");
}

#[rstest]
#[case::for_excel("1", "\u{feff}id;diarienummer;")]
#[case::for_programs("2", "id,diarienummer,")]
fn csv_in_swedish_asks_who_reads_it(#[case] digit: &str, #[case] start: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut screen = screen(folder.path());
    let shown = write(&mut screen, "lista.csv");
    assert!(shown.contains("vem ska läsa filen?"), "{shown}");
    assert_eq!(contents(folder.path(), "lista.csv"), None);
    screen.play(&Steps::new().press(digit));
    let written = String::from_utf8(contents(folder.path(), "lista.csv").expect("written")).expect("text");
    assert!(written.starts_with(start), "{written}");
}

#[test]
fn a_failure_of_the_system_is_a_sentence_in_the_language_in_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut screen = screen(folder.path());
    let shown = write(&mut screen, "saknas/lista.json");
    assert!(shown.contains("filen eller mappen finns inte"), "{shown}");
}

#[test]
fn a_question_takes_the_letters_of_yes_and_no() {
    let folder = tempfile::tempdir().expect("a folder");
    let review = diarium::ui::review::ReviewSetup {
        person: "anna".to_owned(),
        at_start: true,
        ..diarium::ui::review::ReviewSetup::default()
    };
    let setup = diarium::ui::state::Setup { review, ..setup() };
    let store = folder.path().join("r.db");
    let mut screen = Screen::reviewing(setup, fixture("projekt"), (80, 24), &store);
    let done =
        |screen: &Screen| screen.session().state().review.opened().map_or(0, |review| review.tally.done);
    screen.play(&Steps::new().press("A").press("+").press("n"));
    assert_eq!((screen.session().state().popup.is_none(), done(&screen)), (true, 0), "{}", screen.text());
    screen.play(&Steps::new().press("+").press("j"));
    assert!(done(&screen) > 1, "{}", screen.text());
}
