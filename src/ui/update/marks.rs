//! Marking records.

use super::common::{rows, selection};
use crate::ui::keys::action::MarkAction;
use crate::ui::state::{Focus, State};

/// Runs an action of the mark family.
pub(super) fn act(state: &mut State, action: MarkAction) {
    match action {
        MarkAction::Toggle => toggle(state),
        MarkAction::Range => mark_range(state),
        MarkAction::All => mark_all(state),
        MarkAction::Only if state.marks.only => show_all(state),
        MarkAction::Only => show_only_marked(state),
    }
}

/// Marks the selected record or removes its mark, and moves down.
pub(super) fn toggle(state: &mut State) {
    if let Some(id) = state.selected_id() {
        if !state.marks.ids.remove(&id) {
            state.marks.ids.insert(id.clone());
        }
        state.marks.anchor = Some(id);
        selection::move_by(state, 1);
        say_marked(state);
    }
}

/// Marks everything from the record marked last to the selected one.
fn mark_range(state: &mut State) {
    let anchor = state.marks.anchor.clone();
    let anchor = anchor.and_then(|id| selection::row_of(state, &id)).unwrap_or(state.list.at);
    let (from, to) = (anchor.min(state.list.at), anchor.max(state.list.at));
    let catalogue = state.loaded.catalogue.clone();
    let rows = state.results.rows.iter().skip(from).take(to + 1 - from);
    state.marks.ids.extend(rows.filter_map(|row| catalogue.record(row)).map(|record| record.id().to_owned()));
    state.marks.anchor = state.selected_id();
    say_marked(state);
}

/// Marks all matches; removes their marks if all are marked already. Similar records are left out.
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

/// Reports the number of marked records. Without marks all rows are shown again.
fn say_marked(state: &mut State) {
    if state.marks.only && state.marks.ids.is_empty() {
        show_all(state);
    }
    state.count_hidden_marks();
    let words = state.words();
    let (marked, hidden) = (state.marks.ids.len(), state.marks.hidden);
    let mut said = words.marked_count(marked);
    if hidden > 0 {
        said = format!("{said} · {hidden} {}", words.not_shown);
    }
    state.say(said);
}

/// Shows marked and unmarked records.
pub(super) fn show_all(state: &mut State) {
    show(state, false);
}

fn show_only_marked(state: &mut State) {
    show(state, !state.marks.ids.is_empty());
    if !state.marks.only {
        say_marked(state);
    }
}

fn show(state: &mut State, only: bool) {
    let id = state.selected_id();
    state.marks.only = only;
    rows::show_rows(state);
    let at = id.and_then(|id| selection::row_of(state, &id)).unwrap_or(0);
    selection::select(state, at);
    if state.focus == Focus::Detail && state.results.rows.is_empty() {
        state.focus = Focus::List;
    }
}
