//! Sessions killed while a note is written: its draft is offered to its writer in its store, and to nobody else.

use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use super::harness::Terminal;

/// Number of sessions to kill.
const KILLS: usize = 10;
/// Time that a draft may take to be written, on the slowest machine.
const DEADLINE: Duration = Duration::from_secs(30);
/// The record of the note.
const RECORD: &str = "23-079-S13";

/// A session of a person in a store of the home, at the record.
fn start(home: &Path, store: &str, person: &str) -> Option<Terminal> {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diarium"));
    command.args(["--lang", "en", "--date", "2026-11-21", "--as", person, "--reviews"]);
    command.arg(home.join(store));
    command.arg(RECORD);
    command.env_clear();
    command.env("HOME", home);
    let mut terminal = Terminal::start(command, 160, 40)?;
    terminal.frame(&format!("{person} · "));
    Some(terminal)
}

/// The texts of all drafts.
fn drafts(home: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(home.join(".local/state/diarium/drafts")).into_iter().flatten().flatten();
    let text = |path: &Path| {
        let draft: serde_json::Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        Some(draft.get("text")?.as_str()?.to_owned())
    };
    let drafts = entries.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "json"));
    drafts.filter_map(|entry| text(&entry.path())).collect()
}

#[track_caller]
fn until(is_so: impl Fn() -> bool, what: &str) {
    let end = Instant::now() + DEADLINE;
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn a_note_survives_kills_while_it_is_written() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    let mut written = String::new();
    for number in 0..KILLS {
        let Some(mut terminal) = start(home, "r.db", "anna") else { return };
        if number > 0 {
            terminal.frame(&format!("are kept under c: {RECORD}"));
        }
        terminal.press(b"c");
        terminal.frame("working note");
        terminal.press(format!("word{number}.").as_bytes());
        written.extend(["word", &number.to_string(), "."]);
        until(
            || drafts(home) == [written.as_str()],
            &format!("the draft of `{written}`: {:?}", drafts(home)),
        );
        terminal.press(b"more");
        terminal.kill();
        let [kept] = &drafts(home)[..] else { panic!("{:?}", drafts(home)) };
        let all = format!("{written}more");
        assert!(all.starts_with(kept.as_str()) && kept.len() >= written.len(), "{kept:?} of {all:?}");
        written.clone_from(kept);
    }
    for (store, person) in [("r.db", "bo"), ("other.db", "anna")] {
        let mut terminal = start(home, store, person).expect("as before");
        terminal.press(b"cnew");
        terminal.frame("new");
        assert!(!terminal.text().contains("word"), "{person} in {store}: {}", terminal.text());
        terminal.press(b"\x15\r");
        until(|| drafts(home) == [written.as_str()], "only one draft is left");
        terminal.kill();
    }
    let mut terminal = start(home, "r.db", "anna").expect("as before");
    terminal.frame("are kept under c");
    terminal.press(b"c");
    terminal.frame("working note");
    terminal.press(b"\r");
    terminal.frame("the note is saved");
    until(|| drafts(home).is_empty(), "a saved note has no draft");
    terminal.kill();
}
