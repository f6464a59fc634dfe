//! `diarium review`: a whole review without a screen, one file a family of verbs.

mod exchange;
mod list;
mod log;
mod report;
mod rounds;
mod sample;
mod verify;
mod write;

use super::app::CliContext;
use super::error::CliError;
use super::review_args::{ReviewArguments, ReviewVerb};
use super::review_store::StoreLocation;
use crate::cli::status::Status;
use sample::{Sample, SampleBy};

use crate::session::Existing;

/// Runs a review command.
///
/// # Errors
/// If the command fails.
pub fn run(app: &mut CliContext<'_>, arguments: ReviewArguments) -> Result<Status, CliError> {
    let mut place = match &arguments.command {
        ReviewVerb::Repair => return verify::repair(app),
        ReviewVerb::Verify { seal } => return verify::run(app, seal.as_deref()),
        command if command.writes() => StoreLocation::open(app, arguments.round)?,
        _ => StoreLocation::open_read_only(app, arguments.round)?,
    };
    let status = match arguments.command {
        ReviewVerb::Repair | ReviewVerb::Verify { .. } => Ok(Status::Done),
        ReviewVerb::Mark { ids, state, reason, text } => write::mark(
            app,
            &mut place,
            &write::MarkRequest { ids, state, reason, text: text.unwrap_or_default() },
        ),
        ReviewVerb::Note { id, text, finding, force } => {
            write::note(app, &mut place, &id, &write::NoteText { text, finding, force })
        }
        ReviewVerb::Tag { tag, ids, remove } => write::tag(app, &mut place, &tag, &ids, !remove),
        ReviewVerb::Star { ids, remove } => write::star(app, &mut place, &ids, !remove),
        ReviewVerb::Undo => write::undo(app, &mut place),
        ReviewVerb::Redo => write::redo(app, &mut place),
        ReviewVerb::Redact { event, reason } => write::redact(app, &mut place, &event, &reason),
        ReviewVerb::List { query, state } => list::list(app, &place, &query, &state),
        ReviewVerb::Next { query } => list::next(app, &place, &query),
        ReviewVerb::Log { id } => log::run(app, &place, id.as_deref()),
        ReviewVerb::Stats => rounds::stats(app, &place),
        ReviewVerb::Rounds => rounds::list(app, &place),
        ReviewVerb::New { name, query, from, purpose, eyes } => {
            rounds::begin(app, &mut place, &rounds::Begin { name, query, from, purpose, eyes })
        }
        ReviewVerb::Sample { size, query, seed, by, weight, name, from, purpose, eyes, dry_run } => {
            let by = match (by, weight) {
                (Some(field), _) => SampleBy::Field(field),
                (None, Some(weight)) => SampleBy::Amount(weight.field()),
                (None, None) => SampleBy::Number,
            };
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            sample::run(
                app,
                &mut place,
                &Sample { size, query, seed, by, name, purpose, eyes, from, dry_run },
            )
        }
        ReviewVerb::Report { to, force } => {
            let existing = if force { Existing::Replaced } else { Existing::Kept };
            report::run(app, &place, &to, existing)
        }
        ReviewVerb::Close => rounds::close(app, &mut place),
        ReviewVerb::Reopen { reason } => rounds::reopen(app, &mut place, reason),
        ReviewVerb::Export { to, force } => exchange::export(app, &place, to.as_deref(), force),
        ReviewVerb::Import { files } => exchange::import(app, &mut place, &files),
        ReviewVerb::Merge { other } => exchange::merge(app, &mut place, &other),
    };
    status.map(|status| place.status(status))
}
