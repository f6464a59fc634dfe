//! Filters on the screen: the panel beside the list, chips, problems below the prompt, records that the filters
//! exclude.

use diarium::i18n::Lang;
use diarium::ui::state::{Focus, Setup};

use super::harness::{Screen, fixture, setup};

fn start(size: (u16, u16)) -> Screen {
    Screen::start(setup(), fixture("query"), size)
}

#[test]
fn the_facet_panel_leaves_the_list_in_sight() {
    let mut screen = start((120, 40));
    screen.keys("f <down> <down>x");
    insta::assert_snapshot!("facets_wide", screen.text());
    let setup = Setup { lang: Lang::English, ..setup() };
    let mut screen = Screen::start(setup, fixture("query"), (80, 24));
    screen.keys("fregion<down> ");
    insta::assert_snapshot!("facets_narrow", screen.text());
}

#[test]
fn a_problem_is_shown_below_its_part_of_the_prompt() {
    let mut screen = start((80, 24));
    screen.keys("/trygg regoin:norr");
    let text = screen.text();
    let lines: Vec<&str> = text.lines().collect();
    let before = |line: &str, text: &str| line.split_once(text).map(|(before, _)| before.chars().count());
    let (part, caret) = (before(lines[0], "regoin"), before(lines[1], "^"));
    assert!(part.is_some());
    assert_eq!(part, caret, "{text}");
    assert!(lines[1].contains("menade du region?"), "{text}");
    screen.keys("<enter>");
    assert!(!screen.text().contains('^'), "nobody is typing any more");
}

#[test]
fn hidden_matches_are_counted_and_a_whole_id_is_listed_anyway() {
    let mut screen = start((80, 24));
    screen.keys("/trygg region:stockholm");
    assert!(screen.text().contains("inga träffar · 0 av 8 · 1 utan avgränsningar"), "{}", screen.text());
    screen.keys("<ctrl-u>23201s01 region:stockholm");
    assert_eq!(screen.session().state().selected_id().as_deref(), Some("23-201-S01"));
    assert!(screen.text().lines().nth(2).is_some_and(|row| row.contains("utanför avgränsningen")));
}

#[test]
fn an_example_of_the_help_is_tried_out() {
    let mut screen = start((80, 24));
    screen.keys("?pågående<enter>");
    assert_eq!(screen.session().state().query(), "är:pågående");
    assert_eq!(screen.session().state().focus, Focus::Prompt);
    screen.keys("<esc>");
    assert_eq!(screen.session().state().query(), "");
}

/// The query after one key on each field of the first block, in reading order; a record whose town and region are both
/// called Stockholm.
fn queries_of_each_field(key: &str) -> Vec<String> {
    let query_of = |downs: usize| {
        let setup = Setup { open: Some("24-203-S01".into()), ..setup() };
        let mut screen = Screen::start(setup, fixture("query"), (120, 40));
        screen.keys(&"<down>".repeat(downs)).keys(key);
        screen.session().state().query().to_owned()
    };
    (1..=8).map(query_of).collect()
}

#[test]
fn each_of_two_fields_with_equal_values_filters_by_itself() {
    insta::assert_snapshot!(queries_of_each_field("*").join("\n"));
    insta::assert_snapshot!(queries_of_each_field("x").join("\n"));
}
