//! From bytes to text: encoding, line ends, composition, invisible characters, personal numbers.
//!
//! What comes out is what all later places count in: lines and columns of this text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::domain::catalogue::Privacy;
use crate::domain::diagnostic::Code;
use crate::domain::privacy::mask_in_place;
use crate::text::printable::is_unprintable;

/// How much of a file decides its encoding, in bytes.
const DECIDING: usize = 1 << 20;

/// So many bytes tell whether a file is a binary one.
const BINARY_WITHIN: usize = 8_000;

/// A decoded text and what had to be done to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text: lines end in `\n`, composed characters (NFC), no invisible ones, personal numbers masked.
    pub text: String,
    /// What is odd, with the byte of the text where it was first met and how often.
    pub oddities: Vec<Oddity>,
}

/// Something odd about the characters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// What it is.
    pub code: Code,
    /// The byte of the text where it was first met; `None` where the whole text is meant.
    pub at: Option<usize>,
    /// How often.
    pub count: usize,
}

/// The bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a text")]
pub struct NotTextError;

/// How bytes are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) enum EncodingChoice {
    /// UTF-32 with a byte order mark, which is left out: how its numbers are written.
    Utf32(fn([u8; 4]) -> u32),
    /// By this encoding.
    As(&'static Encoding),
    /// By the encoding that old files have, since they are in no other; it is told of.
    Legacy,
}

impl EncodingChoice {
    /// The encoding, where a line end is one byte and every such byte a line end: texts in it can be cut.
    pub(super) fn cuttable(self) -> Option<&'static Encoding> {
        let encoding = match self {
            Self::Utf32(_) => None,
            Self::As(encoding) => Some(encoding),
            Self::Legacy => Some(WINDOWS_1252),
        };
        encoding.filter(|encoding| {
            encoding.is_ascii_compatible() && encoding.is_single_byte() || *encoding == UTF_8
        })
    }
}

/// Tells how bytes are to be read by the first of them. Without a forced encoding: a byte order mark counts, else UTF-8
/// if the first MB is that, else Windows-1252. The bytes may be the first ones of more.
pub(super) fn choose(
    bytes: &[u8],
    forced: Option<&'static Encoding>,
    are_all: bool,
) -> Result<EncodingChoice, NotTextError> {
    match bytes {
        // Before UTF-16, whose mark this one begins with.
        [0xff, 0xfe, 0, 0, ..] => return Ok(EncodingChoice::Utf32(u32::from_le_bytes)),
        [0, 0, 0xfe, 0xff, ..] => return Ok(EncodingChoice::Utf32(u32::from_be_bytes)),
        [0xff, 0xfe, ..] => return Ok(EncodingChoice::As(UTF_16LE)),
        [0xfe, 0xff, ..] => return Ok(EncodingChoice::As(UTF_16BE)),
        [0xef, 0xbb, 0xbf, ..] => return Ok(EncodingChoice::As(UTF_8)),
        _ => {}
    }
    match forced {
        Some(encoding) => Ok(EncodingChoice::As(encoding)),
        None if is_binary(bytes.get(..BINARY_WITHIN).unwrap_or(bytes)) => Err(NotTextError),
        None if looks_like_utf_8(bytes, are_all) => Ok(EncodingChoice::As(UTF_8)),
        None => Ok(EncodingChoice::Legacy),
    }
}

/// Decodes a file's bytes. Without a forced encoding: a byte order mark counts, else UTF-8 if the first MB is
/// that, else Windows-1252.
///
/// # Errors
/// When the bytes are no text.
pub fn decode(
    bytes: Vec<u8>,
    forced: Option<&'static Encoding>,
    privacy: Privacy,
) -> Result<Decoded, NotTextError> {
    let choice = choose(&bytes, forced, true)?;
    Ok(decode_as(bytes, choice, privacy))
}

/// Decodes bytes of which it is known how they are to be read.
pub(super) fn decode_as(bytes: Vec<u8>, choice: EncodingChoice, privacy: Privacy) -> Decoded {
    let mut oddities = Vec::new();
    let text = with_plain_line_ends(characters(bytes, choice, &mut oddities));
    let harmless = is_harmless(&text);
    let text = if harmless { text } else { without_invisible(text, &mut oddities) };
    let mut text = composed(text);
    if !harmless {
        note_where(&text, Code::ControlCharacters, is_treacherous, &mut oddities);
    }
    if oddities.iter().any(|oddity| oddity.code == Code::InvalidBytes) {
        oddities.retain(|oddity| oddity.code != Code::InvalidBytes);
        note_where(&text, Code::InvalidBytes, |c| c == char::REPLACEMENT_CHARACTER, &mut oddities);
    }
    if privacy == Privacy::Protected {
        let places = mask_in_place(&mut text).into_iter();
        oddities.extend(places.map(|number| Oddity {
            code: Code::PersonalNumber,
            at: Some(number.at),
            count: 1,
        }));
    }
    Decoded { text, oddities }
}

