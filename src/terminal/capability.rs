//! What the terminal can do, told from the environment's words alone: the terminal itself is never asked,
//! because its answer may come seconds later or not at all.
//!
//! Reads no environment: whoever may (the command line) passes a way to look a variable up.

/// The environment's variables that decide how the terminal is spoken to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a variable that is set or not")]
pub struct TerminalEnvironment {
    /// `TERM`, the terminal's kind.
    pub term: Option<String>,
    /// `COLORTERM` promises 24-bit colours; `ssh` does not pass it on by default.
    pub truecolor: bool,
    /// `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub no_color: bool,
    /// The session came over SSH, so the clipboard of this machine is not the person's.
    pub ssh: bool,
    /// Inside tmux.
    pub tmux: bool,
    /// Inside GNU screen.
    pub screen: bool,
    /// A Wayland display is at hand.
    pub wayland: bool,
    /// An X display is at hand.
    pub x11: bool,
    /// The person's editor, as a command line of the shell.
    pub editor: String,
}

impl TerminalEnvironment {
    /// Reads what matters through `lookup`, which gives a variable's value by its name.
    #[must_use]
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let set = |name: &str| get(name).is_some();
        Self {
            term: get("TERM"),
            truecolor: get("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit"),
            no_color: set("NO_COLOR"),
            ssh: set("SSH_CONNECTION") || set("SSH_TTY"),
            tmux: set("TMUX"),
            screen: set("STY"),
            wayland: set("WAYLAND_DISPLAY"),
            x11: set("DISPLAY"),
            editor: get("VISUAL").or_else(|| get("EDITOR")).unwrap_or_else(|| "vi".to_owned()),
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorMode {
    /// As `TERM` and `NO_COLOR` say.
    #[default]
    Auto,
    /// Even if `NO_COLOR` is set.
    Always,
    /// Never.
    Never,
}

/// The colours that a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None; bold, reverse and the like remain.
    None,
    /// The 16 named ones.
    Sixteen,
    /// The 256 numbered ones.
    Indexed,
    /// 24 bits.
    True,
}

/// Whether bold and its kin can be switched off one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attributes {
    /// Bold, underline, blink and reverse; only all of them can be switched off (VT100).
    Few,
    /// Each can be switched on and off.
    All,
}

/// What the terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// Its colours.
    pub colours: Colours,
    /// Its attributes.
    pub attributes: Attributes,
    /// It knows ECH, "erase characters" (`CSI n X`).
    pub erases_cells: bool,
}

/// The terminal's kind is one on which no screen can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this terminal (TERM={0}) cannot show a screen")]
pub struct Dumb(pub String);

/// Kinds with 256 colours whose names do not say so.
const INDEXED: [&str; 7] = ["alacritty", "foot", "ghostty", "kitty", "wezterm", "rio", "contour"];

impl Capability {
    /// What a terminal of the kind that the environment names can do.
    ///
    /// # Errors
    /// `TERM` is missing, `dumb` or `unknown`.
    pub fn of(environment: &TerminalEnvironment, color: ColorMode) -> Result<Self, Dumb> {
        let name = environment.term.as_deref().unwrap_or("");
        if matches!(name, "" | "dumb" | "unknown") {
            return Err(Dumb(name.to_owned()));
        }
        // Terminals of the VT100 line, the one that has neither colours nor ECH; `vt220` knows ECH.
        let old = name.starts_with("vt1");
        // `COLORTERM` is inherited from the terminal around GNU screen, which takes 24-bit colours for attributes.
        let truecolor = environment.truecolor && (environment.tmux || !name.starts_with("screen"));
        let named = if old || name.starts_with("vt") || name.ends_with("-mono") || name.ends_with("-m") {
            Colours::None
        } else if truecolor || name.ends_with("-direct") {
            Colours::True
        } else if name.contains("256color") || INDEXED.iter().any(|kind| name.contains(kind)) {
            Colours::Indexed
        } else {
            Colours::Sixteen
        };
        let colours = match color {
            ColorMode::Never => Colours::None,
            ColorMode::Always => named.max(Colours::Sixteen),
            ColorMode::Auto if environment.no_color => Colours::None,
            ColorMode::Auto => named,
        };
        // GNU screen's own description lists no ECH; a `screen` that is really tmux pays a few bytes.
        let erases_cells = !old && !name.starts_with("screen");
        Ok(Self { colours, attributes: if old { Attributes::Few } else { Attributes::All }, erases_cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn environment(pairs: &[(&str, &str)]) -> TerminalEnvironment {
        TerminalEnvironment::read(|name| {
            pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[rstest]
    #[case("xterm-256color", Colours::Indexed, true)]
    #[case("xterm", Colours::Sixteen, true)]
    #[case("screen", Colours::Sixteen, false)]
    #[case("screen-256color", Colours::Indexed, false)]
    #[case("tmux-256color", Colours::Indexed, true)]
    #[case("linux", Colours::Sixteen, true)]
    #[case("vt100", Colours::None, false)]
    #[case("vt220", Colours::None, true)]
    #[case("xterm-kitty", Colours::Indexed, true)]
    fn knows_the_usual_terminals(#[case] term: &str, #[case] colours: Colours, #[case] erases: bool) {
        let capability = Capability::of(&environment(&[("TERM", term)]), ColorMode::Auto).unwrap();
        assert_eq!((capability.colours, capability.erases_cells), (colours, erases));
    }

    #[rstest]
    #[case(&[])]
    #[case(&[("TERM", "dumb")])]
    #[case(&[("TERM", "")])]
    fn refuses_a_terminal_without_a_screen(#[case] pairs: &[(&str, &str)]) {
        assert!(Capability::of(&environment(pairs), ColorMode::Always).is_err());
    }

    #[rstest]
    #[case(&[("TERM", "xterm"), ("COLORTERM", "truecolor")], ColorMode::Auto, Colours::True)]
    #[case(&[("TERM", "screen"), ("COLORTERM", "truecolor")], ColorMode::Auto, Colours::Sixteen)]
    #[case(&[("TERM", "screen"), ("TMUX", "x"), ("COLORTERM", "24bit")], ColorMode::Auto, Colours::True)]
    #[case(&[("TERM", "xterm"), ("NO_COLOR", "1")], ColorMode::Auto, Colours::None)]
    #[case(&[("TERM", "xterm"), ("NO_COLOR", "")], ColorMode::Auto, Colours::Sixteen)]
    #[case(&[("TERM", "xterm"), ("NO_COLOR", "1")], ColorMode::Always, Colours::Sixteen)]
    #[case(&[("TERM", "vt100")], ColorMode::Always, Colours::Sixteen)]
    #[case(&[("TERM", "xterm-256color")], ColorMode::Never, Colours::None)]
    fn colours_follow_the_choice(
        #[case] pairs: &[(&str, &str)],
        #[case] choice: ColorMode,
        #[case] colours: Colours,
    ) {
        assert_eq!(Capability::of(&environment(pairs), choice).unwrap().colours, colours);
    }
}
