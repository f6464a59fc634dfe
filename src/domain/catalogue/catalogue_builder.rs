//! One catalogue of many batches, in their order. The same id from several sources is one record, which keeps what
//! each of them says (`unite` tells what counts). Twice in one source is not the same record said twice, unless it says
//! the same.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::Catalogue;
use super::NO_PART;
use super::Privacy;
use super::RecordEntry;
use super::RecordPart;
use super::Row;
use super::Source;
use super::SourcePiece;
use super::batch_builder::{Batch, BatchBuilder, SourceRecord};
use super::batch_masks::{NumberSpelling, WithheldAmount, bare_numbers};
use super::columns::{ColumnFinding, ObservedColumn, SourceForm, SourceReading};
use super::record::Record;
use super::segment::Segment;
use crate::domain::codes::Codes;
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::privacy::masked;
use crate::domain::record_id::{RecordId, is_stable_key};
use crate::domain::schema::FieldKind;
use crate::domain::source_location::SourceId;
use crate::domain::source_location::SourceLocation;
use crate::domain::values::currency::Currency;
use crate::domain::values::span::Span;
use crate::text::fold::fold_label;

/// The end of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchEnd {
    /// Its last source ends with it.
    EndsSource,
    /// Its last source goes on in another batch.
    SourceGoesOn,
}

/// A catalogue in the making.
#[derive(Debug)]
pub struct CatalogueBuilder {
    catalogue: Catalogue,
    diagnostics: Vec<Diagnostic>,
    /// Number of line ends of the newest source that have been read.
    lines: u32,
    /// The records of an id that more than one part has.
    chains: HashMap<Row, Chain>,
    /// The last part of each record that has several.
    tails: HashMap<u32, u32>,
    /// The columns of the newest source, as far as it has been read.
    columns: Vec<ObservedColumn>,
    /// The currency of amounts that state none.
    currency: Option<Currency>,
    /// Which diagnostic counts characters of a kind in a source.
    counted: HashMap<(SourceId, Code), usize>,
    /// Masked numbers in columns of amounts of the newest sources, each with its segment.
    withheld: Vec<(u32, WithheldAmount)>,
}

/// A column in which more bare numbers than one in this many could be personal identity numbers stays masked. At random
/// it is one in 140.
const PERSONAL_SHARE: usize = 10;

impl BatchBuilder {
    /// Makes a catalogue of this batch alone, with everything that was odd.
    #[must_use]
    pub fn finish(self) -> (Catalogue, Vec<Diagnostic>) {
        let mut builder = CatalogueBuilder::new(self.codes.clone(), self.privacy);
        builder.add(self.batch(), BatchEnd::EndsSource);
        builder.finish()
    }
}

/// The records that share an id: itself, `#2`, `#3` …
#[derive(Debug, Default)]
struct Chain {
    records: Vec<Row>,
    /// Which of them a source has spoken of so far: its first ones, in their order.
    source: Option<SourceId>,
    spoken_of: usize,
    /// Which of them says what, by a hash of all its words.
    contents: HashMap<u64, Vec<Row>>,
    /// Number of records with the same words that rows of the source have been paired with, by that hash.
    paired: HashMap<u64, usize>,
}

/// The place of a part in the catalogue.
enum Placement {
    /// Another part of this record.
    Part(Row),
    /// A record that shares its id with those before it.
    Another,
}

impl CatalogueBuilder {
    /// An empty one.
    #[must_use]
    pub fn new(codes: Arc<Codes>, privacy: Privacy) -> Self {
        Self {
            catalogue: Catalogue::empty(codes, privacy),
            diagnostics: Vec::new(),
            lines: 0,
            chains: HashMap::new(),
            tails: HashMap::new(),
            columns: Vec::new(),
            currency: None,
            counted: HashMap::new(),
            withheld: Vec::new(),
        }
    }

    /// Adds a batch of sources that have not been added before.
    pub fn add(&mut self, batch: Batch, end: BatchEnd) {
        self.settle_withheld();
        self.take(batch, false, end);
    }

    /// Sets the currency of amounts that state none.
    pub fn set_currency(&mut self, currency: Option<Currency>) {
        self.currency = currency;
    }

    /// Adds a batch that begins where the newest source stopped: that source's next piece.
    pub fn go_on(&mut self, batch: Batch, end: BatchEnd) {
        let goes_on = !self.catalogue.sources.is_empty();
        self.take(batch, goes_on, end);
    }

