//! The frames' bytes, replayed through a terminal emulator and compared with the cells.

use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
use rstest::rstest;

use super::super::capability::{Attributes, Colours};
use super::super::grid::{CellText, Glyph};
use super::*;

const XTERM: Capability =
    Capability { colours: Colours::Indexed, attributes: Attributes::All, erases_cells: true };
const CAPABILITIES: [Capability; 5] = [
    XTERM,
    Capability { colours: Colours::True, ..XTERM },
    Capability { colours: Colours::Sixteen, erases_cells: false, ..XTERM },
    Capability { colours: Colours::None, ..XTERM },
    Capability { colours: Colours::None, attributes: Attributes::Few, erases_cells: false },
];

/// A screen and an emulator that receives its output.
struct Pair {
    screen: Screen,
    emulator: vt100::Parser,
}

impl Pair {
    fn new(capability: Capability, width: u16, height: u16) -> Self {
        let mut emulator = vt100::Parser::new(
            height.try_into().expect("not empty"),
            width.try_into().expect("not empty"),
            0,
        );
        emulator.process("gammalt \x1b[7mskräp\x1b[5;5H日本".as_bytes());
        Self { screen: Screen::new(capability, Size::new(width, height)), emulator }
    }

    fn show(&mut self, buffer: &Buffer, cursor: Option<Position>) -> usize {
        let bytes = self.screen.frame(|target| {
            target.content.clone_from(&buffer.content);
            cursor
        });
        self.emulator.process(bytes);
        bytes.len()
    }

    /// Compares the emulator's cells with those of the screen.
    fn agree(&self) -> Result<(), String> {
        let grid = &self.screen.shown;
        for y in 0..grid.height {
            for (x, glyph) in (0..).zip(grid.row(y)) {
                let seen = self.emulator.screen().cell(y, x).expect("inside");
                let agrees = match &glyph.text {
                    CellText::Tail => seen.is_wide_continuation(),
                    CellText::Char(' ') => matches!(seen.contents(), "" | " "),
                    CellText::Char(c) => seen.contents() == c.to_string(),
                    CellText::Cluster(text) => seen.contents() == &**text,
                };
                if !agrees || (glyph.width > 0 && !same_pen(glyph, seen)) {
                    return Err(format!("{x},{y}: {glyph:?} against {seen:?}"));
                }
            }
        }
        Ok(())
    }
}

fn same_pen(glyph: &Glyph, seen: &vt100::Cell) -> bool {
    let colour = |colour| match colour {
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    };
    let (pen, has) = (glyph.pen, |modifier| glyph.pen.attributes.contains(modifier));
    let blank = glyph.text == CellText::Char(' ');
    seen.bgcolor() == colour(pen.background)
        && seen.inverse() == has(Modifier::REVERSED)
        && seen.underline() == has(Modifier::UNDERLINED)
        // These do not show on a space.
        && (blank
            || (seen.fgcolor() == colour(pen.foreground)
                && seen.italic() == has(Modifier::ITALIC)
                // The emulator takes bold and dim as one or the other.
                && (seen.bold() || seen.dim()) == pen.attributes.intersects(Modifier::BOLD | Modifier::DIM)
                && (!seen.bold() || has(Modifier::BOLD))
                && (!seen.dim() || has(Modifier::DIM))))
}

fn lines(texts: &[&str], width: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, u16::try_from(texts.len()).unwrap()));
    for (y, text) in (0..).zip(texts) {
        buffer.set_line(0, y, &Line::raw(*text), width);
    }
    buffer
}

#[test]
fn an_unchanged_frame_sends_nothing() {
    let mut pair = Pair::new(XTERM, 20, 3);
    let buffer = lines(&["ett", "två", "tre"], 20);
    let cursor = Some(Position::new(2, 1));
    assert!(pair.show(&buffer, cursor) > 0);
    assert_eq!(pair.show(&buffer, cursor), 0);
    assert_eq!(pair.emulator.screen().cursor_position(), (1, 2));
    assert!(pair.show(&buffer, Some(Position::new(3, 1))) > 0);
    assert!(pair.show(&buffer, None) > 0);
    assert!(pair.emulator.screen().hide_cursor());
    assert_eq!(pair.show(&buffer, None), 0);
}

