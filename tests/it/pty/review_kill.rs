//! Programs killed while verdicts are typed and another person marks records on the command line: every action shown or
//! acknowledged as saved is in the store exactly once.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use diarium::review::event::{Author, EventKind};
use diarium::review::record_state::RecordState;
use diarium::review::session::ReviewSession;
use diarium::review::verdict::Verdict;
use diarium::review::verify::verify;
use portable_pty::CommandBuilder;

use super::harness::Terminal;

/// Default number of programs to kill; this variable overrides it.
const TIMES: u32 = 80;
const VARIABLE: &str = "DIARIUM_KILLS";
/// The built-in records.
const RECORDS: usize = 37;
/// Maximum number of keys typed before the kill. A store is reused as long as it has records for them.
const KEYS: u64 = 4;
/// Maximum number of bytes received after the last key; a key produces some hundreds.
const BYTES: u64 = 1_200;

/// Numbers without a pattern (Knuth's MMIX generator).
struct Seed(u64);

impl Seed {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Contents of a store.
#[derive(Default)]
struct Held {
    /// The keys whose events anna has written, in their order.
    keys: Vec<u8>,
    rounds: usize,
    states: Vec<(String, RecordState)>,
}

impl Held {
    fn read(store: &Path) -> Self {
        let author = Author { person: "cecilia".into(), account: "".into(), host: "".into() };
        let desk = ReviewSession::open(store, author, Duration::from_secs(10)).expect("a store");
        assert_eq!(verify(desk.store()), []);
        let journal = desk.journal();
        let own = journal.events().filter(|event| &*event.author.person == "anna");
        let keys = own.filter_map(|event| match &event.kind {
            EventKind::RoundBegun(_) => None,
            EventKind::Verdict { verdict: Some(Verdict::Reviewed), .. } => Some(b'r'),
            EventKind::Verdict { verdict: Some(Verdict::Approved), .. } => Some(b'+'),
            EventKind::Verdict { verdict: Some(Verdict::Pending), .. } => Some(b'p'),
            EventKind::Star { on: true } => Some(b's'),
            other => panic!("nobody asked for {other:?}"),
        });
        let states = journal.rounds().next().map(|round| journal.states(round.id));
        let states = states.into_iter().flatten().map(|(id, state)| (id.to_owned(), state.clone()));
        Self { keys: keys.collect(), rounds: journal.rounds().count(), states: states.collect() }
    }

    fn decided(&self) -> usize {
        self.keys.iter().filter(|key| matches!(key, b'r' | b'+')).count()
    }

    fn verdicts(&self) -> usize {
        self.keys.iter().filter(|key| **key != b's').count()
    }

    fn state(&self, id: &str) -> Option<&RecordState> {
        self.states.iter().find(|(record, _)| record == id).map(|(_, state)| state)
    }

