//! Records that come in while people look: the rest of a load, and files that have changed.

use std::path::Path;
use std::sync::Arc;

use diarium::domain::catalogue::{Catalogue, Privacy};
use diarium::domain::codes::Codes;
use diarium::loading::difference::Difference;
use diarium::loading::{Input, LoadPlan, Loaded, load};
use diarium::review::comparison::VersionComparison;
use diarium::review::facts::facts;
use diarium::search::index::Index;
use diarium::ui::event::{Effect, Event, LoadProgress, ReviewEvent};
use diarium::ui::keys::keymap::Keymap;
use diarium::ui::review::ReviewSetup;
use diarium::ui::state::{Setup, State};
use diarium::ui::update::update;

use super::harness::{Screen, setup};

fn list(rows: &[(&str, &str)]) -> String {
    let row = |(id, name): &(&str, &str)| format!("{id};{name};Ort\n");
    ["Diarienummer;Namn;Stödmottagare ort\n".to_owned()].into_iter().chain(rows.iter().map(row)).collect()
}

const BEFORE: &[(&str, &str)] =
    &[("23-001-S01", "Ett"), ("23-002-S01", "Två"), ("23-003-S01", "Tre"), ("23-004-S01", "Fyra")];

fn start(file: &Path) -> Screen {
    std::fs::write(file, list(BEFORE)).expect("written");
    Screen::start(setup(), Input::Path(file.to_owned()), (80, 24))
}

fn selected(screen: &Screen) -> String {
    screen.session().state().selected_id().unwrap_or_default()
}

fn last_line(screen: &Screen) -> String {
    screen.text().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn changes_are_reported_and_the_cursor_stays_on_its_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lista.csv");
    let mut screen = start(&file);
    screen.keys("jj j<space>k");
    screen.keys("kj");
    let before = selected(&screen);
    let after = [
        ("22-009-S01", "Först"),
        ("23-002-S01", "Två, ändrad"),
        ("23-003-S01", "Tre"),
        ("23-004-S01", "Fyra"),
    ];
    std::fs::write(&file, list(&after)).expect("written");
    screen.keys("R");
    assert!(last_line(&screen).contains("1 ny, 1 ändrad, 1 borta"), "{}", screen.text());
    assert_eq!(selected(&screen), before);
    assert_eq!(screen.session().state().marks.ids.len(), 2);
    screen.keys("R");
    assert!(last_line(&screen).contains("inget har ändrats"), "{}", screen.text());
}

#[test]
fn changes_of_files_are_loaded_automatically() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lista.csv");
    let mut screen = start(&file);
    screen.keys("/tre<enter>");
    std::fs::write(&file, list(&BEFORE[2..])).expect("written");
    screen.event(Event::FilesChanged);
    assert_eq!((selected(&screen).as_str(), screen.session().state().query()), ("23-003-S01", "tre"));
    assert!(last_line(&screen).contains("2 borta"), "{}", screen.text());
    // A reload without effect shows no message.
    screen.keys("<esc>");
    screen.event(Event::FilesChanged);
    assert!(!last_line(&screen).contains("ändrats"), "{}", screen.text());
}

#[test]
fn a_record_that_is_gone_leaves_the_cursor_in_its_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lista.csv");
    let mut screen = start(&file);
    screen.keys("j");
    assert_eq!(selected(&screen), "23-002-S01");
    std::fs::write(&file, list(&[BEFORE[0], BEFORE[2], BEFORE[3]])).expect("written");
    screen.keys("R");
    assert_eq!(selected(&screen), "23-003-S01");
}

#[test]
fn a_file_that_is_half_written_keeps_the_old_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lista.csv");
    let mut screen = start(&file);
    std::fs::write(&file, "").expect("written");
    screen.event(Event::FilesChanged);
    assert!(screen.text().contains("23-004-S01"), "{}", screen.text());
    assert!(last_line(&screen).contains("skrivs just nu"), "{}", screen.text());
    std::fs::write(&file, list(BEFORE)).expect("written");
    screen.keys("R");
    assert!(last_line(&screen).contains("inget har ändrats"), "{}", screen.text());
    // A file that is unchanged at the second request is accepted.
    std::fs::write(&file, "").expect("written");
    screen.keys("R");
    assert!(last_line(&screen).contains("skrivs just nu"), "{}", screen.text());
    screen.keys("R");
    assert!(last_line(&screen).contains("4 borta"), "{}", screen.text());
}

