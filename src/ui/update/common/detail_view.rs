//! Scrolling the detail.

use crate::ui::document::DetailDocument;
use crate::ui::record_detail::record_detail;
use crate::ui::state::{DetailPlace, State};

/// A direction in the detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::update) enum Direction {
    Forwards,
    Backwards,
}

/// Rows kept visible above and below a match that is scrolled to.
const MARGIN: usize = 3;

/// The height of the detail in rows; 0 if it is not shown.
pub(in crate::ui::update) fn height(state: &State) -> usize {
    state.layout().and_then(|layout| layout.detail).map_or(0, |pane| pane.inner.height.into())
}

/// Scrolls by a number of lines, as far as there is text, and leaves the chosen field.
pub(in crate::ui::update) fn scroll(state: &mut State, direction: Direction, lines: usize) {
    let top = match direction {
        Direction::Forwards => state.detail.scroll.saturating_add(lines),
        Direction::Backwards => state.detail.scroll.saturating_sub(lines),
    };
    state.detail.scroll = top.min(last_scroll(state));
    state.detail.field = None;
}

fn last_scroll(state: &State) -> usize {
    record_detail(state).map_or(0, |page| page.last_scroll(height(state)))
}

/// Keeps the scroll position within the text after a change of size or content.
pub(in crate::ui::update) fn keep_in_range(state: &mut State) {
    state.detail.scroll = state.detail.scroll.min(last_scroll(state));
}

/// Shows a newly selected record from its beginning, or from its first match if only its text matches.
pub(in crate::ui::update) fn show_from_start(state: &mut State) {
    state.detail = DetailPlace { wide: state.detail.wide, ..DetailPlace::default() };
    let by_text = state.selected_hit().is_some_and(|hit| hit.only_by_description());
    if by_text
        && let Some(page) = record_detail(state)
        && !page.hits.is_empty()
    {
        go_to_hit(state, &page, 0);
    }
}

/// Shows the selected record in a detail that had been waiting for a key to be released.
pub(in crate::ui::update) fn catch_up(state: &mut State) {
    if state.motion.rest() {
        show_from_start(state);
    }
}

/// Scrolls to a match in the text.
pub(in crate::ui::update) fn go_to_hit(state: &mut State, page: &DetailDocument, hit: usize) {
    state.detail.hit = Some(hit);
    if let Some(line) = page.hits.get(hit) {
        state.detail.scroll = page.scroll_to(*line, state.detail.scroll, height(state), MARGIN);
    }
}