    /// Notes a source that gave nothing, and why.
    pub fn failed(&mut self, name: &str, code: Code, reason: &str) {
        let source = self.new_source(name.into());
        self.report(Diagnostic::new(code, SourceLocation::whole(source), reason));
    }

    /// Notes a problem with the newest source.
    pub fn report_newest(&mut self, code: Code, subject: &str) {
        let newest = SourceId(narrow(self.catalogue.sources.len().saturating_sub(1)));
        self.report(Diagnostic::new(code, SourceLocation::whole(newest), subject));
    }

    /// Notes that the newest source failed after its last piece, and skips `lines` lines.
    pub fn broken(&mut self, code: Code, reason: &str, lines: u32) {
        let newest = SourceId(narrow(self.catalogue.sources.len().saturating_sub(1)));
        let place = SourceLocation { source: newest, line: self.lines.saturating_add(1), column: 0 };
        self.report(Diagnostic::new(code, place, reason));
        self.lines = self.lines.saturating_add(lines);
    }

    /// Number of records so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.catalogue.len()
    }

    /// Returns `true` if there is no record so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.catalogue.is_empty()
    }

    /// The catalogue so far; its texts are shared.
    #[must_use]
    pub fn so_far(&self) -> (Catalogue, Vec<Diagnostic>) {
        (self.catalogue.clone(), self.diagnostics.clone())
    }

    /// The catalogue, and everything that was odd, in the order in which it was met.
    #[must_use]
    pub fn finish(mut self) -> (Catalogue, Vec<Diagnostic>) {
        self.settle_withheld();
        self.catalogue.parts.shrink_to_fit();
        (self.catalogue, self.diagnostics)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Puts the amounts back that were masked in the sources that are complete by now. A column of which too many could
    /// be personal identity numbers stays masked, and is reported.
    fn settle_withheld(&mut self) {
        type Column = (SourceId, Box<str>, Vec<(u32, WithheldAmount)>);
        let withheld = std::mem::take(&mut self.withheld);
        let mut columns: Vec<Column> = Vec::new();
        for (segment, amount) in withheld {
            let label = self
                .catalogue
                .segments
                .get(segment as usize)
                .and_then(|own| own.labels.get(usize::from(amount.label)));
            let label = label.map(|label| label.text.clone()).unwrap_or_default();
            match columns.iter_mut().find(|column| (column.0, &column.1) == (amount.source, &label)) {
                Some(column) => column.2.push((segment, amount)),
                None => columns.push((amount.source, label, vec![(segment, amount)])),
            }
        }
        for (source, label, amounts) in columns {
            let personal =
                amounts.iter().filter(|(_, amount)| amount.spelling == NumberSpelling::Bare).count();
            let all = personal + self.bare_numbers(source, &label);
            let stays = personal * PERSONAL_SHARE > all;
            let (masked, restored): (Vec<_>, Vec<_>) =
                amounts.into_iter().partition(|(_, amount)| stays && amount.spelling == NumberSpelling::Bare);
            for (segment, amount) in restored {
                if let Some(segment) = self.catalogue.segments.get_mut(segment as usize) {
                    Arc::make_mut(segment).text.replace_range(amount.span.range(), &amount.original);
                }
            }
            if let Some((_, first)) = masked.first() {
                let place = SourceLocation { source, line: first.line, column: 0 };
                let share = format!("{personal}/{all}");
                self.report(Diagnostic::new(Code::PersonalAmounts, place, &*label).against(share, None));
            }
        }
    }

    /// Counts the cells of a source's column that are ten or twelve bare digits.
    fn bare_numbers(&self, source: SourceId, label: &str) -> usize {
        let parts = self.catalogue.parts.iter().filter(|part| part.source == source);
        parts.map(|part| bare_numbers(self.catalogue.segment_of(part), &part.fields, label)).sum()
    }

    /// Reports a kind of character once for each source, however many pieces the source has.
    fn report_counted(&mut self, diagnostic: Diagnostic) {
        let is_counted = matches!(
            diagnostic.code,
            Code::ControlCharacters | Code::InvisibleCharacters | Code::InvalidBytes | Code::ContactDetails
        );
        if !is_counted {
            return self.report(diagnostic);
        }
        let key = (diagnostic.place.source, diagnostic.code);
        let times = |found: &Diagnostic| found.subject.parse::<usize>().unwrap_or(1);
        match self.counted.get(&key).and_then(|at| self.diagnostics.get_mut(*at)) {
            Some(known) => known.subject = (times(known) + times(&diagnostic)).to_string(),
            None => {
                self.counted.insert(key, self.diagnostics.len());
                self.report(diagnostic);
            }
        }
    }

    fn new_source(&mut self, path: Arc<str>) -> SourceId {
        let pieces = narrow(self.catalogue.pieces.len());
        let shown = match self.catalogue.privacy {
            Privacy::Protected => masked(&path).as_ref().into(),
            Privacy::Shown => path.clone(),
        };
        let reading = Arc::default();
        self.catalogue.sources.push(Source { name: shown, path, pieces: pieces..pieces, reading });
        self.lines = 0;
        SourceId(narrow(self.catalogue.sources.len() - 1))
    }

    /// Decides how the newest source is read, as far as its columns are known.
    fn decide(&mut self, form: SourceForm, is_whole: bool) {
        let newest = SourceId(narrow(self.catalogue.sources.len().saturating_sub(1)));
        let (reading, findings) = if is_whole {
            SourceReading::decide(form, &self.columns, self.currency)
        } else {
            (SourceReading::undecided(form, &self.columns), Vec::new())
        };
        if let Some(source) = self.catalogue.sources.last_mut() {
            source.reading = Arc::new(reading);
        }
        for ColumnFinding { code, label, count } in findings {
            self.report(Diagnostic::new(code, SourceLocation::whole(newest), label).times(count as usize));
        }
    }

    /// Adds the columns of another piece of the newest source.
    fn add_columns(&mut self, columns: &[ObservedColumn]) {
        for column in columns {
            match self.columns.iter_mut().find(|known| known.label == column.label) {
                Some(known) => known.evidence.merge(&column.evidence),
                None => self.columns.push(column.clone()),
            }
        }
    }

    fn take(&mut self, batch: Batch, goes_on: bool, end: BatchEnd) {
        let number = narrow(self.catalogue.segments.len());
        let before = self.catalogue.sources.len() - usize::from(goes_on);
        let first_line = if goes_on { self.lines } else { 0 };
        for (at, source) in batch.sources.iter().enumerate() {
            if !(goes_on && at == 0) {
                self.new_source(source.name.clone());
                self.columns.clear();
            }
            self.add_columns(&source.columns);
            self.decide(source.form, end == BatchEnd::EndsSource || at + 1 < batch.sources.len());
            let line = self.lines.saturating_add(1);
            self.catalogue.pieces.push(SourcePiece { segment: number, text: source.text, line });
            self.lines = self.lines.saturating_add(source.lines);
            if let Some(newest) = self.catalogue.sources.last_mut() {
                newest.pieces.end = narrow(self.catalogue.pieces.len());
            }
        }
        let source_of = |local: SourceId| SourceId(narrow(before).saturating_add(local.0));
        let lines_before = |local: SourceId| if local.0 == 0 { first_line } else { 0 };
        for mut diagnostic in batch.diagnostics {
            for place in [Some(&mut diagnostic.place), diagnostic.other_place.as_mut()].into_iter().flatten()
            {
                place.line += if place.line > 0 { lines_before(place.source) } else { 0 };
                place.source = source_of(place.source);
            }
            self.report_counted(diagnostic);
        }
        let withheld = batch.withheld.into_iter().map(|amount| {
            let line = amount.line.saturating_add(lines_before(amount.source));
            (number, WithheldAmount { source: source_of(amount.source), line, ..amount })
        });
        self.withheld.extend(withheld);
        self.catalogue.segments.push(Arc::new(batch.segment));
        for draft in batch.drafts {
            let part = RecordPart {
                source: source_of(draft.source),
                segment: number,
                line: draft.line.saturating_add(lines_before(draft.source)),
                next: NO_PART,
                text: draft.text,
                name: draft.name,
                body: draft.body,
                fields: draft.fields.clone(),
            };
            self.part(part, &draft, &batch.ids);
        }
    }

    fn part(&mut self, part: RecordPart, draft: &SourceRecord, ids: &str) {
        let id = draft.id.of(ids);
        let at = narrow(self.catalogue.parts.len());
        self.catalogue.parts.push(part);
        let Some(first) = self.catalogue.row_of(id) else {
            self.new_record(id, at);
            return;
        };
        match self.find(first, at, is_stable_key(id)) {
            Placement::Part(row) => self.append(row, at),
            Placement::Another => self.another(first, at),
        }
    }

    fn new_record(&mut self, id: &str, part: u32) -> Row {
        let catalogue = &mut self.catalogue;
        let row = Row(narrow(catalogue.records.len()));
        let start = catalogue.ids.len();
        catalogue.ids.push_str(id);
        catalogue.records.push(RecordEntry { id: Span::at(start, &(0..id.len())), part });
        catalogue.by_id.add(row, id);
        row
    }

    /// Finds the record with this id that a part belongs to: one that another source has, or one with exactly the same
    /// values. A stable key is only a hash: the values that it is computed from must be present and equal.
    fn find(&mut self, first: Row, part: u32, is_key: bool) -> Placement {
        let catalogue = &self.catalogue;
        let chain = self.chains.entry(first).or_insert_with(|| Chain::new(catalogue, first));
        let Some(new) = catalogue.parts.get(part as usize) else { return Placement::Another };
        if chain.source != Some(new.source) {
            chain.spoken_of = chain.spoken_by(catalogue, new.source);
            chain.source = Some(new.source);
            chain.paired.clear();
        }
        let words = hash_of(catalogue, new);
        let said = chain.contents.get(&words).map(Vec::as_slice).unwrap_or_default();
        // Rows of a list that equal each other are records of their own; those of another source pair with them in order.
        let are_distinct = is_key
            && catalogue.sources.get(new.source.0 as usize).is_some_and(|source| source.reading.is_list());
        let paired = if are_distinct { chain.paired.get(&words).copied().unwrap_or_default() } else { 0 };
        let said = said.get(paired..).unwrap_or_default();
        let same = said.iter().position(|row| says_the_same(catalogue, *row, new, None));
        if let Some((at, row)) = same.and_then(|at| Some((at, *said.get(at)?))) {
            if are_distinct {
                chain.paired.insert(words, paired + at + 1);
            }
            let at = chain.records.iter().position(|known| *known == row).unwrap_or_default();
            chain.spoken_of = chain.spoken_of.max(at + 1);
            if says_the_same(catalogue, row, new, Some(new.source)) {
                self.empty(part);
            }
            return Placement::Part(row);
        }
        let candidates = chain.records.get(chain.spoken_of..).unwrap_or_default();
        let named = names_of(catalogue, new);
        let fits = |row: &Row| !is_key || (named.is_some() && names(catalogue, *row) == named);
        let Some(at) = candidates.iter().position(fits) else { return Placement::Another };
        let row = candidates[at];
        chain.spoken_of += at + 1;
        let of_words = chain.contents.entry(words).or_default();
        of_words.push(row);
        chain.paired.insert(words, of_words.len());
        Placement::Part(row)
    }

    /// Drops the values of a part that repeats an earlier part of the same source; only its place is kept. Otherwise a
    /// thousand repeated rows would be compared with each other whenever the record is shown.
    fn empty(&mut self, part: u32) {
        if let Some(part) = self.catalogue.parts.get_mut(part as usize) {
            part.fields = part.fields.start..part.fields.start;
            part.body = Span { start: part.body.start, end: part.body.start };
        }
    }

    fn append(&mut self, row: Row, part: u32) {
        let Some(head) = self.catalogue.records.get(row.index()).map(|record| record.part) else { return };
        let last = self.tails.insert(head, part).unwrap_or(head);
        if let Some(last) = self.catalogue.parts.get_mut(last as usize) {
            last.next = part;
        }
    }

    /// A record whose id has been given already.
    fn another(&mut self, first: Row, part: u32) {
        let plain = self.catalogue.record(first).map(Record::id).unwrap_or_default().to_owned();
        let known = self.chains.get(&first).map_or(1, |chain| chain.records.len());
        let mut ordinal = known + 1;
        let mut id = RecordId::with_ordinal(&plain, ordinal);
        // An export of this program may have given it before.
        while self.catalogue.row_of(&id).is_some() {
            ordinal += 1;
            id = RecordId::with_ordinal(&plain, ordinal);
        }
        let row = self.new_record(&id, part);
        let place = |part: Option<&RecordPart>| {
            part.map(|part| SourceLocation { source: part.source, line: part.line, column: 1 })
        };
        let new = self.catalogue.parts.get(part as usize);
        let source = new.map(|part| part.source);
        let words = new.map(|new| hash_of(&self.catalogue, new));
        let at_first = self.catalogue.record(first).and_then(|record| place(record.parts_in_order().next()));
        let equals_another = words.is_some_and(|words| {
            self.chains.get(&first).is_some_and(|chain| chain.contents.contains_key(&words))
        });
        if let Some(at) = place(new) {
            if is_stable_key(&plain) && equals_another {
                self.report_identical(at);
            } else {
                let problem = Diagnostic::new(Code::DuplicateId, at, plain);
                self.diagnostics.push(problem.against(id.as_str(), at_first));
            }
        }
        if let Some(chain) = self.chains.get_mut(&first) {
            chain.records.push(row);
            chain.spoken_of = chain.records.len();
            chain.source = source;
            let words = words.unwrap_or_default();
            let of_words = chain.contents.entry(words).or_default();
            of_words.push(row);
            chain.paired.insert(words, of_words.len());
        }
    }

    /// Reports rows that equal another one, once for a source.
    fn report_identical(&mut self, at: SourceLocation) {
        let key = (at.source, Code::IdenticalRows);
        match self.counted.get(&key).and_then(|at| self.diagnostics.get_mut(*at)) {
            Some(known) => known.count += 1,
            None => {
                self.counted.insert(key, self.diagnostics.len());
                self.report(Diagnostic::new(Code::IdenticalRows, at, "").times(1));
            }
        }
    }
}

