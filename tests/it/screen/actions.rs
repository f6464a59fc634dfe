//! Every action of the table, reached by each of its keys through the production keymap.

use diarium::ui::event::Event;
use diarium::ui::keys::action::{Action, AppAction, BINDINGS, EditAction};
use diarium::ui::keys::context::Context;
use diarium::ui::keys::key::Key;
use diarium::ui::keys::keymap::{Keymap, Override};
use diarium::ui::review::ReviewSetup;
use diarium::ui::state::Setup;

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

/// The keys that lead from the list to a place where a binding acts and finds something to change: a row above and
/// below, a text before and after the cursor, a note already written.
fn way_to(context: Context, action: Action) -> &'static str {
    match (context, action) {
        (Context::Everywhere | Context::Browse | Context::List | Context::Review, _) => "",
        (Context::Prompt, Action::Edit(EditAction::HistoryNext)) => "/<alt-p><alt-p>",
        (Context::Prompt, Action::Move(_)) => "/<up>",
        (Context::Prompt, Action::Scroll(_)) => "/<alt-j><alt-j>",
        (Context::Prompt, _) => "/<ctrl-u>är b<ctrl-left>",
        (Context::Detail, _) => "<enter><down><down>",
        (Context::Menu, _) => "Y<down><down><down>",
        (Context::Pager, _) => "v<space>",
        (Context::Facets, _) => "f<down>",
        (Context::Note, _) => "cett<enter>ctvå<enter>c<pgup>",
        (Context::Order, _) => "S<down>",
        (Context::Palette, _) => ":<down>",
    }
}

/// A review of the fixtures at a size at which every text is longer than its place.
fn screen(folder: &std::path::Path) -> Screen {
    let review =
        ReviewSetup { person: "anna".to_owned(), at_start: true, advance: false, ..ReviewSetup::default() };
    let setup = Setup { review, ..setup() };
    let mut screen = Screen::reviewing(setup, fixture("projekt"), (60, 12), &folder.join("r.db"));
    let marked = Steps::new().search("nycklar").search("e").times(2, "j").press("space").star();
    screen.play(&marked.press("r").approve().reject(1).undo());
    screen
}

/// Everything that a key can change, as text.
fn trace(screen: &Screen) -> String {
    let state = screen.session().state();
    let saved = state.review.opened().map_or(0, |review| review.journal.events().count());
    format!("{}\n{saved} {:?} {:?}", screen.styled(), state.popup, screen.requests)
}

#[test]
fn every_bound_key_has_an_effect() {
    let keymap = Keymap::default();
    let mut idle = Vec::new();
    for row in keymap.rows() {
        for key in &row.keys {
            let folder = tempfile::tempdir().expect("a folder");
            let mut screen = screen(folder.path());
            screen.keys(way_to(row.context, row.action));
            let here = screen.session().state().context();
            assert_eq!(keymap.action(here, *key), Some(row.action), "{key} in {here:?}");
            let before = trace(&screen);
            screen.wait(500);
            screen.event(Event::Key(*key));
            if trace(&screen) == before {
                idle.push(format!("{} {key} in {:?}", row.action.name(), row.context));
            }
        }
    }
    assert_eq!(idle, Vec::<String>::new());
}

#[test]
fn actions_without_a_key_are_reached_by_name() {
    let keyless = BINDINGS.iter().filter(|row| row.keys.is_empty()).map(|row| row.action);
    let known = [AppAction::Guide, AppAction::SwitchLanguage, AppAction::CycleTheme].map(Action::App);
    assert_eq!(keyless.collect::<Vec<_>>(), known, "try each of them here");
    let mut screen = Screen::start(setup(), fixture("projekt"), (80, 24));
    screen.keys(&format!(":{}<enter>", Action::App(AppAction::SwitchLanguage).name()));
    assert!(screen.text().contains("search:"), "{}", screen.text());
    screen.keys(":guide<enter>");
    assert!(screen.text().contains("accessibility"), "{}", screen.text());
    screen.keys("<esc>:guide priv<enter>");
    assert!(screen.text().contains("Privacy and safety"), "{}", screen.text());
}

#[test]
fn a_key_bound_by_the_user_reaches_its_action() {
    for binding in BINDINGS {
        let key: Key = "f9".parse().expect("a key");
        let wish = Override { context: binding.context, action: binding.action, keys: vec![key] };
        let (keymap, problems) = Keymap::with(&[wish]);
        assert_eq!(problems, []);
        assert_eq!(keymap.action(binding.context, key), Some(binding.action));
    }
}
