//! Checks the values of records: each field (here), fields against each other (`against`), missing ones (`complete`).

mod against;
mod complete;

pub use complete::missing_data;

use std::panic::resume_unwind;
use std::thread;

use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::conflicts::conflicts;
use crate::domain::catalogue::record::{Field, Record};
use crate::domain::codes::CodeKind;
use crate::domain::diagnostic::{Code, Diagnostic};
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::count::read_count;
use crate::domain::values::organisation_number::read_organisation_number;
use crate::domain::values::percent::read_percent;
use crate::domain::values::value::{ValueProblem, is_empty_marker};
use crate::domain::values::yes_no::read_yes_no;

/// Adds the findings on the values of all records, in their order.
pub fn values(catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    let threads =
        thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(super::MAX_THREADS);
    let records = catalogue.records();
    let share = records.len().div_ceil(threads).max(MIN_SHARE);
    let some = |from: usize| {
        let mut found = Vec::new();
        catalogue.records().skip(from).take(share).for_each(|record| check(catalogue, record, &mut found));
        found
    };
    let found: Vec<Vec<Diagnostic>> = thread::scope(|scope| {
        let starts = (share..records.len()).step_by(share);
        let others: Vec<_> = starts.map(|from| scope.spawn(move || some(from))).collect();
        let own = some(0);
        let others =
            others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        std::iter::once(own).chain(others).collect()
    });
    diagnostics.extend(found.into_iter().flatten());
}

/// Smallest number of records given to a thread.
const MIN_SHARE: usize = 1_000;

/// Adds the findings on one record.
fn check(catalogue: &Catalogue, record: Record<'_>, diagnostics: &mut Vec<Diagnostic>) {
    conflicts(record, diagnostics);
    for field in record.fields() {
        // Text is never wrong, so most fields are skipped before the search for empty markers.
        if let Some(kind) = field.kind
            && !matches!(kind.spec().value, ValueType::Text | ValueType::Id)
            && !is_empty_marker(field.value)
        {
            value(catalogue, record, &field, kind, diagnostics);
        }
    }
    against::fields(catalogue, record, diagnostics);
}

fn value(
    catalogue: &Catalogue,
    record: Record<'_>,
    field: &Field<'_>,
    kind: FieldKind,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if kind.spec().value == ValueType::Code {
        return codes(catalogue, record, field, diagnostics);
    }
    let read = match kind.spec().value {
        ValueType::Amount => record.read_amount(field, field.value).map(drop),
        ValueType::Date => record.read_date(field, field.value).map(drop),
        other => read_as(other, field.value),
    };
    if let Err(problem) = read
        && !is_masked(field.value)
    {
        diagnostics.push(Diagnostic::new(problem.into(), record.place_of(field), field.value));
    }
}

/// Reads a text as a type other than amount and code, for its problem.
fn read_as(value: ValueType, raw: &str) -> Result<(), ValueProblem> {
    match value {
        ValueType::Percent => read_percent(raw).map(drop),
        ValueType::Count => read_count(raw).map(drop),
        ValueType::YesNo => read_yes_no(raw).map(drop),
        ValueType::OrganisationNumber => read_organisation_number(raw).map(drop),
        ValueType::Text | ValueType::Id | ValueType::Code | ValueType::Amount | ValueType::Date => Ok(()),
    }
}

/// Returns `true` for a masked number, which cannot be read through no fault of the data.
fn is_masked(raw: &str) -> bool {
    raw.contains("****")
}

fn codes(catalogue: &Catalogue, record: Record<'_>, field: &Field<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(table), Some(period)) = (field.kind.and_then(CodeKind::for_field), record.period()) else {
        return;
    };
    for code in field.value.split(['|', ';', ',']).map(str::trim).filter(|code| !code.is_empty()) {
        if catalogue.codes().lookup(table, period, code).is_none() {
            let problem = Diagnostic::new(Code::UnknownCode, record.place_of(field), code);
            diagnostics.push(problem.against(period.text(), None));
        }
    }
}
