//! Decodes bytes to text: encoding, line ends, composition (NFC), invisible characters, masks of personal numbers.
//!
//! All positions in diagnostics count lines and columns of the decoded text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::domain::catalogue::Privacy;
use crate::domain::diagnostic::Code;
use crate::domain::privacy::{SourceMasks, mask_source};
use crate::text::printable::is_unprintable;

/// Leading part of a file that decides its encoding, in bytes.
const DECIDING: usize = 1 << 20;

/// Leading part of a file that is searched for zero bytes, in bytes.
const BINARY_WITHIN: usize = 8_000;

/// A decoded text with its oddities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text: lines end in `\n`, characters are composed (NFC), invisible ones are removed, personal numbers masked.
    pub text: String,
    /// Oddities found while decoding.
    pub oddities: Vec<Oddity>,
    /// Personal data in the text; empty if it is shown.
    pub masks: SourceMasks,
}

/// An oddity in the characters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// The kind of oddity.
    pub code: Code,
    /// Byte offset of its first occurrence; `None` for the text as a whole.
    pub at: Option<usize>,
    /// Number of occurrences.
    pub count: usize,
    /// The name of the encoding, for the finding; otherwise empty.
    pub name: &'static str,
}

impl Oddity {
    /// An oddity of a text as a whole.
    const fn of_text(code: Code) -> Self {
        Self { code, at: None, count: 1, name: "" }
    }
}

/// The bytes are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not text")]
pub struct NotTextError;

/// The decision how to decode bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum EncodingChoice {
    /// UTF-32 after its byte order mark, with the byte order.
    Utf32(fn([u8; 4]) -> u32),
    /// This encoding.
    As(&'static Encoding),
    /// Windows-1252, because the bytes are not UTF-8; reported as an oddity.
    Legacy,
    /// This encoding, guessed from letters that are not those of western Europe; reported as an oddity.
    Guessed(&'static Encoding),
}

impl EncodingChoice {
    /// The encoding, if every `\n` byte is a line end, so that bytes can be cut at line ends.
    pub(super) fn cuttable(self) -> Option<&'static Encoding> {
        let encoding = match self {
            Self::Utf32(_) => None,
            Self::As(encoding) | Self::Guessed(encoding) => Some(encoding),
            Self::Legacy => Some(WINDOWS_1252),
        };
        encoding.filter(|encoding| {
            encoding.is_ascii_compatible() && encoding.is_single_byte() || *encoding == UTF_8
        })
    }
}

/// Chooses the encoding: a byte order mark, else the forced one, else UTF-8 if the first MB is valid, else the encoding
/// whose letters are most probable in the first MB. With `are_all == false` the bytes may end inside a character.
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
        None => Ok(legacy(bytes.get(..DECIDING).unwrap_or(bytes))),
    }
}

/// Windows-1252 for the letters of western Europe, else the encoding whose letters are the most probable ones.
fn legacy(bytes: &[u8]) -> EncodingChoice {
    if bytes.iter().all(|byte| is_western(*byte)) {
        return EncodingChoice::Legacy;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    match detector.guess(None, Utf8Detection::Deny) {
        guess if guess == WINDOWS_1252 || !guess.is_single_byte() => EncodingChoice::Legacy,
        guess => EncodingChoice::Guessed(guess),
    }
}

/// Returns `true` for ASCII and for the bytes of Windows-1252 that are frequent in western texts: letters of the Nordic
/// languages, German and French, quotation marks, dashes, the euro sign, no-break spaces.
fn is_western(byte: u8) -> bool {
    matches!(
        byte,
        0..=0x7f
            | 0x80
            | 0x85
            | 0x91..=0x97
            | 0xa0
            | 0xa7
            | 0xab
            | 0xb0
            | 0xb4
            | 0xb7
            | 0xbb
            | 0xc0
            | 0xc4
            | 0xc5
            | 0xc6
            | 0xc9
            | 0xd6
            | 0xd8
            | 0xdc
            | 0xdf
            | 0xe0
            | 0xe4..=0xea
            | 0xf4
            | 0xf6
            | 0xf8
            | 0xfc
    )
}

/// Decodes the bytes of a file, whose encoding is a byte order mark's, else the forced one, else UTF-8 if the first MB
/// is valid, else Windows-1252.
///
/// # Errors
/// [`NotTextError`] if the bytes are binary.
pub fn decode(
    bytes: Vec<u8>,
    forced: Option<&'static Encoding>,
    privacy: Privacy,
) -> Result<Decoded, NotTextError> {
    let choice = choose(&bytes, forced, true)?;
    Ok(decode_as(bytes, choice, privacy))
}

/// Decodes bytes whose encoding has been chosen.
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
    let masks = match privacy {
        Privacy::Protected => mask_source(&mut text),
        Privacy::Shown => SourceMasks::default(),
    };
    Decoded { text, oddities, masks }
}

