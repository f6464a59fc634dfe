//! The process's environment: variables, folders, terminals and the clock. Read once, here, and passed on
//! as a value, so that the rest can be tested without it.

use std::fs::File;
use std::io::IsTerminal;
use std::path::PathBuf;

use crate::domain::values::date::Date;
use crate::session::CalendarDay;

/// The process's environment.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Locale of messages; empty if unset.
    pub locale: String,
    /// Value of `DIARIUM_LANG`.
    pub language: Option<String>,
    /// Paths of `DIARIUM_DATA`, separated as in `PATH`.
    pub data: Vec<PathBuf>,
    /// `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub no_color: bool,
    /// Width of standard output's terminal in columns. An exported `COLUMNS` takes precedence.
    pub columns: Option<usize>,
    /// Login name.
    pub account: String,
    /// Host name.
    pub host: String,
    /// Value of `DIARIUM_REVIEWER`.
    pub reviewer: Option<String>,
    /// Value of `DIARIUM_WAIT`: seconds to wait for a locked store.
    pub wait: Option<u64>,
    /// Folders of the user.
    pub folders: Folders,
    /// Streams that are terminals.
    pub terminals: Terminals,
    /// Today in the local time zone.
    pub today: Date,
    /// Milliseconds since 1970, UTC.
    pub now: i64,
}

/// Folders of the user. `None` without a home directory.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// Home directory, written as `~`.
    pub home: Option<PathBuf>,
    /// Configuration folder.
    pub config: Option<PathBuf>,
    /// Data folder; its subfolder `records` holds the user's records.
    pub data: Option<PathBuf>,
    /// State folder, for history and log.
    pub state: Option<PathBuf>,
}

/// Streams that are terminals.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terminals {
    /// Standard output.
    pub output: bool,
    /// Standard error.
    pub errors: bool,
    /// Keys can be read, from standard input or from the controlling terminal.
    pub keys: bool,
}

impl Environment {
    /// Reads the environment.
    #[must_use]
    pub fn read() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let data = std::env::var_os("DIARIUM_DATA").unwrap_or_default();
        Self {
            locale: ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable).unwrap_or_default(),
            language: variable("DIARIUM_LANG"),
            data: std::env::split_paths(&data).filter(|path| !path.as_os_str().is_empty()).collect(),
            no_color: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            columns: variable("COLUMNS").and_then(|columns| columns.parse().ok()).or_else(output_columns),
            account: ["LOGNAME", "USER"].into_iter().find_map(variable).unwrap_or_else(account),
            host: host(),
            reviewer: variable("DIARIUM_REVIEWER"),
            wait: variable("DIARIUM_WAIT").and_then(|seconds| seconds.parse().ok()),
            folders: Folders::read(),
            terminals: Terminals::read(),
            today: jiff::Zoned::now().date(),
            now: now(),
        }
    }
}

/// Milliseconds since 1970, UTC.
#[must_use]
pub fn now() -> i64 {
    jiff::Zoned::now().timestamp().as_millisecond()
}

/// The present day in the local time zone.
#[must_use]
pub fn calendar_day() -> CalendarDay {
    let now = jiff::Zoned::now();
    let left = now.tomorrow().and_then(|next| next.start_of_day()).map(|next| next.duration_since(&now));
    // After the last day of the calendar there is no midnight.
    let ends_in = left.ok().and_then(|left| u64::try_from(left.as_millis()).ok()).unwrap_or(u64::MAX);
    CalendarDay { date: now.date(), ends_in }
}

/// The user id, for accounts without a name.
#[cfg(unix)]
fn account() -> String {
    format!("uid-{}", rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn account() -> String {
    std::env::var("USERNAME").unwrap_or_else(|_| "?".to_owned())
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| "?".to_owned())
}

fn output_columns() -> Option<usize> {
    let (columns, _) = terminal_size::terminal_size_of(std::io::stdout())?;
    Some(columns.0.into())
}

impl Folders {
    fn read() -> Self {
        let home = directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned());
        let Some(own) = directories::ProjectDirs::from("", "", "diarium") else {
            return Self { home, ..Self::default() };
        };
        // Only Linux has a state folder; elsewhere the local data folder serves.
        let state = own.state_dir().unwrap_or_else(|| own.data_local_dir());
        Self {
            home,
            config: Some(own.config_dir().to_owned()),
            data: Some(own.data_dir().to_owned()),
            state: Some(state.to_owned()),
        }
    }
}

impl Terminals {
    fn read() -> Self {
        Self {
            output: std::io::stdout().is_terminal(),
            errors: std::io::stderr().is_terminal(),
            keys: std::io::stdin().is_terminal() || File::open("/dev/tty").is_ok(),
        }
    }
}
