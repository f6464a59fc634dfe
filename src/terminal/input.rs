//! Reads the keyboard: crossterm's events, made into the program's own keys.
//!
//! The one place that knows crossterm, so that another decoder can take its place. It is only asked when a poll
//! has said that the terminal is readable, and once more soon after: left alone with a terminal that has gone
//! away it would spin (crossterm #793, #1110).

use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{self, KeyEvent, KeyEventKind, KeyModifiers};

use super::rejoin::{RawInput, Rejoiner};
use crate::ui::keys::key::{Key, KeyCode};

/// With `use-dev-tty` a poll of no time at all never reports anything (crossterm #839).
const AT_ONCE: Duration = Duration::from_millis(1);
/// A poll whose time is over before crossterm looks at what it has read already, as on a busy machine, says that nothing
/// is there, and no descriptor tells otherwise. So it is asked once more after the last key, when nobody waits.
const AGAIN: Duration = Duration::from_millis(100);
/// That poll may take so long.
const UNHURRIED: Duration = Duration::from_millis(5);

/// The keyboard.
pub struct Keyboard {
    rejoiner: Rejoiner,
    /// When crossterm is to be asked once more.
    again: Option<Instant>,
}

impl Keyboard {
    /// A keyboard whose lone Esc is held for `hold`.
    pub fn new(hold: Duration) -> Self {
        Self { rejoiner: Rejoiner::new(hold), again: None }
    }

    /// When to look here though nothing has come: for a held Esc, or for keys that crossterm has kept back.
    pub fn deadline(&self) -> Option<Instant> {
        self.rejoiner.deadline().into_iter().chain(self.again).min()
    }

    /// Whether to read though nothing has come.
    pub fn is_due(&self) -> bool {
        self.again.is_some_and(|again| again <= Instant::now())
    }

    /// Gives out a held Esc whose time is over.
    pub fn expire(&mut self, out: &mut Vec<RawInput>) {
        self.rejoiner.expire(Instant::now(), out);
    }

    /// Reads until nothing is left.
    pub fn read(&mut self, out: &mut Vec<RawInput>) -> io::Result<()> {
        let patience = if self.is_due() { UNHURRIED } else { AT_ONCE };
        self.again = None;
        while event::poll(patience)? {
            self.again = Some(Instant::now() + AGAIN);
            if let Some(input) = input(event::read()?) {
                self.rejoiner.feed(input, Instant::now(), out);
            }
        }
        Ok(())
    }
}

/// What an event of crossterm's means. Sizes come from the signal, not from here.
fn input(event: event::Event) -> Option<RawInput> {
    match event {
        event::Event::Key(pressed) => key(pressed).map(RawInput::Key),
        event::Event::Paste(text) => Some(RawInput::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
        _ => None,
    }
}

/// One spelling for each key, whatever the terminal calls it.
fn key(pressed: KeyEvent) -> Option<Key> {
    if pressed.kind == KeyEventKind::Release {
        return None;
    }
    let held = |modifier| pressed.modifiers.contains(modifier);
    let (ctrl, mut shift) = (held(KeyModifiers::CONTROL), held(KeyModifiers::SHIFT));
    if held(KeyModifiers::SUPER) || held(KeyModifiers::HYPER) {
        return None;
    }
    let code = match pressed.code {
        event::KeyCode::Char(c) if ctrl => match c.to_ascii_lowercase() {
            // What some terminals send for Backspace, and Ctrl-J for Return; neither chord is ever bound.
            'h' => return Some(with_alt(Key::plain(KeyCode::Backspace), &pressed)),
            'j' => return Some(with_alt(Key::plain(KeyCode::Enter), &pressed)),
            // The codes 0x1C to 0x1F, which crossterm names after the VT100's digits.
            '4' => KeyCode::Char('\\'),
            '5' => KeyCode::Char(']'),
            '6' => KeyCode::Char('^'),
            '7' => KeyCode::Char('_'),
            lower => KeyCode::Char(lower),
        },
        event::KeyCode::Char(c) if shift => KeyCode::Char(upper(c)),
        event::KeyCode::Char(c) => KeyCode::Char(c),
        event::KeyCode::Null => return Some(with_alt(Key::ctrl(' '), &pressed)),
        event::KeyCode::BackTab => {
            shift = true;
            KeyCode::Tab
        }
        event::KeyCode::F(number @ 1..=12) => KeyCode::F(number),
        event::KeyCode::Enter => KeyCode::Enter,
        event::KeyCode::Esc => KeyCode::Esc,
        event::KeyCode::Tab => KeyCode::Tab,
        event::KeyCode::Backspace => KeyCode::Backspace,
        event::KeyCode::Delete => KeyCode::Delete,
        event::KeyCode::Insert => KeyCode::Insert,
        event::KeyCode::Up => KeyCode::Up,
        event::KeyCode::Down => KeyCode::Down,
        event::KeyCode::Left => KeyCode::Left,
        event::KeyCode::Right => KeyCode::Right,
        event::KeyCode::Home => KeyCode::Home,
        event::KeyCode::End => KeyCode::End,
        event::KeyCode::PageUp => KeyCode::PageUp,
        event::KeyCode::PageDown => KeyCode::PageDown,
        _ => return None,
    };
    if let KeyCode::Char(c) = code {
        if c.is_control() {
            return None;
        }
        shift = false;
    }
    Some(with_alt(Key { code, ctrl, alt: false, shift }, &pressed))
}

fn with_alt(key: Key, pressed: &KeyEvent) -> Key {
    let alt = pressed.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::META);
    Key { alt, ..key }
}

