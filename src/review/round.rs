//! A review round: its scope, its start, and its closing.

use std::sync::Arc;

use hashbrown::HashSet;

use super::event::{Event, EventId, EventKind, RoundBegun};

/// A round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The event that began it.
    pub id: EventId,
    /// The start of the round.
    pub begun: Box<RoundBegun>,
    /// The purpose of the round.
    pub purpose: String,
    /// The person who began it.
    pub person: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// The ids of its records.
    pub scope: Arc<Scope>,
    /// The closing; `None` while the round is open.
    pub closing: Option<Closing>,
}

/// The records of a round, which stay the same for good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Their ids, in the order in which they were found.
    pub ids: Vec<String>,
    known: HashSet<String>,
}

/// The closing of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The event.
    pub event: EventId,
    /// The person who closed it.
    pub person: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// The hash over its events.
    pub hash: String,
    /// Number of events that the hash covers.
    pub events: u64,
}

impl Scope {
    /// The records of these ids.
    #[must_use]
    pub fn new(ids: Vec<String>) -> Self {
        let known = ids.iter().cloned().collect();
        Self { ids, known }
    }

    /// Returns `true` if a record belongs to the round.
    #[must_use]
    pub fn holds(&self, id: &str) -> bool {
        self.known.contains(id)
    }
}

impl Round {
    /// The round that an event begins.
    pub(super) fn begun_by(event: &Event, scope: Arc<Scope>) -> Option<Self> {
        // A name may have been imported; a round is never shown but masked.
        let event = event.masked();
        let EventKind::RoundBegun(begun) = event.kind else { return None };
        Some(Self {
            id: event.id,
            begun,
            purpose: event.text.as_str().to_owned(),
            person: event.author.person.to_string(),
            time: event.time,
            scope,
            closing: None,
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.begun.name
    }

    /// Number of people who must agree.
    #[must_use]
    pub const fn eyes(&self) -> u8 {
        self.begun.eyes
    }
}
