//! What the machine says: variables, folders, terminals, the clock. Read here and nowhere else, and passed on as
//! a value, so that everything behind it can be tried without a machine.

use std::fs::File;
use std::io::IsTerminal;
use std::path::PathBuf;

use crate::domain::values::date::Date;

/// What the machine says.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The locale of messages; empty where none is set.
    pub locale: String,
    /// `DIARIUM_LANG`.
    pub language: Option<String>,
    /// `DIARIUM_DATA`: paths, parted as in `PATH`.
    pub data: Vec<PathBuf>,
    /// Whether `NO_COLOR` is set and not empty (<https://no-color.org>).
    pub no_color: bool,
    /// How wide standard output's terminal is; `COLUMNS` counts more, where the shell passes it on.
    pub columns: Option<usize>,
    /// The login.
    pub account: String,
    /// What the machine is called.
    pub host: String,
    /// `DIARIUM_REVIEWER`.
    pub reviewer: Option<String>,
    /// `DIARIUM_WAIT`: so many seconds a command waits for another program that holds a store.
    pub wait: Option<u64>,
    /// Where things are kept.
    pub folders: Folders,
    /// What is a terminal.
    pub terminals: Terminals,
    /// Today, where the person is.
    pub today: Date,
    /// The time, in milliseconds since 1970, UTC.
    pub now: i64,
}

/// Where things are kept. `None` where there is no home.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// The home, which `~` means.
    pub home: Option<PathBuf>,
    /// The user's configuration.
    pub config: Option<PathBuf>,
    /// The user's records are in its `records`.
    pub data: Option<PathBuf>,
    /// History and log.
    pub state: Option<PathBuf>,
}

/// What is a terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terminals {
    /// Standard output.
    pub output: bool,
    /// Standard error.
    pub errors: bool,
    /// Whether keys can be read from one, be it standard input or the terminal that the program belongs to.
    pub keys: bool,
}

impl Environment {
    /// Asks the machine.
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

/// The time, in milliseconds since 1970, UTC.
#[must_use]
pub fn now() -> i64 {
    jiff::Zoned::now().timestamp().as_millisecond()
}

/// The account without a name: its number.
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
        // Only Linux has a folder for state; elsewhere it stands with the data of this machine.
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
