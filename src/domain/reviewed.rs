//! Review facts of records, as queries, lists and exports need them. Independent of the store: `review` produces them.

use std::sync::Arc;

use hashbrown::HashMap;
use serde::{Serialize, Serializer};

use super::catalogue::Row;

macro_rules! states {
    ($($state:ident $name:literal $doc:literal;)*) => {
        /// A state that a record can be in as far as a review is concerned.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ReviewState { $(#[doc = $doc] $state),* }

        impl ReviewState {
            /// All states. Each record of the round is in exactly one of the first [`Self::STANDINGS`].
            pub const ALL: &[Self] = &[$(Self::$state),*];

            /// Its name in exported records and on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$state => $name),* }
            }
        }
    };
}

#[rustfmt::skip]
states! {
    Undecided "undecided" "Nobody has given a verdict.";
    Reviewed "reviewed" "Looked at, nothing to say.";
    Approved "approved" "Approved.";
    Rejected "rejected" "Rejected.";
    Pending "pending" "Somebody is looking into it.";
    Disputed "disputed" "Two people differ.";
    Awaiting "awaiting" "More people must agree.";
    Starred "starred" "Starred.";
    Changed "changed" "It says something else than when it was judged.";
    New "new" "It was not there when the round began, or in the round before.";
}

/// Names for records of a round that are not loaded any more. No searched record has this state.
pub const GONE: [&str; 5] = ["gone", "utgått", "utgången", "utgångna", "borta"];

impl ReviewState {
    /// Number of mutually exclusive states, by which records of the round are grouped.
    pub const STANDINGS: usize = 7;

    /// Returns `true` if the review of the record is finished.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Reviewed | Self::Approved | Self::Rejected)
    }
}

impl Serialize for ReviewState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The review facts of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewedRecord {
    /// The one state of the first seven that it is in; `None` outside the round.
    #[serde(rename = "state")]
    pub standing: Option<ReviewState>,
    /// `true` if it is starred.
    pub starred: bool,
    /// `true` if the record has changed since it was judged.
    pub changed: bool,
    /// `true` if the record did not exist when the round began.
    pub new: bool,
    /// The verdicts in force, one a person.
    pub verdicts: Vec<ReviewedVerdict>,
    /// Its tags.
    pub tags: Vec<Arc<str>>,
    /// Its notes, oldest first.
    pub notes: Vec<ReviewedNote>,
    /// Time of its last event, in milliseconds since 1970.
    #[serde(skip)]
    pub last: Option<i64>,
}

/// A verdict in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewedVerdict {
    /// The reviewer.
    pub person: Arc<str>,
    /// The verdict.
    pub verdict: ReviewState,
    /// The name of the reason.
    pub reason: Option<String>,
    /// The explanation of the reason.
    pub text: Option<Arc<str>>,
    /// When, in milliseconds since 1970; written as [`utc`] has it.
    #[serde(serialize_with = "as_utc")]
    pub time: i64,
}

/// A note in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewedNote {
    /// The author.
    pub person: Arc<str>,
    /// `true` for a finding, which goes into the report.
    pub finding: bool,
    /// The text.
    pub text: Arc<str>,
    /// When, in milliseconds since 1970; written as [`utc`] has it.
    #[serde(serialize_with = "as_utc")]
    pub time: i64,
}

impl ReviewedRecord {
    /// Returns `true` if the record is in a state.
    #[must_use]
    pub fn is(&self, state: ReviewState) -> bool {
        match state {
            ReviewState::Starred => self.starred,
            ReviewState::Changed => self.changed,
            ReviewState::New => self.new,
            standing => self.standing == Some(standing),
        }
    }
}

/// The review facts of a catalogue's records. Equal revisions imply equal content.
#[derive(Clone, Debug, Default)]
pub struct Reviewed {
    number: u64,
    records: HashMap<Row, Arc<ReviewedRecord>>,
    is_open: bool,
}

impl Reviewed {
    /// Of these records. Each has a number of its own, so that two can be compared at once; 0 is where no review is open.
    #[must_use]
    pub const fn new(number: u64, records: HashMap<Row, Arc<ReviewedRecord>>) -> Self {
        Self { number, records, is_open: true }
    }

    /// A review is open, of which nothing is known yet.
    #[must_use]
    pub fn unknown() -> Self {
        Self::new(0, HashMap::new())
    }

    /// Returns `true` while the facts of an open review are being computed.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        self.is_open && self.number == 0
    }

    /// Replaces the facts of some records, or removes them, and sets the new revision.
    pub fn change(&mut self, number: u64, records: impl IntoIterator<Item = (Row, Option<ReviewedRecord>)>) {
        self.number = number;
        for (row, said) in records {
            match said {
                Some(said) => drop(self.records.insert(row, Arc::new(said))),
                None => drop(self.records.remove(&row)),
            }
        }
    }

    /// Returns `true` if a review is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// The facts of a record; `None` for a record outside the round without an event.
    #[must_use]
    pub fn get(&self, row: Row) -> Option<&ReviewedRecord> {
        self.records.get(&row).map(|record| &**record)
    }

    /// The records with facts, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (Row, &ReviewedRecord)> {
        self.records.iter().map(|(row, record)| (*row, &**record))
    }
}

/// A time in milliseconds since 1970 as text, UTC to the second: `2026-11-25T13:04:05Z`; the number itself if it is
/// beyond the calendar.
#[must_use]
pub fn utc(time: i64) -> String {
    let written = |time: jiff::Timestamp| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    jiff::Timestamp::from_millisecond(time).map_or_else(|_| time.to_string(), written)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields so")]
fn as_utc<S: Serializer>(time: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&utc(*time))
}

impl PartialEq for Reviewed {
    fn eq(&self, other: &Self) -> bool {
        (self.number, self.is_open) == (other.number, other.is_open)
    }
}

impl Eq for Reviewed {}
