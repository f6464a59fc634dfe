//! The rows of the list: the matches, then similar records.

use std::sync::Arc;

use crate::domain::catalogue::Row;
use crate::search::matching::answer::Answer;
use crate::search::matching::rank::Hit;

/// The rows of the list. An answer may have a million hits and is built for a key press, so it is shared, not copied.
#[derive(Clone, Debug)]
pub enum Rows {
    /// All rows of an answer.
    Whole(Arc<Answer>),
    /// Some rows of an answer.
    Part {
        /// The matches.
        hits: Vec<Hit>,
        /// The similar records.
        similar: Vec<Hit>,
    },
}

impl Default for Rows {
    fn default() -> Self {
        Self::Part { hits: Vec::new(), similar: Vec::new() }
    }
}

impl Rows {
    /// The rows of an answer that satisfy a condition.
    #[must_use]
    pub fn part(answer: &Answer, is_shown: impl Fn(&Hit) -> bool) -> Self {
        let some = |hits: &[Hit]| hits.iter().copied().filter(&is_shown).collect();
        Self::Part { hits: some(&answer.hits), similar: some(&answer.similar) }
    }

    /// Matches and similar records.
    fn both(&self) -> [&[Hit]; 2] {
        match self {
            Self::Whole(answer) => [&answer.hits, &answer.similar],
            Self::Part { hits, similar } => [hits, similar],
        }
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.both().iter().map(|hits| hits.len()).sum()
    }

    /// Returns `true` if there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of matches; the other rows are similar records.
    #[must_use]
    pub fn hits(&self) -> usize {
        self.both()[0].len()
    }

    /// Returns `true` if there are similar records.
    #[must_use]
    pub fn has_similar(&self) -> bool {
        !self.both()[1].is_empty()
    }

    /// The row at a place in the list, counted from 0.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Hit> {
        let [hits, similar] = self.both();
        hits.get(at).or_else(|| similar.get(at.checked_sub(hits.len())?)).copied()
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row> {
        self.both().into_iter().flatten().map(|hit| hit.row)
    }

    /// The matches in order.
    pub fn iter_hits(&self) -> impl Iterator<Item = Row> {
        self.both()[0].iter().map(|hit| hit.row)
    }

    /// The place of a record in the list.
    #[must_use]
    pub fn position(&self, row: Row) -> Option<usize> {
        self.iter().position(|known| known == row)
    }

    /// The number of these records that the list shows. Costs one pass over the rows, whatever their number.
    #[must_use]
    pub fn count_shown(&self, records: impl Iterator<Item = Row>) -> usize {
        let wanted: RowSet = records.collect();
        self.iter().filter(|row| wanted.contains(*row)).count()
    }

    /// The set of all rows, for many look-ups.
    #[must_use]
    pub fn to_set(&self) -> RowSet {
        self.iter().collect()
    }
}

/// A set of rows of the catalogue, one bit each.
#[derive(Clone, Debug, Default)]
pub struct RowSet {
    bits: Vec<u64>,
}

impl RowSet {
    /// Returns `true` if a row is in the set.
    #[must_use]
    pub fn contains(&self, row: Row) -> bool {
        self.bits.get(row.index() / 64).is_some_and(|bits| bits >> (row.index() % 64) & 1 == 1)
    }
}

impl FromIterator<Row> for RowSet {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let mut bits: Vec<u64> = Vec::new();
        for row in rows {
            let at = row.index() / 64;
            if at >= bits.len() {
                bits.resize(at + 1, 0);
            }
            bits[at] |= 1 << (row.index() % 64);
        }
        Self { bits }
    }
}
