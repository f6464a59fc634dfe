//! Splits the sources of a plan into jobs, in order. Large sources are cut between two records; their content is
//! examined only as far as this needs.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Receiver;

use super::decode_job::{Job, Stream, StreamForm};
use super::encoding;
use super::encoding::EncodingChoice;
use super::files;
use super::files::FoundFile;
use super::formats::csv_scanner::QuoteSearch;
use super::formats::detection;
use super::formats::detection::FileFormat;
use super::formats::html_table;
use super::formats::list::header::Header;
use super::formats::list::heading_rows::Vocabulary;
use super::formats::list::reader::Extent;
use super::formats::text_record;
use super::formats::workbook::may_be_workbook;
use super::formats::{archive, foreign};
use super::{Input, LoadPlan, built_in};
use crate::domain::codes::Codes;
use crate::domain::diagnostic::Code;

/// Size limits of jobs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Largest source that is read whole, in bytes. The format of a larger one is detected from this first part.
    pub(crate) large: usize,
    /// Size of a piece in bytes; reading one takes some hundredths of a second.
    pub(crate) piece: usize,
    /// Longest line in bytes; longer ones are skipped.
    pub(crate) longest_line: usize,
}

/// The limits in use; tests use smaller ones.
pub(crate) const SIZES: Sizes = Sizes { large: 1 << 20, piece: 4 << 20, longest_line: 256 << 20 };

/// Maximum number of small files in a job.
const MAX_FILES_PER_JOB: usize = 256;
/// Files in the first job, few so that the first rows appear soon.
const FILES_IN_FIRST_JOB: usize = 32;
/// Largest source that is read whole because its format cannot be cut, in bytes.
const LARGEST_WHOLE: usize = u32::MAX as usize;
/// Range before the end of a piece that is searched for a place to cut, in bytes.
const CUT_WITHIN: usize = 1 << 18;
/// Maximum number of line ends tried as a place to cut.
const CUT_TRIES: usize = 64;

/// Total size of the input found so far.
#[derive(Debug, Default)]
pub(crate) struct InputSize {
    pub(crate) bytes: AtomicU64,
    pub(crate) is_whole: AtomicBool,
}

/// An entry of a plan; folders are resolved into files.
pub(crate) enum InputItem {
    BuiltIn,
    StandardInput,
    Bytes { name: String, bytes: Arc<[u8]> },
    Found(FoundFile),
}

/// Sends the entries of a plan in order, and adds up their sizes. Stops when `send` returns `false`.
pub(crate) fn walk(plan: &LoadPlan, input_size: &InputSize, send: &mut dyn FnMut(InputItem) -> bool) {
    let mut is_known = true;
    for input in &plan.inputs {
        let goes_on = match input {
            Input::BuiltIn => send(InputItem::BuiltIn),
            Input::StandardInput => {
                is_known = false;
                send(InputItem::StandardInput)
            }
            Input::Bytes { name, bytes } => {
                input_size.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                send(InputItem::Bytes { name: name.clone(), bytes: bytes.clone() })
            }
            Input::Path(path) => files::find(path).all(|found| {
                if let FoundFile::File { size, .. } = &found {
                    input_size.bytes.fetch_add(*size, Ordering::Relaxed);
                }
                send(InputItem::Found(found))
            }),
        };
        if !goes_on {
            return;
        }
    }
    input_size.is_whole.store(is_known, Ordering::Relaxed);
}

