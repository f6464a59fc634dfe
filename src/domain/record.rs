//! One record, as everything above the catalogue sees it: raw texts in source order, typed values on demand.

use super::amount::{Amount, AmountForm, Currency, read_amount};
use super::catalogue::{Catalogue, FieldEntry, Privacy, RecordEntry, Row, SourceId};
use super::count::read_count;
use super::date::{Date, read_date};
use super::diagnostic::Place;
use super::diarienummer::Diarienummer;
use super::organisation_number::{OrganisationNumber, read_organisation_number};
use super::percent::{Percent, read_percent};
use super::period::Period;
use super::schema::FieldKind;
use super::span::column_of;
use super::value::{Reading, is_empty_marker};
use super::yes_no::{YesNo, read_yes_no};

/// One record of a catalogue.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) entry: &'a RecordEntry,
    pub(super) row: Row,
}

/// One field of a record: the label as its source spells it, and the raw text.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The label, without its colon.
    pub label: &'a str,
    /// What the label means, where it is known.
    pub kind: Option<FieldKind>,
    /// The raw text; empty where the source gives none.
    pub value: &'a str,
    /// The source that gives it.
    pub source: SourceId,
    /// The line of the value in that source, from 1.
    pub line: u32,
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

    /// What it goes by: its diarienummer, with `#2` where a file has the same one twice, or its stable key.
    #[must_use]
    pub fn id(self) -> &'a str {
        self.entry.id.of(&self.catalogue.ids)
    }

    /// Its diarienummer, where it has one.
    #[must_use]
    pub fn diarienummer(self) -> Option<Diarienummer> {
        Diarienummer::read(self.id().split('#').next().unwrap_or_default())
    }

    /// Its name; empty where no source gives one.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.entry.name.of(&self.catalogue.text)
    }

    /// Its text: paragraphs parted by blank lines, single line breaks as they stand.
    #[must_use]
    pub fn description(self) -> &'a str {
        self.entry.body.of(&self.catalogue.text)
    }

    /// Its fields in source order. Fields about contact persons are left out unless personal data is shown.
    pub fn fields(self) -> impl Iterator<Item = Field<'a>> {
        self.entries().filter(move |entry| self.may_show(entry)).map(move |entry| self.field_of(entry))
    }

    /// How many fields are hidden because they speak of contact persons.
    #[must_use]
    pub fn hidden_fields(self) -> usize {
        self.entries().filter(|entry| !self.may_show(entry)).count()
    }

    /// The fields of one kind that have a value.
    pub fn all(self, kind: FieldKind) -> impl Iterator<Item = Field<'a>> {
        self.fields().filter(move |field| field.kind == Some(kind) && !is_empty_marker(field.value))
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
    fn read<T>(self, kind: FieldKind, reader: impl Fn(&str) -> Reading<T>) -> Option<T> {
        self.all(kind).find_map(|field| reader(field.value).ok().flatten())
    }

    /// A date.
    #[must_use]
    pub fn date(self, kind: FieldKind) -> Option<Date> {
        self.read(kind, read_date)
    }

    /// An amount; one whose source names no currency is in Swedish kronor. One in a currency that is not read here
    /// is none.
    #[must_use]
    pub fn amount(self, kind: FieldKind) -> Option<Amount> {
        self.all(kind).find_map(|field| {
            let amount = read_amount(field.value, self.amount_form(&field)).ok().flatten()?;
            let currency = match (amount.currency, self.currency_beside(&field)) {
                (None, Some(written)) => Some(Currency::of_code(written)?),
                (own, _) => own,
            };
            Some(Amount { currency, ..amount })
        })
    }

    /// How an amount with one separator is meant in one of its fields: Kohesio's columns and the keys of JSON, known
    /// by their underscores, have a decimal point wherever they end up; otherwise its source decides.
    #[must_use]
    pub fn amount_form(self, field: &Field<'_>) -> AmountForm {
        if field.label.contains('_') {
            return AmountForm::DecimalPoint;
        }
        self.catalogue
            .sources
            .get(field.source.0 as usize)
            .map_or(AmountForm::Unknown, |source| source.amounts)
    }

    /// What the currency column beside an amount says. Kohesio's speaks of Kohesio's amounts alone: the kronor of
    /// another delivery may stand in the same record.
    fn currency_beside(self, amount: &Field<'_>) -> Option<&'a str> {
        let is_beside = |field: &Field<'_>| {
            field.source == amount.source && field.label.contains('_') == amount.label.contains('_')
        };
        self.all(FieldKind::Currency).find(is_beside).map(|field| field.value)
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
            .or_else(|| self.raw(FieldKind::ProgrammeCci).and_then(Period::of_cci))
            .or_else(|| self.diarienummer().and_then(|id| id.period()))
    }

    /// Where it stands: the sources in the order in which they count, with the line of its first words.
    pub fn places(self) -> impl Iterator<Item = Place> {
        self.extents().iter().map(|extent| Place { source: extent.source, line: extent.line, column: 1 })
    }

    /// The record as it stands in one of its sources, as far as it may be shown.
    #[must_use]
    pub fn source_text(self, source: SourceId) -> Option<String> {
        let extent = self.extents().iter().find(|extent| extent.source == source)?;
        Some(self.catalogue.visible(extent.text))
    }

    /// Where the value of one of its fields begins; where the label stands if there is no value. The line alone for
    /// a value that had to be unescaped, which stands behind the text of its source.
    #[must_use]
    pub fn place_of(self, field: &Field<'_>) -> Place {
        let text = &self.catalogue.text;
        let offset = (field.value.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        let source = self.catalogue.sources[field.source.0 as usize].text;
        if offset > source.end as usize {
            return Place { source: field.source, line: field.line, column: 0 };
        }
        let own = text.get(source.start as usize..).unwrap_or_default();
        let column = column_of(own, offset.saturating_sub(source.start as usize));
        Place { source: field.source, line: field.line, column }
    }

    fn extents(self) -> &'a [super::catalogue::Extent] {
        let range = &self.entry.extents;
        self.catalogue.extents.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    fn entries(self) -> impl Iterator<Item = &'a FieldEntry> {
        let range = &self.entry.fields;
        self.catalogue.fields.get(range.start as usize..range.end as usize).unwrap_or_default().iter()
    }

    fn may_show(self, entry: &FieldEntry) -> bool {
        self.catalogue.privacy == Privacy::Shown || !self.catalogue.labels[entry.label as usize].personal
    }

    fn field_of(self, entry: &FieldEntry) -> Field<'a> {
        let label = &self.catalogue.labels[entry.label as usize];
        Field {
            label: &label.text,
            kind: label.kind,
            value: entry.value.of(&self.catalogue.text),
            source: entry.source,
            line: entry.line,
        }
    }
}