/// A load of some rows, as a part of a longer one or as the whole.
fn part(rows: &[(&str, &str)], is_whole: bool) -> Event {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lista.csv");
    std::fs::write(&file, list(rows)).expect("written");
    let plan = LoadPlan {
        inputs: vec![Input::Path(file)],
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    let loaded: Loaded = load(&plan, Arc::new(Codes::built_in()));
    let index = Arc::new(Index::build(loaded.catalogue.clone()));
    Event::Loaded { loaded, index, is_whole }
}

/// A session whose load goes on.
fn reading(setup: Setup) -> Screen {
    Screen::reading(setup, (80, 24))
}

#[test]
fn records_are_shown_and_found_while_the_rest_comes_in() {
    let mut screen = reading(setup());
    let told = LoadProgress { records: 2, percent: Some(34), per_second: 150_000, seconds_left: Some(6) };
    screen.event(Event::Reading(told));
    screen.event(part(&BEFORE[..2], false));
    assert!(
        last_line(&screen).contains("läser · 2 projekt · 34 % · 150000/s · 6 s kvar"),
        "{}",
        screen.text()
    );
    screen.keys("/tre");
    assert!(screen.text().contains("inget hittat än · 34 % läst"), "{}", screen.text());
    screen.event(part(BEFORE, true));
    assert_eq!(selected(&screen), "23-003-S01");
    assert!(!screen.text().contains("läser"), "{}", screen.text());
}

#[test]
fn the_cursor_stays_on_its_record_while_rows_come_in() {
    let mut screen = reading(setup());
    screen.event(part(&BEFORE[2..], false));
    screen.keys("j");
    assert_eq!(selected(&screen), "23-004-S01");
    screen.event(part(&[BEFORE[2], BEFORE[3], BEFORE[0]], false));
    assert_eq!(selected(&screen), "23-004-S01");
    // Without a selection by the user, the first row stays selected.
    let mut screen = reading(setup());
    screen.event(part(&BEFORE[2..], false));
    screen.event(part(&[BEFORE[2], BEFORE[3], BEFORE[0]], true));
    assert_eq!(selected(&screen), "23-001-S01");
}

#[test]
fn a_record_to_open_is_waited_for() {
    let asked = |id: &str| Setup { open: Some(id.to_owned()), ..setup() };
    let mut screen = reading(asked("23-004-S01"));
    screen.event(part(&BEFORE[..2], false));
    assert!(!screen.session().state().detail.wide);
    screen.event(part(BEFORE, true));
    assert!(screen.session().state().detail.wide);
    let mut screen = reading(asked("23-999-S01"));
    screen.event(part(&BEFORE[..2], false));
    screen.event(part(BEFORE, true));
    assert!(last_line(&screen).contains("inget projekt har diarienummer: 23-999-S01"), "{}", screen.text());
}

#[test]
fn a_query_about_the_review_waits_until_the_review_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, store) = (folder.path().join("lista.csv"), folder.path().join("r.db"));
    std::fs::write(&file, list(BEFORE)).expect("written");
    let review = ReviewSetup { person: "anna".to_owned(), at_start: true, ..ReviewSetup::default() };
    let mut screen = Screen::reviewing(Setup { review, ..setup() }, Input::Path(file), (80, 24), &store);
    screen.keys("r");
    let journal = &screen.session().state().review.opened().expect("a review is open").journal;
    let known = journal.rounds().next().expect("the first key begins a round");
    let setup = Setup { query: "är:ogranskad".to_owned(), ..setup() };
    let mut state = State::new(setup, Loaded::empty(Arc::new(Codes::built_in())));
    let mut tell = |event: Event| {
        let effects = update(&mut state, event, &Keymap::default());
        let searches = effects.iter().any(|effect| matches!(effect, Effect::Search { .. }));
        (searches, state.loaded.catalogue.clone())
    };
    let compared = |catalogue: &Arc<Catalogue>, number: u64| {
        let (round, comparison) = (known.id, Arc::new(VersionComparison::default()));
        let reviewed = Arc::new(facts(catalogue, journal, known, &comparison, number));
        Event::Review(ReviewEvent::Compared { round, catalogue: catalogue.clone(), comparison, reviewed })
    };
    let (_, catalogue) = tell(part(BEFORE, true));
    tell(Event::Review(ReviewEvent::Opened {
        journal: Box::new(journal.clone()),
        condition: diarium::ui::event::StoreCondition::Sound,
    }));
    tell(compared(&catalogue, 1));
    let Event::Loaded { loaded, index, .. } = part(&BEFORE[1..], true) else { return };
    let (searches, now) = tell(Event::Reloaded { loaded, index, difference: Difference::default() });
    assert!(!searches, "nothing would be found");
    assert!(!tell(compared(&catalogue, 2)).0, "of the records from before");
    assert!(tell(compared(&now, 3)).0, "now it is known");
}
