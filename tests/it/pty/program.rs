//! The program itself in a pseudo-terminal: started, searched, left.

use std::path::Path;

use portable_pty::CommandBuilder;

use super::harness::Terminal;
use crate::steps::Steps;

/// The program over its example records, in English and on a fixed day.
fn start(home: &Path) -> Option<Terminal> {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diarium"));
    command.args(["--lang", "en", "--date", "2026-11-21"]);
    command.env_clear();
    command.env("HOME", home);
    let mut terminal = Terminal::start(command, 120, 40)?;
    terminal.frame("37 of 37");
    Some(terminal)
}

#[test]
fn starts_and_quits() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(mut terminal) = start(home.path()) else { return };
    assert!(terminal.screen().alternate_screen());
    terminal.play(&Steps::new().press("q"));
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_typed_query_finds_its_record_and_enter_opens_it() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(mut terminal) = start(home.path()) else { return };
    terminal.play(&Steps::new().query("nycklar 2"));
    terminal.frame("search: nycklar 2");
    terminal.frame("1 of 37");
    assert!(terminal.text().contains("24-003-S05"), "{}", terminal.text());
    terminal.play(&Steps::new().press("enter"));
    terminal.frame("PITEÅ KOMMUN");
    terminal.play(&Steps::new().press("q").query("trygghet"));
    terminal.frame("search: trygghet");
    terminal.play(&Steps::new().press("esc"));
    terminal.frame("search: nycklar 2");
    terminal.play(&Steps::new().press("q"));
    assert_eq!(terminal.end().0, 0);
}