/// Decodes the characters alone; valid UTF-8 is not copied.
fn characters(bytes: Vec<u8>, choice: EncodingChoice, oddities: &mut Vec<Oddity>) -> String {
    let encoding = match choice {
        EncodingChoice::Utf32(number) => return utf_32(bytes.get(4..).unwrap_or_default(), number, oddities),
        EncodingChoice::As(encoding) => encoding,
        EncodingChoice::Legacy => {
            oddities.push(Oddity::of_text(Code::LegacyEncoding));
            WINDOWS_1252
        }
        EncodingChoice::Guessed(encoding) => {
            oddities.push(Oddity { name: encoding.name(), ..Oddity::of_text(Code::GuessedEncoding) });
            encoding
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
        oddities.push(Oddity::of_text(Code::InvalidBytes));
    }
    text.into_owned()
}

/// Returns `true` if there are zero bytes, unless the bytes are UTF-8 with less than one zero in a hundred.
fn is_binary(bytes: &[u8]) -> bool {
    let zeros = memchr::memchr_iter(0, bytes).count();
    let is_text = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    zeros > 0 && !(is_text && zeros * 100 < bytes.len())
}

/// Returns `true` if the deciding part is UTF-8, not counting a character cut at its end.
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
        oddities.push(Oddity::of_text(Code::InvalidBytes));
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

/// Soft hyphens and zero-width characters, which make equal words differ.
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
    // Characters below U+0300 are always composed, so only the others are examined.
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

/// Control characters and bidirectional overrides, which must not reach a terminal.
fn is_treacherous(c: char) -> bool {
    c != '\n' && c != '\t' && is_unprintable(c)
}

/// Returns `true` if no byte of the text can begin an invisible or treacherous character. Swedish letters begin with
/// other bytes, so that most texts need no closer look.
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
    // Blocks without a branch, which the compiler vectorises.
    text.as_bytes()
        .chunks(256)
        .all(|block| block.iter().fold(true, |all, byte| all & HARMLESS[usize::from(*byte)]))
}

/// Composes a value that was written with escapes and removes its invisible characters, as decoding does.
pub(super) fn cleaned(text: String) -> String {
    let has_invisible = !is_harmless(&text) && text.contains(is_invisible);
    composed(if has_invisible { text.chars().filter(|c| !is_invisible(*c)).collect() } else { text })
}

fn note_where(text: &str, code: Code, is_odd: impl Fn(char) -> bool, oddities: &mut Vec<Oddity>) {
    let mut places = text.char_indices().filter(|(_, c)| is_odd(*c)).map(|(at, _)| at);
    if let Some(first) = places.next() {
        oddities.push(Oddity { at: Some(first), count: 1 + places.count(), ..Oddity::of_text(code) });
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
    #[case::polish(b"Wniosek o dofinansowanie, Tytu\xb3 projektu: budowa drogi, odc. Mi\xb3om\xb3yn, Cz\xeastochowa, wi\xeaksza", "Wniosek o dofinansowanie, Tytuł projektu: budowa drogi, odc. Miłomłyn, Częstochowa, większa", &[Code::GuessedEncoding])]
    #[case::line_ends(b"a\r\nb\rc\n", "a\nb\nc\n", &[])]
    #[case::decomposed("Pitea\u{30a}".as_bytes(), "Piteå", &[])]
    #[case::invisible("Pi\u{ad}te\u{200b}å".as_bytes(), "Piteå", &[Code::InvisibleCharacters])]
    #[case::escape(b"a\x1b[31mb", "a\x1b[31mb", &[Code::ControlCharacters])]
    #[case::bidi("a\u{202e}b".as_bytes(), "a\u{202e}b", &[Code::ControlCharacters])]
    #[case::personal(b"811228-9874", "******-****", &[])]
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
        assert_eq!(
            decoded.oddities,
            [Oddity { at: Some(DECIDING), count: 2, ..Oddity::of_text(Code::InvalidBytes) }]
        );
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
