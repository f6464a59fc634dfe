//! The command line: arguments, configuration, environment, output, exit status. The only part that reads the
//! environment and writes to standard output.

mod app;
mod args;
mod browse;
mod check;
mod config;
mod convert;
mod destination;
mod environment;
mod error;
mod explain;
mod find;
mod guide;
mod keys;
mod localized;
mod log;
mod manual;
mod output;
mod progress;
mod records;
mod review;
mod review_args;
mod review_error;
mod review_facts;
mod review_store;
mod run_query;
mod sarif;
mod screen;
mod settings;
mod severity;
mod shell;
mod show;
mod source_excerpt;
mod stats;
mod status;
mod table;
mod target;
mod usage_error;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

pub use browse::Browse;

use app::CliContext;
use args::{Arguments, BrowseArgs, ColorChoice, Command, ConfigCommand};
use environment::Environment;
use error::CliError;
use log::Log;
use output::{Looks, Output};
use settings::Settings;
use status::Status;

use crate::i18n::Words;
use crate::session::Existing;

/// Assumed width of a terminal that does not report one, in columns.
const USUAL_COLUMNS: usize = 80;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    // Not locked: the screen or a panic on another thread may write too.
    let mut data = BufWriter::new(io::stdout());
    let mut errors = io::stderr();
    run(std::env::args_os(), &Environment::read(), &mut data, &mut errors).into()
}

/// Runs a command line in an environment.
fn run(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    data: &mut dyn Write,
    errors: &mut dyn Write,
) -> Status {
    let line: Vec<OsString> = arguments.into_iter().collect();
    let Ok(arguments) = Arguments::try_parse_from(&line) else {
        return help_or_refuse(&line, environment, errors);
    };
    let settings = Settings::read(environment, &arguments.everywhere);
    let looks = |is_terminal: bool| looks(is_terminal, &settings, environment);
    let output = Output {
        data,
        errors,
        data_looks: looks(environment.terminals.output),
        error_looks: looks(environment.terminals.errors),
    };
    let everywhere = arguments.everywhere;
    let mut app = CliContext {
        environment,
        words: Words::of(settings.lang.value),
        log: Log::new(everywhere.log.as_deref(), everywhere.verbose, environment),
        options: everywhere,
        settings,
        output,
    };
    let ended = command(&mut app, arguments.command, &arguments.browse)
        .and_then(|status| app.output.data.flush().map_err(CliError::from).map(|()| status));
    match ended {
        Ok(status) => status,
        Err(CliError::ClosedPipe) => Status::Done,
        Err(error) => {
            // Output so far comes first. A failed write to standard error cannot be reported.
            drop(app.output.data.flush());
            drop(app.output.fail(&error, &app.words));
            error.status()
        }
    }
}

/// Prints help, or the mistake in the command line, in the language in force. The line is parsed once more for this,
/// since only now the texts of a language are needed.
fn help_or_refuse(line: &[OsString], environment: &Environment, errors: &mut dyn Write) -> Status {
    let settings = localized::settings(line, environment);
    let lang = settings.lang.value;
    let Err(answer) = localized::command(lang).try_get_matches_from(line) else { return Status::Failed };
    // A closed pipe is not an error.
    if answer.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        drop(answer.print());
        Status::Failed
    } else if answer.use_stderr() {
        let looks = looks(environment.terminals.errors, &settings, environment);
        drop(write!(errors, "{}", usage_error::message(&answer, lang, looks)));
        Status::Failed
    } else {
        drop(answer.print());
        Status::Done
    }
}

/// Colours and width of a stream.
fn looks(is_terminal: bool, settings: &Settings, environment: &Environment) -> Looks {
    Looks {
        coloured: match settings.color.value {
            ColorChoice::Auto => is_terminal,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        },
        columns: is_terminal.then(|| environment.columns.unwrap_or(USUAL_COLUMNS)),
    }
}

fn command(
    app: &mut CliContext<'_>,
    command: Option<Command>,
    browse: &BrowseArgs,
) -> Result<Status, CliError> {
    note_in_log(app)?;
    require_named_config(app, command.as_ref())?;
    let Some(command) = command else { return screen::show(app, browse::parameters(app, browse)?) };
    if !browse.targets.is_empty() || browse.query.is_some() || browse.pick {
        return Err(CliError::BrowseBeforeVerb);
    }
    for problem in &app.settings.problems {
        app.output.say(problem.text(app.words.lang))?;
    }
    match command {
        Command::Show { ids } => show::run(app, &ids),
        Command::Find { query, sort, limit, count, similar } => {
            find::run(app, &find::Find { query, sort, limit, count, similar })
        }
        Command::Convert { query, to, sort, limit, force, csv_excel } => {
            let existing = if force { Existing::Replaced } else { Existing::Kept };
            convert::run(app, &convert::Convert { query, to, sort, limit, existing, for_excel: csv_excel })
        }
        Command::Stats { query, by } => stats::run(app, &stats::StatsOf { query, by }),
        Command::Check { explain: Some(code), .. } => explain::run(app, &code),
        Command::Check { paths, strict, explain: None } => {
            let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
            check::run(app, &paths, strict)
        }
        Command::Review(arguments) => review::run(app, arguments),
        Command::Config { what } => config::run(app, what.unwrap_or(ConfigCommand::Show)),
        Command::Keys => keys::run(app),
        Command::Guide { topic } => guide::run(app, topic.as_deref()),
        Command::Completions { shell } => shell::completions(app, shell),
        Command::Man => shell::man(app),
    }
}

/// A configuration that was asked for by name must be readable: going on without it would use other data, another
/// store or another reviewer than the user named. `config init` creates it, `config path` only prints its name.
fn require_named_config(app: &CliContext<'_>, command: Option<&Command>) -> Result<(), CliError> {
    let only_named =
        matches!(command, Some(Command::Config { what: Some(ConfigCommand::Init | ConfigCommand::Path) }));
    match &app.options.config {
        Some(path) if !only_named => std::fs::read_to_string(path)
            .map(drop)
            .map_err(|error| CliError::UnreadableConfig(path.clone(), error)),
        _ => Ok(()),
    }
}

/// Logs that personal data is shown. A log named by `--log` that cannot be written is an error; the default log
/// only causes a message.
fn note_in_log(app: &mut CliContext<'_>) -> Result<(), CliError> {
    let shown = if app.options.show_personal {
        app.log.note("--show-personal: personal data is shown")
    } else {
        Ok(())
    };
    let Err(error) = shown.and_then(|()| app.log.detail(concat!("diarium ", env!("CARGO_PKG_VERSION"))))
    else {
        return Ok(());
    };
    let failed = CliError::CannotWrite(app.log.path().map(PathBuf::from).unwrap_or_default(), error);
    if app.options.log.is_some() {
        return Err(failed);
    }
    Ok(app.output.fail(&failed, &app.words)?)
}
