//! `diarium [PATH|ID…]`: everything that is decided before the screen is drawn.

use std::path::{Path, PathBuf};

use super::app::CliContext;
use super::args::{BrowseArgs, ColorChoice};
use super::error::CliError;
use super::screen;
use super::target::Targets;
use crate::cli::settings::setting::ThemeName;
use crate::cli::status::Status;
use crate::domain::record_id::RecordId;
use crate::domain::values::date::Date;
use crate::i18n::Lang;
use crate::loading::{Input, LoadPlan};
use crate::search::language::query_context::Rates;
use crate::session::{Clock, ReviewPlace};
use crate::ui::keys::keymap::Keymap;
use crate::ui::review::ReviewSetup;

/// Everything that is decided before the screen is drawn.
#[derive(Clone, Debug)]
pub struct Browse {
    /// What to load.
    pub plan: LoadPlan,
    /// The query to begin with; may be empty.
    pub query: String,
    /// The id to open at, normalised. Whether there is such a record, loading tells.
    pub open: Option<RecordId>,
    /// The options that tell which records are read and how, for a command line that gives the same.
    pub options: Vec<String>,
    /// Whether to choose and print.
    pub pick: bool,
    /// Whether the built-in records are shown.
    pub example_data: bool,
    /// The language to begin with.
    pub lang: Lang,
    /// Today.
    pub today: Date,
    /// What other currencies are worth.
    pub rates: Rates,
    /// How the screen looks.
    pub theme: ThemeName,
    /// When colours are used; `NO_COLOR` is in it already.
    pub color: ColorChoice,
    /// Whether only plain ASCII is drawn.
    pub ascii: bool,
    /// The keys in force.
    pub keymap: Keymap,
    /// What in the configuration means nothing, in lines to be shown.
    pub problems: Vec<String>,
    /// How it is reviewed.
    pub review: ReviewSetup,
    /// Where reviews are kept, and who reviews; `None` where there is no home.
    pub review_place: Option<ReviewPlace>,
    /// The folder of history and of what a lost session leaves; `None` where there is no home.
    pub state_folder: Option<PathBuf>,
    /// What `~` means in a path that is typed.
    pub home: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When the arguments contradict each other, or there is no terminal.
pub fn run(app: &mut CliContext<'_>, arguments: &BrowseArgs) -> Result<Status, CliError> {
    if app.options.format.is_some() || !app.options.fields.is_empty() {
        return Err(CliError::FormatOfScreen);
    }
    let browse = decide(app, arguments)?;
    let terminals = app.environment.terminals;
    if !terminals.keys || !(terminals.output || browse.pick) {
        return Err(CliError::NoTerminal);
    }
    screen::show(app, browse)
}

/// Puts together what was asked for.
fn decide(app: &CliContext<'_>, arguments: &BrowseArgs) -> Result<Browse, CliError> {
    let targets = Targets::read(&arguments.targets, Path::exists)?;
    let (open, query) = targets.opening(arguments.query.as_deref())?;
    let plan = app.plan(&targets.paths)?;
    let settings = &app.settings;
    let lang = settings.lang.value;
    Ok(Browse {
        example_data: plan.inputs.contains(&Input::BuiltIn),
        plan,
        query,
        open,
        options: options(app, &targets.paths),
        pick: arguments.pick,
        lang,
        today: app.today(),
        rates: settings.rates.value,
        theme: settings.theme.value,
        color: settings.color.value,
        ascii: settings.ascii.value,
        keymap: settings.keymap.clone(),
        problems: settings.problems.iter().map(|problem| problem.text(lang)).collect(),
        review: review_setup(app),
        review_place: review_place(app),
        state_folder: app.environment.folders.state.clone(),
        home: app.environment.folders.home.clone(),
    })
}

fn review_setup(app: &CliContext<'_>) -> ReviewSetup {
    let settings = &app.settings.review;
    ReviewSetup {
        person: super::review::store_location::author(app).person.to_string(),
        eyes: settings.eyes.value,
        reasons: settings.reasons.value.clone(),
        reason_required: settings.reason_required.value,
        advance: settings.advance.value,
        at_start: settings.store.value.is_some(),
    }
}

fn review_place(app: &CliContext<'_>) -> Option<ReviewPlace> {
    let store = super::review::store_location::store_path(app).ok()?;
    let (author, clock) = (super::review::store_location::author(app), Clock::new(super::environment::now));
    Some(ReviewPlace { store, author, clock })
}

/// The options of this run that change which records there are, or what a query finds among them.
fn options(app: &CliContext<'_>, paths: &[PathBuf]) -> Vec<String> {
    let given = &app.options;
    let mut options = Vec::new();
    let mut add = |name: &str, value: String| options.extend([name.to_owned(), value]);
    for path in given.data.iter().chain(paths) {
        add("-d", path.to_string_lossy().into_owned());
    }
    let config = given.config.as_ref().map(|path| path.to_string_lossy().into_owned());
    let delimiter = given
        .delimiter
        .map(|byte| if byte == b'\t' { "tab".to_owned() } else { char::from(byte).to_string() });
    let values = [
        ("--date", given.date.map(|date| date.to_string())),
        ("--rate", given.rate.map(|rate| rate.to_string())),
        ("--encoding", given.encoding.clone()),
        ("--delimiter", delimiter),
        ("--config", config),
    ];
    for (name, value) in values {
        if let Some(value) = value {
            add(name, value);
        }
    }
    options.extend(given.show_personal.then(|| "--show-personal".to_owned()));
    options
}
