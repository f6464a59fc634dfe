//! From paths to records: find files, split large ones, decode, detect the format, read records, check values.
//!
//! A bad file or row never stops a load; it becomes a diagnostic.

pub mod column_mapping;
mod decode_job;
pub mod formats;
mod splitter;

pub mod built_in;
pub mod check;
pub mod difference;
pub mod encoding;
pub mod files;

#[cfg(test)]
mod pieces_tests;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use column_mapping::ColumnMapping;
use decode_job::{DecodeWorker, Job, JobResult};
use encoding_rs::Encoding;
use splitter::{InputSize, Splitter};

use crate::domain::catalogue::catalogue_builder::{BatchEnd, CatalogueBuilder};
use crate::domain::catalogue::{Catalogue, Privacy};
use crate::domain::codes::Codes;
use crate::domain::diagnostic::{Code, Diagnostic, Severity};
use crate::domain::values::currency::Currency;

/// Sources to load, and the settings for reading them.
#[derive(Clone, Debug, Default)]
pub struct LoadPlan {
    /// The sources, in order of precedence: where they disagree, the earlier one wins.
    pub inputs: Vec<Input>,
    /// Encoding of all files without a byte order mark; `None` detects it for each file.
    pub encoding: Option<&'static Encoding>,
    /// Cell delimiter of all lists, an ASCII character; `None` detects it for each list.
    pub delimiter: Option<u8>,
    /// Meanings of column headings that precede the known ones.
    pub mapping: ColumnMapping,
    /// Currency of amounts that state none.
    pub currency: Option<Currency>,
    /// Masks and hides personal data unless it is [`Privacy::Shown`].
    pub privacy: Privacy,
}

/// A source of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder with everything below it.
    Path(PathBuf),
    /// Standard input.
    StandardInput,
    /// The records compiled into the program.
    BuiltIn,
    /// Bytes in memory, read as one file.
    Bytes {
        /// Name used in diagnostics.
        name: String,
        /// The whole content, in any encoding.
        bytes: Arc<[u8]>,
    },
}

/// The result of a load.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The records.
    pub catalogue: Arc<Catalogue>,
    /// All findings, in the order of the sources.
    pub diagnostics: Arc<[Diagnostic]>,
}

impl Loaded {
    /// A result without records or findings.
    #[must_use]
    pub fn empty(codes: Arc<Codes>) -> Self {
        Self { catalogue: Arc::new(Catalogue::empty(codes, Privacy::Protected)), diagnostics: Arc::new([]) }
    }

    /// Returns `true` if there is no record and at least one source could not be read.
    #[must_use]
    pub fn nothing_was_readable(&self) -> bool {
        let failed = |diagnostic: &Diagnostic| {
            diagnostic.severity() == Severity::Error
                || matches!(diagnostic.code, Code::NotText | Code::Archive | Code::ForeignFormat)
        };
        self.catalogue.is_empty() && self.diagnostics.iter().any(failed)
    }
}

/// Progress of a load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Records so far.
    pub records: usize,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes to read in total; `None` until all sources have been found.
    pub all_bytes: Option<u64>,
}

/// Receives the progress of a load, and can stop it.
pub trait Observer {
    /// Asks for the records loaded so far; called after every step.
    fn wants(&mut self, progress: Progress) -> bool;

    /// Receives the records loaded so far. Values are checked only at the end of the load.
    fn take(&mut self, so_far: Loaded, progress: Progress);

    /// Returns `true` to stop the load.
    fn is_stopped(&self) -> bool;
}

/// Runs a load to its end without intermediate results.
struct RunToEnd;

impl Observer for RunToEnd {
    fn wants(&mut self, _: Progress) -> bool {
        false
    }

