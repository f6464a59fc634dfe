//! What a round says of the loaded records, worked out beside the session: all of it once, then what has changed.

use std::sync::Arc;

use crate::domain::catalogue::Catalogue;
use crate::domain::reviewed::Reviewed;
use crate::review::comparison::{Sources, VersionComparison, changes_since, compare};
use crate::review::event::EventId;
use crate::review::facts::{fact, facts};
use crate::review::session::ReviewSession;
use crate::search::finds;
use crate::search::language::query::Query;
use crate::ui::event::ReviewEvent;

/// How a round differs from what is loaded, and what it says of it.
pub(super) struct Compared {
    round: EventId,
    catalogue: Arc<Catalogue>,
    comparison: Arc<VersionComparison>,
    reviewed: Arc<Reviewed>,
}

impl Compared {
    /// Looks at all records; `None` where the round is not known. `query` is the one that its records were found by;
    /// `number` tells the outcome from others.
    pub(super) fn new(
        desk: &ReviewSession,
        round: EventId,
        catalogue: Arc<Catalogue>,
        query: &Query,
        number: u64,
    ) -> Option<Self> {
        let known = desk.journal().round(round)?;
        let content = |key: &_| desk.store().content(key);
        let is_found = finds(&catalogue, query);
        // What the store does not give just now is not known to be different.
        let comparison = compare(&catalogue, desk.journal(), known, is_found, content).unwrap_or_default();
        let reviewed = facts(&catalogue, desk.journal(), known, &comparison, number);
        Some(Self { round, catalogue, comparison: Arc::new(comparison), reviewed: Arc::new(reviewed) })
    }

    pub(super) const fn round(&self) -> EventId {
        self.round
    }

    /// Something else is said of these records now.
    pub(super) fn look_again(
        &mut self,
        desk: &ReviewSession,
        ids: impl IntoIterator<Item = Arc<str>>,
        number: u64,
    ) {
        let Some(round) = desk.journal().round(self.round) else { return };
        let sources = Sources::of(&self.catalogue);
        let content = |key: &_| desk.store().content(key);
        let mut said = Vec::new();
        for id in ids {
            let Some(record) = self.catalogue.row_of(&id).and_then(|row| self.catalogue.record(row)) else {
                continue;
            };
            if let Ok(changes) = changes_since(record, desk.journal(), round, &sources, content)
                && self.comparison.changed.get(&*id) != changes.as_ref()
            {
                let changed = &mut Arc::make_mut(&mut self.comparison).changed;
                match changes {
                    Some(changes) => drop(changed.insert(id.to_string(), changes)),
                    None => drop(changed.remove(&*id)),
                }
            }
            said.push((record.row(), fact(desk.journal(), round, &self.comparison, &id)));
        }
        Arc::make_mut(&mut self.reviewed).change(number, said);
    }

    /// As the screen learns of it.
    pub(super) fn event(&self) -> ReviewEvent {
        ReviewEvent::Compared {
            round: self.round,
            catalogue: self.catalogue.clone(),
            comparison: self.comparison.clone(),
            reviewed: self.reviewed.clone(),
        }
    }
}
