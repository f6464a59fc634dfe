//! Parts of ids as typed, and where they match in an id.

use std::ops::Range;

use crate::domain::values::diarienummer::without_cci_prefix;
use crate::text::fold::fold_char;

/// A separator in a pattern: one of `- / _` or spaces.
const BORDER: u8 = b'-';

/// A part of an id as typed: upper or lower case, with any separators or none.
///
/// Contains at least one digit, since a word is no id. The dot is no separator: `2.0` is a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdPattern {
    /// Lower-case letters, digits, `#`, and [`BORDER`] for any run of separators.
    bytes: Vec<u8>,
    /// `true` for `~1a2b`, the beginning of a stable key. Without the sign nothing matches a stable key, since random
    /// digits contain any short number.
    is_key: bool,
}

/// The place of a match in an id, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IdPart {
    /// At the beginning.
    Prefix,
    /// One or more whole parts, with or without their leading zeros.
    WholeParts,
    /// Anywhere else.
    Substring,
}

impl IdPattern {
    /// Reads a typed text; `None` if it cannot be part of an id.
    pub(crate) fn new(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let key = typed.strip_prefix('~');
        let text = key.unwrap_or_else(|| without_cci_prefix(typed));
        let mut bytes = Vec::with_capacity(text.len());
        for c in text.chars().map(fold_char) {
            match c {
                '-' | '/' | '_' | ' ' => {
                    if bytes.last().is_some_and(|last| *last != BORDER) {
                        bytes.push(BORDER);
                    }
                }
                'a'..='z' | '0'..='9' | '#' => bytes.push(u8::try_from(c).unwrap_or(BORDER)),
                _ => return None,
            }
        }
        let is_key = key.is_some();
        let may_be_id = is_key || bytes.iter().any(u8::is_ascii_digit);
        may_be_id.then_some(Self { bytes, is_key })
    }

    /// Returns `true` if this is the other pattern with zero or more characters appended.
    pub(crate) fn grows_from(&self, other: &Self) -> bool {
        self.is_key == other.is_key && self.bytes.starts_with(&other.bytes)
    }

    /// The best match in an id, with its span in bytes.
    pub(crate) fn find(&self, id: &str) -> Option<(IdPart, Range<usize>)> {
        let id = id.as_bytes();
        if self.is_key || id.first() == Some(&b'~') {
            let rest = self.is_key.then(|| id.strip_prefix(b"~"))??;
            let fits = rest.len() >= self.bytes.len()
                && rest.iter().zip(&self.bytes).all(|(id, typed)| id.to_ascii_lowercase() == *typed);
            return fits.then(|| (IdPart::Prefix, 0..self.bytes.len() + 1));
        }
        let mut best: Option<(IdPart, Range<usize>)> = None;
        let mut starts_part = true;
        for (start, byte) in id.iter().enumerate() {
            let begins = std::mem::replace(&mut starts_part, is_border(*byte));
            if is_border(*byte) {
                continue;
            }
            let Some(end) = self.end_of_match(id, start, begins) else { continue };
            let part = self.classify(id, start, end.at, begins, end.dropped_zeros);
            if best.as_ref().is_none_or(|(known, _)| part < *known) {
                best = Some((part, start..end.at));
            }
            if part == IdPart::Prefix {
                break;
            }
        }
        best
    }

    fn classify(&self, id: &[u8], start: usize, end: usize, begins: bool, dropped_zeros: bool) -> IdPart {
        let ends_part = id.get(end).is_none_or(|byte| is_border(*byte)) || self.bytes.last() == Some(&BORDER);
        if start == 0 && !dropped_zeros {
            IdPart::Prefix
        } else if begins && ends_part {
            IdPart::WholeParts
        } else {
            IdPart::Substring
        }
    }

    fn end_of_match(&self, id: &[u8], start: usize, begins: bool) -> Option<MatchEnd> {
        // Most places differ in the first letter, unless a zero may be left out there.
        let first = *self.bytes.first()?;
        let byte = id.get(start)?.to_ascii_lowercase();
        if first != byte && !(begins && byte == b'0') {
            return None;
        }
        let step = PatternStep { id, may_cross: begins };
        step.rest(&self.bytes, start, begins, false)
    }
}

#[derive(Clone, Copy)]
struct MatchEnd {
    at: usize,
    dropped_zeros: bool,
}

#[derive(Clone, Copy)]
struct PatternStep<'a> {
    id: &'a [u8],
    /// `true` if the match may cross untyped separators: `23079` does, `3079` does not.
    may_cross: bool,
}

