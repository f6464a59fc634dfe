//! Drawing of review data: the cells of a row, the progress, the note box.

use ratatui::layout::{Position, Rect};

use super::paint::{CellPen, row_of};
use crate::domain::reviewed::ReviewState;
use crate::review::event::NoteKind;
use crate::review::store_error::StoreError;
use crate::ui::appearance::Appearance;
use crate::ui::event::StoreCondition;
use crate::ui::keys::action::{Action, AppAction, NoteAction};
use crate::ui::keys::context::Context;
use crate::ui::pages::note_box::{self, NoteBox};
use crate::ui::review::{Review, store_sentence};
use crate::ui::state::State;
use crate::ui::theme::Theme;

/// Marks unsaved actions.
const UNSAVED: &str = "~";

/// The glyph of a state in a row; a blank for records that were not reviewed.
const fn glyph(state: ReviewState, theme: Theme) -> &'static str {
    match state {
        ReviewState::Reviewed if theme.is_ascii() => "v",
        ReviewState::Reviewed => "√",
        ReviewState::Approved => "+",
        ReviewState::Rejected => "-",
        ReviewState::Pending => "?",
        ReviewState::Disputed => "!",
        ReviewState::Awaiting => "1",
        _ => " ",
    }
}

/// Draws the review state of a record into the second and third cell of its row; returns `true` if it has a verdict.
pub(super) fn cells(state: &State, pen: &mut CellPen<'_>, area: Rect, id: &str) -> bool {
    let Review::Open(review) = &state.review else { return false };
    let person = &state.setup.review.person;
    let (said, is_pending) = review.state(id, person);
    let standing = review.standing(id, person).map_or(ReviewState::Undecided, ReviewState::from);
    let third = if is_pending {
        UNSAVED
    } else if review.others.contains_key(id) {
        "@"
    } else if said.starred {
        "*"
    } else {
        " "
    };
    pen.text(area, 2, third, pen.theme.marked());
    if standing == ReviewState::Undecided {
        let earlier = review.earlier(id).filter(|_| !review.comparison.changed.contains_key(id));
        if let Some(given) = earlier {
            pen.text(area, 1, glyph(ReviewState::from(given.verdict), pen.theme), pen.theme.quiet());
        }
        return earlier.is_some();
    }
    let style = match standing {
        ReviewState::Rejected | ReviewState::Disputed => pen.theme.problem(),
        _ => pen.theme.strong(),
    };
    pen.text(area, 1, glyph(standing, pen.theme), style);
    true
}

/// Number of cells of the progress bar, on screens from [`BAR_FROM`] columns on.
const BAR: usize = 6;
/// Narrower ones need the room for words.
const BAR_FROM: u16 = 110;

/// `Vår 2026 · anna · bedömda 41 av 288 █░░░░░ · 1 sparas`
pub(super) fn progress(state: &State, theme: Theme) -> Option<String> {
    let words = state.words();
    let review = match &state.review {
        Review::Closed => return None,
        Review::Opening => return Some(words.opening_review.to_owned()),
        Review::Open(review) => review,
    };
    let mut parts: Vec<String> = condition(&review.condition, state).into_iter().collect();
    let unsaved = review.pending.len();
    if let Some(trouble) = review.trouble.as_ref().filter(|_| unsaved > 0) {
        parts.push(format!("{unsaved} {}: {trouble}", words.not_saved));
    }
    if let Some(other) = state.selected().and_then(|record| review.others.get(record.id())) {
        parts.push(format!("{other} {}", words.is_here));
    }
    let person = state.setup.review.person.clone();
    match review.round() {
        None => parts.extend([words.review.to_owned(), person]),
        Some(round) => {
            let (done, all) = (review.tally.done, review.tally.records);
            let counts = format!("{} {}", words.decided, words.count(done, all));
            let name = round.name().to_owned();
            // Narrow screens cut the end of the line, never the counts.
            if state.size.0 < BAR_FROM {
                parts.extend([counts, person, name]);
            } else {
                parts.extend([name, person, format!("{counts} {}", bar(done, all, theme))]);
            }
            if round.closing.is_some() {
                parts.push(words.closed_mark.to_owned());
            }
        }
    }
    if unsaved > 0 && review.trouble.is_none() {
        parts.push(format!("{unsaved} {}", words.saving));
    }
    Some(parts.join(" · "))
}

/// The condition of the store, unless nothing is wrong with it.
fn condition(condition: &StoreCondition, state: &State) -> Option<String> {
    let words = state.words();
    Some(match condition {
        StoreCondition::Sound => return None,
        StoreCondition::Migrated => words.store_migrated.to_owned(),
        StoreCondition::Repaired(aside) => format!("{} {aside}", words.store_repaired),
        StoreCondition::Damaged(..) => words.store_only_read.to_owned(),
        StoreCondition::Replaced(what) => {
            let sentence = store_sentence(&StoreError::Replaced(*what), state.lang);
            format!("{} {sentence} · {}", words.review_store, words.opens_again)
        }
    })
}

/// A full bar means that nothing is left, an empty one that nothing is done.
fn bar(done: usize, all: usize, theme: Theme) -> String {
    let exact = (done * BAR).checked_div(all).unwrap_or(0);
    let full = if done > 0 { exact.max(1) } else { 0 };
    let [filled, left] = theme.glyphs.progress;
    filled.repeat(full) + &left.repeat(BAR - full)
}

/// Draws the note box and returns the place of its cursor.
pub(super) fn note(state: &State, view: &Appearance, note: &NoteBox, pen: &mut CellPen<'_>) -> Position {
    let words = state.words();
    let kind = match note.kind {
        NoteKind::Working => words.working_note,
        NoteKind::Finding => words.finding,
    };
    let pane = note_box::pane(state.size);
    pen.clear(pane.outer);
    pen.frame(&pane, &format!("{} {kind}", note.record), true);
    let cursor = note_text(note, state.size, pane.inner, pen);
    let keys = [NoteAction::Save, NoteAction::NewLine, NoteAction::Kind].map(Action::Note);
    let leave = Action::App(AppAction::Back);
    let earlier = state.own_notes(&note.record).len();
    let keys =
        keys.into_iter().chain([leave]).chain((earlier > 0).then_some(Action::Note(NoteAction::Earlier)));
    let hint = keys.filter_map(|action| {
        Some(format!("{} {}", view.keymap.key_for(Context::Note, action)?, action.title(state.lang)))
    });
    let hint = hint.collect::<Vec<_>>().join("  ");
    let last = row_of(pane.inner, usize::from(pane.inner.height.saturating_sub(1)));
    pen.cut(last, 0, pane.inner.width, &hint, pen.theme.quiet());
    cursor
}

/// Draws the rows of a note around its cursor.
fn note_text(note: &NoteBox, size: (u16, u16), area: Rect, pen: &mut CellPen<'_>) -> Position {
    let rows = note.rows(size);
    let (row, column) = note.cursor(&rows);
    let (columns, height) = note_box::text_size(size);
    let top = (row + 1).saturating_sub(height);
    for (line, row) in rows.iter().skip(top).take(height).enumerate() {
        pen.text(row_of(area, line), 0, &row.text, pen.theme.text());
    }
    let within = |n: usize, most: usize| u16::try_from(n.min(most.saturating_sub(1))).unwrap_or(0);
    Position::new(area.x + within(column, columns), area.y + within(row - top.min(row), height))
}
