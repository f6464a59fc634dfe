//! Conditions made ready for one index: whether a record fulfils one, does not, or cannot be judged.

use std::sync::Arc;

use memchr::memmem::Finder;

use super::description_match::DescriptionScanner;
use super::field_match::has_typed_letters;
use super::likeness;
use super::truth::{Truth, UndecidedReason};
use crate::domain::catalogue::Row;
use crate::domain::catalogue::record::Record;
use crate::domain::codes::CodeKind;
use crate::domain::codes::geography::CountySet;
use crate::domain::project_state::ProjectState;
use crate::domain::record_id::RecordId;
use crate::domain::reviewed::{ReviewState, Reviewed, ReviewedRecord};
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::currency::Currency;
use crate::search::index::Index;
use crate::search::index::columns::{Numbers, Values, spellings, texts_of};
use crate::search::index::county_column::RecordCounties;
use crate::search::index::slots::Slot;
use crate::search::index::word_vectors::Alike;
use crate::search::language::condition::{Condition, StateCondition, Test};
use crate::search::language::field::QueryField;
use crate::search::language::id_pattern::IdPattern;
use crate::search::language::interval::{Interval, day_number};
use crate::search::language::letter_pattern::Pattern;
use crate::search::language::query_context::{QueryContext, Rates};
use crate::search::language::term::{Term, TermForm};
use crate::text::fold::fold;

/// A condition made ready.
#[derive(Debug)]
pub(crate) enum Filter {
    Numbers {
        column: Arc<Numbers>,
        intervals: Vec<Interval>,
        is_amount: bool,
        rates: Rates,
    },
    /// One flag for each value of the column: `true` if the condition accepts it.
    Values {
        column: Arc<Values>,
        accepted: Vec<bool>,
    },
    /// Regions, and the parts of the country among them.
    Regions {
        values: Box<Filter>,
        counties: CountySet,
    },
    Names {
        patterns: Vec<(Pattern, Finder<'static>)>,
        whole: bool,
    },
    Ids {
        patterns: Vec<IdPattern>,
        ids: Vec<Slot>,
        whole: bool,
    },
    Texts(Vec<DescriptionScanner>),
    /// Fields that nearly every record has its own value of.
    Own {
        kind: FieldKind,
        patterns: Vec<Pattern>,
        whole: bool,
    },
    Has(Vec<QueryField>),
    /// Records that are like another, best first, and their slots in order.
    Like {
        best: Vec<Alike>,
        slots: Vec<Slot>,
    },
    /// Records of which reviewers have said so, in order.
    Among(Vec<Slot>),
    Standing {
        start: Arc<Numbers>,
        end: Arc<Numbers>,
        today: i64,
        states: Vec<ProjectState>,
        among: Vec<Slot>,
    },
}

impl Filter {
    pub(crate) fn new(index: &Index, condition: &Condition, context: &QueryContext) -> Self {
        match &condition.test {
            Test::Has(fields) if condition.test.asks_for_review() => {
                Self::Among(reviewed_slots(index, &context.reviewed, |row, said| {
                    fields.iter().any(|field| match field {
                        QueryField::Review(field) => texts_of(said, *field).next().is_some(),
                        field => index.catalogue().record(row).is_some_and(|record| has(record, *field)),
                    })
                }))
            }
            Test::Has(fields) => Self::Has(fields.clone()),
            Test::Texts { field: QueryField::Review(field), whole } => {
                let patterns: Vec<Pattern> =
                    condition.values.iter().map(|value| Pattern::new(value)).collect();
                let holds = |text: &str| patterns.iter().any(|pattern| is_in(text, pattern, *whole));
                Self::Among(reviewed_slots(index, &context.reviewed, |_, said| {
                    texts_of(said, *field).any(holds)
                }))
            }
            Test::Like => {
                let alike = condition.values.iter().flat_map(|value| likeness::alike(index, value));
                let best: Vec<Alike> = alike.collect();
                let mut slots: Vec<Slot> = best.iter().map(|alike| alike.slot).collect();
                slots.sort_unstable();
                Self::Like { best, slots }
            }
            Test::Is(standings) => Self::standing(index, standings, context),
            Test::Intervals { field: QueryField::Known(kind), intervals } => Self::Numbers {
                column: index.numbers(*kind),
                intervals: intervals.clone(),
                is_amount: kind.spec().value == ValueType::Amount,
                rates: context.rates,
            },
            Test::Intervals { field, .. } => Self::Has(vec![*field]),
            Test::Texts { field, whole } => Self::texts(index, *field, *whole, &condition.values),
        }
    }

