//! Records that come in: some while the rest is read, all at the end, and again when their files have changed.

use super::{detail, list};
use crate::domain::diagnostic::DiagnosticCounts;
use crate::loading::Loaded;
use crate::loading::difference::Difference;
use crate::ui::event::{Effect, LoadProgress, Outcome, ReloadError};
use crate::ui::rows::Rows;
use crate::ui::state::{AfterAnswer, State};

pub(super) fn take_reading(state: &mut State, reading: LoadProgress) {
    if state.reading.is_some() {
        state.reading = Some(reading);
    }
}

/// Takes loaded records: whatever was typed meanwhile is searched in them.
pub(super) fn take_records(state: &mut State, loaded: Loaded, is_whole: bool) {
    if is_whole && loaded.nothing_was_readable() {
        // An empty screen would only hide the reason.
        state.quit(Outcome::NothingReadable);
    }
    if is_whole {
        state.reading = None;
        begin_again(state);
        super::rounds::open_at_start(state);
    }
    // More records come behind those that are shown: until the search has answered, the rows are right.
    replace(state, loaded, is_whole);
}

/// Takes the records of files that have been read again.
pub(super) fn take_again(state: &mut State, loaded: Loaded, difference: Difference) {
    let words = state.words();
    let was_asked = std::mem::take(&mut state.asked_to_reload);
    state.reading = None;
    begin_again(state);
    if was_asked || !difference.is_none() {
        state.say(words.difference(difference.new, difference.changed, difference.gone));
    }
    // Rows of the old records mean nothing among the new ones.
    stay_after_answer(state);
    state.lagging = None;
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
    let is_untouched = state.list.at == 0 && state.moved_at.is_none() && !state.detail.wide;
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
    if state.reading.is_some() {
        return state.say(words.loading);
    }
    state.asked_to_reload = true;
    begin(state);
}

/// Something else has changed the files.
pub(super) fn files_changed(state: &mut State) {
    if state.reading.is_none() {
        begin(state);
    } else {
        state.changed_meanwhile = true;
    }
}

/// What has changed while it was read is read once more.
fn begin_again(state: &mut State) {
    if std::mem::take(&mut state.changed_meanwhile) {
        begin(state);
    }
}

fn begin(state: &mut State) {
    state.reading = Some(LoadProgress::default());
    state.effects.push(Effect::Reload);
}

pub(super) fn say_not_reloaded(state: &mut State, why: ReloadError) {
    let words = state.words();
    state.reading = None;
    state.asked_to_reload = false;
    state.say(match why {
        ReloadError::StandardInput => words.not_twice.to_owned(),
        ReloadError::BeingWritten(None) => words.being_written.to_owned(),
        ReloadError::BeingWritten(Some(file)) => format!("{file}: {}", words.being_written),
        ReloadError::Unreadable => words.not_reloaded.to_owned(),
    });
    list::keep_in_view(state);
    detail::keep_in_range(state);
}
