//! Stores that take nothing, as a person at the screen sees them.

use std::path::Path;

use portable_pty::CommandBuilder;
use rusqlite::Connection;

use super::harness::Terminal;

/// The program at a store, with its records read and the review open.
fn start(home: &Path, lang: &str) -> Option<Terminal> {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diarium"));
    command.args(["--lang", lang, "--date", "2026-11-21", "--as", "anna", "--reviews"]);
    command.arg(home.join("r.db"));
    command.env_clear();
    command.env("HOME", home);
    let mut terminal = Terminal::start(command, 120, 40)?;
    terminal.frame(if lang == "sv" { "37 av 37" } else { "37 of 37" });
    terminal.frame("· anna");
    Some(terminal)
}

/// Another program that holds the store.
fn hold(home: &Path) -> Connection {
    let connection = Connection::open(home.join("r.db")).expect("a store");
    connection.execute_batch("BEGIN EXCLUSIVE").expect("held");
    connection
}

#[test]
fn a_store_that_is_held_is_said_and_is_written_when_it_is_let_go() {
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
