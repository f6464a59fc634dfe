//! The terminal layer alone, with an application that shows the events it receives.

use rstest::rstest;
use rustix::process::Signal;

use super::harness::{Terminal, send};
use super::probe;

/// The guest's first frame is there.
fn start() -> Option<Terminal> {
    let mut terminal = Terminal::start(probe::command(), 80, 24)?;
    terminal.frame("80x24.");
    Some(terminal)
}

#[test]
fn quitting_leaves_the_terminal_as_it_was() {
    let Some(mut terminal) = start() else { return };
    assert!(terminal.screen().alternate_screen());
    terminal.press(b"j\x1b[A\x1bp");
    terminal.frame("j up alt-p");
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_frame_is_drawn_only_for_changes() {
    let Some(mut terminal) = start() else { return };
    terminal.press(b"a");
    terminal.frame("a");
    terminal.press(b"b");
    terminal.frame("a b");
    let frames = terminal.raw.windows(8).filter(|window| window == b"\x1b[?2026l").count();
    assert_eq!(frames, 3, "the first, and one for each key");
    terminal.press(b"q");
    terminal.end();
}

#[test]
fn nothing_is_asked_of_the_terminal() {
    let Some(mut terminal) = start() else { return };
    terminal.press(b"\x0c");
    terminal.frame("ctrl-l");
    terminal.resize(100, 30);
    terminal.frame("100x30.");
    for query in ["\x1b[6n", "\x1b[c", "\x1b[5n", "\x1b[18t"] {
        let asked = terminal.raw.windows(query.len()).any(|window| window == query.as_bytes());
        assert!(!asked, "{query:?}");
    }
    terminal.press(b"q");
    terminal.end();
}

#[rstest]
#[case(Signal::TERM, 143)]
#[case(Signal::HUP, 129)]
#[case(Signal::INT, 130)]
fn a_signal_ends_it_in_good_order(#[case] signal: Signal, #[case] status: u32) {
    let Some(terminal) = start() else { return };
    terminal.signal(signal);
    assert_eq!(terminal.end().0, status);
}

#[rstest]
#[case("exec \"$0\" \"$@\"")]
// The shell ignores the hang-up, and its child is not told: only the line itself shows it.
#[case("trap '' HUP; \"$0\" \"$@\"; exit $?")]
fn a_dropped_line_ends_it(#[case] script: &str) {
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    assert_eq!(terminal.hang_up(b"x"), 129);
}

#[rstest]
#[case(3_000)]
#[case(100_000)]
fn a_paste_arrives_whole(#[case] length: usize) {
    let Some(mut terminal) = start() else { return };
    let text: String = "23-079-S13 å\n".chars().cycle().take(length).collect();
    terminal.press(format!("\x1b[200~{text}\x1b[201~x").as_bytes());
    terminal.frame(&format!("paste {}.", probe::digest(&text)));
    terminal.frame("x");
    terminal.press(b"q");
    terminal.end();
}

#[test]
fn a_burst_of_keys_arrives_whole() {
    let Some(mut terminal) = start() else { return };
    terminal.press(&[b'j'; 2_000]);
    terminal.frame("2000 keys.");
    terminal.press(b"q");
    terminal.end();
}

#[test]
fn keys_and_screen_are_on_the_terminal_when_the_streams_are_not() {
    let script = "echo no key | DIARIUM_PROBE_PICKS=1 \"$0\" \"$@\" >/dev/null";
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    terminal.press(b"j");
    terminal.frame("1 keys.");
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_new_size_is_redrawn() {
    let Some(mut terminal) = start() else { return };
    for (width, height) in [(40, 10), (132, 50), (41, 11), (80, 25)] {
        terminal.resize(width, height);
    }
    terminal.frame("80x25.");
    terminal.press(b"q");
    terminal.end();
}

#[test]
fn job_control_stops_it_and_goes_on() {
    let script = "set -m; \"$0\" \"$@\"; echo stopped-1; read -r x; fg; echo stopped-2; read -r x; fg";
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    terminal.press(b"\x1a");
    terminal.shell("stopped-1");
    assert!(!terminal.screen().alternate_screen() && !terminal.screen().bracketed_paste());
    terminal.resize(90, 20);
    terminal.press(b"\n");
    terminal.frame("90x20.");
    assert!(terminal.screen().alternate_screen() && terminal.screen().bracketed_paste());
    assert!(terminal.text().starts_with("ctrl-z"));
    let text = terminal.text();
    let id = text.split("process ").nth(1).and_then(|rest| rest.split('.').next()).expect("the id");
    send(id.parse().expect("a number"), Signal::TSTP);
    terminal.shell("stopped-2");
    terminal.press(b"\n");
    terminal.frame("90x20.");
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_message() {
    let Some(mut terminal) = start() else { return };
    terminal.press(b"!");
    let (status, text) = terminal.end();
    assert_ne!(status, 0);
    assert!(text.contains("asked to panic"), "{text}");
}

#[test]
fn a_copy_goes_to_the_terminal_over_ssh() {
    let script = "SSH_CONNECTION='192.0.2.1 1 192.0.2.2 22' exec \"$0\" \"$@\"";
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    terminal.press(b"y");
    terminal.frame("sent.");
    let sequence = b"\x1b]52;c;w6XDpMO2\x07";
    assert!(terminal.raw.windows(sequence.len()).any(|window| window == sequence));
    terminal.press(b"Y");
    terminal.frame("TooLong");
    terminal.press(b"q");
    terminal.end();
}

#[test]
fn an_editor_gets_the_terminal_and_its_text_comes_back() {
    let script = "VISUAL='echo editing; read -r x; echo \"rad $x\" >>' exec \"$0\" \"$@\"";
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    terminal.press(b"e");
    terminal.shell("editing");
    assert!(!terminal.screen().alternate_screen() && !terminal.screen().bracketed_paste());
    terminal.press("två\n".as_bytes());
    terminal.frame("edited \"begun\\nrad två\\n\".");
    assert!(terminal.screen().alternate_screen() && terminal.screen().bracketed_paste());
    terminal.press(b"j");
    terminal.frame("e j");
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn an_editor_that_stops_its_job_stops_all_of_it() {
    let script = "set -m; VISUAL='kill -TSTP 0; echo on >>' \"$0\" \"$@\"; echo stopped; read -r x; fg";
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    terminal.press(b"e");
    terminal.shell("stopped");
    terminal.press(b"\n");
    terminal.frame("edited \"begun\\non\\n\".");
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_line_that_drops_ends_it_while_an_editor_has_the_terminal() {
    let script = "VISUAL='trap \"\" HUP; echo editing; read -r x; read -r x #' exec \"$0\" \"$@\"";
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    terminal.press(b"e");
    terminal.shell("editing");
    assert_eq!(terminal.hang_up(b"x\n"), 129);
}

#[test]
fn the_text_of_a_failing_editor_comes_back() {
    let script = "VISUAL='echo rescued > \"$1\"; exit 3; #' exec \"$0\" \"$@\"";
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    terminal.press(b"e");
    terminal.frame("exit status: 3 Some(\"rescued\\n\")");
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_terminals_reply_in_pieces_is_no_key() {
    let Some(mut terminal) = start() else { return };
    terminal.press(b"j\x1bP>|XTe");
    terminal.frame("1 keys.");
    terminal.press(b"rm(370)\x1b\\k");
    terminal.frame("j k");
    terminal.frame("2 keys.");
    terminal.press(b"\x1b[>41;370;0c\x1b]11;rgb:0000/0000/0000\x07\x1b[27;5;100~");
    terminal.frame("j k ctrl-d");
    terminal.press(b"q");
    terminal.end();
}

#[test]
fn a_missing_editor_is_an_error() {
    let script = "EDITOR=no-such-editor exec \"$0\" \"$@\"";
    let Some(mut terminal) = Terminal::start(probe::command_in(script), 80, 24) else { return };
    terminal.frame("80x24.");
    terminal.press(b"e");
    terminal.frame("not edited: no-such-editor: exit status: 127");
    terminal.press(b"q");
    assert_eq!(terminal.end().0, 0);
}
