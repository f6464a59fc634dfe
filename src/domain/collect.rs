//! Building a catalogue: readers hand in texts and what they found in them; ids are given here. What several
//! sources say about one record is united in `unite`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

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

/// A source's text does not fit any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 4 GiB of text in one collection")]
pub struct TooMuchText;

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
        self.catalogue.sources.push(Source { name: name.to_owned(), text: span });
        (id, if fits { Ok(()) } else { Err(TooMuchText) })
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
        if self.catalogue.privacy == Privacy::Protected {
            let personal = fields.iter().filter(|field| self.catalogue.labels[field.label as usize].personal);
            self.catalogue.hidden.extend(personal.map(|field| field.value));
        }
        let title_name = Span::at(base, &raw.title_name);
        let name = self.first(&fields, FieldKind::Name).unwrap_or(title_name);
        let place = Place { source, line: raw.line, column: 1 };
        let id = self.identify(raw, &fields, name, place);
        self.compare_names(title_name, name, place);
        let extent = Extent { source, line: raw.line, text: Span::at(base, &raw.extent) };
        let body = Span::at(base, &raw.body);
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
        let text = span.of(&self.catalogue.text);
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
    fn first(&self, fields: &[FieldEntry], kind: FieldKind) -> Option<Span> {
        fields
            .iter()
            .filter(|field| self.catalogue.labels[field.label as usize].kind == Some(kind))
            .map(|field| field.value)
            .find(|value| !is_empty_marker(self.text(*value)))
    }

    /// The record's id, from the field, else from the title, else from what does not change about it.
    fn identify(&mut self, raw: &RawRecord, fields: &[FieldEntry], name: Span, place: Place) -> String {
        let field = self.first(fields, FieldKind::Diarienummer);
        let title = raw.title_id.as_ref();
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
