//! Decodes the bytes that a terminal sends into keys and pastes.
//!
//! Pure: time is passed in. A sequence may arrive in pieces, so its beginning is held for a while. Strings that a
//! terminal sends as replies (DCS, OSC, SOS, PM, APC) are dropped and never become keys; a chord that sends the same
//! beginning (Alt-P for DCS) is told from them by what follows it (`control_string`).

use std::time::{Duration, Instant};

use super::control_sequence::{self, SequenceMeaning};
use super::control_string::{StringForm, string_form};
use crate::ui::keys::key::{Key, KeyCode};

/// Time that an Esc is held over SSH, where the rest of its sequence may come later.
pub const HOLD_REMOTE: Duration = Duration::from_millis(100);
/// Time that an Esc is held where only a local write can be split.
pub const HOLD_LOCAL: Duration = Duration::from_millis(20);
/// Time without a byte after which a reply that has not ended is over.
const REPLY_QUIET: Duration = Duration::from_millis(300);
/// Time without a byte after which a paste that has not ended is over.
const PASTE_QUIET: Duration = Duration::from_secs(3);
/// Length in bytes from which a reply is over after the time of an Esc.
const LONG_REPLY: usize = 64 * 1_024;
/// Bytes of a paste that are kept.
const LONGEST_PASTE: usize = 8 << 20;
/// Bytes of the parameters of a control sequence that are kept; no key has more.
const LONGEST_SEQUENCE: usize = 64;
/// End of a bracketed paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// An input of the person at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawInput {
    /// A key was pressed.
    Key(Key),
    /// A text was pasted; its lines end with `\n`.
    Paste(String),
}

/// Position in the grammar of ECMA-48.
#[derive(Debug)]
enum DecoderState {
    /// Between sequences.
    Ground,
    /// After ESC.
    Escape,
    /// After ESC O: one more byte belongs to it.
    SingleShift,
    /// After ESC [ and these bytes.
    ControlSequence(Vec<u8>),
    /// Within the bytes that follow an X10 mouse report.
    MouseReport { missing: u8 },
    /// Within a control string, or after a chord that sends its introducer.
    Reply { introducer: char, length: usize, after_escape: bool, evidence: Evidence },
    /// Within a bracketed paste.
    Paste(Vec<u8>),
    /// Within a bracketed paste that Ctrl-C has cancelled; the last bytes of it.
    CancelledPaste(Vec<u8>),
}

/// Evidence that an introducer has begun a reply and is not a chord.
#[derive(Debug)]
enum Evidence {
    /// None yet: the introducer is the last byte of a read that has not been decoded wholly.
    Introducer,
    /// The introducer ended a read, and these bytes came in later ones. They were typed unless they have the form of a
    /// reply.
    Undecided(Vec<u8>),
    /// It is a reply.
    Reply,
}

/// Decodes bytes.
#[derive(Debug)]
pub struct Decoder {
    hold: Duration,
    state: DecoderState,
    deadline: Option<Instant>,
    /// The beginning of a UTF-8 sequence.
    partial: Vec<u8>,
}

impl Decoder {
    /// A decoder that waits `hold` after an Esc for the rest of a sequence.
    #[must_use]
    pub fn new(hold: Duration) -> Self {
        Self { hold, state: DecoderState::Ground, deadline: None, partial: Vec::new() }
    }

    /// Time at which to call [`Decoder::expire`], if anything is held.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Decodes a buffered incomplete sequence if its time is over.
    pub fn expire(&mut self, now: Instant, out: &mut Vec<RawInput>) {
        if self.deadline.is_some_and(|deadline| now >= deadline) {
            self.deadline = None;
            self.end(out);
        }
    }

    /// Decodes bytes that have arrived by `now`.
    pub fn feed(&mut self, bytes: &[u8], now: Instant, out: &mut Vec<RawInput>) {
        self.expire(now, out);
        if let DecoderState::Reply { evidence: evidence @ Evidence::Undecided(_), .. } = &mut self.state
            && is_burst(bytes)
        {
            *evidence = Evidence::Reply;
        }
        for byte in bytes {
            self.step(*byte, out);
        }
        if let DecoderState::Reply { evidence: evidence @ Evidence::Introducer, .. } = &mut self.state {
            *evidence = Evidence::Undecided(Vec::new());
        }
        self.deadline = self.patience().map(|patience| now + patience);
    }

