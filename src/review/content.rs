//! Texts that a store keeps once each, compressed: versions of records, and the ids of a round.

use std::io::{self, Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};

/// What a content goes by: a SHA-256 of what it says, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContentKey(pub Arc<str>);

/// A text to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it goes by.
    pub key: ContentKey,
    /// The text.
    pub text: String,
}

/// The most that a content may unpack to, in bytes: a damaged or foreign store must not fill the memory.
const MOST_BYTES: u64 = 1 << 30;

impl Content {
    /// The ids of a round's records, one a line.
    #[must_use]
    pub fn of_ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let text = ids.into_iter().collect::<Vec<_>>().join("\n");
        Self { key: ContentKey(super::hex::sha256([text.as_bytes()]).into()), text }
    }

    /// The ids that it holds.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    /// Compressed, as it is kept.
    ///
    /// # Errors
    /// Not known to happen in memory.
    pub fn packed(&self) -> io::Result<Vec<u8>> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(self.text.as_bytes())?;
        packer.finish()
    }

    /// What was kept.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn unpacked(key: ContentKey, packed: &[u8]) -> io::Result<Self> {
        let mut text = String::new();
        ZlibDecoder::new(packed).take(MOST_BYTES).read_to_string(&mut text)?;
        Ok(Self { key, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks_what_it_packs() {
        let content = Content::of_ids(["23-079-S13", "24-003-S05"]);
        let packed = content.packed().expect("packed");
        let unpacked = Content::unpacked(content.key.clone(), &packed).expect("unpacked");
        assert_eq!(unpacked, content);
        assert_eq!(unpacked.ids().collect::<Vec<_>>(), ["23-079-S13", "24-003-S05"]);
        assert!(Content::unpacked(content.key, b"no such thing").is_err());
    }
}
