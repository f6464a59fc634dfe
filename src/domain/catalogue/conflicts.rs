//! Contradictions between the sources of one record. The value in force is that of [`Record::fields`], from the source
//! named first.

use super::agreement::{Statement, agree, same_text};
use super::record::{Field, Record};
use crate::domain::diagnostic::{Code, Diagnostic};
use crate::domain::schema::ValueType;

/// Maximum length of a quoted description, in characters.
const FIRST_WORDS: usize = 60;

/// The values of other sources that differ from the one that counts.
pub fn conflicting<'a>(record: Record<'a>, field: Field<'a>) -> impl Iterator<Item = Field<'a>> {
    record.also_said(field).filter(move |other| {
        // A repeated label makes a list: one that says the same as any of them agrees.
        let mut known = record.fields().filter(|known| is_same_field(known, &field));
        !known.any(|known| says_the_same(record, &known, known.value, other, other.value))
            && !same_whole_lists(record, &field, other)
    })
}

/// Returns `true` if repeated labels on one side and one cell on the other contain the same list.
fn same_whole_lists<'a>(record: Record<'a>, field: &Field<'a>, other: &Field<'a>) -> bool {
    let known: Vec<&str> =
        record.fields().filter(|known| is_same_field(known, field)).map(|known| known.value).collect();
    let said = record.also_said(*field).filter(|said| said.source == other.source);
    let said: Vec<&str> = said.map(|said| said.value).collect();
    (known.len() > 1 || said.len() > 1)
        && says_the_same(record, field, &known.join("\n"), other, &said.join("\n"))
}

/// Adds a problem for each value that differs from the one that counts.
pub fn conflicts(record: Record<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if record.places().nth(1).is_none() {
        return;
    }
    let mut told: Vec<Field<'_>> = Vec::new();
    for field in record.fields() {
        if told.iter().any(|known| is_same_field(known, &field)) {
            continue;
        }
        for other in conflicting(record, field) {
            let problem = Diagnostic::new(Code::Conflict, record.place_of(&other), other.value);
            diagnostics.push(problem.against(field.value, Some(record.place_of(&field))));
        }
        told.push(field);
    }
    let mut descriptions = record.descriptions();
    let Some((counts, at)) = descriptions.next() else { return };
    let first_words = |text: &str| text.chars().take(FIRST_WORDS).collect::<String>();
    for (other, place) in descriptions.filter(|(other, _)| !same_text(other, counts)) {
        let problem = Diagnostic::new(Code::Conflict, place, first_words(other));
        diagnostics.push(problem.against(first_words(counts), Some(at)));
    }
}

/// Returns `true` if two fields of a record have the same meaning: one known kind, or one label.
#[must_use]
pub fn is_same_field(one: &Field<'_>, other: &Field<'_>) -> bool {
    if one.kind.is_some() { one.kind == other.kind } else { other.kind.is_none() && one.label == other.label }
}

fn says_the_same(record: Record<'_>, one: &Field<'_>, raw: &str, other: &Field<'_>, other_raw: &str) -> bool {
    let regions = record.catalogue().codes().regions();
    let one = statement(record, one, raw);
    agree(other.kind, &one, &statement(record, other, other_raw), regions)
}

fn statement<'a>(record: Record<'a>, field: &Field<'_>, raw: &'a str) -> Statement<'a> {
    let (mut amount, mut date) = (None, None);
    match field.kind.map(|kind| kind.spec().value) {
        Some(ValueType::Amount) => amount = record.read_amount(field, raw).ok().flatten(),
        Some(ValueType::Date) => date = record.read_date(field, raw).ok().flatten(),
        _ => {}
    }
    Statement { raw, amount, date }
}
