//! The sort order: a menu of keys, of which one or several sort the list.

use super::common::{popups, search};
use crate::search::language::sort_order::{SortDirection, SortKey, SortOrder};
use crate::text::width::width;
use crate::ui::keys::action::OrderAction;
use crate::ui::pages::Popup;
use crate::ui::pages::menu::{MenuChoice, MenuItem, MenuKind};
use crate::ui::state::State;

/// Runs an action of the order family.
pub(super) fn act(state: &mut State, action: OrderAction) {
    match action {
        OrderAction::Open => open(state),
        OrderAction::SortBy => chosen(state).into_iter().for_each(|key| {
            state.popup = None;
            by(state, key);
        }),
        OrderAction::AddKey => chosen(state).into_iter().for_each(|key| {
            let order = state.order.and_by(key);
            take(state, order);
            let items = items(state);
            if let Some(Popup::Menu(menu)) = &mut state.popup {
                menu.items = items;
            }
        }),
    }
}

/// Sorts by one key; reverses the order if it is sorted by that key already.
pub(super) fn by(state: &mut State, key: SortKey) {
    let order = state.order.by(key);
    take(state, order);
}

/// Sorts the list.
pub(super) fn take(state: &mut State, order: SortOrder) {
    if order == state.order {
        return;
    }
    // A cursor still on the first row stays there, to show what comes first now.
    if state.list.at > 0 {
        search::stay_on_record(state);
    }
    state.order = order;
    state.search();
}

/// The chosen sort key.
fn chosen(state: &State) -> Option<SortKey> {
    let Some(Popup::Menu(menu)) = &state.popup else { return None };
    match menu.chosen()? {
        MenuChoice::SortBy(key) => Some(key),
        _ => None,
    }
}

/// Opens the menu at the first key in force.
fn open(state: &mut State) {
    let items = items(state);
    let first = state.order.keys().first().map_or(SortKey::Relevance, |by| by.key);
    let at = SortKey::ALL.iter().position(|key| *key == first).unwrap_or(0);
    popups::open_menu(state, MenuKind::Order, items);
    if let Some(Popup::Menu(menu)) = &mut state.popup {
        menu.cursor.at = at;
    }
    super::menus::move_by(state, 0);
}

fn items(state: &State) -> Vec<MenuItem> {
    let widest = SortKey::ALL.iter().map(|key| width(key.name(state.lang))).max().unwrap_or(0);
    let item = |key: &SortKey| {
        let said = match state.order.position_of(*key) {
            _ if state.order.is_relevance() && *key == SortKey::Relevance => "1".to_owned(),
            None => String::new(),
            Some((number, _)) if *key == SortKey::Relevance => number.to_string(),
            Some((number, direction)) => {
                let words = state.words();
                let way = match direction {
                    SortDirection::Ascending => words.ascending,
                    SortDirection::Descending => words.descending,
                };
                format!("{number} {way}")
            }
        };
        let name = key.name(state.lang);
        let gap = widest.saturating_sub(width(name)) + 2;
        let title = format!("{name}{:gap$}{}", "", key.title(state.lang));
        MenuItem::new(said, title, MenuChoice::SortBy(*key))
    };
    let is_at_hand = |key: &&SortKey| **key != SortKey::LastReviewed || state.reviewed.is_open();
    SortKey::ALL.iter().filter(is_at_hand).map(item).collect()
}
