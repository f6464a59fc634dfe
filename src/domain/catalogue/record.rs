//! One record, as everything above the catalogue sees it: raw texts in source order, typed values on demand.

use super::Catalogue;
use super::NO_PART;
use super::Privacy;
use super::RecordEntry;
use super::RecordPart;
use super::Row;
use super::columns::ColumnReading;
use super::segment::{FieldEntry, Label, Segment};
use crate::domain::record_id::split_ordinal;
use crate::domain::schema::FieldKind;
use crate::domain::source_location::SourceId;
use crate::domain::source_location::SourceLocation;
use crate::domain::values::amount::{Amount, AmountForm, read_amount};
use crate::domain::values::count::read_count;
use crate::domain::values::currency::Currency;
use crate::domain::values::date::{Date, DateForm, read_date_as};
use crate::domain::values::diarienummer::{Diarienummer, DiarienummerForm};
use crate::domain::values::organisation_number::{OrganisationNumber, read_organisation_number};
use crate::domain::values::percent::{Percent, read_percent};
use crate::domain::values::period::Period;
use crate::domain::values::value::{ParsedValue, ValueProblem, is_empty_marker};
use crate::domain::values::yes_no::{YesNo, read_yes_no};

/// One record of a catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) entry: &'a RecordEntry,
    pub(crate) row: Row,
}

/// One field of a record: the label as its source spells it, and the raw text.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The label, without its colon.
    pub label: &'a str,
    /// Meaning of the label, if known.
    pub kind: Option<FieldKind>,
    /// The raw text; empty where the source gives none.
    pub value: &'a str,
    /// The source that gives it.
    pub source: SourceId,
}

impl<'a> Record<'a> {
    /// Its row in its catalogue.
    #[must_use]
    pub const fn row(self) -> Row {
        self.row
    }

