//! Answers to searches: filling the list and selecting a row.

use std::sync::Arc;

use super::common::{panes, rows, selection};
use crate::i18n::Words;
use crate::search::matching::answer::Answer;
use crate::ui::state::{AfterAnswer, State};

/// Takes an answer, unless a newer search is in progress.
pub(super) fn take(state: &mut State, generation: u64, answer: Arc<Answer>) {
    if generation != state.results.asked || !state.ready {
        return;
    }
    state.motion.rest();
    let is_second = state.results.answered == generation;
    let selected = state.selected_id();
    state.results.answered = generation;
    say_missing_ids(state, &answer);
    let complete = answer.complete;
    let is_sorted_now = state.results.answer.as_ref().is_some_and(|before| before.order != answer.order);
    state.results.answer = Some(answer);
    rows::show_rows(state);
    match state.after_answer.take() {
        Some(AfterAnswer::Select(id)) => {
            let at = selection::row_of(state, &id);
            selection::select(state, at.unwrap_or(0));
            if at.is_none() && !complete {
                // It may be among the similar records, which are answered later.
                state.after_answer = Some(AfterAnswer::Select(id));
            }
        }
        Some(AfterAnswer::Stay { id, at }) => {
            selection::stay(state, &id, at);
            if state.catalogue().row_of(&id).is_none() {
                say_left(state, id);
            }
        }
        Some(AfterAnswer::Open(id)) => open(state, id),
        // The sorted rows follow the unsorted ones: a record that has been selected meanwhile stays selected.
        None if is_second && is_sorted_now && state.list.at > 0 => {
            let at = state.list.at;
            selection::stay(state, &selected.unwrap_or_default(), at);
        }
        None if is_second && is_sorted_now => selection::select_first(state),
        // The similar records follow the matches: the selected record stays selected.
        None if is_second => {
            let at = selected.and_then(|id| selection::row_of(state, &id)).unwrap_or(0);
            selection::select(state, at);
        }
        None => selection::select_first(state),
    }
}

/// Says that the selected record has left the data; the next review key only repeats it.
fn say_left(state: &mut State, id: String) {
    let now = state.selected_id();
    let said = state.words().left_under_cursor(&id, now.as_deref());
    let before = state.message.take();
    state.say(before.into_iter().chain([said]).collect::<Vec<_>>().join(" · "));
    state.left = Some(id);
}

/// Opens a record at full width, at once or when it has been read.
fn open(state: &mut State, id: String) {
    if let Some(at) = selection::row_of(state, &id) {
        selection::select(state, at);
        panes::open_wide(state);
    } else if state.load.is_running() {
        selection::select(state, 0);
        state.after_answer = Some(AfterAnswer::Open(id));
    } else {
        let words = state.words();
        state.say(format!("{}: {id}", words.no_such_record));
    }
}

/// `28 av 30 hittade · saknas: …`
fn say_missing_ids(state: &mut State, answer: &Answer) {
    let Some(ids) = answer.ids.as_ref().filter(|ids| ids.asked > 1) else { return };
    let words: Words = state.words();
    let mut said = format!("{} {}", words.count(ids.found, ids.asked), words.found);
    if !ids.missing.is_empty() {
        said = format!("{said} · {}: {}", words.missing_ids, ids.missing.join(", "));
    }
    state.say(said);
}
