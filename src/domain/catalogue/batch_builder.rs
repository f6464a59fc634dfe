//! Building a batch of records: readers hand in texts and what they found in them; ids are given here. Batches are
//! made by several threads at once; `gather` makes one catalogue of them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Privacy;
use super::batch_masks::{BatchMasks, WithheldAmount};
pub use super::raw_record::{LabelId, RawCell, RawField, RawRecord, RawRow};
use super::segment::{Label, MAX_LABELS, Segment};
use crate::domain::codes::Codes;
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::privacy::{SourceMasks, mask_ranges, mask_source, masked_with_contacts};
use crate::domain::record_id::{RecordId, is_stable_key};
use crate::domain::schema::FieldKind;
use crate::domain::source_location::{LineCounter, SourceId, SourceLocation};
use crate::domain::values::amount::AmountForm;
use crate::domain::values::date::read_date;
use crate::domain::values::diarienummer::Diarienummer;
use crate::domain::values::span::{MAX_TEXT, Span};
use crate::domain::values::value::is_empty_marker;
use crate::text::fold::fold_label;

/// A text that was kept by [`BatchBuilder::annex`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// Its range, in bytes of the source.
    pub range: Range<usize>,
    /// Whether it holds personal data, so that the source's own spelling of it must be hidden.
    pub is_personal: bool,
}

/// A source's text does not fit any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 4 GiB of text in one piece")]
pub struct TooMuchText;

/// The name of what labels have in common that are too many to tell apart.
const MORE_LABELS: &str = "…";

/// Where a record stands.
#[derive(Clone, Copy)]
struct Stand {
    source: SourceId,
    line: u32,
    text: Span,
}

/// What stands above the fields of a record.
struct Title<'a> {
    id: Option<&'a Diarienummer>,
    settled: Option<&'a str>,
    name: Span,
}

/// A batch of records in the making: those of some small sources, or of a piece of a large one.
#[derive(Debug)]
pub struct BatchBuilder {
    pub(crate) codes: Arc<Codes>,
    pub(crate) privacy: Privacy,
    segment: Segment,
    /// The text of the newest source, which its reader looks at too; the segment's text ends where it begins.
    newest: Arc<String>,
    /// What the newest source spells otherwise; behind its text, and a byte between.
    annexes: String,
    /// The personal data of the newest source.
    masks: BatchMasks,
    label_ids: HashMap<Box<str>, u16>,
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
    /// How many line ends its text has.
    pub(crate) lines: u32,
    pub(crate) amounts: AmountForm,
}

