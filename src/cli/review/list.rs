//! Verbs that print records of the round: those in some states, and the next one that waits.

use std::collections::HashSet;

use crate::cli::app::CliContext;
use crate::cli::args::Format;
use crate::cli::error::CliError;
use crate::cli::records;
use crate::cli::review_error::ReviewError;
use crate::cli::review_store::StoreLocation;
use crate::cli::run_query::FindResult;
use crate::cli::status::Status;
use crate::domain::catalogue::Row;
use crate::domain::reviewed::{GONE, ReviewState, Reviewed, ReviewedRecord, utc};
use crate::i18n::{ReviewCliWords, review_reason, review_state};
use crate::review::comparison::{self, VersionComparison};
use crate::review::facts::facts;
use crate::review::round::Round;
use crate::review::version::Version;
use crate::search::language::sort_order::SortOrder;
use crate::text::printable::printable_lines;
use crate::ui::review_words::change_in_words;

/// The records that a state selects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    State(ReviewState),
    /// Records that the round has and that are not loaded.
    Gone,
}

impl Wanted {
    fn from_name(name: &str) -> Result<Self, ReviewError> {
        let plain = name.trim().to_lowercase();
        let called = |state: &&ReviewState| {
            state.name() == plain || review_state(**state, crate::i18n::Lang::Swedish) == plain
        };
        if GONE.contains(&plain.as_str()) {
            return Ok(Self::Gone);
        }
        let state = ReviewState::ALL.iter().find(called).map(|state| Self::State(*state));
        state.ok_or_else(|| ReviewError::UnknownState(name.to_owned()))
    }
}

/// Prints the records of the round with their verdicts and notes.
///
/// # Errors
/// If a state is unknown, no source could be read, or output cannot be written.
pub fn list(
    app: &mut CliContext<'_>,
    place: &StoreLocation,
    query: &[String],
    states: &[String],
) -> Result<Status, CliError> {
    let is_terminal = app.output.data_looks.columns.is_some();
    let default = if is_terminal { Format::Table } else { Format::Ids };
    let format =
        app.format(&[Format::Table, Format::Ids, Format::Text, Format::Json, Format::Jsonl], default)?;
    let wanted = states.iter().map(|name| Wanted::from_name(name)).collect::<Result<Vec<_>, _>>()?;
    let round = place.round()?;
    let Some(FindResult { catalogue, answer, .. }) =
        crate::cli::run_query::found(app, query, &SortOrder::default())?
    else {
        return Ok(Status::Interrupted);
    };
    let comparison = place.compare(app, &catalogue, round)?;
    let reviewed = facts(&catalogue, place.session.journal(), round, &comparison, 1);
    let is_wanted = |record: &ReviewedRecord| {
        let is_in = |wanted: &Wanted| matches!(wanted, Wanted::State(state) if record.is(*state));
        if wanted.is_empty() { record.standing.is_some() } else { wanted.iter().any(is_in) }
    };
    let rows: Vec<Row> = answer
        .hits
        .iter()
        .map(|hit| hit.row)
        .filter(|row| reviewed.get(*row).is_some_and(is_wanted))
        .collect();
    match format {
        Format::Table => table(app, &catalogue, &rows, &reviewed, &comparison)?,
        Format::Json | Format::Jsonl => records::print_reviewed(app, format, &catalogue, &rows, &reviewed)?,
        _ => records::print(app, format, &catalogue, &rows, &SortOrder::default())?,
    }
    let shows_gone = wanted.contains(&Wanted::Gone);
    let gone = if shows_gone { gone(app, place, round, &comparison)? } else { 0 };
    Ok(if rows.is_empty() && gone == 0 { Status::Nothing } else { Status::Done })
}

fn table(
    app: &mut CliContext<'_>,
    catalogue: &crate::domain::catalogue::Catalogue,
    rows: &[Row],
    reviewed: &Reviewed,
    comparison: &VersionComparison,
) -> Result<(), CliError> {
    for row in rows {
        let (Some(record), Some(said)) = (catalogue.record(*row), reviewed.get(*row)) else { continue };
        let line = format!("{}  {}  {}", record.id(), record.name(), in_words(app, said));
        writeln!(app.output.data, "{}", printable_lines(&line))?;
        for change in comparison.changed.get(record.id()).into_iter().flatten() {
            let [label, before, after] = change_in_words(change, app.words.lang);
            writeln!(app.output.data, "    {}", printable_lines(&format!("{label}: {before} > {after}")))?;
        }
    }
    Ok(())
}

