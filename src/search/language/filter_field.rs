//! Fields by which records can be filtered with one key, and grouped.

use super::condition::{Condition, Operator, Test};
use super::field::{FieldError, QueryField, ReviewField, plain};
use crate::domain::schema::{FieldKind, ValueType};
use crate::i18n::{Bilingual, Lang, Words, field_label};

/// A property that records can be filtered and grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilterField {
    /// A field with values that records share.
    Field(QueryField),
    /// The state of the project: ongoing, ended, upcoming.
    State,
    /// The year in which the project starts.
    StartYear,
    /// The state of the record in the review.
    Review,
}

/// The reason why a name is no [`FilterField`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GroupingError {
    /// No field, or several, match the name; with the most similar field name.
    #[error("unknown field")]
    Unknown(Option<&'static str>),
    /// Nearly every record has a value of its own in this field.
    #[error("records do not share the values of this field")]
    NotShared,
}

/// Names of [`FilterField::State`].
const STATE: [&str; 6] = ["läge", "state", "status", "standing", "är", "is"];

/// Names of [`FilterField::StartYear`].
const START_YEAR: [&str; 5] = ["startår", "start_year", "start", "år", "year"];

/// Names of [`FilterField::Review`].
const REVIEW: [&str; 4] = ["bedömning", "review", "granskning", "verdict"];

impl FilterField {
    /// Resolves a name in either language.
    ///
    /// # Errors
    /// If the name is unknown or ambiguous, or if records do not share the values of the field.
    pub fn from_name(typed: &str) -> Result<Self, GroupingError> {
        let is_named = |name: &&str| plain(name) == plain(typed);
        if STATE.iter().any(is_named) {
            return Ok(Self::State);
        }
        if START_YEAR.iter().any(is_named) {
            return Ok(Self::StartYear);
        }
        if REVIEW.iter().any(is_named) {
            return Ok(Self::Review);
        }
        match QueryField::from_name(typed) {
            Ok(field) if is_shared(field) => Ok(Self::Field(field)),
            Ok(_) => Err(GroupingError::NotShared),
            Err(FieldError::Unknown(meant)) => Err(GroupingError::Unknown(meant)),
            Err(FieldError::Ambiguous) => Err(GroupingError::Unknown(None)),
        }
    }

    /// The stable key, as in exported records.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(QueryField::Known(kind)) => kind.spec().key,
            Self::Field(field) => field.names().english,
            Self::State => STATE[1],
            Self::StartYear => START_YEAR[1],
            Self::Review => REVIEW[1],
        }
    }

    /// Returns `true` if the property depends on the review.
    #[must_use]
    pub const fn is_of_review(self) -> bool {
        matches!(self, Self::Review | Self::Field(QueryField::Review(_)))
    }

    /// The heading of a facet or table.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Field(QueryField::Known(kind)) => field_label(kind, lang),
            Self::Field(_) => self.name(lang),
            Self::State => Words::of(lang).state_of_project,
            Self::StartYear => Words::of(lang).start_year,
            Self::Review => Words::of(lang).review_verdict,
        }
    }

    /// The name as typed in a query.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        let names = match self {
            Self::Field(field) => field.names(),
            Self::State | Self::Review => Bilingual::new("är", "is"),
            Self::StartYear => QueryField::Known(FieldKind::StartDate).names(),
        };
        names.text(lang)
    }

    /// The operator of a condition that selects one value: `=` for texts, `:` for a day within a year.
    pub(crate) fn operator(self) -> Operator {
        match self {
            Self::Field(field) if is_text(field) => Operator::Equals,
            Self::Field(_) | Self::State | Self::StartYear | Self::Review => Operator::Colon,
        }
    }

    /// Returns `true` if a condition filters by this property.
    pub(crate) fn filters_by(self, condition: &Condition) -> bool {
        match (&condition.test, self) {
            (Test::Texts { field, .. } | Test::Intervals { field, .. }, Self::Field(own)) => *field == own,
            (Test::Intervals { field, .. }, Self::StartYear) => {
                *field == QueryField::Known(FieldKind::StartDate)
            }
            (Test::Is(states), Self::State) => !states.iter().any(|state| state.is_of_review()),
            (Test::Is(states), Self::Review) => states.iter().any(|state| state.is_of_review()),
            _ => false,
        }
    }
}

fn is_text(field: QueryField) -> bool {
    !matches!(field.value_type(), ValueType::Date | ValueType::Amount | ValueType::Count | ValueType::Percent)
}

/// Returns `true` if records share the values of a field, so that grouping by it makes sense.
#[must_use]
pub fn is_shared(field: QueryField) -> bool {
    let has_own = match field {
        QueryField::Known(kind) => OWN_VALUES.contains(&kind),
        QueryField::Text | QueryField::Review(ReviewField::Note | ReviewField::Finding) => true,
        QueryField::County
        | QueryField::Source
        | QueryField::Review(ReviewField::Tag | ReviewField::Reviewer) => false,
    };
    !has_own && is_text(field)
}

/// Fields of which nearly every record has a value of its own.
const OWN_VALUES: [FieldKind; 6] = [
    FieldKind::Name,
    FieldKind::NameEnglish,
    FieldKind::Diarienummer,
    FieldKind::Link,
    FieldKind::Summary,
    FieldKind::SummaryEnglish,
];
