//! Records as readers find them in the text of a source, before they have an id.

use std::ops::Range;

use crate::domain::record_id::RecordId;
use crate::domain::values::diarienummer::Diarienummer;

/// A field as a reader found it; ranges are bytes of its source's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawField {
    /// The label, without its colon.
    pub label: Range<usize>,
    /// The raw text.
    pub value: Range<usize>,
    /// The line of the value, or of the label if there is no value, from 1.
    pub line: u32,
}

/// A record as a reader found it; ranges are bytes of its source's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawRecord {
    /// The whole record.
    pub extent: Range<usize>,
    /// The line of its first words, from 1.
    pub line: u32,
    /// The id in the title, if it reads as one.
    pub title_id: Option<Diarienummer>,
    /// The name in the title; empty if there is no title.
    pub title_name: Range<usize>,
    /// The fields, in order.
    pub fields: Vec<RawField>,
    /// The description.
    pub body: Range<usize>,
}

/// A column or key of a list, registered once so that its name is looked up once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelId(pub(super) u16);

/// One value of a row; the range is bytes of its source's text, or what `BatchBuilder::annex` returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCell {
    /// Its column.
    pub label: LabelId,
    /// The value.
    pub value: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: u32,
}

/// A record as a reader of lists found it: a row, or an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawRow {
    /// The whole record, in its source's text.
    pub extent: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: u32,
    /// An id outside the fields.
    pub id: Option<Diarienummer>,
    /// The id that the record goes by, whatever its fields say: it has been given one before, and its name too.
    pub settled_id: Option<RecordId>,
    /// A name outside the fields.
    pub name: Range<usize>,
    /// The values, in order; empty cells need none.
    pub cells: Vec<RawCell>,
    /// The description.
    pub body: Range<usize>,
    /// Ranges of the source's text that must be hidden in addition to the values of personal columns.
    pub hidden: Vec<Range<usize>>,
}
