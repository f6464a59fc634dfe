//! The fields that the first block does not show whole, in groups, codes decoded.

use super::other_sources;
use super::other_sources::Above;
use super::{Role, SummaryGroup, SummaryLine, SummaryPiece};
use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::{Field, Record};
use crate::domain::codes::CodeKind;
use crate::domain::codes::code_table::{Certainty, Name};
use crate::domain::schema::{FieldGroup, FieldKind, ValueType};
use crate::domain::values::value::is_empty_marker;
use crate::domain::values::yes_no::{YesNo, read_yes_no};
use crate::i18n::{Words, field_label};

const GROUPS: [FieldGroup; 5] = [
    FieldGroup::Programme,
    FieldGroup::Project,
    FieldGroup::TimeAndPlace,
    FieldGroup::Money,
    FieldGroup::Other,
];

pub(super) fn groups(catalogue: &Catalogue, record: Record<'_>, words: &Words) -> Vec<SummaryGroup> {
    let of_group = |group: FieldGroup| {
        let lines: Vec<SummaryLine> = record
            .fields()
            .filter(|field| !field.kind.is_some_and(in_first_block))
            .filter(|field| field.kind.map_or(FieldGroup::Other, |kind| kind.spec().group) == group)
            .flat_map(|field| {
                let also = other_sources::of_field(catalogue, record, &field, Above::TheField, words);
                std::iter::once(line(catalogue, record, &field, words)).chain(also)
            })
            .collect();
        (!lines.is_empty()).then(|| SummaryGroup { title: title(group, words), lines })
    };
    GROUPS.into_iter().filter_map(of_group).collect()
}

/// Returns `true` if the first block shows everything that the record has in this field.
const fn in_first_block(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Diarienummer
            | FieldKind::Name
            | FieldKind::Beneficiary
            | FieldKind::OrganisationNumber
            | FieldKind::Postcode
            | FieldKind::City
            | FieldKind::StartDate
            | FieldKind::EndDate
            | FieldKind::Participants
            | FieldKind::Region
            | FieldKind::Nuts
            | FieldKind::TotalBudget
            | FieldKind::EsfSupport
            | FieldKind::EuSupport
            | FieldKind::CofinancingRate
    )
}

fn title(group: FieldGroup, words: &Words) -> &'static str {
    match group {
        FieldGroup::Project => words.group_project,
        FieldGroup::TimeAndPlace => words.group_time_and_place,
        FieldGroup::Programme => words.group_programme,
        FieldGroup::Money => words.group_money,
        FieldGroup::Other => words.group_other,
    }
}

fn line(catalogue: &Catalogue, record: Record<'_>, field: &Field<'_>, words: &Words) -> SummaryLine {
    let label = match field.kind {
        Some(kind) => field_label(kind, words.lang),
        None => field.label,
    };
    let pieces = if is_empty_marker(field.value) {
        vec![SummaryPiece::new(words.unknown, Role::Missing)]
    } else {
        match field.kind.and_then(CodeKind::for_field).zip(record.period()) {
            Some((table, period)) => {
                let codes = field.value.split(['|', ';', ',']).map(str::trim).filter(|code| !code.is_empty());
                let mut pieces = Vec::new();
                for code in codes {
                    if !pieces.is_empty() {
                        pieces.push(SummaryPiece::quiet(", "));
                    }
                    pieces.push(SummaryPiece::raw(table.normalise(code), code, field.kind));
                    let names = catalogue.codes().lookup(table, period, code);
                    pieces.extend(names.into_iter().flat_map(|names| decoded(names.sv, names.en, words)));
                }
                pieces
            }
            None => vec![SummaryPiece::raw(plain(field, words), field.value, field.kind)],
        }
    };
    SummaryLine { label: label.to_owned(), pieces }
}

/// The value in one line; yes and no in the language of the screen.
fn plain(field: &Field<'_>, words: &Words) -> String {
    let is_yes_no = field.kind.is_some_and(|kind| kind.spec().value == ValueType::YesNo);
    match read_yes_no(field.value) {
        Ok(Some(YesNo::Yes)) if is_yes_no => words.yes.to_owned(),
        Ok(Some(YesNo::No)) if is_yes_no => words.no.to_owned(),
        _ => field.value.replace('\n', " "),
    }
}

/// ` · Support for labour market matching`, and how sure the name is. An official name in the other
/// language comes before a translation of our own.
fn decoded(swedish: Option<Name>, english: Option<Name>, words: &Words) -> Vec<SummaryPiece> {
    let Some(name) = words.lang.prefer(swedish, english) else { return Vec::new() };
    let remark = match name.standing {
        Certainty::Official => None,
        Certainty::Unofficial => Some(words.our_translation),
        Certainty::Unverified => Some(words.not_verified),
    };
    let mut pieces = vec![SummaryPiece::quiet(" · "), SummaryPiece::new(name.text, Role::Value)];
    pieces.extend(remark.map(|remark| SummaryPiece::quiet(format!(" ({remark})"))));
    pieces
}
