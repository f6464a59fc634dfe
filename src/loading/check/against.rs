//! Checks the fields of a record against each other.

use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::agreement::RATE_TOLERANCE;
use crate::domain::catalogue::record::Record;
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::schema::FieldKind;
use crate::domain::source_location::SourceLocation;
use crate::domain::values::date::Date;
use crate::domain::values::period::Period;

/// Adds the contradictions within a record.
pub(super) fn fields(catalogue: &Catalogue, record: Record<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let dates = (record.date(FieldKind::StartDate), record.date(FieldKind::EndDate));
    end_after_start(record, dates, diagnostics);
    dates_in_period(record, dates, diagnostics);
    region_and_nuts(catalogue, record, diagnostics);
    rate_and_amounts(record, diagnostics);
}

/// Position of the first value of a kind.
fn place_of(record: Record<'_>, kind: FieldKind) -> Option<SourceLocation> {
    record.all(kind).next().map(|field| record.place_of(&field))
}

fn end_after_start(
    record: Record<'_>,
    dates: (Option<Date>, Option<Date>),
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let (Some(start), Some(end)) = dates
        && end < start
        && let Some(place) = place_of(record, FieldKind::EndDate)
    {
        let problem = Diagnostic::new(Code::EndBeforeStart, place, end.to_string());
        diagnostics.push(problem.against(start.to_string(), place_of(record, FieldKind::StartDate)));
    }
}

/// The first and the last day on which a period's programmes can pay for expenditure, as year, month, day: Article
/// 65(2) of Regulation (EU) 1303/2013 and Article 63(2) of Regulation (EU) 2021/1060.
const fn eligible(period: Period) -> [(i16, i8, i8); 2] {
    match period {
        Period::P2014 => [(2014, 1, 1), (2023, 12, 31)],
        Period::P2021 => [(2021, 1, 1), (2029, 12, 31)],
    }
}

fn dates_in_period(
    record: Record<'_>,
    dates: (Option<Date>, Option<Date>),
    diagnostics: &mut Vec<Diagnostic>,
) {
    if dates == (None, None) {
        return;
    }
    let Some(period) = record.period() else { return };
    let [first, last] = eligible(period);
    for (kind, date) in [(FieldKind::StartDate, dates.0), (FieldKind::EndDate, dates.1)] {
        if let Some(date) =
            date.filter(|date| !(first..=last).contains(&(date.year(), date.month(), date.day())))
            && let Some(place) = place_of(record, kind)
        {
            let problem = Diagnostic::new(Code::OutsidePeriod, place, date.to_string());
            let mut says = [FieldKind::Period, FieldKind::ProgrammeCci].into_iter();
            let said_at = says.find_map(|kind| place_of(record, kind));
            diagnostics.push(problem.against(period.text(), said_at));
        }
    }
}

fn region_and_nuts(catalogue: &Catalogue, record: Record<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(region), Some(nuts)) =
        (record.all(FieldKind::Region).next(), record.all(FieldKind::Nuts).next())
    else {
        return;
    };
    if catalogue.codes().regions().region_agrees(region.value, nuts.value) == Some(false) {
        let problem = Diagnostic::new(Code::RegionDiffers, record.place_of(&region), region.value);
        diagnostics.push(problem.against(nuts.value, Some(record.place_of(&nuts))));
    }
}

/// Compares the stated rate with the Union's support divided by the total budget. Differences below half a per cent are
/// ignored, since lists state whole amounts and whole per cents.
fn rate_and_amounts(record: Record<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(total) = record.amount(FieldKind::TotalBudget).filter(|total| total.minor > 0) else { return };
    let Some(support) = record.amount(FieldKind::EuSupport).filter(|support| support.minor >= 0) else {
        return;
    };
    let Some(rate) = record.cofinancing_rate() else { return };
    if total.currency != support.currency {
        return;
    }
    let total = i128::from(total.minor);
    let computed = (i128::from(support.minor) * 10_000 + total / 2) / total;
    if (computed - i128::from(rate.hundredths())).abs() <= i128::from(RATE_TOLERANCE) {
        return;
    }
    let Some(field) = record.all(FieldKind::CofinancingRate).next() else { return };
    let problem = Diagnostic::new(Code::RateDiffers, record.place_of(&field), field.value);
    let computed = format!("{}.{:02} %", computed / 100, computed % 100);
    diagnostics.push(problem.against(computed, place_of(record, FieldKind::EuSupport)));
}
