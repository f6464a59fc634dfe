//! Latency as a user perceives it: the time to the first frame and from each key to its answer, and the bytes sent for
//! each key, in a real pseudo-terminal at 120×40. For comparison fzf (if it is installed) gets the same rows.
//!
//! `cargo bench --bench felt`. With `DIARIUM_BENCH_ROWS=1000000` it measures that number of lines, from each key to the
//! settled screen. Times depend on the machine; bytes do not.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use diarium::domain::catalogue::{Catalogue, Privacy};
use diarium::domain::codes::Codes;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;
use diarium::search::language::query::Query;
use diarium::search::search;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

#[path = "../corpus/mod.rs"]
mod corpus;
#[path = "shared.rs"]
mod shared;

const RECORDS: usize = 5_000;
const ROUNDS: usize = 5;
/// Nothing more for so long means that the program has answered.
const QUIET: Duration = Duration::from_millis(80);
/// The same with a million lines, where programs are silent while they search.
const LONG_QUIET: Duration = Duration::from_millis(700);
/// So long nothing comes while much is loaded.
const LOADED: Duration = Duration::from_secs(3);
const ROWS: NonZeroU16 = NonZeroU16::new(40).expect("not 0");
const COLUMNS: NonZeroU16 = NonZeroU16::new(120).expect("not 0");
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

/// A program in a pseudo-terminal, and when each of its bytes came.
struct Program {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
}

/// Cost of a key.
#[derive(Clone, Copy, Default)]
struct Answer {
    bytes: usize,
    last: Duration,
}

impl Program {
    fn start(mut command: CommandBuilder) -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        command.env("TERM", "xterm-256color");
        for name in ["COLORTERM", "NO_COLOR", "TMUX", "SSH_CONNECTION", "FZF_DEFAULT_OPTS"] {
            command.env_remove(name);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut source = pair.master.try_clone_reader().expect("a reader");
        let (sender, chunks) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count @ 1..) = source.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().expect("a writer");
        let screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        Self { master: pair.master, writer, child, chunks, screen }
    }

    /// Reads until no output follows, or until a condition on all output holds.
    fn settle(&mut self, since: Instant, patience: Duration, done: impl Fn(&[u8]) -> bool) -> Answer {
        let (mut all, mut last) = (Vec::new(), since);
        while let Ok((at, chunk)) = self.chunks.recv_timeout(patience) {
            self.screen.process(&chunk);
            all.extend(chunk);
            last = at;
            if done(&all) {
                break;
            }
        }
        Answer { bytes: all.len(), last: last - since }
    }

    fn press(&mut self, key: &str) -> Answer {
        self.press_and_wait(key, QUIET)
    }

    fn press_and_wait(&mut self, key: &str, patience: Duration) -> Answer {
        let since = Instant::now();
        self.writer.write_all(key.as_bytes()).expect("it takes keys");
        self.writer.flush().expect("it takes keys");
        self.settle(since, patience, |_| false)
    }

    fn end(mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(self.master);
    }
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    if let Some(rows) = std::env::var("DIARIUM_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()) {
        return many_lines(rows, folder.path());
    }
    let file = folder.path().join("records.txt");
    std::fs::write(&file, corpus::generate(RECORDS, 1)).expect("written");
    println!("{RECORDS} records, 120×40, {ROUNDS} rounds\n");
    starts(&file, folder.path());
    keys(&file, folder.path());
}

/// From each key to the settled screen, in both programs on the same lines.
fn many_lines(rows: usize, folder: &Path) {
    let (list, lines) = (folder.join("lines.tsv"), folder.join("lines.txt"));
    for (path, heading) in [(&list, true), (&lines, false)] {
        let file = std::fs::File::create(path).expect("a file");
        shared::lines(rows, heading, &mut std::io::BufWriter::new(file)).expect("written");
    }
    println!("{rows} lines, 120×40, from each key to the settled screen");
    let ours = typed(&diarium(&list, folder), "/");
    report("diarium", &ours);
    let index = Index::build(records(&list));
    for settled in &ours {
        let found = search(&index, &Query::parse(&settled.text), None, &|| false, &mut |_| {});
        let found = found.map_or(0, |answer| answer.hits.len());
        settled.must_show(&format!("{found} av {}", index.len()));
    }
    drop(index);
    if !has_fzf() {
        println!("fzf is not installed: that comparison is skipped");
        return;
    }
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", "exec fzf < \"$0\""]);
    command.arg(&lines);
    let theirs = typed(&command, "");
    report("fzf", &theirs);
    // Whatever comes too late only makes it look faster; that all of it comes is seen once a text.
    for settled in theirs.iter().filter(|settled| shared::TYPED.contains(&&*settled.text)) {
        settled.must_show(&format!("{}/{rows}", found_by_fzf(&settled.text, &lines)));
    }
    let (own, other) = (middle_and_most(&ours), middle_and_most(&theirs));
    println!(
        "diarium takes {:.2} of fzf's median and {:.2} of its slowest (limit 0.25 of each)",
        own.0.as_secs_f64() / other.0.as_secs_f64(),
        own.1.as_secs_f64() / other.1.as_secs_f64()
    );
}

/// The screen once nothing comes any more after a key.
struct Settled {
    /// The text typed so far.
    text: String,
    time: Duration,
    screen: String,
}

impl Settled {
    /// Panics if the expected answer is missing, since the measurement would be meaningless.
    fn must_show(&self, count: &str) {
        assert!(self.screen.contains(count), "{:?} shows no {count}:\n{}", self.text, self.screen);
    }
}

