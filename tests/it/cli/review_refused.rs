//! `review` on stores that cannot be used: each command reports it and changes nothing.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rusqlite::Connection;
use rustix::process::geteuid;

use super::Machine;

/// Verbs that write.
const WRITING: [&[&str]; 13] = [
    &["mark", "24-003-S05", "--state", "approved"],
    &["note", "24-003-S05", "text"],
    &["tag", "eu", "24-003-S05"],
    &["star", "24-003-S05"],
    &["undo"],
    &["new", "Next"],
    &["sample", "3", "--seed", "1"],
    &["close"],
    &["redact", "EVENT", "--reason", "why"],
    &["import", "other.jsonl"],
    &["merge", "other.db"],
    &["redo"],
    &["reopen", "--reason", "why"],
];
/// Verbs that read.
const READING: [&[&str]; 7] = [
    &["list"],
    &["next"],
    &["log"],
    &["stats"],
    &["rounds"],
    &["export", "--format", "csv"],
    &["report", "--to", "report.md", "--force"],
];

/// A machine with a store written by bo and another reviewer, and the id of one of bo's events.
struct Bench {
    machine: Machine,
    event: String,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { machine: Machine::new().with("DIARIUM_WAIT", "0"), event: String::new() };
        for store in ["r.db", "other.db"] {
            assert_eq!(bench.at(store, "en", &["note", "23-079-S13", "begun"]).1, 0);
        }
        assert_eq!(bench.at("other.db", "en", &["export", "--to", "other.jsonl"]).1, 0);
        let log = bench.at("r.db", "en", &["log", "23-079-S13"]).0;
        let event = log.split_whitespace().next().expect("an event").to_owned();
        Self { event, ..bench }
    }

    fn home(&self) -> &Path {
        self.machine.home()
    }

    fn store(&self) -> PathBuf {
        self.home().join("r.db")
    }

    fn command(&self, store: &str, lang: &str, verb: &[&str]) -> Command {
        let mut command = self.machine.command(&["--lang", lang, "--as", "bo", "--reviews", store, "review"]);
        command.args(verb.iter().map(|word| if *word == "EVENT" { &self.event } else { *word }));
        command.current_dir(self.home());
        command
    }

    /// Messages, output and exit status.
    fn at(&self, store: &str, lang: &str, verb: &[&str]) -> (String, i32) {
        said(&mut self.command(store, lang, verb))
    }

    /// Each verb says the sentence of its language, and ends with 2.
    #[track_caller]
    fn refuses(&self, verbs: &[&[&str]], sentences: [&str; 2], with: impl Fn(Command) -> Command) {
        for (lang, sentence) in ["sv", "en"].into_iter().zip(sentences) {
            for verb in verbs {
                let (text, status) = said(&mut with(self.command("r.db", lang, verb)));
                assert!(text.contains(&format!("r.db: {sentence}.")), "{verb:?}: {text}");
                assert_eq!(status, 2, "{verb:?}: {text}");
            }
        }
    }
}

#[track_caller]
fn said(command: &mut Command) -> (String, i32) {
    let output = command.output().expect("it runs");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.code().expect("no signal"))
}

/// All verbs but `redo` and `reopen`, which have nothing to write.
fn writing() -> &'static [&'static [&'static str]] {
    &WRITING[..11]
}

#[test]
fn a_store_that_is_held() {
    let bench = Bench::new();
    let held = Connection::open(bench.store()).expect("a store");
    held.execute_batch("BEGIN EXCLUSIVE").expect("held");
    let sentences = ["används av ett annat program", "is in use by another program"];
    bench.refuses(&WRITING, sentences, |command| command);
    bench.refuses(&READING, sentences, |command| command);
    drop(held);
    assert_eq!(bench.at("r.db", "en", &["star", "24-003-S05"]).1, 0);
}

#[test]
fn a_store_of_a_newer_program() {
    let bench = Bench::new();
    let connection = Connection::open(bench.store()).expect("a store");
    connection.pragma_update(None, "user_version", 1_000).expect("written");
    drop(connection);
    let before = std::fs::read(bench.store()).expect("there");
    let sentences = [
        "är skriven av en nyare version av diarium och lämnas orörd",
        "was written by a newer version of diarium and is left untouched",
    ];
    bench.refuses(&WRITING, sentences, |command| command);
    bench.refuses(&READING, sentences, |command| command);
    assert_eq!(std::fs::read(bench.store()).expect("there"), before);
}

