//! All events of a store, and the state derived from them. The order of arrival makes no difference: the state of each
//! record is derived from its own events, in their own order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hashbrown::HashMap;

use super::content::ContentKey;
use super::event::{Event, EventId, EventKind, EventOrder, masked_text};
use super::record_state::{RecordState, VerdictStatus};
use super::round::{Closing, Round, Scope};

/// All events and the derived state.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    events: BTreeMap<EventOrder, Arc<Event>>,
    orders: HashMap<EventId, EventOrder>,
    scopes: HashMap<ContentKey, Arc<Scope>>,
    rounds: BTreeMap<EventOrder, Round>,
    entries: HashMap<EventId, RoundEntries>,
    /// The events of each action after its first one, whose id names the action.
    others: HashMap<EventId, Vec<EventOrder>>,
    /// The times at which an action was undone and redone.
    undoing: HashMap<EventId, BTreeMap<EventOrder, bool>>,
    redacted: BTreeSet<EventId>,
    revision: u64,
}

/// Entries of the records of one round.
#[derive(Clone, Debug, Default)]
struct RoundEntries {
    /// Shared with copies of the journal until one of them changes: the screen has its own copy.
    records: HashMap<Arc<str>, Arc<RecordEntries>>,
    closings: BTreeMap<EventOrder, Option<Closing>>,
}

/// Entries of one record.
#[derive(Clone, Debug, Default)]
struct RecordEntries {
    /// Its events, in their order.
    orders: Vec<EventOrder>,
    state: RecordState,
}

/// Progress of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// Number of records.
    pub records: usize,
    /// Number of finished records.
    pub done: usize,
    /// Number of records by decided verdict, in the order of [`super::verdict::Verdict::ALL`].
    pub decided: [usize; 4],
    /// Number of pending records.
    pub pending: usize,
    /// Number of records on which people disagree.
    pub disputed: usize,
    /// Number of records that await another person's agreement.
    pub awaiting: usize,
    /// Number of records without a verdict.
    pub undecided: usize,
}

impl VerdictCounts {
    /// Adds `by` records in this state.
    pub fn count(&mut self, standing: VerdictStatus, by: isize) {
        let counter = match standing {
            VerdictStatus::Undecided => &mut self.undecided,
            VerdictStatus::Awaiting(_) => &mut self.awaiting,
            VerdictStatus::Pending => &mut self.pending,
            VerdictStatus::Disputed => &mut self.disputed,
            VerdictStatus::Decided(verdict) => {
                self.done = self.done.saturating_add_signed(by);
                &mut self.decided[verdict as usize]
            }
        };
        *counter = counter.saturating_add_signed(by);
    }
}

impl Journal {
    /// Adds an event, unless it is known. The scope of a round is empty until [`Self::set_scope`] provides it.
    pub fn add(&mut self, event: Arc<Event>) {
        if self.orders.contains_key(&event.id) {
            return;
        }
        let order = event.order();
        self.revision += 1;
        self.orders.insert(event.id, order);
        let event = if self.redacted.contains(&event.id) { without_text(&event) } else { event };
        self.events.insert(order, event.clone());
        match &event.kind {
            EventKind::RoundBegun(begun) => {
                let scope = self.scopes.get(&begun.scope).cloned().unwrap_or_default();
                self.rounds.extend(Round::begun_by(&event, scope).map(|round| (order, round)));
                self.settle_closing(event.id);
            }
            EventKind::Closed { hash, events, .. } => {
                let (person, time) = (masked_text(&event.author.person).to_string(), event.time);
                let closing = Closing { event: event.id, person, time, hash: hash.clone(), events: *events };
                self.entries_mut(event.round).closings.insert(order, Some(closing));
                self.settle_closing(event.round);
            }
            EventKind::Reopened => {
                self.entries_mut(event.round).closings.insert(order, None);
                self.settle_closing(event.round);
            }
            EventKind::Undone { of } => self.set_force(*of, order, false),
            EventKind::Redone { of } => self.set_force(*of, order, true),
            EventKind::Redacted { event } => self.redact(*event),
            _ => self.add_to_record(&event, order),
        }
    }

    fn add_to_record(&mut self, event: &Event, order: EventOrder) {
        if event.id != event.action {
            self.others.entry(event.action).or_default().push(order);
        }
        let Some(record) = &event.record else { return };
        let is_in_force = self.is_in_force(event.action);
        let entry = Arc::make_mut(self.entries_mut(event.round).records.entry(record.clone()).or_default());
        let at = entry.orders.partition_point(|other| *other < order);
        let is_last = at == entry.orders.len();
        entry.orders.insert(at, order);
        if is_in_force && is_last {
            entry.state.add(event);
        } else if is_in_force {
            self.settle_record(event.round, record);
        }
    }

