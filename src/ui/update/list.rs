//! Moving in the list and opening its records.

use super::common::{panes, selection};
use super::leaving;
use crate::ui::event::Outcome;
use crate::ui::keys::action::MoveAction;
use crate::ui::state::State;

/// Moves the selection.
pub(super) fn act(state: &mut State, action: MoveAction) {
    let last = isize::try_from(state.results.rows.len()).unwrap_or(isize::MAX);
    let page = selection::page(state);
    let by = match action {
        MoveAction::ViewDown => return selection::scroll_view(state, 1),
        MoveAction::ViewUp => return selection::scroll_view(state, -1),
        MoveAction::Down | MoveAction::PromptDown | MoveAction::NextRecord => 1,
        MoveAction::Up | MoveAction::PromptUp | MoveAction::PreviousRecord => -1,
        MoveAction::First => -last,
        MoveAction::Last => last,
        MoveAction::HalfPageDown => (page / 2).max(1),
        MoveAction::HalfPageUp => -(page / 2).max(1),
        MoveAction::PageDown | MoveAction::PromptPageDown => page,
        MoveAction::PageUp | MoveAction::PromptPageUp => -page,
    };
    selection::move_by(state, by);
}

/// Opens the selected record; under `--pick` prints the chosen ids.
pub(super) fn open(state: &mut State) {
    if state.setup.pick {
        let chosen = state.chosen_ids();
        if !chosen.is_empty() {
            leaving::quit(state, Outcome::Picked(chosen));
        }
        return;
    }
    panes::open_wide(state);
}

/// Selects the row with a number, counted from 1; a message says if there is none.
pub(super) fn go_to_row(state: &mut State, number: usize) {
    if (1..=state.results.rows.len()).contains(&number) {
        selection::select(state, number - 1);
    } else {
        let said = state.words().no_such_row(number);
        state.say(said);
    }
}
