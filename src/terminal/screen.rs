//! The screen as the person sees it, and the frame that makes it what it should be.
//!
//! A frame is one piece of bytes for one write, bracketed in synchronized output (mode 2026) so that it appears
//! at once; if nothing changed it is empty. Knows no file: the driver writes the bytes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::capability::Capability;
use super::encode::Encoder;
use super::grid::Grid;

/// Begins a frame.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Ends a frame; the tests' clock.
pub const END: &[u8] = b"\x1b[?2026l";
const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";
/// Longer frames may arrive in several pieces, between which the cursor would be seen jumping where the
/// terminal does not know mode 2026; in bytes.
const LONG: usize = 256;

/// What the terminal shows, and how to change it.
pub struct Screen {
    capability: Capability,
    buffer: Buffer,
    shown: Grid,
    next: Grid,
    /// Nothing is known of what the terminal shows.
    unknown: bool,
    /// Where the cursor stands, if it is visible.
    cursor: Option<Position>,
    visible: bool,
    frame: Vec<u8>,
}

impl Screen {
    /// A screen of which nothing is known yet.
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

    /// The terminal has another size; the next frame draws everything, without asking it anything.
    pub fn resize(&mut self, size: Size) {
        self.buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        self.forget();
    }

    /// The next frame draws everything: something else may have written on the screen.
    pub fn forget(&mut self) {
        self.unknown = true;
        self.cursor = None;
        self.visible = true;
    }

    /// Draws a frame through `render`, which says where the cursor stands, and returns the bytes that show it;
    /// none if nothing changed.
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
            self.frame.extend_from_slice(HIDE);
        }
        self.frame.append(&mut encoder.out);
        if cursor.is_some() && (hide || !self.visible) {
            self.frame.extend_from_slice(SHOW);
        }
        self.frame.extend_from_slice(END);
        (self.cursor, self.visible) = (cursor, cursor.is_some());
        &self.frame
    }
}

/// How many bytes it takes to turn one screen into another of the same size; for benches.
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
