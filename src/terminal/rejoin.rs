//! Puts keys together again that a slow line tore apart: an Esc that came alone may be the key, or the first
//! byte of an arrow's sequence whose rest is still on its way.
//!
//! Pure: time is passed in. Knows nothing of terminals or files.
//!
//! Esc and a character at once is Alt and that character, because that is what terminals send for it. Whoever
//! reads the keys takes an Alt chord without a binding as Esc followed by the plain key.

use std::time::{Duration, Instant};

use crate::ui::keys::key::{Key, KeyCode};

/// How long an Esc is held over SSH.
pub const HOLD_REMOTE: Duration = Duration::from_millis(100);
/// How long an Esc is held where nothing is slow: only as long as a local program may split a write.
pub const HOLD_LOCAL: Duration = Duration::from_millis(20);
/// A torn paste has lost its end mark; it ends when nothing has come for this long.
const PASTE_QUIET: Duration = Duration::from_millis(300);
/// No terminal sends a longer sequence for a key.
const LONGEST: usize = 24;

/// What a person did at the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawInput {
    /// Pressed a key.
    Key(Key),
    /// Pasted a text; lines end with `\n`.
    Paste(String),
}

#[derive(Debug)]
enum RejoinState {
    Idle,
    /// An Esc, and what has come of a sequence behind it.
    Held(String),
    /// Within a paste whose opening mark was torn.
    Pasting(String),
}

/// Holds an Esc back until it is clear what it was.
#[derive(Debug)]
pub struct Rejoiner {
    hold: Duration,
    state: RejoinState,
    deadline: Option<Instant>,
}

impl Rejoiner {
    /// Holds an Esc for `hold`.
    #[must_use]
    pub fn new(hold: Duration) -> Self {
        Self { hold, state: RejoinState::Idle, deadline: None }
    }

    /// When `expire` is to be called, if anything is held.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Gives out what is held, if its time is over.
    pub fn expire(&mut self, now: Instant, out: &mut Vec<RawInput>) {
        if self.deadline.is_some_and(|deadline| now >= deadline) {
            self.flush(out);
        }
    }

    /// Takes what came, and gives out what is certain.
    pub fn feed(&mut self, input: RawInput, now: Instant, out: &mut Vec<RawInput>) {
        self.expire(now, out);
        match input {
            RawInput::Key(key) => self.key(key, now, out),
            RawInput::Paste(text) => {
                self.flush(out);
                out.push(RawInput::Paste(text));
            }
        }
    }

    /// Gives out whatever is held.
    fn flush(&mut self, out: &mut Vec<RawInput>) {
        self.deadline = None;
        match std::mem::replace(&mut self.state, RejoinState::Idle) {
            RejoinState::Idle => {}
            RejoinState::Pasting(text) => out.push(RawInput::Paste(text)),
            RejoinState::Held(sequence) => {
                let mut chars = sequence.chars().map(Key::char);
                out.push(RawInput::Key(chars.next().map_or(Key::plain(KeyCode::Esc), Key::with_alt)));
                out.extend(chars.map(RawInput::Key));
            }
        }
    }

    fn hold(&mut self, sequence: String, now: Instant) {
        (self.state, self.deadline) = (RejoinState::Held(sequence), Some(now + self.hold));
    }

    fn key(&mut self, key: Key, now: Instant, out: &mut Vec<RawInput>) {
        match &mut self.state {
            RejoinState::Pasting(text) => {
                text.extend(pasted(key));
                self.deadline = Some(now + PASTE_QUIET);
                if text.ends_with("\u{1b}[201~") {
                    text.truncate(text.len() - "\u{1b}[201~".len());
                    self.flush(out);
                }
                return;
            }
            RejoinState::Held(sequence) => {
                let mut sequence = std::mem::take(sequence);
                match step(&mut sequence, key) {
                    RejoinStep::More => self.hold(sequence, now),
                    RejoinStep::Done(key) => {
                        (self.state, self.deadline) = (RejoinState::Idle, None);
                        out.extend(key.map(RawInput::Key));
                    }
                    RejoinStep::Paste => {
                        self.state = RejoinState::Pasting(String::new());
                        self.deadline = Some(now + PASTE_QUIET);
                    }
                    RejoinStep::Apart => {
                        self.state = RejoinState::Held(sequence);
                        self.flush(out);
                        self.key(key, now, out);
                    }
                }
                return;
            }
            RejoinState::Idle => {}
        }
        if key == Key::plain(KeyCode::Esc) {
            self.hold(String::new(), now);
        } else {
            out.push(RawInput::Key(key));
        }
    }
}

