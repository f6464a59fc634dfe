//! The values of one field of all records, read once and laid out for comparing and counting. A column is made when
//! it is first asked for: most sessions ask for few.

use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;

use super::collation;
use super::county_column::RecordCounties;
use super::indexed_texts::IndexedValue;
use super::slots::{Slot, Slots};
use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;
use crate::domain::codes::CodeKind;
use crate::domain::reviewed::{Reviewed, ReviewedRecord};
use crate::domain::schema::{FIELDS, FieldKind, ValueType};
use crate::domain::values::currency::Currency;
use crate::domain::values::period::Period;
use crate::domain::values::yes_no::YesNo;
use crate::text::fold::fold;

use crate::search::language::field::{QueryField, ReviewField};
use crate::search::language::interval::day_number;

/// The columns of an index, as far as they have been asked for.
#[derive(Debug)]
pub(crate) struct Columns {
    numbers: Vec<OnceLock<Arc<Numbers>>>,
    values: Vec<OnceLock<Arc<Values>>>,
}

/// Sentinel for an unknown value; no field has this number.
const UNKNOWN: i64 = i64::MIN;

/// A field of dates, amounts or numbers.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// By slot, in the units of [`crate::search::language::interval::Interval`]; [`UNKNOWN`] if the value is missing.
    values: Vec<i64>,
    /// By slot, of amounts: the currency; `None` where none is stated.
    currencies: Vec<Option<Currency>>,
}

/// A field whose values many records share.
#[derive(Debug)]
pub(crate) struct Values {
    /// Each value once, in the order of the first record that has it.
    pub(crate) all: Vec<SharedValue>,
    /// The numbers of the values, slot by slot, and the start of each slot.
    numbers: Vec<u32>,
    starts: Vec<u32>,
    /// The place of each value in Swedish order, once it has been asked for.
    places: OnceLock<Vec<u32>>,
}

/// A value that records share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedValue {
    /// As displayed and typed: a code without leading zeros and spaces, an owner as the first record spells it.
    pub text: String,
    /// The programme periods of its records; the meaning of a code depends on them.
    pub periods: Vec<Period>,
}

impl Default for Columns {
    fn default() -> Self {
        let empty = || (0..FIELDS.len() + 2).map(|_| OnceLock::new()).collect();
        Self { numbers: (0..FIELDS.len()).map(|_| OnceLock::new()).collect(), values: empty() }
    }
}

impl Columns {
    /// A field of dates, amounts or numbers.
    pub(crate) fn numbers(&self, slots: &Slots, kind: FieldKind) -> Arc<Numbers> {
        let empty = || Arc::new(Numbers { values: Vec::new(), currencies: Vec::new() });
        let column = self.numbers.get(kind as usize);
        column.map_or_else(empty, |column| {
            Arc::clone(column.get_or_init(|| Arc::new(Numbers::read(slots, kind))))
        })
    }

    /// A field whose values many records share.
    pub(crate) fn shared_values(&self, slots: &Slots, field: QueryField) -> Arc<Values> {
        let at = match field {
            QueryField::Known(kind) => kind as usize,
            QueryField::Source | QueryField::Text | QueryField::Review(_) => FIELDS.len(),
            QueryField::County => FIELDS.len() + 1,
        };
        let empty = || Arc::new(Values::new(Vec::new(), Vec::new(), Vec::new()));
        let column = self.values.get(at);
        column.map_or_else(empty, |column| {
            Arc::clone(column.get_or_init(|| Arc::new(Values::read(slots, field))))
        })
    }
}

impl Numbers {
    fn read(slots: &Slots, kind: FieldKind) -> Self {
        let read = |record: Record<'_>| number(record, kind);
        let cells = slots.map(|slot| slots.record(slot).and_then(read));
        let currencies = match kind.spec().value {
            ValueType::Amount => cells.iter().map(|cell| cell.and_then(|(_, currency)| currency)).collect(),
            _ => Vec::new(),
        };
        let value = |cell: Option<(i64, Option<Currency>)>| cell.map_or(UNKNOWN, |(value, _)| value);
        Self { values: cells.into_iter().map(value).collect(), currencies }
    }

