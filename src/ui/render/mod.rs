//! State in, cells out. Rendering changes nothing.

mod detail;
mod facets;
mod list;
mod paint;
mod popup;
mod prompt;
mod review;
mod status;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::layout::Layout;
use super::pages::Popup;
use super::state::{Focus, State};
use crate::ui::appearance::Appearance;
use paint::CellPen;

/// Draws the screen and returns the place of the terminal's cursor: in the line being typed, else on the selected row
/// or field, where screen readers look for it.
pub fn render(state: &State, view: &Appearance, buffer: &mut Buffer) -> Option<Position> {
    let area = buffer.area;
    buffer.reset();
    let cursor = match state
        .layout()
        .filter(|layout| layout.status.bottom() <= area.bottom() && layout.body.right() <= area.right())
    {
        Some(layout) => screen(state, view, &layout, buffer),
        None => too_small(state, view, buffer),
    };
    if view.theme.is_ascii() {
        plain_ascii(buffer);
    }
    cursor.filter(|at| area.contains(*at))
}

fn screen(state: &State, view: &Appearance, layout: &Layout, buffer: &mut Buffer) -> Option<Position> {
    let mut pen = CellPen::new(buffer, view.theme.named(state.theme));
    let in_list = layout.list.and_then(|pane| list::draw(state, &mut pen, &pane, layout.headings));
    let in_detail = layout.detail.and_then(|pane| detail::draw(state, &mut pen, &pane));
    let in_prompt = prompt::draw(state, &mut pen, layout.prompt);
    status::draw(state, view, &mut pen, layout.status);
    let below = match state.focus {
        Focus::Prompt => Some(in_prompt),
        Focus::List => in_list,
        Focus::Detail => in_detail,
    };
    match &state.popup {
        Some(Popup::Menu(menu)) => Some(popup::menu(state, menu, &mut pen)),
        Some(Popup::Pager(pager)) => Some(popup::pager(state, pager, &mut pen)),
        Some(Popup::Palette(palette)) => Some(popup::palette(state, palette, &mut pen)),
        Some(Popup::Input(input)) => Some(popup::input(state, view, input, &mut pen, layout.status)),
        Some(Popup::Note(note)) => Some(review::note(state, view, note, &mut pen)),
        Some(Popup::Facets(panel)) => Some(facets::draw(state, panel, &mut pen)),
        None => below,
    }
}

fn too_small(state: &State, view: &Appearance, buffer: &mut Buffer) -> Option<Position> {
    let area = buffer.area;
    let mut pen = CellPen::new(buffer, view.theme);
    for (row, range) in
        (area.y..area.bottom()).zip(crate::text::wrap::wrap(state.words().too_small, area.width.into()))
    {
        let line = Rect::new(area.x, row, area.width, 1);
        pen.text(line, 0, state.words().too_small.get(range).unwrap_or_default(), view.theme.text());
    }
    None
}

/// Replaces the characters of words and data that are not in plain ASCII terminals.
fn plain_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let plain = match cell.symbol() {
            "·" | "–" | "—" => "-",
            "…" => ".",
            "×" => "x",
            "¤" => "?",
            "\u{a0}" => " ",
            _ => continue,
        };
        cell.set_symbol(plain);
    }
}
