//! Which texts of a record are short, and so indexed, and which are long, and searched like its description.

use crate::domain::catalogue::record::Record;
use crate::domain::codes::{CodeKind, Codes};
use crate::domain::schema::FieldKind;
use crate::domain::values::organisation_number::read_organisation_number;
use crate::domain::values::value::is_empty_marker;

/// A field with more bytes than this is searched like the description. The longest name seen has 183
/// characters; a summary under a label of its own has a thousand.
pub(crate) const MAX_SHORT: usize = 256;

/// A value that is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct IndexedValue<'a> {
    /// The kind of field, if known; it decides the spellings.
    pub(crate) kind: Option<FieldKind>,
    /// As its source has it.
    pub(crate) text: &'a str,
}

impl IndexedValue<'_> {
    /// Passes the value and other spellings of organisation numbers and codes to `take`, so that any spelling finds the
    /// others.
    pub(crate) fn for_each_spelling(self, take: &mut dyn FnMut(&str)) {
        take(self.text);
        match self.kind {
            Some(FieldKind::OrganisationNumber) => organisation_number(self.text, take),
            Some(kind) => code_spellings(kind, self.text, take),
            None => {}
        }
    }
}

/// Hands out the short values of a record, its name and id apart, and the texts of its long fields.
///
/// Hidden fields are not among the record's fields, so they are never indexed.
pub(crate) fn for_each_value<'a>(
    record: Record<'a>,
    codes: &'a Codes,
    take: &mut dyn FnMut(IndexedValue<'a>),
    take_long: &mut dyn FnMut(&'a str),
) {
    let mut has_region = false;
    for field in record.fields() {
        let text = field.value;
        if is_long(field.kind, text) {
            take_long(text);
            continue;
        }
        if is_empty_marker(text) {
            continue;
        }
        match field.kind {
            Some(FieldKind::Name) if text == record.name() => continue,
            Some(FieldKind::Diarienummer) if text == record.id() => continue,
            Some(FieldKind::Region) => has_region = true,
            _ => {}
        }
        take(IndexedValue { kind: field.kind.filter(|kind| has_spellings(*kind)), text });
    }
    if !has_region {
        let derived = record.raw(FieldKind::Nuts).and_then(|nuts| codes.regions().region_of_nuts(nuts));
        if let Some(text) = derived {
            take(IndexedValue { kind: None, text });
        }
    }
}

/// Returns `true` if values of a kind have several spellings.
fn has_spellings(kind: FieldKind) -> bool {
    kind == FieldKind::OrganisationNumber || code_kind(kind).is_some()
}

/// The long texts of a record other than its description.
pub(crate) fn long_fields(record: Record<'_>) -> impl Iterator<Item = &str> {
    record.fields().filter(|field| is_long(field.kind, field.value)).map(|field| field.value)
}

fn is_long(kind: Option<FieldKind>, value: &str) -> bool {
    let is_summary = matches!(kind, Some(FieldKind::Summary | FieldKind::SummaryEnglish));
    is_summary || value.len() > MAX_SHORT
}

fn organisation_number(raw: &str, take: &mut dyn FnMut(&str)) {
    let Ok(Some(number)) = read_organisation_number(raw) else { return };
    let (plain, hyphenated) = (number.to_string(), number.hyphenated());
    let mut spelling = String::with_capacity("SE212000275901".len());
    for parts in [
        ["", &plain, ""],
        ["", &hyphenated, ""],
        ["16", &plain, ""],
        ["16", &hyphenated, ""],
        ["SE", &plain, "01"],
    ] {
        spelling.clear();
        spelling.extend(parts);
        if spelling != raw {
            take(&spelling);
        }
    }
}

fn code_kind(kind: FieldKind) -> Option<CodeKind> {
    Some(match kind {
        FieldKind::Fund => CodeKind::Fund,
        FieldKind::ProgrammeCci => CodeKind::Programme,
        FieldKind::Priority => CodeKind::Priority,
        FieldKind::SpecificObjective => CodeKind::SpecificObjective,
        FieldKind::InterventionField => CodeKind::InterventionField,
        _ => return None,
    })
}

fn code_spellings(kind: FieldKind, raw: &str, take: &mut dyn FnMut(&str)) {
    let Some(code) = code_kind(kind) else { return };
    for part in raw.split(['|', ';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let normalised = code.normalise(part);
        if !normalised.eq_ignore_ascii_case(part) {
            take(&normalised);
        }
    }
}
