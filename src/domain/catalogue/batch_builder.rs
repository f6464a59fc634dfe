//! Builds a batch of records: readers pass texts and the ranges that they found; ids are assigned here. Several threads
//! build batches at once; the catalogue builder merges them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Privacy;
use super::batch_masks::{BatchMasks, WithheldAmount};
use super::columns::{ColumnEvidence, ColumnUnit, ObservedColumn, SourceForm};
pub use super::raw_record::{LabelId, RawCell, RawField, RawRecord, RawRow};
use super::segment::{Label, MAX_LABELS, Segment};
use crate::domain::codes::Codes;
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::privacy::{SourceMasks, mask_ranges, mask_source, masked_with_contacts};
use crate::domain::record_id::is_stable_key;
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::source_location::{LineCounter, SourceId, SourceLocation};
use crate::domain::values::diarienummer::Diarienummer;
use crate::domain::values::span::{MAX_TEXT, Span};

/// A text that was kept by [`BatchBuilder::annex`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// Its range, in bytes of the source.
    pub range: Range<usize>,
    /// `true` if it contains personal data, so that the source's own spelling of it must be hidden.
    pub is_personal: bool,
}

/// A source's text does not fit any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 4 GiB of text in one piece")]
pub struct TooMuchText;

/// The name of what labels have in common that are too many to tell apart.
const MORE_LABELS: &str = "…";

/// Position of a record.
#[derive(Clone, Copy)]
struct Stand {
    source: SourceId,
    line: u32,
    text: Span,
}

/// The title of a record, above its fields.
struct Title<'a> {
    id: Option<&'a Diarienummer>,
    settled: Option<&'a str>,
    name: Span,
}