/// The bytes as characters; those of UTF-8 become the text as they are.
fn characters(bytes: Vec<u8>, choice: EncodingChoice, oddities: &mut Vec<Oddity>) -> String {
    let encoding = match choice {
        EncodingChoice::Utf32(number) => return utf_32(bytes.get(4..).unwrap_or_default(), number, oddities),
        EncodingChoice::As(encoding) => encoding,
        EncodingChoice::Legacy => {
            oddities.push(Oddity { code: Code::LegacyEncoding, at: None, count: 1 });
            WINDOWS_1252
        }
    };
    let bytes = if encoding == UTF_8 && !bytes.starts_with(b"\xef\xbb\xbf") {
        match String::from_utf8(bytes) {
            Ok(text) => return text,
            Err(error) => error.into_bytes(),
        }
    } else {
        bytes
    };
    let (text, had_errors) = encoding.decode_with_bom_removal(&bytes);
    if had_errors {
        oddities.push(Oddity { code: Code::InvalidBytes, at: None, count: 1 });
    }
    text.into_owned()
}

/// Zero bytes make a binary file, unless it is plainly a text with a few of them: those are control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let zeros = memchr::memchr_iter(0, bytes).count();
    let is_text = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    zeros > 0 && !(is_text && zeros * 100 < bytes.len())
}

/// Whether the deciding part is UTF-8; a character that it cuts in two is none against it.
fn looks_like_utf_8(bytes: &[u8], are_all: bool) -> bool {
    match std::str::from_utf8(bytes.get(..DECIDING).unwrap_or(bytes)) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && (bytes.len() > DECIDING || !are_all),
    }
}

