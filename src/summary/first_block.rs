//! The fixed first block of a summary: the facts that callers ask for, always in the same place. Missing facts are
//! marked as missing.

use super::other_sources;
use super::period_bar::{PeriodBar, ProjectState, state_of};
use super::short::short_value;
use super::{Role, SummaryLine, SummaryPiece, TextOrigin, joined};
use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;
use crate::domain::schema::FieldKind;
use crate::domain::values::date::Date;
use crate::i18n::{Words, fill};

/// Between pieces that are of one kind.
const DOT: &str = " · ";
/// Between pieces that are not.
const GAP: &str = "   ";

pub(super) fn lines(
    catalogue: &Catalogue,
    record: Record<'_>,
    words: &Words,
    today: Date,
) -> Vec<SummaryLine> {
    let line = |label: &str, pieces| SummaryLine { label: label.to_owned(), pieces };
    let lines = [
        line("", title(record, words, today)),
        line(words.beneficiary, beneficiary(record, words)),
        line(words.period, period(record, words, today)),
        line(words.participants, participants(catalogue, record, words)),
        line(words.money, money(record, words)),
    ];
    let also = |kinds| other_sources::of_kinds(catalogue, record, kinds, words);
    let with_also = |(line, kinds)| std::iter::once(line).chain(also(kinds));
    lines.into_iter().zip(SAID).flat_map(with_also).collect()
}

/// The fields of each line. Programme area and objective follow below, with their names.
const SAID: [&[FieldKind]; 5] = [
    &[FieldKind::Name],
    &[FieldKind::Beneficiary, FieldKind::OrganisationNumber, FieldKind::Postcode, FieldKind::City],
    &[FieldKind::StartDate, FieldKind::EndDate],
    &[FieldKind::Participants, FieldKind::Region, FieldKind::Nuts],
    &[FieldKind::TotalBudget, FieldKind::EsfSupport, FieldKind::EuSupport, FieldKind::CofinancingRate],
];

fn title(record: Record<'_>, words: &Words, today: Date) -> Vec<SummaryPiece> {
    let id = SummaryPiece {
        origin: Some(TextOrigin::Id),
        raw: Some(record.id().to_owned()),
        field: Some(FieldKind::Diarienummer),
        ..SummaryPiece::new(record.id(), Role::Strong)
    };
    let name = if record.name().is_empty() {
        SummaryPiece::new(words.nameless, Role::Missing)
    } else {
        let one_line = record.name().replace('\n', " ");
        SummaryPiece {
            origin: Some(TextOrigin::Name),
            raw: Some(one_line.clone()),
            field: Some(FieldKind::Name),
            ..SummaryPiece::new(one_line, Role::Strong)
        }
    };
    let mut pieces = vec![id, SummaryPiece::quiet("  "), name];
    if let Some(state) = state_of(record, today) {
        let word = match state {
            ProjectState::Upcoming => words.upcoming,
            ProjectState::Ongoing => words.ongoing,
            ProjectState::Ended => words.ended,
        };
        pieces.extend([SummaryPiece::quiet("  "), SummaryPiece::new(word, Role::State(state))]);
    }
    pieces
}

fn beneficiary(record: Record<'_>, words: &Words) -> Vec<SummaryPiece> {
    let owner = field_or_missing(record, FieldKind::Beneficiary, words);
    let number = joined(record, FieldKind::OrganisationNumber).map(|raw| {
        let shown = record.organisation_number().map_or_else(|| raw.clone(), |number| number.hyphenated());
        if raw.contains("****") {
            SummaryPiece { text: words.masked.to_owned(), ..SummaryPiece::new("", Role::Missing) }
        } else {
            SummaryPiece::raw(shown, raw, FieldKind::OrganisationNumber)
        }
    });
    let (postcode, city) = (joined(record, FieldKind::Postcode), joined(record, FieldKind::City));
    // One piece, since it is one line of an address. The town tells more than its postcode.
    let town_field = if city.is_some() { FieldKind::City } else { FieldKind::Postcode };
    let town: Vec<String> = [postcode, city].into_iter().flatten().collect();
    let town = (!town.is_empty()).then(|| SummaryPiece::raw(town.join(" "), town.join(" "), town_field));
    separated([Some(owner), number, town].into_iter().flatten(), DOT)
}

fn period(record: Record<'_>, words: &Words, today: Date) -> Vec<SummaryPiece> {
    let (start, end) = (record.date(FieldKind::StartDate), record.date(FieldKind::EndDate));
    let mut pieces = vec![date_or_missing(record, FieldKind::StartDate, start, words)];
    match start.zip(end).and_then(|(start, end)| PeriodBar::new(start, end, today)) {
        Some(bar) => pieces.extend([
            SummaryPiece::quiet(" "),
            SummaryPiece::new("", Role::Bar(bar)),
            SummaryPiece::quiet(" "),
        ]),
        None => pieces.push(SummaryPiece::quiet(" – ")),
    }
    pieces.push(date_or_missing(record, FieldKind::EndDate, end, words));
    if let Some(distance) = distance(start, end, today, words) {
        pieces.extend([SummaryPiece::quiet(DOT), SummaryPiece::quiet(distance)]);
    }
    pieces
}