/// A batch under construction: the records of several small sources, or of a piece of a large one.
#[derive(Debug)]
pub struct BatchBuilder {
    pub(crate) codes: Arc<Codes>,
    pub(crate) privacy: Privacy,
    pub(super) segment: Segment,
    /// The text of the newest source, which its reader uses too; it follows the segment's text.
    newest: Arc<String>,
    /// Texts that the newest source spells with escapes or markup; they follow its text after one byte.
    annexes: String,
    /// The personal data of the newest source.
    masks: BatchMasks,
    label_ids: HashMap<Box<str>, u16>,
    /// The labels of columns and keys, which the known headings tell the meaning of.
    column_ids: HashMap<Box<str>, u16>,
    /// Columns of the newest source: their units, and what their values tell.
    units: HashMap<u16, ColumnUnit>,
    evidence: HashMap<u16, ColumnEvidence>,
    pub(crate) sources: Vec<BatchSource>,
    pub(crate) ids: String,
    pub(crate) drafts: Vec<SourceRecord>,
    pub(crate) withheld: Vec<WithheldAmount>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A source of a batch.
#[derive(Clone, Debug)]
pub(crate) struct BatchSource {
    pub(crate) name: Arc<str>,
    pub(crate) text: Span,
    /// Number of line ends in its text.
    pub(crate) lines: u32,
    pub(crate) form: SourceForm,
    /// Its columns of dates and amounts.
    pub(crate) columns: Vec<ObservedColumn>,
}

/// One source's part of a record, before it is known whether other sources have the same record.
#[derive(Clone, Debug)]
pub(crate) struct SourceRecord {
    /// In the batch's buffer of ids.
    pub(crate) id: Span,
    /// Among the batch's sources.
    pub(crate) source: SourceId,
    pub(crate) line: u32,
    pub(crate) text: Span,
    pub(crate) name: Span,
    pub(crate) body: Span,
    pub(crate) fields: Range<u32>,
}

/// A finished batch.
#[derive(Debug)]
pub struct Batch {
    pub(crate) segment: Segment,
    pub(crate) sources: Vec<BatchSource>,
    pub(crate) ids: String,
    pub(crate) drafts: Vec<SourceRecord>,
    pub(crate) withheld: Vec<WithheldAmount>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Batch {
    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Returns `true` if there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// The text of its first source.
    #[must_use]
    pub fn text_of_first(&self) -> &str {
        self.sources.first().map_or("", |source| self.segment.text(source.text))
    }
}

impl BatchBuilder {
    /// An empty one.
    #[must_use]
    pub fn new(codes: Arc<Codes>, privacy: Privacy) -> Self {
        Self {
            codes,
            privacy,
            segment: Segment::default(),
            newest: Arc::default(),
            annexes: String::new(),
            masks: BatchMasks::default(),
            label_ids: HashMap::new(),
            column_ids: HashMap::new(),
            units: HashMap::new(),
            evidence: HashMap::new(),
            sources: Vec::new(),
            ids: String::new(),
            drafts: Vec::new(),
            withheld: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Adds a source with its decoded text, which is empty for one that could not be read, and hands the text back
    /// for its reader to look at.
    ///
    /// # Errors
    /// When the batch's text would pass 4 GiB; the source is then there, without text.
    pub fn add_source(
        &mut self,
        name: &str,
        text: impl Into<String>,
    ) -> (SourceId, Result<Arc<String>, TooMuchText>) {
        self.close_newest();
        let text = text.into();
        let base = self.segment.text.len();
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        let fits = base + text.len() <= MAX_TEXT;
        self.newest = Arc::new(if fits { text } else { String::new() });
        let lines = memchr::memchr_iter(b'\n', self.newest.as_bytes()).count();
        self.sources.push(BatchSource {
            name: name.into(),
            text: Span::at(base, &(0..self.newest.len())),
            lines: u32::try_from(lines).unwrap_or(u32::MAX),
            form: SourceForm::default(),
            columns: Vec::new(),
        });
        (id, if fits { Ok(self.newest.clone()) } else { Err(TooMuchText) })
    }

    /// Appends the newest source's text and its unescaped texts to those of earlier sources. The text of a single
    /// source is moved instead of copied if nothing else uses it.
    fn close_newest(&mut self) {
        self.close_columns();
        let masks = self.report_masks();
        let newest = std::mem::take(&mut self.newest);
        self.segment.columns.add(&newest, self.segment.text.len());
        let length = newest.len();
        let start = self.segment.text.len();
        if start == 0 {
            self.segment.text = Arc::try_unwrap(newest).unwrap_or_else(|shared| (*shared).clone());
        } else {
            self.segment.text.push_str(&newest);
        }
        let in_text = |range: &Range<usize>| range.start + start..range.end + start;
        let (own, annexed): (Vec<_>, Vec<_>) = masks.iter().partition(|range| range.end <= length);
        mask_ranges(&mut self.segment.text, &own.into_iter().map(in_text).collect::<Vec<_>>());
        let in_annexes = |range: &Range<usize>| {
            let start = length + 1;
            range.start.saturating_sub(start)..range.end.saturating_sub(start)
        };
        mask_ranges(&mut self.annexes, &annexed.into_iter().map(in_annexes).collect::<Vec<_>>());
        if !self.annexes.is_empty() {
            self.segment.text.push('\n');
            self.segment.text.push_str(&self.annexes);
            self.annexes.clear();
        }
    }

    /// Passes the personal data found in the newest source, before its records are added.
    pub fn expect_masks(&mut self, found: SourceMasks) {
        self.masks = BatchMasks { found, ..BatchMasks::default() };
    }

    /// Reports masked data of the newest source, and returns the telephone numbers that are still to be masked.
    fn report_masks(&mut self) -> Vec<Range<usize>> {
        let masks = std::mem::take(&mut self.masks);
        let Some(newest) = self.sources.len().checked_sub(1).filter(|_| !masks.found.is_empty()) else {
            return Vec::new();
        };
        let source = SourceId(u32::try_from(newest).unwrap_or(u32::MAX));
        let text = Arc::clone(&self.newest);
        let contacts = masks.found.emails.len() + masks.telephones.len();
        let first =
            masks.found.emails.iter().copied().chain(masks.telephones.iter().map(|range| range.start));
        let first = first.min().filter(|first| *first < text.len());
        let mut lines = LineCounter::new(source, &text);
        for at in masks.masked_numbers() {
            let place = lines.place(at);
            self.report(Diagnostic::new(Code::PersonalNumber, place, ""));
        }
        if let Some(first) = first {
            let times = if contacts > 1 { contacts.to_string() } else { String::new() };
            let place = LineCounter::new(source, &text).place(first);
            self.report(Diagnostic::new(Code::ContactDetails, place, times));
        }
        masks.telephones
    }

    /// Sets the form of a source; [`SourceForm::TextRecords`] unless it is set.
    pub fn set_form(&mut self, source: SourceId, form: SourceForm) {
        if let Some(source) = self.sources.get_mut(source.0 as usize) {
            source.form = form;
        }
    }

    /// Stores an unescaped form of a text that the newest source spells with escapes or markup. It follows the source's
    /// own text and is not part of the source's lines. Personal data in it is masked.
    ///
    /// # Errors
    /// If the batch's text would exceed 4 GiB.
    pub fn annex(&mut self, mut text: String) -> Result<Annex, TooMuchText> {
        // One byte between them: a value that begins after the source's end is known to be an annex.
        let start = self.newest.len() + 1 + self.annexes.len();
        if self.segment.text.len() + start + text.len() > MAX_TEXT {
            return Err(TooMuchText);
        }
        let mut is_personal = false;
        if self.privacy == Privacy::Protected {
            let mut found = mask_source(&mut text);
            is_personal = !found.is_empty();
            // These are found again where the source spells them plainly, and reported there.
            (found.numbers, found.emails) = (Vec::new(), Vec::new());
            self.masks.found.append(found, start);
        }
        self.annexes.push_str(&text);
        Ok(Annex { range: start..start + text.len(), is_personal })
    }

    /// The label of a column or key, with the meaning of its name.
    pub fn column(&mut self, name: &str) -> LabelId {
        if let Some(&known) = self.column_ids.get(name) {
            return LabelId(known);
        }
        let kind = self.codes.headings().meaning(name).map(|meaning| meaning.kind);
        let id = self.column_as(name, kind, ColumnUnit::default());
        self.column_ids.insert(name.into(), id.0);
        id
    }

    /// The label of a column whose meaning and unit are given.
    pub fn column_as(&mut self, name: &str, kind: Option<FieldKind>, unit: ColumnUnit) -> LabelId {
        let name = self.shown_label(name);
        let is_it = |label: &Label| *label.text == *name && label.kind == kind;
        let known = self.segment.labels.iter().position(is_it).and_then(|at| u16::try_from(at).ok());
        let id = known.unwrap_or_else(|| self.new_label(Label::with_kind(&name, kind)));
        if unit != ColumnUnit::default() {
            self.units.insert(id, unit);
        }
        LabelId(id)
    }

    /// Records the evidence of the newest source's values about its columns.
    fn close_columns(&mut self) {
        let (evidence, units) = (std::mem::take(&mut self.evidence), std::mem::take(&mut self.units));
        let Some(source) = self.sources.last_mut() else { return };
        let labels = &self.segment.labels;
        let observed = evidence.into_iter().filter_map(|(id, evidence)| {
            let label = labels.get(usize::from(id))?;
            let unit = units.get(&id).copied().unwrap_or_default();
            Some(ObservedColumn { label: label.text.clone(), kind: label.kind?, unit, evidence })
        });
        source.columns.extend(observed);
        source.columns.sort_by(|one, other| one.label.cmp(&other.label));
    }

    /// Adds a value to what its column tells.
    fn observe(&mut self, label: u16, value: Span) {
        let kind = self.segment.labels.get(usize::from(label)).and_then(|label| label.kind);
        let is_decided = self.sources.last().is_none_or(|source| source.form.is_fixed());
        let Some(kind) = kind.filter(|_| !is_decided) else { return };
        if matches!(kind.spec().value, ValueType::Date | ValueType::Amount) {
            let mut evidence = self.evidence.remove(&label).unwrap_or_default();
            evidence.add(kind, self.text(value));
            self.evidence.insert(label, evidence);
        }
    }

    /// The meaning of a column, if known.
    #[must_use]
    pub fn kind_of(&self, column: LabelId) -> Option<FieldKind> {
        self.segment.labels.get(usize::from(column.0)).and_then(|label| label.kind)
    }

    /// Returns `true` if a column's values are hidden.
    #[must_use]
    pub fn is_hidden(&self, column: LabelId) -> bool {
        self.privacy == Privacy::Protected
            && self.segment.labels.get(usize::from(column.0)).is_some_and(|label| label.personal)
    }

    /// Returns `true` if personal data may be shown.
    #[must_use]
    pub const fn privacy(&self) -> Privacy {
        self.privacy
    }

    /// Notes a problem; personal data in its texts is masked.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        let safe = |text: String| match masked_with_contacts(&text) {
            Cow::Owned(masked) => masked,
            Cow::Borrowed(_) => text,
        };
        self.diagnostics.push(match self.privacy {
            Privacy::Shown => diagnostic,
            Privacy::Protected => Diagnostic {
                subject: safe(diagnostic.subject),
                other: diagnostic.other.map(safe),
                ..diagnostic
            },
        });
    }

