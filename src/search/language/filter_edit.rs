//! Filtering by a value as an edit of the query's text, so that what is shown can always be copied as text.

use std::ops::Range;

use super::condition::{Condition, Operator, Test, quoted};
use super::field::{FieldError, QueryField, plain};
use super::query::{Clause, Node, Query};
use crate::domain::catalogue::record::Record;
use crate::domain::schema::{FieldKind, ValueType};
use crate::i18n::Lang;
use crate::search::results::groups::is_shared;
use crate::text::fold::fold;

/// What one can filter by with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FilterField {
    /// The values of a field.
    Field(QueryField),
    /// Whether the project goes on.
    State,
    /// The year in which it starts.
    StartYear,
    /// Where it stands in the review.
    Review,
}

/// Why records cannot be grouped by what a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupingError {
    /// No field is called so, or several are; perhaps this one was meant.
    Unknown(Option<&'static str>),
    /// Each record has a value of its own.
    NotShared,
}

/// How a query filters by a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filtered {
    /// Records that have it, or another one that is included.
    Included,
    /// Records that do not have it.
    Excluded,
}

/// What the state of a project is called where one groups by it.
const STATE: [&str; 6] = ["läge", "state", "status", "standing", "är", "is"];

/// What the year of its start is called there.
const START_YEAR: [&str; 5] = ["startår", "start_year", "start", "år", "year"];

/// What its standing in the review is called there.
const REVIEW: [&str; 4] = ["bedömning", "review", "granskning", "verdict"];

impl FilterField {
    /// What a name stands for, in either language: a field whose values records share, the state, the year of start.
    ///
    /// # Errors
    /// When there is none, or each record has a value of its own.
    pub fn of_name(typed: &str) -> Result<Self, GroupingError> {
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
        match QueryField::of_name(typed) {
            Ok(field) if is_shared(field) => Ok(Self::Field(field)),
            Ok(_) => Err(GroupingError::NotShared),
            Err(FieldError::Unknown(meant)) => Err(GroupingError::Unknown(meant)),
            Err(FieldError::Ambiguous) => Err(GroupingError::Unknown(None)),
        }
    }

    /// The stable name, as in the keys of exported records.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(QueryField::Known(kind)) => kind.spec().key,
            Self::Field(field) => field.names()[1],
            Self::State => STATE[1],
            Self::StartYear => START_YEAR[1],
            Self::Review => REVIEW[1],
        }
    }

    /// Whether it is a matter of the review.
    #[must_use]
    pub const fn is_of_review(self) -> bool {
        matches!(self, Self::Review | Self::Field(QueryField::Review(_)))
    }

    /// A heading.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Field(QueryField::Known(kind)) => lang.choose(kind.spec().label, kind.spec().english),
            Self::Field(_) => self.name(lang),
            Self::State => lang.choose("Läge", "State"),
            Self::StartYear => lang.choose("Startår", "Start year"),
            Self::Review => lang.choose("Bedömning", "Review"),
        }
    }

    /// The name to type.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        let [swedish, english] = match self {
            Self::Field(field) => field.names(),
            Self::State | Self::Review => ["är", "is"],
            Self::StartYear => QueryField::Known(FieldKind::StartDate).names(),
        };
        lang.choose(swedish, english)
    }

    /// What is compared for being equal is typed with `=`; a day lies in its year.
    fn operator(self) -> Operator {
        match self {
            Self::Field(field) if is_text(field) => Operator::Equals,
            Self::Field(_) | Self::State | Self::StartYear | Self::Review => Operator::Colon,
        }
    }

    /// Whether a condition is about this.
    fn is_of(self, condition: &Condition) -> bool {
        match (&condition.test, self) {
            (Test::Texts { field, .. } | Test::Intervals { field, .. }, Self::Field(own)) => *field == own,
            (Test::Intervals { field, .. }, Self::StartYear) => {
                *field == QueryField::Known(FieldKind::StartDate)
            }
            (Test::Is(standings), Self::State) => !standings.iter().any(|standing| standing.is_of_review()),
            (Test::Is(standings), Self::Review) => standings.iter().any(|standing| standing.is_of_review()),
            _ => false,
        }
    }
}

fn is_text(field: QueryField) -> bool {
    !matches!(field.value_type(), ValueType::Date | ValueType::Amount | ValueType::Count | ValueType::Percent)
}