/// Turns entries into jobs.
pub(crate) struct Splitter<'a> {
    plan: &'a LoadPlan,
    codes: &'a Codes,
    sizes: Sizes,
    /// Receives a job with its size in bytes; returns `false` to stop.
    send: &'a mut dyn FnMut(Job, u64) -> bool,
    small: Vec<PathBuf>,
    small_bytes: u64,
    max_files: usize,
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(
        plan: &'a LoadPlan,
        codes: &'a Codes,
        sizes: Sizes,
        send: &'a mut dyn FnMut(Job, u64) -> bool,
    ) -> Self {
        Self { plan, codes, sizes, send, small: Vec::new(), small_bytes: 0, max_files: FILES_IN_FIRST_JOB }
    }

    pub(crate) fn split_all(mut self, items: &Receiver<InputItem>) {
        for item in items {
            if !self.item(item) {
                return;
            }
        }
        self.flush();
    }

    /// Splits one entry; returns `false` if no more jobs are wanted.
    fn item(&mut self, item: InputItem) -> bool {
        match item {
            InputItem::BuiltIn => {
                let whole = |(name, text): &(&str, &str)| Job::Whole {
                    name: (*name).to_owned(),
                    bytes: text.as_bytes().to_vec(),
                };
                self.flush() && built_in::RECORDS.iter().all(|record| (self.send)(whole(record), 0))
            }
            InputItem::StandardInput => self.flush() && self.split_source("<stdin>", std::io::stdin().lock()),
            InputItem::Bytes { name, bytes } => self.flush() && self.split_source(&name, &*bytes),
            InputItem::Found(FoundFile::File { path, size }) if size <= self.sizes.large as u64 => {
                self.small.push(path);
                self.small_bytes += size;
                if self.small.len() < self.max_files && self.small_bytes < self.sizes.large as u64 {
                    true
                } else {
                    self.flush()
                }
            }
            InputItem::Found(FoundFile::File { path, .. }) => self.flush() && self.large_file(&path),
            InputItem::Found(FoundFile::Problem { path, code, reason }) => {
                self.flush() && self.failed(path.to_string_lossy().into_owned(), code, reason)
            }
        }
    }

    /// Sends the collected small files as a job.
    fn flush(&mut self) -> bool {
        let (files, bytes) = (std::mem::take(&mut self.small), std::mem::take(&mut self.small_bytes));
        if files.is_empty() {
            return true;
        }
        self.max_files = MAX_FILES_PER_JOB;
        (self.send)(Job::Files(files), bytes)
    }

    fn failed(&mut self, name: String, code: Code, reason: String) -> bool {
        (self.send)(Job::Failed { name, code, reason }, 0)
    }

    fn large_file(&mut self, path: &Path) -> bool {
        let name = path.to_string_lossy().into_owned();
        match File::open(path) {
            Ok(file) => self.split_source(&name, file),
            Err(error) => self.failed(name, Code::Unreadable, error.to_string()),
        }
    }

    /// Splits a source of unknown size, detecting its format from the first part.
    pub(crate) fn split_source(&mut self, name: &str, reader: impl Read) -> bool {
        let mut source = Incoming::new(reader);
        source.fill(self.sizes.large);
        if let Some(format) = foreign::format(&source.bytes) {
            return self.failed(name.to_owned(), Code::ForeignFormat, format.to_owned());
        }
        if source.has_ended || may_be_workbook(&source.bytes) || html_table::is_page(&source.bytes) {
            return self.whole(name, source);
        }
        if archive::kind(&source.bytes) == Some("gzip") {
            return self.whole(name, source);
        }
        if let Some(kind) = archive::kind(&source.bytes) {
            return self.failed(name.to_owned(), Code::Archive, kind.to_owned());
        }
        match encoding::choose(&source.bytes, self.plan.encoding, false) {
            Err(_) => self.failed(name.to_owned(), Code::NotText, String::new()),
            Ok(choice) => match self.stream(name, choice, &source.bytes) {
                Some(stream) => self.pieces(&Arc::new(stream), source),
                None => self.whole(name, source),
            },
        }
    }

    fn whole<R: Read>(&mut self, name: &str, mut source: Incoming<R>) -> bool {
        source.fill(LARGEST_WHOLE);
        let (name, size) = (name.to_owned(), source.bytes.len() as u64);
        if !source.has_ended {
            return self.failed(name, Code::TooMuchText, String::new());
        }
        match source.failure {
            Some(reason) if source.bytes.is_empty() => self.failed(name, Code::Unreadable, reason),
            Some(reason) => {
                (self.send)(Job::Whole { name, bytes: source.bytes }, size)
                    && (self.send)(Job::Interrupted { code: Code::Unreadable, reason, lines: 0 }, 0)
            }
            None => (self.send)(Job::Whole { name, bytes: source.bytes }, size),
        }
    }

    /// Detects encoding, format and headings of a source; `None` if it cannot be cut.
    fn stream(&self, name: &str, choice: EncodingChoice, head: &[u8]) -> Option<Stream> {
        let (text, _) = choice.cuttable()?.decode_without_bom_handling(head);
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let vocabulary = Vocabulary { known: self.codes.headings(), stated: &self.plan.mapping };
        let form = match detection::detect(&text, self.plan.delimiter, vocabulary) {
            FileFormat::TextRecord => StreamForm::TextRecord,
            FileFormat::List(layout) => StreamForm::List(Header::read(&text, layout, vocabulary, &[])?),
            FileFormat::JsonLines => StreamForm::JsonLines,
            FileFormat::Json | FileFormat::UnknownList(_) => return None,
        };
        Some(Stream { name: name.to_owned(), choice, form })
    }

    fn pieces<R: Read>(&mut self, stream: &Arc<Stream>, mut source: Incoming<R>) -> bool {
        let mut from_start = true;
        loop {
            let to_end = source.has_ended;
            let end = if to_end { Some(source.bytes.len()) } else { cut(&source.bytes, stream) };
            // No record is that long: cut at any line end.
            let is_endless = || source.bytes.len() >= self.sizes.longest_line;
            let end = end
                .or_else(|| memchr::memrchr(b'\n', &source.bytes).filter(|_| is_endless()).map(|at| at + 1));
            let Some(end) = end else {
                if source.bytes.len() >= self.sizes.longest_line {
                    source.pass_line();
                    let reason = String::new();
                    if !(self.send)(
                        Job::Interrupted { code: Code::LongLine, reason, lines: 1 },
                        self.sizes.longest_line as u64,
                    ) {
                        return false;
                    }
                } else {
                    source.fill(source.bytes.len().saturating_mul(2));
                }
                continue;
            };
            let bytes = source.take(end, self.sizes.piece);
            let (size, extent) =
                (bytes.len() as u64, Extent { from_start, to_end, searched: QuoteSearch::START });
            if !(self.send)(Job::Piece { stream: stream.clone(), bytes, extent }, size) {
                return false;
            }
            from_start = false;
            if to_end {
                let failure = source.failure.take();
                return failure.is_none_or(|reason| {
                    (self.send)(Job::Interrupted { code: Code::Unreadable, reason, lines: 0 }, 0)
                });
            }
            source.fill(self.sizes.piece);
        }
    }
}