#[test]
fn a_damaged_store_is_set_aside_by_whichever_verb_comes_first() {
    let bench = Bench::new();
    // Damage after the header: a file with another header is not a store.
    let header = std::fs::read(bench.store()).expect("a store").into_iter().take(100).collect::<Vec<_>>();
    for (number, verb) in (1..).zip(WRITING.iter().chain(&READING)) {
        let rest = [b"no database ", verb[0].as_bytes()].concat().repeat(500);
        let garbage = [header.clone(), rest].concat();
        std::fs::write(bench.store(), &garbage).expect("written");
        let (lang, sentence) = [("sv", "inget sparades"), ("en", "nothing was saved")][number % 2];
        let (text, status) = bench.at("r.db", lang, verb);
        assert!(text.contains(&format!("r.db.damaged-{number}")) && text.contains(sentence), "{text}");
        assert_eq!(status, 2, "{verb:?}");
        let aside = bench.home().join(format!("r.db.damaged-{number}"));
        assert_eq!(std::fs::read(aside).expect("set aside"), garbage, "{verb:?}");
        assert!(!bench.store().exists(), "{verb:?}");
    }
}

#[test]
fn a_file_of_the_users_is_refused_and_left_untouched() {
    let bench = Bench::new();
    let list = "Diarienummer;Namn\n23-001-S01;Ett\n".as_bytes();
    for bytes in [list, b"x", b"PK\x03\x04 a workbook"] {
        std::fs::write(bench.store(), bytes).expect("written");
        let sentences =
            ["är ingen granskningsfil och lämnas orörd", "is not a review file and is left untouched"];
        bench.refuses(&WRITING, sentences, |command| command);
        bench.refuses(&READING, sentences, |command| command);
        assert_eq!(std::fs::read(bench.store()).expect("there"), bytes);
        assert!(!bench.home().join("r.db.damaged-1").exists());
    }
}

#[test]
fn a_disk_that_takes_nothing() {
    let bench = Bench::new();
    let before = std::fs::read(bench.store()).expect("there");
    // No file may grow at all, as beyond a quota.
    let limited = |command: Command| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]);
        shell.arg(command.get_program()).args(command.get_args());
        shell.current_dir(bench.home()).env("HOME", bench.home()).stdin(Stdio::null());
        shell
    };
    let sentences = [
        "disken tar inte emot: en kvot är slut, filen är för stor eller disken är trasig",
        "the disk refuses: a quota is used up, the file is too large or the disk fails",
    ];
    bench.refuses(writing(), sentences, limited);
    for verb in &READING[..6] {
        assert_eq!(said(&mut limited(bench.command("r.db", "en", verb))).1, 0, "{verb:?}");
    }
    assert_eq!(std::fs::read(bench.store()).expect("there"), before);
    let (text, status) = bench.at("/dev/full", "sv", &["star", "24-003-S05"]);
    assert_eq!(
        (text.contains("/dev/full: disken är full."), status),
        (cfg!(target_os = "linux"), 2),
        "{text}"
    );
}

/// Root ignores file modes, so the program runs as the user nobody; skipped with a message if that is impossible.
#[cfg(unix)]
fn as_nobody(bench: &Bench) -> Option<impl Fn(Command) -> Command> {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let is_root = geteuid().is_root();
    let program = bench.home().join("diarium");
    if is_root {
        // The tree of a root may be closed to all others.
        std::fs::copy(env!("CARGO_BIN_EXE_diarium"), &program).expect("copied");
        for path in [bench.home(), &program] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("set");
        }
        if Command::new(&program).arg("--version").uid(NOBODY).stdout(Stdio::null()).status().is_err() {
            writeln!(std::io::stderr(), "SKIPPED: modes do not count for root, nor may it be another")
                .ok()?;
            return None;
        }
    }
    let home = bench.home().to_owned();
    Some(move |command: Command| {
        if !is_root {
            return command;
        }
        let mut other = Command::new(&program);
        other.args(command.get_args()).current_dir(&home).env("HOME", &home).stdin(Stdio::null()).uid(NOBODY);
        other
    })
}

#[cfg(unix)]
#[test]
fn a_store_that_may_only_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
    };
    for file in ["other.db", "other.jsonl"] {
        mode(&bench.home().join(file), 0o666);
    }
    let Some(as_nobody) = as_nobody(&bench) else { return };
    let before = std::fs::read(bench.store()).expect("there");
    // The file, then its folder, in which SQLite's own journal has no place.
    for (file, folder) in [(0o444, 0o755), (0o666, 0o555)] {
        mode(&bench.store(), file);
        mode(bench.home(), folder);
        bench.refuses(writing(), ["är skrivskyddad", "is read-only"], &as_nobody);
        for verb in &READING[..6] {
            assert_eq!(said(&mut as_nobody(bench.command("r.db", "en", verb))).1, 0, "{verb:?}");
        }
    }
    let (text, status) = said(&mut as_nobody(bench.command("new.db", "sv", &["list"])));
    assert_eq!((text.contains("new.db: kan inte öppnas: Permission denied"), status), (true, 2), "{text}");
    mode(bench.home(), 0o755);
    assert_eq!(std::fs::read(bench.store()).expect("there"), before);
}

#[test]
fn a_folder_is_no_store() {
    let bench = Bench::new();
    let (text, status) = bench.at(".", "sv", &["list"]);
    assert_eq!((text.contains(".: kan inte öppnas: "), status), (true, 2), "{text}");
}
