//! The selection in the list: which row is selected, and which part of the list is shown.

use super::detail_view;
use crate::ui::motion::SelectionMotion;
use crate::ui::state::{ListPlace, State};

/// Rows kept visible above and below the selected one, in lists of at least [`MARGIN_FROM`] rows.
const MARGIN: usize = 2;
const MARGIN_FROM: usize = 8;

/// The number of records on one page of the list, less one that stays visible.
pub(in crate::ui::update) fn page(state: &State) -> isize {
    let height = state.layout().and_then(|layout| layout.list).map_or(1, |pane| pane.inner.height);
    isize::try_from(height.max(2) - 1).unwrap_or(1)
}

/// Moves the selection by a number of rows, to the last one at most. While a key is held down the detail waits.
pub(in crate::ui::update) fn move_by(state: &mut State, by: isize) {
    let Some(last) = state.results.rows.len().checked_sub(1) else { return };
    let at = state.list.at.saturating_add_signed(by).min(last);
    let before = state.selected_hit().map(|hit| hit.row);
    if state.motion.is_held_at(state.now) && !state.detail.wide {
        state.list.at = at;
        scroll_into_view(state, 3);
        state.motion.hold(state.now, before);
    } else {
        select(state, at);
        state.motion = SelectionMotion::Resting { moved_at: state.now };
    }
}

/// Selects a row.
pub(in crate::ui::update) fn select(state: &mut State, at: usize) {
    let before = state.selected_id();
    state.list.at = at.min(state.results.rows.len().saturating_sub(1));
    keep_in_view(state);
    if state.selected_id() != before || state.motion.rest() {
        detail_view::show_from_start(state);
    }
}

/// Selects the first row, shown from its beginning.
pub(in crate::ui::update) fn select_first(state: &mut State) {
    state.list = ListPlace::default();
    select(state, 0);
    detail_view::show_from_start(state);
}

/// Selects a record and keeps it on its line of the screen; if it is gone, selects the record at `at`.
pub(in crate::ui::update) fn stay(state: &mut State, id: &str, at: usize) {
    let above = line_of(state, at).saturating_sub(state.list.top);
    let at = row_of(state, id).unwrap_or(at);
    state.list.top = line_of(state, at).saturating_sub(above);
    select(state, at);
    detail_view::keep_in_range(state);
}

/// The place of a record in the list.
pub(in crate::ui::update) fn row_of(state: &State, id: &str) -> Option<usize> {
    let row = state.catalogue().row_of(id)?;
    state.results.rows.position(row)
}

/// The line of the list on which a row is shown: a separator precedes the similar records.
fn line_of(state: &State, row: usize) -> usize {
    row + usize::from(row >= state.results.rows.hits() && state.results.rows.has_similar())
}

/// Scrolls the list as little as needed to show the selected row.
pub(in crate::ui::update) fn keep_in_view(state: &mut State) {
    scroll_into_view(state, 0);
}

/// Scrolls the list by a number of lines. If it cannot scroll further, or the selected row would leave the view, the
/// selection moves instead.
pub(in crate::ui::update) fn scroll_view(state: &mut State, by: isize) {
    let before = state.list.top;
    let wanted = before.saturating_add_signed(by);
    state.list.top = wanted;
    keep_in_view(state);
    if state.list.top != wanted || wanted == before {
        state.list.top = wanted;
        move_by(state, by);
    }
}

/// Scrolls the list to show the selected row and `1 / share` of a page beyond it; as little as needed if `share` is 0.
/// Scrolling by a line sends every line, which is too much for a slow line while a key is held down.
fn scroll_into_view(state: &mut State, share: usize) {
    let pane = state.layout().and_then(|layout| layout.list);
    let height = pane.map_or(0, |pane| usize::from(pane.inner.height));
    if height == 0 {
        return;
    }
    let line = line_of(state, state.list.at);
    let lines = line_of(state, state.results.rows.len().saturating_sub(1)) + 1;
    // The separator is shown together with the first of the similar records.
    let first = if state.list.at == state.results.rows.hits() { line.saturating_sub(1) } else { line };
    let margin = if height >= MARGIN_FROM { MARGIN } else { 0 };
    let first = first.saturating_sub(margin);
    let more = height.checked_div(share).unwrap_or(0);
    let (top, bottom) = (state.list.top, (line + 1 + margin).saturating_sub(height));
    let top = match top {
        top if first < top => first.saturating_sub(more),
        top if bottom > top => bottom + more,
        top => top,
    };
    state.list.top = top.min(lines.saturating_sub(height));
}
