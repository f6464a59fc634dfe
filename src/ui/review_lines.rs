//! The review in the detail: a line of the first block, then changes and notes.

use super::review::{OpenReview, Review};
use super::review_words::change_in_words;
use super::state::State;
use crate::domain::privacy::masked;
use crate::domain::reviewed::ReviewState;
use crate::domain::reviewed::utc;
use crate::i18n::{review_reason, review_state};
use crate::review::event::NoteKind;
use crate::review::record_state::GivenVerdict;
use crate::review::version::Change;
use crate::summary::{Role, SummaryGroup, SummaryLine, SummaryPiece};

/// The line of the first block.
pub(super) fn first(state: &State, id: &str) -> Option<SummaryLine> {
    let Review::Open(review) = &state.review else { return None };
    let words = state.words();
    let person = &state.setup.review.person;
    let (said, is_pending) = review.state(id, person);
    let standing = review.standing(id, person);
    let mut parts = Vec::new();
    match standing {
        // There is no round yet: nothing can be said.
        None if review.round.is_none() => return None,
        None => parts.push(quiet(words.not_in_round)),
        Some(standing) => {
            let role = if said.verdicts.is_empty() { Role::Missing } else { Role::Strong };
            parts.push(piece(review_state(ReviewState::from(standing), state.lang), role));
        }
    }
    parts.extend(said.verdicts.iter().map(|given| piece(given_in_words(given, state), Role::Value)));
    if let Some(given) = review.earlier(id).filter(|_| said.verdicts.is_empty()) {
        parts.push(quiet(&format!("{}: {}", words.was, given_in_words(given, state))));
    }
    if review.comparison.changed.contains_key(id) {
        parts.push(piece(
            review_state(crate::domain::reviewed::ReviewState::Changed, state.lang),
            Role::Strong,
        ));
    }
    if said.starred {
        parts.push(piece(
            review_state(crate::domain::reviewed::ReviewState::Starred, state.lang),
            Role::Value,
        ));
    }
    parts.extend(said.tags.iter().map(|tag| piece(format!("#{tag}"), Role::Value)));
    if is_pending {
        parts.push(quiet(words.saving));
    }
    let mut pieces = Vec::new();
    for part in parts {
        if !pieces.is_empty() {
            pieces.push(quiet(" · "));
        }
        pieces.push(part);
    }
    Some(SummaryLine { label: words.verdict.to_owned(), pieces })
}

/// Changes since the verdict, and notes, each below a heading.
pub(super) fn groups(state: &State, id: &str) -> Vec<SummaryGroup> {
    let Review::Open(review) = &state.review else { return Vec::new() };
    changes(review, state, id).into_iter().chain(notes(review, state, id)).collect()
}

fn changes(review: &OpenReview, state: &State, id: &str) -> Option<SummaryGroup> {
    let changes = review.comparison.changed.get(id)?;
    let lines = changes.iter().map(|change| change_line(change, state)).collect();
    Some(SummaryGroup { title: state.words().changed_group, lines })
}

fn change_line(change: &Change, state: &State) -> SummaryLine {
    let [label, before, after] = change_in_words(change, state.lang);
    SummaryLine { label, pieces: vec![quiet(&before), quiet(" > "), piece(after, Role::Value)] }
}

fn notes(review: &OpenReview, state: &State, id: &str) -> Option<SummaryGroup> {
    let words = state.words();
    let (said, _) = review.state(id, &state.setup.review.person);
    let lines: Vec<SummaryLine> = said
        .notes
        .iter()
        .map(|note| {
            let label = match note.kind {
                NoteKind::Working => words.working_note,
                NoteKind::Finding => words.finding,
            };
            let who = format!(" · {} {}", note.person, day(note.time));
            let text = masked(&note.text).replace('\n', " / ");
            SummaryLine { label: label.to_owned(), pieces: vec![piece(text, Role::Value), quiet(&who)] }
        })
        .collect();
    (!lines.is_empty()).then_some(SummaryGroup { title: words.notes_group, lines })
}

/// `anna godkänt, skäl: text 2026-11-25`
fn given_in_words(given: &GivenVerdict, state: &State) -> String {
    let mut said = format!("{} {}", given.person, review_state(ReviewState::from(given.verdict), state.lang));
    if let Some(reason) = &given.reason {
        said = format!("{said}, {}", review_reason(reason, state.lang));
    }
    if !given.text.is_empty() {
        said = format!("{said}: {}", given.text);
    }
    format!("{said} {}", day(given.time)).trim_end().to_owned()
}

/// The date of a time, UTC; empty for an action that is not saved yet.
fn day(time: i64) -> String {
    if time == 0 { String::new() } else { utc(time).chars().take(10).collect() }
}

fn piece(text: impl Into<String>, role: Role) -> SummaryPiece {
    SummaryPiece { text: text.into(), role, origin: None, raw: None, field: None }
}

fn quiet(text: &str) -> SummaryPiece {
    piece(text, Role::Quiet)
}
