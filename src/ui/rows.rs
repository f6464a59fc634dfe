//! The rows of the list: hits, then similar ones, with a quick answer to "is this record shown?".

use crate::domain::catalogue::Row;
use crate::search::rank::Hit;

/// The rows of the list.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    all: Vec<Hit>,
    hits: usize,
    /// A bit for each row of the catalogue.
    shown: Vec<u64>,
}

impl Rows {
    /// Hits above, similar ones below.
    #[must_use]
    pub fn new(hits: impl Iterator<Item = Hit>, similar: impl Iterator<Item = Hit>) -> Self {
        let mut all: Vec<Hit> = hits.collect();
        let hits = all.len();
        all.extend(similar);
        let last = all.iter().map(|hit| hit.row.index()).max().map_or(0, |last| last + 1);
        let mut shown = vec![0_u64; last.div_ceil(64)];
        for hit in &all {
            shown[hit.row.index() / 64] |= 1 << (hit.row.index() % 64);
        }
        Self { all, hits, shown }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many of them are hits; the others are similar.
    #[must_use]
    pub const fn hits(&self) -> usize {
        self.hits
    }

    /// Whether any is only similar.
    #[must_use]
    pub fn has_similar(&self) -> bool {
        self.hits < self.all.len()
    }

    /// One row.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Hit> {
        self.all.get(at).copied()
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row> {
        self.all.iter().map(|hit| hit.row)
    }

    /// The hits in order.
    pub fn iter_hits(&self) -> impl Iterator<Item = Row> {
        self.iter().take(self.hits)
    }

    /// Whether a record is among them.
    #[must_use]
    pub fn contains(&self, row: Row) -> bool {
        self.shown.get(row.index() / 64).is_some_and(|bits| bits >> (row.index() % 64) & 1 == 1)
    }

    /// Where a record stands.
    #[must_use]
    pub fn position(&self, row: Row) -> Option<usize> {
        self.contains(row).then(|| self.iter().position(|known| known == row)).flatten()
    }
}
