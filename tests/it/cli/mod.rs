//! The program as a shell runs it: arguments in, text and exit status out.

mod check;
mod commands;
mod configuration;
mod convert;
mod destinations;
mod queries;
mod real_records;
mod review;
mod review_kill;
mod review_privacy;
mod review_refused;

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A machine of its own: an empty home, no variables, a fixed day.
pub struct Machine {
    home: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Machine {
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a folder"), variables: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diarium"));
        command
            .args(["--date", "2026-11-21"])
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::null())
            .env_clear()
            .env("HOME", self.home())
            .envs(self.variables.iter().map(|(name, value)| (*name, value.as_str())));
        command
    }

    pub fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// Command line, output, errors and status in one text.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        let mut seen = format!("$ diarium {}\n", arguments.join(" "));
        seen += &String::from_utf8_lossy(&output.stdout);
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            writeln!(seen, "! {line}").expect("written");
        }
        writeln!(seen, "= {}", output.status.code().expect("a status")).expect("written");
        seen.replace(&*self.home().to_string_lossy(), "HOME")
    }

    /// Several command lines, one after the other.
    pub fn runs(&self, lines: &[&[&str]]) -> String {
        lines.iter().map(|arguments| self.run(arguments)).collect::<Vec<_>>().join("\n")
    }
}
