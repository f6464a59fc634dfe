//! Commands for rounds: begin, close, reopen, list, progress.

use super::write::refuse_personal_numbers;
use crate::cli::app::CliContext;
use crate::cli::args::Format;
use crate::cli::error::CliError;
use crate::cli::review_store::{RoundRequest, StoreLocation};
use crate::cli::run_query::FindResult;
use crate::cli::status::Status;
use crate::domain::catalogue::record::Record;
use crate::domain::reviewed::{ReviewState, utc};
use crate::i18n::{ReviewCliWords, fill, review_state};
use crate::review::closing::seal;
use crate::review::command::ReviewCommand;
use crate::review::facts::people;
use crate::review::round::Round;
use crate::review::verdict::Verdict;
use crate::search::language::sort_order::SortOrder;
use crate::text::printable::printable_lines;

/// A round to be begun, as typed.
pub struct Begin {
    /// Its name.
    pub name: String,
    /// The query that selects its records.
    pub query: Vec<String>,
    /// The name of the round that it continues.
    pub from: Option<String>,
    /// Its purpose.
    pub purpose: String,
    /// Number of people who must agree; `None` for the configured number.
    pub eyes: Option<u8>,
}

/// Begins a round.
///
/// # Errors
/// When nothing matches, a round is called so already, or nothing can be written.
pub fn begin(app: &mut CliContext<'_>, place: &mut StoreLocation, new: &Begin) -> Result<Status, CliError> {
    refuse_personal_numbers(&new.name, false)?;
    refuse_personal_numbers(&new.purpose, false)?;
    let from = new.from.as_deref().map(|name| place.round_called(name)).transpose()?;
    let (eyes, from) = (new.eyes.or(from.map(Round::eyes)), from.map(|round| round.id));
    let Some(FindResult { catalogue, answer, .. }) =
        crate::cli::run_query::found(app, &new.query, &SortOrder::default())?
    else {
        return Ok(Status::Interrupted);
    };
    if answer.hits.is_empty() {
        return Ok(Status::Nothing);
    }
    let records = answer.hits.iter().filter_map(|hit| catalogue.record(hit.row));
    let mut ids: Vec<&str> = records.map(Record::id).collect();
    ids.sort_unstable();
    let (name, purpose, query) = (new.name.as_str(), new.purpose.as_str(), answer.query.text().to_owned());
    place.begin(
        app,
        &catalogue,
        RoundRequest { name, purpose, query: &query, sample: None, eyes, from, ids },
    )?;
    if from.is_some() {
        let round = place.round_called(name)?;
        let different = place.compare(app, &catalogue, round)?;
        let said = app.words.difference(different.new.len(), different.changed.len(), different.gone.len());
        app.output.say(said)?;
    }
    Ok(Status::Done)
}

/// Closes the round.
///
/// # Errors
/// When it is closed already, or nothing can be written.
pub fn close(app: &mut CliContext<'_>, place: &mut StoreLocation) -> Result<Status, CliError> {
    let round = place.round()?.id;
    place.act(&ReviewCommand::Close(round))?;
    say_state(app, place.session.journal().round(round))
}

/// Opens a closed round again.
///
/// # Errors
/// When it is open, or nothing can be written.
pub fn reopen(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    reason: String,
) -> Result<Status, CliError> {
    refuse_personal_numbers(&reason, false)?;
    let wanted = place.round();
    // Without a name the newest closed one is meant.
    let closed = place.session.journal().rounds().rev().find(|round| round.closing.is_some());
    let round = match wanted {
        Ok(round) if round.closing.is_some() => round.id,
        other => closed.map_or_else(|| other.map(|round| round.id), |round| Ok(round.id))?,
    };
    place.act(&ReviewCommand::Reopen { round, reason })?;
    say_state(app, place.session.journal().round(round))
}

fn say_state(app: &mut CliContext<'_>, round: Option<&Round>) -> Result<Status, CliError> {
    if let Some(round) = round {
        let words = ReviewCliWords::of(app.words.lang);
        let state = match &round.closing {
            Some(closing) => fill(words.closed_with_hash, &[&closing.hash]),
            None => words.open.to_owned(),
        };
        app.output.say(format!("{}: {state}", round.name()))?;
    }
    Ok(Status::Done)
}

/// Prints all rounds, one a line.
///
/// # Errors
/// When output cannot be written.
pub fn list(app: &mut CliContext<'_>, place: &StoreLocation) -> Result<Status, CliError> {
    let words = ReviewCliWords::of(app.words.lang);
    let journal = place.session.journal();
    for round in journal.rounds() {
        let tally = journal.tally(round);
        let state = match seal(journal, round) {
            None => words.open.to_owned(),
            Some(seal) if !seal.holds => words.closed_with_other_events.to_owned(),
            Some(seal) if seal.later > 0 => fill(words.closed_with_later_events, &[&seal.later]),
            Some(_) => words.closed.to_owned(),
        };
        let count = app.words.count(tally.done, tally.records);
        let line = format!("{}  {}  {}  {count}  {state}", round.name(), utc(round.time), round.person);
        writeln!(app.output.data, "{}", printable_lines(&line))?;
    }
    Ok(if journal.rounds().next().is_some() { Status::Done } else { Status::Nothing })
}

/// Prints the progress of the round.
///
/// # Errors
/// If there is no round, or output cannot be written.
pub fn stats(app: &mut CliContext<'_>, place: &StoreLocation) -> Result<Status, CliError> {
    let format = app.format(&[Format::Text, Format::Json], Format::Text)?;
    let journal = place.session.journal();
    let round = place.round()?;
    let tally = journal.tally(round);
    let decided =
        Verdict::ALL.iter().map(|verdict| (ReviewState::from(*verdict), tally.decided[*verdict as usize]));
    let rest = [
        (ReviewState::Pending, tally.pending),
        (ReviewState::Disputed, tally.disputed),
        (ReviewState::Awaiting, tally.awaiting),
        (ReviewState::Undecided, tally.undecided),
    ];
    let counts: Vec<(ReviewState, usize)> =
        decided.filter(|(state, _)| *state != ReviewState::Pending).chain(rest).collect();
    if format == Format::Json {
        let states: serde_json::Map<String, serde_json::Value> =
            counts.iter().map(|(state, count)| (state.name().to_owned(), (*count).into())).collect();
        let json = serde_json::json!({
            "round": round.name(),
            "closed": round.closing.is_some(),
            "records": tally.records,
            "done": tally.done,
            "states": states,
            "people": people(journal, round),
        });
        return crate::export::write_array(std::iter::once(json), app.output.data)
            .map(|_| Status::Done)
            .map_err(CliError::from);
    }
    let lang = app.words.lang;
    let decided = fill(ReviewCliWords::of(lang).decided, &[&app.words.count(tally.done, tally.records)]);
    let head = format!("{} · {decided}", round.name());
    writeln!(app.output.data, "{}", printable_lines(&head))?;
    for (state, count) in counts {
        writeln!(app.output.data, "{count:>8}  {}", review_state(state, lang))?;
    }
    Ok(Status::Done)
}