    /// The value of a record, if it is known.
    pub(crate) fn get(&self, slot: Slot) -> Option<i64> {
        self.values.get(slot).copied().filter(|value| *value != UNKNOWN)
    }

    /// The currency of an amount, if that is stated.
    pub(crate) fn currency(&self, slot: Slot) -> Option<Currency> {
        self.currencies.get(slot).copied().flatten()
    }
}

/// A value in the units of intervals, and the currency of an amount.
fn number(record: Record<'_>, kind: FieldKind) -> Option<(i64, Option<Currency>)> {
    match kind.spec().value {
        ValueType::Date => record.date(kind).map(|date| (day_number(date), None)),
        ValueType::Amount => record.amount(kind).map(|amount| (amount.minor, amount.currency)),
        ValueType::Count => record.count(kind).and_then(|count| Some((i64::try_from(count).ok()?, None))),
        ValueType::Percent => record.cofinancing_rate().map(|rate| (i64::from(rate.hundredths()), None)),
        _ => None,
    }
}

impl Values {
    const fn new(all: Vec<SharedValue>, numbers: Vec<u32>, starts: Vec<u32>) -> Self {
        Self { all, numbers, starts, places: OnceLock::new() }
    }

    /// The column of a review field.
    pub(crate) fn from_review(slots: &Slots, reviewed: &Reviewed, field: ReviewField) -> Self {
        let mut interning = Interning::default();
        let (mut numbers, mut starts) = (Vec::new(), Vec::with_capacity(slots.len()));
        for slot in 0..slots.len() {
            starts.push(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
            let said = reviewed.get(slots.row(slot)).into_iter();
            let texts = said.flat_map(|said| texts_of(said, field));
            numbers.extend(texts.map(|text| interning.number(text, QueryField::Review(field))));
        }
        Self::new(interning.all, numbers, starts)
    }

    fn read(slots: &Slots, field: QueryField) -> Self {
        let mut interning = Interning::default();
        let mut numbers = Vec::new();
        let mut starts = Vec::with_capacity(slots.len());
        let raw = slots.map(|slot| {
            let record = slots.record(slot);
            let period = record.filter(|_| kind_of_code(field).is_some()).and_then(Record::period);
            (record.map(|record| raw_values(slots.catalogue(), record, field)).unwrap_or_default(), period)
        });
        for (texts, period) in &raw {
            starts.push(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
            let from = numbers.len();
            for text in texts {
                let number = interning.number(text, field);
                if let (Some(period), Some(value)) = (period, interning.all.get_mut(number as usize))
                    && !value.periods.contains(period)
                {
                    value.periods.push(*period);
                }
                if !numbers.get(from..).unwrap_or_default().contains(&number) {
                    numbers.push(number);
                }
            }
        }
        Self::new(interning.all, numbers, starts)
    }

    /// The place of each value among all, in Swedish order.
    pub(crate) fn places(&self, threads: usize) -> &[u32] {
        self.places.get_or_init(|| {
            let texts: Vec<Option<&str>> = self.all.iter().map(|value| Some(&*value.text)).collect();
            collation::places(&texts, threads)
        })
    }

    /// The numbers of the values that a record has.
    pub(crate) fn of_slot(&self, slot: Slot) -> &[u32] {
        let at = |slot: Slot| self.starts.get(slot).map_or(self.numbers.len(), |start| *start as usize);
        self.numbers.get(at(slot)..at(slot + 1)).unwrap_or_default()
    }
}

/// Each value once: those that differ in case or in spelling only are one.
#[derive(Default)]
struct Interning<'a> {
    by_text: HashMap<&'a str, u32>,
    by_meaning: HashMap<String, u32>,
    all: Vec<SharedValue>,
}

impl<'a> Interning<'a> {
    fn number(&mut self, raw: &'a str, field: QueryField) -> u32 {
        if let Some(known) = self.by_text.get(raw) {
            return *known;
        }
        let text = shown(raw, field);
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let number = *self.by_meaning.entry(fold(&text)).or_insert(next);
        if number == next {
            self.all.push(SharedValue { text, periods: Vec::new() });
        }
        self.by_text.insert(raw, number);
        number
    }
}

/// The values of a record in a review field.
pub(crate) fn texts_of(said: &ReviewedRecord, field: ReviewField) -> impl Iterator<Item = &str> {
    let is = move |own: ReviewField| move |_: &&str| field == own;
    let tags = said.tags.iter().map(|tag| &**tag).filter(is(ReviewField::Tag));
    let people = said.verdicts.iter().map(|given| &*given.person).filter(is(ReviewField::Reviewer));
    let notes = said.notes.iter().filter(move |note| match field {
        ReviewField::Note => true,
        ReviewField::Finding => note.finding,
        ReviewField::Tag | ReviewField::Reviewer => false,
    });
    tags.chain(people).chain(notes.map(|note| &*note.text))
}

/// The values of a field in the sources of a record.
fn raw_values<'a>(catalogue: &'a Catalogue, record: Record<'a>, field: QueryField) -> Vec<&'a str> {
    if field == QueryField::County {
        return catalogue.codes().geography().names(RecordCounties::from(record).known).collect();
    }
    let QueryField::Known(kind) = field else {
        return record.places().map(|place| catalogue.source_name(place.source)).collect();
    };
    let several = kind_of_code(field).is_some()
        || matches!(kind, FieldKind::Nuts | FieldKind::Countries | FieldKind::Region);
    let values: Vec<&str> = if several {
        record.parts(kind).collect()
    } else {
        record.all(kind).map(|field| field.value.trim()).collect()
    };
    match kind {
        FieldKind::Region if values.is_empty() => {
            let derived = |nuts| catalogue.codes().regions().region_of_nuts(nuts);
            record.parts(FieldKind::Nuts).filter_map(derived).collect()
        }
        FieldKind::Period if values.is_empty() => record.period().map(Period::text).into_iter().collect(),
        _ => values,
    }
}

fn kind_of_code(field: QueryField) -> Option<CodeKind> {
    match field {
        QueryField::Known(kind) => CodeKind::for_field(kind),
        QueryField::Text | QueryField::County | QueryField::Source | QueryField::Review(_) => None,
    }
}

/// A value for display: codes in their one spelling, yes and no in Swedish.
fn shown(raw: &str, field: QueryField) -> String {
    if let Some(code) = kind_of_code(field) {
        return code.normalise(raw);
    }
    let words = || raw.split_whitespace().collect::<Vec<_>>().join(" ");
    match field {
        QueryField::Known(FieldKind::Nuts) => raw.trim().to_ascii_uppercase(),
        QueryField::Known(FieldKind::Period) => {
            Period::read(raw).map_or_else(words, |period| period.text().to_owned())
        }
        QueryField::Known(kind) if kind.spec().value == ValueType::YesNo => {
            match crate::domain::values::yes_no::read_yes_no(raw) {
                Ok(Some(YesNo::Yes)) => "ja".to_owned(),
                Ok(Some(YesNo::No)) => "nej".to_owned(),
                _ => words(),
            }
        }
        _ => words(),
    }
}

/// Other spellings by which a shown value is found as a whole.
pub(crate) fn spellings(text: &str, field: QueryField) -> Vec<String> {
    let mut found = vec![text.to_owned()];
    match (field, text) {
        (QueryField::Known(kind), "ja") if kind.spec().value == ValueType::YesNo => {
            found.push("yes".to_owned());
        }
        (QueryField::Known(kind), "nej") if kind.spec().value == ValueType::YesNo => {
            found.push("no".to_owned());
        }
        (QueryField::County, _) => {
            let genitive = text.strip_suffix(" län").unwrap_or(text);
            found.extend([genitive, genitive.strip_suffix('s').unwrap_or(genitive)].map(str::to_owned));
        }
        (QueryField::Known(kind @ FieldKind::OrganisationNumber), _) => {
            IndexedValue { kind: Some(kind), text }
                .for_each_spelling(&mut |spelling| found.push(spelling.to_owned()));
        }
        _ => {}
    }
    found
}
