//! Reviewing on the screen: one key each, saved, undone, counted, seen by others.

use std::path::{Path, PathBuf};
use std::time::Duration;

use diarium::i18n::Lang;
use diarium::ui::event::{EditOutcome, Event, Outcome, Request};
use diarium::ui::review::{Review, ReviewSetup};
use diarium::ui::state::Setup;
use rstest::rstest;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

/// A person who reviews the records of the fixtures.
fn person(name: &str) -> Setup {
    let review = ReviewSetup { person: name.to_owned(), at_start: true, ..ReviewSetup::default() };
    Setup { review, ..setup() }
}

fn reviewing(setup: Setup, store: &Path) -> Screen {
    Screen::reviewing(setup, fixture("projekt"), (100, 24), store)
}

fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.db");
    (folder, path)
}

/// A record as text, to precede others.
fn record(id: &str, name: &str) -> String {
    format!("{id} - {name}\n\nDiarienummer:\n{id}\nNamn:\n{name}\n\n\n")
}

fn bottom(screen: &Screen) -> String {
    screen.text().lines().last().unwrap_or_default().to_owned()
}

/// The notes on the selected record.
fn notes(screen: &Screen) -> Vec<String> {
    let state = screen.session().state();
    let review = state.review.opened().expect("a review is open");
    let (said, _) = review.state(&state.selected_id().expect("a record"), "anna");
    said.notes.into_iter().map(|note| note.text.to_string()).collect()
}

#[test]
fn a_look_up_leaves_no_verdict() {
    let mut screen = Screen::start(setup(), fixture("projekt"), (100, 24));
    for key in ["r", "+", "-", "p", "s", "t", "c", "u", "U", ".", ",", "i"] {
        screen.keys(key);
        assert!(
            bottom(&screen).contains("ingen granskning är öppen · O öppnar · / söker"),
            "{key}: {}",
            bottom(&screen)
        );
    }
}

#[test]
fn one_key_each() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().press("r").approve().reject(3).put_off());
    insta::assert_snapshot!(screen.text());
    let mut again = reviewing(person("anna"), &store);
    assert!(bottom(&again).contains("bedömda 3 av 5 · anna · Granskning"), "{}", bottom(&again));
    again.keys("u");
    assert!(bottom(&again).contains("ångrat: utreds"), "{}", bottom(&again));
    again.keys("u");
    assert!(bottom(&again).contains("ångrat: underkänt"), "undo works across restarts: {}", bottom(&again));
    again.keys("U");
    assert!(bottom(&again).contains("gjort om: underkänt"), "{}", bottom(&again));
}

#[test]
fn keys_wait_for_the_round_that_the_first_one_begins() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    // As from a keyboard that is faster than the store: all keys before any answer.
    for key in "r+p".chars() {
        screen.unanswered(diarium::ui::keys::key::Key::char(key));
    }
    screen.wait(500);
    let Review::Open(review) = &screen.session().state().review else { panic!("no review is open") };
    assert_eq!(review.journal.rounds().count(), 1);
    assert_eq!((review.tally.done, review.tally.pending), (2, 1), "{}", screen.text());
}

#[test]
fn letters_typed_before_the_note_box_opens_are_its_text() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    let selected = screen.session().state().selected_id();
    // The round begins first; `j`, `+`, `/` and `q` would move, judge, search and leave.
    for key in "cjag +/? ö q".chars() {
        screen.unanswered(diarium::ui::keys::key::Key::char(key));
    }
    screen.wait(500);
    screen.play(&Steps::new().press("enter"));
    assert_eq!(screen.session().state().selected_id(), selected);
    assert_eq!(notes(&screen), ["jag +/? ö q"], "{}", screen.text());
    let Review::Open(review) = &screen.session().state().review else { panic!("no review is open") };
    assert_eq!(review.tally.done, 0);
}

#[test]
fn the_same_key_takes_a_verdict_back() {
    let (_folder, store) = store();
    let mut setup = person("anna");
    setup.review.advance = false;
    let mut screen = reviewing(setup, &store);
    screen.keys("+");
    assert!(bottom(&screen).contains("bedömda 1 av"));
    screen.keys("+");
    assert!(bottom(&screen).contains("bedömda 0 av"), "{}", bottom(&screen));
}

