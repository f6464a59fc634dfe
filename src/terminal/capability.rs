//! The terminal's capabilities, derived from environment variables alone. The terminal itself is never queried, because
//! its reply may come seconds later or not at all.

/// The environment variables that are about the terminal.
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
    /// Reads the variables through `lookup`, which returns the value of a variable by its name.
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
    /// As `TERM` and `NO_COLOR` demand.
    #[default]
    Auto,
    /// Even if `NO_COLOR` is set.
    Always,
    /// Never.
    Never,
}

/// The colours of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None; bold, reverse and other attributes remain.
    None,
    /// The 16 named ones.
    Sixteen,
    /// The 256 numbered ones.
    Indexed,
    /// 24 bits.
    True,
}

/// The attributes of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attributes {
    /// Bold, underline, blink and reverse; only all of them can be switched off (VT100).
    Few,
    /// Each can be switched on and off.
    All,
}

/// The capabilities of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// Its colours.
    pub colours: Colours,
    /// Its attributes.
    pub attributes: Attributes,
    /// Supports ECH, "erase characters" (`CSI n X`).
    pub erases_cells: bool,
}

/// `TERM` names a terminal on which no screen can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this terminal (TERM={0}) cannot show a screen")]
pub struct DumbTerminalError(pub String);

/// Terminals with 256 colours whose names do not contain "256color".
const INDEXED: [&str; 7] = ["alacritty", "foot", "ghostty", "kitty", "wezterm", "rio", "contour"];

impl Capability {
    /// The capabilities of the terminal that the environment names.
    ///
    /// # Errors
    /// `TERM` is missing, `dumb` or `unknown`.
    pub fn new(environment: &TerminalEnvironment, color: ColorMode) -> Result<Self, DumbTerminalError> {
        let name = environment.term.as_deref().unwrap_or("");
        if matches!(name, "" | "dumb" | "unknown") {
            return Err(DumbTerminalError(name.to_owned()));
        }
        // VT100 and its relatives have neither colours nor ECH; VT220 has ECH.
        let old = name.starts_with("vt1");
        // GNU screen inherits `COLORTERM` from the terminal around it, but reads 24-bit colours as attributes.
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
        // GNU screen has no ECH. tmux may call itself `screen` too, and pays a few bytes for it.
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
    fn the_usual_terminals_are_known(#[case] term: &str, #[case] colours: Colours, #[case] erases: bool) {
        let capability = Capability::new(&environment(&[("TERM", term)]), ColorMode::Auto).unwrap();
        assert_eq!((capability.colours, capability.erases_cells), (colours, erases));
    }

    #[rstest]
    #[case(&[])]
    #[case(&[("TERM", "dumb")])]
    #[case(&[("TERM", "")])]
    fn a_terminal_without_a_screen_is_refused(#[case] pairs: &[(&str, &str)]) {
        assert!(Capability::new(&environment(pairs), ColorMode::Always).is_err());
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
    fn colours_follow_the_environment_and_the_option(
        #[case] pairs: &[(&str, &str)],
        #[case] choice: ColorMode,
        #[case] colours: Colours,
    ) {
        assert_eq!(Capability::new(&environment(pairs), choice).unwrap().colours, colours);
    }
}
