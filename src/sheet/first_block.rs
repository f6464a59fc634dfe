//! The fixed first block: what a phone call asks for, always in the same place, with what is missing said.

use super::also;
use super::period_bar::{PeriodBar, State, state_of};
use super::short::short_value;
use super::{Line, Origin, Piece, Role, joined};
use crate::domain::amount::{Currency, format_amount};
use crate::domain::catalogue::Catalogue;
use crate::domain::date::Date;
use crate::domain::record::Record;
use crate::domain::schema::FieldKind;
use crate::i18n::Words;

/// Between pieces that are of one kind.
const DOT: &str = " · ";
/// Between pieces that are not.
const GAP: &str = "   ";

pub(super) fn lines(catalogue: &Catalogue, record: Record<'_>, words: &Words, today: Date) -> Vec<Line> {
    let line = |label: &str, pieces| Line { label: label.to_owned(), pieces };
    let lines = [
        line("", title(record, words, today)),
        line(words.beneficiary, beneficiary(record, words)),
        line(words.period, period(record, words, today)),
        line(words.participants, participants(catalogue, record, words)),
        line(words.money, money(record, words)),
    ];
    let also = |kinds| also::of_kinds(catalogue, record, kinds, words);
    let with_also = |(line, kinds)| std::iter::once(line).chain(also(kinds));
    lines.into_iter().zip(SAID).flat_map(with_also).collect()
}

/// The fields that each line speaks of. Programme area and objective stand below, with their names.
const SAID: [&[FieldKind]; 5] = [
    &[FieldKind::Name],
    &[FieldKind::Beneficiary, FieldKind::OrganisationNumber, FieldKind::Postcode, FieldKind::City],
    &[FieldKind::StartDate, FieldKind::EndDate],
    &[FieldKind::Participants, FieldKind::Region, FieldKind::Nuts],
    &[FieldKind::TotalBudget, FieldKind::EsfSupport, FieldKind::EuSupport, FieldKind::CofinancingRate],
];

fn title(record: Record<'_>, words: &Words, today: Date) -> Vec<Piece> {
    let id = Piece {
        origin: Some(Origin::Id),
        raw: Some(record.id().to_owned()),
        ..Piece::new(record.id(), Role::Strong)
    };
    let name = if record.name().is_empty() {
        Piece::new(words.nameless, Role::Missing)
    } else {
        let one_line = record.name().replace('\n', " ");
        Piece {
            origin: Some(Origin::Name),
            raw: Some(one_line.clone()),
            ..Piece::new(one_line, Role::Strong)
        }
    };
    let mut pieces = vec![id, Piece::quiet("  "), name];
    if let Some(state) = state_of(record, today) {
        let word = match state {
            State::Upcoming => words.upcoming,
            State::Ongoing => words.ongoing,
            State::Ended => words.ended,
        };
        pieces.extend([Piece::quiet("  "), Piece::new(word, Role::State(state))]);
    }
    pieces
}

fn beneficiary(record: Record<'_>, words: &Words) -> Vec<Piece> {
    let owner = field_or_missing(record, FieldKind::Beneficiary, words);
    let number = joined(record, FieldKind::OrganisationNumber).map(|raw| {
        let shown = record.organisation_number().map_or_else(|| raw.clone(), |number| number.hyphenated());
        if raw.contains("****") {
            Piece { text: words.masked.to_owned(), ..Piece::new("", Role::Missing) }
        } else {
            Piece::raw(shown, raw)
        }
    });
    let (postcode, city) = (joined(record, FieldKind::Postcode), joined(record, FieldKind::City));
    let town: Vec<String> = [postcode, city].into_iter().flatten().collect();
    let town = (!town.is_empty()).then(|| Piece::raw(town.join(" "), town.join(" ")));
    separated([Some(owner), number, town].into_iter().flatten(), DOT)
}

fn period(record: Record<'_>, words: &Words, today: Date) -> Vec<Piece> {
    let (start, end) = (record.date(FieldKind::StartDate), record.date(FieldKind::EndDate));
    let mut pieces = vec![date_or_missing(record, FieldKind::StartDate, start, words)];
    match start.zip(end).and_then(|(start, end)| PeriodBar::of(start, end, today)) {
        Some(bar) => pieces.extend([Piece::quiet(" "), Piece::new("", Role::Bar(bar)), Piece::quiet(" ")]),
        None => pieces.push(Piece::quiet(" – ")),
    }
    pieces.push(date_or_missing(record, FieldKind::EndDate, end, words));
    if let Some(distance) = distance(start, end, today, words) {
        pieces.extend([Piece::quiet(DOT), Piece::quiet(distance)]);
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
        (_, Some(end)) => {
            let ago = words.lang.choose("sedan", "ago");
            Some(format!("{} {} {ago}", words.ended_ago, stretch(end, today)?))
        }
        _ => None,
    }
}