/// The review of a record on one line.
fn in_words(app: &CliContext<'_>, said: &ReviewedRecord) -> String {
    let lang = app.words.lang;
    let standing = said.standing.map(|state| review_state(state, lang).to_owned());
    let verdicts = said.verdicts.iter().map(|given| {
        let reason = given.reason.as_deref().map(|reason| format!(", {}", review_reason(reason, lang)));
        let text = given.text.as_deref().map(|text| format!(": {text}"));
        let (reason, text) = (reason.unwrap_or_default(), text.unwrap_or_default());
        format!("{} {}{reason}{text} {}", given.person, review_state(given.verdict, lang), utc(given.time))
    });
    let others = [
        (said.starred, ReviewState::Starred),
        (said.changed, ReviewState::Changed),
        (said.new, ReviewState::New),
    ];
    let others = others.iter().filter(|(is, _)| *is).map(|(_, state)| review_state(*state, lang).to_owned());
    let tags = said.tags.iter().map(|tag| format!("#{tag}"));
    standing.into_iter().chain(verdicts).chain(others).chain(tags).collect::<Vec<_>>().join(" · ")
}

/// Prints the records of the round that are not loaded, with their review, and returns their number.
fn gone(
    app: &mut CliContext<'_>,
    place: &StoreLocation,
    round: &Round,
    comparison: &VersionComparison,
) -> Result<usize, CliError> {
    let journal = place.session.journal();
    for id in &comparison.gone {
        let given = comparison::judged(journal, round, id);
        let version = given.and_then(|given| given.version.as_ref());
        let content = version.map(|key| place.session.store().content(key)).transpose();
        let content = content.map_err(|error| ReviewError::Store(place.path().to_owned(), error))?.flatten();
        let name =
            content.as_ref().and_then(Version::from_content).map_or(String::new(), |version| version.name);
        let verdict = given.map(|given| {
            let state = review_state(ReviewState::from(given.verdict), app.words.lang);
            format!("{} {state} {}", given.person, utc(given.time))
        });
        let gone = ReviewCliWords::of(app.words.lang).gone;
        let line = format!("{id}  {name}  {gone}  {}", verdict.unwrap_or_default());
        writeln!(app.output.data, "{}", printable_lines(line.trim_end()))?;
    }
    Ok(comparison.gone.len())
}

/// Prints the next record that waits for one's verdict, in the order of ids, passing over those that others are on.
///
/// # Errors
/// When nothing could be read, or output cannot be written.
pub fn next(app: &mut CliContext<'_>, place: &StoreLocation, query: &[String]) -> Result<Status, CliError> {
    let is_terminal = app.output.data_looks.columns.is_some();
    let default = if is_terminal { Format::Text } else { Format::Ids };
    let format =
        app.format(&[Format::Text, Format::Ids, Format::Json, Format::Jsonl, Format::Md], default)?;
    let Some(FindResult { catalogue, answer, .. }) =
        crate::cli::run_query::found(app, query, &SortOrder::default())?
    else {
        return Ok(Status::Interrupted);
    };
    let person = place.session.author().person.clone();
    let journal = place.session.journal();
    let round = place.round().ok();
    let awaits = |id: &str| match round {
        None => true,
        Some(round) => {
            let state = journal.state(round.id, id);
            round.scope.holds(id) && state.is_none_or(|state| state.awaits(&person, round.eyes()))
        }
    };
    let busy: HashSet<String> = place.others(app)?;
    let mut rows: Vec<(String, Row)> = Vec::new();
    for record in answer.hits.iter().filter_map(|hit| catalogue.record(hit.row)) {
        if awaits(record.id()) && !busy.contains(record.id()) {
            rows.push((record.id().to_owned(), record.row()));
        }
    }
    rows.sort();
    let Some((_, row)) = rows.first() else { return Ok(Status::Nothing) };
    records::print(app, format, &catalogue, &[*row], &SortOrder::default())?;
    Ok(Status::Done)
}