    fn texts(index: &Index, field: QueryField, whole: bool, values: &[String]) -> Self {
        let patterns = || values.iter().map(|value| Pattern::new(value));
        match field {
            QueryField::Text => {
                let term = |value: &String| Term::new(value, TermForm::Exact);
                Self::Texts(
                    values.iter().filter_map(|value| DescriptionScanner::new(index, &term(value))).collect(),
                )
            }
            QueryField::Known(FieldKind::Name) => {
                let ready = |pattern: Pattern| {
                    let finder = Finder::new(pattern.folded()).into_owned();
                    (pattern, finder)
                };
                Self::Names { patterns: patterns().map(ready).collect(), whole }
            }
            QueryField::Known(FieldKind::Diarienummer) => Self::Ids {
                patterns: values.iter().filter_map(|value| IdPattern::new(value)).collect(),
                ids: values
                    .iter()
                    .filter_map(|value| index.slot_of_id(&RecordId::read_loose(value)?))
                    .collect(),
                whole,
            },
            QueryField::Known(
                kind @ (FieldKind::NameEnglish
                | FieldKind::Link
                | FieldKind::Summary
                | FieldKind::SummaryEnglish),
            ) => Self::Own { kind, patterns: patterns().collect(), whole },
            field => {
                let column = index.shared_values(field);
                let patterns: Vec<Pattern> = patterns().collect();
                let accepts = |text: &str| accepts(index, text, field, whole, &patterns);
                let accepted = column.all.iter().map(|value| accepts(&value.text)).collect();
                let regions = Self::Values { column, accepted };
                let geography = index.catalogue().codes().geography();
                let is_place = matches!(field, QueryField::County | QueryField::Known(FieldKind::Region));
                let parts = values.iter().filter(|_| is_place && !whole);
                let counties: CountySet = parts.map(|value| geography.part_of_country(value)).collect();
                if counties.is_empty() {
                    return regions;
                }
                Self::Regions { values: Box::new(regions), counties }
            }
        }
    }

    fn standing(index: &Index, standings: &[StateCondition], context: &QueryContext) -> Self {
        let state = |standing: &StateCondition| match standing {
            StateCondition::Ongoing => Some(ProjectState::Ongoing),
            StateCondition::Ended => Some(ProjectState::Ended),
            StateCondition::Upcoming => Some(ProjectState::Upcoming),
            _ => None,
        };
        let is_in =
            |_, said: &ReviewedRecord| standings.iter().any(|standing| is_reviewed_so(said, *standing));
        let mut among = reviewed_slots(index, &context.reviewed, is_in);
        if standings.contains(&StateCondition::Marked) {
            among.extend(context.marked.iter().filter_map(|id| index.slot_of_id(id)));
        }
        if standings.contains(&StateCondition::Strategic) {
            let column = index.shared_values(QueryField::Known(FieldKind::StrategicImportance));
            let is_yes =
                |number: &u32| column.all.get(*number as usize).is_some_and(|value| value.text == "ja");
            among.extend((0..index.len()).filter(|slot| column.of_slot(*slot).iter().any(is_yes)));
        }
        among.sort_unstable();
        Self::Standing {
            start: index.numbers(FieldKind::StartDate),
            end: index.numbers(FieldKind::EndDate),
            today: day_number(context.today),
            states: standings.iter().filter_map(state).collect(),
            among,
        }
    }

