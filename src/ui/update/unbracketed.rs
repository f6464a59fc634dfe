//! Recognizes a text that was pasted without brackets among keys that arrive at once, as from GNU screen or an old
//! terminal. Such a text must not act: its letters would be verdicts.

use std::collections::BTreeSet;

use crate::ui::keys::action::{
    Action, AppAction, DetailAction, EditAction, FilterAction, OrderAction, OutputAction,
};
use crate::ui::keys::action::{ReviewAction, RoundAction};
use crate::ui::keys::context::Context;
use crate::ui::keys::key::{Key, KeyCode};
use crate::ui::keys::keymap::Keymap;
use crate::ui::state::State;

/// Minimum number of printable characters of a text; fewer are keys.
const LEAST: usize = 6;

/// Returns the index of the first key of a pasted text; `None` if all keys were typed.
///
/// The keys are followed through list, detail and prompt without being performed. In list and detail, at least `LEAST`
/// printable characters are a paste if one of them has no binding, or if they would perform two different actions that
/// change the review. All keys after one that opens the prompt or a box belong to the paste.
#[must_use]
pub fn pasted_from(state: &State, keys: &[Key], keymap: &Keymap) -> Option<usize> {
    if keys.iter().filter(|key| key.typed().is_some()).count() < LEAST {
        return None;
    }
    let mut place @ (Context::List | Context::Detail | Context::Prompt) = state.context() else {
        return None;
    };
    let is_reviewing = state.review.opened().is_some() || state.review.is_settling();
    let mut rest = keys;
    loop {
        let start = keys.len() - rest.len();
        if place == Context::Prompt {
            // The text ends with Enter, which goes to the list.
            let end = rest.iter().position(|key| key.code == KeyCode::Enter)?;
            rest = rest.get(end + 1..)?;
            place = Context::List;
            continue;
        }
        match judge(place, rest, keymap, is_reviewing) {
            InputKind::Text => return Some(start),
            InputKind::Keys => return None,
            InputKind::Prompt(used) => {
                rest = rest.get(used..)?;
                place = Context::Prompt;
            }
        }
    }
}

/// The outcome of following keys in list or detail.
enum InputKind {
    /// They are a pasted text.
    Text,
    /// They are keys.
    Keys,
    /// Number of keys before the paste; the last of them opens the prompt.
    Prompt(usize),
}

fn judge(place: Context, keys: &[Key], keymap: &Keymap, is_reviewing: bool) -> InputKind {
    let is_long = keys.iter().filter(|key| key.typed().is_some()).count() >= LEAST;
    let mut is_unbound = false;
    let mut changes = BTreeSet::new();
    let mut end = InputKind::Keys;
    for (at, key) in keys.iter().enumerate() {
        let action = keymap.action(place, *key);
        match action {
            None if key.typed().is_some_and(|typed| typed.is_ascii_digit()) => {
                end = InputKind::Prompt(at + 1);
            }
            None => is_unbound |= key.typed().is_some(),
            Some(Action::Edit(EditAction::Open)) => end = InputKind::Prompt(at + 1),
            Some(action @ Action::Review(_)) => {
                changes.insert(action);
            }
            Some(_) => {}
        }
        let opens_box = action.is_some_and(|action| opens_box(action, is_reviewing));
        if opens_box || matches!(end, InputKind::Prompt(_)) {
            break;
        }
    }
    if is_long && (is_unbound || changes.len() >= 2) { InputKind::Text } else { end }
}

/// Returns `true` for an action after which keys are typed into a box, choose in a menu or scroll a text.
const fn opens_box(action: Action, is_reviewing: bool) -> bool {
    match action {
        Action::Review(
            ReviewAction::Reject | ReviewAction::Tag | ReviewAction::Note | ReviewAction::EditNote,
        )
        | Action::Round(RoundAction::Page) => is_reviewing,
        Action::App(AppAction::Help | AppAction::Palette | AppAction::Diagnostics)
        | Action::Filter(FilterAction::OpenPanel)
        | Action::Order(OrderAction::Open)
        | Action::Output(OutputAction::Copy | OutputAction::CopyMenu | OutputAction::Write)
        | Action::Detail(DetailAction::Source)
        | Action::Round(RoundAction::OpenMenu) => true,
        _ => false,
    }
}
