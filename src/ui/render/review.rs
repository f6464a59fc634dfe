//! What is drawn of a review: the cells of a row, how far it has come, the box of a note.

use ratatui::layout::{Position, Rect};

use super::paint::{Pen, row_of};
use crate::domain::reviewed::ReviewState;
use crate::review::event::NoteKind;
use crate::review::facts::{of_standing, of_verdict};
use crate::text::width::width;
use crate::text::wrap::wrap;
use crate::ui::action::{Action, Context};
use crate::ui::layout;
use crate::ui::popup::NoteBox;
use crate::ui::review::Review;
use crate::ui::state::State;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// How large the box of a note is at most.
const NOTE: (u16, u16) = (72, 12);

/// What is not saved yet.
const UNSAVED: &str = "~";

/// The character of a state in a row; a blank for what nothing has been said of.
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

/// Draws what has been said of a record into the second and third cell of its row; whether there was a verdict.
pub(super) fn cells(state: &State, pen: &mut Pen<'_>, area: Rect, id: &str) -> bool {
    let Review::Open(review) = &state.review else { return false };
    let person = &state.setup.review.person;
    let (said, is_pending) = review.state(id, person);
    let standing = review.standing(id, person).map_or(ReviewState::Undecided, of_standing);
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
            pen.text(area, 1, glyph(of_verdict(given.verdict), pen.theme), pen.theme.quiet());
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

/// `Vår 2026 · anna · bedömda 41 av 288 · 1 sparas`
pub(super) fn progress(state: &State) -> Option<String> {
    let words = state.words();
    let review = match &state.review {
        Review::Closed => return None,
        Review::Opening => return Some(words.opening_review.to_owned()),
        Review::Open(review) => review,
    };
    let aside = review.aside.as_ref().map(|path| format!("{} {path}", words.set_aside));
    let mut parts: Vec<String> = aside.into_iter().collect();
    parts.push(match review.round() {
        None => words.review.to_owned(),
        Some(round) => round.name().to_owned(),
    });
    parts.push(state.setup.review.person.clone());
    if let Some(round) = review.round() {
        parts.push(format!("{} {}", words.decided, words.count(review.tally.done, review.tally.records)));
        if round.closing.is_some() {
            parts.push(words.lang.choose("låst", "closed").to_owned());
        }
    }
    let unsaved = review.pending.len();
    if let Some(trouble) = review.trouble.as_ref().filter(|_| unsaved > 0) {
        parts.push(format!("{unsaved} {}: {trouble}", words.not_saved));
    } else if unsaved > 0 {
        parts.push(format!("{unsaved} {}", words.saving));
    }
    if let Some(other) = state.selected().and_then(|record| review.others.get(record.id())) {
        parts.push(format!("{other} {}", words.is_here));
    }
    Some(parts.join(" · "))
}

/// Draws the box of a note and returns where its cursor stands.
pub(super) fn note(state: &State, view: &View, note: &NoteBox, pen: &mut Pen<'_>) -> Position {
    let words = state.words();
    let kind = match note.kind {
        NoteKind::Working => words.working_note,
        NoteKind::Finding => words.finding,
    };
    let pane = layout::popup(state.size, NOTE.0, NOTE.1);
    pen.clear(pane.outer);
    pen.frame(&pane, &format!("{} {kind}", note.record), true);
    let text = note.line.value();
    let height = usize::from(pane.inner.height.saturating_sub(1));
    let cursor = text.char_indices().nth(note.line.cursor()).map_or(text.len(), |(at, _)| at);
    let lines = lines(text, pane.inner.width.saturating_sub(1).into());
    let at = lines.iter().rposition(|line| line.start <= cursor).unwrap_or(0);
    let top = (at + 1).saturating_sub(height);
    for (row, line) in lines.iter().skip(top).take(height).enumerate() {
        pen.text(row_of(pane.inner, row), 0, text.get(line.clone()).unwrap_or_default(), pen.theme.text());
    }
    let keys = [
        (Action::NoteSave, words.saved),
        (Action::NoteNewLine, Action::NoteNewLine.title(state.lang)),
        (Action::NoteKind, Action::NoteKind.title(state.lang)),
    ];
    let hint = keys.iter().filter_map(|(action, _)| {
        Some(format!("{} {}", view.keymap.key_for(Context::Note, *action)?, action.title(state.lang)))
    });
    let hint = hint.collect::<Vec<_>>().join("  ");
    pen.cut(row_of(pane.inner, height), 0, pane.inner.width, &hint, pen.theme.quiet());
    let start = lines.get(at).map_or(0, |line| line.start);
    let column = width(text.get(start..cursor).unwrap_or_default());
    let column = u16::try_from(column).unwrap_or(u16::MAX).min(pane.inner.width.saturating_sub(1));
    let row = u16::try_from(at - top).unwrap_or(0);
    Position::new(pane.inner.x + column, pane.inner.y + row)
}

/// The lines of a text in so many columns, as ranges of its bytes; an empty line where one was typed.
fn lines(text: &str, columns: usize) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        let wrapped = wrap(paragraph, columns.max(1));
        let before = lines.len();
        lines.extend(wrapped.into_iter().map(|range| range.start + start..range.end + start));
        if lines.len() == before {
            lines.push(start..start);
        }
        start += paragraph.len() + 1;
    }
    lines
}