    /// Time to wait for the next byte of an incomplete sequence.
    fn patience(&self) -> Option<Duration> {
        match &self.state {
            DecoderState::Ground => None,
            DecoderState::Escape | DecoderState::SingleShift => Some(self.hold),
            DecoderState::ControlSequence(bytes) if bytes.is_empty() => Some(self.hold),
            DecoderState::Reply { length, .. } if *length >= LONG_REPLY => Some(self.hold),
            DecoderState::Reply { after_escape: true, evidence: Evidence::Undecided(_), .. } => {
                Some(self.hold)
            }
            DecoderState::ControlSequence(_)
            | DecoderState::MouseReport { .. }
            | DecoderState::Reply { .. } => Some(REPLY_QUIET),
            DecoderState::Paste(_) | DecoderState::CancelledPaste(_) => Some(PASTE_QUIET),
        }
    }

    /// Decodes a buffered sequence as if it were complete.
    fn end(&mut self, out: &mut Vec<RawInput>) {
        let alt = |c| RawInput::Key(Key::char(c).with_alt());
        match std::mem::replace(&mut self.state, DecoderState::Ground) {
            DecoderState::Escape => out.push(RawInput::Key(Key::plain(KeyCode::Esc))),
            DecoderState::SingleShift => out.push(alt('O')),
            DecoderState::ControlSequence(bytes) if bytes.is_empty() => out.push(alt('[')),
            DecoderState::Reply {
                introducer,
                after_escape,
                evidence: evidence @ (Evidence::Introducer | Evidence::Undecided(_)),
                ..
            } => {
                out.push(alt(introducer));
                if let Evidence::Undecided(typed) = evidence {
                    for byte in typed {
                        self.step(byte, out);
                    }
                }
                if after_escape {
                    out.push(RawInput::Key(Key::plain(KeyCode::Esc)));
                }
            }
            DecoderState::Paste(bytes) => out.push(RawInput::Paste(text(&bytes))),
            DecoderState::Ground
            | DecoderState::ControlSequence(_)
            | DecoderState::MouseReport { .. }
            | DecoderState::Reply { .. }
            | DecoderState::CancelledPaste(_) => {}
        }
    }

    fn step(&mut self, byte: u8, out: &mut Vec<RawInput>) {
        match &mut self.state {
            DecoderState::Ground => self.ground(byte, out),
            DecoderState::Escape => self.escape(byte, out),
            DecoderState::SingleShift => {
                if let Some(key) = control_sequence::single_shift(byte) {
                    self.state = DecoderState::Ground;
                    out.push(RawInput::Key(key));
                } else {
                    self.end(out);
                    self.ground(byte, out);
                }
            }
            DecoderState::ControlSequence(_) => self.control_sequence(byte, out),
            DecoderState::MouseReport { missing } => {
                *missing -= 1;
                if *missing == 0 {
                    self.state = DecoderState::Ground;
                }
            }
            DecoderState::Reply { .. } => self.reply(byte, out),
            DecoderState::Paste(bytes) => {
                bytes.push(byte);
                if byte == b'\x03' {
                    self.state = DecoderState::CancelledPaste(Vec::new());
                    out.push(RawInput::Key(Key::ctrl('c')));
                } else if bytes.ends_with(PASTE_END) {
                    bytes.truncate(bytes.len() - PASTE_END.len());
                    self.end(out);
                } else if bytes.len() > LONGEST_PASTE {
                    // The oldest of the bytes that can still belong to the end mark.
                    bytes.remove(LONGEST_PASTE - PASTE_END.len());
                }
            }
            DecoderState::CancelledPaste(last) => {
                last.push(byte);
                if last.ends_with(PASTE_END) {
                    self.state = DecoderState::Ground;
                } else if last.len() > PASTE_END.len() {
                    last.remove(0);
                }
            }
        }
    }

    fn ground(&mut self, byte: u8, out: &mut Vec<RawInput>) {
        match self.character(byte) {
            Some('\x1b') => self.state = DecoderState::Escape,
            Some(c) => match c1_letter(c) {
                Some(letter) => self.after_escape(letter, out),
                None => out.extend(plain_key(c).map(RawInput::Key)),
            },
            None => {}
        }
    }

    fn escape(&mut self, byte: u8, out: &mut Vec<RawInput>) {
        if let Some(c) = self.character(byte) {
            self.state = DecoderState::Ground;
            self.after_escape(c, out);
        }
    }

    /// Takes the character after an ESC.
    fn after_escape(&mut self, c: char, out: &mut Vec<RawInput>) {
        self.state = match c {
            '[' => DecoderState::ControlSequence(Vec::new()),
            'O' => DecoderState::SingleShift,
            'P' | ']' | 'X' | '^' | '_' => {
                let evidence = Evidence::Introducer;
                DecoderState::Reply { introducer: c, length: 0, after_escape: false, evidence }
            }
            '\x1b' => {
                out.push(RawInput::Key(Key::plain(KeyCode::Esc)));
                DecoderState::Escape
            }
            // The end of a string whose beginning was given up.
            '\\' => DecoderState::Ground,
            c => {
                out.extend(plain_key(c).map(|key| RawInput::Key(key.with_alt())));
                DecoderState::Ground
            }
        };
    }

