//! Menus, the palette, text pages, a line to type.

use ratatui::layout::{Position, Rect};
use tui_input::Input as Line;

use super::paint::{CellPen, row_of};
use crate::domain::diagnostic::Severity;
use crate::text::width::{truncated, width};
use crate::ui::appearance::Appearance;
use crate::ui::keys::action::{Action, AppAction};
use crate::ui::keys::context::Context;
use crate::ui::layout;
use crate::ui::pages::choice_cursor::ChoiceCursor;
use crate::ui::pages::input_line::{InputLine, InputPurpose};
use crate::ui::pages::menu::{Menu, MenuItem};
use crate::ui::pages::palette::{self, Palette};
use crate::ui::pages::text_page::{PageLook, Pager, PagerKind};
use crate::ui::state::State;

/// The common parts of a menu and the palette.
struct MenuView<'a> {
    title: &'a str,
    size: (u16, u16),
    line: &'a Line,
    items: Vec<&'a MenuItem>,
    cursor: ChoiceCursor,
}

/// Draws a menu and returns the place of its cursor.
pub(super) fn menu(state: &State, menu: &Menu, pen: &mut CellPen<'_>) -> Position {
    let view = MenuView {
        title: &menu.title,
        size: menu.kind.size(),
        line: &menu.filter,
        items: menu.matching(),
        cursor: menu.cursor,
    };
    draw_menu(state, &view, pen)
}

/// Draws the palette and returns the place of its cursor.
pub(super) fn palette(state: &State, palette: &Palette, pen: &mut CellPen<'_>) -> Position {
    let view = MenuView {
        title: state.words().commands,
        size: palette::SIZE,
        line: &palette.line,
        items: palette.items.iter().collect(),
        cursor: palette.cursor,
    };
    draw_menu(state, &view, pen)
}

fn draw_menu(state: &State, menu: &MenuView<'_>, pen: &mut CellPen<'_>) -> Position {
    let pane = layout::popup(state.size, menu.size.0, menu.size.1);
    pen.clear(pane.outer);
    pen.frame(&pane, menu.title, true);
    let line = row_of(pane.inner, 0);
    let column = pen.text(line, 0, "> ", pen.theme.quiet());
    pen.text(line, column, menu.line.value(), pen.theme.text());
    let list = Rect { y: pane.inner.y + 1, height: pane.inner.height.saturating_sub(1), ..pane.inner };
    let keys = menu.items.iter().map(|item| width(&item.key)).max().unwrap_or(0).min(24);
    let shown = menu.items.iter().enumerate().skip(menu.cursor.top).take(list.height.into());
    for (row, (at, item)) in shown.enumerate() {
        menu_item(pen, row_of(list, row), item, keys, at == menu.cursor.at);
    }
    pen.scroll_bar(&pane, menu.cursor.top, menu.items.len() + 1);
    let cursor = u16::try_from(menu.line.visual_cursor()).unwrap_or(u16::MAX);
    let last = pane.inner.right().saturating_sub(1);
    Position::new((pane.inner.x + column).saturating_add(cursor).min(last), line.y)
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
        pen.select(line, pen.theme.selected());
    }
}

/// Draws a text page and returns the place of its cursor.
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
        PagerKind::Guide(_) => words.guide,
        PagerKind::Diagnostics | PagerKind::Copied(_) => words.diagnostics,
    };
    let pane = layout::page(state.size);
    pen.clear(pane.outer);
    pen.frame(&pane, title, true);
    for (row, line) in lines.iter().skip(pager.scroll).take(pane.inner.height.into()).enumerate() {
        let style = match line.look {
            PageLook::Text => pen.theme.text(),
            PageLook::Heading | PageLook::Problem(Severity::Note) => pen.theme.strong(),
            PageLook::Problem(_) => pen.theme.problem(),
            PageLook::Code => pen.theme.label(),
            PageLook::Quiet => pen.theme.quiet(),
        };
        pen.text(row_of(pane.inner, row), 0, &line.text, style);
    }
    pen.scroll_bar(&pane, pager.scroll, lines.len());
    Position::new(pane.inner.x, pane.inner.y)
}

/// The key that cancels a line to type.
fn leave_hint(state: &State, view: &Appearance) -> String {
    let key = view.keymap.key_for(Context::Menu, Action::App(AppAction::Back));
    key.map(|key| format!("  {key} {} ", state.words().key_cancel)).unwrap_or_default()
}

/// Draws a line to type in place of the bottom line and returns the place of its cursor.
pub(super) fn input(
    state: &State,
    view: &Appearance,
    input: &InputLine,
    pen: &mut CellPen<'_>,
    line: Rect,
) -> Position {
    pen.clear(line);
    // The reason why it has to be typed again replaces the question.
    let said = state.message.as_ref().map(|message| format!("{message}: "));
    let words = state.words();
    let label = match input.purpose {
        InputPurpose::File => words.write_to.to_owned(),
        InputPurpose::OtherReason(_) | InputPurpose::Reopen => format!("{}: ", words.reason),
        InputPurpose::RoundName(..) => format!("{}: ", words.round_name),
        InputPurpose::Purpose(..) => format!("{}: ", words.round_purpose),
        InputPurpose::Unsaved => words.unsaved_to.to_owned(),
    };
    // On narrow screens the question leaves room for its answer.
    let asked = truncated(said.as_deref().unwrap_or(&label), usize::from(line.width / 2), "… ");
    let column = pen.text(line, 1, &asked, pen.theme.strong());
    let hint = leave_hint(state, view);
    let typed = input.line.visual_cursor() + usize::from(column) + 2;
    let has_hint = typed + width(&hint) <= usize::from(line.width);
    let end = if has_hint { pen.text_right(line, &hint, pen.theme.quiet()) } else { line.width };
    let room = usize::from(end.saturating_sub(column + 1));
    let scroll = input.line.visual_scroll(room);
    let (_, seen) = crate::text::width::split_at_width(input.line.value(), scroll);
    pen.text(line, column, seen, pen.theme.text());
    let cursor = u16::try_from(input.line.visual_cursor().saturating_sub(scroll)).unwrap_or(u16::MAX);
    Position::new((line.x + column).saturating_add(cursor).min(line.right().saturating_sub(1)), line.y)
}