    fn take(&mut self, _: Loaded, _: Progress) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

/// Loads all sources of a plan.
#[must_use]
pub fn load(plan: &LoadPlan, codes: Arc<Codes>) -> Loaded {
    load_observed(plan, codes, &mut RunToEnd)
}

/// Loads all sources of a plan, and reports intermediate results.
///
/// One thread walks folders, one reads and splits large files, and one per core reads records. Their results are merged
/// in the order of the sources, so that the outcome does not depend on timing.
#[must_use]
pub fn load_observed(plan: &LoadPlan, codes: Arc<Codes>, observer: &mut dyn Observer) -> Loaded {
    let input_size = InputSize::default();
    let threads = thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(MAX_THREADS);
    let worker = DecodeWorker { plan, codes: codes.clone() };
    let stopped = AtomicBool::new(false);
    let builder = thread::scope(|scope| {
        let (items, found) = channel();
        scope.spawn(|| splitter::walk(plan, &input_size, &mut move |item| items.send(item).is_ok()));
        let (jobs, next) = sync_channel(threads * 2);
        let stop = &stopped;
        let splitting = &worker;
        scope.spawn(move || split_into_jobs(splitting, &found, &jobs, stop));
        let next = Arc::new(Mutex::new(next));
        let (done, results) = channel();
        for _ in 0..threads {
            let (next, done, worker) = (next.clone(), done.clone(), &worker);
            scope.spawn(move || run_jobs(worker, &next, &done));
        }
        drop((next, done));
        let mut builder = CatalogueBuilder::new(codes, plan.privacy);
        builder.set_currency(plan.currency);
        let merger = Merger { worker: &worker, builder, open: None, records_before: 0 };
        merger.merge(&results, &input_size, observer, &stopped)
    });
    let (catalogue, mut diagnostics) = builder.finish();
    if !stopped.load(Ordering::Relaxed) {
        check::values(&catalogue, &mut diagnostics);
    }
    Loaded { catalogue: Arc::new(catalogue), diagnostics: diagnostics.into() }
}

/// Threads beyond this number do not make a load faster.
const MAX_THREADS: usize = 8;

/// A job or its result, with its sequence number and its size in bytes.
type Numbered<T> = (usize, u64, T);

fn split_into_jobs(
    worker: &DecodeWorker<'_>,
    found: &Receiver<splitter::InputItem>,
    jobs: &SyncSender<Numbered<Job>>,
    stop: &AtomicBool,
) {
    let mut number = 0;
    let mut send = |job, bytes| {
        number += 1;
        !stop.load(Ordering::Relaxed) && jobs.send((number - 1, bytes, job)).is_ok()
    };
    Splitter::new(worker.plan, &worker.codes, splitter::SIZES, &mut send).split_all(found);
}

fn run_jobs(
    worker: &DecodeWorker<'_>,
    next: &Mutex<Receiver<Numbered<Job>>>,
    done: &Sender<Numbered<Vec<JobResult>>>,
) {
    loop {
        let job = next.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, bytes, job)) = job else { return };
        if done.send((number, bytes, worker.run(job))).is_err() {
            return;
        }
    }
}

/// Merges the results of the workers in order.
struct Merger<'a> {
    worker: &'a DecodeWorker<'a>,
    builder: CatalogueBuilder,
    /// Incomplete text at the end of the previous piece.
    open: Option<decode_job::OpenText>,
    /// Records before the source whose pieces are being merged.
    records_before: usize,
}

impl Merger<'_> {
    fn merge(
        mut self,
        results: &Receiver<Numbered<Vec<JobResult>>>,
        input_size: &InputSize,
        observer: &mut dyn Observer,
        stopped: &AtomicBool,
    ) -> CatalogueBuilder {
        let mut waiting = BTreeMap::new();
        let (mut next, mut bytes) = (0, 0);
        for (number, size, done) in results {
            waiting.insert(number, (size, done));
            while let Some((size, done)) = waiting.remove(&next) {
                next += 1;
                bytes += size;
                for done in done {
                    self.add(done);
                }
                let all = input_size
                    .is_whole
                    .load(Ordering::Relaxed)
                    .then(|| input_size.bytes.load(Ordering::Relaxed));
                let progress = Progress { records: self.builder.len(), bytes, all_bytes: all };
                if observer.is_stopped() {
                    // The threads end when their channel closes.
                    stopped.store(true, Ordering::Relaxed);
                    return self.builder;
                }
                if observer.wants(progress) {
                    let (catalogue, diagnostics) = self.builder.so_far();
                    let so_far = Loaded { catalogue: Arc::new(catalogue), diagnostics: diagnostics.into() };
                    observer.take(so_far, progress);
                }
            }
        }
        self.builder
    }

    fn add(&mut self, done: JobResult) {
        match done {
            JobResult::Sources(batch) => self.builder.add(*batch, BatchEnd::EndsSource),
            JobResult::Failed { name, code, reason } => self.builder.failed(&name, code, &reason),
            JobResult::Interrupted { code, reason, lines } => self.builder.broken(code, &reason, lines),
            JobResult::Piece(piece) => self.piece(*piece),
        }
    }

    fn piece(&mut self, piece: decode_job::TextPiece) {
        let piece = match self.open.take() {
            Some(open) => self.worker.reread(open, piece),
            None => piece,
        };
        let decode_job::TextPiece { batch, extent, open, .. } = piece;
        let end = if extent.to_end { BatchEnd::EndsSource } else { BatchEnd::SourceGoesOn };
        if extent.from_start {
            self.records_before = self.builder.len();
            self.builder.add(batch, end);
        } else {
            self.builder.go_on(batch, end);
        }
        self.open = open;
        if extent.to_end && self.builder.len() == self.records_before {
            self.builder.report_newest(Code::NoRecord, "");
        }
    }
}
