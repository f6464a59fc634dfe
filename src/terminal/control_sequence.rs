//! The keys that terminals send as control sequences: xterm's and its relatives', VT220's, the Linux console's, and the
//! ones of `modifyOtherKeys` and `CSI u`. Everything else that can arrive so is a reply, and means nothing here.

use crate::ui::keys::key::{Key, KeyCode};

/// The meaning of a control sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SequenceMeaning {
    /// A key.
    Key(Key),
    /// The beginning of a bracketed paste.
    PasteBegins,
    /// The beginning of a mouse report, of which three more bytes follow.
    MouseReport,
    /// A reply, or something unknown.
    Nothing,
}

/// The meaning of `ESC [`, parameters, final byte.
pub fn meaning(parameters: &[u8], last: u8) -> SequenceMeaning {
    match (parameters, last) {
        ([], b'M') => return SequenceMeaning::MouseReport,
        (b"200", b'~') => return SequenceMeaning::PasteBegins,
        // The Linux console's F1 to F5.
        ([b'['], b'A'..=b'E') => return SequenceMeaning::Key(Key::plain(KeyCode::F(last - b'A' + 1))),
        _ => {}
    }
    let Some(numbers) = SequenceParameters::read(parameters) else { return SequenceMeaning::Nothing };
    key(&numbers, last).map_or(SequenceMeaning::Nothing, SequenceMeaning::Key)
}

/// The key of `ESC O` and one byte.
pub fn single_shift(last: u8) -> Option<Key> {
    let code = match last {
        b'M' => KeyCode::Enter,
        _ => function_letter(last).or_else(|| cursor_letter(last))?,
    };
    Some(Key::plain(code))
}

/// The first three parameters; a missing one is `None`.
struct SequenceParameters([Option<u32>; 3]);

impl SequenceParameters {
    /// Reads the parameters; `None` where a marker or an intermediate byte makes the sequence a reply, or a key release.
    fn read(parameters: &[u8]) -> Option<Self> {
        let text = str::from_utf8(parameters).ok()?;
        if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b':')) {
            return None;
        }
        let mut numbers = [None; 3];
        for (at, parameter) in text.split(';').enumerate() {
            let mut parts = parameter.split(':').map(|part| part.parse().ok());
            let (first, second) = (parts.next().flatten(), parts.next().flatten());
            if at == 1 && second == Some(3) {
                // The key was released.
                return None;
            }
            if let Some(number) = numbers.get_mut(at) {
                *number = first;
            }
        }
        Some(Self(numbers))
    }
}

/// The modifiers of a key, from the parameter that is one more than their bits.
#[expect(clippy::struct_excessive_bools, reason = "independent bits of the protocol")]
#[derive(Clone, Copy)]
struct Modifiers {
    shift: bool,
    alt: bool,
    ctrl: bool,
    /// Super, Hyper or Meta.
    other: bool,
}

impl From<Option<u32>> for Modifiers {
    fn from(parameter: Option<u32>) -> Self {
        let bits = parameter.unwrap_or(1).saturating_sub(1);
        let has = |bit| bits & bit != 0;
        Self { shift: has(1), alt: has(2), ctrl: has(4), other: has(8 | 16 | 32) }
    }
}

fn key(numbers: &SequenceParameters, last: u8) -> Option<Key> {
    let SequenceParameters([first, second, third]) = *numbers;
    let code = match last {
        b'Z' => return Some(Key { shift: true, ..Key::plain(KeyCode::Tab) }),
        b'u' => return character(first?, second.into()),
        b'~' if first == Some(27) => return character(third?, second.into()),
        b'~' => numbered(first?)?,
        // `ESC [ row ; column R` reports the cursor's position; F3 never has another first number than 1.
        b'P'..=b'S' if first.unwrap_or(1) == 1 && second.unwrap_or(1) <= 16 => function_letter(last)?,
        b'a'..=b'd' => {
            // Shift and an arrow on rxvt.
            return Some(Key { shift: true, ..Key::plain(cursor_letter(last.to_ascii_uppercase())?) });
        }
        _ => cursor_letter(last)?,
    };
    let Modifiers { shift, alt, ctrl, .. } = second.into();
    Some(Key { code, ctrl, alt, shift })
}

/// The key of a character's number with modifiers (`modifyOtherKeys`, `CSI u`), spelled as without them.
fn character(number: u32, modifiers: Modifiers) -> Option<Key> {
    let Modifiers { shift, alt, ctrl, other } = modifiers;
    // SequenceParameters of the private use area are keys that have no name here.
    if other || (0xe000..=0xf8ff).contains(&number) {
        return None;
    }
    let key = match char::from_u32(number)? {
        '\t' => Key { shift, ..Key::plain(KeyCode::Tab) },
        '\r' | '\n' => Key::plain(KeyCode::Enter),
        '\x1b' => Key::plain(KeyCode::Esc),
        '\x08' | '\x7f' => Key::plain(KeyCode::Backspace),
        c if c.is_control() => return None,
        c if ctrl => match c.to_ascii_lowercase() {
            'h' => Key::plain(KeyCode::Backspace),
            'i' => Key::plain(KeyCode::Tab),
            'j' | 'm' => Key::plain(KeyCode::Enter),
            '[' => Key::plain(KeyCode::Esc),
            '@' => Key::ctrl(' '),
            c => Key::ctrl(c),
        },
        c if shift => Key::char(capital(c)),
        c => Key::char(c),
    };
    Some(Key { alt, ..key })
}

/// The capital letter, if it is one character; `ß` has none.
fn capital(c: char) -> char {
    let mut capitals = c.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ => c,
    }
}

/// The key of `ESC [ number ~`.
fn numbered(number: u32) -> Option<KeyCode> {
    let function = |number: u32, first: u32| Some(KeyCode::F(u8::try_from(number - first).ok()?));
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(number, 10),
        17..=21 => function(number, 11),
        23..=24 => function(number, 12),
        _ => None,
    }
}

fn function_letter(letter: u8) -> Option<KeyCode> {
    matches!(letter, b'P'..=b'S').then(|| KeyCode::F(letter - b'P' + 1))
}

fn cursor_letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        _ => return None,
    })
}
