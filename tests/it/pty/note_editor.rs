//! A note in the person's editor. In the program itself, not in the guest: a signal that is sent to a whole job goes to
//! a program's first thread, which is where the program waits for the editor, and a test of this crate does not run.

use portable_pty::CommandBuilder;

use super::harness::Terminal;

#[test]
fn an_interrupt_is_the_editors_while_it_has_the_terminal() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diarium"));
    command.args(["--lang", "en", "--as", "anna", "--reviews"]);
    command.arg(home.path().join("r.db"));
    command.env_clear();
    command.env("HOME", home.path());
    command.env("VISUAL", "echo editing; read -r x #");
    let Some(mut terminal) = Terminal::start(command, 120, 40) else { return };
    terminal.frame("· anna");
    terminal.press(b"e");
    terminal.shell("editing");
    terminal.press(b"\x03");
    terminal.frame("the editor: echo editing");
    // The text of the failed editor is in the box. A key right after Esc would make a chord with it.
    terminal.press(b"\x1b");
    terminal.frame("? help");
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}
