//! Encodes the change from one screen of cells to the next, in few bytes: on a slow line bytes are waiting time.
//!
//! Pure: writes into a vector.

use std::io::Write as _;

use super::capability::{Attributes, Capability};
use super::grid::{CellText, Glyph, Grid, Pen};
use super::sgr;

/// Writes escape sequences, and keeps track of the terminal's cursor and pen.
pub struct Encoder {
    /// The bytes for the terminal.
    pub out: Vec<u8>,
    capability: Capability,
    pen: Pen,
    /// Column and row of the cursor, if known; a column equal to the width means that the next character wraps.
    at: Option<(u16, u16)>,
    width: u16,
}

impl Encoder {
    /// An encoder with the plain pen and an unknown cursor.
    pub fn new(capability: Capability, width: u16) -> Self {
        Self { out: Vec::new(), capability, pen: Pen::PLAIN, at: None, width }
    }

    /// Erases the whole screen.
    pub fn erase(&mut self) {
        self.out.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        (self.pen, self.at) = (Pen::PLAIN, Some((0, 0)));
    }

    /// Turns `shown` into `next`; both have the same size.
    pub fn paint(&mut self, shown: &Grid, next: &Grid) {
        for y in 0..next.height {
            let (old, new) = (shown.row(y), next.row(y));
            if old != new {
                self.paint_row(y, old, new);
            }
        }
    }

    /// Returns to the plain pen, which the terminal has between frames.
    pub fn finish(&mut self) {
        self.set_pen(Pen::PLAIN);
    }

    fn paint_row(&mut self, y: u16, old: &[Glyph], new: &[Glyph]) {
        let mut x = 0;
        // The cells up to here may have been drawn over by a character whose width is disputed.
        let mut reached = 0;
        while let Some(start) = (x..new.len()).find(|&x| old.get(x) != new.get(x) || x < reached) {
            let changed = |x: usize| old.get(x) != new.get(x) || x < reached;
            let Some(glyph) = new.get(start) else { return };
            if glyph.width == 0 {
                // The lead is unchanged, so the terminal shows the whole character.
                x = start + 1;
                continue;
            }
            self.move_over(start, y, new);
            if let Some(reach) = glyph.reach() {
                self.write_disputed(glyph, u16::try_from(start).unwrap_or(u16::MAX), y);
                reached = reached.max(start + usize::from(reach));
                x = start + usize::from(glyph.width);
                continue;
            }
            if *glyph != Glyph::BLANK {
                self.write(glyph);
                x = start + usize::from(glyph.width);
                continue;
            }
            let run = new.iter().skip(start).take_while(|glyph| **glyph == Glyph::BLANK).count();
            let last = (start..start + run).rev().find(|&x| changed(x)).unwrap_or(start);
            let need = last + 1 - start;
            self.blank(need, start + run == new.len());
            x = last + 1;
        }
    }

    /// Blanks `count` cells from the cursor on. With `to_end` the rest of the row must be blank too.
    fn blank(&mut self, count: usize, to_end: bool) {
        if !self.pen.leaves_blanks_blank() {
            // Terminals disagree on whether erased cells take the pen's background.
            self.set_pen(Pen::PLAIN);
        }
        // ECH does not move the cursor; a jump over the cells follows.
        let erase = sequence_len(count) + sequence_len(count);
        if to_end && count > 3 {
            self.out.extend_from_slice(b"\x1b[K");
        } else if self.capability.erases_cells && count > erase {
            self.sequence(count, 'X');
        } else {
            self.out.extend(std::iter::repeat_n(b' ', count));
            self.advance(count);
        }
    }

    /// Writes a character whose width differs between terminals, over cells that are blanked first: a terminal that
    /// draws it narrower leaves no old character next to it.
    fn write_disputed(&mut self, glyph: &Glyph, x: u16, y: u16) {
        self.set_pen(glyph.pen);
        self.out.extend(std::iter::repeat_n(b' ', glyph.width.into()));
        self.at = None;
        self.move_to(x, y);
        self.write(glyph);
    }

