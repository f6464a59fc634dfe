//! The program itself, started and left.

use portable_pty::CommandBuilder;

use super::harness::Terminal;

#[test]
fn starts_and_quits() {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diarium"));
    command.env("HOME", std::env::temp_dir());
    let Some(mut terminal) = Terminal::start(command, 120, 40) else { return };
    terminal.frame("");
    assert!(terminal.screen().alternate_screen());
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}
