//! From paths to records: finding files, decoding them, telling and reading their form, checking their values.
//!
//! A bad file or row never stops a load: it becomes a diagnostic.

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

use decode_job::{DecodeWorker, Done, Job};
use encoding_rs::Encoding;
use splitter::{Extents, Splitter};

use crate::domain::catalogue::catalogue_builder::CatalogueBuilder;
use crate::domain::catalogue::{Catalogue, Privacy};
use crate::domain::codes::Codes;
use crate::domain::diagnostic::{Code, Diagnostic, Severity};

/// What to load.
#[derive(Clone, Debug)]
pub struct LoadPlan {
    /// Where the records come from; what is named first wins where they disagree.
    pub inputs: Vec<Input>,
    /// The encoding of all files, if they do not tell it themselves.
    pub encoding: Option<&'static Encoding>,
    /// What parts the cells of all lists, an ASCII character; found out where nothing is said.
    pub delimiter: Option<u8>,
    /// Whether personal data may be shown.
    pub privacy: Privacy,
}

/// One place that records come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder with all that is in it.
    Path(PathBuf),
    /// Standard input.
    StandardInput,
    /// The collection that is part of the program.
    BuiltIn,
    /// What is in memory already, as one source.
    Bytes {
        /// What it is called in diagnostics.
        name: String,
        /// The whole of it, in any encoding.
        bytes: Arc<[u8]>,
    },
}

/// What has been loaded.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The records.
    pub catalogue: Arc<Catalogue>,
    /// Everything that was odd, in the order in which it was met.
    pub diagnostics: Arc<[Diagnostic]>,
}

impl Loaded {
    /// One without records or problems.
    #[must_use]
    pub fn nothing(codes: Arc<Codes>) -> Self {
        Self { catalogue: Arc::new(Catalogue::empty(codes, Privacy::Protected)), diagnostics: Arc::new([]) }
    }

    /// Whether there is no record because what was named could not be read.
    #[must_use]
    pub fn nothing_was_readable(&self) -> bool {
        let failed = |diagnostic: &Diagnostic| {
            diagnostic.severity() == Severity::Error
                || matches!(diagnostic.code, Code::NotText | Code::Archive)
        };
        self.catalogue.is_empty() && self.diagnostics.iter().any(failed)
    }
}

/// How far a load has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many records there are so far.
    pub records: usize,
    /// How much has been read, in bytes.
    pub bytes: u64,
    /// How much there is to read, in bytes; `None` as long as that is not known.
    pub all_bytes: Option<u64>,
}

/// Is told how a load comes on, and can stop it.
pub trait Observer {
    /// Whether what has been loaded so far should be handed over. Asked after every step.
    fn wants(&mut self, progress: Progress) -> bool;

    /// Takes what has been loaded so far. Checks of values come when all is there.
    fn take(&mut self, so_far: Loaded, progress: Progress);

    /// Whether nobody waits for the records any more.
    fn is_stopped(&self) -> bool;
}

/// Waits until all is there.
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

/// Loads everything that the plan names.
#[must_use]
pub fn load(plan: &LoadPlan, codes: Arc<Codes>) -> Loaded {
    load_observed(plan, codes, &mut RunToEnd)
}

/// Loads everything that the plan names, and tells of what is there while more comes in.
///
/// One thread walks through folders, one reads and cuts what is large, as many as the machine has read records; what
/// they find is put together here, in order, so that the result does not depend on who was faster.
#[must_use]
pub fn load_observed(plan: &LoadPlan, codes: Arc<Codes>, observer: &mut dyn Observer) -> Loaded {
    let extents = Extents::default();
    let threads = thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(MOST_THREADS);
    let worker = DecodeWorker { plan, codes: codes.clone() };
    let stopped = AtomicBool::new(false);
    let gathering = thread::scope(|scope| {
        let (items, found) = channel();
        scope.spawn(|| splitter::walk(plan, &extents, &mut move |item| items.send(item).is_ok()));
        let (jobs, next) = sync_channel(threads * 2);
        let stop = &stopped;
        scope.spawn(move || feed_jobs(plan, &found, &jobs, stop));
        let next = Arc::new(Mutex::new(next));
        let (done, results) = channel();
        for _ in 0..threads {
            let (next, done, worker) = (next.clone(), done.clone(), &worker);
            scope.spawn(move || work_until_done(worker, &next, &done));
        }
        drop((next, done));
        let merger = Merger {
            worker: &worker,
            gathering: CatalogueBuilder::new(codes, plan.privacy),
            rest: None,
            before: 0,
        };
        merger.merge(&results, &extents, observer, &stopped)
    });
    let (catalogue, mut diagnostics) = gathering.finish();
    if !stopped.load(Ordering::Relaxed) {
        check::values(&catalogue, &mut diagnostics);
    }
    Loaded { catalogue: Arc::new(catalogue), diagnostics: diagnostics.into() }
}

