//! Draws a screen as SVG. Lines and blocks are shapes, so that no font leaves gaps in them; the rest is text in runs of
//! one style, each stretched to its cells.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// The size of a cell, in pixels.
const CELL: (u16, u16) = (9, 20);
/// The frame around the screen, in pixels.
const PADDING: u16 = 12;
const BACKGROUND: &str = "#1c2128";
const FOREGROUND: &str = "#d8dee6";
const QUIET: &str = "#8b949e";

/// The colours of a stretch of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Style {
    text: &'static str,
    background: Option<&'static str>,
    bold: bool,
    underlined: bool,
}

/// The screen as an SVG document, with a title for those who cannot see it.
pub fn svg(screen: &Buffer, title: &str) -> String {
    let (columns, rows) = (screen.area.width, screen.area.height);
    let (width, height) = (columns * CELL.0 + 2 * PADDING, rows * CELL.1 + 2 * PADDING);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\">\n\
         <title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n",
        html_escape::encode_text(title)
    );
    for row in 0..rows {
        draw_row(screen, row, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw_row(screen: &Buffer, row: u16, svg: &mut String) {
    let mut column = 0;
    while column < screen.area.width {
        let style = style_of(&screen[(column, row)]);
        let is_drawn = |column: u16| shape(screen[(column, row)].symbol()).is_some();
        let mut end = column + 1;
        while end < screen.area.width
            && style_of(&screen[(end, row)]) == style
            && is_drawn(end) == is_drawn(column)
        {
            end += 1;
        }
        let (left, top) = (PADDING + column * CELL.0, PADDING + row * CELL.1);
        let columns = end - column;
        if let Some(background) = style.background {
            let width = columns * CELL.0;
            let _ = writeln!(
                svg,
                "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{background}\"/>",
                CELL.1
            );
        }
        if is_drawn(column) {
            let cells = (column..end).map(|at| (at, screen[(at, row)].symbol()));
            for (at, path) in cells.filter_map(|(at, symbol)| Some((at, shape(symbol)?))) {
                let left = PADDING + at * CELL.0;
                let _ = writeln!(
                    svg,
                    "<path transform=\"translate({left} {top})\" d=\"{path}\" stroke=\"{0}\" fill=\"{0}\"/>",
                    style.text
                );
            }
        } else {
            let text: String = (column..end).map(|at| screen[(at, row)].symbol()).collect();
            draw_text(&text.replace('\u{a0}', " "), &style, (left, top), svg);
        }
        column = end;
    }
}

/// Writes the words of a stretch, without the spaces at its ends.
fn draw_text(text: &str, style: &Style, (left, top): (u16, u16), svg: &mut String) {
    let words = text.trim_end();
    let before = words.chars().take_while(|c| *c == ' ').count();
    let words = words.trim_start();
    let Ok(columns) = u16::try_from(diarium::text::width::width(words)) else { return };
    if columns == 0 {
        return;
    }
    let left = left + u16::try_from(before).unwrap_or(0) * CELL.0;
    let bold = if style.bold { " font-weight=\"bold\"" } else { "" };
    let underlined = if style.underlined { " text-decoration=\"underline\"" } else { "" };
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{}\" textLength=\"{}\" xml:space=\"preserve\" fill=\"{}\"{bold}{underlined}>{}</text>",
        top + 15,
        columns * CELL.0,
        style.text,
        html_escape::encode_text(words)
    );
}

fn style_of(cell: &Cell) -> Style {
    let has = |modifier| cell.modifier.contains(modifier);
    let text =
        if has(Modifier::DIM) && cell.fg == Color::Reset { QUIET } else { colour(cell.fg, FOREGROUND) };
    let background = (cell.bg != Color::Reset).then(|| colour(cell.bg, BACKGROUND));
    let (text, background) = if has(Modifier::REVERSED) {
        (background.unwrap_or(BACKGROUND), Some(text))
    } else {
        (text, background)
    };
    Style { text, background, bold: has(Modifier::BOLD), underlined: has(Modifier::UNDERLINED) }
}

/// A palette of the kind that terminals have on a dark background.
fn colour(colour: Color, default: &'static str) -> &'static str {
    match colour {
        Color::Black => "#1c2128",
        Color::Red | Color::LightRed => "#f47067",
        Color::Green | Color::LightGreen => "#8ddb8c",
        Color::Yellow | Color::LightYellow => "#e5c07b",
        Color::Blue | Color::LightBlue => "#6cb6ff",
        Color::Magenta | Color::LightMagenta => "#dcbdfb",
        Color::Cyan | Color::LightCyan => "#76d9e6",
        Color::Gray | Color::White => FOREGROUND,
        Color::DarkGray => QUIET,
        _ => default,
    }
}

/// The path of a character that is drawn, within its cell.
fn shape(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "─" => "M0 10H9",
        "│" => "M4.5 0V20",
        "┌" => "M9 10H4.5V20H4.5V10Z",
        "┐" => "M0 10H4.5V20H4.5V10Z",
        "└" => "M9 10H4.5V0H4.5V10Z",
        "┘" => "M0 10H4.5V0H4.5V10Z",
        "═" => "M0 8H9M0 12H9",
        "█" => "M2 0H7V20H2Z",
        "░" => "M1 10H3M5 10H7",
        _ => return None,
    })
}
