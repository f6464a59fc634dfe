//! The screen's cells in the form that a terminal stores them: text, width and pen of each.
//!
//! This is the last gate before the terminal: a cell never contains a control character.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::capability::{Attributes, Capability};
use super::colour;

/// Replaces the text of a cell that no terminal may receive. ASCII, so that every terminal can show it.
const PLACEHOLDER: char = '?';

/// The colours and attributes of a cell, limited to those of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pen {
    /// Foreground; `Reset`, `Indexed` or `Rgb`.
    pub foreground: Color,
    /// Background; `Reset`, `Indexed` or `Rgb`.
    pub background: Color,
    /// Bold, reverse and the others.
    pub attributes: Modifier,
}

impl Pen {
    /// The terminal's own colours and no attribute.
    pub const PLAIN: Self =
        Self { foreground: Color::Reset, background: Color::Reset, attributes: Modifier::empty() };

    /// The attributes that show on an empty cell.
    const ON_BLANKS: Modifier = Modifier::UNDERLINED
        .union(Modifier::REVERSED)
        .union(Modifier::CROSSED_OUT)
        .union(Modifier::SLOW_BLINK);

    /// Returns `true` if a space drawn with this pen looks like an erased cell.
    pub fn leaves_blanks_blank(self) -> bool {
        self.background == Color::Reset && !self.attributes.intersects(Self::ON_BLANKS)
    }
}

/// The text of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellText {
    /// One character.
    Char(char),
    /// A character with its combining characters.
    Cluster(Box<str>),
    /// The right part of the wide character before it.
    Tail,
}

/// One cell of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The text.
    pub text: CellText,
    /// Number of cells, 1 or 2; 0 for a tail.
    pub width: u8,
    /// The pen.
    pub pen: Pen,
}

impl Glyph {
    /// An erased cell.
    pub const BLANK: Self = Self { text: CellText::Char(' '), width: 1, pen: Pen::PLAIN };
    const TAIL: Self = Self { text: CellText::Tail, width: 0, pen: Pen::PLAIN };

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        match &self.text {
            CellText::Char(c) => c.len_utf8(),
            CellText::Cluster(text) => text.len(),
            CellText::Tail => 0,
        }
    }

    /// Returns `true` if all terminals move the cursor by the same width for it.
    pub fn is_plain(&self) -> bool {
        self.reach().is_none() && !matches!(self.text, CellText::Cluster(_))
    }

    /// Number of cells that some terminal may draw it over, where terminals disagree on its width: emoji with variation
    /// selectors, joined ones, flags, and those that older terminals know as narrow.
    pub fn reach(&self) -> Option<u16> {
        match &self.text {
            CellText::Char(c) => disputed_reach(c.encode_utf8(&mut [0; 4]), self.width),
            CellText::Cluster(text) => disputed_reach(text, self.width),
            CellText::Tail => None,
        }
    }
}

/// A whole screen of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
    cells: Vec<Glyph>,
}

impl Grid {
    /// An erased screen.
    pub fn blank(width: u16, height: u16) -> Self {
        Self { width, height, cells: vec![Glyph::BLANK; usize::from(width) * usize::from(height)] }
    }

    /// Erases it and gives it this size.
    pub fn reset(&mut self, width: u16, height: u16) {
        (self.width, self.height) = (width, height);
        self.cells.clear();
        self.cells.resize(usize::from(width) * usize::from(height), Glyph::BLANK);
    }

    /// The cells of one row.
    pub fn row(&self, y: u16) -> &[Glyph] {
        let (start, width) = (usize::from(y) * usize::from(self.width), usize::from(self.width));
        self.cells.get(start..start + width).unwrap_or(&[])
    }

    /// Takes the cells of a buffer, limited to the terminal's capabilities.
    pub fn fill(&mut self, buffer: &Buffer, capability: Capability) {
        (self.width, self.height) = (buffer.area.width, buffer.area.height);
        self.cells.clear();
        if self.width == 0 {
            return;
        }
        for row in buffer.content.chunks(usize::from(self.width)) {
            let mut tail = 0;
            for (x, cell) in row.iter().enumerate() {
                if tail > 0 {
                    tail -= 1;
                    self.cells.push(Glyph::TAIL);
                    continue;
                }
                let glyph = glyph(cell, row.len() - x, capability);
                tail = glyph.width - 1;
                self.cells.push(glyph);
            }
        }
    }
}

