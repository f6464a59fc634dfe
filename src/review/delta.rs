//! The difference between two states of a journal: events, and the scopes of the rounds that they begin.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::content::{Content, ContentKey};
use super::event::{Event, EventId, EventKind};
use super::journal::Journal;
use super::round::Scope;
use super::store_error::StoreError;

/// Events that a journal has taken in, or is about to.
#[derive(Clone, Debug, Default)]
pub struct JournalDelta {
    /// The events in the order of arrival.
    pub events: Vec<Arc<Event>>,
    /// The ids of rounds, by the keys that their first events name.
    pub scopes: Vec<(ContentKey, Arc<Scope>)>,
}

impl JournalDelta {
    /// Events with the scopes that they name, read by `content`.
    pub(super) fn read(
        events: Vec<Event>,
        content: impl Fn(&ContentKey) -> Result<Option<Content>, StoreError>,
    ) -> Result<Self, StoreError> {
        let mut scopes = Vec::new();
        for event in &events {
            if let EventKind::RoundBegun(begun) = &event.kind {
                let ids = content(&begun.scope)?;
                let missing = || StoreError::Damaged(format!("content {} is missing", begun.scope.0));
                let ids = ids.ok_or_else(missing)?;
                let scope = Scope::new(ids.ids().map(str::to_owned).collect());
                scopes.push((begun.scope.clone(), Arc::new(scope)));
            }
        }
        Ok(Self { events: events.into_iter().map(Arc::new).collect(), scopes })
    }

    /// Adds the events to a journal.
    pub fn apply_to(&self, journal: &mut Journal) {
        for (key, scope) in &self.scopes {
            journal.set_scope(key.clone(), scope.clone());
        }
        for event in &self.events {
            journal.add(event.clone());
        }
    }

    /// Returns `true` if there are no events.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The records of a round whose state the events change. The journal may have taken them in already or not.
    #[must_use]
    pub fn records(&self, journal: &Journal, round: EventId) -> BTreeSet<Arc<str>> {
        let mut records = BTreeSet::new();
        for event in self.events.iter().filter(|event| event.round == round) {
            match event.kind {
                EventKind::Undone { of } | EventKind::Redone { of } => {
                    records.extend(journal.action(of).filter_map(|event| event.record.clone()));
                }
                EventKind::Redacted { event } => {
                    records.extend(journal.event(event).and_then(|event| event.record.clone()));
                }
                _ => records.extend(event.record.clone()),
            }
        }
        records
    }

    /// Adds later events.
    pub(super) fn join(&mut self, later: Self) {
        self.events.extend(later.events);
        self.scopes.extend(later.scopes);
    }
}