#[test]
fn a_typed_character_costs_few_bytes() {
    let mut pair = Pair::new(XTERM, 80, 2);
    pair.show(&lines(&["sök: tryg", "x"], 80), Some(Position::new(9, 0)));
    let bytes = pair.show(&lines(&["sök: trygg", "x"], 80), Some(Position::new(10, 0)));
    assert!(bytes <= 16 + 7 + 1, "{bytes} bytes");
}

#[rstest]
#[case("a\u{1b}]0;x\u{7}b")]
#[case("\u{9b}31m")]
fn nothing_from_data_is_obeyed(#[case] symbol: &str) {
    let mut screen = Screen::new(XTERM, Size::new(4, 1));
    let bytes = screen.frame(|buffer| {
        buffer.content[0].set_symbol(symbol);
        None
    });
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(!text.contains(symbol) && text.contains('?'), "{text:?}");
}

#[test]
fn resizing_erases_and_redraws() {
    let mut pair = Pair::new(XTERM, 20, 3);
    let buffer = lines(&["ett", "två", "tre"], 20);
    pair.show(&buffer, None);
    pair.screen.forget();
    pair.emulator.process(b"\x1b[2;2Hannat\x1b[31m");
    assert!(pair.show(&buffer, None) > 0);
    pair.agree().unwrap();
}

fn cell() -> impl Strategy<Value = (&'static str, Style)> {
    let symbol = prop_oneof![
        6 => Just(" "),
        4 => prop::sample::select(vec!["a", "b", "å", "─", "█"]),
        1 => prop::sample::select(vec!["日", "本", "e\u{301}", "\u{1b}", "👍", "\u{202e}"]),
    ];
    let colour = prop_oneof![
        4 => Just(Color::Reset),
        2 => prop::sample::select(vec![Color::Red, Color::LightCyan, Color::DarkGray]),
        1 => prop::sample::select(vec![Color::Indexed(100), Color::Rgb(10, 200, 30)]),
    ];
    let attributes = prop_oneof![
        3 => Just(Modifier::empty()),
        1 => prop::sample::select(vec![
            Modifier::BOLD,
            Modifier::DIM,
            Modifier::REVERSED,
            Modifier::BOLD | Modifier::DIM,
            Modifier::UNDERLINED | Modifier::BOLD,
            Modifier::ITALIC,
        ]),
    ];
    (symbol, colour.clone(), prop_oneof![3 => Just(Color::Reset), 1 => colour], attributes).prop_map(
        |(symbol, fg, bg, attributes)| (symbol, Style::new().fg(fg).bg(bg).add_modifier(attributes)),
    )
}

/// Runs of equal cells, as screens have them.
fn screenful(width: u16, height: u16) -> impl Strategy<Value = Buffer> {
    let cells = usize::from(width) * usize::from(height);
    prop::collection::vec((cell(), 1..12_usize), cells / 4 + 1).prop_map(move |runs| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let all = runs.iter().cycle().flat_map(|(cell, count)| std::iter::repeat_n(cell, *count));
        for (target, (symbol, style)) in buffer.content.iter_mut().zip(all) {
            target.set_symbol(symbol).set_style(*style);
        }
        buffer
    })
}

/// The second screen differs from the first in some cells only.
fn screens() -> impl Strategy<Value = (Buffer, Buffer, Buffer)> {
    (1..40_u16, 1..8_u16).prop_flat_map(|(width, height)| {
        let cells = usize::from(width) * usize::from(height);
        let edits = prop::collection::vec((0..cells, cell()), 0..12);
        (screenful(width, height), edits, screenful(width, height)).prop_map(|(first, edits, last)| {
            let mut second = first.clone();
            for (at, (symbol, style)) in edits {
                second.content[at].set_symbol(symbol).set_style(style);
            }
            (first, second, last)
        })
    })
}

