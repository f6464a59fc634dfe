//! `review` on stores that cannot be used: each command reports it and changes nothing.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use diarium::review::event::Author;
use diarium::review::session::ReviewSession;
use diarium::review::verify::verify;
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

/// The names and contents of all files in the home, but for the report.
fn files(bench: &Bench) -> Vec<(PathBuf, Vec<u8>)> {
    let paths = std::fs::read_dir(bench.home()).expect("there").map(|entry| entry.expect("there").path());
    let mut files: Vec<_> = paths
        .filter(|path| path.is_file() && !path.ends_with("report.md"))
        .map(|path| (path.clone(), std::fs::read(path).expect("readable")))
        .collect();
    files.sort();
    files
}

#[test]
fn a_file_that_is_no_store_is_never_touched() {
    let bench = Bench::new();
    let list = "Diarienummer;Projektnamn\n24-001-S01;Ett\n".repeat(300);
    let sentences =
        ["är ingen granskningsfil och lämnas orörd", "is not a review store and is left untouched"];
    for bytes in [list.as_bytes(), b"a few bytes", b"PK\x03\x04 a workbook", b""] {
        std::fs::write(bench.store(), bytes).expect("written");
        let before = files(&bench);
        bench.refuses(&WRITING, sentences, |command| command);
        bench.refuses(&READING, sentences, |command| command);
        bench.refuses(&[&["verify"], &["repair"]], sentences, |command| command);
        let (text, status) = said(&mut bench.machine.command(&[
            "find",
            "är:granskad",
            "--lang",
            "sv",
            "--reviews",
            &bench.store().to_string_lossy(),
        ]));
        assert_eq!((text.contains(sentences[0]), status), (true, 2), "{text}");
        assert_eq!(files(&bench), before);
    }
}

#[test]
fn a_command_that_only_reads_creates_nothing() {
    let bench = Bench::new();
    std::fs::remove_file(bench.store()).expect("removed");
    let before = files(&bench);
    for verb in &READING {
        bench.at("r.db", "en", verb);
        bench.at("folder/r.db", "en", verb);
    }
    for verb in [&["verify"][..], &["repair"]] {
        let (text, status) = bench.at("r.db", "en", verb);
        assert_eq!((text.contains("r.db does not exist."), status), (true, 2), "{text}");
    }
    assert_eq!(bench.at("r.db", "en", &["sample", "3", "--seed", "1", "--dry-run"]).1, 0);
    assert_eq!(files(&bench), before);
    assert!(!bench.home().join("folder").exists());
}

#[test]
fn a_damaged_store_is_read_as_far_as_it_can_be_and_repaired_by_its_verb_alone() {
    let bench = Bench::new();
    assert_eq!(bench.at("r.db", "en", &["star", "24-003-S05"]).1, 0);
    let mut bytes = std::fs::read(bench.store()).expect("there");
    let at = memchr::memmem::find(&bytes, b"begun\",\"salt").expect("the note");
    bytes[at] ^= 1;
    std::fs::write(bench.store(), &bytes).expect("written");
    let before = files(&bench);
    for verb in &READING[..6] {
        let (text, status) = bench.at("r.db", "en", verb);
        assert!(text.contains("r.db is damaged; what can be trusted is shown."), "{verb:?}: {text}");
        assert!(text.contains("the event does not fit its digest"), "{verb:?}: {text}");
        assert_eq!(status, 2, "{verb:?}: {text}");
    }
    let (text, status) = bench.at("r.db", "en", &["report", "--to", "report.md", "--force"]);
    assert_eq!(status, 2, "{text}");
    let report = std::fs::read_to_string(bench.home().join("report.md")).expect("written");
    assert!(
        report.contains("GRANSKNINGSFILEN") || report.contains("THE REVIEW STORE IS NOT INTACT"),
        "{report}"
    );
    for verb in &WRITING {
        let (text, status) = bench.at("r.db", "en", verb);
        assert!(text.contains("r.db: is damaged: event "), "{verb:?}: {text}");
        assert!(text.contains("diarium review repair"), "{verb:?}: {text}");
        assert_eq!(status, 2, "{verb:?}: {text}");
    }
    let (text, status) = bench.at("r.db", "en", &["verify"]);
    assert_eq!((text.contains("the event does not fit its digest"), status), (true, 1), "{text}");
    assert_eq!(files(&bench), before);
    let (text, status) = bench.at("r.db", "sv", &["repair"]);
    assert!(text.contains("2 händelser gick att rädda"), "{text}");
    assert_eq!(status, 0, "{text}");
    assert_eq!(std::fs::read(bench.home().join("r.db.damaged-1")).expect("there"), bytes);
    let (text, status) = bench.at("r.db", "sv", &["verify"]);
    assert_eq!((text.contains("allt stämmer, 2 händelser"), status), (true, 0), "{text}");
    let (text, _) = bench.at("r.db", "en", &["repair"]);
    assert!(text.contains("everything holds"), "{text}");
}

#[test]
fn a_seal_that_no_round_has_is_said() {
    let bench = Bench::new();
    let closed = bench.at("r.db", "en", &["close"]).0;
    let hash = closed.trim().rsplit(' ').next().expect("a hash").to_owned();
    assert_eq!(bench.at("r.db", "en", &["verify", "--seal", &hash]).1, 0);
    let (text, status) = bench.at("r.db", "en", &["verify", "--seal", "00"]);
    assert_eq!((text.contains("00: no round is closed with this hash"), status), (true, 1), "{text}");
}

#[test]
fn twenty_first_verdicts_at_once_are_in_one_round() {
    let machine = Machine::new().with("DIARIUM_WAIT", "60");
    let store = machine.home().join("new.db");
    let list: Vec<String> = (0..20).map(|number| format!("24-{number:03}-S01")).collect();
    let data = machine.home().join("lista.csv");
    let rows: Vec<String> = list.iter().map(|id| format!("{id};Namn {id}")).collect();
    std::fs::write(&data, format!("Diarienummer;Projektnamn\n{}\n", rows.join("\n"))).expect("written");
    let (store, data) = (store.to_string_lossy(), data.to_string_lossy());
    let people: Vec<_> = (0..20)
        .map(|number| {
            let person = format!("person{number}");
            let before = ["-d", &data, "--reviews", &store, "--as", &person, "review", "mark"];
            let mut command = machine.command(&before);
            command.args(&list).args(["--state", "approved"]);
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it runs")
        })
        .collect();
    let mut begun = 0;
    for person in people {
        let output = person.wait_with_output().expect("ended");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{text}");
        begun += usize::from(text.contains("ny granskningsomgång"));
    }
    let author = Author { person: "bo".into(), account: "".into(), host: "".into() };
    let path = Path::new(&*store);
    let session = ReviewSession::open_read_only(path, author, Duration::from_secs(9)).expect("a store");
    assert_eq!((session.journal().rounds().count(), begun), (1, 1));
    let round = session.journal().rounds().next().expect("a round").id;
    let verdicts: usize = session.journal().states(round).map(|(_, state)| state.verdicts.len()).sum();
    assert_eq!(verdicts, 400);
    assert_eq!(verify(session.store()), []);
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
        (text.contains("/dev/full: är ingen granskningsfil"), status),
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
    let (text, status) = said(&mut as_nobody(bench.command("new.db", "sv", &["star", "24-003-S05"])));
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