#[test]
fn the_detail_shows_verdicts_and_notes() {
    let (_folder, store) = store();
    let mut setup = person("anna");
    setup.lang = Lang::English;
    let mut screen = reviewing(setup, &store);
    screen.play(
        &Steps::new()
            .reject_for("not here")
            .first()
            .star()
            .tag("eu")
            .finding(&["the end is missing", "see the file"])
            .press("enter"),
    );
    insta::assert_snapshot!(screen.text());
}

#[test]
fn marked_records_are_asked_about_first() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().next_undecided().times(2, "space").search("aldre").approve());
    assert!(screen.text().contains("godkänt: 2 markerade (2 visas inte)?"), "{}", screen.text());
    screen.keys("2");
    assert!(!bottom(&screen).contains("bedömda 2 av"), "no is no");
    screen.keys("+1");
    screen.keys("<esc>");
    assert!(bottom(&screen).contains("bedömda 2 av"), "{}", bottom(&screen));
    screen.keys("u");
    assert!(bottom(&screen).contains("(+1)"), "a bulk action is undone as one: {}", bottom(&screen));
}

#[test]
fn reviewed_records_can_be_hidden_and_searched() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    let all = screen.session().state().results.rows.len();
    screen.keys("++i");
    assert_eq!(screen.session().state().results.rows.len(), all - 2, "{}", screen.text());
    screen.play(&Steps::new().press("i").search("är:godkänd"));
    assert_eq!(screen.session().state().results.rows.len(), 2, "{}", screen.text());
}

#[test]
fn two_people_see_each_other_and_differ() {
    let (_folder, store) = store();
    let mut anna = reviewing(person("anna"), &store);
    anna.keys("+g");
    let mut bo = reviewing(person("bo"), &store);
    assert!(bottom(&bo).contains("bedömda 1 av 5 · bo"), "{}", bottom(&bo));
    bo.keys("g-0");
    anna.look();
    anna.keys("g");
    assert!(anna.text().contains("olika bedömning"), "{}", anna.text());
    anna.look();
    bo.look();
    assert!(bo.session().state().selected_id() != anna.session().state().selected_id());
    bo.keys("g");
    assert!(bottom(&bo).contains("anna är här"), "{}", bottom(&bo));
}

#[test]
fn failed_saves_are_reported_and_retried() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.keys(".s");
    let mut other = rusqlite::Connection::open(&store).expect("a store");
    let held = other.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).expect("held");
    screen.keys("+");
    let said = bottom(&screen);
    assert!(said.contains("kunde inte sparas, försöker igen: används av ett annat program"), "{said}");
    screen.look();
    screen.keys("j");
    assert!(
        bottom(&screen).contains("1 kunde inte sparas") && bottom(&screen).contains("bedömda 0 av 5"),
        "stays said: {}",
        bottom(&screen)
    );
    drop(held);
    screen.look();
    assert!(bottom(&screen).contains("bedömda 1 av"), "{}", bottom(&screen));
}

#[test]
fn quitting_asks_about_unsaved_actions() {
    let (folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.keys(".s");
    let mut other = rusqlite::Connection::open(&store).expect("a store");
    let held = other.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive).expect("held");
    screen.keys("+q");
    assert!(screen.requests.is_empty(), "not left yet");
    assert!(screen.text().contains("1  stanna, försök vidare"), "{}", screen.text());
    screen.play(&Steps::new().press("1").review_menu("lämna"));
    assert!(screen.text().contains("3  gå utan att spara"), "leaving the review asks too: {}", screen.text());
    let file = folder.path().join("kvar.jsonl");
    screen.keys("2").keys(&file.to_string_lossy()).keys("<enter>");
    assert!(screen.text().contains("diarium review import"), "{}", screen.text());
    screen.keys("q");
    assert_eq!(screen.requests, [Request::Quit(Outcome::Done)], "what is in a file holds nobody");
    drop(screen);
    drop(held);
    let text = std::fs::read(&file).expect("the file");
    let author =
        diarium::review::event::Author { person: "bo".into(), account: "b".into(), host: "d".into() };
    let mut desk =
        diarium::review::session::ReviewSession::open(&store, author, Duration::ZERO).expect("a store");
    let before = desk.journal().len();
    for _ in 0..2 {
        diarium::review::import::import_lines(&mut desk, &*text).expect("imported");
    }
    assert_eq!(desk.journal().len(), before + 1, "and once, however often");
    let round = desk.journal().rounds().next().expect("a round");
    assert_eq!(desk.journal().tally(round).done, 1);
}

