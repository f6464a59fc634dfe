//! What there is to read, in order, cut into jobs. Knows files and bytes; what is in them is looked at only as far as
//! is needed to cut a large source between two of its records.

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
use super::formats::archive;
use super::formats::csv_scanner::Looked;
use super::formats::delimited::{Extent, Header};
use super::formats::detection;
use super::formats::detection::FileFormat;
use super::formats::text_record;
use super::formats::workbook::may_be_workbook;
use super::{Input, LoadPlan, built_in};
use crate::domain::diagnostic::Code;

/// How large things are before they are cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// A larger source is read in pieces, in bytes: its first part decides what it is.
    pub(crate) large: usize,
    /// So large a piece is, in bytes: a few hundredths of a second of work.
    pub(crate) piece: usize,
    /// A line that has not ended after so many bytes is passed over.
    pub(crate) longest_line: usize,
}

/// The sizes that are used; tests use smaller ones.
pub(crate) const SIZES: Sizes = Sizes { large: 1 << 20, piece: 4 << 20, longest_line: 256 << 20 };

/// So many small files are one job at most.
const FILES: usize = 256;
/// The first job is small, so that the first rows are soon there.
const FIRST_FILES: usize = 32;
/// What cannot be cut is read as a whole, up to so many bytes.
const LARGEST_WHOLE: usize = u32::MAX as usize;
/// So far back from the end of a piece a place to cut it is looked for, in bytes.
const CUT_WITHIN: usize = 1 << 18;
/// So many places to cut are tried.
const CUT_TRIES: usize = 64;

/// How much there is to read, as far as is known.
#[derive(Debug, Default)]
pub(crate) struct Extents {
    pub(crate) bytes: AtomicU64,
    pub(crate) is_whole: AtomicBool,
}

/// What a plan names, in order.
pub(crate) enum Item {
    BuiltIn,
    StandardInput,
    Bytes { name: String, bytes: Arc<[u8]> },
    Found(FoundFile),
}

/// Walks through all that a plan names, and adds up how large it is.
pub(crate) fn walk(plan: &LoadPlan, extents: &Extents, send: &mut dyn FnMut(Item) -> bool) {
    let mut is_known = true;
    for input in &plan.inputs {
        let goes_on = match input {
            Input::BuiltIn => send(Item::BuiltIn),
            Input::StandardInput => {
                is_known = false;
                send(Item::StandardInput)
            }
            Input::Bytes { name, bytes } => {
                extents.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                send(Item::Bytes { name: name.clone(), bytes: bytes.clone() })
            }
            Input::Path(path) => files::find(path).all(|found| {
                if let FoundFile::File { size, .. } = &found {
                    extents.bytes.fetch_add(*size, Ordering::Relaxed);
                }
                send(Item::Found(found))
            }),
        };
        if !goes_on {
            return;
        }
    }
    extents.is_whole.store(is_known, Ordering::Relaxed);
}

