//! Records that come in: some while the rest is read, all at the end, and again when their files have changed.

use super::{detail, list};
use crate::domain::diagnostic::DiagnosticCounts;
use crate::loading::Loaded;
use crate::loading::difference::Difference;
use crate::ui::event::{Effect, Outcome, ReloadError};
use crate::ui::load_state::{FilesSince, LoadCause, LoadState};
use crate::ui::motion::SelectionMotion;
use crate::ui::rows::Rows;
use crate::ui::state::{AfterAnswer, State};

/// Takes loaded records: whatever was typed meanwhile is searched in them.
pub(super) fn take_records(state: &mut State, loaded: Loaded, is_whole: bool) {
    if is_whole && loaded.nothing_was_readable() {
        // An empty screen would only hide the reason.
        state.quit(Outcome::NothingReadable);
    }
    if is_whole {
        end(state);
        super::rounds::open_at_start(state);
    }
    // More records come behind those that are shown: until the search has answered, the rows are right.
    replace(state, loaded, is_whole);
}

/// Takes the records of files that have been read again.
pub(super) fn take_again(state: &mut State, loaded: Loaded, difference: Difference) {
    let words = state.words();
    let was_asked = end(state) == Some(LoadCause::Person);
    if was_asked || !difference.is_none() {
        state.say(words.difference(difference.new, difference.changed, difference.gone));
    }
    // Rows of the old records mean nothing among the new ones.
    stay_after_answer(state);
    state.motion.rest();
    state.results.rows = Rows::default();
    super::rounds::forget_reviewed(state);
    replace(state, loaded, true);
}

fn replace(state: &mut State, loaded: Loaded, is_whole: bool) {
    stay_after_answer(state);
    state.tally = DiagnosticCounts::of(&loaded.diagnostics);
    state.loaded = loaded;
    state.ready = true;
    if is_whole {
        super::rounds::compare_again(state);
    }
    if is_whole && super::rounds::is_comparing(state) && state.asks_for_review() {
        // Nothing would be found before it is known what the review says of these records: the search follows then, and
        // no answer from before is taken.
        state.results.asked += 1;
    } else {
        state.search();
    }
}

/// The cursor stays on its record. One that has not left the first row stays there: nobody has chosen it yet.
fn stay_after_answer(state: &mut State) {
    let is_untouched = state.list.at == 0 && state.motion == SelectionMotion::Untouched && !state.detail.wide;
    if state.after_answer.is_none()
        && !is_untouched
        && let Some(id) = state.selected_id()
    {
        state.after_answer = Some(AfterAnswer::Stay { id, at: state.list.at });
    }
}

/// The person asks for the files to be read again.
pub(super) fn ask(state: &mut State) {
    let words = state.words();
    if state.load.is_running() {
        return state.say(words.loading);
    }
    begin(state, LoadCause::Person);
}

/// Something else has changed the files.
pub(super) fn files_changed(state: &mut State) {
    match &mut state.load {
        LoadState::Running(load) => load.files = FilesSince::Changed,
        LoadState::Idle => begin(state, LoadCause::FileChange),
    }
}

/// Ends the load that is running and returns its cause. Another one follows if files have changed meanwhile.
fn end(state: &mut State) -> Option<LoadCause> {
    let load = state.load.end()?;
    if load.files == FilesSince::Changed {
        begin(state, LoadCause::FileChange);
    }
    Some(load.cause)
}

fn begin(state: &mut State, cause: LoadCause) {
    state.load = LoadState::begun(cause);
    state.effects.push(Effect::Reload);
}

pub(super) fn say_not_reloaded(state: &mut State, why: ReloadError) {
    let words = state.words();
    end(state);
    state.say(match why {
        ReloadError::StandardInput => words.not_twice.to_owned(),
        ReloadError::BeingWritten(None) => words.being_written.to_owned(),
        ReloadError::BeingWritten(Some(file)) => format!("{file}: {}", words.being_written),
        ReloadError::Unreadable => words.not_reloaded.to_owned(),
    });
    list::keep_in_view(state);
    detail::keep_in_range(state);
}
