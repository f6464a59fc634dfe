//! What is searched, laid out for scanning: built once for a catalogue, never changed, shared by all workers.
//!
//! Records lie in the order of their ids (`Slot`), so that hits come out ordered. Ids stand apart from the
//! other short texts, since they are matched by their own rules.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::record::Record;

use super::columns::Columns;
use super::layout::{Layout, OFTEN};
use super::short_texts;
use super::texts::Texts;

/// A record's place in the index.
pub(super) type Slot = usize;

/// The searchable form of a catalogue.
#[derive(Debug)]
pub struct Index {
    catalogue: Arc<Catalogue>,
    rows: Vec<Row>,
    slots: Vec<u32>,
    ids: Texts,
    /// Of each record: the folded name, then the folded short texts that few others have.
    short: Texts,
    /// Of each value that many records have: its spellings, folded.
    values: Texts,
    /// The numbers of such values, record by record, and where those of each record begin.
    numbers: Vec<u32>,
    number_starts: Vec<u32>,
    /// The letters of each record's short texts.
    masks: Vec<u64>,
    /// The letters of each record's long texts: what has no x need not be read for one.
    long_masks: Vec<u64>,
    /// The characters outside ASCII that any long text holds, by their folded form.
    variants: BTreeMap<char, Vec<char>>,
    /// Whether a record has long texts beside its description.
    has_long_fields: Vec<bool>,
    threads: usize,
    columns: Columns,
}

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;

impl Index {
    /// Lays out a catalogue.
    #[must_use]
    pub fn build(catalogue: Arc<Catalogue>) -> Self {
        Self::build_keeping(catalogue, OFTEN)
    }

    /// The same, where values that so many records have are kept once; that changes no answer.
    pub(super) fn build_keeping(catalogue: Arc<Catalogue>, often: u32) -> Self {
        let rows = in_order_of_ids(&catalogue);
        let mut slots = vec![0; rows.len()];
        for (slot, row) in rows.iter().enumerate() {
            slots[row.index()] = u32::try_from(slot).unwrap_or(u32::MAX);
        }
        let mut ids = Texts::default();
        rows.iter().filter_map(|row| catalogue.record(*row)).for_each(|record| ids.add_plain(record.id()));
        let threads =
            thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(MOST_THREADS);
        let layout = Layout::of(&catalogue, &rows, threads, often);
        Self {
            catalogue,
            rows,
            slots,
            variants: layout.variants(),
            ids,
            short: layout.short,
            values: layout.values,
            numbers: layout.numbers,
            number_starts: layout.number_starts,
            masks: layout.masks,
            long_masks: layout.long_masks,
            has_long_fields: layout.has_long_fields,
            threads,
            columns: Columns::default(),
        }
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
        let texts = [&self.ids, &self.short, &self.values];
        let rows = (self.rows.capacity() + self.slots.capacity()) * size_of::<u32>();
        let numbers = (self.numbers.capacity() + self.number_starts.capacity()) * size_of::<u32>();
        let masks = (self.masks.capacity() + self.long_masks.capacity()) * size_of::<u64>();
        let texts: usize = texts.iter().map(|texts| texts.memory()).sum();
        texts + rows + numbers + masks + self.has_long_fields.capacity()
    }

    /// How many threads a search uses: as many as the machine has, at most eight.
    pub(super) fn threads(&self) -> usize {
        self.threads
    }

    pub(super) const fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(super) fn row(&self, slot: Slot) -> Row {
        self.rows.get(slot).copied().unwrap_or(Row(u32::MAX))
    }

    pub(super) fn slot(&self, row: Row) -> Option<Slot> {
        self.slots.get(row.index()).map(|slot| *slot as usize)
    }

    /// The record of a normalised id.
    pub(super) fn slot_of_id(&self, id: &str) -> Option<Slot> {
        self.catalogue.row_of(id).and_then(|row| self.slot(row))
    }

    pub(super) fn record(&self, slot: Slot) -> Option<Record<'_>> {
        self.catalogue.record(self.row(slot))
    }

    pub(super) fn id(&self, slot: Slot) -> &str {
        self.ids.text().get(self.ids.range(slot)).unwrap_or_default()
    }

    /// Of each record: the folded name, then the folded short texts that few others have.
    pub(super) fn short(&self) -> &Texts {
        &self.short
    }

    /// Of each value that many records have: its spellings, folded.
    pub(super) fn values(&self) -> &Texts {
        &self.values
    }

    /// The numbers of the values that a record shares with many others.
    pub(super) fn values_of(&self, slot: Slot) -> &[u32] {
        let at =
            |slot: Slot| self.number_starts.get(slot).map_or(self.numbers.len(), |start| *start as usize);
        self.numbers.get(at(slot)..at(slot + 1)).unwrap_or_default()
    }

    /// The folded name.
    pub(super) fn folded_name(&self, slot: Slot) -> &str {
        self.short.group(slot).next().unwrap_or_default()
    }

    pub(super) fn mask(&self, slot: Slot) -> u64 {
        self.masks.get(slot).copied().unwrap_or(u64::MAX)
    }

    /// The letters of the texts that a description's terms are searched in.
    pub(super) fn long_mask(&self, slot: Slot) -> u64 {
        self.long_masks.get(slot).copied().unwrap_or(u64::MAX)
    }

    /// The characters outside ASCII that fold to this one and stand in any long text.
    pub(super) fn variants(&self, folded: char) -> &[char] {
        self.variants.get(&folded).map(Vec::as_slice).unwrap_or_default()
    }

    /// The texts in which a term is searched as a part of a description.
    pub(super) fn long_texts(&self, slot: Slot) -> impl Iterator<Item = &str> {
        let record = self.record(slot);
        let description = record.map(Record::description);
        let has_more = self.has_long_fields.get(slot).copied().unwrap_or_default();
        let more = record.filter(|_| has_more).into_iter().flat_map(short_texts::long_fields);
        description.into_iter().chain(more)
    }
}

/// The rows in the order of their ids.
fn in_order_of_ids(catalogue: &Catalogue) -> Vec<Row> {
    // Most ids differ in their first letters, which are at hand.
    let first = |id: &str| {
        id.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |all, byte| all << 8 | u64::from(byte))
    };
    let key = |record: Record<'_>| (is_key(record.id()), first(record.id()), record.row());
    let id = |row: &Row| catalogue.record(*row).map(Record::id);
    let mut rows: Vec<(bool, u64, Row)> = catalogue.records().map(key).collect();
    rows.sort_unstable_by(|one, other| {
        (one.0, one.1).cmp(&(other.0, other.1)).then_with(|| id(&one.2).cmp(&id(&other.2)))
    });
    rows.into_iter().map(|(_, _, row)| row).collect()
}

/// Records without a diarienummer stand last: their keys say nothing.
fn is_key(id: &str) -> bool {
    id.starts_with('~')
}
