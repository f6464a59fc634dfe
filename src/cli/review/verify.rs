//! `diarium review verify` and `diarium review repair`: the condition of the store.

use std::path::Path;

use crate::cli::app::CliContext;
use crate::cli::error::CliError;
use crate::cli::review_error::ReviewError;
use crate::cli::review_store::{author, finding_line, patience, store_path};
use crate::cli::status::Status;
use crate::i18n::{store_finding, store_repaired, store_sound};
use crate::review::journal::Journal;
use crate::review::session::ReviewSession;
use crate::review::store_error::StoreError;
use crate::review::verify::verify;
use crate::text::printable::printable_lines;

/// Verifies the whole store and prints its problems, one per line. With `seal`, a round must also be closed with this
/// hash.
///
/// # Errors
/// Returns an error if there is no store, or it cannot be read at all.
pub fn run(app: &mut CliContext<'_>, seal: Option<&str>) -> Result<Status, CliError> {
    let path = existing(app)?;
    let session = ReviewSession::open_read_only(&path, author(app), patience(app))
        .map_err(|error| ReviewError::Store(path.clone(), error))?;
    let findings = verify(session.store());
    for finding in &findings {
        writeln!(app.output.data, "{}", finding_line(finding, app.words.lang))?;
    }
    let unknown_seal = seal.filter(|seal| !is_sealed(session.journal(), seal));
    if let Some(seal) = unknown_seal {
        let line = format!("{seal}: {}", store_finding("seal_unknown", app.words.lang));
        writeln!(app.output.data, "{}", printable_lines(&line))?;
    }
    if !findings.is_empty() || unknown_seal.is_some() {
        return Ok(Status::Nothing);
    }
    app.output.say(store_sound(&path.display(), session.journal().len(), app.words.lang))?;
    Ok(Status::Done)
}

/// Returns `true` if a round is closed with this hash.
fn is_sealed(journal: &Journal, seal: &str) -> bool {
    let wanted = seal.trim().to_ascii_lowercase();
    journal.rounds().any(|round| round.closing.as_ref().is_some_and(|closing| closing.hash == wanted))
}

/// Puts a damaged store aside and goes on with what can be trusted of it.
///
/// # Errors
/// Returns an error if there is no store, another session has it open, or it cannot be written.
pub fn repair(app: &mut CliContext<'_>) -> Result<Status, CliError> {
    let path = existing(app)?;
    let failed = |error: StoreError| ReviewError::Store(path.clone(), error);
    let lang = app.words.lang;
    match crate::review::repair::repair(&path, app.environment.now).map_err(failed)? {
        None => {
            let session = ReviewSession::open_read_only(&path, author(app), patience(app)).map_err(failed)?;
            app.output.say(store_sound(&path.display(), session.journal().len(), lang))?;
        }
        Some(repair) => {
            for finding in &repair.findings {
                app.output.say(finding_line(finding, lang))?;
            }
            let said = store_repaired(&path.display(), &repair.aside.display(), repair.events, lang);
            app.output.say(said)?;
        }
    }
    Ok(Status::Done)
}

/// The path of the store, if it exists.
fn existing(app: &CliContext<'_>) -> Result<std::path::PathBuf, CliError> {
    let path = store_path(app)?;
    if Path::exists(&path) { Ok(path) } else { Err(ReviewError::NoStore(path).into()) }
}
