//! Records in groups: by a field whose values many share, by state, by the year in which they start.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::domain::catalogue::Row;
use crate::domain::codes::{CodeKind, Codes};
use crate::domain::project_state::ProjectState;
use crate::domain::reviewed::ReviewState;
use crate::domain::schema::FieldKind;
use crate::domain::values::date::Date;
use crate::domain::values::period::Period;
use crate::i18n::Lang;
use crate::search::index::Index;
use crate::search::index::columns::{Numbers, Values};
use crate::search::index::slots::Slot;
use crate::search::language::condition::StateCondition;
use crate::search::language::field::QueryField;
use crate::search::language::filter_field::FilterField;
use crate::search::language::interval::{date_of_day, day_number};
use crate::search::language::query_context::QueryContext;

/// Assignment of records to groups. A record can be in several groups, or in none.
#[derive(Debug)]
pub(crate) enum Groups {
    Shared(Arc<Values>),
    States {
        start: Arc<Numbers>,
        end: Arc<Numbers>,
        today: i64,
    },
    Years(Arc<Numbers>),
    /// By slot, the index of its review state; an index out of range for records outside the round.
    Reviews(Vec<u8>),
}

/// The common value of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupValue {
    /// The value as displayed and typed; for a state, its Swedish name.
    pub text: String,
    /// The state, if the group is one.
    pub state: Option<StateCondition>,
    /// The periods in which records have it, on which the meaning of a code hangs.
    pub periods: Vec<Period>,
}

const STATES: [(ProjectState, StateCondition); 3] = [
    (ProjectState::Ongoing, StateCondition::Ongoing),
    (ProjectState::Ended, StateCondition::Ended),
    (ProjectState::Upcoming, StateCondition::Upcoming),
];

impl Groups {
    pub(crate) fn new(index: &Index, field: FilterField, context: &QueryContext) -> Self {
        match field {
            FilterField::Field(QueryField::Review(field)) => {
                Self::Shared(Arc::new(Values::from_review(index.slots(), &context.reviewed, field)))
            }
            FilterField::Review => {
                Self::Reviews((0..index.len()).map(|slot| review_of(index, context, slot)).collect())
            }
            FilterField::Field(field) => Self::Shared(index.shared_values(field)),
            FilterField::State => Self::States {
                start: index.numbers(FieldKind::StartDate),
                end: index.numbers(FieldKind::EndDate),
                today: day_number(context.today),
            },
            FilterField::StartYear => Self::Years(index.numbers(FieldKind::StartDate)),
        }
    }

    /// Hands out the numbers of the groups that a record is in.
    pub(crate) fn for_each(&self, slot: Slot, take: &mut dyn FnMut(u32)) {
        match self {
            Self::Shared(values) => values.of_slot(slot).iter().for_each(|number| take(*number)),
            Self::States { start, end, today } => {
                let state = ProjectState::on(start.get(slot), end.get(slot), *today);
                let number = STATES.iter().position(|(known, _)| Some(*known) == state);
                number.and_then(|number| u32::try_from(number).ok()).into_iter().for_each(take);
            }
            Self::Years(start) => {
                let year = start.get(slot).and_then(date_of_day).map(Date::year);
                year.and_then(|year| u32::try_from(year).ok()).into_iter().for_each(take);
            }
            Self::Reviews(states) => {
                let state = states.get(slot).copied().filter(|state| *state != NO_REVIEW);
                state.map(u32::from).into_iter().for_each(take);
            }
        }
    }

    /// The common value of the group with this number.
    pub(crate) fn value(&self, number: u32) -> GroupValue {
        let plain = |text: String| GroupValue { text, state: None, periods: Vec::new() };
        match self {
            Self::Shared(values) => match values.all.get(number as usize) {
                Some(value) => GroupValue { periods: value.periods.clone(), ..plain(value.text.clone()) },
                None => plain(String::new()),
            },
            Self::States { .. } => match STATES.get(number as usize) {
                Some((_, standing)) => {
                    GroupValue { state: Some(*standing), ..plain(standing.names().swedish.to_owned()) }
                }
                None => plain(String::new()),
            },
            Self::Years(_) => plain(format!("{number:04}")),
            Self::Reviews(_) => match ReviewState::ALL.get(number as usize) {
                Some(state) => {
                    let standing = StateCondition::Review(*state);
                    GroupValue { state: Some(standing), ..plain(standing.names().swedish.to_owned()) }
                }
                None => plain(String::new()),
            },
        }
    }

    /// Sorts groups: years in descending order, states in the order of a project's life, values by number of records,
    /// then in Swedish collation.
    pub(crate) fn sort<T>(&self, index: &Index, groups: &mut [(u32, T)], count: impl Fn(&T) -> usize) {
        match self {
            Self::Shared(values) => {
                let places = values.places(index.threads());
                groups.sort_by_key(|(number, of)| {
                    (Reverse(count(of)), places.get(*number as usize).copied(), *number)
                });
            }
            Self::States { .. } | Self::Reviews(_) => groups.sort_by_key(|(number, _)| *number),
            Self::Years(_) => groups.sort_by_key(|(number, _)| Reverse(*number)),
        }
    }
}

impl GroupValue {
    /// The value in query syntax of a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        match self.state {
            None => self.text.clone(),
            Some(state) => state.names().text(lang).to_owned(),
        }
    }

    /// The meaning of a code in all programme periods of its records; `None` for other values and unknown codes.
    #[must_use]
    pub fn meaning(&self, field: FilterField, codes: &Codes, lang: Lang) -> Option<String> {
        let FilterField::Field(QueryField::Known(kind)) = field else { return None };
        let code = CodeKind::for_field(kind)?;
        let mut names: Vec<&str> = Vec::new();
        for period in &self.periods {
            let name = codes.lookup(code, *period, &self.text);
            let name = name.and_then(|name| lang.prefer(name.sv, name.en));
            if let Some(name) = name.map(|name| name.text).filter(|name| !names.contains(name)) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(" / "))
    }
}

/// The values of a field for each of the records, in Swedish query syntax; several values are comma-separated.
#[must_use]
pub fn joined_values(
    index: &Index,
    rows: &[Row],
    field: FilterField,
    context: &QueryContext,
) -> Vec<Option<String>> {
    let groups = Groups::new(index, field, context);
    let values = |row: &Row| {
        let mut values = Vec::new();
        groups.for_each(index.slot(*row)?, &mut |number| values.push(groups.value(number).text));
        (!values.is_empty()).then(|| values.join(", "))
    };
    rows.iter().map(values).collect()
}

/// A value for display: a code with its meaning.
#[must_use]
pub fn value_in_words(field: FilterField, value: &GroupValue, codes: &Codes, lang: Lang) -> String {
    let name = value.name(lang);
    match value.meaning(field, codes, lang) {
        Some(meaning) => format!("{name}  {meaning}"),
        None => name,
    }
}

/// Marks a record outside the round.
const NO_REVIEW: u8 = u8::MAX;

/// The index of a record's review state.
fn review_of(index: &Index, context: &QueryContext, slot: Slot) -> u8 {
    let standing = context.reviewed.get(index.row(slot)).and_then(|said| said.standing);
    let at = standing.and_then(|standing| ReviewState::ALL.iter().position(|state| *state == standing));
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(NO_REVIEW)
}
