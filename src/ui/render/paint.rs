//! Putting words into cells: clipped to their place, safe, in columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::printable::printable;
use crate::text::width::{truncated, width};
use crate::ui::layout::{Frame, Pane};
use crate::ui::theme::Theme;

/// Draws into a buffer, never outside of it.
pub(super) struct CellPen<'a> {
    buffer: &'a mut Buffer,
    /// The looks.
    pub(super) theme: Theme,
}

impl<'a> CellPen<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, theme: Theme) -> Self {
        Self { buffer, theme }
    }

    /// Writes words from a column of a one-line area on, as far as they fit, and returns the next column.
    pub(super) fn text(&mut self, line: Rect, column: u16, text: &str, style: Style) -> u16 {
        let line = line.intersection(self.buffer.area);
        let mut column = column;
        if line.height == 0 {
            return column;
        }
        for grapheme in printable(text).graphemes(true) {
            let columns = u16::try_from(grapheme.width()).unwrap_or(u16::MAX);
            if columns == 0 {
                continue;
            }
            if column.saturating_add(columns) > line.width {
                break;
            }
            let (x, y) = (line.x + column, line.y);
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.set_symbol(grapheme).set_style(style);
            }
            // The cells after a wide character belong to it.
            for behind in 1..columns {
                if let Some(cell) = self.buffer.cell_mut((x + behind, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
            column += columns;
        }
        column
    }

    /// Writes words that end at the right end of a line, and returns the column in which they begin.
    pub(super) fn text_right(&mut self, line: Rect, text: &str, style: Style) -> u16 {
        let columns = u16::try_from(width(text)).unwrap_or(u16::MAX);
        let column = line.width.saturating_sub(columns);
        self.text(line, column, text, style);
        column
    }

    /// Writes a text in at most `columns` columns, with an ellipsis if it is truncated.
    pub(super) fn cut(&mut self, line: Rect, column: u16, columns: u16, text: &str, style: Style) -> u16 {
        let text = printable(text);
        let text = truncated(&text, columns.into(), self.theme.glyphs.ellipsis);
        self.text(line, column, &text, style)
    }

    /// All there is to draw on.
    pub(super) fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Draws an area as selected: in one style, in which only underlined words stay underlined.
    pub(super) fn select(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    let underline = cell.modifier.intersection(Modifier::UNDERLINED);
                    let symbol = cell.symbol().to_owned();
                    cell.reset();
                    cell.set_symbol(&symbol).set_style(style.add_modifier(underline));
                }
            }
        }
    }

    /// Empties an area.
    pub(super) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Sets a pane off from the others, with its title.
    pub(super) fn frame(&mut self, pane: &Pane, title: &str, focused: bool) {
        let style = self.theme.frame(focused);
        let glyphs = self.theme.glyphs;
        let outer = pane.outer;
        // A double line says where the keys go, without colour too.
        let horizontal = glyphs.horizontal[usize::from(focused)];
        let top = Rect { height: 1, ..outer };
        match pane.frame {
            Frame::None => return,
            Frame::Rule => {
                self.text(top, 0, &horizontal.repeat(outer.width.into()), style);
            }
            Frame::Box => {
                let across = horizontal.repeat(outer.width.saturating_sub(2).into());
                let bottom = Rect { y: outer.bottom().saturating_sub(1), height: 1, ..outer };
                self.text(top, 0, &[glyphs.corners[0], &across, glyphs.corners[1]].concat(), style);
                self.text(bottom, 0, &[glyphs.corners[2], &across, glyphs.corners[3]].concat(), style);
                for y in outer.y + 1..bottom.y {
                    let line = Rect { y, height: 1, ..outer };
                    self.text(line, 0, glyphs.vertical, style);
                    self.text(line, outer.width.saturating_sub(1), glyphs.vertical, style);
                }
            }
        }
        if !title.is_empty() {
            let room = outer.width.saturating_sub(4);
            let title = printable(title);
            let title = truncated(&title, room.saturating_sub(2).into(), glyphs.ellipsis);
            let style = if focused { style.patch(self.theme.strong()) } else { style };
            self.text(top, 2, &format!(" {title} "), style);
        }
    }

    /// Draws a scroll bar if not everything is visible.
    pub(super) fn scroll_bar(&mut self, pane: &Pane, top: usize, lines: usize) {
        let area = pane.scroll_bar();
        let seen = usize::from(area.height);
        if lines <= seen || seen < 3 {
            return;
        }
        let thumb = (seen * seen / lines).clamp(1, seen - 1);
        // At the top only if nothing is above, at the bottom only if nothing is below.
        let (free, range) = (seen - thumb, lines - seen);
        let start = match top.min(range) {
            0 => 0,
            top if top == range => free,
            top => (top * free / range).clamp(1, free.saturating_sub(1).max(1)),
        };
        let glyphs = self.theme.glyphs.scroll;
        for row in 0..area.height {
            let inside = (start..start + thumb).contains(&usize::from(row));
            let line = Rect { y: area.y + row, height: 1, ..area };
            self.text(line, 0, glyphs[usize::from(!inside)], self.theme.quiet());
        }
    }
}

/// One line of an area, counted from its top.
pub(super) fn row_of(area: Rect, row: usize) -> Rect {
    let down = u16::try_from(row).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + down, height: area.height.saturating_sub(down).min(1), ..area }
}