#[test]
fn a_note_that_was_begun_is_shown_before_anybody_goes() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.keys(".chalv<esc>q");
    assert!(screen.requests.is_empty() && screen.text().contains("halv"), "{}", screen.text());
    screen.keys("<esc>q");
    assert_eq!(screen.requests, [Request::Quit(Outcome::Done)]);
}

#[test]
fn a_record_that_has_changed_is_shown_until_it_is_judged_again() {
    let (folder, store) = store();
    let file = folder.path().join("a.txt");
    let record = |end: &str| {
        format!("23-902-S01 - Prov\n\nDiarienummer:\n23-902-S01\nNamn:\nProv\nSlutdatum:\n{end}\n\nText.\n")
    };
    std::fs::write(&file, record("2026-12-31")).expect("written");
    let input = || diarium::loading::Input::Path(file.clone());
    let mut screen = Screen::reviewing(person("anna"), input(), (100, 24), &store);
    screen.keys("+");
    std::fs::write(&file, record("2027-06-30")).expect("written");
    screen.play(&Steps::new().press("R").search("är:ändrad"));
    assert!(screen.text().contains("2026-12-31 > 2027-06-30"), "{}", screen.text());
    screen.keys("r");
    assert_eq!(screen.session().state().results.rows.len(), 0, "{}", screen.text());
    screen.keys("u");
    assert_eq!(screen.session().state().results.rows.len(), 1, "{}", screen.text());
}

#[test]
fn the_cursor_stays_on_its_record_when_files_are_read_again() {
    let (folder, store) = store();
    let file = folder.path().join("a.txt");
    let all = |numbers: std::ops::Range<u8>| {
        numbers.map(|number| record(&format!("23-90{number}-S01"), "P")).collect::<String>()
    };
    std::fs::write(&file, all(2..7)).expect("written");
    let input = diarium::loading::Input::Path(file.clone());
    let mut screen = Screen::reviewing(person("anna"), input, (100, 24), &store);
    screen.play(&Steps::new().press("r").query("är:ogranskad").press("down").press("enter"));
    let selected = |screen: &Screen| screen.session().state().selected_id();
    assert_eq!(selected(&screen).as_deref(), Some("23-904-S01"), "{}", screen.text());
    std::fs::write(&file, all(1..8)).expect("written");
    screen.keys("R");
    assert_eq!(selected(&screen).as_deref(), Some("23-904-S01"), "{}", screen.text());
    assert_eq!(screen.session().state().results.rows.len(), 4, "{}", screen.text());
}

#[test]
fn a_round_over_everything_has_no_query() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().search("dörrar").press("r"));
    let shown = screen.session().state().results.rows.len();
    let review = screen.session().state().review.opened().expect("a review is open");
    let round = review.round().expect("the first key begins one");
    assert!(round.scope.ids.len() > shown, "{}", screen.text());
    assert_eq!(round.begun.query, "", "it would not be that which found its records");
}

#[test]
fn records_outside_the_rounds_query_are_not_new() {
    let (folder, store) = store();
    let file = folder.path().join("a.txt");
    let two = record("23-902-S01", "Prov") + &record("23-903-S01", "Annat");
    std::fs::write(&file, &two).expect("written");
    let input = diarium::loading::Input::Path(file.clone());
    let mut screen = Screen::reviewing(person("anna"), input, (100, 24), &store);
    screen.play(&Steps::new().search("prov").press("esc").press("O").times(3, "enter"));
    screen.play(&Steps::new().search("är:ny"));
    assert!(screen.session().state().results.rows.is_empty(), "{}", screen.text());
    std::fs::write(&file, two + &record("23-904-S01", "Prov 2")).expect("written");
    screen.keys("R");
    assert_eq!(screen.session().state().selected_id().as_deref(), Some("23-904-S01"), "{}", screen.text());
    assert_eq!(screen.session().state().results.rows.len(), 1, "{}", screen.text());
}

