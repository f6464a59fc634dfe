//! Log file: one line with a time for each event. Readable by the user only (mode 0600); contains no queries and no
//! content of records. Small enough that no logging crate is needed.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::environment::Environment;

/// The log of this run. The file is created with the first line.
#[derive(Clone, Debug)]
pub struct Log {
    path: Option<PathBuf>,
    verbose: bool,
}

impl Log {
    /// A log in the named file, or in the state folder.
    #[must_use]
    pub fn new(named: Option<&Path>, verbose: bool, environment: &Environment) -> Self {
        let own = environment.folders.state.as_ref().map(|folder| folder.join("log"));
        Self { path: named.map(Path::to_owned).or(own), verbose }
    }

    /// Path of the file; `None` without a name and a home directory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Appends a line.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn note(&self, line: &str) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let time = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
        let line = line.replace(['\n', '\r'], " ");
        // One write, so that lines of concurrent runs do not interleave.
        options.open(path)?.write_all(format!("{time} [{}] {line}\n", std::process::id()).as_bytes())
    }

    /// Appends a line if `--verbose` is given.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn detail(&self, line: &str) -> io::Result<()> {
        if self.verbose { self.note(line) } else { Ok(()) }
    }
}
