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
use crate::domain::reviewed::utc;
use crate::export::{ExportFormat, list_row};
use crate::i18n::{events_imported, verdicts_differ};
use crate::review::event::Event;
use crate::review::exchange::{self, ReviewExportError};
use crate::review::import::{JoinSummary, ReviewImportError, import_lines};
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
        Format::Csv => write_list(&place.session, shows_personal, out).map_err(ReviewExportError::from),
        _ => exchange::export(&place.session, out).map(|_| ()),
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
fn write_list(session: &ReviewSession, shows_personal: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let row = |cells: &[String]| list_row(ExportFormat::Csv, cells);
    let heads = [
        "event", "time", "person", "account", "host", "round", "record", "kind", "verdict", "reason", "text",
        "in_force",
    ];
    write!(out, "{}", row(&heads.map(str::to_owned)))?;
    for event in session.journal().events() {
        write!(out, "{}", row(&cells(session, event, shows_personal)))?;
    }
    Ok(())
}

fn cells(session: &ReviewSession, event: &Event, shows_personal: bool) -> Vec<String> {
    use crate::review::event::EventKind;
    let event = &if shows_personal { event.clone() } else { event.masked() };
    let (verdict, reason) = match &event.kind {
        EventKind::Verdict { verdict, reason, .. } => (
            verdict.map_or("undecided", crate::review::verdict::Verdict::name),
            reason.as_deref().unwrap_or_default(),
        ),
        _ => ("", ""),
    };
    let text = event.text.as_str();
    let round = session.journal().round(event.round).map_or("", crate::review::round::Round::name);
    let in_force = session.journal().is_in_force(event.action);
    vec![
        event.id.to_string(),
        utc(event.time),
        event.author.person.to_string(),
        event.author.account.to_string(),
        event.author.host.to_string(),
        round.to_owned(),
        event.record.as_deref().unwrap_or_default().to_owned(),
        event.kind.name().to_owned(),
        verdict.to_owned(),
        reason.to_owned(),
        text.to_owned(),
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
        let session = &mut place.session;
        let imported = if path == Path::new("-") {
            import_lines(session, std::io::stdin().lock())
        } else {
            let unreadable = |error: std::io::Error| ReviewError::CannotRead(path.clone(), error.to_string());
            import_lines(session, BufReader::new(File::open(path).map_err(unreadable)?))
        };
        let summary = imported.map_err(|error| not_imported(place, path, error))?;
        say_summary(app, place, path, &summary)?;
        // The program mentions a file of a lost line at each start until it is imported.
        if app.environment.folders.state.as_ref().is_some_and(|folder| is_rescued(path, folder)) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(Status::Done)
}

/// Merges another store into this one; the other one is not changed.
///
/// # Errors
/// If it is not a store, or this one cannot be written.
pub fn merge(app: &mut CliContext<'_>, place: &mut StoreLocation, other: &Path) -> Result<Status, CliError> {
    if !other.exists() {
        return Err(ReviewError::NoStore(other.to_owned()).into());
    }
    let failed = |error| ReviewError::Store(other.to_owned(), error);
    let store = Store::open_foreign(other, patience(app)).map_err(failed)?;
    let summary = crate::review::import::merge(&mut place.session, &store)
        .map_err(|error| not_imported(place, other, error))?;
    say_summary(app, place, other, &summary)?;
    Ok(Status::Done)
}

/// The error of an import from a file: it names the store where that is what failed.
fn not_imported(place: &StoreLocation, from: &Path, error: ReviewImportError) -> ReviewError {
    match error {
        ReviewImportError::Store(error) => ReviewError::Store(place.path().to_owned(), error),
        error => ReviewError::NotImported(from.to_owned(), error),
    }
}

/// Reports the number of new events, and the records on which people now disagree.
fn say_summary(
    app: &mut CliContext<'_>,
    place: &StoreLocation,
    from: &Path,
    summary: &JoinSummary,
) -> Result<(), CliError> {
    let lang = app.words.lang;
    app.output.say(events_imported(&from.display(), summary.new, summary.all, lang))?;
    for (round, record) in &summary.disputed {
        let name = place.session.journal().round(*round).map_or("", crate::review::round::Round::name);
        app.output.say(verdicts_differ(record, name, lang))?;
    }
    Ok(())
}
