//! `diarium review report --to FILE`: writes the report of the round, whole or not at all.

use std::io;
use std::path::Path;

use crate::cli::app::CliContext;
use crate::cli::destination::Destination;
use crate::cli::error::CliError;
use crate::cli::review_error::ReviewError;
use crate::cli::review_store::{StoreLocation, sources};
use crate::cli::status::Status;
use crate::i18n::{ReviewCliWords, fill};
use crate::report::{Report, ReportFormat, ReportInputs, render};
use crate::review::session::SessionAccess;
use crate::review::store_error::StoreError;
use crate::review::verify::verify_round;
use crate::search::found_ids;
use crate::search::language::query::Query;
use crate::session::Existing;

/// Writes the report in the form that the file's name ends in.
///
/// # Errors
/// When there is no such form or round, nothing could be read, or the file cannot be written or is there already.
pub fn run(
    app: &mut CliContext<'_>,
    place: &StoreLocation,
    to: &Path,
    existing: Existing,
) -> Result<Status, CliError> {
    let form = ReportFormat::from_path(&to.to_string_lossy())
        .ok_or_else(|| ReviewError::NoReportForm(to.to_owned()))?;
    let round = place.round()?;
    let destination = Destination::from(to);
    if existing == Existing::Kept && destination.is_existing_file() {
        return Err(CliError::FileExists(to.to_owned()));
    }
    let loaded = app.load(&[])?;
    let mut findings = verify_round(place.session.store(), place.session.journal(), round.id);
    if let SessionAccess::Damaged(others) = place.session.access() {
        findings.extend(others.iter().cloned());
    }
    let is_sound = findings.is_empty();
    let report = Report::new(&ReportInputs {
        journal: place.session.journal(),
        round,
        catalogue: &loaded.catalogue,
        diagnostics: &loaded.diagnostics,
        sources: sources(&loaded.catalogue),
        found: found_ids(&loaded.catalogue, &Query::parse_in(&round.begun.query, &app.basis())),
        date: app.today(),
        program: env!("CARGO_PKG_VERSION"),
        findings,
        // An altered content is among the findings; the report does without it.
        content: &|key| match place.session.store().content(key) {
            Err(StoreError::Damaged(_)) => Ok(None),
            other => other,
        },
    })
    .map_err(|error| ReviewError::Store(place.path().to_owned(), error))?;
    let text = render(&report, form, app.words.lang);
    destination.write(existing, |out| out.write_all(text.as_bytes())).map_err(
        |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => CliError::FileExists(to.to_owned()),
            _ => CliError::CannotWrite(to.to_owned(), error),
        },
    )?;
    let tally = report.tally;
    let count = app.words.count(tally.done, tally.records);
    let decided = fill(ReviewCliWords::of(app.words.lang).decided, &[&count]);
    app.output.say(format!("{}: {} · {decided}", to.display(), round.name()))?;
    Ok(if is_sound { Status::Done } else { Status::Failed })
}
