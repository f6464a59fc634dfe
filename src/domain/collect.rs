//! Building a catalogue: readers hand in texts and what they found in them; ids are given here, and what
//! several sources say about one record is united.

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
    catalogue: Catalogue,
    label_ids: HashMap<Box<str>, u32>,
    drafts: Vec<Draft>,
    diagnostics: Vec<Diagnostic>,
}

/// A record of one source, before it is known whether others speak of the same.
#[derive(Debug)]
struct Draft {
    id: String,
    extents: Vec<Extent>,
    name: Span,
    body: Span,
    fields: Vec<FieldEntry>,
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

    fn text(&self, span: Span) -> &str {
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

    /// One draft for each record: the same id in several sources is one record, twice in one source is two.
    fn unite(&mut self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut united: Vec<Draft> = Vec::with_capacity(drafts.len());
        let mut at: HashMap<String, usize> = HashMap::with_capacity(drafts.len());
        for mut draft in drafts {
            let plain = draft.id.clone();
            let mut ordinal = 1;
            loop {
                let Some(&known) = at.get(&draft.id) else {
                    if ordinal > 1 {
                        let first = place_of(&united[at[&plain]].extents);
                        let problem =
                            Diagnostic::new(Code::DuplicateId, place_of(&draft.extents), plain.as_str());
                        self.report(problem.against(draft.id.as_str(), Some(first)));
                    }
                    at.insert(draft.id.clone(), united.len());
                    united.push(draft);
                    break;
                };
                let source = draft.extents[0].source;
                let same_source = united[known].extents.iter().any(|extent| extent.source == source);
                if !same_source || self.says_the_same(&united[known], &draft) {
                    let mut whole = std::mem::replace(&mut united[known], Draft::nothing());
                    self.join(&mut whole, draft);
                    united[known] = whole;
                    break;
                }
                ordinal += 1;
                draft.id = format!("{plain}#{ordinal}");
            }
        }
        united
    }

    fn says_the_same(&self, one: &Draft, other: &Draft) -> bool {
        let said = |draft: &Draft| -> Vec<(u32, &str)> {
            draft.fields.iter().map(|field| (field.label, self.text(field.value))).collect()
        };
        self.text(one.body) == self.text(other.body) && said(one) == said(other)
    }

    /// Adds to a record what another source says of it. The source named first wins.
    fn join(&mut self, whole: &mut Draft, other: Draft) {
        let here = place_of(&whole.extents);
        for field in other.fields {
            let text = self.text(field.value);
            let same_label: Vec<FieldEntry> =
                whole.fields.iter().filter(|known| self.same_field(**known, field)).copied().collect();
            let mut values = same_label.iter().filter(|known| !is_empty_marker(self.text(known.value)));
            match values.next() {
                None => {
                    let fills = !is_empty_marker(text) || same_label.is_empty();
                    if fills {
                        whole.fields.retain(|known| {
                            !same_label
                                .iter()
                                .any(|empty| empty.value == known.value && empty.label == known.label)
                        });
                        whole.fields.push(field);
                    }
                }
                Some(first) => {
                    let agrees = is_empty_marker(text)
                        || std::iter::once(first)
                            .chain(values)
                            .any(|known| fold_label(self.text(known.value)) == fold_label(text))
                        || same_label.iter().any(|known| known.source == field.source);
                    if !agrees {
                        let place = Place { source: field.source, line: field.line, column: 1 };
                        let known_place = Place { source: first.source, line: first.line, column: 1 };
                        let problem = Diagnostic::new(Code::Conflict, place, text)
                            .against(self.text(first.value), Some(known_place));
                        self.report(problem);
                    }
                }
            }
        }
        if is_empty_marker(self.text(whole.name)) {
            whole.name = other.name;
        }
        let (body, other_body) = (self.text(whole.body), self.text(other.body));
        if body.is_empty() {
            whole.body = other.body;
        } else if !other_body.is_empty() && fold_label(body) != fold_label(other_body) {
            let first_words = |text: &str| text.chars().take(60).collect::<String>();
            let problem = Diagnostic::new(Code::Conflict, place_of(&other.extents), first_words(other_body))
                .against(first_words(body), Some(here));
            self.report(problem);
        }
        whole.extents.extend(other.extents);
    }

    /// Whether two fields say the same kind of thing: one known kind, or the same unknown label.
    fn same_field(&self, one: FieldEntry, other: FieldEntry) -> bool {
        let kind = |field: FieldEntry| self.catalogue.labels[field.label as usize].kind;
        one.label == other.label || kind(one).is_some_and(|known| kind(other) == Some(known))
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

impl Draft {
    fn nothing() -> Self {
        let nothing = Span::default();
        Self { id: String::new(), extents: Vec::new(), name: nothing, body: nothing, fields: Vec::new() }
    }
}

/// Where a record was first seen.
fn place_of(extents: &[Extent]) -> Place {
    extents.first().map_or(Place { source: SourceId(0), line: 0, column: 0 }, |extent| Place {
        source: extent.source,
        line: extent.line,
        column: 1,
    })
}