impl PatternStep<'_> {
    /// Matches the rest of a pattern. If `head`, only letters have been matched since a typed separator or the start, so
    /// that leading zeros may be left out: `24-3`, `24-003-S5`.
    fn rest(self, pattern: &[u8], at: usize, head: bool, dropped_zeros: bool) -> Option<MatchEnd> {
        let Some((typed, after)) = pattern.split_first() else { return Some(MatchEnd { at, dropped_zeros }) };
        let byte = self.id.get(at)?.to_ascii_lowercase();
        if *typed == BORDER {
            return is_border(byte).then(|| self.rest(after, at + 1, true, dropped_zeros))?;
        }
        if *typed == b'#' {
            return (byte == b'#').then(|| self.rest(after, at + 1, false, dropped_zeros))?;
        }
        if is_border(byte) {
            return self.may_cross.then(|| self.rest(pattern, at + 1, false, dropped_zeros))?;
        }
        if *typed == byte {
            let head = head && byte.is_ascii_alphabetic();
            if let Some(end) = self.rest(after, at + 1, head, dropped_zeros) {
                return Some(end);
            }
        }
        let zeros = self.id.iter().skip(at).take_while(|byte| **byte == b'0').count();
        let next = self.id.get(at + zeros);
        let may_drop = head && zeros > 0 && typed.is_ascii_digit() && *typed != b'0';
        (may_drop && next == Some(typed)).then(|| self.rest(pattern, at + zeros, false, true))?
    }
}

fn is_border(byte: u8) -> bool {
    matches!(byte, b'-' | b'/' | b'#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("23-07", "23-079-S13", Some(IdPart::Prefix))]
    #[case("23079", "23-079-S13", Some(IdPart::Prefix))]
    #[case("23 079", "23-079-S13", Some(IdPart::Prefix))]
    #[case("23_079_s1", "23-079-S13", Some(IdPart::Prefix))]
    #[case("2021SE05SFPR001_23-079-S13", "23-079-S13", Some(IdPart::Prefix))]
    #[case("079", "23-079-S13", Some(IdPart::WholeParts))]
    #[case("79", "23-079-S13", Some(IdPart::WholeParts))]
    #[case("s13", "23-079-S13", Some(IdPart::WholeParts))]
    #[case("079s13", "23-079-S13", Some(IdPart::WholeParts))]
    #[case("24-3", "24-003-S05", Some(IdPart::WholeParts))]
    #[case("24-3-s5", "24-003-S05", Some(IdPart::WholeParts))]
    #[case("2018/76", "2018/00076", Some(IdPart::WholeParts))]
    #[case("2018 76", "2018/00076", Some(IdPart::WholeParts))]
    // Typing on towards 24-035: no whole part yet, but not lost either.
    #[case("24-3", "24-035-S05", Some(IdPart::Substring))]
    #[case("07", "23-079-S13", Some(IdPart::Substring))]
    #[case("13", "23-079-S13", Some(IdPart::Substring))]
    // A match across a border that was not typed starts where a part starts.
    #[case("3079", "23-079-S13", None)]
    #[case("79s13", "23-079-S13", Some(IdPart::WholeParts))]
    #[case("9s13", "23-079-S13", None)]
    #[case("3-079", "23-079-S13", Some(IdPart::Substring))]
    // The dot is no separator, and a word is no id.
    #[case("2.0", "23-020-S13", None)]
    #[case("s", "23-079-S13", None)]
    #[case("-", "23-079-S13", None)]
    #[case("~1a2b", "~1a2b3c4d", Some(IdPart::Prefix))]
    #[case("1a2b", "~1a2b3c4d", None)]
    #[case("~23", "23-079-S13", None)]
    #[case("23-079-S13#2", "23-079-S13#2", Some(IdPart::Prefix))]
    fn finds(#[case] typed: &str, #[case] id: &str, #[case] part: Option<IdPart>) {
        let found = IdPattern::new(typed).and_then(|pattern| pattern.find(id));
        assert_eq!(found.map(|(part, _)| part), part);
    }

    #[rstest]
    #[case("079", "23-079-S13", 3..6)]
    #[case("23079", "23-079-S13", 0..6)]
    #[case("79", "23-079-S13", 3..6)]
    #[case("24-3", "24-003-S05", 0..6)]
    #[case("~1a", "~1a2b3c4d", 0..3)]
    fn shows_where(#[case] typed: &str, #[case] id: &str, #[case] range: Range<usize>) {
        let found = IdPattern::new(typed).and_then(|pattern| pattern.find(id));
        assert_eq!(found.map(|(_, range)| range), Some(range));
    }

    proptest! {
        #[test]
        fn typing_on_never_finds_more(typed in "[0-9s#/ -]{1,8}", more in "[0-9s#/ -]", id in "[0-9]{2}-[0-9]{3}-S[0-9]{2}(#2)?") {
            let (Some(short), Some(long)) = (IdPattern::new(&typed), IdPattern::new(&format!("{typed}{more}"))) else {
                return Ok(());
            };
            if long.grows_from(&short) && long.find(&id).is_some() {
                prop_assert!(short.find(&id).is_some());
            }
        }
    }
}
