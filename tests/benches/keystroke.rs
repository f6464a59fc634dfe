//! The search for each key, without a screen: `trygghet ostra` and ids, typed key by key, over the lines that `felt`
//! gives to fzf; then phrases in descriptions, compared with ripgrep (if it is installed) on the same text.
//!
//! `cargo bench --bench keystroke`; `DIARIUM_BENCH_ROWS=1000000` replaces 100,000 lines, `DIARIUM_BENCH_MB=1000`
//! replaces 100 MB of descriptions. With valgrind it also counts the instructions of single keys: given
//! `DIARIUM_BENCH_KEY='trygghe|t'`, the bench performs the search of that key alone, on one thread, after everything
//! before it.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::cast_precision_loss, reason = "figures are printed with few digits")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diarium::domain::catalogue::{Catalogue, Privacy};
use diarium::domain::codes::Codes;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;
use diarium::search::language::query::Query;
use diarium::search::matching::answer::Answer;
use diarium::search::{search, search_on};

#[path = "../corpus/mod.rs"]
mod corpus;
#[path = "shared.rs"]
mod shared;

use corpus::collection::Collection;

/// Default number of lines.
const LINES: usize = 100_000;

/// Number of runs whose median is reported.
const ROUNDS: usize = 3;

/// Phrases in descriptions: frequent, rare, absent, and two words.
const PHRASES: &[&str] = &[
    "\"trygghet i övergången\"",
    "\"validering av yrkeskunskaper\"",
    "språkträning",
    "\"psykisk halsa\"",
    "xylofonspel",
    "digitala verktyg",
];

/// Keys whose instructions are counted, each after the text typed before it.
const COUNTED: &[&str] = &["|t", "trygghe|t", "trygghet ostr|a", "24-00|3"];

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    if let Ok(key) = std::env::var("DIARIUM_BENCH_KEY") {
        return alone(&key, folder.path());
    }
    typed(folder.path());
    phrases(folder.path());
    instructions();
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

fn catalogue(path: &Path) -> Arc<Catalogue> {
    let plan = LoadPlan {
        inputs: vec![Input::Path(path.to_owned())],
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    let loaded = load(&plan, Arc::new(Codes::built_in()));
    loaded.catalogue.clone()
}

fn lines(folder: &Path) -> Index {
    let path = folder.join("lines.tsv");
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    shared::lines(number("DIARIUM_BENCH_ROWS", LINES), true, &mut file).expect("written");
    drop(file);
    Index::build(catalogue(&path))
}

/// Searches for one key: the measured part, and the part that callgrind counts.
#[inline(never)]
fn one_keystroke(index: &Index, query: &Query, previous: Option<&Answer>) -> Option<Answer> {
    search_on(1, index, query, previous, &|| false, &mut |_| {})
}

fn alone(key: &str, folder: &Path) {
    let index = lines(folder);
    let (before, typed) = key.split_once('|').unwrap_or(("", key));
    let previous = one_keystroke_before(&index, before);
    let query = Query::parse(&format!("{before}{typed}"));
    let answer = one_keystroke(&index, &query, previous.as_ref()).expect("nobody stops it");
    println!("{:?}: {} hits, {} similar", query.text(), answer.hits.len(), answer.similar.len());
}

/// Prints the instructions of single keys: nearly the same in every run, however busy the machine is.
fn instructions() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("valgrind is not installed: instructions are not counted");
        return;
    }
    println!("instructions over {LINES} lines, one thread");
    let own = std::env::current_exe().expect("this bench");
    for key in COUNTED {
        let counted = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*one_keystroke"])
            .arg(&own)
            .env("DIARIUM_BENCH_KEY", key)
            .env("DIARIUM_BENCH_ROWS", LINES.to_string())
            .output();
        let said = counted.map(|output| String::from_utf8_lossy(&output.stderr).into_owned());
        let said = said.expect("valgrind runs");
        let count = said.lines().find_map(|line| line.split_once("Collected : ")?.1.parse::<f64>().ok());
        println!("  {key:16} {:8.2} million", count.expect("a count") / 1e6);
    }
}

/// The search for the text typed before, under a name that callgrind does not count.
fn one_keystroke_before(index: &Index, query: &str) -> Option<Answer> {
    search(index, &Query::parse(query), None, &|| false, &mut |_| {})
}