    /// The catalogue that it is in.
    #[must_use]
    pub const fn catalogue(self) -> &'a Catalogue {
        self.catalogue
    }

    /// The id: the diarienummer, with `#2` if a file has the same one twice, or the stable key.
    #[must_use]
    pub fn id(self) -> &'a str {
        self.entry.id.of(&self.catalogue.ids)
    }

    /// The diarienummer, if the record has one.
    #[must_use]
    pub fn diarienummer(self) -> Option<Diarienummer> {
        Diarienummer::read(split_ordinal(self.id()).0)
    }

    /// Its name; empty where no source gives one.
    #[must_use]
    pub fn name(self) -> &'a str {
        let mut names = self.parts_in_order().map(|part| self.catalogue.segment_of(part).text(part.name));
        let first = names.next().unwrap_or_default();
        if is_empty_marker(first) {
            names.find(|name| !is_empty_marker(name)).unwrap_or(first)
        } else {
            first
        }
    }

    /// The text: paragraphs separated by blank lines; single line breaks are kept.
    #[must_use]
    pub fn description(self) -> &'a str {
        let mut bodies = self.parts_in_order().map(|part| self.catalogue.segment_of(part).text(part.body));
        bodies.find(|body| !body.is_empty()).unwrap_or_default()
    }

    /// The fields in source order; if several sources have a field, the value of the first one. Fields about contact
    /// persons are left out unless personal data is shown.
    pub fn fields(self) -> impl Iterator<Item = Field<'a>> {
        let several = self.has_several_parts();
        let counting = self.shown_entries().filter(move |said| !several || self.counts(*said));
        counting.map(StatedField::field)
    }

    /// The values of this field in sources of lower precedence, equal or not.
    pub fn also_said(self, field: Field<'a>) -> impl Iterator<Item = Field<'a>> {
        let kind = field.kind;
        let (label, source) = (field.label, field.source);
        let is_same = move |other: &Field<'_>| {
            other.source != source
                && !is_empty_marker(other.value)
                && if kind.is_some() { other.kind == kind } else { other.label == label }
        };
        let several = self.has_several_parts();
        let said = self.shown_entries().filter(move |said| several && !self.counts(*said));
        said.map(StatedField::field).filter(is_same)
    }

    /// The descriptions that its sources give, each with its place, the one that counts first.
    pub fn descriptions(self) -> impl Iterator<Item = (&'a str, SourceLocation)> {
        let body = move |part: &'a RecordPart| {
            let place = SourceLocation { source: part.source, line: part.line, column: 1 };
            (self.catalogue.segment_of(part).text(part.body), place)
        };
        self.parts_in_order().map(body).filter(|(body, _)| !body.is_empty())
    }

    /// Number of fields that are hidden because they are about contact persons.
    #[must_use]
    pub fn hidden_fields(self) -> usize {
        self.entries().filter(|said| !self.may_show(*said)).count()
    }

    /// The fields of one kind that have a value.
    pub fn all(self, kind: FieldKind) -> impl Iterator<Item = Field<'a>> {
        let several = self.has_several_parts();
        let entries = Entries { wanted: Some(kind), ..self.entries() };
        let shown = entries.filter(move |said| self.may_show(*said) && (!several || self.counts(*said)));
        shown.map(StatedField::field).filter(|field| !is_empty_marker(field.value))
    }

    /// The first raw text of one kind that is a value.
    #[must_use]
    pub fn raw(self, kind: FieldKind) -> Option<&'a str> {
        self.all(kind).next().map(|field| field.value)
    }

    /// The parts of a field that may list several (`a | b`, `a; b`, `a, b`, or a repeated label).
    pub fn parts(self, kind: FieldKind) -> impl Iterator<Item = &'a str> {
        self.all(kind)
            .flat_map(|field| field.value.split(['|', ';', ',', '\n']))
            .map(str::trim)
            .filter(|part| !is_empty_marker(part))
    }

    /// The first readable value of one kind, by the given reader.
    fn read<T>(self, kind: FieldKind, reader: impl Fn(&str) -> ParsedValue<T>) -> Option<T> {
        self.all(kind).find_map(|field| reader(field.value).ok().flatten())
    }

    /// A date.
    #[must_use]
    pub fn date(self, kind: FieldKind) -> Option<Date> {
        self.all(kind).find_map(|field| self.read_date(&field, field.value).ok().flatten())
    }

    /// Reads a raw text as a date of the column of a field.
    pub(crate) fn read_date(self, field: &Field<'_>, raw: &str) -> ParsedValue<Date> {
        read_date_as(raw, self.column_of(field).map_or(DateForm::default(), |column| column.dates))
    }

    fn column_of(self, field: &Field<'_>) -> Option<&'a ColumnReading> {
        self.catalogue.sources.get(field.source.0 as usize)?.reading.column(field.label)
    }

    /// An amount, with its currency if that is stated.
    #[must_use]
    pub fn amount(self, kind: FieldKind) -> Option<Amount> {
        self.all(kind).find_map(|field| self.read_amount(&field, field.value).ok().flatten())
    }

    /// Reads a raw text as an amount of a field's column. Its currency is that of the text, else of the column's
    /// heading, of an adjacent currency column, of the source, of the programme; `None` if none of them states one.
    pub(crate) fn read_amount(self, field: &Field<'_>, raw: &str) -> ParsedValue<Amount> {
        let column = self.column_of(field);
        let Some(amount) = read_amount(raw, self.amount_form(field))? else { return Ok(None) };
        if column.is_some_and(|column| column.contradicts(raw)) {
            return Err(ValueProblem::AmbiguousAmount);
        }
        if amount.currency.is_some() {
            return Ok(Some(amount));
        }
        let unit = column.map(|column| column.unit).unwrap_or_default();
        let minor = amount.minor.checked_mul(i64::from(unit.factor)).ok_or(ValueProblem::UnreadableAmount)?;
        let source = || self.catalogue.sources.get(field.source.0 as usize)?.reading.currency();
        let beside = || self.currency_beside(field).and_then(Currency::from_word);
        let currency =
            unit.currency.or_else(beside).or_else(source).or_else(|| self.programme_currency(field));
        Ok(Some(Amount { minor, currency }))
    }

    /// Kronor for the amounts of a Swedish programme, known by its CCI or by the form of the diarienummer. Kohesio's
    /// columns, known by their underscores, are in euros for all programmes.
    fn programme_currency(self, field: &Field<'_>) -> Option<Currency> {
        if field.label.contains('_') && field.label != field.kind?.spec().key {
            return None;
        }
        let is_swedish_cci =
            |cci: &str| cci.get(4..6).is_some_and(|country| country.eq_ignore_ascii_case("SE"));
        let is_swedish = match self.raw(FieldKind::ProgrammeCci) {
            Some(cci) => is_swedish_cci(cci.trim()),
            None => self.diarienummer().is_some_and(|id| id.form() != DiarienummerForm::Other),
        };
        is_swedish.then_some(Currency::SEK)
    }

    /// The form of amounts with one separator in a field: as the values of its column decide, else the source. The keys
    /// of this program's own JSON, recognizable by their underscores, have a decimal point.
    #[must_use]
    pub fn amount_form(self, field: &Field<'_>) -> AmountForm {
        let column = self.column_of(field).map(|column| column.amounts);
        if let Some(form) = column.filter(|form| *form != AmountForm::Unknown || !field.label.contains('_')) {
            return form;
        }
        if field.label.contains('_') {
            return AmountForm::DecimalPoint;
        }
        self.catalogue
            .sources
            .get(field.source.0 as usize)
            .map_or(AmountForm::Unknown, |source| source.reading.amounts())
    }

    /// The value of the currency column of an amount. Kohesio's column applies to Kohesio's amounts only: the same
    /// record may have amounts in kronor from another delivery. In this program's own lists each amount has a column of
    /// its own, `total_budget_currency`. It is used even if another source takes precedence, because that source does
    /// not describe this amount.
    pub(crate) fn currency_beside(self, amount: &Field<'_>) -> Option<&'a str> {
        let is_beside = |field: &Field<'_>| match field.kind {
            Some(kind) => {
                kind == FieldKind::Currency && field.label.contains('_') == amount.label.contains('_')
            }
            None => field.label.strip_suffix("_currency") == Some(amount.label),
        };
        let of_source = |field: &Field<'_>| field.source == amount.source && !is_empty_marker(field.value);
        let beside = |entries: Entries<'a>| {
            let mut shown = entries.filter(|said| self.may_show(*said)).map(StatedField::field);
            shown.find(|field| of_source(field) && is_beside(field)).map(|field| field.value)
        };
        let known = Entries { wanted: Some(FieldKind::Currency), ..self.entries() };
        beside(known).or_else(|| beside(self.entries()))
    }

    /// A count.
    #[must_use]
    pub fn count(self, kind: FieldKind) -> Option<u64> {
        self.read(kind, read_count)
    }

    /// Yes or no.
    #[must_use]
    pub fn yes_no(self, kind: FieldKind) -> Option<YesNo> {
        self.read(kind, read_yes_no)
    }

    /// The Union's co-financing rate.
    #[must_use]
    pub fn cofinancing_rate(self) -> Option<Percent> {
        self.read(FieldKind::CofinancingRate, read_percent)
    }

    /// The beneficiary's organisation number.
    #[must_use]
    pub fn organisation_number(self) -> Option<OrganisationNumber> {
        self.read(FieldKind::OrganisationNumber, read_organisation_number)
    }

    /// The programming period, on which the meaning of codes hangs: as the record says, else by its
    /// programme's CCI, else by the form of its diarienummer.
    #[must_use]
    pub fn period(self) -> Option<Period> {
        self.raw(FieldKind::Period)
            .and_then(Period::read)
            .or_else(|| self.raw(FieldKind::ProgrammeCci).and_then(Period::from_cci))
            .or_else(|| self.diarienummer().and_then(|id| id.period()))
    }

    /// The places of the record: the sources in order of precedence, with the line of its first words.
    pub fn places(self) -> impl Iterator<Item = SourceLocation> {
        self.parts_in_order().map(|part| SourceLocation { source: part.source, line: part.line, column: 1 })
    }

    /// The text of the record in one of its sources, with personal data masked.
    #[must_use]
    pub fn source_text(self, source: SourceId) -> Option<String> {
        let part = self.parts_in_order().find(|part| part.source == source)?;
        Some(self.catalogue.segment_of(part).visible(part.text))
    }

    /// The place of a field's value, or of its label if the value is missing. Only the line for an unescaped value,
    /// whose text is not part of the source.
    #[must_use]
    pub fn place_of(self, field: &Field<'_>) -> SourceLocation {
        let mut parts = self.parts_in_order().filter(|part| part.source == field.source);
        let place = parts.find_map(|part| self.place_in(part, field.value));
        let of_source = || self.places().find(|place| place.source == field.source);
        place.or_else(of_source).unwrap_or(SourceLocation::whole(field.source))
    }

    /// The place of a text in the segment of a part; `None` if it belongs to another one.
    fn place_in(self, part: &RecordPart, value: &str) -> Option<SourceLocation> {
        let segment = self.catalogue.segment_of(part);
        let offset = (value.as_ptr() as usize).checked_sub(segment.text.as_ptr() as usize)?;
        let at = u32::try_from(offset).ok().filter(|_| offset <= segment.text.len())?;
        let line = part.line.saturating_add(segment.line_in(part.text, at));
        let piece = self.catalogue.piece_of(part)?.text;
        if at < piece.start || piece.end < at {
            return Some(SourceLocation { source: part.source, line, column: 0 });
        }
        if at < part.text.start || part.text.end < at {
            return None;
        }
        let column = segment.columns.column(&segment.text, piece.start as usize, offset);
        Some(SourceLocation { source: part.source, line, column })
    }

    pub(crate) fn parts_in_order(self) -> impl Iterator<Item = &'a RecordPart> + Clone {
        self.catalogue.parts_from(self.entry.part)
    }

    fn head(self) -> Option<&'a RecordPart> {
        self.catalogue.parts.get(self.entry.part as usize)
    }

    fn has_several_parts(self) -> bool {
        self.head().is_some_and(|head| head.next != NO_PART)
    }

    fn entries(self) -> Entries<'a> {
        Entries { catalogue: self.catalogue, wanted: None, next: self.entry.part, ordinal: 0, at: None }
    }

    fn shown_entries(self) -> impl Iterator<Item = StatedField<'a>> {
        self.entries().filter(move |said| self.may_show(*said))
    }

    fn may_show(self, said: StatedField<'_>) -> bool {
        self.catalogue.privacy == Privacy::Shown || said.label().is_some_and(|label| !label.personal)
    }

    /// Returns `true` if a source's value is in force: no earlier source has a value of this field. An empty value is
    /// in force only if no source has another one.
    fn counts(self, said: StatedField<'a>) -> bool {
        let Some(label) = said.label() else { return true };
        let is_empty = is_empty_marker(said.value());
        !self.entries().any(|other| {
            other.ordinal != said.ordinal
                && other.label().is_some_and(|other| other.is_same(label))
                && if is_empty_marker(other.value()) {
                    is_empty && other.ordinal < said.ordinal
                } else {
                    is_empty || other.ordinal < said.ordinal
                }
        })
    }
}