/// What one source says of a record, before it is known whether others speak of the same.
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
    /// How many records it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Whether it has none.
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
            amounts: AmountForm::Swedish,
        });
        (id, if fits { Ok(self.newest.clone()) } else { Err(TooMuchText) })
    }

    /// Puts the newest source's text, and what it spells otherwise, behind those of the sources before. A text that
    /// nobody looks at any more and that is alone is moved there, not copied.
    fn close_newest(&mut self) {
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

    /// Says which personal data the text of the newest source holds, before its records are added.
    pub fn expect_masks(&mut self, found: SourceMasks) {
        self.masks = BatchMasks { found, ..BatchMasks::default() };
    }

    /// Reports what is masked in the newest source, and returns the telephone numbers that are still to be masked.
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

    /// Says how amounts with one separator are meant in a source; as in Swedish ones if nothing is said.
    pub fn read_amounts_as(&mut self, source: SourceId, form: AmountForm) {
        if let Some(source) = self.sources.get_mut(source.0 as usize) {
            source.amounts = form;
        }
    }

    /// Keeps a text that the newest source spells in another way, with escapes or markup. It is stored behind the
    /// source's own text and is not part of the lines of the source. Personal data in it is masked.
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

    /// The label of a column or key.
    pub fn column(&mut self, name: &str) -> LabelId {
        LabelId(self.label_of(name))
    }

    /// What a column means, where it is known.
    #[must_use]
    pub fn kind_of(&self, column: LabelId) -> Option<FieldKind> {
        self.segment.labels.get(usize::from(column.0)).and_then(|label| label.kind)
    }

    /// Whether a column's values are hidden.
    #[must_use]
    pub fn is_hidden(&self, column: LabelId) -> bool {
        self.privacy == Privacy::Protected
            && self.segment.labels.get(usize::from(column.0)).is_some_and(|label| label.personal)
    }

    /// Whether personal data may be shown.
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
        }
        if self.privacy == Privacy::Protected {
            self.segment.hidden.extend(raw.hidden.iter().map(|hidden| Span::at(base, hidden)));
        }
        let settled = raw.settled_id.as_deref();
        let title = Title { id: raw.id.as_ref(), settled, name: Span::at(base, &raw.name) };
        let stand = Stand { source, line: raw.line, text: Span::at(base, &raw.extent) };
        self.add(&title, stand, first, Span::at(base, &raw.body));
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
            let segment = &self.segment;
            let fields = segment.fields.get(first..).unwrap_or_default();
            let personal = fields
                .iter()
                .copied()
                .filter(|field| segment.label(*field).is_some_and(|label| label.personal));
            let hidden: Vec<Span> = personal.map(|field| segment.span(field)).collect();
            self.segment.hidden.extend(hidden);
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

    /// Decides what the personal data in a record's fields, from `first` on, and in its text is.
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

    /// Whether the batch should be finished, and what comes put into another: its numbers are small.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.segment.labels.len() >= MAX_LABELS / 2 || self.segment.text.len() >= MAX_TEXT / 2
    }

    /// What has been collected.
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

    /// The number of a label; those that are too many share the last one, under a name that says so.
    fn label_of(&mut self, text: &str) -> u16 {
        if let Some(&known) = self.label_ids.get(text) {
            return known;
        }
        let is_last = self.segment.labels.len() >= MAX_LABELS;
        if self.segment.labels.len() <= MAX_LABELS {
            let shown = if is_last { MORE_LABELS } else { text };
            self.segment.labels.push(match self.privacy {
                Privacy::Protected => Label::new(&masked_with_contacts(shown)),
                Privacy::Shown => Label::new(shown),
            });
        }
        let id = u16::try_from(self.segment.labels.len() - 1).unwrap_or(u16::MAX);
        if !is_last {
            self.label_ids.insert(text.into(), id);
        }
        id
    }

    /// A text of the newest source, or of what it spells otherwise, or of one before.
    fn text(&self, span: Span) -> &str {
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

    /// The first value of one kind, among the fields from `first` on.
    fn first(&self, first: usize, kind: FieldKind) -> Option<Span> {
        let fields = self.segment.fields.get(first..).unwrap_or_default();
        fields
            .iter()
            .copied()
            .filter(|field| self.segment.label(*field).is_some_and(|label| label.kind == Some(kind)))
            .map(|field| self.segment.span(field))
            .find(|value| !is_empty_marker(self.text(*value)))
    }

    /// The record's id, from the field, else from the title, else from what does not change about it.
    fn identify(
        &mut self,
        title: Option<&Diarienummer>,
        first: usize,
        name: Span,
        place: SourceLocation,
    ) -> RecordId {
        let field = self.first(first, FieldKind::Diarienummer);
        if let Some(written) = field {
            let written = self.text(written).to_owned();
            match Diarienummer::read(&written) {
                Some(id) => {
                    if let Some(title) = title.filter(|title| **title != id) {
                        let problem = Diagnostic::new(Code::TitleDiffers, place, title.as_str());
                        self.report(problem.against(id.as_str(), None));
                    }
                    return id.into();
                }
                None => self.report(Diagnostic::new(Code::UnreadableId, place, written)),
            }
        }
        if let Some(id) = title {
            return id.clone().into();
        }
        let key = self.stable_key(first, name);
        if field.is_none() {
            self.report(Diagnostic::new(Code::MissingId, place, key.as_str()));
        }
        key
    }

    fn compare_names(&mut self, title: Span, name: Span, place: SourceLocation) {
        let (title, name) = (self.text(title), self.text(name));
        if !title.is_empty() && title.split_whitespace().ne(name.split_whitespace()) {
            let problem = Diagnostic::new(Code::TitleDiffers, place, title).against(name, None);
            self.report(problem);
        }
    }

    /// `~1a2b3c4d`: FNV-1a over owner, name and start, folded. Written out here because it must stay the
    /// same from one version of the program to the next: reviews will hang on it.
    fn stable_key(&self, first: usize, name: Span) -> RecordId {
        let part = |kind| self.first(first, kind).map(|span| self.text(span)).unwrap_or_default();
        let start = part(FieldKind::StartDate);
        let start = read_date(start).ok().flatten().map_or_else(|| start.to_owned(), |date| date.to_string());
        let folded = [part(FieldKind::Beneficiary), self.text(name), &start].map(fold_label).join("|");
        let hash = folded
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        RecordId::from_hash(hash)
    }
}