#[test]
fn an_idle_reviewer_disappears() {
    let (_folder, store) = store();
    let mut bo = reviewing(person("bo"), &store);
    bo.keys(".s");
    let mut anna = reviewing(person("anna"), &store);
    bo.look();
    anna.look();
    anna.keys("j");
    assert!(bottom(&anna).contains("bo är här"), "{}", bottom(&anna));
    anna.later(60_000);
    anna.look();
    assert!(!bottom(&anna).contains("bo är här"), "{}", bottom(&anna));
}

#[test]
fn a_note_that_was_begun_is_not_lost() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.keys(".chalv<esc>c");
    assert!(screen.text().contains("halv"), "{}", screen.text());
    screen.keys(" 811228-9874<enter>");
    assert!(screen.text().contains("personnummer"), "{}", screen.text());
    screen.keys("<esc>");
}

#[test]
fn a_file_that_is_no_store_and_a_newer_store_are_left() {
    let (_folder, store) = store();
    std::fs::write(&store, vec![0xa5; 4_096]).expect("written");
    let screen = reviewing(person("anna"), &store);
    assert!(bottom(&screen).contains("är ingen granskningsfil"), "{}", bottom(&screen));
    assert_eq!(std::fs::read(&store).expect("there"), vec![0xa5; 4_096]);
    drop(screen);
    std::fs::remove_file(&store).expect("removed");
    reviewing(person("anna"), &store).keys("+");
    rusqlite::Connection::open(&store).expect("there").pragma_update(None, "user_version", 99).expect("set");
    let screen = reviewing(person("anna"), &store);
    assert!(bottom(&screen).contains("nyare version"), "{}", bottom(&screen));
}

#[test]
fn a_damaged_store_is_read_only_until_it_is_repaired_from_the_menu() {
    let (_folder, store) = store();
    reviewing(person("anna"), &store).keys("++");
    let mut bytes = std::fs::read(&store).expect("readable");
    let at = memchr::memmem::find(&bytes, b"anna").expect("the reviewer");
    bytes[at] = b'b';
    std::fs::write(&store, &bytes).expect("written");
    let mut screen = reviewing(person("anna"), &store);
    screen.keys("j");
    assert!(bottom(&screen).contains("granskningsfilen är skadad"), "{}", bottom(&screen));
    assert_eq!(std::fs::read(&store).expect("readable"), bytes, "nothing was written");
    screen.play(&Steps::new().review_menu("reparera"));
    screen.keys("<esc>");
    assert!(bottom(&screen).contains("granskningsfilen är reparerad"), "{}", bottom(&screen));
    assert_eq!(std::fs::read(store.with_extension("db.damaged-1")).expect("there"), bytes);
    screen.keys("O<esc>");
    assert!(!bottom(&screen).contains("reparerad"), "read by now: {}", bottom(&screen));
}

#[test]
fn a_round_is_closed_and_locked() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().approve().review_menu("avsluta"));
    assert!(screen.text().contains("j  ja: 4 är inte bedömda"), "{}", screen.text());
    screen.play(&Steps::new().press("2").approve().review_menu("avsluta").press("1"));
    assert!(bottom(&screen).contains("rapport: diarium review report"), "{}", bottom(&screen));
    screen.keys("+");
    assert!(bottom(&screen).contains("omgången är avslutad och låst"), "{}", bottom(&screen));
}

#[test]
fn a_note_of_several_lines_is_edited_as_it_is_seen() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    let steps = Steps::new().next_undecided().begin_note(&["ett", "två"]);
    let above = steps.press("up").press("home").text("noll ").press("down").press("end").text("!");
    screen.play(&above.press("ctrl-a").press("ctrl-k").text("tre").press("enter"));
    assert_eq!(notes(&screen), ["noll ett\ntre"]);
}