    /// Adds a record of the newest source.
    pub fn add_record(&mut self, source: SourceId, raw: &RawRecord) {
        let base = self.base_of(source);
        let first = self.segment.fields.len();
        for field in &raw.fields {
            let label = self.label(Span::at(base, &field.label));
            self.push_field(label, Span::at(base, &field.value), field.line, raw.line);
        }
        let title = Title { id: raw.title_id.as_ref(), settled: None, name: Span::at(base, &raw.title_name) };
        let stand = Stand { source, line: raw.line, text: Span::at(base, &raw.extent) };
        self.add(&title, stand, first, Span::at(base, &raw.body));
    }

    /// Adds a row of a list, of the newest source.
    pub fn add_row(&mut self, source: SourceId, raw: &RawRow) {
        let base = self.base_of(source);
        let first = self.segment.fields.len();
        for cell in &raw.cells {
            self.push_field(cell.label.0, Span::at(base, &cell.value), cell.line, raw.line);
            self.observe(cell.label.0, Span::at(base, &cell.value));
        }
        if self.privacy == Privacy::Protected {
            self.segment.hidden.extend(raw.hidden.iter().map(|hidden| Span::at(base, hidden)));
        }
        let settled = raw.settled_id.as_deref();
        let title = Title { id: raw.id.as_ref(), settled, name: Span::at(base, &raw.name) };
        let stand = Stand { source, line: raw.line, text: Span::at(base, &raw.extent) };
        self.add(&title, stand, first, Span::at(base, &raw.body));
    }