    /// Derives the state of a record from its events.
    fn settle_record(&mut self, round: EventId, record: &str) {
        let Some(entry) = self.record(round, record) else { return };
        let events = entry.orders.iter().filter_map(|order| self.events.get(order));
        let state = RecordState::from_events(
            events.filter(|event| self.is_in_force(event.action)).map(|event| &**event),
        );
        if let Some(entry) = self.entries_mut(round).records.get_mut(record) {
            Arc::make_mut(entry).state = state;
        }
    }

    fn set_force(&mut self, action: EventId, at: EventOrder, in_force: bool) {
        self.undoing.entry(action).or_default().insert(at, in_force);
        for event in self.action(action).cloned().collect::<Vec<_>>() {
            if let Some(record) = &event.record {
                self.settle_record(event.round, record);
            }
        }
    }

    fn redact(&mut self, id: EventId) {
        self.redacted.insert(id);
        let Some(order) = self.orders.get(&id).copied() else { return };
        let Some(event) = self.events.get(&order).map(|event| without_text(event)) else { return };
        self.events.insert(order, event.clone());
        if let Some(round) = self.rounds.get_mut(&order) {
            round.purpose.clear();
        }
        if let Some(record) = &event.record {
            self.settle_record(event.round, record);
        }
    }

    fn settle_closing(&mut self, round: EventId) {
        let last = self.entries.get(&round).and_then(|entry| entry.closings.values().next_back());
        let closing = last.cloned().flatten();
        if let Some(round) = self.orders.get(&round).and_then(|order| self.rounds.get_mut(order)) {
            round.closing = closing;
        }
    }

    fn entries_mut(&mut self, round: EventId) -> &mut RoundEntries {
        self.entries.entry(round).or_default()
    }

    fn record(&self, round: EventId, record: &str) -> Option<&Arc<RecordEntries>> {
        self.entries.get(&round)?.records.get(record)
    }

    /// Provides the ids of a round's records, by the key in the round's first event.
    pub fn set_scope(&mut self, key: ContentKey, scope: Arc<Scope>) {
        for round in self.rounds.values_mut().filter(|round| round.begun.scope == key) {
            round.scope = scope.clone();
        }
        self.revision += 1;
        self.scopes.insert(key, scope);
    }

    /// Returns `true` if an action is still in force.
    #[must_use]
    pub fn is_in_force(&self, action: EventId) -> bool {
        let last = self.undoing.get(&action).and_then(|times| times.values().next_back());
        last.copied().unwrap_or(true)
    }

    /// Number that changes with each added event.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// The highest Lamport number of all events; 0 if there is none.
    #[must_use]
    pub fn last_lamport(&self) -> u64 {
        self.events().next_back().map_or(0, |event| event.lamport)
    }

    /// All events, in their order.
    #[must_use]
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Arc<Event>> {
        self.events.values()
    }

    /// Number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns `true` if there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The event with this id.
    #[must_use]
    pub fn event(&self, id: EventId) -> Option<&Arc<Event>> {
        self.orders.get(&id).and_then(|order| self.events.get(order))
    }

    /// The events of an action about records: its first one, then the others in order of arrival.
    pub fn action(&self, action: EventId) -> impl Iterator<Item = &Arc<Event>> {
        let first = self.event(action).filter(|event| event.action == action && event.kind.is_about_record());
        let others = self.others.get(&action).map(Vec::as_slice).unwrap_or_default();
        first.into_iter().chain(others.iter().filter_map(|order| self.events.get(order)))
    }

    /// All rounds, oldest first.
    #[must_use]
    pub fn rounds(&self) -> impl DoubleEndedIterator<Item = &Round> {
        self.rounds.values()
    }

    /// The newest round that is open.
    #[must_use]
    pub fn open_round(&self) -> Option<&Round> {
        self.rounds().rev().find(|round| round.closing.is_none())
    }

    /// The round with this id.
    #[must_use]
    pub fn round(&self, id: EventId) -> Option<&Round> {
        self.orders.get(&id).and_then(|order| self.rounds.get(order))
    }

    /// The state of a record; `None` if it has no event.
    #[must_use]
    pub fn state(&self, round: EventId, record: &str) -> Option<&RecordState> {
        Some(&self.record(round, record)?.state)
    }

    /// The records of a round with at least one event, in no particular order.
    pub fn states(&self, round: EventId) -> impl Iterator<Item = (&str, &RecordState)> {
        let records = self.entries.get(&round).into_iter().flat_map(|entry| &entry.records);
        records.map(|(record, entry)| (&**record, &entry.state))
    }

    /// Progress of a round.
    #[must_use]
    pub fn tally(&self, round: &Round) -> VerdictCounts {
        let mut tally = VerdictCounts { records: round.scope.ids.len(), ..VerdictCounts::default() };
        for id in &round.scope.ids {
            let state = self.state(round.id, id);
            tally.count(state.map_or(VerdictStatus::Undecided, |state| state.status(round.eyes())), 1);
        }
        tally
    }
}

fn without_text(event: &Event) -> Arc<Event> {
    Arc::new(Event { text: event.text.redacted(), ..event.clone() })
}