/// What a key means behind a held Esc.
enum RejoinStep {
    /// The sequence goes on.
    More,
    /// It was this key, or a sequence that means none.
    Done(Option<Key>),
    /// A paste begins.
    Paste,
    /// What is held stands for itself, and so does the key.
    Apart,
}

fn step(sequence: &mut String, key: Key) -> RejoinStep {
    let typed = key.typed();
    let mut chars = sequence.chars();
    match (chars.next(), typed) {
        (None, Some(c @ ('[' | 'O'))) => {
            sequence.push(c);
            RejoinStep::More
        }
        (None, _) => match key.code {
            KeyCode::Char(_) | KeyCode::Enter | KeyCode::Tab | KeyCode::Backspace
                if !key.alt && !key.shift =>
            {
                RejoinStep::Done(Some(key.with_alt()))
            }
            _ => RejoinStep::Apart,
        },
        (Some('O'), Some(c)) => application(c).map_or(RejoinStep::Apart, |key| RejoinStep::Done(Some(key))),
        (Some('['), Some(c)) if sequence.len() < LONGEST => match c {
            '0'..='?' => {
                sequence.push(c);
                RejoinStep::More
            }
            '[' if sequence.len() == 1 => {
                sequence.push(c);
                RejoinStep::More
            }
            '~' if sequence == "[200" => RejoinStep::Paste,
            '@'..='~' => RejoinStep::Done(control(chars.as_str(), c)),
            _ => RejoinStep::Apart,
        },
        _ => RejoinStep::Apart,
    }
}

/// The key of `ESC O letter`.
fn application(letter: char) -> Option<Key> {
    let code = match letter {
        'M' => KeyCode::Enter,
        'P' => KeyCode::F(1),
        'Q' => KeyCode::F(2),
        'R' => KeyCode::F(3),
        'S' => KeyCode::F(4),
        _ => arrow(letter)?,
    };
    Some(Key::plain(code))
}

fn arrow(letter: char) -> Option<KeyCode> {
    Some(match letter {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'H' => KeyCode::Home,
        'F' => KeyCode::End,
        _ => return None,
    })
}

/// The key of `ESC [ parameters letter`.
fn control(parameters: &str, letter: char) -> Option<Key> {
    if parameters == "[" {
        // The Linux console's F1 to F5.
        let number = u8::try_from(u32::from(letter).checked_sub(u32::from('A'))?).ok()?;
        return (number < 5).then(|| Key::plain(KeyCode::F(number + 1)));
    }
    let mut numbers = parameters.split(';').map(|number| number.parse::<u8>().ok());
    let (first, modifiers) = (numbers.next().flatten(), numbers.next().flatten().unwrap_or(1));
    let code = match letter {
        'Z' => return Some(Key { shift: true, ..Key::plain(KeyCode::Tab) }),
        'P' | 'Q' | 'R' | 'S' => application(letter)?.code,
        '~' => match first? {
            1 | 7 => KeyCode::Home,
            2 => KeyCode::Insert,
            3 => KeyCode::Delete,
            4 | 8 => KeyCode::End,
            5 => KeyCode::PageUp,
            6 => KeyCode::PageDown,
            number @ 11..=15 => KeyCode::F(number - 10),
            number @ 17..=21 => KeyCode::F(number - 11),
            number @ 23..=24 => KeyCode::F(number - 12),
            _ => return None,
        },
        _ => arrow(letter)?,
    };
    let mask = modifiers.saturating_sub(1);
    Some(Key { code, shift: mask & 1 != 0, alt: mask & 2 != 0, ctrl: mask & 4 != 0 })
}

/// What a key stands for inside a paste.
fn pasted(key: Key) -> Option<char> {
    match key.code {
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        KeyCode::Esc => Some('\u{1b}'),
        _ => key.typed(),
    }
}

#[cfg(test)]
#[path = "rejoin_tests.rs"]
mod tests;