fn utf_32(bytes: &[u8], number: fn([u8; 4]) -> u32, oddities: &mut Vec<Oddity>) -> String {
    let mut wrong = !bytes.len().is_multiple_of(4);
    let character = |four: &[u8]| {
        let four = <[u8; 4]>::try_from(four).ok()?;
        char::from_u32(number(four))
    };
    let text = bytes
        .chunks(4)
        .map(|four| {
            character(four).unwrap_or_else(|| {
                wrong = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if wrong {
        oddities.push(Oddity { code: Code::InvalidBytes, at: None, count: 1 });
    }
    text
}

fn with_plain_line_ends(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut lines = text.split('\r');
    plain.extend(lines.next());
    for line in lines {
        plain.push('\n');
        plain.push_str(line.strip_prefix('\n').unwrap_or(line));
    }
    plain
}

/// Characters that nobody sees and that make equal words differ.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn without_invisible(mut text: String, oddities: &mut Vec<Oddity>) -> String {
    let before = oddities.len();
    note_where(&text, Code::InvisibleCharacters, is_invisible, oddities);
    if oddities.len() > before {
        text.retain(|c| !is_invisible(c));
    }
    text
}

fn composed(text: String) -> String {
    // Characters below U+0300 are composed, whatever stands beside them: only the others are looked at.
    const HIGH: u8 = 0xcc;
    if text.bytes().max().is_none_or(|byte| byte < HIGH) {
        return text;
    }
    let high = text.bytes().enumerate().filter(|(_, byte)| *byte >= HIGH);
    let high = high.filter_map(|(at, _)| text.get(at..)?.chars().next());
    match is_nfc_quick(high) {
        IsNormalized::Yes => text,
        _ => text.nfc().collect(),
    }
}

/// Control characters and bidirectional overrides, which must not reach a terminal as they are.
fn is_treacherous(c: char) -> bool {
    c != '\n' && c != '\t' && is_unprintable(c)
}

/// Whether no character of a text can be invisible or treacherous: none of the bytes that such characters
/// begin with is there. Swedish letters begin with another one, so most texts are let through by this.
fn is_harmless(text: &str) -> bool {
    const HARMLESS: [bool; 256] = {
        let mut table = [true; 256];
        let mut byte = 0;
        while byte < 0x20 {
            table[byte] = byte == b'\n' as usize || byte == b'\t' as usize;
            byte += 1;
        }
        table[0x7f] = false;
        table[0xc2] = false;
        table[0xd8] = false;
        table[0xe2] = false;
        table[0xef] = false;
        table
    };
    // Whole blocks without a branch in them: the compiler makes them fast, and most texts pass all.
    text.as_bytes()
        .chunks(256)
        .all(|block| block.iter().fold(true, |all, byte| all & HARMLESS[usize::from(*byte)]))
}

/// A value that was spelled with escapes, as it would have been decoded without them: composed, and without
/// invisible characters.
pub(super) fn cleaned(text: String) -> String {
    let has_invisible = !is_harmless(&text) && text.contains(is_invisible);
    composed(if has_invisible { text.chars().filter(|c| !is_invisible(*c)).collect() } else { text })
}

fn note_where(text: &str, code: Code, is_odd: impl Fn(char) -> bool, oddities: &mut Vec<Oddity>) {
    let mut places = text.char_indices().filter(|(_, c)| is_odd(*c)).map(|(at, _)| at);
    if let Some(first) = places.next() {
        oddities.push(Oddity { code, at: Some(first), count: 1 + places.count() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), None, Privacy::Protected).expect("a text")
    }

    #[rstest]
    #[case::utf_8("Piteå".as_bytes(), "Piteå", &[])]
    #[case::utf_8_mark(b"\xef\xbb\xbfNamn:", "Namn:", &[])]
    #[case::utf_16_le(b"\xff\xfe\xe5\x00", "å", &[])]
    #[case::utf_16_be(b"\xfe\xff\x00\xe5", "å", &[])]
    #[case::utf_32_le(b"\xff\xfe\x00\x00\xe5\x00\x00\x00", "å", &[])]
    #[case::utf_32_be(b"\x00\x00\xfe\xff\x00\x00\x00\xe5", "å", &[])]
    #[case::windows(b"Pite\xe5 \x96 kommun", "Piteå – kommun", &[Code::LegacyEncoding])]
    #[case::line_ends(b"a\r\nb\rc\n", "a\nb\nc\n", &[])]
    #[case::decomposed("Pitea\u{30a}".as_bytes(), "Piteå", &[])]
    #[case::invisible("Pi\u{ad}te\u{200b}å".as_bytes(), "Piteå", &[Code::InvisibleCharacters])]
    #[case::escape(b"a\x1b[31mb", "a\x1b[31mb", &[Code::ControlCharacters])]
    #[case::bidi("a\u{202e}b".as_bytes(), "a\u{202e}b", &[Code::ControlCharacters])]
    #[case::personal(b"811228-9874", "******-****", &[Code::PersonalNumber])]
    fn decodes(#[case] bytes: &[u8], #[case] text: &str, #[case] codes: &[Code]) {
        let decoded = read(bytes);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.oddities.iter().map(|oddity| oddity.code).collect::<Vec<_>>(), codes);
    }

    #[test]
    fn bytes_that_break_utf_8_late_become_replacement_characters() {
        let mut bytes = vec![b'a'; DECIDING];
        bytes.extend(b"\xff\xfe end");
        let decoded = read(&bytes);
        assert!(decoded.text.ends_with("\u{fffd}\u{fffd} end"));
        assert_eq!(decoded.oddities, [Oddity { code: Code::InvalidBytes, at: Some(DECIDING), count: 2 }]);
    }

    #[test]
    fn a_character_across_the_deciding_border_is_no_fault() {
        let mut bytes = vec![b'a'; DECIDING - 1];
        bytes.extend("å".as_bytes());
        assert_eq!(read(&bytes).oddities, []);
    }

    #[test]
    fn zero_bytes_make_a_binary_unless_the_encoding_is_given() {
        assert_eq!(decode(b"PK\x03\x04\0\0".to_vec(), None, Privacy::Protected), Err(NotTextError));
        assert!(decode(b"a\0b".to_vec(), Some(WINDOWS_1252), Privacy::Protected).is_ok());
        let text = ["Text med ett nolltecken \0 ".to_owned(), "och mycket text. ".repeat(20)].concat();
        let codes: Vec<Code> = read(text.as_bytes()).oddities.iter().map(|oddity| oddity.code).collect();
        assert_eq!(codes, [Code::ControlCharacters]);
    }

    #[test]
    fn other_encodings_can_be_forced() {
        let polish = Encoding::for_label(b"windows-1250");
        let decoded = decode(b"\xa3\xf3d\x9f".to_vec(), polish, Privacy::Protected).expect("a text");
        assert_eq!(decoded.text, "Łódź");
    }

    proptest! {
        #[test]
        fn any_bytes_decode_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(decoded) = decode(bytes, None, Privacy::Protected) {
                for oddity in decoded.oddities {
                    prop_assert!(oddity.at.is_none_or(|at| decoded.text.is_char_boundary(at)));
                }
            }
        }
    }
}
