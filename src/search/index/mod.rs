//! The search index: the texts of a catalogue, arranged for scanning. Built once, never changed, shared by all threads.
//!
//! Records are ordered by id (`Slot`), so that hits come out ordered. Ids are stored apart from the other short texts,
//! because they are matched by their own rules; columns for conditions and sorting are built on first use.

pub(crate) mod builder;
pub(crate) mod collation;
pub(crate) mod columns;
pub(crate) mod county_column;
pub(crate) mod fold_table;
pub(crate) mod indexed_texts;
pub(crate) mod slots;
pub(crate) mod sort_ranks;
pub(crate) mod text_arena;
pub(crate) mod vocabulary;
pub(crate) mod word_vectors;

use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};
use std::thread;

use crate::domain::catalogue::record::Record;
use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::schema::FieldKind;

use self::builder::{IndexBuilder, OFTEN};
use self::columns::{Columns, Numbers, Values};
use self::county_column::CountyColumn;
use self::slots::{Slot, Slots};
use self::sort_ranks::{Ranks, SortColumn, SortRanks};
use self::text_arena::TextArena;
use self::vocabulary::Vocabulary;
use self::word_vectors::WordVectors;
use crate::search::language::field::QueryField;

/// The searchable form of a catalogue.
#[derive(Debug)]
pub struct Index {
    slots: Slots,
    /// The number of records of a share that must have a value for it to be stored once.
    often: u32,
    layout: OnceLock<IndexBuilder>,
    columns: Columns,
    sort_ranks: SortRanks,
    vocabulary: OnceLock<Vocabulary>,
    counties: OnceLock<CountyColumn>,
    word_vectors: OnceLock<WordVectors>,
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

    /// Like [`Index::build`], with another threshold for values that are stored once; answers do not depend on it.
    pub(crate) fn keeping(catalogue: Arc<Catalogue>, often: u32) -> Self {
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS);
        let slots = Slots::new(catalogue, threads);
        Self {
            slots,
            often,
            layout: OnceLock::new(),
            columns: Columns::default(),
            sort_ranks: SortRanks::default(),
            vocabulary: OnceLock::new(),
            counties: OnceLock::new(),
            word_vectors: OnceLock::new(),
        }
    }

    fn layout(&self) -> &IndexBuilder {
        self.layout.get_or_init(|| IndexBuilder::build(&self.slots, self.often))
    }

    /// The records that are searched.
    #[must_use]
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        self.slots.catalogue()
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Returns `true` if there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Used memory in bytes, without the catalogue and without columns, which are built on first use.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.slots.memory() + self.layout().memory()
    }

    /// Number of threads for a search: one for each core, at most eight.
    pub(crate) fn threads(&self) -> usize {
        self.slots.threads()
    }

    pub(crate) const fn slots(&self) -> &Slots {
        &self.slots
    }

    /// A field of dates, amounts or numbers.
    pub(crate) fn numbers(&self, kind: FieldKind) -> Arc<Numbers> {
        self.columns.numbers(&self.slots, kind)
    }

    /// A field whose values many records share.
    pub(crate) fn shared_values(&self, field: QueryField) -> Arc<Values> {
        self.columns.shared_values(&self.slots, field)
    }

    /// The counties of the records, worked out when first needed.
    pub(crate) fn counties(&self) -> &CountyColumn {
        self.counties.get_or_init(|| CountyColumn::new(&self.slots))
    }

    /// The words of every record, for likeness; gathered when first needed.
    pub(crate) fn word_vectors(&self) -> &WordVectors {
        self.word_vectors.get_or_init(|| WordVectors::new(&self.slots))
    }

    /// The words of the records, gathered when first needed.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::new(&self.slots))
    }

    /// The sort ranks by a column, computed if need be.
    pub(crate) fn ranks(&self, column: SortColumn) -> Arc<Ranks> {
        self.sort_ranks.get(&self.slots, &self.columns, column)
    }

    /// The sort ranks by a column if they have been computed.
    pub(crate) fn known_ranks(&self, column: SortColumn) -> Option<Arc<Ranks>> {
        self.sort_ranks.known(column)
    }

    pub(crate) fn row(&self, slot: Slot) -> Row {
        self.slots.row(slot)
    }

    pub(crate) fn slot(&self, row: Row) -> Option<Slot> {
        self.slots.slot(row)
    }

    /// The record of a normalised id.
    pub(crate) fn slot_of_id(&self, id: &str) -> Option<Slot> {
        self.catalogue().row_of(id).and_then(|row| self.slot(row))
    }

    pub(crate) fn record(&self, slot: Slot) -> Option<Record<'_>> {
        self.slots.record(slot)
    }

    pub(crate) fn id(&self, slot: Slot) -> &str {
        self.slots.id(slot)
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

    /// The characters outside ASCII in long texts that fold to this one.
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
