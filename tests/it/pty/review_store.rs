//! Stores that take nothing, as a person at the screen sees them.

use std::path::Path;
use std::process::Command;

use diarium::session::rescued;
use portable_pty::CommandBuilder;
use rusqlite::Connection;
use rustix::process::Signal;

use super::harness::Terminal;

/// The program at a store.
fn command(home: &Path, lang: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diarium"));
    command.args(["--lang", lang, "--date", "2026-11-21", "--as", "anna", "--reviews"]);
    command.arg(home.join("r.db"));
    command.env_clear();
    command.env("HOME", home);
    command
}

/// The program with its records read and the review open.
fn start(home: &Path, lang: &str) -> Option<Terminal> {
    let mut terminal = Terminal::start(command(home, lang), 120, 40)?;
    terminal.frame(if lang == "sv" { "37 av 37" } else { "37 of 37" });
    terminal.frame("· anna");
    Some(terminal)
}

/// Locks the store like another program.
fn hold(home: &Path) -> Connection {
    let connection = Connection::open(home.join("r.db")).expect("a store");
    connection.execute_batch("BEGIN EXCLUSIVE").expect("held");
    connection
}

#[test]
fn unsaved_actions_survive_a_lost_line_in_a_file_named_at_the_next_start() {
    for signal in [Signal::HUP, Signal::TERM] {
        let home = tempfile::tempdir().expect("a folder");
        let Some(mut terminal) = start(home.path(), "en") else { return };
        terminal.press(b"r");
        terminal.frame("decided 1 of 37");
        let held = hold(home.path());
        terminal.press(b"++");
        terminal.frame("is in use by another program");
        terminal.signal(signal);
        assert_eq!(i64::from(terminal.end().0), 128 + i64::from(signal.as_raw()));
        drop(held);
        let state = home.path().join(".local/state/diarium");
        let file = rescued(&state).expect("a file");
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().expect("there").permissions());
        assert_eq!(mode & 0o777, 0o600);

        for (lang, told) in [("sv", "bedömningar sparades inte"), ("en", "verdicts were not saved")] {
            let mut terminal = Terminal::start(command(home.path(), lang), 160, 40).expect("as before");
            terminal.frame(&format!("{told}: diarium review import {}", file.display()));
            terminal.press(b"q");
            assert_eq!(terminal.end().0, 0);
        }
        let mut import = Command::new(env!("CARGO_BIN_EXE_diarium"));
        import.arg("--reviews").arg(home.path().join("r.db")).args(["--lang", "en", "review", "import"]);
        let output = import.arg(&file).env_clear().env("HOME", home.path()).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("2 new events of 2"), "{said}");
        assert_eq!(rescued(&state), None);
        let Some(mut terminal) = start(home.path(), "en") else { return };
        terminal.frame("decided 3 of 37");
        terminal.press(b"q");
        assert_eq!(terminal.end().0, 0);
    }
}

#[test]
fn a_locked_store_is_reported_and_written_once_unlocked() {
    for (lang, trouble, none, one) in [
        ("sv", "används av ett annat program", "bedömda 1 av 37", "bedömda 2 av 37"),
        ("en", "is in use by another program", "decided 1 of 37", "decided 2 of 37"),
    ] {
        let home = tempfile::tempdir().expect("a folder");
        let Some(mut terminal) = start(home.path(), lang) else { return };
        terminal.press(b"r");
        terminal.frame(none);
        let held = hold(home.path());
        terminal.press(b"+");
        terminal.frame(trouble);
        assert!(terminal.text().contains("+~"), "{}", terminal.text());
        drop(held);
        terminal.frame(one);
        let screen = terminal.text();
        assert!(!screen.contains("+~") && !screen.contains(trouble), "{screen}");
        terminal.press(b"q");
        assert_eq!(terminal.end().0, 0);
    }
}