    /// Evaluates the condition for a record.
    pub(crate) fn truth(&self, index: &Index, slot: Slot) -> Truth {
        match self {
            Self::Numbers { column, intervals, is_amount, rates } => {
                let Some(value) = column.get(slot) else { return Truth::Unknown(UndecidedReason::Missing) };
                let lies_in = |interval: &Interval| match is_amount {
                    true => amount_lies_in(value, column.currency(slot), interval, *rates),
                    false => interval.holds(value).into(),
                };
                Truth::any(intervals.iter().map(lies_in))
            }
            Self::Values { column, accepted } => {
                let is_accepted = |number: &u32| accepted.get(*number as usize).copied().unwrap_or_default();
                column.of_slot(slot).iter().any(is_accepted).into()
            }
            Self::Regions { values, counties } => {
                let is_there = index.counties().get(slot).possible.meets(*counties);
                if is_there { Truth::Yes } else { values.truth(index, slot) }
            }
            Self::Names { patterns, whole } => patterns
                .iter()
                .any(|(pattern, finder)| is_in_name(index, slot, pattern, finder, *whole))
                .into(),
            Self::Ids { patterns, ids, whole } => {
                let holds = |pattern: &IdPattern| pattern.find(index.id(slot)).is_some();
                (ids.contains(&slot) || (!whole && patterns.iter().any(holds))).into()
            }
            Self::Texts(scanners) => {
                let holds = |scanner: &DescriptionScanner| {
                    let mut cache = scanner.cache();
                    index.long_texts(slot).any(|text| scanner.finds_in(cache.as_mut(), text))
                };
                scanners.iter().any(holds).into()
            }
            Self::Own { kind, patterns, whole } => {
                let holds = |text: &str| patterns.iter().any(|pattern| is_in(text, pattern, *whole));
                index
                    .record(slot)
                    .is_some_and(|record| record.all(*kind).any(|field| holds(field.value)))
                    .into()
            }
            Self::Has(fields) => {
                index.record(slot).is_some_and(|record| fields.iter().any(|field| has(record, *field))).into()
            }
            Self::Like { slots, .. } | Self::Among(slots) => slots.binary_search(&slot).is_ok().into(),
            Self::Standing { start, end, today, states, among } => {
                if among.binary_search(&slot).is_ok() {
                    return Truth::Yes;
                }
                if states.is_empty() {
                    return Truth::No;
                }
                let state = ProjectState::on(start.get(slot), end.get(slot), *today);
                state.map_or(Truth::Unknown(UndecidedReason::Missing), |state| states.contains(&state).into())
            }
        }
    }

    /// Returns `true` if the condition can be undecided for some record.
    pub(crate) const fn may_be_undecided(&self) -> bool {
        matches!(self, Self::Numbers { .. } | Self::Standing { .. })
    }
}

/// The records of which reviewers have said something that fits, in order.
fn reviewed_slots(
    index: &Index,
    reviewed: &Reviewed,
    fits: impl Fn(Row, &ReviewedRecord) -> bool,
) -> Vec<Slot> {
    let fitting = reviewed.iter().filter(|(row, said)| fits(*row, said));
    let mut slots: Vec<Slot> = fitting.filter_map(|(row, _)| index.slot(row)).collect();
    slots.sort_unstable();
    slots
}

/// Returns `true` if the record is in the review state.
fn is_reviewed_so(said: &ReviewedRecord, standing: StateCondition) -> bool {
    match standing {
        StateCondition::Decided => said.standing.is_some_and(ReviewState::is_done),
        StateCondition::Review(state) => said.is(state),
        _ => false,
    }
}

/// Compares an amount with an interval, in one currency.
fn amount_lies_in(value: i64, own: Option<Currency>, interval: &Interval, rates: Rates) -> Truth {
    let wanted = Some(interval.currency.unwrap_or(Currency::SEK));
    if own == wanted {
        return interval.holds(value).into();
    }
    let in_sek = |minor: Option<i64>, currency| minor.map(|minor| rates.in_sek(minor, currency));
    let least = in_sek(interval.least, wanted);
    let most = in_sek(interval.most, wanted);
    match (rates.in_sek(value, own), least, most) {
        (Some(value), least, most) if least != Some(None) && most != Some(None) => {
            let (least, most) = (least.flatten(), most.flatten());
            (least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most)).into()
        }
        _ => Truth::Unknown(UndecidedReason::Currency(own)),
    }
}

