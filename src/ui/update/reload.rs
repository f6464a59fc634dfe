//! Loaded records: a part while the rest is read, all of them, and all of them again after their files have changed.

use super::common::{panes, reviewing};
use super::rounds;
use crate::domain::diagnostic::DiagnosticCounts;
use crate::loading::Loaded;
use crate::loading::difference::Difference;
use crate::ui::event::{Effect, Outcome, ReloadError};
use crate::ui::load_state::{FilesSince, LoadCause, LoadState};
use crate::ui::motion::SelectionMotion;
use crate::ui::rows::Rows;
use crate::ui::state::{AfterAnswer, State};

/// Takes loaded records; the present query is searched in them.
pub(super) fn take_records(state: &mut State, loaded: Loaded, is_whole: bool) {
    if is_whole && loaded.nothing_was_readable() {
        // An empty screen would only hide the reason.
        state.quit(Outcome::NothingReadable);
    }
    if is_whole {
        end_load(state);
        rounds::open_at_start(state);
    }
    // More records follow those that are shown, so the rows stay valid until the search has been answered.
    replace(state, loaded, is_whole);
}

/// Takes the records of files that have been read again.
pub(super) fn take_again(state: &mut State, loaded: Loaded, difference: Difference) {
    let words = state.words();
    let cause = end_load(state);
    if cause == Some(LoadCause::Person) || !difference.is_none() {
        state.say(words.difference(difference.new, difference.changed, difference.gone));
    }
    // Rows of the old records mean nothing among the new ones.
    stay_after_answer(state);
    state.motion.rest();
    state.results.rows = Rows::default();
    reviewing::forget_reviewed(state);
    replace(state, loaded, true);
}

fn replace(state: &mut State, loaded: Loaded, is_whole: bool) {
    stay_after_answer(state);
    state.tally = DiagnosticCounts::count(loaded.diagnostics.iter());
    state.loaded = loaded;
    state.ready = true;
    state.count_hidden_marks();
    state.measure_names();
    if is_whole {
        reviewing::compare_again(state);
    }
    if is_whole && reviewing::is_comparing(state) && state.asks_for_review() {
        // Nothing would be found before the review of these records is known: the search follows then, and no earlier
        // answer is taken.
        state.results.asked += 1;
    } else {
        state.search();
    }
}

/// Keeps the cursor on its record, or on the first row as long as nothing has been selected.
fn stay_after_answer(state: &mut State) {
    let is_untouched = state.list.at == 0 && state.motion == SelectionMotion::Untouched && !state.detail.wide;
    if state.after_answer.is_none()
        && !is_untouched
        && let Some(id) = state.selected_id()
    {
        state.after_answer = Some(AfterAnswer::Stay { id, at: state.list.at });
    }
}

/// The reload key.
pub(super) fn ask(state: &mut State) {
    if state.load.is_running() {
        let words = state.words();
        return state.say(words.loading);
    }
    begin(state, LoadCause::Person);
}

/// Reads files that have changed, at once or after the load in progress.
pub(super) fn files_changed(state: &mut State) {
    match &mut state.load {
        LoadState::Idle => begin(state, LoadCause::FileChange),
        LoadState::Running(load) => load.files = FilesSince::Changed,
    }
}

fn begin(state: &mut State, cause: LoadCause) {
    state.load = LoadState::begun(cause);
    state.effects.push(Effect::Reload);
}

/// Ends the load and returns its cause. Files that have changed meanwhile are read once more.
fn end_load(state: &mut State) -> Option<LoadCause> {
    let load = state.load.end()?;
    if load.files == FilesSince::Changed {
        begin(state, LoadCause::FileChange);
    }
    Some(load.cause)
}

/// Says why the files were not read again.
pub(super) fn say_not_reloaded(state: &mut State, why: ReloadError) {
    let words = state.words();
    end_load(state);
    state.say(match why {
        ReloadError::StandardInput => words.not_twice.to_owned(),
        ReloadError::BeingWritten(None) => words.being_written.to_owned(),
        ReloadError::BeingWritten(Some(file)) => format!("{file}: {}", words.being_written),
        ReloadError::Unreadable => words.not_reloaded.to_owned(),
    });
    panes::keep_in_range(state);
}
