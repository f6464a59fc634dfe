//! Answers from the review store: actions saved here or by other sessions, and failures.

use std::sync::Arc;

use super::common::reviewing::{after_change, choose_round, forget_reviewed, opened};
use super::common::{detail_view, search, selection};
use super::leaving;
use super::rounds::open_rounds;
use crate::domain::privacy::masked;
use crate::domain::reviewed::ReviewState;
use crate::i18n::review_state;
use crate::review::command::ReviewCommandError;
use crate::review::delta::JournalDelta;
use crate::review::event::{EventId, EventKind, NoteKind};
use crate::review::undo::UndoError;
use crate::ui::event::ReviewEvent;
use crate::ui::keys::action::Action;
use crate::ui::review::{OpenReview, Review, store_sentence};
use crate::ui::state::State;

/// Takes an answer of the store, and returns the action that had been waiting for it.
pub(super) fn take(state: &mut State, event: ReviewEvent) -> Option<Action> {
    match event {
        ReviewEvent::Opened { journal, condition } => {
            let review = OpenReview { journal: *journal, condition, ..OpenReview::default() };
            let newest =
                review.journal.rounds().rev().find(|round| round.closing.is_none()).map(|round| round.id);
            state.review = Review::Open(Box::new(review));
            let words = state.words();
            state.message.take_if(|said| said == words.opening_review);
            match newest {
                Some(round) => choose_round(state, round),
                None => forget_reviewed(state),
            }
            super::drafts::ask(state);
            // A review opened by a key asks for a scope; one that is opened at the start continues.
            if !state.setup.review.at_start {
                open_rounds(state);
            }
        }
        ReviewEvent::NotOpened(why) => {
            state.review = Review::Closed;
            state.say(store_sentence(&why, state.lang));
        }
        ReviewEvent::Learnt(news) => {
            if let Some(review) = opened(state) {
                review.learn(&news);
            }
            join_new_round(state, &news);
            after_change(state);
        }
        ReviewEvent::Saved(token, first) => return saved(state, token, first),
        ReviewEvent::NotSaved { token, why, again } => not_saved(state, token, &why, again),
        ReviewEvent::Compared { round, catalogue, comparison, reviewed } => {
            // An answer about records that have been replaced meanwhile is dropped.
            if !Arc::ptr_eq(&catalogue, &state.loaded.catalogue) {
                return None;
            }
            let review = opened(state).filter(|review| review.round == Some(round))?;
            review.comparison = comparison;
            state.reviewed = reviewed;
            detail_view::keep_in_range(state);
            search::search_again(state);
        }
        ReviewEvent::Condition(condition) => {
            if let Some(review) = opened(state) {
                review.condition = condition;
            }
        }
        ReviewEvent::Others(others) => {
            if let Some(review) = opened(state) {
                review.others = others;
            }
        }
        ReviewEvent::Kept(newest, result) => leaving::kept(state, newest, result),
    }
    None
}

/// Joins a round that another session has begun, if this one has none.
fn join_new_round(state: &mut State, news: &JournalDelta) {
    let begun = news.events.iter().rev().find_map(|event| match &event.kind {
        EventKind::RoundBegun(begun) => {
            Some((event.id, masked(&event.author.person).into_owned(), masked(&begun.name).into_owned()))
        }
        _ => None,
    });
    let Some((round, person, name)) = begun else { return };
    let has_none = opened(state).is_some_and(|review| review.round.is_none() && review.then.is_none());
    if has_none {
        choose_round(state, round);
        let said = state.words().joined_round(&name, &person);
        state.say(said);
    }
}

fn saved(state: &mut State, token: u64, first: EventId) -> Option<Action> {
    let review = opened(state)?;
    review.pending.retain(|pending| pending.token != token);
    let trouble = review.trouble.take();
    let what = review.journal.event(first).map(|event| event.kind.clone());
    // The message about the trouble is not true any more.
    if trouble.is_some_and(|trouble| state.message.as_ref() == Some(&in_trouble(&trouble, state))) {
        state.message = None;
    }
    let mut waiting = None;
    match what {
        Some(EventKind::RoundBegun(_)) => {
            choose_round(state, first);
            waiting = opened(state).and_then(|review| review.then.take());
        }
        Some(EventKind::Undone { of }) => {
            let words = state.words();
            go_to_undone(state, of, words.undone);
        }
        Some(EventKind::Redone { of }) => {
            let words = state.words();
            go_to_undone(state, of, words.redone);
        }
        Some(EventKind::Closed { .. }) => {
            let words = state.words();
            state.say(words.closed_now);
        }
        _ => {}
    }
    leaving::resume(state);
    waiting
}

/// Selects the record of an action that was undone or redone, and names the action.
fn go_to_undone(state: &mut State, of: EventId, word: &str) {
    let Some(review) = opened(state) else { return };
    let events: Vec<_> = review.journal.action(of).cloned().collect();
    let Some(event) = events.first() else { return };
    let record = event.record.clone().unwrap_or_default();
    let more = if events.len() > 1 { format!(" (+{})", events.len() - 1) } else { String::new() };
    let action = in_words(&event.kind, event.text.as_str(), state);
    state.say(format!("{record}: {word}: {action}{more}"));
    if let Some(at) = selection::row_of(state, &record) {
        selection::select(state, at);
    }
}

/// An action in a few words.
fn in_words(what: &EventKind, text: &str, state: &State) -> String {
    let words = state.words();
    match what {
        EventKind::Verdict { verdict: Some(verdict), .. } => {
            review_state(ReviewState::from(*verdict), state.lang).to_owned()
        }
        EventKind::Verdict { .. } => words.not_reviewed.to_owned(),
        EventKind::Star { .. } => {
            review_state(crate::domain::reviewed::ReviewState::Starred, state.lang).to_owned()
        }
        EventKind::Tag { .. } => format!("{} {text}", words.tag),
        EventKind::Note { note: NoteKind::Finding } => words.finding.to_owned(),
        _ => words.working_note.to_owned(),
    }
}

fn in_trouble(sentence: &str, state: &State) -> String {
    format!("{}: {sentence}", state.words().not_saved)
}

fn not_saved(state: &mut State, token: u64, why: &ReviewCommandError, again: bool) {
    let words = state.words();
    let sentence = match why {
        ReviewCommandError::Store(error) => store_sentence(error, state.lang),
        ReviewCommandError::Undo(UndoError::Nothing) => words.nothing_to_undo.to_owned(),
        ReviewCommandError::Undo(UndoError::ChangedSince { person, record }) => {
            format!("{record}: {person} {}", words.changed_since)
        }
        ReviewCommandError::Already { .. } => words.round_closed.to_owned(),
        ReviewCommandError::Unknown(_) => words.no_review_open.to_owned(),
    };
    if let Some(review) = opened(state) {
        if again {
            review.trouble = Some(sentence.clone());
        } else {
            // A failed save cancels leaving, so that the reason can be read.
            let refused: Vec<_> = review.pending.extract_if(.., |pending| pending.token == token).collect();
            (review.then, review.going) = (None, None);
            for event in refused.iter().flat_map(|pending| &pending.drafts) {
                super::drafts::put_back(state, event);
            }
        }
    }
    state.say(if again { in_trouble(&sentence, state) } else { sentence });
    leaving::resume(state);
    after_change(state);
}