/// Returns `true` if the record has a value in the field.
fn has(record: Record<'_>, field: QueryField) -> bool {
    match field {
        QueryField::Text => !record.description().is_empty(),
        QueryField::Source => true,
        QueryField::County => !RecordCounties::from(record).known.is_empty(),
        QueryField::Review(_) => false,
        QueryField::Known(FieldKind::Name) => !record.name().is_empty(),
        QueryField::Known(FieldKind::Diarienummer) => record.diarienummer().is_some(),
        QueryField::Known(kind) => record.raw(kind).is_some(),
    }
}

/// Returns `true` if the condition accepts a shared value.
fn accepts(index: &Index, text: &str, field: QueryField, whole: bool, patterns: &[Pattern]) -> bool {
    let spellings = spellings(text, field);
    let is_whole = |pattern: &Pattern| spellings.iter().any(|text| is_in(text, pattern, true));
    if whole {
        return patterns.iter().any(is_whole);
    }
    let code = match field {
        QueryField::Known(FieldKind::Nuts) => Some(None),
        QueryField::Known(kind) => CodeKind::for_field(kind).map(Some),
        QueryField::Text | QueryField::County | QueryField::Source | QueryField::Review(_) => None,
    };
    let Some(code) = code else {
        return patterns.iter().any(|pattern| spellings.iter().any(|text| is_in(text, pattern, false)));
    };
    // A code matches by its first digits, and by a word of its meaning.
    let names = names_of(index, code, text);
    let begins = |pattern: &Pattern| {
        let text: Vec<char> = text.chars().collect();
        pattern.starts_at(&text) || is_spelled(code, pattern, &text)
    };
    let is_word =
        |pattern: &Pattern| pattern.len() >= 3 && names.iter().any(|name| is_in(name, pattern, false));
    patterns.iter().any(|pattern| begins(pattern) || is_word(pattern))
}

/// Returns `true` if a code was typed as a spreadsheet writes it: `7` for `007`.
fn is_spelled(code: Option<CodeKind>, pattern: &Pattern, text: &[char]) -> bool {
    code.is_some_and(|code| code.normalise(pattern.folded()).chars().eq(text.iter().copied()))
}

/// The meanings of a code, in both languages and all programme periods.
fn names_of(index: &Index, code: Option<CodeKind>, text: &str) -> Vec<&'static str> {
    let codes = index.catalogue().codes();
    let Some(code) = code else { return codes.regions().name_of_nuts(text).into_iter().collect() };
    let periods = crate::domain::values::period::Period::ALL.into_iter();
    let names = periods.filter_map(|period| codes.lookup(code, period, text));
    names.flat_map(|name| [name.sv, name.en]).flatten().map(|name| name.text).collect()
}

/// Returns `true` if a text contains the pattern, or equals it if `whole`.
fn is_in(text: &str, pattern: &Pattern, whole: bool) -> bool {
    if !whole && !fold(text).contains(pattern.folded()) {
        return false;
    }
    let text: Vec<char> = text.chars().collect();
    if whole {
        return text.len() == pattern.len() && pattern.starts_at(&text);
    }
    (0..text.len()).any(|at| text.get(at..).is_some_and(|rest| pattern.starts_at(rest)))
}

fn is_in_name(index: &Index, slot: Slot, pattern: &Pattern, finder: &Finder<'_>, whole: bool) -> bool {
    let name = index.folded_name(slot);
    let start = index.short().range(slot).start;
    if whole {
        return name == pattern.folded() && has_typed_letters(index.short(), pattern, start);
    }
    finder.find_iter(name.as_bytes()).any(|at| has_typed_letters(index.short(), pattern, start + at))
}
