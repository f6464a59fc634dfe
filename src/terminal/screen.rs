//! The screen that the terminal shows, and the frames that change it.
//!
//! A frame is one run of bytes for one write, bracketed in synchronized output (mode 2026) so that it appears at once. A
//! frame without changes is empty.

use crossterm::cursor::{Hide, Show};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::capability::Capability;
use super::encode::Encoder;
use super::grid::Grid;
use super::sequences;

/// Begins a frame.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Ends a frame. Tests wait for it.
pub const END: &[u8] = b"\x1b[?2026l";
/// Length in bytes from which the cursor is hidden during a frame: such frames may arrive in several pieces, and terminals
/// without mode 2026 would show the cursor jump.
const LONG: usize = 256;

/// The cells that the terminal shows.
pub struct Screen {
    capability: Capability,
    buffer: Buffer,
    shown: Grid,
    next: Grid,
    /// The terminal may show anything.
    unknown: bool,
    /// Position of the cursor, if it is visible.
    cursor: Option<Position>,
    visible: bool,
    frame: Vec<u8>,
}

impl Screen {
    /// A screen whose terminal may show anything.
    #[must_use]
    pub fn new(capability: Capability, size: Size) -> Self {
        Self {
            capability,
            buffer: Buffer::empty(Rect::new(0, 0, size.width, size.height)),
            shown: Grid::blank(size.width, size.height),
            next: Grid::blank(size.width, size.height),
            unknown: true,
            cursor: None,
            visible: true,
            frame: Vec::new(),
        }
    }

    /// Changes the size; the next frame draws everything.
    pub fn resize(&mut self, size: Size) {
        self.buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        self.forget();
    }

    /// Makes the next frame draw everything, after another program may have written on the screen.
    pub fn forget(&mut self) {
        self.unknown = true;
        self.cursor = None;
        self.visible = true;
    }

    /// Draws a frame with `render`, which returns the position of the cursor. Returns the bytes that show the frame; none
    /// if nothing has changed.
    pub fn frame(&mut self, render: impl FnOnce(&mut Buffer) -> Option<Position>) -> &[u8] {
        self.buffer.reset();
        let area = self.buffer.area;
        let cursor = render(&mut self.buffer).filter(|position| area.contains(*position));
        self.next.fill(&self.buffer, self.capability);
        self.frame.clear();
        let mut encoder = Encoder::new(self.capability, area.width);
        if self.unknown {
            encoder.erase();
            self.shown.reset(area.width, area.height);
        }
        encoder.paint(&self.shown, &self.next);
        encoder.finish();
        std::mem::swap(&mut self.shown, &mut self.next);
        let painted = !encoder.out.is_empty();
        self.unknown = false;
        let same_cursor = cursor.is_some() == self.visible && (cursor.is_none() || cursor == self.cursor);
        if !painted && same_cursor {
            return &self.frame;
        }
        let hide = self.visible && (cursor.is_none() || encoder.out.len() > LONG);
        if let Some(Position { x, y }) = cursor {
            encoder.move_to(x, y);
        }
        self.frame.extend_from_slice(BEGIN);
        if hide {
            sequences::push(&mut self.frame, Hide);
        }
        self.frame.append(&mut encoder.out);
        if cursor.is_some() && (hide || !self.visible) {
            sequences::push(&mut self.frame, Show);
        }
        self.frame.extend_from_slice(END);
        (self.cursor, self.visible) = (cursor, cursor.is_some());
        &self.frame
    }
}

/// Number of bytes of the frame that turns one screen into another; for tests and benchmarks.
#[must_use]
pub fn frame_bytes(from: &Buffer, to: &Buffer, capability: Capability) -> usize {
    let mut screen = Screen::new(capability, Size::new(from.area.width, from.area.height));
    let copy = |source: &Buffer, target: &mut Buffer| {
        target.content.clone_from(&source.content);
        Some(Position::ORIGIN)
    };
    screen.frame(|buffer| copy(from, buffer));
    if to.area != from.area {
        screen.resize(Size::new(to.area.width, to.area.height));
    }
    screen.frame(|buffer| copy(to, buffer)).len()
}

#[cfg(test)]
#[path = "screen_tests.rs"]
mod tests;
