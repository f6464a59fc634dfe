//! Effects of keys.

use diarium::ui::event::{CopyResult, Event, Outcome, Request};
use diarium::ui::pages::Popup;
use diarium::ui::state::{Focus, Setup};
use rstest::rstest;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

fn start() -> Screen {
    Screen::start(setup(), fixture("projekt"), (80, 24))
}

fn selected(screen: &Screen) -> String {
    screen.session().state().selected_id().unwrap_or_default()
}

/// A first query, and the record that must come first.
#[rstest]
#[case("23-179-S13", "23-179-S13")]
#[case("23179s13", "23-179-S13")]
#[case("23 179 s13", "23-179-S13")]
#[case("179", "23-179-S13")]
#[case("2021SE05SFPR001_23-179-S13", "23-179-S13")]
#[case("24-103 norrviken", "24-103-S05")]
#[case("norrviken dörrar", "24-103-S05")]
#[case("trygghet", "23-179-S13")]
fn typed_into_the_prompt(#[case] query: &str, #[case] id: &str) {
    let mut screen = start();
    screen.keys("/").keys(query);
    assert_eq!(selected(&screen), id);
}

#[test]
fn a_digit_opens_an_empty_prompt_with_it() {
    let mut screen = start();
    screen.keys("/trygg<enter><esc>24-1");
    assert_eq!(screen.session().state().query(), "24-1");
    assert_eq!(screen.session().state().focus, Focus::Prompt);
}

#[test]
fn enter_opens_the_only_hit_and_a_whole_id() {
    let mut screen = start();
    screen.keys("/24103s05<enter>");
    assert!(screen.session().state().detail.wide);
    let mut screen = start();
    screen.keys("/sjöstad<enter>");
    assert!(!screen.session().state().detail.wide, "several hits: to the list");
    assert_eq!(screen.session().state().focus, Focus::List);
}

#[test]
fn esc_brings_back_query_and_place() {
    let mut screen = start();
    screen.keys("jj");
    let before = selected(&screen);
    screen.keys("24-1<esc>");
    assert_eq!(screen.session().state().query(), "");
    assert_eq!(selected(&screen), before);
    assert_eq!(screen.session().state().focus, Focus::List);
}

#[test]
fn esc_brings_back_the_place_where_only_the_selection_moved() {
    let mut screen = start();
    let before = selected(&screen);
    screen.keys("/<down><down>");
    assert_ne!(selected(&screen), before);
    screen.keys("<esc>");
    assert_eq!(selected(&screen), before);
}

#[test]
fn headings_of_the_help_are_passed_over() {
    let mut screen = start();
    screen.keys("?x<backspace><down><enter>");
    assert!(screen.session().state().popup.is_none(), "a key below the heading was done, not the heading");
    screen.keys("?").keys(&"<down>".repeat(80)).keys("<enter>");
    assert!(screen.session().state().popup.is_none(), "the last item is no heading, and was done");
}

#[test]
fn esc_returns_to_the_open_detail_and_b_to_the_last_search() {
    let mut screen = start();
    screen.keys("jj<enter>");
    let open = selected(&screen);
    screen.keys("/sjöstad<esc>");
    assert!(screen.session().state().detail.wide);
    assert_eq!(selected(&screen), open);
    screen.keys("b");
    assert_eq!(screen.session().state().query(), "sjöstad");
}

#[test]
fn esc_returns_to_a_similar_row() {
    let mut screen = start();
    screen.keys("/komptenslyft<enter>");
    let similar = selected(&screen);
    assert_eq!(screen.session().state().results.rows.hits(), 0);
    screen.keys("/x<esc>");
    assert_eq!(selected(&screen), similar);
}

#[test]
fn an_alt_chord_in_a_line_to_type_does_nothing_below() {
    let mut screen = start();
    screen.keys("wab<alt-b><home>c");
    let popup = &screen.session().state().popup;
    assert!(matches!(popup, Some(Popup::Input(input)) if input.line.value() == "cab"), "{popup:?}");
}

#[test]
fn only_marked_ends_with_the_last_mark() {
    let mut screen = start();
    screen.keys(" km ");
    assert_eq!(screen.session().state().results.rows.len(), 5);
    assert!(!screen.session().state().marks.only);
}

#[test]
fn b_goes_back_after_enter() {
    let mut screen = start();
    screen.keys("/sjöstad<enter>j");
    let before = selected(&screen);
    screen.keys("24-103<enter>b");
    assert_eq!(screen.session().state().query(), "sjöstad");
    assert_eq!(selected(&screen), before);
}

