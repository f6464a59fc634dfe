//! The typed value of a key in a record. Unknown and unreadable values are null; their raw text is under `fields`.

use std::borrow::Cow;

use serde::Serialize;

use super::key::ExportKey;
use crate::domain::catalogue::record::Record;
use crate::domain::reviewed::{ReviewState, ReviewedRecord};
use crate::domain::schema::FieldKind;
use crate::domain::values::currency::Currency;
use crate::domain::values::yes_no::YesNo;

/// A typed value, as JSON writes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ExportValue<'a> {
    /// Nothing is known.
    Unknown,
    /// A text.
    Text(Cow<'a, str>),
    /// A count.
    Count(u64),
    /// A number that may have decimals.
    Number(Number),
    /// Yes or no.
    YesNo(bool),
    /// Several texts.
    List(Vec<&'a str>),
    /// Money.
    Amount {
        /// In whole units of the currency.
        amount: Number,
        /// Its ISO 4217 code; `None` where no currency is stated.
        currency: Option<&'static str>,
    },
    /// Labels and raw texts.
    Fields(Vec<LabelledValue<'a>>),
    /// Files and lines.
    Sources(Vec<SourceLine<'a>>),
    /// Facts of a review.
    Review(&'a ReviewedRecord),
}

/// A number that is written without decimals if it is whole.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Number {
    /// Without decimals, exact.
    Whole(i64),
    /// With at most two decimals; exact up to 90 million million units.
    Decimal(f64),
}

/// A field as its source spells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelledValue<'a> {
    label: &'a str,
    value: &'a str,
}

/// Source of a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceLine<'a> {
    file: &'a str,
    line: u32,
}

impl Number {
    /// A sum of hundredths; one beyond some 90 million million units stays there.
    #[must_use]
    pub fn from_minor(hundredths: i128) -> Self {
        i64::try_from(hundredths).map_or(
            if hundredths < 0 { Self::Whole(i64::MIN) } else { Self::Whole(i64::MAX) },
            Self::from_hundredths,
        )
    }

    #[expect(clippy::cast_precision_loss, reason = "the raw text stands beside it")]
    fn from_hundredths(hundredths: i64) -> Self {
        match hundredths % 100 {
            0 => Self::Whole(hundredths / 100),
            _ => Self::Decimal(hundredths as f64 / 100.0),
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(number) => write!(f, "{number}"),
            Self::Decimal(number) => write!(f, "{number}"),
        }
    }
}

impl<'a> ExportValue<'a> {
    /// Reads the value of a key.
    #[must_use]
    pub fn read(record: Record<'a>, key: ExportKey) -> Self {
        match key {
            ExportKey::Id => Self::Text(record.id().into()),
            ExportKey::Diarienummer => {
                record.diarienummer().map_or(Self::Unknown, |id| Self::Text(id.to_string().into()))
            }
            ExportKey::Name => text(record.name()),
            ExportKey::StartDate => date(record, FieldKind::StartDate),
            ExportKey::EndDate => date(record, FieldKind::EndDate),
            ExportKey::Countries => list(record, FieldKind::Countries),
            ExportKey::Fund => joined(record, FieldKind::Fund),
            ExportKey::ProgrammeCci => joined(record, FieldKind::ProgrammeCci),
            ExportKey::Beneficiary => joined(record, FieldKind::Beneficiary),
            ExportKey::OrganisationNumber => record.organisation_number().map_or_else(
                || joined(record, FieldKind::OrganisationNumber),
                |number| Self::Text(number.to_string().into()),
            ),
            ExportKey::CofinancingRate => record.cofinancing_rate().map_or(Self::Unknown, |rate| {
                Self::Number(Number::from_hundredths(rate.hundredths().into()))
            }),
            ExportKey::Priority => joined(record, FieldKind::Priority),
            ExportKey::SpecificObjective => joined(record, FieldKind::SpecificObjective),
            ExportKey::Region => joined(record, FieldKind::Region),
            ExportKey::Nuts => joined(record, FieldKind::Nuts),
            ExportKey::Postcode => joined(record, FieldKind::Postcode),
            ExportKey::City => joined(record, FieldKind::City),
            ExportKey::InterventionFields => list(record, FieldKind::InterventionField),
            ExportKey::Participants => {
                record.count(FieldKind::Participants).map_or(Self::Unknown, Self::Count)
            }
            ExportKey::StrategicImportance => record
                .yes_no(FieldKind::StrategicImportance)
                .map_or(Self::Unknown, |answer| Self::YesNo(answer == YesNo::Yes)),
            ExportKey::TotalBudget => amount(record, FieldKind::TotalBudget),
            ExportKey::EsfSupport => amount(record, FieldKind::EsfSupport),
            ExportKey::EuSupport => amount(record, FieldKind::EuSupport),
            ExportKey::Description => text(record.description()),
            ExportKey::Fields => Self::Fields(
                record
                    .fields()
                    .map(|field| LabelledValue { label: field.label, value: field.value })
                    .collect(),
            ),
            ExportKey::Sources => Self::Sources(sources(record)),
            ExportKey::Review => Self::Unknown,
        }
    }

    /// The value in one cell of a table; empty where nothing is known.
    #[must_use]
    pub fn cell(&self) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::Text(text) => text.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) | Self::Amount { amount: number, .. } => number.to_string(),
            Self::YesNo(answer) => answer.to_string(),
            Self::List(parts) => parts.join(LIST_SEPARATOR),
            Self::Fields(fields) => {
                let cells = fields.iter().map(|field| format!("{}: {}", field.label, field.value));
                cells.collect::<Vec<_>>().join(LIST_SEPARATOR)
            }
            Self::Review(said) => said.standing.map_or("", ReviewState::name).to_owned(),
            Self::Sources(sources) => {
                let cells = sources.iter().map(|source| format!("{}:{}", source.file, source.line));
                cells.collect::<Vec<_>>().join(LIST_SEPARATOR)
            }
        }
    }
}