    /// Number of actions that a row of the screen shows as saved. Panics if one is not in the store.
    fn bears_out(&self, row: &str, screen: &str) -> usize {
        // The frame, a blank, and the mark of the selected row come before.
        let mut cells = row.chars();
        cells.nth(2);
        let (Some(glyph), Some(third), Some(' ')) = (cells.next(), cells.next(), cells.next()) else {
            return 0;
        };
        let verdict = match glyph {
            '√' => Some(Verdict::Reviewed),
            '+' => Some(Verdict::Approved),
            '?' => Some(Verdict::Pending),
            _ => None,
        };
        if third == '~' || (verdict.is_none() && third != '*') {
            return 0;
        }
        let id = cells.as_str().split_whitespace().next().expect("an id");
        let state = self.state(id).unwrap_or_else(|| panic!("{id} is lost\n{screen}"));
        assert_eq!(state.verdict_of("anna").map(|given| given.verdict), verdict, "{id}\n{screen}");
        assert!(third != '*' || state.starred, "{id} is not starred\n{screen}");
        usize::from(verdict.is_some()) + usize::from(third == '*')
    }
}

/// The number in `decided 4 of 37`.
fn shown_decided(screen: &str) -> Option<usize> {
    let said = screen.lines().last()?.split("decided ").nth(1)?;
    let (decided, rest) = said.split_once(" of ")?;
    assert!(rest.starts_with("37"), "{screen}");
    decided.parse().ok()
}

/// The program's arguments for a person at a store.
fn arguments(store: &Path, person: &str) -> Vec<String> {
    let store = store.to_string_lossy().into_owned();
    ["--lang", "en", "--date", "2026-11-21", "--as", person, "--reviews", &store].map(str::to_owned).into()
}

fn start(home: &Path, store: &Path) -> Option<Terminal> {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diarium"));
    command.args(arguments(store, "anna"));
    command.env_clear();
    command.env("HOME", home);
    let mut terminal = Terminal::start(command, 120, 40)?;
    // Keys before that are answered with "loading".
    terminal.frame("37 of 37");
    terminal.frame("· anna");
    Some(terminal)
}

/// Starts to mark a record as another person.
fn mark(home: &Path, store: &Path, tag: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diarium"));
    command.args(arguments(store, "bo")).args(["review", "tag", tag, "23-079-S13"]);
    command.env_clear().env("HOME", home).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().expect("it runs")
}

/// Number of anna's actions that a screen shows as saved, each of which must be in the store.
fn shown(screen: &str, held: &Held) -> usize {
    let decided = shown_decided(screen).unwrap_or_default();
    assert!(decided <= held.decided(), "{decided} shown, {} held\n{screen}", held.decided());
    screen.lines().map(|row| held.bears_out(row, screen)).sum()
}

#[test]
fn actions_shown_as_saved_survive_a_kill() {
    let times = std::env::var(VARIABLE).ok().map_or(TIMES, |times| times.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let mut seed = Seed(20_261_126);
    let (mut before, mut store) = (Held::default(), folder.path().join("0.db"));
    let (mut typed_in_all, mut held_in_all, mut shown_in_all, mut answered) = (0, 0, 0, 0);
    for number in 0..times {
        if before.verdicts() + usize::try_from(KEYS).expect("few") >= RECORDS {
            before = Held::default();
            store = folder.path().join(format!("{number}.db"));
        }
        let Some(mut terminal) = start(folder.path(), &store) else { return };
        let tag = format!("tag{number}");
        // Before there is a round both would begin one.
        let other = (before.rounds > 0).then(|| mark(folder.path(), &store, &tag));
        let (mut typed, mut decided) = (Vec::new(), before.decided());
        if before.rounds > 0 {
            // The first record has a verdict already, which its key would take back.
            terminal.press(b".");
        }
        for _ in 0..=seed.below(KEYS) {
            let after_verdict = typed.last().is_some_and(|key| *key != b's');
            let key = b"r+ps"[usize::try_from(seed.below(if after_verdict { 4 } else { 3 })).expect("few")];
            decided += usize::from(matches!(key, b'r' | b'+'));
            terminal.press(&[key]);
            typed.push(key);
            if seed.below(2) == 0 {
                let bytes = terminal.raw.len() + usize::try_from(seed.below(BYTES)).expect("few");
                terminal.frames_until(bytes, |screen| shown_decided(screen) == Some(decided));
            }
        }
        let bytes = terminal.raw.len() + usize::try_from(seed.below(BYTES)).expect("few");
        terminal.frames_until(bytes, |screen| shown_decided(screen) == Some(decided));
        let screen = terminal.kill();
        let said = other.map(|mut other| {
            // One that has ended by itself cannot be killed, which is as good.
            other.kill().unwrap_or_default();
            let mut said = String::new();
            other.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
            other.wait().expect("ended");
            said
        });

        let held = Held::read(&store);
        let new = held.keys.strip_prefix(before.keys.as_slice()).expect("what was there still is");
        assert!(typed.starts_with(new), "{typed:?} was typed, {new:?} is there\n{screen}");
        assert!(held.rounds <= 1, "the round is there once");
        shown_in_all += shown(&screen, &held);
        if said.is_some_and(|said| said.contains("saved")) {
            answered += 1;
            assert!(held.state("23-079-S13").is_some_and(|state| state.tags.contains(tag.as_str())), "{tag}");
        }
        (typed_in_all, held_in_all) = (typed_in_all + typed.len(), held_in_all + new.len());
        before = held;
    }
    eprintln!(
        "{times} killed: {typed_in_all} keys typed, {held_in_all} of them held; {shown_in_all} marks shown as saved; \
         {answered} answered on the command line"
    );
    assert!(shown_in_all > 0 && held_in_all < typed_in_all, "some were saved, and some cut off");
}
