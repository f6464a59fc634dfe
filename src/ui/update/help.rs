//! The help and the palette: the keys and commands in force.

use super::common::popups;
use crate::guide::Topic;
use crate::i18n::Lang;
use crate::ui::keys::action::Action;
use crate::ui::keys::context::Context;
use crate::ui::keys::keymap::Keymap;
use crate::ui::pages::Popup;
use crate::ui::pages::examples::EXAMPLES;
use crate::ui::pages::menu::{MenuChoice, MenuItem, MenuKind};
use crate::ui::pages::palette::{Palette, PaletteCommand};
use crate::ui::pages::text_page::PagerKind;
use crate::ui::review::Review;
use crate::ui::state::State;

/// Opens the help: the keys in force, nearest context first.
pub(super) fn open_help(state: &mut State, keymap: &Keymap) {
    let here = state.context();
    let words = state.words();
    let mut items = vec![MenuItem::new("enter", words.read_the_guide, MenuChoice::Guide(None))];
    for context in here.lookup().iter().filter(|context| is_in_force(state, **context)) {
        items.push(MenuItem::heading(context.title(state.lang)));
        for row in keymap.rows().iter().filter(|row| row.context == *context && !row.keys.is_empty()) {
            let keys: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
            items.push(item(keys.join(" "), row.action, state.lang));
        }
    }
    if matches!(here, Context::Prompt | Context::List | Context::Detail) {
        items.push(MenuItem::heading(state.words().query_language));
        items.extend(EXAMPLES.iter().map(|example| {
            let query = example.query(state.lang);
            MenuItem::new(query, example.meaning(state.lang), MenuChoice::Query(query))
        }));
    }
    popups::open_menu(state, MenuKind::Help, items);
}

/// Opens a topic of the guide, or the list of topics.
pub(super) fn open_guide(state: &mut State, topic: Option<Topic>) {
    if let Some(topic) = topic {
        return popups::open_pager(state, PagerKind::Guide(topic));
    }
    let item = |topic: &Topic| {
        MenuItem::new(topic.name(state.lang), topic.title(state.lang), MenuChoice::Guide(Some(*topic)))
    };
    let items = Topic::ALL.iter().map(item).collect();
    popups::open_question(state, MenuKind::Help, state.words().guide.to_owned(), items);
}

/// Returns `true` if the keys of a context act: those of a review only while one is open.
fn is_in_force(state: &State, context: Context) -> bool {
    context != Context::Review || matches!(state.review, Review::Open(_))
}

/// Opens the palette: every action of the list or the detail.
pub(super) fn open_palette(state: &mut State, keymap: &Keymap) {
    let near = match state.context() {
        Context::Detail => Context::Detail.lookup(),
        _ => Context::List.lookup(),
    };
    let near = near.iter().filter(|context| is_in_force(state, **context));
    let mut commands: Vec<PaletteCommand> = Vec::new();
    for row in near.flat_map(|context| keymap.rows().iter().filter(move |row| row.context == *context)) {
        if !commands.iter().any(|known| known.action == row.action) {
            let key = row.keys.first().map(ToString::to_string).unwrap_or_default();
            commands.push(PaletteCommand { action: row.action, key });
        }
    }
    state.popup = Some(Popup::Palette(Palette::new(commands, &state.words())));
}

fn item(key: String, action: Action, lang: Lang) -> MenuItem {
    MenuItem::new(key, action.title(lang), MenuChoice::Act(action))
}