#[test]
fn an_earlier_note_of_ones_own_is_changed_and_removed() {
    let (_folder, store) = store();
    let mut anna = reviewing(person("anna"), &store);
    anna.play(&Steps::new().next_undecided().note(&["första"]).note(&["andra"]));
    anna.play(&Steps::new().begin_note(&[]).times(2, "pgup").text(" ändrad").press("enter"));
    assert_eq!(notes(&anna), ["första ändrad", "andra"]);
    anna.play(&Steps::new().begin_note(&[]).press("pgup").press("ctrl-u").press("enter"));
    assert!(bottom(&anna).contains("anteckningen är borttagen"), "{}", bottom(&anna));
    assert_eq!(notes(&anna), ["första ändrad"]);
    anna.keys("u");
    assert_eq!(notes(&anna), ["första ändrad", "andra"]);
    let mut bo = reviewing(person("bo"), &store);
    bo.keys("gc<pgup>");
    assert!(bottom(&bo).contains("ingen fler egen anteckning"), "{}", bo.text());
}

#[test]
fn notes_that_were_begun_are_kept_for_each_record() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().next_undecided().first().begin_note(&["ett"]).press("esc"));
    screen.play(&Steps::new().press("j").begin_note(&["två"]).press("esc"));
    screen.play(&Steps::new().first().begin_note(&[]));
    assert!(screen.text().contains("ett"), "{}", screen.text());
    screen.keys("<esc>q");
    assert!(screen.requests.is_empty(), "one of them is shown");
    screen.keys("<esc>q<esc>q");
    assert_eq!(screen.requests, [Request::Quit(Outcome::Done)], "each is shown once");
}

#[test]
fn the_editors_text_is_saved() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().next_undecided().press("e"));
    assert_eq!(screen.requests.pop(), Some(Request::Edit(String::new())));
    screen.event(Event::Edited(ended("rad ett\nrad två\n".as_bytes())));
    assert_eq!(notes(&screen), ["rad ett\nrad två"]);
}

/// The outcome of an editor that has left these bytes.
fn ended(contents: &[u8]) -> EditOutcome {
    EditOutcome::Ended { contents: contents.to_owned(), at_once: false }
}

#[rstest]
#[case(b"Pite\xe5 kommun\r\n", "Piteå kommun")]
#[case(b"\xff\xfeP\0i\0t\0e\0\xe5\0", "Piteå")]
#[case(b"\xef\xbb\xbfPite\xc3\xa5\n", "Piteå")]
#[case(b"Pitea\xcc\x8a", "Piteå")]
fn the_editors_file_is_decoded_like_any_other(#[case] bytes: &[u8], #[case] text: &str) {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().next_undecided().press("e"));
    screen.event(Event::Edited(ended(bytes)));
    assert_eq!(notes(&screen), [text]);
}

#[test]
fn the_text_of_a_failing_editor_stays_in_the_box_unsaved() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().next_undecided().press("e"));
    let failed = |contents: Option<&[u8]>| {
        let contents = contents.map(<[u8]>::to_owned);
        Event::Edited(EditOutcome::Failed { reason: "vi: exit status: 1".to_owned(), contents })
    };
    screen.event(failed(Some(b"viktigt\n")));
    assert!(bottom(&screen).contains("redigeraren: vi: exit status: 1"), "{}", screen.text());
    assert!(screen.text().contains("viktigt"), "{}", screen.text());
    assert_eq!(notes(&screen), Vec::<String>::new());
    screen.play(&Steps::new().press("ctrl-x"));
    assert_eq!(screen.requests.pop(), Some(Request::Edit("viktigt".to_owned())));
    for contents in [None, Some(&b"viktigt\n"[..]), Some(b"\0\x01\x02\0\0\0")] {
        screen.event(failed(contents));
        assert!(screen.text().contains("viktigt"), "the text from before: {}", screen.text());
    }
    screen.play(&Steps::new().press("enter"));
    assert_eq!(notes(&screen), ["viktigt"]);
}