/// The values to filter by for the chosen raw text of a record's field: `None` for a field without a readable value.
/// Of a field with several codes or texts, only those in the raw text.
#[must_use]
pub fn values_of(record: Record<'_>, kind: FieldKind, raw: &str) -> Option<(FilterField, Vec<String>)> {
    let own = |values: Vec<String>| {
        (!values.is_empty()).then_some((FilterField::Field(QueryField::Known(kind)), values))
    };
    match kind.spec().value {
        ValueType::Date => own(record.date(kind).iter().map(ToString::to_string).collect()),
        ValueType::Count => own(record.count(kind).iter().map(ToString::to_string).collect()),
        ValueType::Percent => own(record.cofinancing_rate().iter().map(|rate| rate.format('.')).collect()),
        ValueType::Amount => own(record
            .amount(kind)
            .iter()
            .map(|amount| {
                let number = crate::domain::values::amount::format_amount(amount, '\u{200b}', '.')
                    .replace('\u{200b}', "");
                let unit = amount.currency.map_or("", |currency| currency.code());
                format!("{number}{}", unit.to_lowercase())
            })
            .collect()),
        ValueType::Code => own(record
            .parts(kind)
            .filter(|code| raw.split(['|', ';', ',', '\n']).any(|chosen| chosen.trim() == *code))
            .map(str::to_owned)
            .collect()),
        _ => {
            let values = || record.all(kind).map(|field| squeezed(field.value));
            own(values()
                .find(|value| *value == squeezed(raw))
                .or_else(|| values().next())
                .into_iter()
                .collect())
        }
    }
}

/// A text with its white space reduced to single spaces.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether and how a query filters by a value.
#[must_use]
pub fn filtered(query: &Query, field: FilterField, value: &str) -> Option<Filtered> {
    let has = |place: &EditPosition| place.condition.values.iter().any(|own| is_same(field, own, value));
    let mut own = places(query, field);
    own.find(has).map(|place| place.how)
}

/// The text of a query that filters by values too; those it filters by already are taken away again.
#[must_use]
pub fn toggled(query: &Query, field: FilterField, values: &[String], how: Filtered, lang: Lang) -> String {
    let is_on = values.iter().all(|value| filtered(query, field, value) == Some(how));
    // What is excluded and then included is no longer excluded.
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut is_added = is_on;
    for place in places(query, field) {
        let kept = place
            .condition
            .values
            .iter()
            .filter(|own| !values.iter().any(|value| is_same(field, own, value)));
        let mut kept: Vec<String> = kept.cloned().collect();
        if !is_added && place.how == how {
            kept.extend(values.iter().cloned());
            is_added = true;
        }
        edits.push((
            place.span.clone(),
            written(&place.condition.name, place.condition.operator, &kept, place.how),
        ));
    }
    let mut text = query.text().to_owned();
    for (span, new) in edits.into_iter().rev() {
        text.replace_range(span, &new);
    }
    if !is_added {
        if matches!(text.trim(), "NOT" | "INTE") {
            // Alone it is a word; with something behind it, it would exclude that.
            text.insert(text.len() - text.trim_start().len(), '\'');
        }
        text.push(' ');
        text.push_str(&written(field.name(lang), field.operator(), values, how));
    }
    tidy(&text)
}

/// The text of a query without its last condition; `None` if it has none.
#[must_use]
pub fn without_last_filter(query: &Query) -> Option<String> {
    let last = query.clauses.iter().rfind(|clause| !clause.node.has_term())?;
    let mut text = query.text().to_owned();
    text.replace_range(last.span.clone(), "");
    Some(tidy(&text))
}

/// The text of a query without any condition.
#[must_use]
pub fn without_filters(query: &Query) -> String {
    let mut text = query.text().to_owned();
    for clause in query.clauses.iter().rev().filter(|clause| !clause.node.has_term()) {
        text.replace_range(clause.span.clone(), "");
    }
    tidy(&text)
}

impl Query {
    /// The query without its conditions on this; `None` if it has none.
    pub(crate) fn without(&self, field: FilterField) -> Option<Self> {
        let spans: Vec<Range<usize>> = places(self, field).map(|place| place.span.clone()).collect();
        if spans.is_empty() {
            return None;
        }
        let mut text = self.text().to_owned();
        for span in spans.into_iter().rev() {
            text.replace_range(span, " ");
        }
        Some(Self::parse_on(&text, &self.basis))
    }
}

/// A condition of a query's own, included or excluded.
struct EditPosition<'a> {
    condition: &'a Condition,
    span: &'a Range<usize>,
    how: Filtered,
}

impl<'a> EditPosition<'a> {
    fn of(clause: &'a Clause) -> Option<Self> {
        let (node, how) = match &clause.node {
            Node::Not(node) => (&**node, Filtered::Excluded),
            node => (node, Filtered::Included),
        };
        match node {
            Node::Condition(condition) => Some(Self { condition, span: &clause.span, how }),
            _ => None,
        }
    }
}