/// A buffered reader of a source.
struct Incoming<R> {
    reader: R,
    bytes: Vec<u8>,
    has_ended: bool,
    /// The error that ended it early.
    failure: Option<String>,
}

impl<R: Read> Incoming<R> {
    fn new(reader: R) -> Self {
        Self { reader, bytes: Vec::new(), has_ended: false, failure: None }
    }

    /// Fills the buffer to `size` bytes, or to the end of the source.
    fn fill(&mut self, size: usize) {
        if self.has_ended || self.bytes.len() >= size {
            return;
        }
        let missing = size - self.bytes.len();
        self.bytes.reserve(missing.min(SIZES.piece));
        match (&mut self.reader).take(missing as u64).read_to_end(&mut self.bytes) {
            Ok(read) => self.has_ended = read < missing,
            Err(error) => {
                self.has_ended = true;
                self.failure = Some(error.to_string());
            }
        }
    }

    /// Removes and returns the first `end` bytes. The remaining buffer reserves room for a piece and for the unescaped
    /// values that are appended to its text later, which then need not be moved.
    fn take(&mut self, end: usize, piece: usize) -> Vec<u8> {
        let mut rest = Vec::with_capacity(piece + piece / 4);
        rest.extend_from_slice(self.bytes.get(end..).unwrap_or_default());
        self.bytes.truncate(end);
        std::mem::replace(&mut self.bytes, rest)
    }

    /// Skips to the end of the line.
    fn pass_line(&mut self) {
        loop {
            self.bytes.clear();
            self.fill(SIZES.piece);
            if let Some(end) = memchr::memchr(b'\n', &self.bytes) {
                self.bytes.drain(..=end);
                return;
            }
            if self.has_ended {
                return;
            }
        }
    }
}

/// Position between two records nearest to the end of the bytes; `None` if none is found.
fn cut(bytes: &[u8], stream: &Stream) -> Option<usize> {
    let encoding = stream.choice.cuttable()?;
    let decoded = |from: usize| encoding.decode_without_bom_handling(bytes.get(from..).unwrap_or_default()).0;
    let mut newlines = memchr::memrchr_iter(b'\n', bytes).map(|at| at + 1);
    match &stream.form {
        StreamForm::JsonLines => newlines.next(),
        StreamForm::List(header) => {
            let last = newlines.next()?;
            let nearest = last.saturating_sub(CUT_WITHIN);
            let mut tried = newlines.take(CUT_TRIES).take_while(|at| *at > nearest);
            // If no row has the right width, any line end will do: a record that is cut there is joined again in
            // merging.
            Some(tried.find(|at| header.fits_row(&decoded(*at).replace("\r\n", "\n"))).unwrap_or(last))
        }
        StreamForm::TextRecord => {
            let mut within = CUT_WITHIN;
            loop {
                let from = bytes.len().saturating_sub(within);
                let line_start =
                    if from == 0 { 0 } else { from + memchr::memchr(b'\n', bytes.get(from..)?)? + 1 };
                let text = decoded(line_start).replace('\r', "");
                if let Some(line) = text_record::last_start(&text) {
                    let mut ends = memchr::memchr_iter(b'\n', bytes.get(line_start..)?);
                    return ends.nth(line.checked_sub(1)?).map(|at| line_start + at + 1);
                }
                if from == 0 {
                    return None;
                }
                within *= 8;
            }
        }
    }
}