/// More threads than this only wait for each other.
const MOST_THREADS: usize = 8;

/// A job in its place among all, and how many bytes it has.
type Numbered<T> = (usize, u64, T);

fn feed_jobs(
    plan: &LoadPlan,
    found: &Receiver<splitter::Item>,
    jobs: &SyncSender<Numbered<Job>>,
    stop: &AtomicBool,
) {
    let mut number = 0;
    let mut send = |job, bytes| {
        number += 1;
        !stop.load(Ordering::Relaxed) && jobs.send((number - 1, bytes, job)).is_ok()
    };
    Splitter::new(plan, splitter::SIZES, &mut send).all(found);
}

fn work_until_done(
    worker: &DecodeWorker<'_>,
    next: &Mutex<Receiver<Numbered<Job>>>,
    done: &Sender<Numbered<Vec<Done>>>,
) {
    loop {
        let job = next.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, bytes, job)) = job else { return };
        if done.send((number, bytes, worker.work(job))).is_err() {
            return;
        }
    }
}

/// Puts together what the workers have found.
struct Merger<'a> {
    worker: &'a DecodeWorker<'a>,
    gathering: CatalogueBuilder,
    /// What the piece before has begun.
    rest: Option<decode_job::Open>,
    /// How many records there were before the source whose pieces come in.
    before: usize,
}

impl Merger<'_> {
    fn merge(
        mut self,
        results: &Receiver<Numbered<Vec<Done>>>,
        extents: &Extents,
        observer: &mut dyn Observer,
        stopped: &AtomicBool,
    ) -> CatalogueBuilder {
        let mut early = BTreeMap::new();
        let (mut next, mut bytes) = (0, 0);
        for (number, size, done) in results {
            early.insert(number, (size, done));
            while let Some((size, done)) = early.remove(&next) {
                next += 1;
                bytes += size;
                for done in done {
                    self.add(done);
                }
                let all =
                    extents.is_whole.load(Ordering::Relaxed).then(|| extents.bytes.load(Ordering::Relaxed));
                let progress = Progress { records: self.gathering.len(), bytes, all_bytes: all };
                if observer.is_stopped() {
                    // The threads end when nobody takes what they make.
                    stopped.store(true, Ordering::Relaxed);
                    return self.gathering;
                }
                if observer.wants(progress) {
                    let (catalogue, diagnostics) = self.gathering.so_far();
                    let so_far = Loaded { catalogue: Arc::new(catalogue), diagnostics: diagnostics.into() };
                    observer.take(so_far, progress);
                }
            }
        }
        self.gathering
    }

    fn add(&mut self, done: Done) {
        match done {
            Done::Sources(batch) => self.gathering.add(batch),
            Done::Failed { name, code, reason } => self.gathering.failed(&name, code, &reason),
            Done::Broken { code, reason, lines } => self.gathering.broken(code, &reason, lines),
            Done::Piece(piece) => self.piece(piece),
        }
    }

    fn piece(&mut self, piece: decode_job::TextPiece) {
        let piece = match self.rest.take() {
            Some(rest) => self.worker.again(rest, piece),
            None => piece,
        };
        let decode_job::TextPiece { batch, extent, open, .. } = piece;
        if extent.from_start {
            self.before = self.gathering.len();
            self.gathering.add(batch);
        } else {
            self.gathering.go_on(batch);
        }
        self.rest = open;
        if extent.to_end && self.gathering.len() == self.before {
            self.gathering.report_newest(Code::NoRecord, "");
        }
    }
}
