//! What is searched, laid out for scanning: built once for a catalogue, never changed, shared by all workers.
//!
//! Records lie in the order of their ids (`Slot`), so that hits come out ordered. Ids stand apart from the
//! other short texts, since they are matched by their own rules; what they and conditions do not need can wait
//! until it is wanted.

pub(crate) mod builder;
pub(crate) mod collation;
pub(crate) mod columns;
pub(crate) mod fold_table;
pub(crate) mod indexed_texts;
pub(crate) mod text_arena;

use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};
use std::thread;

use crate::domain::catalogue::record::Record;
use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::record_id::is_stable_key;

use self::builder::{IndexBuilder, OFTEN};
use self::columns::Columns;
use self::text_arena::TextArena;
use crate::search::parallel::in_shares;

/// A record's place in the index.
pub(crate) type Slot = usize;

/// The searchable form of a catalogue.
#[derive(Debug)]
pub struct Index {
    catalogue: Arc<Catalogue>,
    rows: Vec<Row>,
    slots: Vec<u32>,
    ids: TextArena,
    /// A value that so many records have is kept once.
    often: u32,
    layout: OnceLock<IndexBuilder>,
    threads: usize,
    columns: Columns,
}

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;

impl Index {
    /// Lays out a catalogue.
    #[must_use]
    pub fn build(catalogue: Arc<Catalogue>) -> Self {
        let index = Self::as_needed(catalogue);
        index.layout();
        index
    }

    /// The same, where texts are laid out when words are searched for in them: ids and conditions need none of it.
    #[must_use]
    pub fn as_needed(catalogue: Arc<Catalogue>) -> Self {
        Self::keeping(catalogue, OFTEN)
    }

    /// The same, where values that so many records have are kept once; that changes no answer.
    pub(crate) fn keeping(catalogue: Arc<Catalogue>, often: u32) -> Self {
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS);
        let rows = in_order_of_ids(&catalogue, threads);
        let mut slots = vec![0; rows.len()];
        for (slot, row) in rows.iter().enumerate() {
            slots[row.index()] = u32::try_from(slot).unwrap_or(u32::MAX);
        }
        let mut ids = TextArena::default();
        rows.iter().filter_map(|row| catalogue.record(*row)).for_each(|record| ids.add_plain(record.id()));
        ids.shrink();
        let (layout, columns) = (OnceLock::new(), Columns::default());
        Self { catalogue, rows, slots, ids, often, layout, threads, columns }
    }

    fn layout(&self) -> &IndexBuilder {
        self.layout.get_or_init(|| IndexBuilder::of(&self.catalogue, &self.rows, self.threads, self.often))
    }

    /// The records that are searched.
    #[must_use]
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// How many records are searched.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How much memory it takes beside the catalogue, in bytes; columns are made when something asks for them, and not
    /// counted.
    #[must_use]
    pub fn memory(&self) -> usize {
        let rows = (self.rows.capacity() + self.slots.capacity()) * size_of::<u32>();
        rows + self.ids.memory() + self.layout().memory()
    }

    /// How many threads a search uses: as many as the machine has, at most eight.
    pub(crate) fn threads(&self) -> usize {
        self.threads
    }

    pub(crate) const fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(crate) fn row(&self, slot: Slot) -> Row {
        self.rows.get(slot).copied().unwrap_or(Row(u32::MAX))
    }

    pub(crate) fn slot(&self, row: Row) -> Option<Slot> {
        self.slots.get(row.index()).map(|slot| *slot as usize)
    }

    /// The record of a normalised id.
    pub(crate) fn slot_of_id(&self, id: &str) -> Option<Slot> {
        self.catalogue.row_of(id).and_then(|row| self.slot(row))
    }

    pub(crate) fn record(&self, slot: Slot) -> Option<Record<'_>> {
        self.catalogue.record(self.row(slot))
    }

    pub(crate) fn id(&self, slot: Slot) -> &str {
        self.ids.text().get(self.ids.range(slot)).unwrap_or_default()
    }

    /// Of each record: the folded name, then the folded short texts that few others have.
    pub(crate) fn short(&self) -> &TextArena {
        &self.layout().short
    }

    /// Of each value that many records have: its spellings, folded.
    pub(crate) fn values(&self) -> &TextArena {
        &self.layout().values
    }

    /// The numbers of the values that a record shares with many others.
    pub(crate) fn values_of(&self, slot: Slot) -> &[u32] {
        self.layout().values_of(slot)
    }

    /// The folded name.
    pub(crate) fn folded_name(&self, slot: Slot) -> &str {
        self.short().group(slot).next().unwrap_or_default()
    }

    pub(crate) fn mask(&self, slot: Slot) -> u64 {
        self.layout().masks.get(slot).copied().unwrap_or(u64::MAX)
    }

    /// The letters of the texts that a description's terms are searched in.
    pub(crate) fn long_mask(&self, slot: Slot) -> u64 {
        self.layout().long_masks.get(slot).copied().unwrap_or(u64::MAX)
    }

    /// The characters outside ASCII that fold to this one and stand in any long text.
    pub(crate) fn variants(&self, folded: char) -> &[char] {
        self.layout().variants(folded)
    }

    /// The texts in which a term is searched as a part of a description.
    pub(crate) fn long_texts(&self, slot: Slot) -> impl Iterator<Item = &str> {
        let record = self.record(slot);
        let description = record.map(Record::description);
        let has_more = self.layout().has_long_fields.get(slot).copied().unwrap_or_default();
        let more = record.filter(|_| has_more).into_iter().flat_map(indexed_texts::long_fields);
        description.into_iter().chain(more)
    }
}

/// The rows in the order of their ids. Records without a diarienummer stand last: their keys say nothing.
fn in_order_of_ids(catalogue: &Catalogue, threads: usize) -> Vec<Row> {
    // Nearly all ids differ in their first letters, which are at hand.
    let first = |id: &str| {
        let letters = id.bytes().chain(std::iter::repeat(0)).take(AT_HAND);
        letters.fold(u128::from(is_stable_key(id)), |all, byte| all << 8 | u128::from(byte))
    };
    let id = |row: Row| catalogue.record(row).map(Record::id);
    let compare = |one: &(u128, Row), other: &(u128, Row)| {
        one.0.cmp(&other.0).then_with(|| id(one.1).cmp(&id(other.1)))
    };
    let sorted = in_shares(catalogue.len(), threads, |range| {
        let rows = range.filter_map(|row| u32::try_from(row).ok()).map(Row);
        let mut share: Vec<(u128, Row)> = rows.map(|row| (first(id(row).unwrap_or_default()), row)).collect();
        share.sort_unstable_by(compare);
        share
    });
    let mut rows: Vec<(u128, Row)> = sorted.into_iter().flatten().collect();
    // What lies there in few long sorted stretches is only merged.
    rows.sort_by(compare);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// So many letters of an id are compared as one number.
const AT_HAND: usize = 15;