/// The conditions on a field that stand by themselves: those inside brackets and alternatives are the person's own.
fn places(query: &Query, field: FilterField) -> impl Iterator<Item = EditPosition<'_>> {
    let is_list =
        |place: &EditPosition| matches!(place.condition.operator, Operator::Colon | Operator::Equals);
    query
        .clauses
        .iter()
        .filter_map(EditPosition::of)
        .filter(is_list)
        .filter(move |place| field.is_of(place.condition))
}

/// Whether two typed values are the same: in another spelling, or the same state in another language.
fn is_same(field: FilterField, one: &str, other: &str) -> bool {
    if fold(one) == fold(other) {
        return true;
    }
    match field {
        FilterField::State | FilterField::Review => super::condition::is_same_standing(one, other),
        FilterField::Field(QueryField::Known(kind)) => crate::domain::codes::CodeKind::of_field(kind)
            .is_some_and(|code| code.normalise(one) == code.normalise(other)),
        FilterField::Field(_) | FilterField::StartYear => false,
    }
}

fn written(name: &str, operator: Operator, values: &[String], how: Filtered) -> String {
    if values.is_empty() {
        return String::new();
    }
    let not = if how == Filtered::Excluded { "!" } else { "" };
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("{not}{name}{}{}", operator.sign(), values.join(","))
}

/// One space between words, outside of quotes too many are kept: nobody types them there.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.trim().chars() {
        quoted ^= super::lexer::is_quote(c);
        if quoted || !c.is_whitespace() || !tidy.ends_with(' ') {
            tidy.push(c);
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const REGION: FilterField = FilterField::Field(QueryField::Known(FieldKind::Region));
    const CODE: FilterField = FilterField::Field(QueryField::Known(FieldKind::InterventionField));

    fn edited(query: &str, field: FilterField, value: &str, how: Filtered) -> String {
        toggled(&Query::parse(query), field, &[value.to_owned()], how, Lang::Swedish)
    }

    #[rstest]
    #[case("", REGION, "Stockholm", "region=Stockholm")]
    #[case("trygg", REGION, "Övre Norrland", "trygg region=\"Övre Norrland\"")]
    // A second value of the same field is an alternative.
    #[case("trygg region=Stockholm", REGION, "Sydsverige", "trygg region=Stockholm,Sydsverige")]
    // The same again takes it away, in whatever spelling it was typed.
    #[case("region:stockholm trygg", REGION, "Stockholm", "trygg")]
    #[case("region=a,Stockholm,b", REGION, "Stockholm", "region=a,b")]
    #[case("typ=007", CODE, "7", "")]
    #[case("is:ongoing", FilterField::State, "pågående", "")]
    #[case("start:2024", FilterField::StartYear, "2025", "start:2024,2025")]
    // What was excluded is included instead.
    #[case("!region=Stockholm", REGION, "Stockholm", "region=Stockholm")]
    // What a person has put into brackets, and ranges, stay as they are.
    #[case("(region:norr | trygg)", REGION, "Stockholm", "(region:norr | trygg) region=Stockholm")]
    #[case("start>2024", FilterField::StartYear, "2025", "start>2024 start:2025")]
    // A word that would exclude what comes behind it.
    #[case("INTE", REGION, "Stockholm", "'INTE region=Stockholm")]
    fn including(#[case] query: &str, #[case] field: FilterField, #[case] value: &str, #[case] text: &str) {
        assert_eq!(edited(query, field, value, Filtered::Included), text);
    }

    #[rstest]
    #[case("trygg", "trygg !region=Stockholm")]
    #[case("region=Stockholm,Sydsverige", "region=Sydsverige !region=Stockholm")]
    #[case("!region=Stockholm trygg", "trygg")]
    #[case("region!=Sydsverige", "!region=Sydsverige,Stockholm")]
    fn excluding(#[case] query: &str, #[case] text: &str) {
        assert_eq!(edited(query, REGION, "Stockholm", Filtered::Excluded), text);
    }

    #[test]
    fn filters_are_cleared_one_by_one_or_all() {
        let query = Query::parse("region:norr trygg  !po:d \"en  fras\"");
        assert_eq!(without_last_filter(&query).as_deref(), Some("region:norr trygg \"en  fras\""));
        assert_eq!(without_filters(&query), "trygg \"en  fras\"");
        assert_eq!(without_last_filter(&Query::parse("trygg")), None);
    }
}