    /// Adds the values of a row to the last record, which belongs to the newest source; `false` if there is none.
    pub fn continue_row(&mut self, source: SourceId, raw: &RawRow) -> bool {
        let base = self.base_of(source);
        let first = self.segment.fields.len();
        let Some(last) = self.drafts.last().filter(|last| last.source == source) else { return false };
        let first_line = last.line;
        for cell in &raw.cells {
            self.push_field(cell.label.0, Span::at(base, &cell.value), cell.line, first_line);
        }
        if self.privacy == Privacy::Protected {
            self.segment.hidden.extend(raw.hidden.iter().map(|hidden| Span::at(base, hidden)));
            self.hide_personal_fields(first);
        }
        if !self.masks.found.is_empty() {
            let stand = Stand { source, line: first_line, text: Span::at(base, &raw.extent) };
            self.settle_masks(stand, first, Span::at(base, &raw.body));
        }
        let (end, fields) = (Span::at(base, &raw.extent).end, self.segment.fields.len());
        if let Some(last) = self.drafts.last_mut() {
            last.text.end = end;
            last.fields.end = u32::try_from(fields).unwrap_or(u32::MAX);
        }
        true
    }

    /// Hides the values of personal fields, from field `first` on, in the source text.
    fn hide_personal_fields(&mut self, first: usize) {
        let segment = &self.segment;
        let fields = segment.fields.get(first..).unwrap_or_default();
        let personal =
            fields.iter().copied().filter(|field| segment.label(*field).is_some_and(|label| label.personal));
        let hidden: Vec<Span> = personal.map(|field| segment.span(field)).collect();
        self.segment.hidden.extend(hidden);
    }

    fn base_of(&self, source: SourceId) -> usize {
        self.sources.get(source.0 as usize).map_or(0, |source| source.text.start as usize)
    }

    fn push_field(&mut self, label: u16, value: Span, line: u32, first_line: u32) {
        let is_annexed = value.start as usize > self.segment.text.len() + self.newest.len();
        let line = is_annexed.then(|| line.saturating_sub(first_line));
        self.segment.add_field(label, value, line);
    }

    /// Adds a record whose fields have been added, from `first` on.
    fn add(&mut self, title: &Title<'_>, stand: Stand, first: usize, body: Span) {
        if self.privacy == Privacy::Protected {
            self.hide_personal_fields(first);
        }
        if !self.masks.found.is_empty() {
            self.settle_masks(stand, first, body);
        }
        // A translated name is better than none.
        let translated = || self.first(first, FieldKind::NameEnglish).filter(|_| title.name.is_empty());
        let is_settled = title.settled.is_some() && !title.name.is_empty();
        let named = || self.first(first, FieldKind::Name).or_else(translated);
        let name = if is_settled { title.name } else { named().unwrap_or(title.name) };
        let place = SourceLocation { source: stand.source, line: stand.line, column: 1 };
        let start = self.ids.len();
        if let Some(id) = title.settled {
            if is_stable_key(id) {
                self.report(Diagnostic::new(Code::MissingId, place, id));
            }
            self.ids.push_str(id);
        } else {
            let id = self.identify(title.id, first, name, place);
            self.ids.push_str(&id);
            self.compare_names(title.name, name, place);
        }
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.drafts.push(SourceRecord {
            id: Span::at(0, &(start..self.ids.len())),
            source: stand.source,
            line: stand.line,
            text: stand.text,
            name,
            body,
            fields: narrow(first)..narrow(self.segment.fields.len()),
        });
    }

