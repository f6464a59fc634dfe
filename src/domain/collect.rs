//! Building a catalogue: readers hand in texts and what they found in them; ids are given here. What several
//! sources say about one record is united in `unite`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::amount::AmountForm;
use super::catalogue::{Catalogue, Extent, FieldEntry, Label, Privacy, RecordEntry, Row, Source, SourceId};
use super::codes::Codes;
use super::date::read_date;
use super::diagnostic::{Code, Diagnostic, Place};
use super::diarienummer::Diarienummer;
use super::schema::FieldKind;
use super::span::{MAX_TEXT, Span};
use super::value::is_empty_marker;
use crate::text::fold::fold_label;

/// A field as a reader found it; ranges are bytes of its source's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawField {
    /// The label, without its colon.
    pub label: Range<usize>,
    /// The raw text.
    pub value: Range<usize>,
    /// The line of the value, or of the label where there is none, from 1.
    pub line: u32,
}

/// A record as a reader found it; ranges are bytes of its source's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawRecord {
    /// The whole record.
    pub extent: Range<usize>,
    /// The line of its first words, from 1.
    pub line: u32,
    /// What the title gives as the id, where it reads as one.
    pub title_id: Option<Diarienummer>,
    /// What the title gives as the name; empty where there is no title.
    pub title_name: Range<usize>,
    /// The fields, in order.
    pub fields: Vec<RawField>,
    /// The description.
    pub body: Range<usize>,
}

/// A column or key of a list, registered once so that its name is looked up once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelId(u32);

/// One value of a row; the range is bytes of its source's text, or what [`Collector::annex`] returned.
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
    /// An id that stands beside the fields.
    pub id: Option<Diarienummer>,
    /// The id that the record goes by, whatever its fields say: it has been given one before, and its name too.
    pub settled_id: Option<String>,
    /// A name that stands beside the fields.
    pub name: Range<usize>,
    /// The values, in order; empty cells need none.
    pub cells: Vec<RawCell>,
    /// The description.
    pub body: Range<usize>,
    /// Stretches of the source's text that must not be shown beside the values of personal columns.
    pub hidden: Vec<Range<usize>>,
}

/// A source's text does not fit any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 4 GiB of text in one collection")]
pub struct TooMuchText;

/// What stands above the fields of a record.
struct Title<'a> {
    id: Option<&'a Diarienummer>,
    settled: Option<&'a str>,
    name: Span,
}

/// A catalogue in the making.
#[derive(Debug)]
pub struct Collector {
    pub(super) catalogue: Catalogue,
    label_ids: HashMap<Box<str>, u32>,
    drafts: Vec<Draft>,
    diagnostics: Vec<Diagnostic>,
}

/// A record of one source, before it is known whether others speak of the same.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) extents: Vec<Extent>,
    pub(super) name: Span,
    pub(super) body: Span,
    pub(super) fields: Vec<FieldEntry>,
}

