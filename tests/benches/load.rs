//! Time to load every format, compared with a lower bound (reading the same bytes and validating UTF-8) and, for lists,
//! with `DuckDB` on two threads if Python has it. Then the time to build the search index, and the memory of the
//! program for the same file, without and with the index. `cargo bench --bench load`; `DIARIUM_BENCH_ROWS=1000000`
//! replaces 5,000 records.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::cast_precision_loss, reason = "figures are printed with few digits")]

#[path = "../corpus/collection/mod.rs"]
mod collection;

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use collection::{Collection, FORMS, Form};
use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;

/// Number of runs whose minimum is reported.
const RUNS: usize = 3;
/// No more small files than this are made.
const MOST_FILES: usize = 100_000;

fn main() {
    let rows = std::env::var("DIARIUM_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(5_000);
    let folder = tempfile::tempdir().expect("a folder");
    let has_duckdb = succeeds(Command::new("python3").args(["-c", "import duckdb"]));
    if !has_duckdb {
        println!("Python has no duckdb: that comparison is skipped");
    }
    println!("{rows} records; the least of {RUNS} runs");
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    for (name, form) in FORMS.iter().filter(|(name, _)| is_wanted(name)) {
        let path = folder.path().join(name);
        let mut file = BufWriter::new(File::create(&path).expect("a file"));
        Collection { seed: 1, count: rows }.write(*form, &mut file).expect("written");
        // Else it would be written to the disk while it is read.
        file.into_inner().expect("written").sync_all().expect("on the disk");
        let time = report(name, &path, rows);
        let delimiter = match form {
            Form::Projektbanken => Some(';'),
            Form::Kohesio => Some(','),
            Form::Tsv => Some('\t'),
            Form::Text | Form::Json | Form::JsonLines | Form::Xlsx => None,
        };
        if let Some(delimiter) = delimiter.filter(|_| has_duckdb) {
            duckdb(&path, delimiter, time);
        }
        memory("records", "", &path);
        memory("with the index", "xylofonspel", &path);
        fs::remove_file(&path).expect("removed");
    }
    if is_wanted("files") {
        let many = many_files(folder.path(), rows.min(MOST_FILES));
        report("text, a file each", &many, rows.min(MOST_FILES));
    }
}

/// Prints how fast a collection loads, and returns the time.
fn report(name: &str, path: &Path, rows: usize) -> Duration {
    let plan = LoadPlan {
        inputs: vec![Input::Path(path.to_owned())],
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    let codes = Arc::new(Codes::built_in());
    let (time, records) = least(|| load(&plan, Arc::clone(&codes)), |loaded| loaded.catalogue.len());
    assert!(records > rows * 9 / 10, "{name}: {records} records");
    let (floor, bytes) = least(|| read_and_validate(path), |bytes| *bytes);
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{name:18} {:8.1} ms  {:9.0} rows/s  {:7.1} MB/s  {:5.1} times read + UTF-8 ({:.1} ms)",
        millis(time),
        rows as f64 / time.as_secs_f64(),
        megabytes / time.as_secs_f64(),
        time.as_secs_f64() / floor.as_secs_f64(),
        millis(floor),
    );
    let catalogue = load(&plan, codes).catalogue;
    let (index, _) = least(|| Index::build(Arc::clone(&catalogue)), Index::len);
    println!("  index: {:.1} ms", millis(index));
    time
}

/// Bytes of text at or below a path.
fn read_and_validate(path: &Path) -> usize {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder");
        return entries.map(|entry| read_and_validate(&entry.expect("an entry").path())).sum();
    }
    let bytes = fs::read(path).expect("a file");
    // A workbook is no text.
    std::str::from_utf8(&bytes).map_or(bytes.len(), str::len)
}

fn many_files(folder: &Path, rows: usize) -> PathBuf {
    let many = folder.join("many");
    fs::create_dir(&many).expect("a folder");
    for model in (Collection { seed: 1, count: rows }).models() {
        let mut text = Vec::new();
        collection::record(Form::Text, &model, &mut text).expect("written");
        fs::write(many.join(format!("{:07}.txt", model.number)), text).expect("written");
    }
    many
}

/// The time that `DuckDB` takes to make a table of the same file, without starting Python.
fn duckdb(path: &Path, delimiter: char, own: Duration) {
    let script = "import duckdb, sys, time
times = []
for _ in range(int(sys.argv[3])):
    c = duckdb.connect(config={'threads': 2})
    c.execute('set enable_progress_bar = false')
    t = time.perf_counter()
    c.execute('create table t as select * from read_csv(?, delim=?, header=true, all_varchar=true, quote=?, '
              'ignore_errors=true)', [sys.argv[1], sys.argv[2], chr(34)])
    times.append(time.perf_counter() - t)
print(min(times), c.execute('select count(*) from t').fetchone()[0])";
    let mut python = Command::new("python3");
    let output =
        python.args(["-c", script]).arg(path).args([delimiter.to_string(), RUNS.to_string()]).output();
    let output = output.expect("Python");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut words = text.split_whitespace();
    match (words.next().and_then(|time| time.parse::<f64>().ok()), words.next()) {
        (Some(time), Some(rows)) => println!(
            "  DuckDB, 2 threads: {:.1} ms ({rows} rows); diarium takes {:.2} times as long",
            time * 1e3,
            own.as_secs_f64() / time
        ),
        _ => println!("  DuckDB did not read it: {}", String::from_utf8_lossy(&output.stderr).trim()),
    }
}

/// Prints the peak memory of the program while it counts the matches of a query in a file.
fn memory(name: &str, query: &str, path: &Path) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_diarium"))
        .args(["find", query, "--count", "-d"])
        .arg(path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let status = format!("/proc/{}/status", child.id());
    let mut most = None;
    while child.try_wait().expect("a child").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        most = peak(&text).max(most);
        std::thread::sleep(Duration::from_millis(2));
    }
    let size = fs::metadata(path).expect("a file").len();
    match most {
        Some(kib) => println!(
            "  memory, {name}: {:.1} MB at most, {:.2} times the file's {:.1} MB",
            kib as f64 * 1_024.0 / 1e6,
            kib as f64 * 1_024.0 / size as f64,
            size as f64 / 1e6
        ),
        None => println!("  memory, {name}: not to be seen on this system"),
    }
}

/// The peak that a status of Linux tells, in KiB.
fn peak(status: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The minimum time, and a description of the result. Dropping the result is not timed.
fn least<T, U>(mut run: impl FnMut() -> T, tell: impl Fn(&T) -> U) -> (Duration, U) {
    let mut once = || {
        let start = Instant::now();
        let made = run();
        (start.elapsed(), tell(&made))
    };
    let first = once();
    (1..RUNS).map(|_| once()).fold(first, |least, next| if next.0 < least.0 { next } else { least })
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
