//! The id of a record: any agency's number, or a stable key where the sources give none.
//!
//! | form | meaning |
//! |---|---|
//! | `23-079-S13`, `2018/00076`, `20200940` | a diarienummer, normalised |
//! | `~1a2b3c4d` | a stable key: a hash of what does not change about a record without a number |
//! | `23-079-S13#2`, `~1a2b3c4d#2` | the second record under the same number or key |
//! | anything else | the number of another agency, as that agency writes it |

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::values::diarienummer::Diarienummer;

/// The first character of a stable key. It cannot be left out: eight hexadecimal digits are a word or a number too.
const KEY_SIGN: char = '~';

/// The number of hexadecimal digits in a stable key.
const KEY_DIGITS: usize = 8;

/// Separates a number or key from its ordinal.
const ORDINAL_SIGN: char = '#';

/// The id of a record. Cloning shares the text; comparing and hashing agree with those of `str`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(Arc<str>);

impl RecordId {
    /// Reads typed input: a diarienummer with any separators or none, or a stable key in either case, each with or
    /// without `#2`. The result is normalised. `None` for other text, which may still be the id of another agency.
    #[must_use]
    pub fn read_loose(typed: &str) -> Option<Self> {
        let (plain, ordinal) = split_ordinal(typed.trim());
        let id = match Diarienummer::read_loose(plain) {
            Some(number) => Self::from(number),
            None => Self::from(is_plain_key(plain).then(|| plain.to_ascii_lowercase())?),
        };
        Some(match ordinal {
            Some(ordinal) => Self::from(format!("{id}{ORDINAL_SIGN}{ordinal}")),
            None => id,
        })
    }

    /// Reads an id exactly as this program writes it; `None` for any other spelling.
    #[must_use]
    pub fn read_exact(written: &str) -> Option<Self> {
        Self::read_loose(written).filter(|id| id.as_str() == written)
    }

    /// The stable key with this hash.
    #[must_use]
    pub fn from_hash(hash: u32) -> Self {
        Self::from(format!("{KEY_SIGN}{hash:0KEY_DIGITS$x}"))
    }

    /// The id of a further record under a number or key: `23-079-S13#2`.
    #[must_use]
    pub fn with_ordinal(plain: &str, ordinal: usize) -> Self {
        Self::from(format!("{plain}{ORDINAL_SIGN}{ordinal}"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Splits `23-079-S13#2` into number and ordinal. What follows a `#` is an ordinal only if it is all digits; otherwise
/// the `#` belongs to the id.
#[must_use]
pub fn split_ordinal(id: &str) -> (&str, Option<&str>) {
    let is_ordinal = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match id.rsplit_once(ORDINAL_SIGN) {
        Some((plain, ordinal)) if is_ordinal(ordinal) => (plain, Some(ordinal)),
        _ => (id, None),
    }
}

/// Tells a stable key, with or without an ordinal, from a number that a source gives.
#[must_use]
pub fn is_stable_key(id: &str) -> bool {
    is_plain_key(split_ordinal(id).0)
}

/// Splits a text that begins with a stable key without an ordinal into the key and the rest.
#[must_use]
pub fn split_stable_key(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(KEY_SIGN.len_utf8() + KEY_DIGITS).filter(|(key, _)| is_plain_key(key))
}

fn is_plain_key(text: &str) -> bool {
    text.strip_prefix(KEY_SIGN)
        .is_some_and(|key| key.len() == KEY_DIGITS && key.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl From<String> for RecordId {
    fn from(id: String) -> Self {
        Self(id.into())
    }
}

impl From<&str> for RecordId {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}

impl From<Diarienummer> for RecordId {
    fn from(number: Diarienummer) -> Self {
        Self::from(number.as_str())
    }
}

impl Deref for RecordId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for RecordId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for RecordId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for RecordId {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for RecordId {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for RecordId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;
    use std::collections::HashSet;

    #[rstest]
    #[case("23079s13", "23-079-S13")]
    #[case(" 23-079-S13 ", "23-079-S13")]
    #[case("23_079_s13#2", "23-079-S13#2")]
    #[case("2021SE05SFPR001_23-079-S13", "23-079-S13")]
    #[case("2018 00076", "2018/00076")]
    #[case("20200940", "20200940")]
    #[case("~1A2B3C4D", "~1a2b3c4d")]
    #[case("~1a2b3c4d#12", "~1a2b3c4d#12")]
    fn reads_typed_ids(#[case] typed: &str, #[case] expected: &str) {
        assert_eq!(RecordId::read_loose(typed).as_deref(), Some(expected));
        assert_eq!(RecordId::read_exact(expected).as_deref(), Some(expected));
    }

    #[rstest]
    #[case("")]
    #[case("#2")]
    #[case("trygghet")]
    #[case("1a2b3c4d")]
    #[case("~1a2b3c4")]
    #[case("~1a2b3c4dd")]
    #[case("~1a2b3c4g")]
    #[case("23-079-S13#")]
    #[case("23-079-S13#x")]
    #[case("23-079-S13#2#3")]
    #[case("A70301")]
    fn other_text_is_no_id_of_this_program(#[case] typed: &str) {
        assert_eq!(RecordId::read_loose(typed), None);
    }

    #[rstest]
    #[case("23079s13")]
    #[case("~1A2B3C4D")]
    #[case(" 23-079-S13")]
    fn exact_reading_accepts_no_other_spelling(#[case] typed: &str) {
        assert_eq!(RecordId::read_exact(typed), None);
    }

    #[test]
    fn ids_of_other_agencies_are_kept_as_written() {
        for id in ["A70301", "2CAEAA_00233", "ESF 01.001", "x#y", "~ett"] {
            assert_eq!(RecordId::from(id), id);
            assert!(!is_stable_key(id));
        }
    }

    #[test]
    fn ordinals_and_keys_are_told_apart_from_numbers() {
        assert_eq!(split_ordinal("A7#3"), ("A7", Some("3")));
        assert_eq!(split_ordinal("A7#b"), ("A7#b", None));
        assert_eq!(RecordId::with_ordinal("A7", 3), "A7#3");
        assert_eq!(RecordId::from_hash(0x1f), "~0000001f");
        assert!(is_stable_key("~0000001f#2"));
        assert_eq!(split_stable_key("~0000001f - Namn"), Some(("~0000001f", " - Namn")));
        assert_eq!(split_stable_key("~0000001å - Namn"), None);
    }

    #[test]
    fn a_set_of_ids_answers_for_plain_text() {
        let ids = HashSet::from([RecordId::from("23-079-S13")]);
        assert!(ids.contains("23-079-S13"));
    }

    proptest! {
        #[test]
        fn reading_is_idempotent(typed in "(~[0-9a-fA-F]{7,9}|[0-9]{2}[-_ ]?[0-9]{3}[-_]?[sS][0-9]{2}|.*)(#[0-9]{0,3})?") {
            if let Some(id) = RecordId::read_loose(&typed) {
                prop_assert_eq!(RecordId::read_exact(&id), Some(id.clone()));
                prop_assert_eq!(is_stable_key(&id), id.starts_with('~'));
            }
        }
    }
}