    fn control_sequence(&mut self, byte: u8, out: &mut Vec<RawInput>) {
        let DecoderState::ControlSequence(bytes) = &mut self.state else { return };
        match byte {
            // The Linux console sends ESC [ [ A for F1.
            0x20..=0x3f | b'[' if byte != b'[' || bytes.is_empty() => {
                if bytes.len() < LONGEST_SEQUENCE {
                    bytes.push(byte);
                }
            }
            0x40..=0x7e => {
                let meaning = control_sequence::meaning(bytes, byte);
                self.state = match meaning {
                    SequenceMeaning::PasteBegins => DecoderState::Paste(Vec::new()),
                    SequenceMeaning::MouseReport => DecoderState::MouseReport { missing: 3 },
                    SequenceMeaning::Key(_) | SequenceMeaning::Nothing => DecoderState::Ground,
                };
                if let SequenceMeaning::Key(key) = meaning {
                    out.push(RawInput::Key(key));
                }
            }
            // Not part of a sequence: the buffered bytes were keys.
            _ => {
                self.end(out);
                self.ground(byte, out);
            }
        }
    }

    fn reply(&mut self, byte: u8, out: &mut Vec<RawInput>) {
        let DecoderState::Reply { introducer, length, after_escape, evidence } = &mut self.state else {
            return;
        };
        match (byte, *after_escape) {
            // BEL, ST, CAN and SUB end it.
            (b'\x07' | b'\x18' | b'\x1a', _) | (b'\\', true) => self.state = DecoderState::Ground,
            (b'\x03', _) => {
                self.state = DecoderState::Ground;
                out.push(RawInput::Key(Key::ctrl('c')));
            }
            (b'\x1b', _) => *after_escape = true,
            // Another sequence begins before this one has ended.
            (_, true) => {
                *after_escape = false;
                self.end(out);
                self.state = DecoderState::Escape;
                self.step(byte, out);
            }
            (_, false) => {
                *length += 1;
                match evidence {
                    Evidence::Introducer => *evidence = Evidence::Reply,
                    Evidence::Undecided(bytes) => {
                        bytes.push(byte);
                        match string_form(*introducer, bytes) {
                            StringForm::Beginning => {}
                            StringForm::Reply => *evidence = Evidence::Reply,
                            StringForm::Other => return self.end(out),
                        }
                    }
                    Evidence::Reply => {}
                }
                if self.character(byte) == Some('\u{9c}') {
                    self.state = DecoderState::Ground;
                }
            }
        }
    }

    /// Adds a byte to the character that is being read, and returns the character once it is whole. A byte that is no
    /// UTF-8 is dropped.
    fn character(&mut self, byte: u8) -> Option<char> {
        if byte.is_ascii() {
            self.partial.clear();
            return Some(char::from(byte));
        }
        self.partial.push(byte);
        match str::from_utf8(&self.partial) {
            Ok(text) => {
                let c = text.chars().next();
                self.partial.clear();
                c
            }
            Err(error) => {
                if error.error_len().is_some() {
                    self.partial.clear();
                    // A character may begin where another one breaks off.
                    if byte >= 0xc2 {
                        self.partial.push(byte);
                    }
                }
                None
            }
        }
    }
}

/// Returns `true` if bytes that arrived together are more than one key press.
fn is_burst(bytes: &[u8]) -> bool {
    bytes.len() > 1
        && bytes.first() != Some(&b'\x1b')
        && str::from_utf8(bytes).map_or(1, |text| text.chars().count()) > 1
}

/// The letter after ESC that means the same as a C1 control character.
fn c1_letter(c: char) -> Option<char> {
    matches!(c, '\u{80}'..='\u{9f}').then(|| char::from_u32(u32::from(c) - 0x40)).flatten()
}

/// The key that sends a character.
fn plain_key(c: char) -> Option<Key> {
    Some(match c {
        '\0' => Key::ctrl(' '),
        // Ctrl-H, Ctrl-J and Ctrl-M are never bound: terminals send them for Backspace and Return.
        '\x08' | '\x7f' => Key::plain(KeyCode::Backspace),
        '\t' => Key::plain(KeyCode::Tab),
        '\n' | '\r' => Key::plain(KeyCode::Enter),
        '\x01'..='\x1f' => Key::ctrl(char::from_u32(u32::from(c) | 0x40)?.to_ascii_lowercase()),
        c if c.is_control() => return None,
        c => Key::char(c),
    })
}

/// The text of a paste, in lines that end with `\n`.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
#[path = "decoder_tests.rs"]
mod tests;
