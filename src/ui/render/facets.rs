//! The facet panel: the filter, then headings, and values with their counts.

use ratatui::layout::{Position, Rect};

use super::paint::{CellPen, row_of};
use crate::search::language::filter_edit::Filtered;
use crate::text::width::width;
use crate::ui::pages::facet_panel::{FacetPanel, FacetRow};
use crate::ui::state::State;

/// Draws the panel and returns the place of its cursor.
pub(super) fn draw(state: &State, panel: &FacetPanel, pen: &mut CellPen<'_>) -> Position {
    let words = state.words();
    let pane = state.facet_pane();
    pen.clear(pane.outer);
    pen.frame(&pane, words.facets, true);
    let line = row_of(pane.inner, 0);
    let column = pen.text(line, 0, "> ", pen.theme.quiet());
    pen.text(line, column, panel.filter.value(), pen.theme.text());
    let list = Rect { y: pane.inner.y + 1, height: pane.inner.height.saturating_sub(1), ..pane.inner };
    if panel.rows.is_empty() {
        let said = if panel.counts.is_none() { words.counting } else { words.no_hits };
        pen.text(row_of(list, 0), 2, said, pen.theme.quiet());
    }
    let counts = panel.rows.iter().map(|row| match row {
        FacetRow::Value { count, .. } => width(&count.to_string()),
        FacetRow::Heading(_) | FacetRow::Remark(_) => 0,
    });
    let columns = u16::try_from(counts.max().unwrap_or(0)).unwrap_or(u16::MAX);
    for (row, (at, shown)) in
        panel.rows.iter().enumerate().skip(panel.cursor.top).take(list.height.into()).enumerate()
    {
        let line = row_of(list, row);
        draw_row(pen, line, shown, columns);
        if at == panel.cursor.at && shown.is_value() {
            pen.select(line, pen.theme.selected());
        }
    }
    pen.scroll_bar(&pane, panel.cursor.top, panel.rows.len() + 1);
    let cursor = u16::try_from(panel.filter.visual_cursor()).unwrap_or(u16::MAX);
    let last = pane.inner.right().saturating_sub(1);
    Position::new((pane.inner.x + column).saturating_add(cursor).min(last), line.y)
}

/// `  12  + Övre Norrland`
fn draw_row(pen: &mut CellPen<'_>, line: Rect, row: &FacetRow, columns: u16) {
    match row {
        FacetRow::Heading(title) => {
            pen.text(line, 0, title, pen.theme.strong());
        }
        FacetRow::Remark(said) => {
            pen.cut(line, columns + 5, line.width.saturating_sub(columns + 5), said, pen.theme.quiet());
        }
        FacetRow::Value { shown, count, filtered, .. } => {
            let count = count.to_string();
            let (sign, style) = match filtered {
                Some(Filtered::Included) => ("+", pen.theme.marked()),
                Some(Filtered::Excluded) => ("-", pen.theme.problem()),
                None => (" ", pen.theme.text()),
            };
            let place = Rect { width: columns + 1, ..line }.intersection(line);
            pen.text_right(place, &count, pen.theme.quiet());
            pen.text(line, columns + 3, sign, style);
            pen.cut(line, columns + 5, line.width.saturating_sub(columns + 5), shown, style);
        }
    }
}
