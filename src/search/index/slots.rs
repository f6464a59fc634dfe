//! Slots: the records of a catalogue in the order of their ids.

use std::sync::Arc;

use super::text_arena::TextArena;
use crate::domain::catalogue::record::Record;
use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::record_id::is_stable_key;
use crate::search::parallel::in_shares;

/// A record's position in the order of ids.
pub(crate) type Slot = usize;

/// The records of a catalogue in the order of their ids, and the number of threads that may work on them.
#[derive(Debug)]
pub(crate) struct Slots {
    catalogue: Arc<Catalogue>,
    /// By slot.
    rows: Vec<Row>,
    /// By row.
    of_rows: Vec<u32>,
    /// By slot, one text per group.
    ids: TextArena,
    threads: usize,
}

impl Slots {
    /// Sorts the records of a catalogue by id. Records without a diarienummer come last.
    pub(crate) fn new(catalogue: Arc<Catalogue>, threads: usize) -> Self {
        let rows = in_order_of_ids(&catalogue, threads);
        let mut of_rows = vec![0; rows.len()];
        for (slot, row) in rows.iter().enumerate() {
            of_rows[row.index()] = u32::try_from(slot).unwrap_or(u32::MAX);
        }
        let mut ids = TextArena::default();
        rows.iter().filter_map(|row| catalogue.record(*row)).for_each(|record| ids.add_plain(record.id()));
        ids.shrink();
        Self { catalogue, rows, of_rows, ids, threads }
    }

    pub(crate) const fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    pub(crate) const fn threads(&self) -> usize {
        self.threads
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(crate) fn row(&self, slot: Slot) -> Row {
        self.rows.get(slot).copied().unwrap_or(Row(u32::MAX))
    }

    pub(crate) fn slot(&self, row: Row) -> Option<Slot> {
        self.of_rows.get(row.index()).map(|slot| *slot as usize)
    }

    pub(crate) fn record(&self, slot: Slot) -> Option<Record<'_>> {
        self.catalogue.record(self.row(slot))
    }

    pub(crate) fn id(&self, slot: Slot) -> &str {
        self.ids.text().get(self.ids.range(slot)).unwrap_or_default()
    }

    /// Allocated memory in bytes, the catalogue excluded.
    pub(crate) fn memory(&self) -> usize {
        (self.rows.capacity() + self.of_rows.capacity()) * size_of::<u32>() + self.ids.memory()
    }

    /// Reads one value of every record, on several threads.
    pub(crate) fn map<'a, T: Send>(&'a self, read: impl Fn(Slot) -> T + Sync + 'a) -> Vec<T> {
        let shares = in_shares(self.len(), self.threads, |slots| slots.map(&read).collect::<Vec<T>>());
        shares.into_iter().flatten().collect()
    }
}

/// The number of letters of an id that are compared as one integer.
const KEY_LETTERS: usize = 15;

/// All rows, sorted by id. Stable keys (`~1a2b3c4d`) come last, since they mean nothing to a reader.
fn in_order_of_ids(catalogue: &Catalogue, threads: usize) -> Vec<Row> {
    // Almost all ids differ within the key, so comparing them rarely touches the catalogue.
    let key = |id: &str| {
        let letters = id.bytes().chain(std::iter::repeat(0)).take(KEY_LETTERS);
        letters.fold(u128::from(is_stable_key(id)), |all, byte| all << 8 | u128::from(byte))
    };
    let id = |row: Row| catalogue.record(row).map(Record::id);
    let compare = |one: &(u128, Row), other: &(u128, Row)| {
        one.0.cmp(&other.0).then_with(|| id(one.1).cmp(&id(other.1)))
    };
    let sorted = in_shares(catalogue.len(), threads, |range| {
        let rows = range.filter_map(|row| u32::try_from(row).ok()).map(Row);
        let mut share: Vec<(u128, Row)> = rows.map(|row| (key(id(row).unwrap_or_default()), row)).collect();
        share.sort_unstable_by(compare);
        share
    });
    let mut rows: Vec<(u128, Row)> = sorted.into_iter().flatten().collect();
    // The shares are sorted runs, which this sort only merges.
    rows.sort_by(compare);
    rows.into_iter().map(|(_, row)| row).collect()
}
