//! Where what several sources say of one record differs. What counts is told by [`Record::fields`]: the source named
//! first wins.

use super::diagnostic::{Code, Diagnostic};
use super::record::{Field, Record};
use crate::text::fold::fold_label;

/// So much of a description is told, in characters.
const FIRST_WORDS: usize = 60;

/// The values of other sources that differ from the one that counts.
pub fn conflicting<'a>(record: Record<'a>, field: Field<'a>) -> impl Iterator<Item = Field<'a>> {
    // A repeated label makes a list: one that says the same as any of them agrees.
    record.also_said(field).filter(move |other| {
        !record.fields().any(|known| is_same_field(&known, &field) && agree(&known, other))
    })
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
    for (other, place) in descriptions.filter(|(other, _)| fold_label(other) != fold_label(counts)) {
        let problem = Diagnostic::new(Code::Conflict, place, first_words(other));
        diagnostics.push(problem.against(first_words(counts), Some(at)));
    }
}

fn is_same_field(one: &Field<'_>, other: &Field<'_>) -> bool {
    if one.kind.is_some() { one.kind == other.kind } else { other.kind.is_none() && one.label == other.label }
}

fn agree(one: &Field<'_>, other: &Field<'_>) -> bool {
    fold_label(one.value) == fold_label(other.value)
}
