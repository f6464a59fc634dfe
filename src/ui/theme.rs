//! Styles and characters of the screen, by the role that words play.
//!
//! Colours have the numbers 16 to 255 of 256-colour terminals, which are the same in every palette; the terminal layer
//! replaces them where there are fewer. A role that must be readable on an unknown background sets both its foreground
//! and its background, or neither.

use ratatui::style::{Color, Modifier, Style};

use crate::summary::ProjectState;

/// The styles of the screen and the characters it draws with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    name: ThemeName,
    coloured: bool,
    ascii: bool,
    /// The characters.
    pub glyphs: &'static Glyphs,
}

/// A set of styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// For any background: the terminal's own colours, and badges with colours of their own.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// Contrasts of at least 7:1 on any background.
    HighContrast,
    /// Bold, underlined and reversed words, without any colour.
    Mono,
}

impl ThemeName {
    /// All themes.
    pub const ALL: [Self; 5] = [Self::Auto, Self::Dark, Self::Light, Self::HighContrast, Self::Mono];

    /// The theme that follows in the order of [`Self::ALL`].
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|theme| *theme == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// The name used in the palette.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::Mono => "mono",
        }
    }
}

/// A text that names no theme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no theme `{0}`")]
pub struct UnknownThemeError(pub String);

impl std::str::FromStr for ThemeName {
    type Err = UnknownThemeError;

    fn from_str(text: &str) -> Result<Self, UnknownThemeError> {
        let known = Self::ALL.into_iter().find(|theme| theme.name() == text);
        known.ok_or_else(|| UnknownThemeError(text.to_owned()))
    }
}

/// The role of words on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleRole {
    /// Values and other text.
    Text,
    /// Ids, names, headings.
    Strong,
    /// Words around values, lines, missing values.
    Quiet,
    /// Labels of fields.
    Label,
    /// A condition of the query while it is typed.
    Filter,
    /// A condition of the query when the prompt is not focused.
    Chip,
    /// Words that matched the query.
    Matched,
    /// The mark of a marked record.
    Marked,
    /// Something that is wrong.
    Problem,
    /// The frame of a pane.
    Frame,
    /// The frame of the pane that receives the keys.
    FocusedFrame,
    /// The state of a running project.
    Ongoing,
    /// The state of a project that has not begun.
    Upcoming,
    /// The state of a project that has ended.
    Ended,
}

impl StyleRole {
    /// All roles.
    pub const ALL: [Self; 14] = [
        Self::Text,
        Self::Strong,
        Self::Quiet,
        Self::Label,
        Self::Filter,
        Self::Chip,
        Self::Matched,
        Self::Marked,
        Self::Problem,
        Self::Frame,
        Self::FocusedFrame,
        Self::Ongoing,
        Self::Upcoming,
        Self::Ended,
    ];

    /// The attributes that tell the role without colour.
    const fn attributes(self) -> Modifier {
        match self {
            Self::Text | Self::Quiet | Self::Label | Self::Frame | Self::Ended => Modifier::empty(),
            Self::Filter => Modifier::UNDERLINED,
            Self::Chip => Modifier::REVERSED,
            Self::Matched => Modifier::BOLD.union(Modifier::UNDERLINED),
            Self::Strong
            | Self::Marked
            | Self::Problem
            | Self::FocusedFrame
            | Self::Ongoing
            | Self::Upcoming => Modifier::BOLD,
        }
    }

    /// Foreground and background on any background.
    const fn on_any(self) -> Colours {
        match self {
            Self::Matched => Colours::badge(16, 222),
            Self::Problem => Colours::badge(231, 124),
            Self::Ongoing => Colours::badge(231, 22),
            Self::Upcoming | Self::Chip => Colours::badge(231, 18),
            _ => Colours::OWN,
        }
    }

    const fn on_dark(self) -> Colours {
        match self {
            Self::Text | Self::Strong => Colours::text(255),
            Self::Quiet | Self::Frame | Self::Ended => Colours::text(250),
            Self::Label | Self::Filter => Colours::text(152),
            Self::Chip => Colours::badge(16, 152),
            Self::Matched => Colours::text(222),
            Self::Marked => Colours::text(219),
            Self::Problem => Colours::text(217),
            Self::FocusedFrame | Self::Upcoming => Colours::text(153),
            Self::Ongoing => Colours::text(157),
        }
    }

    const fn on_light(self) -> Colours {
        match self {
            Self::Text | Self::Strong => Colours::text(16),
            Self::Quiet | Self::Frame | Self::Ended => Colours::text(235),
            Self::Label | Self::Filter => Colours::text(23),
            Self::Chip => Colours::badge(231, 23),
            Self::Matched => Colours::badge(16, 222),
            Self::Marked => Colours::text(90),
            Self::Problem => Colours::text(88),
            Self::FocusedFrame | Self::Upcoming => Colours::text(18),
            Self::Ongoing => Colours::text(22),
        }
    }

    const fn in_high_contrast(self) -> Colours {
        match self {
            Self::Matched => Colours::badge(16, 226),
            Self::Problem => Colours::badge(231, 52),
            Self::Chip => Colours::badge(231, 17),
            _ => Colours::OWN,
        }
    }
}

/// Foreground and background; `None` is the terminal's own.
#[derive(Clone, Copy)]
struct Colours {
    front: Option<u8>,
    back: Option<u8>,
}

impl Colours {
    const OWN: Self = Self { front: None, back: None };

    const fn text(front: u8) -> Self {
        Self { front: Some(front), back: None }
    }

