//! Control sequences of the terminal's modes, as crossterm defines them.

use std::fmt;

use crossterm::Command;
use crossterm::cursor::{MoveTo, Show};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};

/// Bracketed paste is part of crossterm's event reader, which the decoder replaces.
const ENABLE_BRACKETED_PASTE: &[u8] = b"\x1b[?2004h";
const DISABLE_BRACKETED_PASTE: &[u8] = b"\x1b[?2004l";

/// Takes the screen over: alternate screen, bracketed paste.
pub fn enter() -> Vec<u8> {
    let mut bytes = Vec::new();
    push(&mut bytes, EnterAlternateScreen);
    bytes.extend_from_slice(ENABLE_BRACKETED_PASTE);
    bytes
}

/// Restores the screen. Ends an unfinished frame, and clears before leaving the alternate screen: tmux 3.3 leaves
/// characters there after a resize, and consoles without an alternate screen would keep the program's screen.
pub fn leave() -> Vec<u8> {
    let mut bytes = Vec::new();
    push(&mut bytes, EndSynchronizedUpdate);
    push(&mut bytes, SetAttribute(Attribute::Reset));
    push(&mut bytes, MoveTo(0, 0));
    push(&mut bytes, Clear(ClearType::All));
    bytes.extend_from_slice(DISABLE_BRACKETED_PASTE);
    push(&mut bytes, Show);
    push(&mut bytes, LeaveAlternateScreen);
    bytes
}

/// Appends the sequence of a command.
pub fn push(bytes: &mut Vec<u8>, command: impl Command) {
    struct Bytes<'a>(&'a mut Vec<u8>);
    impl fmt::Write for Bytes<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.extend_from_slice(text.as_bytes());
            Ok(())
        }
    }
    // Appending to memory cannot fail.
    let _ = command.write_ansi(&mut Bytes(bytes));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_undoes_what_entering_set_and_clears_first() {
        let leave = String::from_utf8(leave()).expect("text");
        for (set, reset) in [("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?2004h", "\x1b[?2004l")] {
            assert!(String::from_utf8(enter()).expect("text").contains(set));
            assert!(leave.contains(reset));
        }
        assert!(leave.starts_with("\x1b[?2026l") && leave.contains("\x1b[?25h"));
        assert!(leave.find("\x1b[2J") < leave.find("\x1b[?1049l"));
    }
}