fn typed(command: &CommandBuilder, before: &str) -> Vec<Settled> {
    let mut all = Vec::new();
    for text in shared::TYPED {
        let mut program = Program::start(command.clone());
        program.settle(Instant::now(), LOADED, |_| false);
        if !before.is_empty() {
            program.press_and_wait(before, LONG_QUIET);
        }
        let mut prefix = String::new();
        for key in text.chars() {
            prefix.push(key);
            let answer = program.press_and_wait(&key.to_string(), LONG_QUIET);
            let screen = program.screen.screen().contents();
            all.push(Settled { text: prefix.clone(), time: answer.last, screen });
        }
        program.end();
    }
    all
}

fn middle_and_most(settled: &[Settled]) -> (Duration, Duration) {
    let mut times: Vec<Duration> = settled.iter().map(|settled| settled.time).collect();
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() - 1])
}

fn report(name: &str, settled: &[Settled]) {
    let (middle, most) = middle_and_most(settled);
    println!("{name}: median {:.1} ms, slowest {:.1} ms", millis(middle), millis(most));
    let each = settled.iter().map(|settled| format!("{} {:.1}", settled.text, millis(settled.time)));
    let each: Vec<String> = each.collect();
    println!("  {}", each.join(" · "));
}

fn diarium(file: &Path, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diarium"));
    command.args(["--lang", "sv", "--date", "2026-11-21"]);
    command.arg(file);
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
        command.env(name, home);
    }
    command
}

fn has_fzf() -> bool {
    Command::new("fzf").arg("--version").output().is_ok()
}

fn records(list: &Path) -> Arc<Catalogue> {
    let inputs = vec![Input::Path(list.to_owned())];
    let plan = LoadPlan {
        inputs,
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    load(&plan, Arc::new(Codes::built_in())).catalogue
}

/// Number of lines that a query matches.
fn found_by_fzf(query: &str, lines: &Path) -> usize {
    let lines = std::fs::File::open(lines).expect("lines");
    let found = Command::new("fzf").args(["--filter", query]).stdin(lines).output();
    memchr::memchr_iter(b'\n', &found.expect("it filters").stdout).count()
}

/// The same rows as fzf would get them: id, name, owner, end.
fn fzf(file: &Path, folder: &Path) -> Option<CommandBuilder> {
    if !has_fzf() {
        return None;
    }
    let rows = folder.join("rows.txt");
    let table = Command::new(env!("CARGO_BIN_EXE_diarium"))
        .args(["find", "", "--format", "table", "--data"])
        .arg(file)
        .output()
        .ok()?;
    std::fs::write(&rows, table.stdout).ok()?;
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", "exec fzf < \"$0\""]);
    command.arg(rows);
    Some(command)
}

/// From the start to the first frame, and to the frame with all records.
fn starts(file: &Path, home: &Path) {
    let (mut first, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let since = Instant::now();
        let mut program = Program::start(diarium(file, home));
        let holds = |part: &'static [u8]| move |all: &[u8]| memchr::memmem::find(all, part).is_some();
        let patience = Duration::from_secs(10);
        first.push(program.settle(since, patience, holds(END_OF_FRAME)).last);
        whole.push(program.settle(since, patience, holds(b" av 5000")).last);
        program.end();
    }
    println!("first frame          {}   (limit 100 ms)", spread(&mut first));
    println!("all records listed   {}\n", spread(&mut whole));
}

fn keys(file: &Path, folder: &Path) {
    let scripts: &[(&str, &str, &[&str])] = &[
        ("typed letters", "/", &["t", "r", "y", "g", "g", "h", "e", "t", " ", "u", "m", "e"]),
        ("typed id", "", &["2", "4", "-", "0", "0", "3"]),
        ("arrow down", "", &["\x1b[B"; 12]),
    ];
    println!("{:<16}{:>34}{:>34}", "", "diarium", "fzf");
    println!(
        "{:<16}{:>17}{:>17}{:>17}{:>17}",
        "", "bytes a key", "ms to answer", "bytes a key", "ms to answer"
    );
    for (name, before, keys) in scripts {
        let ours = script(&diarium(file, folder), before, keys);
        let theirs = fzf(file, folder).map(|command| {
            // fzf's list grows upwards from the prompt.
            let keys: Vec<&str> =
                keys.iter().map(|key| if *key == "\x1b[B" { "\x1b[A" } else { *key }).collect();
            script(&command, "", &keys)
        });
        let show = |answers: &[Answer]| {
            let mut bytes: Vec<usize> = answers.iter().map(|answer| answer.bytes).collect();
            let mut times: Vec<Duration> = answers.iter().map(|answer| answer.last).collect();
            bytes.sort_unstable();
            times.sort_unstable();
            let (mid, last) = (bytes.len() / 2, bytes.len() - 1);
            let bytes = format!("{} ≤{}", bytes[mid], bytes[last]);
            let times = format!("{:.1} ≤{:.1}", millis(times[mid]), millis(times[last]));
            format!("{bytes:>17}{times:>17}")
        };
        let theirs = theirs.map_or_else(|| format!("{:>34}", "not installed"), |answers| show(&answers));
        println!("{name:<16}{}{theirs}", show(&ours));
    }
    println!("(median ≤ most; limit 16 ms a key, half of fzf's bytes a typed key, none while idle)");
}

/// The answers to some keys over all rounds.
fn script(command: &CommandBuilder, before: &str, keys: &[&str]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for _ in 0..ROUNDS {
        let mut program = Program::start(command.clone());
        program.settle(Instant::now(), Duration::from_millis(600), |_| false);
        if !before.is_empty() {
            program.press(before);
        }
        answers.extend(keys.iter().map(|key| program.press(key)));
        program.end();
    }
    answers
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let (least, mid, most) = (times[0], times[times.len() / 2], times[times.len() - 1]);
    format!("{:.1} ms ({:.1} to {:.1})", millis(mid), millis(least), millis(most))
}
