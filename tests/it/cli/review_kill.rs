//! Commands killed at any moment: every acknowledged action is in the store, none is there twice, and the store is
//! intact.

use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use diarium::review::event::Author;
use diarium::review::session::ReviewSession;
use diarium::review::verify::verify;

use super::Machine;

/// Number of commands to kill.
const TIMES: u32 = 200;

/// The next pseudo-random number (Knuth's MMIX generator).
fn next(number: &mut u64) -> u64 {
    *number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *number >> 33
}

/// Lets some time go by, without asking a clock.
fn turn(times: u64) {
    for number in 0..times {
        std::hint::black_box(number);
    }
}

fn opened(store: &Path) -> ReviewSession {
    let author = Author { person: "bo".into(), account: "".into(), host: "".into() };
    ReviewSession::open(store, author, Duration::from_secs(10)).expect("a store")
}

#[test]
fn acknowledged_actions_survive_a_kill() {
    let machine = Machine::new();
    let store = machine.home().join("r.db");
    let path = store.to_string_lossy().into_owned();
    let mark = |tag: &str| {
        let arguments = [
            "--lang",
            "en",
            "--reviews",
            &path,
            "--as",
            "anna",
            "review",
            "tag",
            tag,
            "23-079-S13",
            "24-003-S05",
        ];
        machine.command(&arguments)
    };
    let mut first = mark("first").stderr(Stdio::null()).spawn().expect("it runs");
    let mut whole = 0;
    while first.try_wait().expect("a status").is_none() {
        turn(1_000);
        whole += 1_000;
    }
    let mut seed = 20_261_125;
    let mut answered = Vec::new();
    for number in 0..TIMES {
        let tag = format!("tag{number}");
        let mut child = mark(&tag).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it runs");
        turn(next(&mut seed) % whole);
        // One that has ended by itself cannot be killed, which is as good.
        child.kill().unwrap_or_default();
        let mut said = String::new();
        let errors = child.stderr.take().expect("piped");
        std::io::BufReader::new(errors).read_to_string(&mut said).expect("text");
        child.wait().expect("ended");
        answered.extend(said.contains("saved").then_some(tag));
    }
    let desk = opened(&store);
    assert_eq!(verify(desk.store()), []);
    let journal = desk.journal();
    let round = journal.rounds().next().expect("a round").id;
    let one = journal.state(round, "23-079-S13").expect("tags").tags.clone();
    let other = journal.state(round, "24-003-S05").expect("tags").tags.clone();
    assert_eq!(one, other, "an action is there whole or not at all");
    let lost: Vec<&String> = answered.iter().filter(|tag| !one.contains(tag.as_str())).collect();
    assert_eq!(lost, Vec::<&String>::new());
    // The round, and two events for each tag.
    assert_eq!(journal.len(), 1 + 2 * one.len(), "nothing is there twice");
    eprintln!(
        "{} of {TIMES} were answered before they were killed, {} were kept",
        answered.len(),
        one.len() - 1
    );
}
