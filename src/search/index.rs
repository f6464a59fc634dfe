//! What is searched, laid out for scanning: built once for a catalogue, never changed, shared by all workers.
//!
//! Records lie in the order of their ids (`Slot`), so that hits come out ordered. Ids stand apart from the
//! other short texts, since they are matched by their own rules.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::record::Record;
use crate::text::fold::fold_char;

use super::folding::Folding;
use super::short_texts;

/// A record's place in the index.
pub(super) type Slot = usize;

/// Ends every text in the buffer. Folding makes every white space a space, so no text holds one.
pub(super) const END: u8 = b'\n';

/// The searchable form of a catalogue.
#[derive(Debug)]
pub struct Index {
    catalogue: Arc<Catalogue>,
    rows: Vec<Row>,
    slots: Vec<u32>,
    ids: Buffer,
    /// Of each record: the folded name, then the folded short fields, each ended by [`END`].
    short: Buffer,
    /// The letters of each record's short texts.
    masks: Vec<u64>,
    /// The letters of each record's long texts: what has no x need not be read for one.
    long_masks: Vec<u64>,
    /// Where in the short texts a letter has lost its diacritic, and which letter it was in lower case.
    particular: Vec<(u32, char)>,
    /// The characters outside ASCII that any long text holds, by their folded form.
    variants: BTreeMap<char, Vec<char>>,
    /// Whether a record has long texts beside its description.
    has_long_fields: Vec<bool>,
    threads: usize,
}

/// Texts of all records, one after the other.
#[derive(Debug, Default)]
struct Buffer {
    text: String,
    starts: Vec<u32>,
}