/// Separator between values of one cell, as in the EU's own lists.
const LIST_SEPARATOR: &str = "|";

fn text(text: &str) -> ExportValue<'_> {
    if text.is_empty() { ExportValue::Unknown } else { ExportValue::Text(text.into()) }
}

fn date(record: Record<'_>, kind: FieldKind) -> ExportValue<'_> {
    record.date(kind).map_or(ExportValue::Unknown, |date| ExportValue::Text(date.to_string().into()))
}

/// All values of a repeated label in one text.
fn joined(record: Record<'_>, kind: FieldKind) -> ExportValue<'_> {
    let mut values = record.all(kind).map(|field| field.value.trim());
    let Some(first) = values.next() else { return ExportValue::Unknown };
    ExportValue::Text(values.fold(Cow::Borrowed(first), |all, value| joined_to(Some(all), value)))
}

/// Appends a text, after a separator if others precede it.
pub(super) fn joined_to<'a>(all: Option<Cow<'a, str>>, text: &'a str) -> Cow<'a, str> {
    match all {
        None => Cow::Borrowed(text),
        Some(all) => all + LIST_SEPARATOR + text,
    }
}

fn list(record: Record<'_>, kind: FieldKind) -> ExportValue<'_> {
    let parts: Vec<&str> = record.parts(kind).collect();
    if parts.is_empty() { ExportValue::Unknown } else { ExportValue::List(parts) }
}

fn amount(record: Record<'_>, kind: FieldKind) -> ExportValue<'_> {
    record.amount(kind).map_or(ExportValue::Unknown, |amount| ExportValue::Amount {
        amount: Number::from_hundredths(amount.minor),
        currency: amount.currency.map(Currency::code),
    })
}

fn sources(record: Record<'_>) -> Vec<SourceLine<'_>> {
    let catalogue = record.catalogue();
    record
        .places()
        .map(|place| SourceLine { file: catalogue.source_name(place.source), line: place.line })
        .collect()
}
