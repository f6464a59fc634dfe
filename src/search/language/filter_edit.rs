//! Filtering by a value as an edit of the query's text, so that the query can always be copied as text.

use std::ops::Range;

use super::condition::{Condition, Operator, quoted};
use super::field::QueryField;
use super::filter_field::FilterField;
use super::query::{Clause, Node, Query};
use crate::domain::catalogue::record::Record;
use crate::domain::schema::{FieldKind, ValueType};
use crate::i18n::Lang;
use crate::text::fold::fold;

/// The effect of a condition on the records that have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filtered {
    /// Only records with this value or another included one.
    Included,
    /// Only records without this value.
    Excluded,
}

/// The values to filter by for a raw text of a record's field; `None` if the field has no readable value. Only those of
/// several codes or texts that occur in the raw text.
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

/// The effect of a query on a value; `None` if the query does not filter by it.
#[must_use]
pub fn filtered(query: &Query, field: FilterField, value: &str) -> Option<Filtered> {
    let has = |place: &EditPosition| place.condition.values.iter().any(|own| is_same(field, own, value));
    let mut own = places(query, field);
    own.find(has).map(|place| place.how)
}

/// The text of a query with some values filtered by as well, or no longer if it already filters by all of them.
#[must_use]
pub fn toggled(query: &Query, field: FilterField, values: &[String], how: Filtered, lang: Lang) -> String {
    let is_on = values.iter().all(|value| filtered(query, field, value) == Some(how));
    // Including a value removes its exclusion, and vice versa.
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
            // A single word so far; before another clause it would exclude that clause.
            text.insert(text.len() - text.trim_start().len(), '\'');
        }
        text.push(' ');
        text.push_str(&written(field.name(lang), field.operator(), values, how));
    }
    tidy(&text)
}

/// The text of a query without its last condition; `None` if there is none.
#[must_use]
pub fn without_last_filter(query: &Query) -> Option<String> {
    let last = query.clauses.iter().rfind(|clause| !clause.node.has_term())?;
    let mut text = query.text().to_owned();
    text.replace_range(last.span.clone(), "");
    Some(tidy(&text))
}

/// The text of a query without its conditions.
#[must_use]
pub fn without_filters(query: &Query) -> String {
    let mut text = query.text().to_owned();
    for clause in query.clauses.iter().rev().filter(|clause| !clause.node.has_term()) {
        text.replace_range(clause.span.clone(), "");
    }
    tidy(&text)
}

impl Query {
    /// The query without its conditions on a field; `None` if there is none.
    pub(crate) fn without(&self, field: FilterField) -> Option<Self> {
        let spans: Vec<Range<usize>> = places(self, field).map(|place| place.span.clone()).collect();
        if spans.is_empty() {
            return None;
        }
        let mut text = self.text().to_owned();
        for span in spans.into_iter().rev() {
            text.replace_range(span, " ");
        }
        Some(Self::parse_in(&text, &self.context))
    }
}

/// A condition at the top level of a query.
struct EditPosition<'a> {
    condition: &'a Condition,
    span: &'a Range<usize>,
    how: Filtered,
}

impl<'a> EditPosition<'a> {
    fn in_clause(clause: &'a Clause) -> Option<Self> {
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

/// The top-level conditions on a field. Conditions inside brackets and alternatives are not edited.
fn places(query: &Query, field: FilterField) -> impl Iterator<Item = EditPosition<'_>> {
    let is_list =
        |place: &EditPosition| matches!(place.condition.operator, Operator::Colon | Operator::Equals);
    query
        .clauses
        .iter()
        .filter_map(EditPosition::in_clause)
        .filter(is_list)
        .filter(move |place| field.filters_by(place.condition))
}

/// Returns `true` if two typed values are equal, spelling and language aside.
fn is_same(field: FilterField, one: &str, other: &str) -> bool {
    if fold(one) == fold(other) {
        return true;
    }
    match field {
        FilterField::State | FilterField::Review => super::condition::is_same_state(one, other),
        FilterField::Field(QueryField::Known(kind)) => crate::domain::codes::CodeKind::for_field(kind)
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

/// Reduces runs of white space outside quotes to one space, and trims the text.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.trim().chars() {
        quoted ^= super::quote::is_quote(c);
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
    // An excluded value becomes an included one.
    #[case("!region=Stockholm", REGION, "Stockholm", "region=Stockholm")]
    // Groups in brackets and ranges are not changed.
    #[case("(region:norr | trygg)", REGION, "Stockholm", "(region:norr | trygg) region=Stockholm")]
    #[case("start>2024", FilterField::StartYear, "2025", "start>2024 start:2025")]
    // A word that would exclude the condition after it is quoted.
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
