//! The first line: the prompt, the number of matches, the order.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::paint::CellPen;
use crate::search::language::query::QueryPartKind;
use crate::search::language::sort_order::{SortDirection, SortKey};
use crate::text::width::width;
use crate::ui::state::{Focus, State};
use crate::ui::theme::Glyphs;

/// Draws the line, and below it a problem of the query; returns the position of the cursor.
pub(super) fn draw(state: &State, pen: &mut CellPen<'_>, line: Rect) -> Position {
    let words = state.words();
    let focused = state.focus == Focus::Prompt;
    let label_style = if focused { pen.theme.strong() } else { pen.theme.quiet() };
    let mut column = 0;
    if line.width >= 60 {
        column = pen.text(line, 0, " diarium ", pen.theme.strong());
    }
    column = pen.text(line, column + 1, &format!("{}: ", words.search), label_style);
    let count = count(state, pen.theme.glyphs);
    let end = pen.text_right(line, &count, pen.theme.text());
    let room = end.saturating_sub(column + 1);
    let typed = &state.prompt.line;
    if typed.value().is_empty() && !focused {
        pen.cut(line, column, room, words.type_to_search, pen.theme.quiet());
        return Position::new(line.x + column, line.y);
    }
    // The cursor needs a column after the text.
    let scroll = typed.visual_scroll(usize::from(room.saturating_sub(1)));
    let (_, seen) = split_columns(typed.value(), scroll);
    let field = Rect { width: end.saturating_sub(1), ..line };
    let hidden = typed.value().len() - seen.len();
    let mut at_column = column;
    for (range, style) in stretches(state, pen) {
        let range = range.start.max(hidden)..range.end.max(hidden);
        at_column = pen.text(field, at_column, typed.value().get(range).unwrap_or_default(), style);
    }
    if focused && state.popup.is_none() {
        problem(state, pen, Rect { y: line.y + 1, ..line }, column, scroll);
    }
    let cursor = u16::try_from(typed.visual_cursor().saturating_sub(scroll)).unwrap_or(u16::MAX);
    Position::new(line.x + column.saturating_add(cursor).min(end.saturating_sub(1)), line.y)
}

/// Draws the problem of a query during typing, below the part that causes it.
fn problem(state: &State, pen: &mut CellPen<'_>, line: Rect, column: u16, scroll: usize) {
    let words = state.words();
    let Some(problem) = state.prompt.read.problems().first() else { return };
    let sentence = problem.kind.sentence(&words);
    let said = match problem.kind.suggestion() {
        Some(meant) => format!(" ^ {sentence} · {} {meant}? ", words.did_you_mean),
        None => format!(" ^ {sentence} "),
    };
    let before = width(state.query().get(..problem.span.start).unwrap_or_default()).saturating_sub(scroll);
    let below = usize::from(column.saturating_sub(1)).saturating_add(before);
    let at = below.min(usize::from(line.width).saturating_sub(width(&said)));
    pen.text(line, u16::try_from(at).unwrap_or(0), &said, pen.theme.problem());
}

/// The text in stretches of one style: conditions look like filters, problems like errors.
fn stretches(state: &State, pen: &CellPen<'_>) -> Vec<(Range<usize>, Style)> {
    let (text, read) = (state.query(), &state.prompt.read);
    if state.prompt.selected {
        return vec![(0..text.len(), pen.theme.selected())];
    }
    let mut looks = vec![pen.theme.text(); text.len()];
    let mut paint = |span: &Range<usize>, style: Style| {
        // The parsed query may be older than the typed text.
        looks.get_mut(span.clone()).into_iter().flatten().for_each(|look| *look = style);
    };
    for part in read.parts() {
        paint(
            &part.span,
            match part.kind {
                QueryPartKind::Condition if state.focus == Focus::Prompt => pen.theme.filter(),
                QueryPartKind::Condition => pen.theme.chip(),
                QueryPartKind::Operator => pen.theme.strong(),
                QueryPartKind::Phrase => pen.theme.label(),
            },
        );
    }
    for problem in read.problems() {
        paint(&problem.span, pen.theme.problem());
    }
    let mut stretches: Vec<(Range<usize>, Style)> = Vec::new();
    for (at, look) in looks.into_iter().enumerate() {
        match stretches.last_mut() {
            Some((range, known)) if *known == look => range.end = at + 1,
            _ => stretches.push((at..at + 1, look)),
        }
    }
    stretches
}

fn split_columns(text: &str, columns: usize) -> (&str, &str) {
    crate::text::width::split_at_width(text, columns)
}

/// `slut ↓`, `slut ↓ +1`: the first sort key and the number of further ones. Relevance is left out if there is no
/// query.
fn order(state: &State, glyphs: &Glyphs) -> Option<String> {
    let words = state.words();
    let Some((first, others)) = state.order.keys().split_first() else {
        return (!state.query().trim().is_empty()).then(|| words.relevance.to_owned());
    };
    let mut said = first.key.name(state.lang).to_owned();
    if first.key != SortKey::Relevance {
        let [up, down] = glyphs.ways;
        let way = if first.direction == SortDirection::Ascending { up } else { down };
        said = format!("{said} {way}");
    }
    if !others.is_empty() {
        said = format!("{said} +{}", others.len());
    }
    Some(if state.is_sorting() { format!("{}: {said}", words.sorting) } else { said })
}

/// `12 av 288 · ≈34 · relevans`
fn count(state: &State, glyphs: &Glyphs) -> String {
    let words = state.words();
    if !state.ready {
        return format!("{} ", words.loading);
    }
    let all = state.catalogue().len();
    let rows = &state.results.rows;
    let (found, similar) = (rows.hits(), rows.len() - rows.hits());
    let mut said = words.count(found, all);
    if similar > 0 {
        said = format!("{said} · {}{similar}", glyphs.about);
    }
    let order = order(state, glyphs);
    if let Some(order) = order.filter(|_| width(&said) < 40 && state.size.0 >= 60) {
        said = format!("{said} · {order}");
    }
    if state.marks.only {
        said = format!("{} · {said}", words.only_marked);
    }
    format!("{said} ")
}