/// A field, and which of a record's parts has it.
#[derive(Clone, Copy)]
struct StatedField<'a> {
    ordinal: usize,
    part: &'a RecordPart,
    segment: &'a Segment,
    entry: FieldEntry,
}

impl<'a> StatedField<'a> {
    fn label(self) -> Option<&'a Label> {
        self.segment.label(self.entry)
    }

    fn value(self) -> &'a str {
        self.segment.value(self.entry)
    }

    fn field(self) -> Field<'a> {
        let label = self.label();
        Field {
            label: label.map_or("", |label| &*label.text),
            kind: label.and_then(|label| label.kind),
            value: self.value(),
            source: self.part.source,
        }
    }
}

/// The fields of all parts of a record; written out because thirty million of them are gone through.
struct Entries<'a> {
    catalogue: &'a Catalogue,
    /// Restriction to one kind of field.
    wanted: Option<FieldKind>,
    next: u32,
    ordinal: usize,
    at: Option<(&'a RecordPart, &'a Segment, std::iter::Copied<std::slice::Iter<'a, FieldEntry>>)>,
}

impl<'a> Iterator for Entries<'a> {
    type Item = StatedField<'a>;

    fn next(&mut self) -> Option<StatedField<'a>> {
        loop {
            let wanted = self.wanted;
            if let Some((part, segment, entries)) = &mut self.at
                && let Some(entry) = match wanted.map(|kind| segment.labels_of(kind)) {
                    None => entries.next(),
                    Some([]) => None,
                    Some([label]) => entries.find(|entry| entry.label == *label),
                    Some(labels) => entries.find(|entry| labels.contains(&entry.label)),
                }
            {
                return Some(StatedField { ordinal: self.ordinal, part, segment, entry });
            }
            let part = self.catalogue.parts.get(self.next as usize)?;
            let segment = self.catalogue.segment_of(part);
            self.ordinal += usize::from(self.at.is_some());
            self.next = part.next;
            self.at = Some((part, segment, segment.fields(&part.fields).iter().copied()));
        }
    }
}