/// Prints how long the search of each key takes: typed on, and the first answer where more comes later.
fn typed(folder: &Path) {
    let index = lines(folder);
    println!("{} lines, {ROUNDS} rounds", index.len());
    report_memory(&index);
    let mut all = Vec::new();
    for text in shared::TYPED {
        let mut keys: Vec<Vec<(Duration, Duration)>> = vec![Vec::new(); text.chars().count()];
        let mut found = Vec::new();
        for _ in 0..ROUNDS {
            let mut previous = None;
            let mut prefix = String::new();
            found.clear();
            for (key, times) in text.chars().zip(&mut keys) {
                prefix.push(key);
                let since = Instant::now();
                let mut first = None;
                let mut publish = |answer: Answer| {
                    first = Some(since.elapsed());
                    drop(answer);
                };
                let query = Query::parse(&prefix);
                let answer = search(&index, &query, previous.as_ref(), &|| false, &mut publish);
                let whole = since.elapsed();
                previous = answer;
                let count = |answer: &Answer| (answer.hits.len(), answer.similar.len());
                found.push(previous.as_ref().map(count).unwrap_or_default());
                times.push((first.unwrap_or(whole), whole));
            }
        }
        println!("\n{text}");
        for ((key, times), (hits, similar)) in text.chars().zip(keys).zip(found) {
            let first = median(times.iter().map(|(first, _)| *first).collect());
            let whole = median(times.iter().map(|(_, whole)| *whole).collect());
            println!(
                "  {key:?}  first {:7.2} ms  whole {:7.2} ms   {hits} hits, {similar} similar",
                millis(first),
                millis(whole)
            );
            all.push(whole);
        }
    }
    let slowest = all.iter().max().copied().unwrap_or_default();
    println!("\nmedian key {:.2} ms, slowest {:.2} ms\n", millis(median(all)), millis(slowest));
}

fn report_memory(index: &Index) {
    let (own, text) = (index.memory(), index.catalogue().text_length());
    println!(
        "index {:.1} MB, {:.2} times the {:.1} MB of text",
        own as f64 / 1e6,
        own as f64 / text as f64,
        text as f64 / 1e6
    );
}

/// Prints the time of phrases in descriptions, and of ripgrep counting lines of the same text.
fn phrases(folder: &Path) {
    let wanted = number("DIARIUM_BENCH_MB", 100) * 1_000_000;
    let (records, text) = (folder.join("records.txt"), folder.join("descriptions.txt"));
    let mut descriptions = BufWriter::new(File::create(&text).expect("a file"));
    let (mut bytes, mut count) = (0, 0);
    for model in (Collection { seed: 1, count: usize::MAX }).models() {
        if bytes >= wanted {
            break;
        }
        writeln!(descriptions, "{}", model.description).expect("written");
        bytes += model.description.len();
        count += 1;
    }
    descriptions.flush().and_then(|()| fs::write(&records, corpus::generate(count, 1))).expect("written");
    let index = Index::build(catalogue(&records));
    fs::remove_file(&records).expect("removed");
    println!("{} records with {:.1} MB of descriptions", index.len(), bytes as f64 / 1e6);
    report_memory(&index);
    let has_rg = Command::new("rg").arg("--version").output().is_ok();
    if !has_rg {
        println!("rg is not installed: that comparison is skipped");
    }
    for phrase in PHRASES {
        let mut hits = 0;
        let query = Query::parse(phrase);
        let (mut first, mut whole) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let mut settled = None;
            let since = Instant::now();
            let answer = search(&index, &query, None, &|| false, &mut |_| settled = Some(since.elapsed()));
            whole.push(since.elapsed());
            first.push(settled.unwrap_or_else(|| since.elapsed()));
            hits = answer.map_or(0, |answer| answer.hits.len());
        }
        let (first, whole) = (millis(median(first)), millis(median(whole)));
        let mut line = format!("  {phrase:32} first {first:6.1} ms, whole {whole:6.1} ms ({hits} records)");
        if has_rg {
            // A plain letter also matches the letter with a diacritic.
            let pattern = phrase.trim_matches('"').replace('a', "[aåä]").replace('o', "[oö]");
            let plain = phrase.trim_matches('"');
            for (name, pattern) in [("rg -ic", plain), ("rg -ic, classes", &pattern)] {
                let theirs = median_of(|| {
                    let since = Instant::now();
                    let done = Command::new("rg").args(["-ic", pattern]).arg(&text).output();
                    assert!(done.is_ok());
                    since.elapsed()
                });
                let _ = write!(line, "   {name} {:.1} ms", millis(theirs));
            }
        }
        println!("{line}");
    }
}

fn median_of(mut run: impl FnMut() -> Duration) -> Duration {
    median((0..ROUNDS).map(|_| run()).collect())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