/// The capital, where it is one character; `ß` has none.
fn upper(c: char) -> char {
    let mut capitals = c.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyCode as Code;
    use rstest::rstest;

    const NONE: KeyModifiers = KeyModifiers::NONE;
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;

    #[rstest]
    #[case(Code::Char('G'), SHIFT, "G")]
    #[case(Code::Char('å'), NONE, "å")]
    #[case(Code::Char('D'), CTRL, "ctrl-d")]
    #[case(Code::Char('h'), CTRL, "backspace")]
    #[case(Code::Char('j'), CTRL, "enter")]
    #[case(Code::Char('h'), CTRL.union(KeyModifiers::ALT), "alt-backspace")]
    #[case(Code::Char('7'), CTRL, "ctrl-_")]
    #[case(Code::Char(' '), CTRL, "ctrl-space")]
    #[case(Code::Null, NONE, "ctrl-space")]
    #[case(Code::BackTab, SHIFT, "shift-tab")]
    #[case(Code::BackTab, NONE, "shift-tab")]
    #[case(Code::Down, SHIFT, "shift-down")]
    #[case(Code::Left, CTRL, "ctrl-left")]
    #[case(Code::Char('p'), KeyModifiers::ALT, "alt-p")]
    #[case(Code::F(10), NONE, "f10")]
    fn names_keys_one_way(#[case] code: Code, #[case] modifiers: KeyModifiers, #[case] name: &str) {
        let got = key(KeyEvent::new(code, modifiers)).expect("a key");
        assert_eq!(got.to_string(), name);
    }

    #[rstest]
    #[case(Code::F(13), NONE)]
    #[case(Code::CapsLock, NONE)]
    #[case(Code::Char('\u{9b}'), NONE)]
    #[case(Code::Char('x'), KeyModifiers::SUPER)]
    fn leaves_out_what_is_no_key_here(#[case] code: Code, #[case] modifiers: KeyModifiers) {
        assert_eq!(key(KeyEvent::new(code, modifiers)), None);
    }

    #[test]
    fn a_release_is_no_press_and_a_repeat_is_one() {
        let kind = |kind| key(KeyEvent::new_with_kind(Code::Char('j'), NONE, kind));
        assert_eq!(kind(KeyEventKind::Release), None);
        assert_eq!(kind(KeyEventKind::Repeat), Some(Key::char('j')));
    }

    #[test]
    fn a_pasted_line_ends_one_way() {
        let paste = event::Event::Paste("ett\r\ntvå\rtre\n".into());
        assert_eq!(input(paste), Some(RawInput::Paste("ett\ntvå\ntre\n".into())));
    }
}
