//! Statistics for programs: JSON, or a list with a row for each value.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::StatsResult;
use crate::cli::app::CliContext;
use crate::cli::args::Format;
use crate::cli::error::CliError;
use crate::domain::values::currency::Currency;
use crate::export::{ExportFormat, Number, list_row};
use crate::search::index::Index;
use crate::search::language::query_context::Rates;
use crate::search::results::stats::{SUMMED, Sum, Sums};

#[derive(Serialize)]
struct StatsDocument<'a> {
    query: &'a str,
    date: String,
    /// Exchange rate as `EUR=11.2`, or null.
    rate: Option<String>,
    projects: usize,
    #[serde(flatten)]
    sums: Amounts,
    by: Vec<StatsField<'a>>,
}

#[derive(Serialize)]
struct StatsField<'a> {
    field: &'static str,
    groups: Vec<StatsGroup<'a>>,
}

#[derive(Serialize)]
struct StatsGroup<'a> {
    /// The value; null for records without one.
    value: Option<&'a str>,
    /// Meaning of a code; null for other values.
    meaning: Option<String>,
    projects: usize,
    #[serde(flatten)]
    sums: Amounts,
}

/// Sums, keyed by amount field.
type Amounts = BTreeMap<&'static str, StatsAmount>;

#[derive(Serialize)]
struct StatsAmount {
    sek: Number,
    eur: Number,
    /// Sums in other currencies, by code; `none` for amounts without a stated currency.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    other: BTreeMap<&'static str, Number>,
    /// Sum in kronor of all currencies, at the given rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_sek: Option<Number>,
    unknown: usize,
}

/// Prints the statistics as one JSON object.
pub(super) fn json(
    app: &mut CliContext<'_>,
    query: &str,
    index: &Index,
    counted: &StatsResult,
) -> Result<(), CliError> {
    let rates = app.settings.rates.value;
    let (codes, lang) = (index.catalogue().codes(), app.words.lang);
    let fields = counted.by.iter().map(|stats| {
        let with = stats.groups.iter().map(|(value, sums)| StatsGroup {
            value: Some(&value.text),
            meaning: value.meaning(stats.field, codes, lang),
            projects: sums.count,
            sums: amounts(sums, rates),
        });
        let without = &stats.without;
        let without = (without.count > 0).then(|| StatsGroup {
            value: None,
            meaning: None,
            projects: without.count,
            sums: amounts(without, rates),
        });
        StatsField { field: stats.field.key(), groups: with.chain(without).collect() }
    });
    let document = StatsDocument {
        query,
        date: app.today().to_string(),
        rate: (!rates.is_empty()).then(|| rates.to_string()),
        projects: counted.whole.count,
        sums: amounts(&counted.whole, rates),
        by: fields.collect(),
    };
    serde_json::to_writer_pretty(&mut *app.output.data, &document)
        .map_err(|error| CliError::from(io::Error::from(error)))?;
    Ok(writeln!(app.output.data)?)
}

fn amounts(sums: &Sums, rates: Rates) -> Amounts {
    let amount = |sum: &Sum| StatsAmount {
        sek: Number::from_minor(sum.of(Some(Currency::SEK))),
        eur: Number::from_minor(sum.of(Some(Currency::EUR))),
        other: other_sums(sum).map(|(code, minor)| (code, Number::from_minor(minor))).collect(),
        in_sek: sum.in_sek(rates).map(Number::from_minor),
        unknown: sum.unknown,
    };
    SUMMED.iter().zip(&sums.amounts).map(|(kind, sum)| (kind.spec().key, amount(sum))).collect()
}

/// Prints a row for all records, then a row for each value of each field.
pub(super) fn list(
    app: &mut CliContext<'_>,
    format: Format,
    index: &Index,
    counted: &StatsResult,
) -> Result<(), CliError> {
    let form = if format == Format::Tsv { ExportFormat::Tsv } else { ExportFormat::Csv };
    let rates = app.settings.rates.value;
    let mut headings: Vec<String> =
        ["field", "value", "meaning", "projects"].into_iter().map(str::to_owned).collect();
    for kind in SUMMED {
        let key = kind.spec().key;
        headings.extend(["sek", "eur", "other", "unknown"].iter().map(|part| format!("{key}_{part}")));
        headings.extend((!rates.is_empty()).then(|| format!("{key}_in_sek")));
    }
    headings.extend((!rates.is_empty()).then(|| "rate".to_owned()));
    let mut rows = vec![headings, row(["", "", ""], &counted.whole, rates)];
    let (codes, lang) = (index.catalogue().codes(), app.words.lang);
    for stats in &counted.by {
        let key = stats.field.key();
        for (value, sums) in &stats.groups {
            let meaning = value.meaning(stats.field, codes, lang).unwrap_or_default();
            rows.push(row([key, &value.text, &meaning], sums, rates));
        }
        if stats.without.count > 0 {
            rows.push(row([key, "", ""], &stats.without, rates));
        }
    }
    for row in rows {
        write!(app.output.data, "{}", list_row(form, &row))?;
    }
    Ok(())
}

/// The sums in other currencies, by code; `none` for amounts without a stated currency.
fn other_sums(sum: &Sum) -> impl Iterator<Item = (&'static str, i128)> {
    let is_other = |(currency, _): &(&Option<Currency>, &i128)| {
        !matches!(**currency, Some(Currency::SEK | Currency::EUR))
    };
    sum.by_currency
        .iter()
        .filter(is_other)
        .map(|(currency, minor)| (currency.map_or("none", Currency::code), *minor))
}

fn row(names: [&str; 3], sums: &Sums, rates: Rates) -> Vec<String> {
    let mut cells: Vec<String> = names.into_iter().map(str::to_owned).collect();
    cells.push(sums.count.to_string());
    let amount = |minor: i128| Number::from_minor(minor).to_string();
    for sum in &sums.amounts {
        let [sek, eur] = [Currency::SEK, Currency::EUR].map(|currency| amount(sum.of(Some(currency))));
        let other = other_sums(sum).map(|(code, minor)| format!("{} {code}", amount(minor)));
        cells.extend([sek, eur, other.collect::<Vec<_>>().join(" | "), sum.unknown.to_string()]);
        cells.extend(sum.in_sek(rates).map(amount));
    }
    cells.extend((!rates.is_empty()).then(|| rates.to_string()));
    cells
}
