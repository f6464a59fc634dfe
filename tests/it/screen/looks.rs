//! Snapshots of whole screens: as text, and once with every style.

use diarium::i18n::Lang;
use diarium::loading::Input;
use diarium::ui::state::Setup;
use diarium::ui::theme::Theme;

use super::harness::{Screen, fixture, setup};

fn swedish(size: (u16, u16), keys: &str) -> String {
    let mut screen = Screen::start(setup(), fixture("projekt"), size);
    screen.keys(keys);
    screen.text()
}

fn english(size: (u16, u16), keys: &str) -> String {
    let mut screen = Screen::start(Setup { lang: Lang::English, ..setup() }, fixture("projekt"), size);
    screen.keys(keys);
    screen.text()
}

#[test]
fn the_first_screen() {
    insta::assert_snapshot!(swedish((80, 24), ""));
}

#[test]
fn the_first_screen_wide() {
    insta::assert_snapshot!(english((120, 40), ""));
}

#[test]
fn a_phone_call_is_answered_from_the_first_screenful() {
    insta::assert_snapshot!(swedish((80, 24), "/24-103"));
}

#[test]
fn matches_in_the_text_are_shown_and_marked() {
    insta::assert_snapshot!(swedish((100, 30), "/handläggare"));
}

#[test]
fn nothing_found() {
    insta::assert_snapshot!(swedish((80, 24), "/24-103 sjöstad"));
}

#[test]
fn opened_wide() {
    insta::assert_snapshot!(english((200, 50), "/23179s13<enter>"));
}

#[test]
fn the_least_size() {
    insta::assert_snapshot!(swedish((40, 10), "j"));
}

#[test]
fn too_small() {
    insta::assert_snapshot!(swedish((30, 5), ""));
}

#[test]
fn the_help() {
    insta::assert_snapshot!(swedish((80, 24), "?mark"));
}

#[test]
fn the_source() {
    insta::assert_snapshot!(swedish((80, 24), "2018<enter>v"));
}

#[test]
fn every_look() {
    let mut screen = Screen::start(setup(), fixture("projekt"), (100, 20));
    screen.keys("j <tab><down>");
    insta::assert_snapshot!(screen.styled());
}

#[test]
fn plain_ascii_without_colour() {
    let mut screen = Screen::start_as(setup(), fixture("projekt"), (100, 20), Theme::new(false, true));
    screen.keys("/trygg");
    let (buffer, _) = screen.buffer();
    for cell in &buffer.content {
        let drawn = cell.symbol();
        assert!(
            drawn.is_ascii() || drawn.chars().all(char::is_alphabetic),
            "{drawn:?} is neither ASCII nor a letter"
        );
        assert_eq!(cell.fg, ratatui::style::Color::Reset);
    }
    insta::assert_snapshot!(screen.text());
}

#[test]
fn built_in_records_are_labelled() {
    let setup = Setup { example_data: true, ..setup() };
    let screen = Screen::start(setup, Input::BuiltIn, (80, 24));
    assert!(screen.text().contains("exempeluppgifter, ej aktuella"));
}

#[test]
fn values_of_other_sources_are_quiet() {
    let record = |end: &str, fund: &str| {
        format!(
            "23-902-S01 - Prov\n\nDiarienummer:\n23-902-S01\nNamn:\nProv\nStartdatum:\n2024-01-01\n\
             Slutdatum:\n{end}\nBerörd fond:\n{fund}\n\nText.\n"
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.txt"), record("2026-12-31", "ESF+")).expect("written");
    std::fs::write(folder.path().join("b.txt"), record("31/12/2027", "ESF")).expect("written");
    let mut screen = Screen::start(setup(), Input::Path(folder.path().to_owned()), (110, 24));
    screen.keys("<enter>");
    let seen = screen.styled().replace(&*folder.path().to_string_lossy(), "");
    let quiet: Vec<&str> = seen.lines().filter(|line| line.contains("även")).collect();
    insta::assert_snapshot!(quiet.join("\n"));
}

#[test]
fn the_help_leads_to_the_guide() {
    let mut screen = Screen::start(setup(), fixture("projekt"), (80, 24));
    screen.keys("?<enter>");
    let topics = screen.text();
    for topic in diarium::guide::Topic::ALL {
        assert!(topics.contains(topic.title(Lang::Swedish)), "{topic:?} in:\n{topics}");
    }
    screen.keys("stickprov<enter>");
    assert!(screen.text().contains("Stickprov och revision"), "{}", screen.text());
    screen.keys("<esc>");
    assert!(!screen.text().contains("Stickprov och revision"));
}
