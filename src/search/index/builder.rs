//! Builds an index: several threads index the texts of all records, one share at a time.
//!
//! A value of many records (a region, a fund, a programme's name) is stored once, in all spellings that find it, and
//! records refer to it by number. In a million rows of Kohesio's list this is most of the text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use hashbrown::HashMap;

use super::fold_table::FoldTable;
use super::indexed_texts;
use super::indexed_texts::IndexedValue;
use super::slots::{Slot, Slots};
use super::text_arena::TextArena;
use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::schema::FieldKind;
use crate::search::parallel::{Chunks, Workers};
use crate::text::fold::fold_char;

/// Number of records in a share.
const SHARE: usize = 512;

/// A value of at least this number of records in a share is stored once.
pub(crate) const OFTEN: u32 = 3;

/// The contents of an index.
#[derive(Debug, Default)]
pub(crate) struct IndexBuilder {
    /// Of each record: the folded name, then the folded short texts that few others have.
    pub(crate) short: TextArena,
    /// Of each value that many records have: its spellings.
    pub(crate) values: TextArena,
    /// The numbers of such values, record by record.
    pub(crate) numbers: Vec<u32>,
    /// Where the numbers of each record begin.
    pub(crate) number_starts: Vec<u32>,
    /// The letters of each record's short texts.
    pub(crate) masks: Vec<u64>,
    /// The letters of each record's long texts.
    pub(crate) long_masks: Vec<u64>,
    /// `true` for records with long texts other than the description.
    pub(crate) has_long_fields: Vec<bool>,
    /// The characters outside ASCII in long texts, by their folded form.
    variants: BTreeMap<char, Vec<char>>,
}

/// A layout that shares are put into.
#[derive(Default)]
struct Growing {
    layout: IndexBuilder,
    seen: Seen,
    known: HashMap<Known, u32>,
}

/// Identity of a value: its text, and the kind of field if that decides its spellings.
type Known = (Option<FieldKind>, Box<str>);

/// The contents of one share.
struct Share {
    layout: IndexBuilder,
    seen: Seen,
    /// The values that many records have, in the order of their numbers.
    values: Vec<Known>,
}

impl IndexBuilder {
    /// Lays out all records. A value that at least `often` records of a chunk have is stored once.
    pub(crate) fn build(slots: &Slots, often: u32) -> Self {
        let folding = FoldTable::new();
        let mut whole = Growing::default();
        let chunks = Chunks { count: slots.len(), size: SHARE, least_per_thread: 1 };
        let work = |(): &mut (), range: Range<usize>| {
            let rows = slots.rows().get(range).unwrap_or_default();
            Share::new(slots.catalogue(), rows, often, &folding)
        };
        // Merged as they arrive: two complete halves would need twice the memory.
        let built = Workers::new(slots.threads(), &|| false).each_chunk(
            chunks,
            || (),
            work,
            |share| whole.take(share),
        );
        debug_assert!(built.is_some(), "nothing stops it");
        whole.done()
    }

    /// Used memory in bytes.
    pub(crate) fn memory(&self) -> usize {
        let numbers = (self.numbers.capacity() + self.number_starts.capacity()) * size_of::<u32>();
        let masks = (self.masks.capacity() + self.long_masks.capacity()) * size_of::<u64>();
        self.short.memory() + self.values.memory() + numbers + masks + self.has_long_fields.capacity()
    }

    /// The numbers of the values that a record shares with many others.
    pub(crate) fn values_of(&self, slot: Slot) -> &[u32] {
        let at =
            |slot: Slot| self.number_starts.get(slot).map_or(self.numbers.len(), |start| *start as usize);
        self.numbers.get(at(slot)..at(slot + 1)).unwrap_or_default()
    }

