//! One review round: what is to be reviewed, since when, and whether it is closed.

use std::sync::Arc;

use hashbrown::HashSet;

use super::event::{Event, EventId, EventKind, RoundBegun};

/// A round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The event that began it.
    pub id: EventId,
    /// How it was begun.
    pub begun: Box<RoundBegun>,
    /// What it is for.
    pub purpose: String,
    /// Who began it.
    pub person: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// The ids of its records.
    pub scope: Arc<Scope>,
    /// How it was closed, unless it is open.
    pub closing: Option<Closing>,
}

/// The records of a round, which stay the same for good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Their ids, in the order in which they were found.
    pub ids: Vec<String>,
    known: HashSet<String>,
}

/// How a round was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The event.
    pub event: EventId,
    /// Who.
    pub person: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// The hash over its events.
    pub hash: String,
    /// How many they were.
    pub events: u64,
}

impl Scope {
    /// The records of these ids.
    #[must_use]
    pub fn new(ids: Vec<String>) -> Self {
        let known = ids.iter().cloned().collect();
        Self { ids, known }
    }

    /// Whether a record belongs to the round.
    #[must_use]
    pub fn holds(&self, id: &str) -> bool {
        self.known.contains(id)
    }
}

impl Round {
    /// The round that an event begins.
    pub(super) fn begun_by(event: &Event, scope: Arc<Scope>) -> Option<Self> {
        let EventKind::RoundBegun(begun) = &event.kind else { return None };
        Some(Self {
            id: event.id,
            begun: begun.clone(),
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

    /// How many people must agree.
    #[must_use]
    pub const fn eyes(&self) -> u8 {
        self.begun.eyes
    }
}
