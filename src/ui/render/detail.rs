//! The detail of the selected record.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::paint::{CellPen, row_of};
use crate::summary::{PeriodBar, Role};
use crate::ui::document::{DetailDocument, Look, ShownLine, StyledSpan};
use crate::ui::layout::{Frame, Pane};
use crate::ui::record_detail::record_detail;
use crate::ui::state::{Focus, State};

/// Draws the detail and returns the place of its cursor.
pub(super) fn draw(state: &State, pen: &mut CellPen<'_>, pane: &Pane) -> Option<Position> {
    let focused = state.focus == Focus::Detail && state.popup.is_none();
    // The first line of the record has its id; a title is needed only above scrolled text.
    let title = if state.detail.scroll > 0 || pane.frame == Frame::Box {
        state.detailed().map(|record| record.id().to_owned())
    } else {
        None
    };
    pen.frame(pane, title.as_deref().unwrap_or_default(), focused);
    let page = record_detail(state)?;
    let height = usize::from(pane.inner.height);
    for (row, shown) in page.seen(state.detail.scroll, height).into_iter().enumerate() {
        let spans = match shown {
            ShownLine::Line(number) => page.lines.get(number),
            ShownLine::Short(number) => page.short_block.get(number),
        };
        let area = row_of(pane.inner, row);
        let mut column = 0;
        for span in spans.into_iter().flatten() {
            column = draw_span(state, pen, area, column, span);
        }
        let hit = state.detail.hit.and_then(|hit| page.hits.get(hit));
        if hit.is_some_and(|hit| shown == ShownLine::Line(*hit)) && pane.frame == Frame::Box {
            pen.text(row_of(pane.outer, row + 1), 1, pen.theme.glyphs.found, pen.theme.matched());
        }
    }
    pen.scroll_bar(pane, state.detail.scroll, page.lines.len());
    Some(cursor(state, pane, &page))
}

fn draw_span(
    state: &State,
    pen: &mut CellPen<'_>,
    area: ratatui::layout::Rect,
    column: u16,
    span: &StyledSpan,
) -> u16 {
    let theme = pen.theme;
    let style: Style = match span.look {
        Look::Label => theme.label(),
        Look::Heading | Look::Role(Role::Strong) => theme.strong(),
        Look::Role(Role::Missing | Role::Quiet) => theme.quiet(),
        Look::Role(Role::State(of)) => theme.state(of),
        Look::Role(Role::Bar(bar)) => return draw_bar(pen, area, column, span, bar),
        Look::Role(Role::Value) | Look::Text => theme.text(),
    };
    let style = if span.matched { style.patch(theme.matched()) } else { style };
    let chosen = span.item.is_some() && span.item == state.detail.field && state.focus == Focus::Detail;
    let style = if chosen { theme.selected() } else { style };
    pen.text(area, column, &span.text, style)
}

fn draw_bar(
    pen: &mut CellPen<'_>,
    area: ratatui::layout::Rect,
    column: u16,
    span: &StyledSpan,
    bar: PeriodBar,
) -> u16 {
    let columns = u16::try_from(span.text.len()).unwrap_or(0);
    let filled = bar.filled(columns);
    let [passed, left] = pen.theme.glyphs.bar;
    let column = pen.text(area, column, &passed.repeat(filled.into()), pen.theme.strong());
    pen.text(area, column, &left.repeat((columns - filled).into()), pen.theme.quiet())
}

/// On the chosen field, else on the first line shown.
fn cursor(state: &State, pane: &Pane, page: &DetailDocument) -> Position {
    let item = state.detail.field.and_then(|field| page.items.get(field));
    let row = item.and_then(|item| {
        let seen = page.seen(state.detail.scroll, pane.inner.height.into());
        seen.iter().position(|shown| *shown == ShownLine::Line(item.line))
    });
    let within = |n: usize, most: u16| u16::try_from(n).unwrap_or(u16::MAX).min(most.saturating_sub(1));
    let column = item.map_or(0, |item| item.column);
    Position::new(
        pane.inner.x + within(column, pane.inner.width),
        pane.inner.y + within(row.unwrap_or(0), pane.inner.height),
    )
}