#[test]
fn an_editor_without_changes_is_reported() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().next_undecided().begin_note(&["halv"]).press("ctrl-x"));
    screen.event(Event::Edited(EditOutcome::Ended { contents: b"halv\n".to_vec(), at_once: true }));
    assert!(bottom(&screen).contains("avslutades genast utan ändring"), "{}", screen.text());
    screen.event(Event::Edited(ended(b"halv\n")));
    assert!(bottom(&screen).contains("lämnade texten oförändrad"), "{}", screen.text());
    screen.event(Event::Edited(ended(&[0, 1, 2, 0, 255, 0])));
    assert!(bottom(&screen).contains("inte är text"), "{}", screen.text());
    assert!(screen.text().contains("halv"), "{}", screen.text());
}

#[test]
fn a_tag_is_chosen_or_typed() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.play(&Steps::new().next_undecided().first().tag("eu-stöd").press("j").press("t"));
    assert!(screen.text().contains("+  eu-stöd"), "{}", screen.text());
    screen.keys("eu");
    assert!(screen.text().contains("+  eu  (ny)"), "{}", screen.text());
    let tags = |screen: &Screen| {
        let state = screen.session().state();
        let review = state.review.opened().expect("a review is open");
        let (said, _) = review.state(&state.selected_id().expect("a record"), "anna");
        said.tags.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    screen.keys("<enter>");
    assert_eq!(tags(&screen), ["eu-stöd"], "a known one comes first");
    screen.keys("teu<down><enter>");
    assert_eq!(tags(&screen), ["eu", "eu-stöd"]);
    screen.keys("teu-<enter>");
    assert_eq!(tags(&screen), ["eu"], "chosen again it is taken away");
    screen.keys("t811228-9874<enter>");
    assert!(bottom(&screen).contains("personnummer"), "{}", bottom(&screen));
    screen.keys("t<enter><esc>");
    assert_eq!(tags(&screen), Vec::<String>::new(), "the only one is taken away");
}

#[test]
fn a_round_has_a_purpose_that_its_page_shows() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    let judge = Steps::new().approve().undo().approve().reject(3).first().note(&["ett"]);
    screen.play(&judge);
    screen.play(&Steps::new().review_menu("av allt").press("ctrl-u").choose("Höst").choose("årlig kontroll"));
    assert!(bottom(&screen).contains("bedömda 0 av 5 · anna · Höst"), "{}", bottom(&screen));
    screen.keys("p+L");
    insta::assert_snapshot!(screen.text());
    screen.keys("<esc>O<down><enter>L");
    assert!(screen.text().contains("godkänt (ångrat)"), "{}", screen.text());
}

#[test]
fn marked_records_outside_the_round_are_not_judged() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen
        .play(&Steps::new().search("'aldre").review_menu("av det som visas").times(2, "enter").press("esc"));
    assert!(bottom(&screen).contains("bedömda 0 av 1"), "{}", screen.text());
    screen.keys("<esc>A+");
    assert!(screen.text().contains("godkänt: 5 markerade (4 hör inte till"), "{}", screen.text());
    screen.keys("1");
    assert!(screen.session().state().review.opened().is_some_and(|review| review.tally.done == 1));
}

#[rstest]
#[case(Lang::Swedish, "sv", (80, 24))]
#[case(Lang::Swedish, "sv", (120, 40))]
#[case(Lang::English, "en", (80, 24))]
#[case(Lang::English, "en", (120, 40))]
fn a_review_under_way(#[case] lang: Lang, #[case] code: &str, #[case] size: (u16, u16)) {
    let (_folder, store) = store();
    let mut setup = person("anna");
    setup.lang = lang;
    let mut screen = Screen::reviewing(setup, fixture("projekt"), size, &store);
    screen.play(&Steps::new().approve().reject(1).star().put_off().first().press("j"));
    insta::assert_snapshot!(format!("under_way_{code}_{}x{}", size.0, size.1), screen.text());
}

#[test]
fn the_last_verdict_reports_a_finished_round() {
    let (_folder, store) = store();
    let mut screen = reviewing(person("anna"), &store);
    screen.keys("rrrr");
    assert!(!bottom(&screen).contains("inget annat är ogranskat"), "{}", bottom(&screen));
    screen.keys("r");
    assert!(bottom(&screen).contains("inget annat är ogranskat"), "{}", bottom(&screen));
    screen.keys("j");
    assert!(bottom(&screen).contains("bedömda 5 av 5"), "{}", bottom(&screen));
}
