//! Starts the screen, and maps the end of the session to an exit status.

use std::sync::Arc;

use super::app::CliContext;
use super::args::ColorChoice;
use super::browse::Browse;
use super::error::CliError;
use crate::cli::settings::setting::ThemeSetting;
use crate::cli::status::Status;
use crate::domain::codes::Codes;
use crate::i18n::{CliWords, fill};
use crate::session::{History, Places, RecordSources, ResumePoint, Session, rescued};
use crate::terminal::{self, Ended, TerminalEnvironment, TerminalError};
use crate::ui::appearance::Appearance;
use crate::ui::event::Outcome;
use crate::ui::state::{Bookmark, Setup};
use crate::ui::theme::Theme;

/// Shows the screen until the user quits or the terminal is gone.
///
/// # Errors
/// If no terminal can show the screen, or the picked ids cannot be printed.
pub fn show(app: &mut CliContext<'_>, browse: Browse) -> Result<Status, CliError> {
    let color = match (browse.theme, browse.color) {
        (ThemeSetting::Mono, _) | (_, ColorChoice::Never) => terminal::ColorMode::Never,
        (_, ColorChoice::Always) => terminal::ColorMode::Always,
        (_, ColorChoice::Auto) => terminal::ColorMode::Auto,
    };
    let settings = terminal::TerminalSettings {
        environment: TerminalEnvironment::read(|name| std::env::var(name).ok()),
        color,
        scratch: browse.state_folder.clone(),
        draw_on_tty: browse.pick,
    };
    let places = Places {
        history: browse.state_folder.as_ref().map(|folder| folder.join("history")),
        resume: browse.state_folder.as_ref().map(|folder| folder.join("lost.json")),
        rescue: browse.state_folder.clone(),
        drafts: browse.state_folder.as_ref().map(|folder| folder.join("drafts")),
        home: browse.home.clone(),
        folder: Some(".".into()),
        review: browse.review_place.clone(),
        calendar: browse.calendar.clone(),
    };
    let setup = setup(&browse, &places);
    // Colours are only roles here; the terminal layer drops those that the terminal lacks.
    let view = Appearance { theme: Theme::new(true, browse.ascii), keymap: browse.keymap };
    let records = RecordSources { plan: browse.plan, codes: Arc::new(Codes::built_in()) };
    let (ended, mut session) =
        terminal::run(&settings, |_, waker| Session::start(setup, view, records, places, waker))?;
    match ended {
        Ended::Outcome(outcome) => finish(app, outcome),
        Ended::Gone(signal) => {
            session.line_lost();
            Ok(Status::Signalled(u8::try_from(signal).unwrap_or(u8::MAX)))
        }
    }
}

/// Initial state of the session. The place of a session whose connection was lost is offered, unless the
/// arguments name another.
fn setup(browse: &Browse, places: &Places) -> Setup {
    let asked = browse.pick || browse.open.is_some() || !browse.query.is_empty();
    let before = places.resume.as_deref().filter(|_| !asked).and_then(ResumePoint::take);
    Setup {
        lang: browse.lang,
        rates: browse.rates,
        expansion: browse.expansion.clone(),
        today: browse.today,
        pick: browse.pick,
        example_data: browse.example_data,
        query: browse.query.clone(),
        open: browse.open.as_ref().map(ToString::to_string),
        options: browse.options.clone(),
        review: browse.review.clone(),
        history: History::read(places.history.as_deref()),
        greeting: rescued_greeting(browse).or_else(|| greeting(browse, before.as_ref())),
        before,
    }
}

/// Unsaved review work of a lost connection is reported at each start until it is imported.
fn rescued_greeting(browse: &Browse) -> Option<String> {
    let path = browse.state_folder.as_deref().and_then(rescued)?;
    Some(fill(CliWords::of(browse.lang).verdicts_not_saved, &[&path.display()]))
}

fn greeting(browse: &Browse, before: Option<&Bookmark>) -> Option<String> {
    match (browse.problems.as_slice(), before) {
        ([], None) => None,
        ([], Some(before)) => {
            let place = format!("{} {}", before.id.as_deref().unwrap_or_default(), before.query);
            Some(fill(CliWords::of(browse.lang).connection_lost, &[&place.trim()]))
        }
        ([problem], _) => Some(problem.clone()),
        ([problem, others @ ..], _) => Some(format!("{problem} (+{}: diarium config show)", others.len())),
    }
}

fn finish(app: &mut CliContext<'_>, outcome: Outcome) -> Result<Status, CliError> {
    match outcome {
        Outcome::Done => Ok(Status::Done),
        Outcome::Failed => Ok(Status::Failed),
        Outcome::NothingReadable => Err(CliError::NothingReadable),
        Outcome::NothingPicked => Ok(Status::Nothing),
        Outcome::Interrupted => Ok(Status::Interrupted),
        Outcome::Picked(ids) => {
            for id in ids {
                writeln!(app.output.data, "{id}")?;
            }
            Ok(Status::Done)
        }
    }
}

impl From<TerminalError> for CliError {
    fn from(error: TerminalError) -> Self {
        match error {
            TerminalError::Missing(_) => Self::NoTerminal,
            TerminalError::Dumb(terminal::capability::DumbTerminalError(name)) => Self::DumbTerminal(name),
            TerminalError::Unusable(error) => Self::UnusableTerminal(error),
        }
    }
}