fn participants(catalogue: &Catalogue, record: Record<'_>, words: &Words) -> Vec<Piece> {
    let mut pieces = vec![field_or_missing(record, FieldKind::Participants, words), Piece::quiet(GAP)];
    let code = |kind| joined(record, kind).map(|raw| Piece::raw(raw.clone(), raw));
    let programme = [code(FieldKind::Priority), code(FieldKind::SpecificObjective)];
    let all = region(catalogue, record, words).into_iter().chain(programme.into_iter().flatten());
    pieces.extend(separated(all, DOT));
    pieces
}

/// `Övre Norrland (SE33)`; a region that is not given is derived from the NUTS code, and said to be.
fn region(catalogue: &Catalogue, record: Record<'_>, words: &Words) -> Vec<Piece> {
    let (region, nuts) = (joined(record, FieldKind::Region), joined(record, FieldKind::Nuts));
    let derived = nuts.as_deref().and_then(|code| catalogue.codes().regions().region_of_nuts(code));
    match (region, nuts) {
        (Some(region), Some(nuts)) => vec![Piece::raw(format!("{region} ({nuts})"), region)],
        (Some(region), None) => vec![Piece::raw(region.clone(), region)],
        (None, Some(nuts)) => match derived {
            Some(region) => vec![Piece::raw(format!("{nuts} ({region}, {})", words.derived), nuts)],
            None => vec![Piece::raw(nuts.clone(), nuts)],
        },
        (None, None) => vec![Piece::new(words.unknown, Role::Missing)],
    }
}

fn money(record: Record<'_>, words: &Words) -> Vec<Piece> {
    let amounts = [
        (words.total, FieldKind::TotalBudget),
        (words.esf_support, FieldKind::EsfSupport),
        (words.eu_support, FieldKind::EuSupport),
    ];
    let mut pieces = Vec::new();
    for (at, (word, kind)) in amounts.into_iter().enumerate() {
        if at > 0 {
            pieces.push(Piece::quiet(DOT));
        }
        pieces.push(Piece::quiet(format!("{word} ")));
        pieces.push(match record.raw(kind) {
            Some(raw) => Piece::raw(short_value(record, kind, words), raw),
            None => Piece::new("–", Role::Missing),
        });
    }
    pieces.push(Piece::quiet(format!("{GAP}{} ", words.eu_share)));
    pieces.push(match record.raw(FieldKind::CofinancingRate) {
        Some(raw) => Piece::raw(short_value(record, FieldKind::CofinancingRate, words), raw),
        None => Piece::new("–", Role::Missing),
    });
    pieces
}

/// An amount with its currency, `19 126 097 kr`; `None` if it cannot be read. The spaces do not break.
pub(super) fn amount_text(record: Record<'_>, kind: FieldKind, words: &Words) -> Option<String> {
    let amount = record.amount(kind)?;
    let currency = match amount.currency {
        Some(Currency::Eur) => "EUR",
        Some(Currency::Sek) | None => "kr",
    };
    Some(format!("{}\u{a0}{currency}", format_amount(&amount, '\u{a0}', words.lang.choose(',', '.'))))
}

fn field_or_missing(record: Record<'_>, kind: FieldKind, words: &Words) -> Piece {
    match joined(record, kind) {
        Some(raw) => Piece::raw(raw.clone(), raw),
        None => Piece::new(words.unknown, Role::Missing),
    }
}

/// The date in its plain form, or what stands there instead.
fn date_or_missing(record: Record<'_>, kind: FieldKind, date: Option<Date>, words: &Words) -> Piece {
    match (date, record.raw(kind)) {
        (Some(date), Some(raw)) => Piece::raw(date.to_string(), raw),
        (None, Some(raw)) => Piece::raw(raw, raw),
        (_, None) => Piece::new(words.unknown, Role::Missing),
    }
}

fn separated(pieces: impl Iterator<Item = Piece>, separator: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    for piece in pieces {
        if !all.is_empty() {
            all.push(Piece::quiet(separator));
        }
        all.push(piece);
    }
    all
}
