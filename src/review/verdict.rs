//! Verdicts of reviewers and their reasons. The words are in `i18n`.

use serde::{Deserialize, Serialize};

/// A verdict on a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Looked at, nothing to say.
    Reviewed,
    /// Approved.
    Approved,
    /// Rejected.
    Rejected,
    /// To be looked into.
    Pending,
}

impl Verdict {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 4] = [Self::Reviewed, Self::Approved, Self::Rejected, Self::Pending];

    /// Its name on the command line and in exported files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reviewed => "reviewed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Pending => "pending",
        }
    }

    /// The verdict of a name, in either language.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "reviewed" | "genomgånget" | "genomgången" | "granskad" => Self::Reviewed,
            "approved" | "godkänt" | "godkänd" => Self::Approved,
            "rejected" | "underkänt" | "underkänd" => Self::Rejected,
            "pending" | "utreds" => Self::Pending,
            _ => return None,
        })
    }

    /// Returns `true` if the verdict finishes the record's review.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Pending)
    }
}

/// The names of the reasons that are offered where the configuration names no others: what Article 49(3) of Regulation
/// (EU) 2021/1060 asks for is missing, amount or rate, period, owner or organisation number, code, duplicate, personal
/// data, not eligible, something else.
pub const REASONS: &[&str] = &[
    "missing_particulars",
    "amount_or_rate",
    "period",
    "owner",
    "code",
    "duplicate",
    "personal_data",
    "not_eligible",
    "other",
];
