//! The order of the list: chosen in a menu, seen in the first line and in the rows, and copied as a command line.

use std::fs;

use diarium::i18n::Lang;
use diarium::loading::Input;
use diarium::ui::event::Request;
use diarium::ui::state::Setup;
use diarium::ui::theme::Theme;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

fn start() -> Screen {
    Screen::start(setup(), fixture("query"), (80, 24))
}

fn ids(screen: &Screen) -> Vec<String> {
    let state = screen.session().state();
    let records = state.results.rows.iter().filter_map(|row| state.catalogue().record(row));
    records.map(|record| record.id().to_owned()).collect()
}

fn first_line(screen: &Screen) -> String {
    screen.text().lines().next().unwrap_or_default().trim_end().to_owned()
}

#[test]
fn the_menu_sorts_and_choosing_again_turns() {
    let mut screen = start();
    screen.keys("Sslut<enter>");
    assert!(first_line(&screen).ends_with("slut ↑"), "{}", first_line(&screen));
    let up = ids(&screen);
    screen.keys("S<enter>");
    assert!(first_line(&screen).ends_with("slut ↓"), "{}", first_line(&screen));
    let down = ids(&screen);
    assert_ne!(up, down);
    screen.keys("S<home>relevans<enter>");
    assert!(screen.session().state().order.is_relevance());
}

#[test]
fn a_space_adds_a_key_turns_it_and_takes_it_away() {
    let mut screen = start();
    let text = |screen: &Screen| screen.session().state().order.text(Lang::Swedish);
    screen.keys("Sregion<enter>");
    assert_eq!(text(&screen), "", "nothing is called so");
    screen.keys("<esc>Sägare ");
    assert_eq!(text(&screen), "ägare");
    screen.keys("<ctrl-u>namn ");
    assert_eq!(text(&screen), "ägare,namn");
    screen.keys(" ");
    assert_eq!(text(&screen), "ägare,namn:desc");
    screen.keys("<esc>");
    assert!(first_line(&screen).ends_with("ägare ↑ +1"), "{}", first_line(&screen));
    screen.keys("Snamn ");
    assert_eq!(text(&screen), "ägare");
}

#[test]
fn the_cursor_stays_on_a_record_that_was_chosen() {
    let mut screen = start();
    screen.keys("jj");
    let chosen = screen.session().state().selected_id();
    screen.keys("Snamn<enter>");
    assert_eq!(screen.session().state().selected_id(), chosen);
    let mut screen = start();
    screen.keys("Snamn<enter>");
    assert_eq!(screen.session().state().list.at, 0, "nobody had chosen the first one");
}

#[test]
fn a_typed_id_comes_first_in_any_order() {
    let mut screen = start();
    let last = {
        screen.keys("Snamn<enter>");
        ids(&screen).pop().expect("a record")
    };
    screen.keys(&format!("/{last}"));
    assert_eq!(screen.session().state().selected_id(), Some(last));
}

#[test]
fn the_order_survives_a_reload_and_another_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.txt");
    let record =
        |id: &str, name: &str| format!("{id} - {name}\n\nDiarienummer:\n{id}\nNamn:\n{name}\n\nText.\n");
    fs::write(&file, [record("24-001-S01", "Östra"), record("24-002-S01", "Alfa")].concat())
        .expect("written");
    let mut screen = Screen::start(setup(), Input::Path(file.clone()), (80, 24));
    screen.keys("Snamn<enter>");
    assert_eq!(ids(&screen), ["24-002-S01", "24-001-S01"]);
    let more = [record("24-001-S01", "Östra"), record("24-002-S01", "Alfa"), record("24-003-S01", "Ålder")];
    fs::write(&file, more.concat()).expect("written");
    screen.keys("R:engelska<enter>");
    assert_eq!(ids(&screen), ["24-002-S01", "24-003-S01", "24-001-S01"]);
    assert!(first_line(&screen).ends_with("name ↑"), "{}", first_line(&screen));
}

#[test]
fn the_copied_command_line_yields_the_shown_rows() {
    let setup =
        Setup { options: ["-d", "min mapp", "--rate", "EUR=11.2"].map(str::to_owned).to_vec(), ..setup() };
    let mut screen = Screen::start(setup, fixture("query"), (80, 24));
    let sorted = Steps::new().search("ägare:\"stad's\" !po:c").order_by("slut").press("S").press("enter");
    screen.play(&sorted.copy_as("kommando"));
    let wanted = r#"diarium find 'ägare:"stad'\''s" !po:c' --sort slut:desc -d 'min mapp' --rate EUR=11.2"#;
    assert_eq!(screen.requests, [Request::Copy(wanted.to_owned())], "also where nothing is found");
    screen.keys("<esc>");
    screen.requests.clear();
    screen.play(&Steps::new().search("-d").order_by("relevans").copy_as("kommando"));
    let wanted = "diarium find -d 'min mapp' --rate EUR=11.2 -- -d";
    assert_eq!(screen.requests, [Request::Copy(wanted.to_owned())]);
    screen.play(&Steps::new().press("esc").search(""));
    screen.requests.clear();
    screen.play(&Steps::new().first().press("space").press("m").copy_as("kommando"));
    let Some(Request::Copy(line)) = screen.requests.first() else { panic!("nothing is copied") };
    assert_eq!(line, "diarium find 23-201-S01 -d 'min mapp' --rate EUR=11.2");
}

#[test]
fn a_row_shows_its_sort_key() {
    let mut screen = start();
    screen.play(&Steps::new().order_by("budget").press("S").press("enter"));
    insta::assert_snapshot!(screen.text());
}

#[test]
fn the_menu_of_keys() {
    let mut screen = start();
    screen.play(&Steps::new().press("S").text("slut S").press("esc"));
    screen.play(&Steps::new().press("S").text("namn ").press("ctrl-u"));
    insta::assert_snapshot!("the_menu_of_keys", screen.text());
    let setup = Setup { lang: Lang::English, ..setup() };
    let mut screen = Screen::start_as(setup, fixture("query"), (120, 40), Theme::new(false, true));
    screen.play(&Steps::new().order_by("owner").press("S").text("town "));
    insta::assert_snapshot!("the_menu_of_keys_in_ascii", screen.text());
}
