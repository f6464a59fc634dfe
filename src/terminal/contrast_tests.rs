//! Contrasts of every role of every theme, as terminals with known palettes draw them.

use ratatui::style::{Color, Modifier};

use super::Colours;
use super::colour::{NAMED, nearest};
use crate::ui::theme::{StyleRole, Theme, ThemeName};

type Rgb = (u8, u8, u8);

/// The background of a terminal window.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ground {
    Dark,
    Light,
}

/// Defaults of a terminal: its 16 named colours (`None` if they are those of xterm and not used) and its background.
struct Palette {
    name: &'static str,
    named: Option<[Rgb; 16]>,
    background: Rgb,
    ground: Ground,
}

/// Named colours whose dark half has one level and whose bright half has another one and 85.
const fn two_levels(level: u8, yellow: Rgb) -> [Rgb; 16] {
    let (l, h) = (level, 85);
    [
        (0, 0, 0),
        (l, 0, 0),
        (0, l, 0),
        yellow,
        (0, 0, l),
        (l, 0, l),
        (0, l, l),
        (l, l, l),
        (h, h, h),
        (255, h, h),
        (h, 255, h),
        (255, 255, h),
        (h, h, 255),
        (255, h, 255),
        (h, 255, 255),
        (255, 255, 255),
    ]
}

const PALETTES: [Palette; 6] = [
    Palette { name: "xterm, dark", named: Some(NAMED), background: (0, 0, 0), ground: Ground::Dark },
    Palette { name: "xterm, light", named: Some(NAMED), background: (255, 255, 255), ground: Ground::Light },
    Palette {
        name: "PuTTY",
        named: Some(two_levels(187, (187, 187, 0))),
        background: (0, 0, 0),
        ground: Ground::Dark,
    },
    Palette {
        name: "Linux console",
        named: Some(two_levels(170, (170, 85, 0))),
        background: (0, 0, 0),
        ground: Ground::Dark,
    },
    // Solarized gives most named colours to greys of its own, so only terminals of 256 colours are readable with it.
    Palette { name: "Solarized dark", named: None, background: (0, 43, 54), ground: Ground::Dark },
    Palette { name: "Solarized light", named: None, background: (253, 246, 227), ground: Ground::Light },
];

fn value(colour: Color, named: &[Rgb; 16]) -> Option<Rgb> {
    let levels = [0, 95, 135, 175, 215, 255];
    match colour {
        Color::Indexed(number @ 0..16) => Some(named[usize::from(number)]),
        Color::Indexed(number @ 16..232) => {
            let at = usize::from(number) - 16;
            Some((levels[at / 36], levels[at / 6 % 6], levels[at % 6]))
        }
        Color::Indexed(number) => {
            let grey = 8 + 10 * (number - 232);
            Some((grey, grey, grey))
        }
        _ => None,
    }
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |level: u8| {
        let level = f64::from(level) / 255.0;
        if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn is_for(theme: ThemeName, ground: Ground) -> bool {
    match theme {
        ThemeName::Auto | ThemeName::HighContrast | ThemeName::Mono => true,
        ThemeName::Dark => ground == Ground::Dark,
        ThemeName::Light => ground == Ground::Light,
    }
}

#[test]
fn every_role_can_be_read() {
    let mut unreadable = Vec::new();
    for theme in ThemeName::ALL {
        for palette in PALETTES.iter().filter(|palette| is_for(theme, palette.ground)) {
            for have in [Colours::Indexed, Colours::Sixteen] {
                let Some(named) = palette.named.or((have == Colours::Indexed).then_some(NAMED)) else {
                    continue;
                };
                for role in StyleRole::ALL {
                    let style = Theme::new(true, false).named(theme).style(role);
                    let seen =
                        |colour: Option<Color>| value(nearest(colour.unwrap_or(Color::Reset), have), &named);
                    // A role without a colour of its own has the contrast that the user has chosen.
                    let Some(front) = seen(style.fg) else { continue };
                    let contrast = contrast(front, seen(style.bg).unwrap_or(palette.background));
                    let least = if theme == ThemeName::HighContrast { 7.0 } else { 4.5 };
                    if contrast < least {
                        unreadable.push(format!("{theme:?} {role:?} in {}: {contrast:.1}", palette.name));
                    }
                }
            }
        }
    }
    assert_eq!(unreadable, Vec::<String>::new());
}

#[test]
fn no_role_relies_on_dim_or_on_colour_in_reverse() {
    for theme in ThemeName::ALL {
        let theme = Theme::new(true, false).named(theme);
        for role in StyleRole::ALL {
            let style = theme.style(role);
            assert!(!style.add_modifier.contains(Modifier::DIM), "{role:?}");
            let is_reversed = style.add_modifier.contains(Modifier::REVERSED)
                && !style.sub_modifier.contains(Modifier::REVERSED);
            assert!(!is_reversed || style.fg.is_none(), "{role:?}");
        }
        assert_eq!(theme.selected().add_modifier, Modifier::REVERSED);
    }
}
