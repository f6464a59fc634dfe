//! Going, from the review or from the program, while something is not saved: it is waited for, and where it cannot be
//! saved, a file is offered.

use std::sync::Arc;

use super::review::{after_change, ask_line, opened};
use crate::ui::event::{Effect, Outcome, ReviewEffect, WriteError};
use crate::ui::popup::{InputPurpose, MenuChoice, MenuItem, MenuKind, Popup, ReviewChoice};
use crate::ui::review::{LeaveTo, Review};
use crate::ui::state::State;

/// Ends the program, as soon as all is saved.
pub(super) fn quit(state: &mut State, outcome: Outcome) {
    if !shows_note(state) && !waits(state, LeaveTo::Out(outcome.clone())) {
        state.quit(outcome);
    }
}

/// A note that was begun and not saved is shown once more.
fn shows_note(state: &mut State) -> bool {
    let Some(record) = state.notes_begun.values().find(|note| !note.left).map(|note| note.record.clone())
    else {
        return false;
    };
    let Some(mut note) = state.notes_begun.remove(&record) else { return false };
    note.left = true;
    note.lay_out(state.size);
    state.popup = Some(Popup::Note(Box::new(note)));
    let words = state.words();
    state.say(words.note_begun);
    true
}

/// Whether somebody who goes has to wait: until all is saved, or until they have said what becomes of what cannot be.
pub(super) fn waits(state: &mut State, going: LeaveTo) -> bool {
    let words = state.words();
    let Some(review) = opened(state) else { return false };
    let unsaved = review.pending.iter().filter(|pending| pending.token > review.kept).count();
    if unsaved == 0 {
        return false;
    }
    review.going = Some(going);
    if review.trouble.is_some() {
        go_on(state);
    } else {
        state.say(format!("{unsaved} {}", words.saving));
    }
    true
}

/// Whoever waits to go goes once all is saved, and is asked when something cannot be.
pub(super) fn go_on(state: &mut State) {
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
    let item = |key: &str, title: &str, choice| MenuItem {
        key: key.to_owned(),
        title: title.to_owned(),
        choice: Some(MenuChoice::Review(choice)),
    };
    let items = vec![
        item("1", words.unsaved_stay, ReviewChoice::Stay),
        item("2", words.unsaved_keep, ReviewChoice::Keep),
        item("3", words.unsaved_go, ReviewChoice::Go(going)),
    ];
    super::popup::open_menu(state, MenuKind::Unsaved, items);
}

/// Goes, whatever is not saved.
pub(super) fn go(state: &mut State, going: LeaveTo) {
    match going {
        LeaveTo::Out(outcome) => state.quit(outcome),
        LeaveTo::Back => {
            state.review = Review::Closed;
            state.reviewed = Arc::default();
            state.effects.push(Effect::Review(ReviewEffect::Leave));
            after_change(state);
            super::review_answers::search_again(state);
        }
    }
}

/// Asks for a file of what is not saved.
pub(super) fn keep(state: &mut State, path: &str) {
    if !path.is_empty() {
        state.effects.push(Effect::Review(ReviewEffect::Keep(path.to_owned(), state.review_token)));
    }
}

/// What became of that file. After a failure its path can be mended and tried again.
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
            state.say(reason.unwrap_or_else(|| words.exists_already.to_owned()));
            ask_line(state, &path, InputPurpose::Unsaved);
        }
    }
}
