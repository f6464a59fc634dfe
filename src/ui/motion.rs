//! Movement of the selection, and the record that the detail shows meanwhile.
//!
//! Over a slow line the list can follow a key that is held down, but a detail for each record on the way cannot.

use crate::domain::catalogue::Row;

/// Moves at most this many milliseconds apart come from a key that is held down. Keyboards repeat every 30 to 40 ms, and
/// a line adds to that.
const HELD_MS: u64 = 80;

/// Movement of the selection. Times are in milliseconds since the session began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SelectionMotion {
    /// The person has not moved the selection yet.
    #[default]
    Untouched,
    /// The selection rests, and the detail shows the selected record.
    Resting {
        /// Time of the last move.
        moved_at: u64,
    },
    /// A key is held down, and the detail shows the record from before.
    Held {
        /// Time of the last move.
        moved_at: u64,
        /// The record that the detail shows.
        shown: Row,
    },
}

impl SelectionMotion {
    /// Returns `true` if a move at this time comes from a key that is held down.
    #[must_use]
    pub const fn is_held_at(self, now: u64) -> bool {
        match self {
            Self::Untouched => false,
            Self::Resting { moved_at } | Self::Held { moved_at, .. } => {
                now.saturating_sub(moved_at) < HELD_MS
            }
        }
    }

    /// The record that the detail shows instead of the selected one.
    #[must_use]
    pub const fn shown(self) -> Option<Row> {
        match self {
            Self::Held { shown, .. } => Some(shown),
            Self::Untouched | Self::Resting { .. } => None,
        }
    }

    /// Time at which a held key counts as released, if it is not pressed again.
    #[must_use]
    pub const fn rests_at(self) -> Option<u64> {
        match self {
            Self::Held { moved_at, .. } => Some(moved_at + HELD_MS),
            Self::Untouched | Self::Resting { .. } => None,
        }
    }

    /// Records a move of a key that is held down; `before` is the record that was selected.
    pub(super) fn hold(&mut self, now: u64, before: Option<Row>) {
        *self = match self.shown().or(before) {
            Some(shown) => Self::Held { moved_at: now, shown },
            None => Self::Resting { moved_at: now },
        };
    }

    /// Lets the detail follow the selection, and returns `true` if it did not before.
    pub(super) const fn rest(&mut self) -> bool {
        let Self::Held { moved_at, .. } = *self else { return false };
        *self = Self::Resting { moved_at };
        true
    }
}
