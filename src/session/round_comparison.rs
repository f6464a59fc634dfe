//! Compares a review round with the loaded records: all records once, then those that new events are about.

use std::sync::Arc;

use crate::domain::catalogue::Catalogue;
use crate::domain::reviewed::Reviewed;
use crate::review::comparison::{LoadedSources, VersionComparison, changes_since, compare};
use crate::review::event::EventId;
use crate::review::facts::{fact, facts};
use crate::review::session::ReviewSession;
use crate::search::finds;
use crate::search::language::query::Query;
use crate::ui::event::ReviewEvent;

/// The differences between a round and the loaded records, and the facts that queries read of the round.
pub(super) struct RoundComparison {
    round: EventId,
    catalogue: Arc<Catalogue>,
    comparison: Arc<VersionComparison>,
    reviewed: Arc<Reviewed>,
}

impl RoundComparison {
    /// Compares all records; returns `None` if the journal has no such round. `query` found the round's records, so that
    /// other records that it finds are new. `revision` identifies the facts: equal revisions imply equal content.
    pub(super) fn new(
        session: &ReviewSession,
        round: EventId,
        catalogue: Arc<Catalogue>,
        query: &Query,
        revision: u64,
    ) -> Option<Self> {
        let known = session.journal().round(round)?;
        let content = |key: &_| session.store().content(key);
        let is_found = finds(&catalogue, query);
        // While the store cannot be read, no difference is known.
        let comparison = compare(&catalogue, session.journal(), known, is_found, content).unwrap_or_default();
        let reviewed = facts(&catalogue, session.journal(), known, &comparison, revision);
        Some(Self { round, catalogue, comparison: Arc::new(comparison), reviewed: Arc::new(reviewed) })
    }

    /// The round.
    pub(super) const fn round(&self) -> EventId {
        self.round
    }

    /// Compares these records again.
    pub(super) fn update(
        &mut self,
        session: &ReviewSession,
        ids: impl IntoIterator<Item = Arc<str>>,
        revision: u64,
    ) {
        let Some(round) = session.journal().round(self.round) else { return };
        let sources = LoadedSources::from(&*self.catalogue);
        let content = |key: &_| session.store().content(key);
        let mut updated = Vec::new();
        for id in ids {
            let Some(record) = self.catalogue.row_of(&id).and_then(|row| self.catalogue.record(row)) else {
                continue;
            };
            if let Ok(changes) = changes_since(record, session.journal(), round, &sources, content)
                && self.comparison.changed.get(&*id) != changes.as_ref()
            {
                let changed = &mut Arc::make_mut(&mut self.comparison).changed;
                match changes {
                    Some(changes) => drop(changed.insert(id.to_string(), changes)),
                    None => drop(changed.remove(&*id)),
                }
            }
            updated.push((record.row(), fact(session.journal(), round, &self.comparison, &id)));
        }
        Arc::make_mut(&mut self.reviewed).change(revision, updated);
    }

    /// The comparison as an event for the screen.
    pub(super) fn event(&self) -> ReviewEvent {
        ReviewEvent::Compared {
            round: self.round,
            catalogue: self.catalogue.clone(),
            comparison: self.comparison.clone(),
            reviewed: self.reviewed.clone(),
        }
    }
}
