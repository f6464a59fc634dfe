//! Pasted texts, with brackets and without: they never act.

use diarium::ui::event::{Event, Outcome, Request};
use diarium::ui::state::{Focus, Setup};
use rstest::rstest;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

fn look_up() -> Screen {
    Screen::start(setup(), fixture("projekt"), (100, 24))
}

fn reviewing(store: &std::path::Path) -> Screen {
    let review =
        diarium::ui::review::ReviewSetup { person: "anna".to_owned(), at_start: true, ..Default::default() };
    Screen::reviewing(Setup { review, ..setup() }, fixture("projekt"), (100, 24), store)
}

/// Number of events in the review store.
fn events(screen: &Screen) -> usize {
    screen.session().state().review.opened().map_or(0, |review| review.journal.len() + review.pending.len())
}

#[rstest]
#[case("pressrum")]
#[case("uppdrag")]
#[case("stress")]
#[case("rapport + bilaga")]
#[case("24 kap. § 3 rapport")]
#[case("Projektägare")]
#[case("sparad rapport\npressrum\n")]
#[case("+-+-+-")]
#[case("jjkkr+")]
fn a_text_without_brackets_judges_nothing(#[case] text: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut screen = reviewing(&folder.path().join("r.db"));
    screen.burst(text);
    assert_eq!(events(&screen), 0, "{}", screen.text());
    assert_eq!(screen.session().state().focus, Focus::Prompt, "{}", screen.text());
    let typed: Vec<&str> = text.split_whitespace().collect();
    assert_eq!(screen.session().state().query(), typed.join(" "));
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        assert!(screen.text().contains("inklistrad text? Esc tar bort den"), "{}", screen.text());
    }
    screen.play(&Steps::new().press("esc"));
    assert_eq!(screen.session().state().query(), "", "discarded");
    let mut screen = look_up();
    screen.burst(text);
    assert_eq!(screen.session().state().focus, Focus::Prompt, "in a look-up, too: {}", screen.text());
}

#[test]
fn fast_typing_in_one_piece_stays_keys() {
    let mut screen = look_up();
    screen.burst("/fungerar\r");
    assert_eq!((screen.session().state().query(), screen.session().state().focus), ("fungerar", Focus::List));
    let mut screen = look_up();
    screen.burst("23179s13\r");
    assert!(screen.session().state().detail.wide, "{}", screen.text());
    let mut screen = look_up();
    screen.burst("/norrviken dörrar\r");
    assert_eq!(screen.session().state().selected_id().as_deref(), Some("24-103-S05"));
    let mut screen = look_up();
    screen.burst("jjjjjjkkk");
    assert_eq!((screen.session().state().list.at, screen.session().state().query()), (1, ""));
    let mut screen = look_up();
    screen.burst("jj/fungerar\rq");
    assert_eq!(screen.requests, [Request::Quit(Outcome::Done)]);
    let mut screen = look_up();
    screen.burst("?pressrum");
    assert!(screen.session().state().popup.is_some(), "a box takes text: {}", screen.text());
}

#[test]
fn repeated_review_keys_stay_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = folder.path().join("r.db");
    let mut screen = reviewing(&store);
    screen.play(&Steps::new().next_undecided());
    let before = events(&screen);
    screen.burst(".r.r.r");
    assert!(events(&screen) > before + 1, "{}", screen.text());
    let after = events(&screen);
    screen.burst("cpressrum och uppdrag\r");
    assert_eq!(events(&screen), after + 1, "a note: {}", screen.text());
    screen.burst("r+r+r");
    assert!(events(&screen) > after + 1, "five characters are keys");
}

#[test]
fn a_text_after_a_search_in_the_same_piece_judges_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut screen = reviewing(&folder.path().join("r.db"));
    screen.burst("/trygg\rpressrum");
    assert_eq!(events(&screen), 0);
    assert_eq!(screen.session().state().query(), "pressrum");
}

#[test]
fn thousands_of_pasted_ids_are_found_and_counted() {
    let mut screen = look_up();
    let ids = (0..9_999).map(|at| format!("24-{:03}-S{:02}\n", at % 1_000, at / 1_000));
    screen.event(Event::Paste(ids.chain(["23-179-S13".to_owned()]).collect()));
    let answer = screen.session().state().results.answer.clone().expect("an answer");
    let found = answer.ids.as_ref().expect("ids");
    assert_eq!((found.asked, found.found), (10_000, 3), "{}", screen.text());
    assert!(screen.text().contains("3 av 10000 hittade"), "{}", screen.text());
}
