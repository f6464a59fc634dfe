//! The log: a line and its time for what must be known afterwards. For the user's eyes alone (mode 0600); holds
//! no queries and nothing of records. A file of its own does what is needed, so no logging crate came.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::environment::Environment;

/// The log of this run. The file is made when the first line is written.
#[derive(Clone, Debug)]
pub struct Log {
    path: Option<PathBuf>,
    verbose: bool,
}

impl Log {
    /// The log in a file that was named, else in the folder for state.
    #[must_use]
    pub fn new(named: Option<&Path>, verbose: bool, environment: &Environment) -> Self {
        let own = environment.folders.state.as_ref().map(|folder| folder.join("log"));
        Self { path: named.map(Path::to_owned).or(own), verbose }
    }

    /// Where it is; `None` where there is neither a home nor a name.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Writes a line.
    ///
    /// # Errors
    /// When the file cannot be written.
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
        // One write, so that the lines of two runs do not mix.
        options.open(path)?.write_all(format!("{time} [{}] {line}\n", std::process::id()).as_bytes())
    }

    /// Writes a line that only those want to see who ask for more.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn detail(&self, line: &str) -> io::Result<()> {
        if self.verbose { self.note(line) } else { Ok(()) }
    }
}
