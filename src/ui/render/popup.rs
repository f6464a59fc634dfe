//! Menus, texts to read, a line to type.

use ratatui::layout::{Position, Rect};

use super::paint::{CellPen, row_of};
use crate::domain::diagnostic::Severity;
use crate::ui::layout;
use crate::ui::pages::PageLook;
use crate::ui::popup::{Ask, InputPurpose, Menu, MenuItem, Pager, PagerKind};
use crate::ui::state::State;
use crate::ui::update::menu_size;

/// Draws a menu and returns where its cursor stands.
pub(super) fn menu(state: &State, menu: &Menu, pen: &mut CellPen<'_>) -> Position {
    let (width, height) = menu_size(menu.kind);
    let pane = layout::popup(state.size, width, height);
    pen.clear(pane.outer);
    pen.frame(&pane, &menu.title, true);
    let line = row_of(pane.inner, 0);
    let column = pen.text(line, 0, "> ", pen.theme.quiet());
    pen.text(line, column, menu.filter.value(), pen.theme.text());
    let list = Rect { y: pane.inner.y + 1, height: pane.inner.height.saturating_sub(1), ..pane.inner };
    let matching = menu.matching();
    let keys = matching.iter().map(|item| crate::text::width::width(&item.key)).max().unwrap_or(0).min(24);
    for (row, (at, item)) in matching.iter().enumerate().skip(menu.top).take(list.height.into()).enumerate() {
        menu_item(pen, row_of(list, row), item, keys, at == menu.at);
    }
    pen.scroll_bar(&pane, menu.top, matching.len() + 1);
    let cursor = u16::try_from(menu.filter.visual_cursor()).unwrap_or(u16::MAX);
    Position::new(
        (pane.inner.x + column).saturating_add(cursor).min(pane.inner.right().saturating_sub(1)),
        line.y,
    )
}

fn menu_item(pen: &mut CellPen<'_>, line: Rect, item: &MenuItem, keys: usize, selected: bool) {
    let keys = u16::try_from(keys).unwrap_or(0);
    if item.choice.is_none() {
        pen.text(line, 1, &item.title, pen.theme.strong());
        return;
    }
    pen.cut(line, 1, keys, &item.key, pen.theme.label());
    let column = if keys > 0 { keys + 3 } else { 1 };
    pen.cut(line, column, line.width.saturating_sub(column), &item.title, pen.theme.text());
    if selected {
        pen.style(line, pen.theme.selected());
    }
}

/// Draws a text to read and returns where the cursor stands.
pub(super) fn pager(state: &State, pager: &Pager, pen: &mut CellPen<'_>) -> Position {
    let words = state.words();
    let area = pen.area();
    let lines = &pager.lines;
    if let PagerKind::Copied(_) = pager.kind {
        // Alone on the screen, from the first column: so it can be selected by hand without a frame.
        pen.clear(area);
        for (row, line) in lines.iter().take(area.height.into()).enumerate() {
            pen.text(row_of(area, row), 0, &line.text, pen.theme.text());
        }
        let last = row_of(area, usize::from(area.height.saturating_sub(1)));
        let said =
            state.message.iter().map(String::as_str).chain([words.any_key]).collect::<Vec<_>>().join(" · ");
        pen.clear(last);
        pen.text(last, 0, &said, pen.theme.quiet());
        return Position::new(area.x, area.y);
    }
    let title = match pager.kind {
        PagerKind::Source => words.source_text,
        PagerKind::Review => words.review,
        PagerKind::Diagnostics | PagerKind::Copied(_) => words.diagnostics,
    };
    let pane = layout::popup(state.size, u16::MAX, u16::MAX);
    pen.clear(pane.outer);
    pen.frame(&pane, title, true);
    for (row, line) in lines.iter().skip(pager.scroll).take(pane.inner.height.into()).enumerate() {
        let style = match line.look {
            PageLook::Text => pen.theme.text(),
            PageLook::Heading | PageLook::Problem(Severity::Note) => pen.theme.strong(),
            PageLook::Problem(_) => pen.theme.problem(),
            PageLook::Quiet => pen.theme.quiet(),
        };
        pen.text(row_of(pane.inner, row), 0, &line.text, style);
    }
    pen.scroll_bar(&pane, pager.scroll, lines.len());
    Position::new(pane.inner.x, pane.inner.y)
}

/// Draws the line to type in the bottom line and returns where its cursor stands.
pub(super) fn ask(state: &State, ask: &Ask, pen: &mut CellPen<'_>, line: Rect) -> Position {
    pen.clear(line);
    // Why it has to be typed again stands in the place of what is asked for.
    let said = state.message.as_ref().map(|message| format!("{message}: "));
    let words = state.words();
    let label = match ask.what {
        InputPurpose::File => words.write_to.to_owned(),
        InputPurpose::OtherReason(_) | InputPurpose::Reopen => format!("{}: ", words.reason),
        InputPurpose::RoundName(..) => format!("{}: ", words.round_name),
        InputPurpose::Purpose(..) => format!("{}: ", words.round_purpose),
        InputPurpose::Unsaved => words.unsaved_to.to_owned(),
    };
    let asked = said.as_deref().unwrap_or(&label);
    let column = pen.text(line, 1, asked, pen.theme.strong());
    let room = usize::from(line.width.saturating_sub(column + 1));
    let scroll = ask.line.visual_scroll(room);
    let (_, seen) = crate::text::width::split_at_width(ask.line.value(), scroll);
    pen.text(line, column, seen, pen.theme.text());
    let cursor = u16::try_from(ask.line.visual_cursor().saturating_sub(scroll)).unwrap_or(u16::MAX);
    Position::new((line.x + column).saturating_add(cursor).min(line.right().saturating_sub(1)), line.y)
}
