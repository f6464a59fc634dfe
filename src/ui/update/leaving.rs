//! Leaving the review or the program with unsaved actions: waits for them, and offers a file if they cannot be saved.

use super::common::popups::{ask_line, open_menu};
use super::common::reviewing::{close_review, opened};
use crate::ui::event::{Effect, Outcome, ReviewEffect, WriteError};
use crate::ui::pages::Popup;
use crate::ui::pages::input_line::InputPurpose;
use crate::ui::pages::menu::{MenuChoice, MenuItem, MenuKind, ReviewChoice};
use crate::ui::review::LeaveTo;
use crate::ui::state::State;

/// Ends the program once everything is saved.
pub(super) fn quit(state: &mut State, outcome: Outcome) {
    if !shows_note(state) && !waits(state, LeaveTo::Out(outcome.clone())) {
        state.quit(outcome);
    }
}

/// Shows an unsaved note once before the program ends; `false` if there is none left.
fn shows_note(state: &mut State) -> bool {
    let Some(record) = state.notes_begun.values().find(|note| !note.left).map(|note| note.record.clone())
    else {
        return false;
    };
    let Some(mut note) = state.notes_begun.remove(&record) else { return false };
    note.left = true;
    state.popup = Some(Popup::Note(Box::new(note)));
    let words = state.words();
    state.say(words.note_begun);
    true
}

/// Returns `true` if leaving has to wait until everything is saved, or until the user has decided about unsaved
/// actions.
pub(super) fn waits(state: &mut State, going: LeaveTo) -> bool {
    let words = state.words();
    let Some(review) = opened(state) else { return false };
    let unsaved = review.pending.iter().filter(|pending| pending.token > review.kept).count();
    if unsaved == 0 {
        return false;
    }
    review.going = Some(going);
    if review.trouble.is_some() {
        resume(state);
    } else {
        state.say(format!("{unsaved} {}", words.saving));
    }
    true
}

/// Leaves if leaving waits and everything is saved; asks if something cannot be saved.
pub(super) fn resume(state: &mut State) {
    let Some(review) = opened(state) else { return };
    let is_in_trouble = review.trouble.is_some();
    if !review.pending.is_empty() && !is_in_trouble {
        return;
    }
    let Some(going) = review.going.take() else { return };
    if review.pending.is_empty() {
        return go(state, going);
    }
    let words = state.words();
    let item = |key: &str, title: &str, choice| MenuItem::new(key, title, MenuChoice::Review(choice));
    let items = vec![
        item("1", words.unsaved_stay, ReviewChoice::Nothing),
        item("2", words.unsaved_keep, ReviewChoice::Keep),
        item("3", words.unsaved_go, ReviewChoice::Go(going)),
    ];
    open_menu(state, MenuKind::Unsaved, items);
}

/// Leaves, whatever is not saved.
pub(super) fn go(state: &mut State, going: LeaveTo) {
    match going {
        LeaveTo::Out(outcome) => state.quit(outcome),
        LeaveTo::Back => close_review(state),
    }
}

/// Writes unsaved work to a file.
pub(super) fn keep(state: &mut State, path: &str) {
    if !path.is_empty() {
        state.effects.push(Effect::Review(ReviewEffect::Keep(path.to_owned(), state.review_token)));
    }
}

/// Says what became of that file. After a failure its path can be corrected and tried again.
pub(super) fn kept(state: &mut State, newest: u64, result: Result<String, WriteError>) {
    let words = state.words();
    match result {
        Ok(path) => {
            if let Some(review) = opened(state) {
                review.kept = newest;
            }
            state.say(format!("{}: {path} · {} {path}", words.written, words.unsaved_kept));
        }
        Err(WriteError { path, reason }) => {
            state.say(reason.sentence(&words));
            ask_line(state, &path, InputPurpose::Unsaved);
        }
    }
}
