//! The rows of the list: hits, then similar ones, with a quick answer to "is this record shown?".

use std::cell::OnceCell;
use std::sync::Arc;

use crate::domain::catalogue::Row;
use crate::search::matching::answer::Answer;
use crate::search::matching::rank::Hit;

/// The rows of the list.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    listed: Listed,
    /// A bit for each row of the catalogue, once somebody asks.
    shown: OnceCell<Vec<u64>>,
}

/// What is listed. An answer may have a million hits, and a key waits for its rows: it is not copied.
#[derive(Clone, Debug)]
enum Listed {
    Whole(Arc<Answer>),
    Part { hits: Vec<Hit>, similar: Vec<Hit> },
}

impl Default for Listed {
    fn default() -> Self {
        Self::Part { hits: Vec::new(), similar: Vec::new() }
    }
}

impl Rows {
    /// All that was found: hits above, similar ones below.
    #[must_use]
    pub fn whole(answer: Arc<Answer>) -> Self {
        Self { listed: Listed::Whole(answer), shown: OnceCell::new() }
    }

    /// That part of it that is to be shown.
    #[must_use]
    pub fn part(answer: &Answer, is_shown: impl Fn(&Hit) -> bool) -> Self {
        let some = |hits: &[Hit]| hits.iter().copied().filter(&is_shown).collect();
        let listed = Listed::Part { hits: some(&answer.hits), similar: some(&answer.similar) };
        Self { listed, shown: OnceCell::new() }
    }

    /// Hits, and similar ones.
    fn both(&self) -> [&[Hit]; 2] {
        match &self.listed {
            Listed::Whole(answer) => [&answer.hits, &answer.similar],
            Listed::Part { hits, similar } => [hits, similar],
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.both().iter().map(|hits| hits.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of them are hits; the others are similar.
    #[must_use]
    pub fn hits(&self) -> usize {
        self.both()[0].len()
    }

    /// Whether any is only similar.
    #[must_use]
    pub fn has_similar(&self) -> bool {
        !self.both()[1].is_empty()
    }

    /// One row.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Hit> {
        let [hits, similar] = self.both();
        hits.get(at).or_else(|| similar.get(at.checked_sub(hits.len())?)).copied()
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row> {
        self.both().into_iter().flatten().map(|hit| hit.row)
    }

    /// The hits in order.
    pub fn iter_hits(&self) -> impl Iterator<Item = Row> {
        self.both()[0].iter().map(|hit| hit.row)
    }

    /// Whether a record is among them.
    #[must_use]
    pub fn contains(&self, row: Row) -> bool {
        let shown = self.shown.get_or_init(|| bits(self.iter()));
        shown.get(row.index() / 64).is_some_and(|bits| bits >> (row.index() % 64) & 1 == 1)
    }

    /// Where a record stands.
    #[must_use]
    pub fn position(&self, row: Row) -> Option<usize> {
        self.iter().position(|known| known == row)
    }
}

fn bits(rows: impl Iterator<Item = Row>) -> Vec<u64> {
    let mut bits = Vec::new();
    for row in rows {
        let at = row.index() / 64;
        if at >= bits.len() {
            bits.resize(at + 1, 0);
        }
        bits[at] |= 1 << (row.index() % 64);
    }
    bits
}
