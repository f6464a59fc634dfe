//! Opening the detail at full width and returning to the list.

use super::{detail_view, selection};
use crate::ui::state::{Focus, State};

/// Opens the selected record at full width.
pub(in crate::ui::update) fn open_wide(state: &mut State) {
    if state.selected().is_some() {
        state.focus = Focus::Detail;
        state.detail.wide = true;
        detail_view::keep_in_range(state);
    }
}

/// Returns from the detail to the list.
pub(in crate::ui::update) fn close_detail(state: &mut State) {
    state.detail.wide = false;
    state.detail.field = None;
    state.focus = Focus::List;
    keep_in_range(state);
}

/// Keeps list and detail in range after a change of their sizes.
pub(in crate::ui::update) fn keep_in_range(state: &mut State) {
    selection::keep_in_view(state);
    detail_view::keep_in_range(state);
}
