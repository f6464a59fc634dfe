//! Finds data required by Article 49(3) of Regulation (EU) 2021/1060 that are missing. Not part of a load: it concerns
//! those who publish a list, not those who read one.

use std::collections::BTreeMap;

use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::schema::FieldKind;
use crate::domain::source_location::SourceId;
use crate::domain::source_location::SourceLocation;
use crate::domain::values::value::is_empty_marker;

/// The required particulars, each with the fields that satisfy it; the first one names it in findings. The unique code
/// has its own diagnostic, and points (b), (c) and (m) apply to some operations only.
const ASKED: [&[FieldKind]; 11] = [
    &[FieldKind::Beneficiary],
    &[FieldKind::Name, FieldKind::NameEnglish],
    &[FieldKind::Summary, FieldKind::SummaryEnglish],
    &[FieldKind::StartDate],
    &[FieldKind::EndDate],
    &[FieldKind::TotalBudget],
    &[FieldKind::Fund],
    &[FieldKind::SpecificObjective],
    &[FieldKind::CofinancingRate],
    &[FieldKind::Region, FieldKind::Nuts, FieldKind::Countries],
    &[FieldKind::InterventionField],
];

/// A bit set over [`ASKED`].
type StatedParticulars = u16;

/// Records reported together: those of one list, or all records with a file each.
#[derive(Clone, Copy)]
struct MissingGroup {
    records: usize,
    given: StatedParticulars,
    first: SourceLocation,
}

/// Reports particulars missing from all records of a list once, and the others for each record. Records with a file each
/// count as one list.
#[must_use]
pub fn missing_data(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut records = Vec::with_capacity(catalogue.len());
    let mut of_source: BTreeMap<SourceId, usize> = BTreeMap::new();
    for record in catalogue.records() {
        let Some(place) = record.places().next() else { continue };
        records.push((place, given(record)));
        *of_source.entry(place.source).or_default() += 1;
    }
    let list_of =
        |place: SourceLocation| Some(place.source).filter(|source| of_source.get(source) > Some(&1));
    let mut groups: BTreeMap<Option<SourceId>, MissingGroup> = BTreeMap::new();
    for (place, given) in &records {
        let group =
            groups.entry(list_of(*place)).or_insert(MissingGroup { records: 0, given: 0, first: *place });
        group.records += 1;
        group.given |= given;
    }
    let whole = groups.values().filter(|group| group.records > 1).filter_map(|group| {
        let note = note(SourceLocation::whole(group.first.source), !group.given)?;
        Some(note.against(group.records.to_string(), None))
    });
    let single = records.iter().filter_map(|(place, given)| {
        let group = groups.get(&list_of(*place)).filter(|group| group.records > 1);
        note(*place, !given & group.map_or(StatedParticulars::MAX, |group| group.given))
    });
    whole.chain(single).collect()
}

/// A finding that lists the keys of the missing fields; `None` if nothing is missing.
fn note(place: SourceLocation, missing: StatedParticulars) -> Option<Diagnostic> {
    let keys: Vec<&str> = ASKED
        .iter()
        .enumerate()
        .filter(|(bit, _)| missing & (1 << bit) != 0)
        .filter_map(|(_, kinds)| kinds.first().map(|kind| kind.spec().key))
        .collect();
    (!keys.is_empty()).then(|| Diagnostic::new(Code::MissingData, place, keys.join(", ")))
}

/// Particulars that a record states. Its title and description count as name and summary.
fn given(record: Record<'_>) -> StatedParticulars {
    let mut given = 0;
    let mut answer = |kind: FieldKind| {
        for (bit, _) in ASKED.iter().enumerate().filter(|(_, kinds)| kinds.contains(&kind)) {
            given |= 1 << bit;
        }
    };
    for field in record.fields() {
        if let Some(kind) = field.kind
            && !is_empty_marker(field.value)
        {
            answer(kind);
        }
    }
    if !is_empty_marker(record.name()) {
        answer(FieldKind::Name);
    }
    if !is_empty_marker(record.description()) {
        answer(FieldKind::Summary);
    }
    given
}
