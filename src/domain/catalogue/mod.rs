//! All loaded records: text in few large buffers, spans into them, never changed after they are built.
//!
//! How it is stored is this file's business (and that of `collect` and `gather`, which build it); everything else sees
//! [`Record`]s.

pub mod agreement;
pub mod batch_builder;
mod batch_masks;
pub mod catalogue_builder;
pub mod columns;
pub mod conflicts;
mod identity;
mod raw_record;
pub mod record;
pub(crate) mod segment;

use crate::domain::source_location::SourceId;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashTable;

use self::columns::SourceReading;
use self::record::Record;
use self::segment::Segment;
use super::codes::Codes;
use crate::domain::source_location::SourceLocation;
use crate::domain::values::span::Span;

/// Which record of one catalogue; another catalogue may number the same record otherwise, its id stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u32);

impl Row {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Visibility of personal data. Decided once, when records are loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Privacy {
    /// Personal identity numbers are masked, fields about contact persons are hidden.
    #[default]
    Protected,
    /// `--show-personal`: both are shown.
    Shown,
}

/// A file, standard input, or a part of the built-in collection.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its name as it may be shown.
    pub(crate) name: Arc<str>,
    /// Its name as it was given, which opens it.
    pub(crate) path: Arc<str>,
    /// The range of its pieces in the catalogue.
    pub(crate) pieces: Range<u32>,
    /// Interpretation of its columns.
    pub(crate) reading: Arc<SourceReading>,
}

/// A stretch of a source's decoded text, line ends made one `\n`. A large source has several.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourcePiece {
    pub(crate) segment: u32,
    pub(crate) text: Span,
    /// The line on which it begins, from 1.
    pub(crate) line: u32,
}

/// One source's part of a record; spans are within its segment.
#[derive(Clone, Debug)]
pub(crate) struct RecordPart {
    pub(crate) source: SourceId,
    pub(crate) segment: u32,
    /// The line of its first words, from 1.
    pub(crate) line: u32,
    /// The next part of the same record; [`NO_PART`] after the last.
    pub(crate) next: u32,
    pub(crate) text: Span,
    pub(crate) name: Span,
    pub(crate) body: Span,
    pub(crate) fields: Range<u32>,
}

/// Sentinel for a missing part.
pub(crate) const NO_PART: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordEntry {
    /// In the buffer of ids.
    pub(crate) id: Span,
    /// The part of the source named first.
    pub(crate) part: u32,
}

/// All loaded records, or those of a load in progress: records are only added, never changed.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub(crate) segments: Vec<Arc<Segment>>,
    pub(crate) sources: Vec<Source>,
    pub(crate) pieces: Vec<SourcePiece>,
    pub(crate) parts: Vec<RecordPart>,
    pub(crate) ids: String,
    pub(crate) records: Vec<RecordEntry>,
    pub(crate) by_id: ById,
    pub(crate) codes: Arc<Codes>,
    pub(crate) privacy: Privacy,
}

/// Rows by their ids, which are compared in place: a row takes four bytes, an id as a key many more.
#[derive(Clone, Debug, Default)]
pub(crate) struct ById {
    /// Each with half of its hash: a table that grows looks at no id.
    rows: HashTable<(u32, Row)>,
    hasher: RandomState,
}

impl ById {
    pub(crate) fn get(&self, id: &str, id_of: impl Fn(Row) -> Option<Span>, ids: &str) -> Option<Row> {
        let half = self.half_hash(id);
        let is_it =
            |(hash, row): &(u32, Row)| *hash == half && id_of(*row).is_some_and(|span| span.of(ids) == id);
        self.rows.find(spread(half), is_it).map(|(_, row)| *row)
    }

    /// Adds a row whose id is not there yet.
    pub(crate) fn add(&mut self, row: Row, id: &str) {
        let half = self.half_hash(id);
        self.rows.insert_unique(spread(half), (half, row), |(hash, _)| spread(*hash));
    }

    fn half_hash(&self, id: &str) -> u32 {
        let hash = self.hasher.hash_one(id);
        u32::try_from(hash >> 32).unwrap_or_default()
    }
}