/// A cell as the terminal may receive it, with `room` columns left in its row.
fn glyph(cell: &Cell, room: usize, capability: Capability) -> Glyph {
    let (text, width) = passed(cell.symbol(), room);
    let mut attributes = cell.modifier;
    if capability.attributes == Attributes::Few {
        attributes &= Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED | Modifier::SLOW_BLINK;
    }
    let mut pen = Pen {
        foreground: colour::nearest(cell.fg, capability.colours),
        background: colour::nearest(cell.bg, capability.colours),
        attributes,
    };
    if text == CellText::Char(' ') {
        // Attributes that do not show on a space are no difference. Bold shows on a reversed one.
        if !pen.attributes.contains(Modifier::REVERSED) {
            pen.attributes &= Pen::ON_BLANKS;
        }
        if pen.attributes.is_empty() {
            pen.foreground = Color::Reset;
        }
    }
    Glyph { text, width, pen }
}

/// Returns the symbol if a terminal only draws it, otherwise the placeholder; and its width.
fn passed(symbol: &str, room: usize) -> (CellText, u8) {
    let placeholder = (CellText::Char(PLACEHOLDER), 1);
    let mut chars = symbol.chars();
    let Some(first) = chars.next() else { return (CellText::Char(' '), 1) };
    if first.is_ascii() && !first.is_ascii_control() && chars.as_str().is_empty() {
        return (CellText::Char(first), 1);
    }
    if symbol.chars().any(is_forbidden) || first.width() == Some(0) {
        return placeholder;
    }
    let single = chars.as_str().is_empty();
    let width = if single { first.width().unwrap_or(0) } else { symbol.width() };
    match u8::try_from(width) {
        // A terminal that draws it wider must not wrap into the next row.
        Ok(width @ 1..=2) if usize::from(disputed_reach(symbol, width).unwrap_or(width.into())) <= room => {
            (if single { CellText::Char(first) } else { CellText::Cluster(symbol.into()) }, width)
        }
        _ => placeholder,
    }
}

/// The cells that some terminal may draw a symbol over; `None` where all terminals agree on `width`.
fn disputed_reach(symbol: &str, width: u8) -> Option<u16> {
    let is_disputed = |c: char| match c {
        // Joiners, variation selectors, the keycap, emoji.
        '\u{200D}' | '\u{20E3}' | '\u{FE0E}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FFFF}' => true,
        // Symbols that became wide with emoji.
        '\u{2300}'..='\u{2BFF}' => width == 2,
        _ => false,
    };
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36F}');
    let mut chars = symbol.chars();
    let first = chars.next()?;
    if !is_disputed(first) && chars.all(|c| is_mark(c) && !is_disputed(c)) {
        return None;
    }
    let cells = |c: char| match c {
        '\u{1F1E6}'..='\u{1F1FF}' => 2,
        c => c.width().unwrap_or(0),
    };
    let apart: usize = symbol.chars().map(cells).sum();
    Some(u16::try_from(apart).unwrap_or(u16::MAX).max(width.into()).max(2))
}

/// Characters that a terminal obeys rather than draws: C0, DEL and C1 controls; bidirectional marks, overrides
/// and isolates, which can make a text read as another (Unicode TR 36); separators and invisible formats.
pub fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("a", "a", 1)]
    #[case("å", "å", 1)]
    #[case("a\u{30a}", "a\u{30a}", 1)]
    #[case("日", "日", 2)]
    #[case("", " ", 1)]
    #[case("\u{1b}", "?", 1)]
    #[case("\u{1b}[31m", "?", 1)]
    #[case("\u{9b}", "?", 1)]
    #[case("\u{7f}", "?", 1)]
    #[case("a\u{202e}", "?", 1)]
    #[case("\u{2066}", "?", 1)]
    #[case("\u{200f}", "?", 1)]
    #[case("\u{61c}", "?", 1)]
    #[case("\u{301}", "?", 1)]
    #[case("\n", "?", 1)]
    #[case("lång", "?", 1)]
    fn only_characters_that_are_drawn_pass(#[case] symbol: &str, #[case] text: &str, #[case] width: u8) {
        let (got, got_width) = passed(symbol, 2);
        let got = match got {
            CellText::Char(c) => c.to_string(),
            CellText::Cluster(text) => text.to_string(),
            CellText::Tail => String::new(),
        };
        assert_eq!((got.as_str(), got_width), (text, width));
    }

    proptest::proptest! {
        #[test]
        fn no_other_character_passes(symbol in "\\PC{0,3}|.{0,3}|[\\x00-\\x9f]{1,4}", room in 1..4_usize) {
            let (text, width) = passed(&symbol, room);
            let text = match text {
                CellText::Char(c) => c.to_string(),
                CellText::Cluster(text) => text.to_string(),
                CellText::Tail => String::new(),
            };
            proptest::prop_assert!(!text.is_empty() && !text.chars().any(is_forbidden));
            proptest::prop_assert!(usize::from(width) <= room && (1..=2).contains(&width));
        }
    }

    #[test]
    fn a_wide_character_without_room_is_replaced() {
        assert_eq!(passed("日", 1), (CellText::Char(PLACEHOLDER), 1));
    }
}