/// `slutar om 8 mån 27 dgr`.
fn distance(start: Option<Date>, end: Option<Date>, today: Date, words: &Words) -> Option<String> {
    let stretch = |from: Date, to: Date| {
        let span = from.until((jiff::Unit::Year, to)).ok()?;
        Some(words.stretch(i32::from(span.get_years()), span.get_months(), span.get_days()))
    };
    match (start, end) {
        (Some(start), _) if today < start => Some(format!("{} {}", words.starts_in, stretch(today, start)?)),
        (_, Some(end)) if today == end => Some(words.ends_today.to_owned()),
        (_, Some(end)) if today < end => Some(format!("{} {}", words.ends_in, stretch(today, end)?)),
        (_, Some(end)) => Some(fill(words.ended_ago, &[&stretch(end, today)?])),
        _ => None,
    }
}

fn participants(catalogue: &Catalogue, record: Record<'_>, words: &Words) -> Vec<SummaryPiece> {
    let mut pieces = vec![field_or_missing(record, FieldKind::Participants, words), SummaryPiece::quiet(GAP)];
    let code = |kind| joined(record, kind).map(|raw| SummaryPiece::raw(raw.clone(), raw, kind));
    let programme = [code(FieldKind::Priority), code(FieldKind::SpecificObjective)];
    let all = region(catalogue, record, words).into_iter().chain(programme.into_iter().flatten());
    pieces.extend(separated(all, DOT));
    pieces
}

/// `Övre Norrland (SE33)`; a region that is not given is derived from the NUTS code, and said to be.
fn region(catalogue: &Catalogue, record: Record<'_>, words: &Words) -> Vec<SummaryPiece> {
    let (region, nuts) = (joined(record, FieldKind::Region), joined(record, FieldKind::Nuts));
    let derived = nuts.as_deref().and_then(|code| catalogue.codes().regions().region_of_nuts(code));
    match (region, nuts) {
        (Some(region), Some(nuts)) => {
            vec![SummaryPiece::raw(format!("{region} ({nuts})"), region, FieldKind::Region)]
        }
        (Some(region), None) => vec![SummaryPiece::raw(region.clone(), region, FieldKind::Region)],
        (None, Some(nuts)) => match derived {
            Some(region) => {
                let text = format!("{nuts} ({region}, {})", words.derived);
                vec![SummaryPiece::raw(text, nuts, FieldKind::Nuts)]
            }
            None => vec![SummaryPiece::raw(nuts.clone(), nuts, FieldKind::Nuts)],
        },
        (None, None) => vec![SummaryPiece::new(words.unknown, Role::Missing)],
    }
}

fn money(record: Record<'_>, words: &Words) -> Vec<SummaryPiece> {
    let amounts = [
        (words.total, FieldKind::TotalBudget),
        (words.esf_support, FieldKind::EsfSupport),
        (words.eu_support, FieldKind::EuSupport),
    ];
    let mut pieces = Vec::new();
    for (at, (word, kind)) in amounts.into_iter().enumerate() {
        if at > 0 {
            pieces.push(SummaryPiece::quiet(DOT));
        }
        pieces.push(SummaryPiece::quiet(format!("{word} ")));
        pieces.push(match record.raw(kind) {
            Some(raw) => SummaryPiece::raw(short_value(record, kind, words), raw, kind),
            None => SummaryPiece::new("–", Role::Missing),
        });
    }
    pieces.push(SummaryPiece::quiet(format!("{GAP}{} ", words.eu_share)));
    pieces.push(match record.raw(FieldKind::CofinancingRate) {
        Some(raw) => {
            let kind = FieldKind::CofinancingRate;
            SummaryPiece::raw(short_value(record, kind, words), raw, kind)
        }
        None => SummaryPiece::new("–", Role::Missing),
    });
    pieces
}

fn field_or_missing(record: Record<'_>, kind: FieldKind, words: &Words) -> SummaryPiece {
    match joined(record, kind) {
        Some(raw) => SummaryPiece::raw(raw.clone(), raw, kind),
        None => SummaryPiece::new(words.unknown, Role::Missing),
    }
}

/// The date in ISO form, or the raw text if it cannot be read.
fn date_or_missing(record: Record<'_>, kind: FieldKind, date: Option<Date>, words: &Words) -> SummaryPiece {
    match (date, record.raw(kind)) {
        (Some(date), Some(raw)) => SummaryPiece::raw(date.to_string(), raw, kind),
        (None, Some(raw)) => SummaryPiece::raw(raw, raw, kind),
        (_, None) => SummaryPiece::new(words.unknown, Role::Missing),
    }
}

fn separated(pieces: impl Iterator<Item = SummaryPiece>, separator: &str) -> Vec<SummaryPiece> {
    let mut all = Vec::new();
    for piece in pieces {
        if !all.is_empty() {
            all.push(SummaryPiece::quiet(separator));
        }
        all.push(piece);
    }
    all
}