    const fn badge(front: u8, back: u8) -> Self {
        Self { front: Some(front), back: Some(back) }
    }
}

/// The characters that the screen draws with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// The four corners of a box: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// A line from left to right, and the one of the pane that receives the keys.
    pub horizontal: [&'static str; 2],
    /// A line from top to bottom.
    pub vertical: &'static str,
    /// The end of a text that was cut.
    pub ellipsis: &'static str,
    /// A marked record.
    pub mark: &'static str,
    /// Time that has passed, and time that is left.
    pub bar: [&'static str; 2],
    /// The visible part of a text, and the rest.
    pub scroll: [&'static str; 2],
    /// Work done, and work left.
    pub progress: [&'static str; 2],
    /// Between things of one kind.
    pub dot: &'static str,
    /// A missing value.
    pub missing: &'static str,
    /// Ascending and descending.
    pub ways: [char; 2],
    /// Before a number that is not exact.
    pub about: &'static str,
    /// A match in the text.
    pub found: &'static str,
}

/// Characters that the fonts of `PuTTY` and Windows have.
const DRAWN: Glyphs = Glyphs {
    corners: ["┌", "┐", "└", "┘"],
    horizontal: ["─", "═"],
    vertical: "│",
    ellipsis: "…",
    mark: "•",
    bar: ["═", "─"],
    scroll: ["█", "│"],
    progress: ["█", "░"],
    dot: "·",
    missing: "–",
    ways: ['↑', '↓'],
    about: "≈",
    found: "»",
};

const ASCII: Glyphs = Glyphs {
    corners: ["+", "+", "+", "+"],
    horizontal: ["-", "="],
    vertical: "|",
    ellipsis: "..",
    mark: "x",
    bar: ["=", "-"],
    scroll: ["#", "|"],
    progress: ["#", "."],
    dot: "-",
    missing: "?",
    ways: ['^', 'v'],
    about: "~",
    found: ">",
};

impl Theme {
    /// The theme for any background, with or without colour, in drawn characters or plain ASCII.
    #[must_use]
    pub const fn new(coloured: bool, ascii: bool) -> Self {
        Self { name: ThemeName::Auto, coloured, ascii, glyphs: if ascii { &ASCII } else { &DRAWN } }
    }

    /// Another set of styles with the same characters.
    #[must_use]
    pub const fn named(self, name: ThemeName) -> Self {
        Self { name, ..self }
    }

    /// Returns `true` if only ASCII may be drawn.
    #[must_use]
    pub const fn is_ascii(self) -> bool {
        self.ascii
    }

    /// The style of a role.
    #[must_use]
    pub const fn style(self, role: StyleRole) -> Style {
        let style = Style::new().add_modifier(role.attributes());
        if !self.coloured {
            return style;
        }
        let colours = match self.name {
            ThemeName::Auto => role.on_any(),
            ThemeName::Dark => role.on_dark(),
            ThemeName::Light => role.on_light(),
            ThemeName::HighContrast => role.in_high_contrast(),
            ThemeName::Mono => Colours::OWN,
        };
        let style = match colours.front {
            Some(number) => style.fg(Color::Indexed(number)),
            None => style,
        };
        match colours.back {
            // The background takes the place of the reversal.
            Some(number) => style.bg(Color::Indexed(number)).remove_modifier(Modifier::REVERSED),
            None => style,
        }
    }

    /// Values and other text.
    #[must_use]
    pub const fn text(self) -> Style {
        self.style(StyleRole::Text)
    }

    /// Ids, names, headings.
    #[must_use]
    pub const fn strong(self) -> Style {
        self.style(StyleRole::Strong)
    }

    /// Words around values, lines, missing values.
    #[must_use]
    pub const fn quiet(self) -> Style {
        self.style(StyleRole::Quiet)
    }

    /// Labels of fields.
    #[must_use]
    pub const fn label(self) -> Style {
        self.style(StyleRole::Label)
    }

    /// A condition of the query while it is typed.
    #[must_use]
    pub const fn filter(self) -> Style {
        self.style(StyleRole::Filter)
    }

    /// A condition of the query when the prompt is not focused.
    #[must_use]
    pub const fn chip(self) -> Style {
        self.style(StyleRole::Chip)
    }

    /// Words that matched the query.
    #[must_use]
    pub const fn matched(self) -> Style {
        self.style(StyleRole::Matched)
    }

    /// The selected row or field of the part that receives the keys. Nothing but an underline may be added to it: bold
    /// or coloured words become unreadable when reversed.
    #[must_use]
    pub const fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The selected row of a part that does not receive the keys.
    #[must_use]
    pub const fn selected_elsewhere(self) -> Style {
        self.text().add_modifier(Modifier::UNDERLINED)
    }

    /// The mark of a marked record.
    #[must_use]
    pub const fn marked(self) -> Style {
        self.style(StyleRole::Marked)
    }

    /// Something that is wrong.
    #[must_use]
    pub const fn problem(self) -> Style {
        self.style(StyleRole::Problem)
    }

    /// The frame of a pane.
    #[must_use]
    pub const fn frame(self, focused: bool) -> Style {
        self.style(if focused { StyleRole::FocusedFrame } else { StyleRole::Frame })
    }

    /// The state of a project.
    #[must_use]
    pub const fn state(self, state: ProjectState) -> Style {
        self.style(match state {
            ProjectState::Ongoing => StyleRole::Ongoing,
            ProjectState::Upcoming => StyleRole::Upcoming,
            ProjectState::Ended => StyleRole::Ended,
        })
    }
}
