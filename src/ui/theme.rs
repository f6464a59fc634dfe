//! What things look like, by the role they play. Colours are the terminal's own, so that light and dark work.

use ratatui::style::{Color, Modifier, Style};

use crate::summary::ProjectState;

/// The looks of the screen and the characters it draws with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    coloured: bool,
    ascii: bool,
    /// The characters it draws with.
    pub glyphs: &'static Glyphs,
}

/// The characters that the screen draws with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// The four corners of a box: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// A line from left to right.
    pub horizontal: &'static str,
    /// A line from top to bottom.
    pub vertical: &'static str,
    /// Says that a text was cut.
    pub ellipsis: &'static str,
    /// A marked record.
    pub mark: &'static str,
    /// Time that has passed, and time that is left.
    pub bar: [&'static str; 2],
    /// The part of a text that is seen, and the rest.
    pub scroll: [&'static str; 2],
    /// What is done, and what is left.
    pub progress: [&'static str; 2],
    /// Between things of one kind.
    pub dot: &'static str,
    /// Ascending and descending.
    pub ways: [char; 2],
    /// Before a number that is not exact.
    pub about: &'static str,
    /// A found place in the text.
    pub found: &'static str,
}

/// Characters that the fonts of `PuTTY` and Windows have.
const DRAWN: Glyphs = Glyphs {
    corners: ["┌", "┐", "└", "┘"],
    horizontal: "─",
    vertical: "│",
    ellipsis: "…",
    mark: "•",
    bar: ["═", "─"],
    scroll: ["█", "│"],
    progress: ["█", "░"],
    dot: "·",
    ways: ['↑', '↓'],
    about: "≈",
    found: "»",
};

const ASCII: Glyphs = Glyphs {
    corners: ["+", "+", "+", "+"],
    horizontal: "-",
    vertical: "|",
    ellipsis: "..",
    mark: "x",
    bar: ["=", "-"],
    scroll: ["#", "|"],
    progress: ["#", "."],
    dot: "-",
    ways: ['^', 'v'],
    about: "~",
    found: ">",
};

impl Theme {
    /// The looks with or without colour, in drawn characters or plain ASCII.
    #[must_use]
    pub const fn new(coloured: bool, ascii: bool) -> Self {
        Self { coloured, ascii, glyphs: if ascii { &ASCII } else { &DRAWN } }
    }

    /// Whether only plain ASCII may be drawn.
    #[must_use]
    pub const fn is_ascii(self) -> bool {
        self.ascii
    }

    fn colour(self, style: Style, colour: Color) -> Style {
        if self.coloured { style.fg(colour) } else { style }
    }

    /// Values and other text.
    #[must_use]
    pub const fn text(self) -> Style {
        Style::new()
    }

    /// Ids, names, headings.
    #[must_use]
    pub const fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Words around values, lines, what is missing.
    #[must_use]
    pub const fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Labels of fields.
    #[must_use]
    pub fn label(self) -> Style {
        self.colour(Style::new(), Color::Cyan)
    }

    /// A condition that filters.
    #[must_use]
    pub fn filter(self) -> Style {
        self.colour(Style::new().add_modifier(Modifier::UNDERLINED), Color::Cyan)
    }

    /// The same while nobody is typing.
    #[must_use]
    pub fn chip(self) -> Style {
        self.colour(Style::new().add_modifier(Modifier::REVERSED), Color::Cyan)
    }

    /// What matched the query.
    #[must_use]
    pub fn matched(self) -> Style {
        self.colour(Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED), Color::Magenta)
    }

    /// The selected row or field of the part that has the keys.
    #[must_use]
    pub const fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The selected row of a part that does not have the keys.
    #[must_use]
    pub const fn selected_elsewhere(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED.union(Modifier::DIM))
    }

    /// A marked record.
    #[must_use]
    pub fn marked(self) -> Style {
        self.colour(Style::new().add_modifier(Modifier::BOLD), Color::Magenta)
    }

    /// Something that went wrong or is wrong.
    #[must_use]
    pub fn problem(self) -> Style {
        self.colour(Style::new().add_modifier(Modifier::BOLD), Color::Red)
    }

    /// The frame of a pane.
    #[must_use]
    pub fn frame(self, focused: bool) -> Style {
        if focused { self.colour(Style::new(), Color::Blue) } else { self.quiet() }
    }

    /// Whether a project goes on.
    #[must_use]
    pub fn state(self, state: ProjectState) -> Style {
        match state {
            ProjectState::Ongoing => self.colour(self.strong(), Color::Green),
            ProjectState::Upcoming => self.colour(self.strong(), Color::Blue),
            ProjectState::Ended => self.quiet(),
        }
    }
}
