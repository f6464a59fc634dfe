//! Three-valued logic: a condition is true, false or undecided for a record.

use crate::domain::values::currency::Currency;

/// Value of a condition for a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    No,
    /// It cannot be judged.
    Unknown(UndecidedReason),
    Yes,
}

/// Why a record cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UndecidedReason {
    /// It has no value.
    Missing,
    /// Its amount is in another currency, and no rate was given.
    Currency(Option<Currency>),
}

impl Truth {
    /// Negation; an undecided value stays undecided.
    pub(crate) const fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Yes => Self::No,
            unknown @ Self::Unknown(_) => unknown,
        }
    }

    /// True if any is, unknown if that may be.
    pub(crate) fn any(truths: impl Iterator<Item = Self>) -> Self {
        Self::all(truths.map(Self::not)).not()
    }

    /// True if all are, unknown if that may be.
    pub(crate) fn all(truths: impl Iterator<Item = Self>) -> Self {
        let mut whole = Self::Yes;
        for truth in truths {
            match truth {
                Self::No => return Self::No,
                Self::Unknown(_) if whole == Self::Yes => whole = truth,
                Self::Unknown(_) | Self::Yes => {}
            }
        }
        whole
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}
