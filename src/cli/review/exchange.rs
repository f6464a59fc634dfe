//! Verbs that write a store out, take one in, or join two.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use crate::cli::app::CliContext;
use crate::cli::args::Format;
use crate::cli::destination::Destination;
use crate::cli::error::CliError;
use crate::cli::review_error::ReviewError;
use crate::cli::review_store::{StoreLocation, patience};
use crate::cli::status::Status;
use crate::domain::privacy::mask_personal_numbers;
use crate::domain::reviewed::utc;
use crate::export::{ExportFormat, list_row};
use crate::review::content::Content;
use crate::review::event::Event;
use crate::review::exchange::{self, ReviewExportError};
use crate::review::session::ReviewSession;
use crate::review::store::Store;
use crate::session::{Existing, is_rescued};

/// Writes all that has happened.
///
/// # Errors
/// When the store cannot be read, or the file not be written.
pub fn export(
    app: &mut CliContext<'_>,
    place: &StoreLocation,
    to: Option<&Path>,
    force: bool,
) -> Result<Status, CliError> {
    let ends_in_csv =
        to.is_some_and(|to| to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")));
    let format =
        app.format(&[Format::Jsonl, Format::Csv], if ends_in_csv { Format::Csv } else { Format::Jsonl })?;
    let shows_personal = app.options.show_personal;
    let fill = |out: &mut dyn Write| match format {
        Format::Csv => write_list(&place.desk, shows_personal, out).map_err(ReviewExportError::from),
        _ => exchange::export(&place.desk, out).map(|_| ()),
    };
    let failed = |error, path: &Path| match error {
        ReviewExportError::Store(error) => ReviewError::Store(place.path().to_owned(), error).into(),
        ReviewExportError::Io(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            CliError::FileExists(path.to_owned())
        }
        ReviewExportError::Io(error) => CliError::CannotWrite(path.to_owned(), error),
    };
    match to.filter(|to| *to != Path::new("-")) {
        None => fill(app.output.data).map_err(|error| match error {
            ReviewExportError::Io(error) => error.into(),
            error @ ReviewExportError::Store(_) => failed(error, Path::new("-")),
        })?,
        Some(path) => {
            let existing = if force { Existing::Replaced } else { Existing::Kept };
            Destination::from(path).write(existing, fill).map_err(|error| failed(error, path))?;
            app.output.say(path.display())?;
        }
    }
    Ok(Status::Done)
}

/// Events as a list, one a row.
fn write_list(desk: &ReviewSession, shows_personal: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let row = |cells: &[String]| list_row(ExportFormat::Csv, cells);
    let heads = [
        "event", "time", "person", "account", "host", "round", "record", "kind", "verdict", "reason", "text",
        "in_force",
    ];
    write!(out, "{}", row(&heads.map(str::to_owned)))?;
    for event in desk.journal().events() {
        write!(out, "{}", row(&cells(desk, event, shows_personal)))?;
    }
    Ok(())
}

fn cells(desk: &ReviewSession, event: &Event, shows_personal: bool) -> Vec<String> {
    use crate::review::event::EventKind;
    let (verdict, reason) = match &event.what {
        EventKind::Verdict { verdict, reason, .. } => (
            verdict.map_or("undecided", crate::review::verdict::Verdict::name),
            reason.as_deref().unwrap_or_default(),
        ),
        _ => ("", ""),
    };
    let text = event.text.as_str();
    let masked = mask_personal_numbers(text).filter(|_| !shows_personal).map(|(masked, _)| masked);
    let round = desk.journal().round(event.round).map_or("", crate::review::round::Round::name);
    let in_force = desk.journal().is_in_force(event.action);
    vec![
        event.id.to_string(),
        utc(event.time),
        event.author.person.to_string(),
        event.author.account.to_string(),
        event.author.host.to_string(),
        round.to_owned(),
        event.record.as_deref().unwrap_or_default().to_owned(),
        event.what.name().to_owned(),
        verdict.to_owned(),
        reason.to_owned(),
        masked.unwrap_or_else(|| text.to_owned()),
        in_force.to_string(),
    ]
}

/// Takes in what [`export`] has written as JSON.
///
/// # Errors
/// When a file cannot be read, or nothing can be written.
pub fn import(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    files: &[PathBuf],
) -> Result<Status, CliError> {
    for path in files {
        let unreadable = |reason: String| ReviewError::CannotRead(path.clone(), reason);
        let read = if path == Path::new("-") {
            exchange::read(std::io::stdin().lock())
        } else {
            let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
            exchange::read(BufReader::new(file))
        };
        let (events, contents) = read.map_err(|error| unreadable(error.to_string()))?;
        join(app, place, path, &events, &contents)?;
        // The program mentions a file of a lost line at each start until it is imported.
        if app.environment.folders.state.as_ref().is_some_and(|folder| is_rescued(path, folder)) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(Status::Done)
}

/// Merges another store into this one; the other one is not changed.
///
/// # Errors If it is not a store, or this one cannot be written.
pub fn merge(app: &mut CliContext<'_>, place: &mut StoreLocation, other: &Path) -> Result<Status, CliError> {
    if !other.exists() {
        return Err(ReviewError::NoStore(other.to_owned()).into());
    }
    let failed = |error| ReviewError::Store(other.to_owned(), error);
    let store = Store::open(other, patience(app)).map_err(failed)?;
    let (events, contents) = exchange::offered(&store, &place.desk).map_err(failed)?;
    join(app, place, other, &events, &contents)
}

fn join(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    from: &Path,
    events: &[Event],
    contents: &[Content],
) -> Result<Status, CliError> {
    let path = place.path().to_owned();
    let joined = exchange::join(&mut place.desk, events, contents)
        .map_err(|error| ReviewError::NotDone(path, error))?;
    let lang = app.words.lang;
    let new = match joined.new {
        1 => lang.choose("ny händelse", "new event"),
        _ => lang.choose("nya händelser", "new events"),
    };
    app.output.say(format!("{}: {} {new} {} {}", from.display(), joined.new, app.words.of, joined.all))?;
    for (round, record) in &joined.disputed {
        let name = place.desk.journal().round(*round).map_or("", crate::review::round::Round::name);
        let differs = lang.choose("olika bedömning", "verdicts differ");
        app.output.say(format!("{record}: {differs} ({name})"))?;
    }
    Ok(Status::Done)
}