impl Collector {
    /// An empty one.
    #[must_use]
    pub fn new(codes: Arc<Codes>, privacy: Privacy) -> Self {
        Self {
            catalogue: Catalogue::empty(codes, privacy),
            label_ids: HashMap::new(),
            drafts: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Adds a source with its decoded text, which is empty for one that could not be read.
    ///
    /// # Errors
    /// When the collection's text would pass 4 GiB; the source is then there, without text.
    pub fn add_source(&mut self, name: &str, text: &str) -> (SourceId, Result<(), TooMuchText>) {
        let base = self.catalogue.text.len();
        let id = SourceId(u32::try_from(self.catalogue.sources.len()).unwrap_or(u32::MAX));
        let fits = base + text.len() <= MAX_TEXT;
        let kept = if fits { text } else { "" };
        self.catalogue.text.push_str(kept);
        let span = Span::at(base, &(0..kept.len()));
        self.catalogue.sources.push(Source {
            name: name.to_owned(),
            text: span,
            amounts: AmountForm::Swedish,
        });
        (id, if fits { Ok(()) } else { Err(TooMuchText) })
    }

    /// Says how amounts with one separator are meant in a source; as in Swedish ones if nothing is said.
    pub fn read_amounts_as(&mut self, source: SourceId, form: AmountForm) {
        if let Some(source) = self.catalogue.sources.get_mut(source.0 as usize) {
            source.amounts = form;
        }
    }

    /// Keeps a text that stands in the newest source in another spelling: behind that source's own text, which the
    /// lines of the source do not include. The range is one of that source.
    ///
    /// # Errors
    /// When the collection's text would pass 4 GiB.
    pub fn annex(&mut self, text: &str) -> Result<Range<usize>, TooMuchText> {
        let base = self.catalogue.sources.last().map_or(0, |source| source.text.start as usize);
        // A byte between: a value that begins behind the source's end is known to be none of its own.
        let start = self.catalogue.text.len() + 1;
        if start + text.len() > MAX_TEXT {
            return Err(TooMuchText);
        }
        self.catalogue.text.push('\n');
        self.catalogue.text.push_str(text);
        Ok(start - base..self.catalogue.text.len() - base)
    }

    /// The label of a column or key.
    pub fn column(&mut self, name: &str) -> LabelId {
        LabelId(self.label_of(name))
    }

    /// What a column means, where it is known.
    #[must_use]
    pub fn kind_of(&self, column: LabelId) -> Option<FieldKind> {
        self.catalogue.labels.get(column.0 as usize).and_then(|label| label.kind)
    }

    /// Whether a column's values are hidden.
    #[must_use]
    pub fn is_hidden(&self, column: LabelId) -> bool {
        self.catalogue.privacy == Privacy::Protected
            && self.catalogue.labels.get(column.0 as usize).is_some_and(|label| label.personal)
    }

    /// Whether personal data may be shown.
    #[must_use]
    pub const fn privacy(&self) -> Privacy {
        self.catalogue.privacy
    }

    /// Notes a problem.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds a record of a source that has been added.
    pub fn add_record(&mut self, source: SourceId, raw: &RawRecord) {
        let text = self.catalogue.sources[source.0 as usize].text;
        let base = text.start as usize;
        let fields: Vec<FieldEntry> = raw
            .fields
            .iter()
            .map(|field| {
                let label = self.label(Span::at(base, &field.label));
                FieldEntry { label, value: Span::at(base, &field.value), source, line: field.line }
            })
            .collect();
        let title = Title { id: raw.title_id.as_ref(), settled: None, name: Span::at(base, &raw.title_name) };
        let extent = Extent { source, line: raw.line, text: Span::at(base, &raw.extent) };
        self.add(&title, extent, fields, Span::at(base, &raw.body));
    }

    /// Adds a row of a list, of a source that has been added.
    pub fn add_row(&mut self, source: SourceId, raw: &RawRow) {
        let base = self.catalogue.sources[source.0 as usize].text.start as usize;
        let entry = |cell: &RawCell| FieldEntry {
            label: cell.label.0,
            value: Span::at(base, &cell.value),
            source,
            line: cell.line,
        };
        let fields: Vec<FieldEntry> = raw.cells.iter().map(entry).collect();
        if self.catalogue.privacy == Privacy::Protected {
            self.catalogue.hidden.extend(raw.hidden.iter().map(|hidden| Span::at(base, hidden)));
        }
        let settled = raw.settled_id.as_deref();
        let title = Title { id: raw.id.as_ref(), settled, name: Span::at(base, &raw.name) };
        let extent = Extent { source, line: raw.line, text: Span::at(base, &raw.extent) };
        self.add(&title, extent, fields, Span::at(base, &raw.body));
    }

    fn add(&mut self, title: &Title<'_>, extent: Extent, fields: Vec<FieldEntry>, body: Span) {
        if self.catalogue.privacy == Privacy::Protected {
            let personal = fields.iter().filter(|field| self.catalogue.labels[field.label as usize].personal);
            self.catalogue.hidden.extend(personal.map(|field| field.value));
        }
        // A translated name is better than none.
        let translated = || self.first(&fields, FieldKind::NameEnglish).filter(|_| title.name.is_empty());
        let is_settled = title.settled.is_some() && !title.name.is_empty();
        let named = || self.first(&fields, FieldKind::Name).or_else(translated);
        let name = if is_settled { title.name } else { named().unwrap_or(title.name) };
        let place = Place { source: extent.source, line: extent.line, column: 1 };
        if let Some(id) = title.settled {
            if id.starts_with('~') {
                self.report(Diagnostic::new(Code::MissingId, place, id));
            }
            let id = id.to_owned();
            return self.drafts.push(Draft { id, extents: vec![extent], name, body, fields });
        }
        let id = self.identify(title.id, &fields, name, place);
        self.compare_names(title.name, name, place);
        self.drafts.push(Draft { id, extents: vec![extent], name, body, fields });
    }

    /// The catalogue, and everything that was odd.
    #[must_use]
    pub fn finish(mut self) -> (Catalogue, Vec<Diagnostic>) {
        let drafts = std::mem::take(&mut self.drafts);
        for draft in self.unite(drafts) {
            self.store(draft);
        }
        self.catalogue.hidden.sort_unstable();
        (self.catalogue, self.diagnostics)
    }

    fn label(&mut self, span: Span) -> u32 {
        if let Some(&known) = self.label_ids.get(span.of(&self.catalogue.text)) {
            return known;
        }
        let text = span.of(&self.catalogue.text).to_owned();
        self.label_of(&text)
    }

    fn label_of(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.label_ids.get(text) {
            return known;
        }
        let id = u32::try_from(self.catalogue.labels.len()).unwrap_or(u32::MAX);
        self.label_ids.insert(text.into(), id);
        self.catalogue.labels.push(Label::new(text));
        id
    }

    pub(super) fn text(&self, span: Span) -> &str {
        span.of(&self.catalogue.text)
    }

    /// The first value of one kind.
    pub(super) fn first(&self, fields: &[FieldEntry], kind: FieldKind) -> Option<Span> {
        fields
            .iter()
            .filter(|field| self.catalogue.labels[field.label as usize].kind == Some(kind))
            .map(|field| field.value)
            .find(|value| !is_empty_marker(self.text(*value)))
    }

    /// The record's id, from the field, else from the title, else from what does not change about it.
    fn identify(
        &mut self,
        title: Option<&Diarienummer>,
        fields: &[FieldEntry],
        name: Span,
        place: Place,
    ) -> String {
        let field = self.first(fields, FieldKind::Diarienummer);
        if let Some(written) = field {
            let written = self.text(written).to_owned();
            match Diarienummer::read(&written) {
                Some(id) => {
                    if let Some(title) = title.filter(|title| **title != id) {
                        let problem = Diagnostic::new(Code::TitleDiffers, place, title.as_str());
                        self.report(problem.against(id.as_str(), None));
                    }
                    return id.as_str().to_owned();
                }
                None => self.report(Diagnostic::new(Code::UnreadableId, place, written)),
            }
        }
        if let Some(id) = title {
            return id.as_str().to_owned();
        }
        let key = self.stable_key(fields, name);
        if field.is_none() {
            self.report(Diagnostic::new(Code::MissingId, place, key.clone()));
        }
        key
    }

    fn compare_names(&mut self, title: Span, name: Span, place: Place) {
        let (title, name) = (self.text(title), self.text(name));
        if !title.is_empty() && title.split_whitespace().ne(name.split_whitespace()) {
            let problem = Diagnostic::new(Code::TitleDiffers, place, title).against(name, None);
            self.report(problem);
        }
    }

    /// `~1a2b3c4d`: FNV-1a over owner, name and start, folded. Written out here because it must stay the
    /// same from one version of the program to the next: reviews will hang on it.
    fn stable_key(&self, fields: &[FieldEntry], name: Span) -> String {
        let part = |kind| self.first(fields, kind).map(|span| self.text(span)).unwrap_or_default();
        let start = part(FieldKind::StartDate);
        let start = read_date(start).ok().flatten().map_or_else(|| start.to_owned(), |date| date.to_string());
        let folded = [part(FieldKind::Beneficiary), self.text(name), &start].map(fold_label).join("|");
        let hash = folded
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        format!("~{hash:08x}")
    }

    fn store(&mut self, draft: Draft) {
        let catalogue = &mut self.catalogue;
        let range = |before: usize, after: usize| {
            let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            narrow(before)..narrow(after)
        };
        let start = catalogue.ids.len();
        catalogue.ids.push_str(&draft.id);
        let id = Span::at(start, &(0..draft.id.len()));
        let (fields, extents) = (catalogue.fields.len(), catalogue.extents.len());
        catalogue.fields.extend(draft.fields);
        catalogue.extents.extend(draft.extents);
        let row = Row(u32::try_from(catalogue.records.len()).unwrap_or(u32::MAX));
        catalogue.by_id.insert(draft.id.into_boxed_str(), row);
        catalogue.records.push(RecordEntry {
            id,
            name: draft.name,
            body: draft.body,
            fields: range(fields, catalogue.fields.len()),
            extents: range(extents, catalogue.extents.len()),
        });
    }
}