impl Chain {
    /// The chain of an id that only one record has.
    fn new(catalogue: &Catalogue, first: Row) -> Self {
        let mut chain = Self { records: vec![first], ..Self::default() };
        if let Some(part) = catalogue.record(first).and_then(|record| record.parts_in_order().next()) {
            let words = hash_of(catalogue, part);
            chain.contents.insert(words, vec![first]);
            chain.paired.insert(words, 1);
            chain.source = Some(part.source);
            chain.spoken_of = 1;
        }
        chain
    }

    /// Number of records before the first one without a part of this source.
    fn spoken_by(&self, catalogue: &Catalogue, source: SourceId) -> usize {
        let speaks = |row: &Row| {
            catalogue
                .record(*row)
                .is_some_and(|record| record.parts_in_order().any(|part| part.source == source))
        };
        self.records.iter().rposition(speaks).map_or(0, |last| last + 1)
    }
}

/// The values of a part, by label.
fn said<'a>(segment: &'a Segment, part: &'a RecordPart) -> impl Iterator<Item = (&'a str, &'a str)> {
    let label = |field| segment.label(field).map_or("", |label| &*label.text);
    segment.fields(&part.fields).iter().copied().map(move |field| (label(field), segment.value(field)))
}

fn hash_of(catalogue: &Catalogue, part: &RecordPart) -> u64 {
    let segment = catalogue.segment_of(part);
    let mut hasher = DefaultHasher::new();
    segment.text(part.body).hash(&mut hasher);
    said(segment, part).for_each(|words| words.hash(&mut hasher));
    hasher.finish()
}