    /// The characters outside ASCII in long texts that fold to this one.
    pub(crate) fn variants(&self, folded: char) -> &[char] {
        self.variants.get(&folded).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Growing {
    /// Appends the records of a share.
    fn take(&mut self, share: Share) {
        let Share { layout: own, values, seen } = share;
        let layout = &mut self.layout;
        let mut numbers = Vec::with_capacity(values.len());
        for (group, value) in values.into_iter().enumerate() {
            let new = u32::try_from(layout.values.len()).unwrap_or(u32::MAX);
            let number = *self.known.entry(value).or_insert_with(|| {
                layout.values.append_group(&own.values, group);
                new
            });
            numbers.push(number);
        }
        let before = u32::try_from(layout.numbers.len()).unwrap_or(u32::MAX);
        layout.number_starts.extend(own.number_starts.iter().map(|start| start.saturating_add(before)));
        layout.numbers.extend(own.numbers.iter().filter_map(|number| numbers.get(*number as usize)));
        layout.short.append(&own.short);
        layout.masks.extend(own.masks);
        layout.long_masks.extend(own.long_masks);
        layout.has_long_fields.extend(own.has_long_fields);
        self.seen.merge(seen);
    }

    fn done(self) -> IndexBuilder {
        let Self { mut layout, seen, .. } = self;
        layout.short.shrink();
        layout.values.shrink();
        for numbers in [&mut layout.numbers, &mut layout.number_starts] {
            numbers.shrink_to_fit();
        }
        for masks in [&mut layout.masks, &mut layout.long_masks] {
            masks.shrink_to_fit();
        }
        layout.has_long_fields.shrink_to_fit();
        for c in seen.characters() {
            layout.variants.entry(fold_char(c)).or_default().push(c);
        }
        layout
    }
}

impl Share {
    fn new(catalogue: &Catalogue, rows: &[Row], often: u32, folding: &FoldTable) -> Self {
        let codes = catalogue.codes();
        let records = || rows.iter().filter_map(|row| catalogue.record(*row));
        let (mut tally, mut all, mut ends) =
            (ValueTally::default(), Vec::new(), Vec::with_capacity(rows.len()));
        let mut share = Self { layout: IndexBuilder::default(), seen: Seen::default(), values: Vec::new() };
        for record in records() {
            let mut mask = folding.letters(record.description(), |c| share.seen.character(c));
            let mut has_more = false;
            let start = all.len();
            let mut take = |value| {
                let place = all.len() - start;
                all.push(tally.count(value, place));
            };
            indexed_texts::for_each_value(record, codes, &mut take, &mut |text| {
                has_more = true;
                mask |= folding.letters(text, |c| share.seen.character(c));
            });
            share.layout.long_masks.push(mask);
            share.layout.has_long_fields.push(has_more);
            ends.push(all.len());
        }
        let mut start = 0;
        for (record, end) in records().zip(ends) {
            share.short(record.name(), all.get(start..end).unwrap_or_default(), &mut tally, often, folding);
            start = end;
        }
        share
    }

    /// Lays out the short texts of a record.
    fn short(
        &mut self,
        name: &str,
        values: &[usize],
        tally: &mut ValueTally<'_>,
        often: u32,
        folding: &FoldTable,
    ) {
        let layout = &mut self.layout;
        layout.short.begin();
        layout.number_starts.push(u32::try_from(layout.numbers.len()).unwrap_or(u32::MAX));
        let mut mask = layout.short.add(name, folding);
        for at in values {
            let Some(counted) = tally.counted.get_mut(*at) else { continue };
            let value = counted.value;
            if counted.count < often {
                value.for_each_spelling(&mut |text| mask |= layout.short.add(text, folding));
                continue;
            }
            let (number, letters) = *counted.number.get_or_insert_with(|| {
                let number = u32::try_from(layout.values.len()).unwrap_or(u32::MAX);
                let mut letters = 0;
                layout.values.begin();
                value.for_each_spelling(&mut |text| letters |= layout.values.add(text, folding));
                self.values.push((value.kind, value.text.into()));
                (number, letters)
            });
            mask |= letters;
            layout.numbers.push(number);
        }
        layout.masks.push(mask);
    }
}

/// Counts the records of a share that have a value.
#[derive(Default)]
struct ValueTally<'a> {
    at: HashMap<IndexedValue<'a>, usize>,
    counted: Vec<TalliedValue<'a>>,
    /// Where the values of the record before are counted, by their place in it: in a list, many are the same again.
    before: Vec<usize>,
}

struct TalliedValue<'a> {
    value: IndexedValue<'a>,
    count: u32,
    /// Its number and its letters, once it has been laid out.
    number: Option<(u32, u64)>,
}

impl<'a> ValueTally<'a> {
    /// Counts a value at this position of a record, and returns the number of its counter.
    fn count(&mut self, value: IndexedValue<'a>, place: usize) -> usize {
        if self.before.len() <= place {
            self.before.resize(place + 1, 0);
        }
        let same = self.before.get(place).filter(|at| self.is_counted_at(value, **at)).copied();
        let at = same.unwrap_or_else(|| {
            *self.at.entry(value).or_insert_with(|| {
                self.counted.push(TalliedValue { value, count: 0, number: None });
                self.counted.len() - 1
            })
        });
        if let Some(before) = self.before.get_mut(place) {
            *before = at;
        }
        if let Some(counted) = self.counted.get_mut(at) {
            counted.count += 1;
        }
        at
    }

    fn is_counted_at(&self, value: IndexedValue<'a>, at: usize) -> bool {
        self.counted.get(at).is_some_and(|counted| counted.value == value)
    }
}

/// Which characters outside ASCII have been seen: a mark for each of the common ones, a list of the others.
struct Seen {
    common: Vec<bool>,
    rare: BTreeSet<char>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { common: vec![false; 0x3000], rare: BTreeSet::new() }
    }
}

impl Seen {
    fn merge(&mut self, other: Self) {
        self.common.iter_mut().zip(other.common).for_each(|(own, other)| *own |= other);
        self.rare.extend(other.rare);
    }

    fn character(&mut self, c: char) {
        match self.common.get_mut(c as usize) {
            Some(seen) => *seen = true,
            None => {
                self.rare.insert(c);
            }
        }
    }

    fn characters(&self) -> impl Iterator<Item = char> {
        let common = self.common.iter().enumerate().filter(|(_, seen)| **seen);
        let common = common.filter_map(|(code, _)| u32::try_from(code).ok().and_then(char::from_u32));
        common.chain(self.rare.iter().copied())
    }
}
