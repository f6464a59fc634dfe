//! Packs contents for a store, and checks those that come from one or from elsewhere against their keys.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use thiserror::Error;

use super::content::{Content, ContentKey};
use super::hex::sha256;
use super::version::Version;

/// The largest text of a content, in bytes; the ids of some five million records fit.
pub const MAX_CONTENT_BYTES: u64 = 64 << 20;

/// The reason why a content cannot be used.
#[derive(Debug, Error)]
pub enum ContentError {
    /// It cannot be unpacked.
    #[error("cannot be unpacked: {0}")]
    Packing(#[from] io::Error),
    /// It is larger than [`MAX_CONTENT_BYTES`].
    #[error("larger than {MAX_CONTENT_BYTES} bytes")]
    TooLarge,
    /// Its text does not hash to its key.
    #[error("does not hash to its key")]
    OtherKey,
}

/// Checks that the text of a content hashes to its key, as the ids of a round or as a version of a record.
///
/// # Errors
/// [`ContentError::OtherKey`] if it does not, [`ContentError::TooLarge`] if it is too large.
pub fn check(content: &Content) -> Result<(), ContentError> {
    if content.text.len() as u64 > MAX_CONTENT_BYTES {
        return Err(ContentError::TooLarge);
    }
    let is_version = || Version::from_content(content).is_some_and(|version| version.key() == content.key);
    let is_own = *content.key.0 == *sha256([content.text.as_bytes()]) || is_version();
    if is_own { Ok(()) } else { Err(ContentError::OtherKey) }
}

/// Compresses the text of a content.
///
/// # Errors
/// Returns an error if the compressor fails.
pub fn pack(content: &Content) -> io::Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content.text.as_bytes())?;
    packer.finish()
}

/// Unpacks a compressed text and checks it against its key.
///
/// # Errors
/// Returns an error if it cannot be unpacked, is too large, or does not hash to the key.
pub fn unpack(key: ContentKey, packed: &[u8]) -> Result<Content, ContentError> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).take(MAX_CONTENT_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_CONTENT_BYTES {
        return Err(ContentError::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    let content = Content { key, text };
    check(&content)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks_what_it_packs() {
        let content = Content::from_ids(["23-079-S13", "24-003-S05"]);
        let packed = pack(&content).expect("packed");
        let unpacked = unpack(content.key.clone(), &packed).expect("unpacked");
        assert_eq!(unpacked, content);
        assert_eq!(unpacked.ids().collect::<Vec<_>>(), ["23-079-S13", "24-003-S05"]);
        assert!(unpack(content.key, b"no such thing").is_err());
    }

    #[test]
    fn a_text_under_the_key_of_another_is_refused() {
        let (one, other) = (Content::from_ids(["23-079-S13"]), Content::from_ids(["24-003-S05"]));
        let exchanged = unpack(one.key, &pack(&other).expect("packed"));
        assert!(matches!(exchanged, Err(ContentError::OtherKey)));
    }

    #[test]
    fn a_packed_bomb_is_refused_at_the_limit() {
        let bomb = Content { key: Content::from_ids([]).key, text: "0".repeat(70 << 20) };
        let unpacked = unpack(bomb.key.clone(), &pack(&bomb).expect("packed"));
        assert!(matches!(unpacked, Err(ContentError::TooLarge)));
    }
}