#[test]
fn esc_never_quits() {
    let mut screen = start();
    screen.play(&Steps::new().times(3, "esc").query("x").times(2, "esc"));
    screen.play(&Steps::new().press("?").press("esc").press("tab").times(2, "esc"));
    assert_eq!(screen.requests, []);
}

#[test]
fn q_goes_back_and_from_the_list_quits() {
    let mut screen = start();
    screen.keys("<enter>q");
    assert_eq!(screen.requests, []);
    screen.keys("q");
    assert_eq!(screen.requests, [Request::Quit(Outcome::Done)]);
}

#[test]
fn ctrl_c_cancels_and_twice_quits_within_two_seconds() {
    let mut screen = start();
    screen.keys("/abc<ctrl-c>");
    assert_eq!(screen.session().state().query(), "");
    screen.keys("<ctrl-c>");
    screen.wait(2_000);
    screen.keys("<ctrl-c>");
    assert_eq!(screen.requests, []);
    screen.wait(1_000);
    screen.keys("<ctrl-c>");
    assert_eq!(screen.requests, [Request::Quit(Outcome::Interrupted)]);
}

#[test]
fn slash_selects_the_old_text() {
    let mut screen = start();
    screen.keys("/trygg<enter>q/<right>het");
    assert_eq!(screen.session().state().query(), "trygghet");
    screen.keys("<esc>/sjö");
    assert_eq!(screen.session().state().query(), "sjö");
}

#[test]
fn paste_is_never_keys() {
    let mut screen = start();
    screen.event(Event::Paste("q\nj dd\x1b[A".to_owned()));
    assert_eq!(screen.requests, []);
    assert_eq!(screen.session().state().query(), "q j dd [A");
}

#[test]
fn pasted_ids_become_alternatives_and_missing_ones_are_named() {
    let mut screen = start();
    screen.event(Event::Paste("24-103-S05\n23-179-s13\n99-999-S99\n".to_owned()));
    assert_eq!(screen.session().state().query(), "24-103-S05 OR 23-179-S13 OR 99-999-S99");
    assert_eq!(screen.session().state().results.rows.hits(), 2);
    let text = screen.text();
    assert!(text.contains("2 av 3 hittade · saknas: 99-999-S99"), "{text}");
    screen.keys("<enter>");
    assert!(screen.text().contains("─── saknas ───\n   99-999-S99"), "they stay in sight: {}", screen.text());
    screen.keys("Y<enter>");
    assert_eq!(screen.requests, [Request::Copy("99-999-S99".to_owned())]);
}

#[test]
fn marks_belong_to_ids_and_hidden_ones_are_counted() {
    let mut screen = start();
    screen.keys("  /trygg<enter>");
    assert!(screen.session().state().marks.ids.len() == 2);
    assert!(screen.text().contains("2 markerade"), "{}", screen.text());
    screen.keys("<esc>y");
    let copied: Vec<&Request> = screen.requests.iter().collect();
    assert!(matches!(&copied[..], [Request::Copy(ids)] if ids.lines().count() == 2), "{copied:?}");
}

#[test]
fn ranges_all_and_only_marked() {
    let mut screen = start();
    screen.keys(" jV");
    assert_eq!(screen.session().state().marks.ids.len(), 3);
    screen.keys("m");
    assert_eq!(screen.session().state().results.rows.len(), 3);
    screen.keys("mA");
    assert_eq!(screen.session().state().marks.ids.len(), 5);
    screen.keys("A");
    assert_eq!(screen.session().state().marks.ids.len(), 0);
}

#[test]
fn copying_shows_the_text_until_the_next_key() {
    let mut screen = start();
    screen.keys("/24-103<enter>y");
    screen.event(Event::Copied(CopyResult::SentToTerminal));
    assert!(screen.text().starts_with("24-103-S05"), "{}", screen.text());
    assert!(screen.text().contains("skickat till terminalen"));
    screen.keys("<esc>");
    assert!(screen.text().contains("diarium"));
}

#[test]
fn a_field_is_chosen_with_the_arrows_and_copied() {
    let mut screen = start();
    screen.keys("/24-103<enter><down><down><down>y");
    assert_eq!(screen.requests, [Request::Copy("NORRVIKENS KOMMUN".to_owned())]);
}