/// A whole hash of half a one: tables look at its first and its last bits.
const fn spread(half: u32) -> u64 {
    (half as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A part of a source line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineExcerpt {
    /// Its characters, as far as they may be shown.
    pub text: String,
    /// Column of its first character in the line, from 1.
    pub first_column: u32,
    /// `true` if the line goes on after it.
    pub is_cut: bool,
}

/// The lines of a source.
pub struct SourceLines<'a> {
    pieces: Vec<(&'a Segment, SourcePiece, Vec<usize>)>,
}

/// Number of characters of an excerpt before and after its column.
const EXCERPT: u32 = 400;

impl SourceLines<'_> {
    /// A line by its number, from 1, with personal data masked; `None` if there is no such line.
    #[must_use]
    pub fn line(&self, number: u32) -> Option<String> {
        let (segment, line) = self.range(number)?;
        Some(segment.visible(Span::at(0, &line)))
    }

    /// The part of a line around a column; `None` if there is no such line. The time does not depend on the length of
    /// the line.
    #[must_use]
    pub fn near(&self, number: u32, column: u32) -> Option<LineExcerpt> {
        let (segment, line) = self.range(number)?;
        let byte_of = |column| segment.columns.byte_of_column(&segment.text, line.clone(), column);
        let first_column = column.saturating_sub(EXCERPT).max(1);
        let (start, end) = (byte_of(first_column), byte_of(column.max(1).saturating_add(EXCERPT)));
        let text = segment.visible(Span::at(0, &(start..end)));
        Some(LineExcerpt { text, first_column, is_cut: end < line.end })
    }

    /// The segment of a line, and its range there.
    fn range(&self, number: u32) -> Option<(&Segment, Range<usize>)> {
        let after = self.pieces.partition_point(|(_, piece, _)| piece.line <= number);
        let (segment, piece, starts) = self.pieces.get(after.checked_sub(1)?)?;
        let at = (number - piece.line) as usize;
        let (start, next) = (*starts.get(at)?, *starts.get(at + 1)?);
        let first = piece.text.start as usize;
        Some((segment, first + start..first + next - 1))
    }
}

impl Catalogue {
    /// One without records.
    #[must_use]
    pub fn empty(codes: Arc<Codes>, privacy: Privacy) -> Self {
        Self {
            segments: Vec::new(),
            sources: Vec::new(),
            pieces: Vec::new(),
            parts: Vec::new(),
            ids: String::new(),
            records: Vec::new(),
            by_id: ById::default(),
            codes,
            privacy,
        }
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns `true` if there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record in this row, if there is one.
    #[must_use]
    pub fn record(&self, row: Row) -> Option<Record<'_>> {
        self.records.get(row.index()).map(|entry| Record { catalogue: self, entry, row })
    }

    /// All records, in the order in which they were loaded.
    #[must_use]
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record<'_>> + Clone {
        self.records.iter().enumerate().map(|(at, entry)| Record {
            catalogue: self,
            entry,
            row: Row(u32::try_from(at).unwrap_or(u32::MAX)),
        })
    }

    /// The row of a record by its normalised id (`23-079-S13`, `23-079-S13#2`, `~1a2b3c4d`).
    #[must_use]
    pub fn row_of(&self, id: &str) -> Option<Row> {
        self.by_id.get(id, |row| self.id_span(row), &self.ids)
    }

    /// Size of the records' texts in bytes.
    #[must_use]
    pub fn text_length(&self) -> usize {
        self.segments.iter().map(|segment| segment.text.len()).sum()
    }

    /// The name of a source: its path, or a word in angle brackets if it is not a file.
    #[must_use]
    pub fn source_name(&self, source: SourceId) -> &str {
        self.sources.get(source.0 as usize).map_or("", |source| &*source.name)
    }

    /// The names of all sources, in the order in which they were read.
    pub fn source_names(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|source| &*source.name)
    }

    /// The names of all sources as they were given: to open them, never to show them.
    pub fn source_paths(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|source| &*source.path)
    }

    /// Number of sources, including unreadable ones.
    #[must_use]
    pub fn source_count(&self) -> usize {
        self.sources.len()
    }

    /// A line of a source without its line end, with personal data masked; `None` if there is no such line.
    #[must_use]
    pub fn source_line(&self, place: SourceLocation) -> Option<String> {
        self.source_lines(place.source).line(place.line)
    }

    /// The lines of a source; faster than single lines by number.
    #[must_use]
    pub fn source_lines(&self, source: SourceId) -> SourceLines<'_> {
        let range = self.sources.get(source.0 as usize).map_or(0..0, |source| source.pieces.clone());
        let pieces = self.pieces.get(range.start as usize..range.end as usize).unwrap_or_default();
        let lines = |piece: &SourcePiece| {
            let segment = self.segments.get(piece.segment as usize)?;
            let newlines = memchr::memchr_iter(b'\n', segment.text(piece.text).as_bytes());
            let starts = std::iter::once(0).chain(newlines.map(|at| at + 1));
            // One more than there are lines: where the next one would begin.
            let end = piece.text.range().len() + 1;
            Some((&**segment, *piece, starts.chain([end]).collect()))
        };
        SourceLines { pieces: pieces.iter().filter_map(lines).collect() }
    }

    /// The code tables.
    #[must_use]
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// Returns `true` if personal data is shown.
    #[must_use]
    pub const fn privacy(&self) -> Privacy {
        self.privacy
    }

    pub(crate) fn id_span(&self, row: Row) -> Option<Span> {
        self.records.get(row.index()).map(|record| record.id)
    }

    /// The parts of a record, in the order of precedence of their sources.
    pub(crate) fn parts_from(&self, first: u32) -> impl Iterator<Item = &RecordPart> + Clone {
        let part = |at: u32| self.parts.get(at as usize);
        std::iter::successors(part(first), move |before| part(before.next))
    }

    /// The segment with the text of a part.
    pub(crate) fn segment_of(&self, part: &RecordPart) -> &Segment {
        &self.segments[part.segment as usize]
    }

    /// The piece of the source with the text of a part.
    pub(crate) fn piece_of(&self, part: &RecordPart) -> Option<&SourcePiece> {
        let range = self.sources.get(part.source.0 as usize)?.pieces.clone();
        let pieces = self.pieces.get(range.start as usize..range.end as usize)?;
        let after = pieces.partition_point(|piece| piece.segment <= part.segment);
        pieces.get(after.checked_sub(1)?)
    }
}
