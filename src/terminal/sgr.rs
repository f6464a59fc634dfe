//! Encodes the change from one pen to the next (`CSI … m`): only the difference, or everything, whichever is shorter.
//!
//! The 16 colours are 30–37 and 90–97, which every colour terminal knows; `38;5;N` is not known everywhere.

use std::io::Write as _;

use ratatui::style::{Color, Modifier};

use super::grid::Pen;

/// Each attribute with the number that switches it on and the one that switches it off.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Changes the pen `from` into `to`. With `singly`, attributes can be switched off one by one.
pub fn change(out: &mut Vec<u8>, from: Pen, to: Pen, singly: bool) {
    if to == Pen::PLAIN {
        out.extend_from_slice(b"\x1b[m");
        return;
    }
    let mut anew = Vec::with_capacity(24);
    anew.push(b'0');
    switch_on(&mut anew, to.attributes);
    colours(&mut anew, Pen::PLAIN, to);
    let gone = from.attributes - to.attributes;
    let mut best = anew;
    if singly || gone.is_empty() {
        let mut less = Vec::with_capacity(24);
        let mut stay = from.attributes;
        for (attribute, _, off) in ATTRIBUTES {
            if stay.contains(attribute) && gone.contains(attribute) {
                code(&mut less, format_args!("{off}"));
                for (other, _, other_off) in ATTRIBUTES {
                    if other_off == off {
                        // 22 switches off both bold and dim.
                        stay -= other;
                    }
                }
            }
        }
        switch_on(&mut less, to.attributes - stay);
        colours(&mut less, from, to);
        if less.len() < best.len() {
            best = less;
        }
    }
    out.extend_from_slice(b"\x1b[");
    out.append(&mut best);
    out.push(b'm');
}

fn switch_on(out: &mut Vec<u8>, attributes: Modifier) {
    for (attribute, on, _) in ATTRIBUTES {
        if attributes.contains(attribute) {
            code(out, format_args!("{on}"));
        }
    }
}

fn colours(out: &mut Vec<u8>, from: Pen, to: Pen) {
    if from.foreground != to.foreground {
        colour(out, to.foreground, 30);
    }
    if from.background != to.background {
        colour(out, to.background, 40);
    }
}

/// `base` is 30 for the foreground, 40 for the background.
fn colour(out: &mut Vec<u8>, colour: Color, base: u8) {
    match colour {
        Color::Indexed(number @ 0..=7) => code(out, format_args!("{}", base + number)),
        Color::Indexed(number @ 8..=15) => code(out, format_args!("{}", base + 60 + number - 8)),
        Color::Indexed(number) => code(out, format_args!("{};5;{number}", base + 8)),
        Color::Rgb(r, g, b) => code(out, format_args!("{};2;{r};{g};{b}", base + 8)),
        _ => code(out, format_args!("{}", base + 9)),
    }
}

fn code(out: &mut Vec<u8>, number: std::fmt::Arguments<'_>) {
    if !out.is_empty() {
        out.push(b';');
    }
    // Writing to a vector cannot fail.
    let _ = out.write_fmt(number);
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn pen(foreground: Option<u8>, attributes: Modifier) -> Pen {
        Pen { foreground: foreground.map_or(Color::Reset, Color::Indexed), attributes, ..Pen::PLAIN }
    }

    #[rstest]
    #[case(pen(None, Modifier::BOLD), Pen::PLAIN, "\x1b[m")]
    #[case(Pen::PLAIN, pen(Some(1), Modifier::BOLD), "\x1b[1;31m")]
    #[case(Pen::PLAIN, pen(Some(9), Modifier::empty()), "\x1b[91m")]
    #[case(Pen::PLAIN, pen(Some(200), Modifier::empty()), "\x1b[38;5;200m")]
    #[case(pen(Some(1), Modifier::empty()), pen(Some(2), Modifier::empty()), "\x1b[32m")]
    #[case(pen(Some(1), Modifier::BOLD), pen(None, Modifier::BOLD), "\x1b[39m")]
    #[case(pen(Some(1), Modifier::BOLD | Modifier::DIM), pen(Some(1), Modifier::DIM), "\x1b[22;2m")]
    fn changes_only_what_differs(#[case] from: Pen, #[case] to: Pen, #[case] want: &str) {
        let mut out = Vec::new();
        change(&mut out, from, to, true);
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }

    #[test]
    fn an_old_terminal_switches_off_everything() {
        let mut out = Vec::new();
        change(&mut out, pen(None, Modifier::BOLD | Modifier::REVERSED), pen(None, Modifier::BOLD), false);
        assert_eq!(out, b"\x1b[0;1m");
    }
}