#[test]
fn hits_in_the_text_are_visited_into_the_next_record() {
    let mut screen = start();
    screen.keys("/fungerar<enter>");
    let first = selected(&screen);
    screen.keys("nn");
    assert_ne!(selected(&screen), first, "the next hit is in another record");
}

#[test]
fn pick_prints_the_marked_or_the_selected() {
    let pick = || Screen::start(Setup { pick: true, ..setup() }, fixture("projekt"), (80, 24));
    let mut screen = pick();
    screen.keys("23179s13<enter>");
    assert_eq!(screen.requests, [Request::Quit(Outcome::Picked(vec!["23-179-S13".to_owned()]))]);
    let mut screen = pick();
    screen.keys("sjöstad<tab><tab><enter>");
    assert!(matches!(&screen.requests[..], [Request::Quit(Outcome::Picked(ids))] if ids.len() == 2));
    let mut screen = pick();
    screen.keys("x<esc><esc>");
    assert_eq!(screen.requests, [Request::Quit(Outcome::Interrupted)]);
    let mut screen = pick();
    screen.keys("zzzzqqqq<enter>");
    assert_eq!(screen.requests, [Request::Quit(Outcome::NothingPicked)]);
}

#[test]
fn an_id_on_the_command_line_is_opened() {
    let setup = Setup { open: Some("24-103-S05".to_owned()), ..setup() };
    let screen = Screen::start(setup, fixture("projekt"), (80, 24));
    assert!(screen.session().state().detail.wide);
    assert_eq!(selected(&screen), "24-103-S05");
}

#[test]
fn the_language_can_be_changed_by_name() {
    let mut screen = start();
    screen.keys(":engelska<enter>");
    assert!(screen.text().contains("search:"), "{}", screen.text());
}

#[test]
fn hidden_contact_fields_are_neither_shown_nor_found() {
    let mut screen = start();
    screen.keys("/anna<enter>");
    assert_eq!(screen.session().state().results.rows.hits(), 0);
    let mut screen = start();
    screen.play(&Steps::new().text("2018/10076").press("enter").press("v").press("G"));
    assert!(!screen.text().contains("Anna"), "{}", screen.text());
}

#[test]
fn a_held_key_moves_the_list_and_the_detail_follows_when_it_rests() {
    let mut screen = Screen::start(setup(), fixture("projekt"), (120, 40));
    let first = selected(&screen);
    let detailed = |screen: &Screen| screen.session().state().detailed().map(|record| record.id().to_owned());
    screen.keys("j");
    let second = selected(&screen);
    assert_eq!(detailed(&screen), Some(second.clone()), "a single key shows its record at once");
    for _ in 0..2 {
        screen.event(Event::Key("j".parse().expect("a key")));
    }
    assert_ne!(selected(&screen), second);
    assert_eq!(detailed(&screen), Some(second), "the detail waits");
    let at = screen.session().wake_at().expect("the screen wants to know when the key rests");
    screen.event(Event::Now(at));
    assert_eq!(detailed(&screen), Some(selected(&screen)));
    assert_eq!(screen.session().wake_at(), None, "nothing more to wait for");
    assert_ne!(first, selected(&screen));
}

#[test]
fn an_unbound_alt_chord_only_shows_a_message() {
    let mut screen = start();
    screen.play(&Steps::new().query("trygg").press("alt-j"));
    assert!(!screen.text().contains("var för sig"), "Alt-J scrolls the detail: {}", screen.text());
    for chord in ["alt-q", "alt-r", "alt-x", "alt-J", "alt-å", "alt-enter", "ctrl-alt-c"] {
        screen.play(&Steps::new().press(chord));
        let state = screen.session().state();
        assert_eq!((state.focus, state.query()), (Focus::Prompt, "trygg"), "{chord}");
        assert_eq!(screen.requests, [], "{chord}");
        assert!(screen.text().contains("var för sig"), "{chord}: {}", screen.text());
    }
    screen.play(&Steps::new().press("esc").press("alt-j"));
    assert!(screen.text().contains("Alt-j: tryck Esc och j var för sig"), "{}", screen.text());
    for opens in ["?", "f", "w", "W", "v", ":"] {
        screen.play(&Steps::new().press(opens).press("alt-q"));
        assert!(screen.session().state().popup.is_some(), "{opens}");
        assert_eq!(screen.requests, [], "{opens}");
        screen.play(&Steps::new().press("esc"));
    }
}
