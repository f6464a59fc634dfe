//! Keys by the names that people use: `j`, `ctrl-d`, `shift-down`, `f1`.
//!
//! Independent of terminals: `terminal::input` decodes their bytes into keys, and the keymap parses keys from text.

use std::fmt;
use std::str::FromStr;

/// A key of the keyboard, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A printed character, as typed: Shift is part of it (`G`, `?`).
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// The tabulator.
    Tab,
    /// Deletes backwards.
    Backspace,
    /// Deletes forwards.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// One screenful up.
    PageUp,
    /// One screenful down.
    PageDown,
    /// A function key, 1 to 12.
    F(u8),
}

/// A key press with its modifiers. A character never carries `shift`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// With Control held.
    pub ctrl: bool,
    /// With Alt (Meta) held.
    pub alt: bool,
    /// With Shift held, for keys that print no character.
    pub shift: bool,
}

impl Key {
    /// The key without modifiers.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The character, as typed.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// The character with Control held; letters are lower case.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { ctrl: true, ..Self::char(c) }
    }

    /// The same key with Alt held.
    #[must_use]
    pub const fn with_alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// The character that this key types into a line of text, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }
}

/// The names of the keys that print no character, as the help and the configuration write them.
const NAMES: [(&str, KeyCode); 16] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
    ("minus", KeyCode::Char('-')),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char('-') if !self.ctrl && !self.alt => f.write_str("-"),
            KeyCode::F(n) => write!(f, "f{n}"),
            code => match (NAMES.iter().find(|(_, named)| *named == code), code) {
                (Some((name, _)), _) => f.write_str(name),
                (None, KeyCode::Char(c)) => write!(f, "{c}"),
                (None, _) => Ok(()),
            },
        }
    }
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no key")]
pub struct UnknownKey(pub String);

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let unknown = || UnknownKey(text.to_owned());
        let (mut rest, mut key) = (text.trim(), Key::char('\0'));
        loop {
            let strip = |prefix: &str| {
                let head = rest.get(..prefix.len())?;
                (head.eq_ignore_ascii_case(prefix) && rest.len() > prefix.len())
                    .then(|| rest.get(prefix.len()..))
                    .flatten()
            };
            if let Some(after) = strip("ctrl-") {
                (rest, key.ctrl) = (after, true);
            } else if let Some(after) = strip("alt-") {
                (rest, key.alt) = (after, true);
            } else if let Some(after) = strip("shift-") {
                (rest, key.shift) = (after, true);
            } else {
                break;
            }
        }
        key.code = key_code(rest).ok_or_else(unknown)?;
        match key.code {
            KeyCode::Char(c) if key.ctrl => key.code = KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c) if key.shift => key.code = KeyCode::Char(c.to_uppercase().next().unwrap_or(c)),
            _ => {}
        }
        if matches!(key.code, KeyCode::Char(_)) {
            key.shift = false;
        }
        Ok(key)
    }
}

fn key_code(name: &str) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return (!only.is_control()).then_some(KeyCode::Char(only));
    }
    let lower = name.to_ascii_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == lower) {
        return Some(*code);
    }
    let number: u8 = lower.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("j", Key::char('j'))]
    #[case("G", Key::char('G'))]
    #[case("-", Key::char('-'))]
    #[case("ctrl-d", Key::ctrl('d'))]
    #[case("Ctrl-D", Key::ctrl('d'))]
    #[case("alt-j", Key::char('j').with_alt())]
    #[case("space", Key::char(' '))]
    #[case("f10", Key::plain(KeyCode::F(10)))]
    #[case("shift-down", Key { shift: true, ..Key::plain(KeyCode::Down) })]
    #[case("å", Key::char('å'))]
    fn reads_names(#[case] text: &str, #[case] key: Key) {
        assert_eq!(text.parse::<Key>(), Ok(key));
        assert_eq!(key.to_string().parse::<Key>(), Ok(key), "a key's own name reads back");
    }

    #[rstest]
    #[case("")]
    #[case("ctrl-")]
    #[case("f13")]
    #[case("hyper-x")]
    fn refuses_other_words(#[case] text: &str) {
        assert!(text.parse::<Key>().is_err());
    }
}
