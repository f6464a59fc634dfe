//! Values of other sources that differ from the value in force, with their files and lines.

use super::{SummaryLine, SummaryPiece};
use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::conflicts::{conflicting, is_same_field};
use crate::domain::catalogue::record::{Field, Record};
use crate::domain::schema::FieldKind;
use crate::domain::source_location::SourceLocation;
use crate::i18n::{Words, field_label};

/// So much of another value is shown, in characters; the source view has the rest.
const FIRST_WORDS: usize = 100;

/// Place of the line: below the field itself, or elsewhere with the field's name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Above {
    /// The field alone.
    TheField,
    /// Several fields: the line below names its own.
    Several,
}

/// Quiet lines for what contradicts any field of these kinds; none where one source speaks alone.
pub(crate) fn of_kinds(
    catalogue: &Catalogue,
    record: Record<'_>,
    kinds: &[FieldKind],
    words: &Words,
) -> Vec<SummaryLine> {
    if record.places().nth(1).is_none() {
        return Vec::new();
    }
    let first = |kind: &FieldKind| record.fields().find(|field| field.kind == Some(*kind));
    kinds
        .iter()
        .filter_map(first)
        .flat_map(|field| of_field(catalogue, record, &field, Above::Several, words))
        .collect()
}

/// Quiet lines for what contradicts a field; below the last of several under one label.
pub(crate) fn of_field(
    catalogue: &Catalogue,
    record: Record<'_>,
    field: &Field<'_>,
    above: Above,
    words: &Words,
) -> Vec<SummaryLine> {
    if record.places().nth(1).is_none() {
        return Vec::new();
    }
    let last = record.fields().filter(|known| is_same_field(known, field)).last();
    if above == Above::TheField && !last.is_some_and(|last| std::ptr::eq(last.value, field.value)) {
        return Vec::new();
    }
    conflicting(record, *field)
        .map(|other| line(catalogue, &other, record.place_of(&other), above, words))
        .collect()
}

/// `även: 2027-08-31 (lista2.csv:14)`.
fn line(
    catalogue: &Catalogue,
    other: &Field<'_>,
    place: SourceLocation,
    above: Above,
    words: &Words,
) -> SummaryLine {
    let label = match other.kind.filter(|_| above == Above::Several) {
        Some(kind) => format!("{} ", field_label(kind, words.lang)),
        None => String::new(),
    };
    let mut value: String =
        other.value.trim().chars().take(FIRST_WORDS).collect::<String>().replace('\n', " ");
    if value.len() < other.value.trim().len() {
        value.push('…');
    }
    let at = format!(" ({}:{})", catalogue.source_name(place.source), place.line);
    SummaryLine {
        label: String::new(),
        pieces: vec![
            SummaryPiece::quiet(format!("{}: {label}", words.also)),
            // Values that are not in force are not searched, so they cannot match.
            SummaryPiece { raw: Some(other.value.to_owned()), ..SummaryPiece::quiet(value) },
            SummaryPiece::quiet(at),
        ],
    }
}
