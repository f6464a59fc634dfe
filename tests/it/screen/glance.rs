//! The first block, the offered keys, and the confirmation of a key are visible without scrolling.

use diarium::loading::Input;
use diarium::ui::review::ReviewSetup;
use diarium::ui::state::Setup;
use rstest::rstest;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

fn reviewing(name: &str, size: (u16, u16), store: &std::path::Path) -> Screen {
    let review = ReviewSetup { person: name.to_owned(), at_start: true, ..ReviewSetup::default() };
    Screen::reviewing(Setup { review, ..setup() }, fixture("projekt"), size, store)
}

fn bottom(screen: &Screen) -> String {
    screen.text().lines().last().unwrap_or_default().to_owned()
}

/// A record with a match at the end of a long text.
fn long(size: (u16, u16)) -> (tempfile::TempDir, Screen) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Projektet stärker samverkan i regionen. ".repeat(60);
    let record = format!(
        "24-003-S05 - Nycklar\n\nDiarienummer:\n24-003-S05\nNamn:\nNycklar\nStödmottagare:\nPiteå kommun\n\
         Startdatum:\n2024-08-19\nSlutdatum:\n2027-08-18\nAntal deltagare:\n120\n\n{text}Sist nämns ungdomar.\n"
    );
    let file = folder.path().join("a.txt");
    std::fs::write(&file, record).expect("written");
    let screen = Screen::start(setup(), Input::Path(file), size);
    (folder, screen)
}

#[rstest]
#[case((80, 24), "")]
#[case((80, 24), "enter")]
#[case((120, 40), "enter")]
#[case((200, 50), "enter")]
#[case((40, 10), "enter")]
fn the_first_block_stays_while_the_text_is_scrolled(#[case] size: (u16, u16), #[case] key: &str) {
    let (_folder, mut screen) = long(size);
    screen.play(&Steps::new().search("ungdomar"));
    if !key.is_empty() && !screen.session().state().detail.wide {
        screen.play(&Steps::new().press(key));
    }
    let text = screen.text();
    for said in ["24-003-S05", "Nycklar", "2027-08-18", "120", "ungdomar"] {
        assert!(text.contains(said), "{said} is not shown at {size:?}:\n{text}");
    }
    screen.play(&Steps::new().press("G"));
    assert!(screen.text().contains("2027-08-18"), "{}", screen.text());
}

#[test]
fn the_keys_of_a_review_are_shown_before_anything_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let screen = reviewing("anna", (80, 24), &folder.path().join("r.db"));
    for key in ["+ godkänt", "- underkänt", ". nästa", "c anteckna", "? hjälp"] {
        assert!(bottom(&screen).contains(key), "{key}: {}", bottom(&screen));
    }
}

#[test]
fn every_popup_shows_how_to_leave_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for key in ["?", ":", "Y", "S", "f", "W", "v", "O", "-", "t", "c", "L"] {
        let mut screen = reviewing("anna", (80, 24), &folder.path().join(format!("{}.db", key.len())));
        screen.play(&Steps::new().press("r").press(key));
        assert!(screen.text().contains("esc"), "{key}: {}", screen.text());
    }
}

#[test]
fn a_key_is_confirmed_with_the_key_that_undoes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut screen = reviewing("anna", (100, 24), &folder.path().join("r.db"));
    let id = screen.session().state().selected_id().expect("a record");
    screen.play(&Steps::new().put_off());
    assert!(bottom(&screen).contains(&format!("{id}: utreds · u ångrar")), "{}", bottom(&screen));
    screen.play(&Steps::new().note(&["se bilaga 3"]));
    assert!(bottom(&screen).contains("anteckningen är sparad · u ångrar"), "{}", bottom(&screen));
    screen.play(&Steps::new().star());
    assert!(bottom(&screen).contains("bevakas · u ångrar"), "{}", bottom(&screen));
}

#[test]
fn a_session_without_a_round_joins_one_that_begins_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = folder.path().join("r.db");
    let mut anna = reviewing("anna", (100, 24), &store);
    let mut bo = reviewing("bo", (100, 24), &store);
    bo.play(&Steps::new().approve());
    anna.look();
    assert!(bottom(&anna).contains("påbörjad av bo"), "{}", bottom(&anna));
    anna.play(&Steps::new().press("j").press("j").approve());
    let review = anna.session().state().review.opened().expect("a review is open");
    assert_eq!((review.journal.rounds().count(), review.tally.done), (1, 2), "{}", anna.text());
}

#[test]
fn the_list_stays_next_to_an_opened_record_on_a_wide_screen() {
    let shows_both = |size| {
        let mut screen = Screen::start(setup(), fixture("projekt"), size);
        screen.play(&Steps::new().press("enter"));
        let layout = screen.session().state().layout().expect("a screen");
        layout.list.is_some() && layout.detail.is_some()
    };
    assert!(shows_both((160, 40)));
    assert!(!shows_both((159, 40)));
}

#[test]
fn a_selected_row_has_one_style() {
    let mut screen = Screen::start(setup(), fixture("projekt"), (120, 40));
    screen.play(&Steps::new().search("trygg").press("esc").press("space").press("k"));
    let layout = screen.session().state().layout().expect("a screen");
    let list = layout.list.expect("a list").inner;
    let (buffer, _) = screen.buffer();
    let row = list.y + u16::try_from(screen.session().state().list.at).expect("small");
    for x in list.x..list.right() {
        let cell = &buffer[(x, row)];
        let rest = cell.modifier - ratatui::style::Modifier::UNDERLINED;
        assert_eq!(rest, ratatui::style::Modifier::REVERSED, "column {x}: {cell:?}");
        assert_eq!((cell.fg, cell.bg), (ratatui::style::Color::Reset, ratatui::style::Color::Reset));
    }
}

#[test]
fn the_palette_goes_to_rows_and_takes_arguments() {
    let mut screen = Screen::start(setup(), fixture("projekt"), (80, 24));
    screen.play(&Steps::new().press(":").text("3").press("enter"));
    assert_eq!(screen.session().state().list.at, 2);
    screen.play(&Steps::new().press(":").text("20200940").press("enter"));
    assert!(bottom(&screen).contains("ingen rad 20200940 · / söker"), "{}", bottom(&screen));
    screen.play(&Steps::new().press(":").text("10").press("enter"));
    assert_eq!(screen.requests, [], "digits never quit");
    screen.play(&Steps::new().press(":").text("sort namn:desc").press("enter"));
    assert_eq!(screen.session().state().order.text(diarium::i18n::Lang::Swedish), "namn:desc");
    screen.play(&Steps::new().press(":").text("lang e").press("tab").press("enter"));
    assert!(screen.text().contains("search:"), "{}", screen.text());
    screen.play(&Steps::new().press(":").text("theme dark").press("enter"));
    assert_eq!(screen.session().state().theme, diarium::ui::theme::ThemeName::Dark);
    screen.play(&Steps::new().press(":").text("xyzzy").press("enter"));
    assert!(screen.text().contains("no command is called xyzzy"), "{}", screen.text());
}