/// Makes jobs of what is named.
pub(crate) struct Splitter<'a> {
    plan: &'a LoadPlan,
    sizes: Sizes,
    /// Takes a job, with how many bytes it has; says whether more are wanted.
    send: &'a mut dyn FnMut(Job, u64) -> bool,
    small: Vec<PathBuf>,
    small_bytes: u64,
    most_files: usize,
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(plan: &'a LoadPlan, sizes: Sizes, send: &'a mut dyn FnMut(Job, u64) -> bool) -> Self {
        Self { plan, sizes, send, small: Vec::new(), small_bytes: 0, most_files: FIRST_FILES }
    }

    pub(crate) fn all(mut self, items: &Receiver<Item>) {
        for item in items {
            if !self.item(item) {
                return;
            }
        }
        self.flush();
    }

    /// Takes the next of what is named; says whether more is wanted.
    fn item(&mut self, item: Item) -> bool {
        match item {
            Item::BuiltIn => {
                let whole = |(name, text): &(&str, &str)| Job::Whole {
                    name: (*name).to_owned(),
                    bytes: text.as_bytes().to_vec(),
                };
                self.flush() && built_in::RECORDS.iter().all(|record| (self.send)(whole(record), 0))
            }
            Item::StandardInput => self.flush() && self.large("<stdin>", std::io::stdin().lock()),
            Item::Bytes { name, bytes } => self.flush() && self.large(&name, &*bytes),
            Item::Found(FoundFile::File { path, size }) if size <= self.sizes.large as u64 => {
                self.small.push(path);
                self.small_bytes += size;
                if self.small.len() < self.most_files && self.small_bytes < self.sizes.large as u64 {
                    true
                } else {
                    self.flush()
                }
            }
            Item::Found(FoundFile::File { path, .. }) => self.flush() && self.large_file(&path),
            Item::Found(FoundFile::Problem { path, code, reason }) => {
                self.flush() && self.failed(path.to_string_lossy().into_owned(), code, reason)
            }
        }
    }

    /// Hands over the small files that wait.
    fn flush(&mut self) -> bool {
        let (files, bytes) = (std::mem::take(&mut self.small), std::mem::take(&mut self.small_bytes));
        if files.is_empty() {
            return true;
        }
        self.most_files = FILES;
        (self.send)(Job::Files(files), bytes)
    }

    fn failed(&mut self, name: String, code: Code, reason: String) -> bool {
        (self.send)(Job::Failed { name, code, reason }, 0)
    }

    fn large_file(&mut self, path: &Path) -> bool {
        let name = path.to_string_lossy().into_owned();
        match File::open(path) {
            Ok(file) => self.large(&name, file),
            Err(error) => self.failed(name, Code::Unreadable, error.to_string()),
        }
    }

    /// A source that may be large: its first part tells whether it is, and how it can be cut.
    pub(crate) fn large(&mut self, name: &str, reader: impl Read) -> bool {
        let mut source = Incoming::new(reader);
        source.fill(self.sizes.large);
        if source.has_ended || may_be_workbook(&source.bytes) {
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
                    && (self.send)(Job::Broken { code: Code::Unreadable, reason, lines: 0 }, 0)
            }
            None => (self.send)(Job::Whole { name, bytes: source.bytes }, size),
        }
    }

    /// What is to be known of a source before it can be cut; `None` where it cannot.
    fn stream(&self, name: &str, choice: EncodingChoice, head: &[u8]) -> Option<Stream> {
        let (text, _) = choice.cuttable()?.decode_without_bom_handling(head);
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let form = match detection::of(&text, self.plan.delimiter) {
            FileFormat::TextRecord => StreamForm::TextRecord,
            FileFormat::List(layout) => StreamForm::List(Header::read(&text, layout)?),
            FileFormat::JsonLines => StreamForm::JsonLines,
            FileFormat::Json => return None,
        };
        Some(Stream { name: name.to_owned(), choice, form })
    }

    fn pieces<R: Read>(&mut self, stream: &Arc<Stream>, mut source: Incoming<R>) -> bool {
        let mut from_start = true;
        loop {
            let to_end = source.has_ended;
            let end = if to_end { Some(source.bytes.len()) } else { cut(&source.bytes, stream) };
            // A text as long as that is no record: it is cut wherever a line ends.
            let is_endless = || source.bytes.len() >= self.sizes.longest_line;
            let end = end
                .or_else(|| memchr::memrchr(b'\n', &source.bytes).filter(|_| is_endless()).map(|at| at + 1));
            let Some(end) = end else {
                if source.bytes.len() >= self.sizes.longest_line {
                    source.pass_line();
                    let reason = String::new();
                    if !(self.send)(
                        Job::Broken { code: Code::LongLine, reason, lines: 1 },
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
            let (size, extent) = (bytes.len() as u64, Extent { from_start, to_end, looked: Looked::NOWHERE });
            if !(self.send)(Job::Piece { stream: stream.clone(), bytes, extent }, size) {
                return false;
            }
            from_start = false;
            if to_end {
                let failure = source.failure.take();
                return failure.is_none_or(|reason| {
                    (self.send)(Job::Broken { code: Code::Unreadable, reason, lines: 0 }, 0)
                });
            }
            source.fill(self.sizes.piece);
        }
    }
}

/// Bytes as they come in.
struct Incoming<R> {
    reader: R,
    bytes: Vec<u8>,
    has_ended: bool,
    /// Why it has ended before its end.
    failure: Option<String>,
}

impl<R: Read> Incoming<R> {
    fn new(reader: R) -> Self {
        Self { reader, bytes: Vec::new(), has_ended: false, failure: None }
    }

    /// Reads on until there are so many bytes, or no more.
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

    /// Takes the first bytes. Behind those that stay there is room for a piece, and for what the values of that piece
    /// will be spelt otherwise: its text is not moved when they are put behind it.
    fn take(&mut self, end: usize, piece: usize) -> Vec<u8> {
        let mut rest = Vec::with_capacity(piece + piece / 4);
        rest.extend_from_slice(self.bytes.get(end..).unwrap_or_default());
        self.bytes.truncate(end);
        std::mem::replace(&mut self.bytes, rest)
    }

    /// Passes over the rest of a line that does not end.
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

/// Where to cut bytes between two records, as near to their end as can be; `None` where no such place is seen.
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
            // Where no row has the right width any place will do: what is cut there is put together again.
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