/// Returns `true` if one of the record's parts has exactly the same values as this one; only parts of `of` count, if
/// given.
fn says_the_same(catalogue: &Catalogue, row: Row, new: &RecordPart, of: Option<SourceId>) -> bool {
    let own = catalogue.segment_of(new);
    catalogue.record(row).is_some_and(|record| {
        let mut parts = record.parts_in_order().filter(|part| of.is_none_or(|of| part.source == of));
        parts.any(|part| {
            let segment = catalogue.segment_of(part);
            segment.text(part.body) == own.text(new.body) && said(segment, part).eq(said(own, new))
        })
    })
}

/// The folded values that a stable key is computed from; `None` if one of them is missing.
fn names_of(catalogue: &Catalogue, part: &RecordPart) -> Option<(String, String)> {
    let segment = catalogue.segment_of(part);
    let is_owner = |label: &super::segment::Label| label.kind == Some(FieldKind::Beneficiary);
    let mut owners = segment
        .fields(&part.fields)
        .iter()
        .copied()
        .filter(|field| segment.label(*field).is_some_and(is_owner));
    let owner = owners.next().map(|field| fold_label(segment.value(field)))?;
    let name = fold_label(segment.text(part.name));
    (!name.is_empty() && !owner.is_empty()).then_some((name, owner))
}

fn names(catalogue: &Catalogue, row: Row) -> Option<(String, String)> {
    catalogue.record(row).and_then(|record| names_of(catalogue, record.parts_in_order().next()?))
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
