//! Maps colours to the nearest ones of a terminal.

use ratatui::style::Color;

use super::capability::Colours;

/// xterm's values of the 16 named colours, in the order of their numbers.
pub(super) const NAMED: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The six levels of red, green and blue in the colour cube of 256-colour terminals.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// Returns the nearest colour of a terminal: `Reset`, one of the 16 (as `Indexed` 0–15), a numbered one, or the colour
/// itself.
pub fn nearest(colour: Color, have: Colours) -> Color {
    if colour == Color::Reset || have == Colours::None {
        return Color::Reset;
    }
    if let Some(number) = number(colour) {
        return Color::Indexed(number);
    }
    match (colour, have) {
        (Color::Indexed(number), Colours::Sixteen) => Color::Indexed(nearest_named(value(number))),
        (Color::Rgb(r, g, b), Colours::Sixteen) => Color::Indexed(nearest_named((r, g, b))),
        (Color::Rgb(r, g, b), Colours::Indexed) => Color::Indexed(nearest_indexed((r, g, b))),
        _ => colour,
    }
}

/// The number of a named colour.
fn number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(number @ 0..=15) => number,
        _ => return None,
    })
}

/// xterm's value of a numbered colour.
fn value(number: u8) -> (u8, u8, u8) {
    let level = |step: u8| LEVELS.get(usize::from(step)).copied().unwrap_or(255);
    match number {
        0..=15 => NAMED.get(usize::from(number)).copied().unwrap_or_default(),
        16..=231 => (level((number - 16) / 36), level((number - 16) / 6 % 6), level((number - 16) % 6)),
        232..=255 => {
            let grey = 8 + 10 * (number - 232);
            (grey, grey, grey)
        }
    }
}

fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let part = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    part(a.0, b.0) * 3 + part(a.1, b.1) * 6 + part(a.2, b.2)
}

fn nearest_named(rgb: (u8, u8, u8)) -> u8 {
    (0..16).min_by_key(|number| distance(rgb, value(*number))).unwrap_or(7)
}

fn nearest_indexed(rgb: (u8, u8, u8)) -> u8 {
    // Not the 16 named ones: people set them to other values.
    (16..=255).min_by_key(|number| distance(rgb, value(*number))).unwrap_or(7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Color::Red, Colours::Sixteen, Color::Indexed(1))]
    #[case(Color::White, Colours::True, Color::Indexed(15))]
    #[case(Color::Red, Colours::None, Color::Reset)]
    #[case(Color::Indexed(196), Colours::Sixteen, Color::Indexed(9))]
    #[case(Color::Indexed(196), Colours::Indexed, Color::Indexed(196))]
    #[case(Color::Rgb(0, 0, 0), Colours::Indexed, Color::Indexed(16))]
    #[case(Color::Rgb(250, 250, 250), Colours::Sixteen, Color::Indexed(15))]
    #[case(Color::Rgb(1, 2, 3), Colours::True, Color::Rgb(1, 2, 3))]
    #[case(Color::Reset, Colours::True, Color::Reset)]
    fn maps_to_the_nearest(#[case] colour: Color, #[case] have: Colours, #[case] want: Color) {
        assert_eq!(nearest(colour, have), want);
    }
}
