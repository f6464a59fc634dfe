//! `diarium [PATH|ID…]`: the parameters of a session, from arguments and settings.

use std::path::{Path, PathBuf};

use super::app::CliContext;
use super::args::{BrowseArgs, ColorChoice};
use super::error::CliError;
use super::target::Targets;
use crate::cli::settings::setting::ThemeSetting;
use crate::domain::record_id::RecordId;
use crate::domain::values::date::Date;
use crate::i18n::Lang;
use crate::loading::{Input, LoadPlan};
use crate::search::language::expansion::Expansion;
use crate::search::language::query_context::Rates;
use crate::session::{Calendar, Clock, ReviewPlace};
use crate::ui::keys::keymap::Keymap;
use crate::ui::review::ReviewSetup;

/// Parameters of a session on the screen.
#[derive(Clone, Debug)]
pub struct Browse {
    /// Sources to load.
    pub plan: LoadPlan,
    /// Initial query; may be empty.
    pub query: String,
    /// Id to open, normalised; the record need not exist.
    pub open: Option<RecordId>,
    /// Options that determine the records, for a command line with the same result.
    pub options: Vec<String>,
    /// `--pick`: choose on the screen and print the ids.
    pub pick: bool,
    /// The built-in records are shown.
    pub example_data: bool,
    /// Initial language.
    pub lang: Lang,
    /// Reference date.
    pub today: Date,
    /// The local calendar; `None` where `--date` fixes the date.
    pub calendar: Option<Calendar>,
    /// Exchange rates.
    pub rates: Rates,
    /// The words that are searched in addition to the typed ones.
    pub expansion: Expansion,
    /// Theme of the screen.
    pub theme: ThemeSetting,
    /// Use of colours, with `NO_COLOR` taken into account.
    pub color: ColorChoice,
    /// Draws plain ASCII only.
    pub ascii: bool,
    /// Key bindings in force.
    pub keymap: Keymap,
    /// Problems of the configuration, as lines.
    pub problems: Vec<String>,
    /// Review settings.
    pub review: ReviewSetup,
    /// Store and reviewer; `None` without a home directory.
    pub review_place: Option<ReviewPlace>,
    /// Folder of history and recovery files; `None` without a home directory.
    pub state_folder: Option<PathBuf>,
    /// Home directory, for `~` in typed paths.
    pub home: Option<PathBuf>,
}

/// Combines arguments and settings.
///
/// # Errors
/// If arguments contradict each other, or there is no terminal.
pub fn parameters(app: &CliContext<'_>, arguments: &BrowseArgs) -> Result<Browse, CliError> {
    if app.options.format.is_some() || !app.options.fields.is_empty() {
        return Err(CliError::FormatOfScreen);
    }
    let browse = combine(app, arguments)?;
    let terminals = app.environment.terminals;
    if !terminals.keys || !(terminals.output || browse.pick) {
        return Err(CliError::NoTerminal);
    }
    Ok(browse)
}

fn combine(app: &CliContext<'_>, arguments: &BrowseArgs) -> Result<Browse, CliError> {
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
        calendar: app.options.date.is_none().then(|| Calendar::new(super::environment::calendar_day)),
        rates: settings.rates.value,
        expansion: app.expansion(),
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
        person: super::review_store::author(app).person.to_string(),
        eyes: settings.eyes.value,
        reasons: settings.reasons.value.clone(),
        reason_required: settings.reason_required.value,
        advance: settings.advance.value,
        at_start: settings.store.value.is_some(),
    }
}

fn review_place(app: &CliContext<'_>) -> Option<ReviewPlace> {
    let store = super::review_store::store_path(app).ok()?;
    let (author, clock) = (super::review_store::author(app), Clock::new(super::environment::now));
    Some(ReviewPlace { store, author, clock })
}

/// The options of this run that affect the records or the matches of a query.
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
        ("--map", given.mapping.as_ref().map(ToString::to_string)),
        ("--currency", given.currency.map(|currency| currency.code().to_owned())),
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