impl Buffer {
    /// Notes that the next record starts here.
    fn start_record(&mut self) {
        self.starts.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Puts another buffer's records behind those of this one. Those that do not fit have no text.
    fn append(&mut self, other: &Self) {
        let before = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        if self.text.len() + other.text.len() > MAX_BUFFER {
            return self.starts.extend(other.starts.iter().map(|_| before));
        }
        self.starts.extend(other.starts.iter().map(|start| start.saturating_add(before)));
        self.text.push_str(&other.text);
    }

    fn range(&self, slot: Slot) -> Range<usize> {
        let at = |slot: usize| self.starts.get(slot).map_or(self.text.len(), |start| *start as usize);
        at(slot)..at(slot + 1)
    }
}

/// The buffer of short texts stops growing here, in bytes.
const MAX_BUFFER: usize = u32::MAX as usize;

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;

/// So many records a thread lays out at a time.
const SHARE: usize = 2_000;

impl Index {
    /// Lays out a catalogue.
    #[must_use]
    pub fn build(catalogue: Arc<Catalogue>) -> Self {
        let rows = in_order_of_ids(&catalogue);
        let mut slots = vec![0; rows.len()];
        for (slot, row) in rows.iter().enumerate() {
            slots[row.index()] = u32::try_from(slot).unwrap_or(u32::MAX);
        }
        let threads =
            thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(MOST_THREADS);
        let layout = Layout::of(&catalogue, &rows, threads);
        Self {
            catalogue,
            rows,
            slots,
            variants: layout.variants(),
            ids: layout.ids,
            short: layout.short,
            masks: layout.masks,
            long_masks: layout.long_masks,
            particular: layout.particular,
            has_long_fields: layout.has_long_fields,
            threads,
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

    /// How many threads a search uses: as many as the machine has, at most eight.
    pub(super) fn threads(&self) -> usize {
        self.threads
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
        self.ids.text.get(self.ids.range(slot)).unwrap_or_default()
    }

    /// All short texts, folded.
    pub(super) fn short(&self) -> &str {
        &self.short.text
    }

    /// Where the short texts of a record lie.
    pub(super) fn short_range(&self, slot: Slot) -> Range<usize> {
        self.short.range(slot)
    }

    /// The folded name.
    pub(super) fn folded_name(&self, slot: Slot) -> &str {
        self.short_texts(slot).next().unwrap_or_default()
    }

    /// The folded name, then the folded short fields.
    pub(super) fn short_texts(&self, slot: Slot) -> impl Iterator<Item = &str> {
        let text = self.short.text.get(self.short.range(slot)).unwrap_or_default();
        text.split_terminator(char::from(END))
    }

    pub(super) fn mask(&self, slot: Slot) -> u64 {
        self.masks.get(slot).copied().unwrap_or(u64::MAX)
    }

    /// The letters of the texts that a description's terms are searched in.
    pub(super) fn long_mask(&self, slot: Slot) -> u64 {
        self.long_masks.get(slot).copied().unwrap_or(u64::MAX)
    }

    /// The letter in lower case that stands at this byte of the short texts, if folding changed it.
    pub(super) fn particular(&self, at: usize) -> Option<char> {
        let at = u32::try_from(at).ok()?;
        let found = self.particular.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        self.particular.get(found).map(|(_, letter)| *letter)
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

#[derive(Default)]
struct Layout {
    ids: Buffer,
    short: Buffer,
    masks: Vec<u64>,
    long_masks: Vec<u64>,
    particular: Vec<(u32, char)>,
    has_long_fields: Vec<bool>,
    seen: Seen,
}

impl Layout {
    /// The layout of records in this order. Several threads lay out some at a time, which are put together as they come:
    /// whole halves would be in memory twice.
    fn of(catalogue: &Catalogue, rows: &[Row], threads: usize) -> Self {
        let folding = Folding::new();
        let some = |rows: &[Row]| {
            let mut layout = Self::default();
            let records = rows.iter().filter_map(|row| catalogue.record(*row));
            records.for_each(|record| layout.add(record, catalogue, &folding));
            layout
        };
        let shares: Vec<&[Row]> = rows.chunks(SHARE).collect();
        let next = AtomicUsize::new(0);
        let (done, laid_out) = sync_channel(threads);
        let work = |done: SyncSender<(usize, Self)>| {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(rows) = shares.get(number) else { return };
                if done.send((number, some(rows))).is_err() {
                    return;
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..threads {
                let done = done.clone();
                scope.spawn(|| work(done));
            }
            drop(done);
            let (mut whole, mut early) = (Self::default(), BTreeMap::new());
            let mut wanted = 0;
            for (number, layout) in laid_out {
                early.insert(number, layout);
                while let Some(layout) = early.remove(&wanted) {
                    whole = whole.followed_by(layout);
                    wanted += 1;
                }
            }
            whole
        })
    }

    /// Two layouts, the other one's records behind those of this one.
    fn followed_by(mut self, other: Self) -> Self {
        let before = u32::try_from(self.short.text.len()).unwrap_or(u32::MAX);
        self.particular
            .extend(other.particular.into_iter().map(|(at, letter)| (at.saturating_add(before), letter)));
        self.ids.append(&other.ids);
        self.short.append(&other.short);
        self.masks.extend(other.masks);
        self.long_masks.extend(other.long_masks);
        self.has_long_fields.extend(other.has_long_fields);
        self.seen.merge(other.seen);
        self
    }

    fn add(&mut self, record: Record<'_>, catalogue: &Catalogue, folding: &Folding) {
        self.ids.start_record();
        self.ids.text.push_str(record.id());
        self.short.start_record();
        let mut mask = self.text(record.name(), folding);
        short_texts::for_each(record, catalogue.codes(), &mut |text| mask |= self.text(text, folding));
        self.masks.push(mask);
        let (mut long_texts, mut mask) = (0, 0);
        for text in short_texts::long(record) {
            long_texts += 1;
            mask |= folding.letters(text, |c| self.seen.character(c));
        }
        self.long_masks.push(mask);
        self.has_long_fields.push(long_texts > 1);
    }

    /// Adds a short text, and gives its letters.
    fn text(&mut self, text: &str, folding: &Folding) -> u64 {
        let end = folding.of(char::from(END)).bit;
        let is_plain = |byte: u8| byte.is_ascii() && (byte == b' ' || !byte.is_ascii_whitespace());
        if text.bytes().all(is_plain) {
            // Most texts: in lower case at once, not letter by letter.
            let start = self.short.text.len();
            self.short.text.push_str(text);
            if let Some(folded) = self.short.text.get_mut(start..) {
                folded.make_ascii_lowercase();
            }
            self.short.text.push(char::from(END));
            return folding.letters(text, |_| {}) | end;
        }
        let mut mask = end;
        for c in text.chars() {
            let letter = folding.of(c);
            if !c.is_ascii() && letter.lower != letter.plain {
                let at = u32::try_from(self.short.text.len()).unwrap_or(u32::MAX);
                self.particular.push((at, letter.lower));
            }
            mask |= letter.bit;
            self.short.text.push(letter.plain);
        }
        self.short.text.push(char::from(END));
        mask
    }

    fn variants(&self) -> BTreeMap<char, Vec<char>> {
        let mut variants: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for c in self.seen.characters() {
            variants.entry(fold_char(c)).or_default().push(c);
        }
        variants
    }
}

/// Which characters outside ASCII have been seen: a bit for each of the common ones, a list of the others.
struct Seen {
    common: Vec<bool>,
    rare: std::collections::BTreeSet<char>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { common: vec![false; 0x3000], rare: std::collections::BTreeSet::new() }
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