proptest! {
    #[test]
    fn the_terminal_shows_the_buffer((first, second, last) in screens(), at in (0..40_u16, 0..8_u16)) {
        for capability in CAPABILITIES {
            let mut pair = Pair::new(capability, first.area.width, first.area.height);
            let cursor = Some(Position::new(at.0, at.1)).filter(|at| first.area.contains(*at));
            for buffer in [&first, &second, &last, &first] {
                pair.show(buffer, cursor);
                pair.agree().map_err(TestCaseError::fail)?;
                if let Some(Position { x, y }) = cursor {
                    prop_assert_eq!(pair.emulator.screen().cursor_position(), (y, x));
                }
                prop_assert_eq!(pair.emulator.screen().hide_cursor(), cursor.is_none());
            }
        }
    }
}

/// Characters that the emulator draws wider or narrower than the screen counts: it adds up their parts.
const DISPUTED: [&str; 8] = [
    "⚠\u{fe0f}",
    "1\u{fe0f}\u{20e3}",
    "👩\u{200d}👩\u{200d}👧",
    "🇸🇪",
    "👍\u{1f3fd}",
    "⚡",
    "☎\u{fe0e}",
    "🏴\u{e0067}\u{e007f}",
];

/// Compares the cells whose width is undisputed.
fn undisputed_cells_agree(pair: &Pair) -> Result<(), String> {
    let grid = &pair.screen.shown;
    for y in 0..grid.height {
        let row = grid.row(y);
        for (x, glyph) in (0..).zip(row) {
            let tail_of_disputed = x > 0 && row[usize::from(x) - 1].reach().is_some();
            if glyph.reach().is_some() || glyph.text == CellText::Tail && tail_of_disputed {
                continue;
            }
            let seen = pair.emulator.screen().cell(y, x).expect("inside");
            let agrees = match &glyph.text {
                CellText::Tail => seen.is_wide_continuation(),
                CellText::Char(' ') => matches!(seen.contents(), "" | " "),
                CellText::Char(c) => seen.contents() == c.to_string(),
                CellText::Cluster(text) => seen.contents() == &**text,
            };
            if !agrees {
                return Err(format!(
                    "{x},{y}: {glyph:?} against {seen:?}\n{}",
                    pair.emulator.screen().contents()
                ));
            }
        }
    }
    Ok(())
}

#[test]
fn no_old_letter_remains_next_to_a_character_of_disputed_width() {
    for symbol in DISPUTED {
        let mut pair = Pair::new(XTERM, 24, 2);
        let texts = [
            "abcdefghijklmnop",
            "",
            &format!("x{symbol}t {symbol}m"),
            "abcdefghijklmnop",
            &format!("{symbol} b"),
        ];
        for text in texts {
            pair.show(&lines(&[text, "under"], 24), None);
            undisputed_cells_agree(&pair).unwrap_or_else(|error| panic!("{symbol:?} in {text:?}: {error}"));
        }
    }
}

#[test]
fn a_character_that_could_wrap_into_the_next_row_is_replaced() {
    for symbol in DISPUTED {
        let mut pair = Pair::new(XTERM, 6, 2);
        pair.show(&lines(&[&format!("abcd{symbol}"), "under"], 6), None);
        undisputed_cells_agree(&pair).unwrap_or_else(|error| panic!("{symbol:?}: {error}"));
        assert!(pair.emulator.screen().contents().ends_with("under"), "{symbol:?}");
    }
}

proptest! {
    #[test]
    fn undisputed_cells_survive_disputed_ones(
        frames in prop::collection::vec(
            prop::collection::vec(prop_oneof![
                6 => prop::sample::select(vec!["a", "b", " ", "å"]),
                1 => prop::sample::select(DISPUTED.to_vec()),
                1 => Just("日"),
            ], 0..30),
            1..5,
        ),
    ) {
        let mut pair = Pair::new(XTERM, 20, 2);
        for symbols in frames {
            pair.show(&lines(&[&symbols.concat(), "under"], 20), None);
            undisputed_cells_agree(&pair).map_err(TestCaseError::fail)?;
        }
    }
}