    fn write(&mut self, glyph: &Glyph) {
        let blank = glyph.text == CellText::Char(' ') && glyph.pen == Pen::PLAIN;
        if !(blank && self.pen.leaves_blanks_blank()) {
            self.set_pen(glyph.pen);
        }
        match &glyph.text {
            CellText::Char(c) => self.out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            CellText::Cluster(text) => self.out.extend_from_slice(text.as_bytes()),
            CellText::Tail => {}
        }
        if glyph.is_plain() {
            self.advance(usize::from(glyph.width));
        } else {
            // Terminals disagree on its width, so the next cell needs an absolute position.
            self.at = None;
        }
    }

    fn advance(&mut self, columns: usize) {
        if let Some((x, _)) = &mut self.at {
            *x = x.saturating_add(u16::try_from(columns).unwrap_or(u16::MAX));
        }
    }

    fn set_pen(&mut self, pen: Pen) {
        if self.pen != pen {
            sgr::change(&mut self.out, self.pen, pen, self.capability.attributes == Attributes::All);
            self.pen = pen;
        }
    }

    /// Moves to a column of the row, by rewriting the unchanged cells in between if that is shorter.
    fn move_over(&mut self, x: usize, y: u16, row: &[Glyph]) {
        let target = u16::try_from(x).unwrap_or(u16::MAX);
        if let Some((from, at_y)) = self.at
            && at_y == y
            && from < target
        {
            let between = row.get(usize::from(from)..x).unwrap_or(&[]);
            let same_pen = |glyph: &Glyph| {
                glyph.pen == self.pen || (*glyph == Glyph::BLANK && self.pen.leaves_blanks_blank())
            };
            let cheap = between.iter().all(|glyph| glyph.width > 0 && glyph.is_plain() && same_pen(glyph));
            let bytes: usize = between.iter().map(Glyph::len).sum();
            if cheap && bytes <= sequence_len(x - usize::from(from)) {
                for glyph in between {
                    self.write(glyph);
                }
                return;
            }
        }
        self.move_to(target, y);
    }

    /// Moves the cursor by the shortest sequence.
    pub fn move_to(&mut self, x: u16, y: u16) {
        if self.at == Some((x, y)) {
            return;
        }
        let mut best = Vec::with_capacity(10);
        match (x, y) {
            (0, 0) => best.extend_from_slice(b"\x1b[H"),
            (0, _) => put(&mut best, format_args!("\x1b[{}H", y + 1)),
            _ => put(&mut best, format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        if let Some((from_x, from_y)) = self.at {
            let mut other = Vec::with_capacity(10);
            if from_y == y && x < from_x && from_x < self.width && from_x - x <= 3 {
                other.extend(std::iter::repeat_n(b'\x08', usize::from(from_x - x)));
            } else if from_y == y && from_x < self.width {
                let (count, letter) = if x > from_x { (x - from_x, 'C') } else { (from_x - x, 'D') };
                step(&mut other, count, letter);
            } else if from_x == x && from_x < self.width {
                let (count, letter) = if y > from_y { (y - from_y, 'B') } else { (from_y - y, 'A') };
                step(&mut other, count, letter);
            }
            shorter(&mut best, other);
            if y >= from_y && y - from_y <= 2 {
                // A carriage return also works at the edge: it cancels the pending wrap.
                let mut other = vec![b'\r'];
                other.extend(std::iter::repeat_n(b'\n', usize::from(y - from_y)));
                if x > 0 {
                    step(&mut other, x, 'C');
                }
                shorter(&mut best, other);
            }
        }
        self.out.append(&mut best);
        self.at = Some((x, y));
    }

    fn sequence(&mut self, count: usize, letter: char) {
        put(&mut self.out, format_args!("\x1b[{count}{letter}"));
    }
}

/// The length of `CSI count X`.
fn sequence_len(count: usize) -> usize {
    match count {
        0..=1 => 3,
        2..=9 => 4,
        10..=99 => 5,
        _ => 6,
    }
}

fn step(out: &mut Vec<u8>, count: u16, letter: char) {
    match count {
        1 => put(out, format_args!("\x1b[{letter}")),
        _ => put(out, format_args!("\x1b[{count}{letter}")),
    }
}

fn shorter(best: &mut Vec<u8>, other: Vec<u8>) {
    if !other.is_empty() && other.len() < best.len() {
        *best = other;
    }
}

/// Writing to a vector cannot fail.
fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