    /// Masks personal data in a record's text and in its fields from `first` on.
    fn settle_masks(&mut self, stand: Stand, first: usize, body: Span) {
        let base = self.segment.text.len();
        let own = |span: Span| {
            let range = span.range();
            range.start.saturating_sub(base)..range.end.saturating_sub(base)
        };
        let mut masks = std::mem::take(&mut self.masks);
        for field in self.segment.fields.get(first..).unwrap_or_default().iter().copied() {
            let span = self.segment.span(field);
            let kind = self.segment.label(field).and_then(|label| label.kind);
            if let Some((original, spelling)) = masks.field(kind, self.text(span), &own(span)) {
                let (source, line, label) = (stand.source, stand.line, field.label);
                self.withheld.push(WithheldAmount { source, line, label, span, original, spelling });
            }
        }
        masks.text(&own(body));
        self.masks = masks;
    }

    /// Lets the newest source end before this byte of its text: what comes after it belongs to another piece.
    pub fn end_newest_at(&mut self, at: usize) {
        let Some(source) = self.sources.last_mut() else { return };
        let own = self.newest.as_bytes().get(..at).unwrap_or_default();
        source.lines = u32::try_from(memchr::memchr_iter(b'\n', own).count()).unwrap_or(u32::MAX);
        source.text = Span::at(source.text.start as usize, &(0..own.len()));
        self.masks.found.numbers.retain(|number| number.at < at);
        self.masks.found.emails.retain(|email| *email < at);
    }

    /// Returns `true` if the batch is full and further sources belong into another one.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.segment.labels.len() >= MAX_LABELS / 2 || self.segment.text.len() >= MAX_TEXT / 2
    }

    /// Finishes the batch.
    #[must_use]
    pub fn batch(mut self) -> Batch {
        self.close_newest();
        self.segment.text.shrink_to_fit();
        self.segment.fields.shrink_to_fit();
        self.segment.hidden.sort_unstable();
        self.segment.sort_labels();
        Batch {
            segment: self.segment,
            sources: self.sources,
            ids: self.ids,
            drafts: self.drafts,
            withheld: self.withheld,
            diagnostics: self.diagnostics,
        }
    }

    fn label(&mut self, span: Span) -> u16 {
        if let Some(&known) = self.label_ids.get(self.text(span)) {
            return known;
        }
        let text = self.text(span).to_owned();
        self.label_of(&text)
    }

    /// The number of a label of text records.
    fn label_of(&mut self, text: &str) -> u16 {
        if let Some(&known) = self.label_ids.get(text) {
            return known;
        }
        let is_last = self.segment.labels.len() >= MAX_LABELS;
        let id = self.new_label(Label::new(&self.shown_label(text)));
        if !is_last {
            self.label_ids.insert(text.into(), id);
        }
        id
    }

    /// A label with its personal data masked, unless that is shown.
    fn shown_label<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.privacy {
            Privacy::Protected => masked_with_contacts(text),
            Privacy::Shown => Cow::Borrowed(text),
        }
    }

    /// Adds a label; labels beyond the limit share the last one, which is named accordingly.
    fn new_label(&mut self, label: Label) -> u16 {
        let is_last = self.segment.labels.len() >= MAX_LABELS;
        if self.segment.labels.len() <= MAX_LABELS {
            self.segment.labels.push(if is_last { Label::new(MORE_LABELS) } else { label });
        }
        u16::try_from(self.segment.labels.len() - 1).unwrap_or(u16::MAX)
    }

    /// A text of the newest source, of its unescaped texts, or of an earlier source.
    pub(super) fn text(&self, span: Span) -> &str {
        let before = self.segment.text.len();
        let range = span.range();
        let Some(start) = range.start.checked_sub(before) else { return span.of(&self.segment.text) };
        let own = start..range.end.saturating_sub(before);
        match start.checked_sub(self.newest.len() + 1) {
            Some(start) => self.annexes.get(start..own.end.saturating_sub(self.newest.len() + 1)),
            None => self.newest.get(own),
        }
        .unwrap_or_default()
    }
}
