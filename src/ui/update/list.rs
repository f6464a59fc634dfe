//! The list: moving, marking, keeping the selection in view.

use super::detail;
use crate::ui::keys::action::{MarkAction, MoveAction};
use crate::ui::layout::layout;
use crate::ui::motion::SelectionMotion;
use crate::ui::state::{Focus, ListPlace, State};

/// Moves the selection.
pub(super) fn act_move(state: &mut State, action: MoveAction) {
    let last = isize::try_from(state.results.rows.len()).unwrap_or(isize::MAX);
    let page = page(state);
    let by = match action {
        MoveAction::Down | MoveAction::PromptDown | MoveAction::NextRecord => 1,
        MoveAction::Up | MoveAction::PromptUp | MoveAction::PreviousRecord => -1,
        MoveAction::First => -last,
        MoveAction::Last => last,
        MoveAction::HalfPageDown => (page / 2).max(1),
        MoveAction::HalfPageUp => -(page / 2).max(1),
        MoveAction::PageDown | MoveAction::PromptPageDown => page,
        MoveAction::PageUp | MoveAction::PromptPageUp => -page,
    };
    move_by(state, by);
}

/// Marks records, or shows only the marked ones.
pub(super) fn act_mark(state: &mut State, action: MarkAction) {
    match action {
        MarkAction::Toggle => mark(state),
        MarkAction::Range => mark_range(state),
        MarkAction::All => mark_all(state),
        MarkAction::Only => show_only_marked(state, !state.marks.only),
    }
}

/// How many records one page of the list holds.
pub(super) fn page(state: &State) -> isize {
    let height = layout(state).and_then(|layout| layout.list).map_or(1, |pane| pane.inner.height);
    isize::try_from(height.max(2) - 1).unwrap_or(1)
}

/// Selects the record so many rows away, or the nearest there is. While a key is held down the detail waits.
pub(super) fn move_by(state: &mut State, by: isize) {
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
pub(super) fn select(state: &mut State, at: usize) {
    let before = state.selected_id();
    state.list.at = at.min(state.results.rows.len().saturating_sub(1));
    keep_in_view(state);
    let was_held = state.motion.rest();
    if was_held || state.selected_id() != before {
        detail::show_from_start(state);
    }
}

/// Selects the first row, seen from its beginning.
pub(super) fn select_first(state: &mut State) {
    state.list = ListPlace::default();
    select(state, 0);
    detail::show_from_start(state);
}

/// The line of the list on which a row stands: the similar ones are below a line of their own.
#[must_use]
pub(in crate::ui) fn line_of(state: &State, row: usize) -> usize {
    row + usize::from(row >= state.results.rows.hits() && state.results.rows.has_similar())
}

/// Scrolls as little as needed for the selected row to be seen.
pub(super) fn keep_in_view(state: &mut State) {
    scroll_into_view(state, 0);
}

/// Scrolls for the selected row to be seen, once it is not, by a share of the page more: one part in so many.
/// A list that scrolls by a line sends all its lines; with a key held down that is too much for a slow line.
fn scroll_into_view(state: &mut State, share: usize) {
    let height =
        layout(state).and_then(|layout| layout.list).map_or(0, |pane| usize::from(pane.inner.height));
    if height == 0 {
        return;
    }
    let line = line_of(state, state.list.at);
    let lines = line_of(state, state.results.rows.len().saturating_sub(1)) + 1;
    // The line above the similar ones is seen together with the first of them.
    let first = if state.list.at == state.results.rows.hits() { line.saturating_sub(1) } else { line };
    let more = height.checked_div(share).unwrap_or(0);
    let (top, bottom) = (state.list.top, (line + 1).saturating_sub(height));
    let top = match top {
        top if first < top => first.saturating_sub(more),
        top if bottom > top => bottom + more,
        top => top,
    };
    state.list.top = top.min(lines.saturating_sub(height));
}

/// Opens the selected record; under `--pick` prints what is chosen.
pub(super) fn open(state: &mut State) {
    if state.setup.pick {
        let chosen = state.chosen_ids();
        if !chosen.is_empty() {
            super::leaving::quit(state, crate::ui::event::Outcome::Picked(chosen));
        }
        return;
    }
    detail::open_wide(state);
}

pub(super) fn mark(state: &mut State) {
    if let Some(id) = state.selected_id() {
        if !state.marks.ids.remove(&id) {
            state.marks.ids.insert(id.clone());
        }
        state.marks.anchor = Some(id);
        move_by(state, 1);
        say_marked(state);
    }
}

/// Marks everything from the record marked last to the selected one.
fn mark_range(state: &mut State) {
    let anchor = state.marks.anchor.clone().and_then(|id| row_of(state, &id)).unwrap_or(state.list.at);
    let (from, to) = (anchor.min(state.list.at), anchor.max(state.list.at));
    let catalogue = state.loaded.catalogue.clone();
    let rows = state.results.rows.iter().skip(from).take(to + 1 - from);
    state.marks.ids.extend(rows.filter_map(|row| catalogue.record(row)).map(|record| record.id().to_owned()));
    state.marks.anchor = state.selected_id();
    say_marked(state);
}

/// Marks all hits; if all are marked already, unmarks them. The similar ones are not "all shown".
fn mark_all(state: &mut State) {
    let catalogue = state.loaded.catalogue.clone();
    let hits = state.results.rows.iter_hits().filter_map(|row| catalogue.record(row));
    let ids: Vec<String> = hits.map(|record| record.id().to_owned()).collect();
    if ids.iter().all(|id| state.marks.ids.contains(id)) {
        for id in &ids {
            state.marks.ids.remove(id);
        }
    } else {
        state.marks.ids.extend(ids);
    }
    say_marked(state);
}

/// Says how many are marked; when none is any more, all are shown again.
fn say_marked(state: &mut State) {
    if state.marks.only && state.marks.ids.is_empty() {
        show_only_marked(state, false);
    }
    let words = state.words();
    let (marked, hidden) = (state.marks.ids.len(), state.marked_but_hidden());
    let mut said = words.marked_count(marked);
    if hidden > 0 {
        said = format!("{said} · {hidden} {}", words.not_shown);
    }
    state.say(said);
}

/// Shows only marked records, or all again.
pub(super) fn show_only_marked(state: &mut State, only: bool) {
    let id = state.selected_id();
    state.marks.only = only && !state.marks.ids.is_empty();
    super::answer::show_rows(state);
    let at = id.and_then(|id| row_of(state, &id)).unwrap_or(0);
    select(state, at);
    if only && !state.marks.only {
        say_marked(state);
    }
    if state.focus == Focus::Detail && state.results.rows.is_empty() {
        state.focus = Focus::List;
    }
}

/// Where a record stands in the list.
pub(super) fn row_of(state: &State, id: &str) -> Option<usize> {
    let row = state.catalogue().row_of(id)?;
    state.results.rows.position(row)
}
