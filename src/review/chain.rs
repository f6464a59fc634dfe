//! The digests that bind the events of a store to each other, and its contents to their number.
//!
//! Each event carries a SHA-256 over its own columns and the digest of the event before it. A single-row ledger holds
//! the number of events, the newest digest, the number of contents and the exclusive or of their digests. A changed,
//! missing, added or moved row therefore fits neither its neighbours nor the ledger.

use sha2::{Digest as _, Sha256};

/// A SHA-256.
pub(super) type Digest = [u8; 32];

/// A place in the chain of a store, from which reading goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StorePosition {
    /// The sequence number of the last event that was read; 0 before the first.
    pub(super) seq: i64,
    /// The number of events up to there.
    pub(super) events: u64,
    /// The digest of that event.
    pub(super) head: Digest,
}

/// The single-row ledger of a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// The random identity of the store, which copies of it share.
    pub(super) store: [u8; 16],
    pub(super) events: u64,
    pub(super) head: Digest,
    pub(super) contents: u64,
    /// The exclusive or of [`content_link`] over all contents.
    pub(super) sum: Digest,
}

impl Ledger {
    /// The ledger of a store without events.
    pub(super) fn new(store: [u8; 16]) -> Self {
        Self { store, head: genesis(&store), ..Self::default() }
    }

    /// The start of its chain.
    pub(super) fn start(&self) -> StorePosition {
        StorePosition { seq: 0, events: 0, head: genesis(&self.store) }
    }

    /// The digest of the ledger itself.
    pub(super) fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        hash.update(self.store);
        hash.update(self.events.to_be_bytes());
        hash.update(self.head);
        hash.update(self.contents.to_be_bytes());
        hash.update(self.sum);
        hash.finalize().into()
    }

    /// Counts a content.
    pub(super) fn add_content(&mut self, key: &str, digest: &Digest) {
        self.contents += 1;
        for (sum, byte) in self.sum.iter_mut().zip(content_link(key, digest)) {
            *sum ^= byte;
        }
    }
}

fn genesis(store: &[u8; 16]) -> Digest {
    let mut hash = Sha256::new();
    hash.update(b"diarium review store");
    hash.update(store);
    hash.finalize().into()
}

/// The digest of the text of a content.
pub(super) fn content_digest(text: &str) -> Digest {
    Sha256::digest(text.as_bytes()).into()
}

/// The part of a content in the ledger's sum.
pub(super) fn content_link(key: &str, digest: &Digest) -> Digest {
    let mut hash = Sha256::new();
    hash.update(key.as_bytes());
    hash.update(digest);
    hash.finalize().into()
}
