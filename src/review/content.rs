//! Texts that a store keeps once each: versions of records, and the ids of a round.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::hex::sha256;

/// The key of a content: the SHA-256 of its text, or of the values of a version, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContentKey(pub Arc<str>);

/// A text that is kept under its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The key.
    pub key: ContentKey,
    /// The text.
    pub text: String,
}

impl Content {
    /// The ids of a round's records, one a line.
    #[must_use]
    pub fn from_ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let text = ids.into_iter().collect::<Vec<_>>().join("\n");
        Self { key: ContentKey(sha256([text.as_bytes()]).into()), text }
    }

    /// The ids in a content of ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }
}
