//! `diarium review sample N [QUERY] --seed TEXT`: draws a sample and begins a round over it.

use super::write::refuse_personal_numbers;
use crate::cli::app::CliContext;
use crate::cli::error::CliError;
use crate::cli::review_store::{RoundRequest, StoreLocation};
use crate::cli::run_query::FindResult;
use crate::cli::status::Status;
use crate::domain::catalogue::Row;
use crate::domain::catalogue::record::Record;
use crate::domain::schema::FieldKind;
use crate::i18n::{ReportWords, ReviewCliWords, fill};
use crate::report::stratum_name;
use crate::review::event::{SampleKind, SampleMethod};
use crate::review::round::Round;
use crate::review::sample::{Drawn, by_amount, simple, stratified};
use crate::search::language::sort_order::SortOrder;
use crate::search::results::groups::joined_values;
use crate::text::printable::printable;

/// Arguments of `diarium review sample`.
pub struct Sample {
    /// Number of records to draw.
    pub size: usize,
    /// The arguments that make up the query.
    pub query: Vec<String>,
    /// The seed, which makes the draw repeatable.
    pub seed: String,
    /// The method.
    pub by: SampleBy,
    /// The name of the round; without one it has the day's.
    pub name: Option<String>,
    /// The purpose of the round.
    pub purpose: String,
    /// Number of people who must agree; `None` for the configured number.
    pub eyes: Option<u8>,
    /// The name of the round that it continues.
    pub from: Option<String>,
    /// Draw and report only; no round is begun.
    pub dry_run: bool,
}

/// The sampling method.
pub enum SampleBy {
    /// Each alike.
    Number,
    /// A field, by its name.
    Field(String),
    /// An amount.
    Amount(FieldKind),
}

/// Draws, begins a round, and prints the ids.
///
/// # Errors
/// When nothing matches, the field is unknown or not shared, a round is called so already, or nothing can be written.
pub fn run(app: &mut CliContext<'_>, place: &mut StoreLocation, asked: &Sample) -> Result<Status, CliError> {
    refuse_personal_numbers(asked.name.as_deref().unwrap_or_default(), false)?;
    refuse_personal_numbers(&asked.purpose, false)?;
    let from = asked.from.as_deref().map(|name| place.round_called(name)).transpose()?;
    let (eyes, from) = (asked.eyes.or(from.map(Round::eyes)), from.map(|round| round.id));
    if let SampleBy::Field(name) = &asked.by {
        crate::cli::run_query::group_field(name)?;
    }
    let Some(found) = crate::cli::run_query::found(app, &asked.query, &SortOrder::default())? else {
        return Ok(Status::Interrupted);
    };
    crate::cli::run_query::explain(app, &found.answer, false)?;
    if found.answer.hits.is_empty() {
        return Ok(Status::Nothing);
    }
    let (method, drawn) = draw(app, asked, &found)?;
    let sample = SampleMethod {
        method,
        size: asked.size,
        population: found.answer.hits.len(),
        seed: asked.seed.clone(),
        strata: drawn.strata,
    };
    tell(app, &sample)?;
    let ids: Vec<&str> = drawn.ids.iter().map(String::as_str).collect();
    if !asked.dry_run {
        let usual = fill(ReviewCliWords::of(app.words.lang).sample_name, &[&app.today()]);
        let name = asked.name.as_deref().unwrap_or(&usual);
        let (purpose, query) = (asked.purpose.as_str(), found.answer.query.text());
        let (sample, ids) = (Some(sample), ids.clone());
        place.begin(app, &found.catalogue, RoundRequest { name, purpose, query, sample, eyes, from, ids })?;
    }
    for id in ids {
        writeln!(app.output.data, "{}", printable(id))?;
    }
    Ok(Status::Done)
}

fn draw(app: &CliContext<'_>, asked: &Sample, found: &FindResult) -> Result<(SampleKind, Drawn), CliError> {
    let FindResult { catalogue, index, answer } = found;
    let rows: Vec<Row> = answer.hits.iter().map(|hit| hit.row).collect();
    let records: Vec<Record<'_>> = rows.iter().filter_map(|row| catalogue.record(*row)).collect();
    let ids = records.iter().map(|record| record.id());
    let (size, seed) = (asked.size, asked.seed.as_str());
    Ok(match &asked.by {
        SampleBy::Number => (SampleKind::Simple, simple(ids, size, seed)),
        SampleBy::Field(name) => {
            let field = crate::cli::run_query::group_field(name)?;
            let values = joined_values(index, &rows, field, &app.basis());
            let drawn = stratified(ids.zip(values.iter().map(Option::as_deref)), size, seed);
            (SampleKind::Stratified { by: field.key().to_owned() }, drawn)
        }
        SampleBy::Amount(kind) => {
            let rates = app.settings.rates.value;
            let amount = |record: &Record<'_>| rates.ore_of(&record.amount(*kind)?);
            let drawn = by_amount(ids.zip(records.iter().map(amount)), size, seed);
            let rate = (!rates.is_empty()).then(|| rates.to_string());
            (SampleKind::ByAmount { weight: kind.spec().key.to_owned(), rate }, drawn)
        }
    })
}

/// Reports on standard error the numbers drawn from each stratum.
fn tell(app: &mut CliContext<'_>, sample: &SampleMethod) -> Result<(), CliError> {
    let words = ReportWords::of(app.words.lang);
    for stratum in &sample.strata {
        let name = stratum_name(&stratum.of, &words);
        app.output.say(format!("{name}: {}", app.words.count(stratum.drawn, stratum.population)))?;
    }
    if sample.size > sample.population {
        let all = ReviewCliWords::of(app.words.lang).fewer_than_asked;
        app.output.say(format!("{}: {all}", app.words.note))?;
    }
    Ok(())
}
