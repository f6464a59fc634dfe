//! One job: decodes bytes, detects the format, and lets its reader find the records. Many threads run jobs; `mod.rs`
//! merges their results in order.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::LoadPlan;
use super::encoding;
use super::encoding::{Decoded, EncodingChoice, Oddity};
use super::formats::csv_scanner::{QuoteSearch, QuoteStyle};
use super::formats::detection;
use super::formats::detection::{FileFormat, UnknownHeadings};
use super::formats::list::header::Header;
use super::formats::list::heading_rows::Vocabulary;
use super::formats::list::reader::{self, Extent};
use super::formats::packed::PackedError;
use super::formats::row_sink::RowSink;
use super::formats::workbook;
use super::formats::workbook::{WorkbookError, Worksheet, may_be_workbook};
use super::formats::{archive, foreign, html_table, json, packed, text_record};
use crate::domain::catalogue::Privacy;
use crate::domain::catalogue::batch_builder::{Batch, BatchBuilder};
use crate::domain::codes::Codes;
use crate::domain::diagnostic::Code;
use crate::domain::diagnostic::Diagnostic;
use crate::domain::privacy::SourceMasks;
use crate::domain::source_location::SourceId;
use crate::domain::source_location::SourceLocation;
use crate::domain::values::span::column_of;

/// Something to read, small enough to be done in a moment.
#[derive(Debug)]
pub(crate) enum Job {
    /// Small files, each a source.
    Files(Vec<std::path::PathBuf>),
    /// A source as a whole.
    Whole { name: String, bytes: Vec<u8> },
    /// A piece of a large source: whole records, as far as can be told.
    Piece { stream: Arc<Stream>, bytes: Vec<u8>, extent: Extent },
    /// A source that gave nothing.
    Failed { name: String, code: Code, reason: String },
    /// Something went wrong with the source before, where its pieces end: that many more lines were passed over.
    Interrupted { code: Code, reason: String, lines: u32 },
}

/// Properties of a large source whose pieces are read separately.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) name: String,
    pub(crate) choice: EncodingChoice,
    pub(crate) form: StreamForm,
}

/// The forms whose records can be read apart.
#[derive(Debug)]
pub(crate) enum StreamForm {
    TextRecord,
    List(Header),
    JsonLines,
}

/// The result of a job or of a part of it.
#[derive(Debug)]
pub(crate) enum JobResult {
    /// Whole sources.
    Sources(Box<Batch>),
    /// A piece of a source.
    Piece(Box<TextPiece>),
    Failed {
        name: String,
        code: Code,
        reason: String,
    },
    Interrupted {
        code: Code,
        reason: String,
        lines: u32,
    },
}

/// A piece that has been read, by itself.
#[derive(Debug)]
pub(crate) struct TextPiece {
    pub(crate) stream: Arc<Stream>,
    pub(crate) batch: Batch,
    pub(crate) extent: Extent,
    /// An unfinished record that may continue in the next piece.
    pub(crate) open: Option<OpenText>,
    /// Oddities met in decoding, so that the piece can be read again with more text before it.
    pub(crate) oddities: Vec<Oddity>,
    pub(crate) masks: SourceMasks,
}

/// The beginning of something that may go on in the next piece.
#[derive(Debug)]
pub(crate) struct OpenText {
    text: String,
    masks: SourceMasks,
    searched: QuoteSearch,
}

/// Does jobs.
pub(crate) struct DecodeWorker<'a> {
    pub(crate) plan: &'a LoadPlan,
    pub(crate) codes: Arc<Codes>,
}

impl DecodeWorker<'_> {
    /// Does a job.
    pub(crate) fn run(&self, job: Job) -> Vec<JobResult> {
        match job {
            Job::Files(paths) => self.files(&paths),
            Job::Whole { name, bytes } => {
                let mut batch = self.batch();
                self.source(&mut batch, &name, Contents { bytes, failure: None, is_member: false });
                vec![JobResult::Sources(Box::new(batch.batch()))]
            }
            Job::Piece { stream, bytes, extent } => {
                let choice = match stream.choice {
                    // It has been told of at the first piece.
                    EncodingChoice::Legacy if !extent.from_start => {
                        EncodingChoice::As(encoding_rs::WINDOWS_1252)
                    }
                    EncodingChoice::Guessed(encoding) if !extent.from_start => EncodingChoice::As(encoding),
                    choice => choice,
                };
                let decoded = encoding::decode_as(bytes, choice, self.plan.privacy);
                vec![JobResult::Piece(Box::new(self.piece(stream, decoded, extent)))]
            }
            Job::Failed { name, code, reason } => vec![JobResult::Failed { name, code, reason }],
            Job::Interrupted { code, reason, lines } => vec![JobResult::Interrupted { code, reason, lines }],
        }
    }

    fn batch(&self) -> BatchBuilder {
        BatchBuilder::new(self.codes.clone(), self.plan.privacy)
    }

    fn files(&self, paths: &[std::path::PathBuf]) -> Vec<JobResult> {
        let mut done = Vec::new();
        let mut batch = self.batch();
        for path in paths {
            self.file(&mut batch, path);
            if batch.is_full() {
                done.push(JobResult::Sources(Box::new(std::mem::replace(&mut batch, self.batch()).batch())));
            }
        }
        done.push(JobResult::Sources(Box::new(batch.batch())));
        done
    }

    /// Reads a small file; if the disk fails, the text before the failure is kept.
    fn file(&self, batch: &mut BatchBuilder, path: &Path) {
        let name = path.to_string_lossy();
        let mut bytes = Vec::new();
        let read = std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes));
        match read {
            Ok(_) => self.source(batch, &name, Contents { bytes, failure: None, is_member: false }),
            Err(error) if !bytes.is_empty() => {
                self.source(
                    batch,
                    &name,
                    Contents { bytes, failure: Some(&error.to_string()), is_member: false },
                );
            }
            Err(error) => {
                let (source, _) = batch.add_source(&name, "");
                batch.report(Diagnostic::new(
                    Code::Unreadable,
                    SourceLocation::whole(source),
                    error.to_string(),
                ));
            }
        }
    }

    /// Adds a source, of which no more could be read for this reason, if there is one.
    fn source(&self, batch: &mut BatchBuilder, name: &str, contents: Contents<'_>) {
        let Contents { bytes, failure, is_member } = contents;
        if let Some(format) = foreign::format(&bytes) {
            return failed(batch, name, Code::ForeignFormat, format);
        }
        if may_be_workbook(&bytes) {
            return self.workbook(batch, name, &bytes, is_member);
        }
        match archive::kind(&bytes) {
            // Members are not unpacked any further.
            Some("gzip") if !is_member => return self.gzip(batch, name, &bytes),
            Some(kind) => return failed(batch, name, Code::Archive, kind),
            None => {}
        }
        // Personal data is masked in the cells of a page, whose columns say what it may be.
        let is_page = html_table::is_page(&bytes);
        let privacy = if is_page { Privacy::Shown } else { self.plan.privacy };
        let Ok(decoded) = encoding::decode(bytes, self.plan.encoding, privacy) else {
            let (source, _) = batch.add_source(name, "");
            return batch.report(Diagnostic::new(Code::NotText, SourceLocation::whole(source), ""));
        };
        if is_page {
            let tables = html_table::tables(&decoded.text);
            if tables.is_empty() {
                let (source, _) = batch.add_source(name, "");
                batch.report(Diagnostic::new(Code::NoRecord, SourceLocation::whole(source), ""));
            }
            return tables.into_iter().for_each(|table| self.sheet(batch, name, table));
        }
        let (source, text) = batch.add_source(name, decoded.text);
        let Ok(text) = text else {
            return batch.report(Diagnostic::new(Code::TooMuchText, SourceLocation::whole(source), name));
        };
        if let Some(reason) = failure {
            batch.report(Diagnostic::new(Code::Unreadable, SourceLocation::whole(source), reason));
        }
        report_oddities(batch, source, &text, &decoded.oddities);
        batch.expect_masks(decoded.masks);
        self.records(batch, source, &text);
    }

    /// Adds the contents of a gzip file under the file's name.
    fn gzip(&self, batch: &mut BatchBuilder, name: &str, bytes: &[u8]) {
        match packed::gunzip(bytes) {
            Ok(contents) => self.source(batch, name, Contents::member(contents)),
            Err(error) => failed_unpacking(batch, name, "gzip", &error),
        }
    }

    /// Adds the members of a ZIP archive, each a source of its own: `archive.zip!list.csv`.
    fn zip(&self, batch: &mut BatchBuilder, name: &str, bytes: &[u8]) {
        let unpacked = packed::for_each_member(bytes, |member, contents| {
            let member = format!("{name}{MEMBER_SIGN}{member}");
            match contents {
                Ok(contents) => self.source(batch, &member, Contents::member(contents)),
                Err(error) => failed_unpacking(batch, &member, "ZIP", &error),
            }
        });
        if let Err(error) = unpacked {
            failed_unpacking(batch, name, "ZIP", &error);
        }
    }

    /// Adds the sheets of a workbook, each a source of its own.
    fn workbook(&self, batch: &mut BatchBuilder, name: &str, bytes: &[u8], is_member: bool) {
        match workbook::sheets(bytes) {
            Ok(sheets) if sheets.iter().all(|sheet| sheet.text.is_empty() && sheet.failure.is_none()) => {
                failed(batch, name, Code::NoRecord, "");
            }
            Ok(sheets) => sheets.into_iter().for_each(|sheet| self.sheet(batch, name, sheet)),
            Err(WorkbookError::NoWorkbook) if is_member => failed(batch, name, Code::Archive, "ZIP"),
            Err(WorkbookError::NoWorkbook) => self.zip(batch, name, bytes),
            Err(WorkbookError::OldOrLocked) => failed(batch, name, Code::OldWorkbook, ""),
            Err(error) => failed(batch, name, Code::DamagedWorkbook, &error.to_string()),
        }
    }

    /// Adds a sheet. An empty one, as new workbooks have them, is nothing to speak of.
    fn sheet(&self, batch: &mut BatchBuilder, workbook: &str, sheet: Worksheet) {
        if sheet.text.is_empty() && sheet.failure.is_none() {
            return;
        }
        let utf_8 = EncodingChoice::As(encoding_rs::UTF_8);
        let decoded = encoding::decode_as(sheet.text.into_bytes(), utf_8, self.plan.privacy);
        let (source, text) = batch.add_source(&format!("{workbook} [{}]", sheet.name), decoded.text);
        let Ok(text) = text else {
            return batch.report(Diagnostic::new(Code::TooMuchText, SourceLocation::whole(source), ""));
        };
        report_oddities(batch, source, &text, &decoded.oddities);
        batch.expect_masks(decoded.masks);
        if let Some(reason) = sheet.failure {
            batch.report(Diagnostic::new(Code::DamagedWorkbook, SourceLocation::whole(source), reason));
        }
        let vocabulary = self.vocabulary();
        let unknown = match detection::detect_sheet(&text, vocabulary, &sheet.merged) {
            Ok(layout) => {
                let mut sink = RowSink::new(batch, source);
                if let Some(header) = Header::read(&text, layout, vocabulary, &sheet.merged) {
                    reader::read(&text, &header.of_sheet(), vocabulary, Extent::WHOLE, &mut sink);
                }
                if sink.records() > 0 {
                    return;
                }
                None
            }
            Err(unknown) => unknown,
        };
        report_no_record(batch, source, unknown);
    }

    /// Adds the records of a text of any format; reports it if there are none.
    fn records(&self, batch: &mut BatchBuilder, source: SourceId, text: &str) {
        let mut unknown = None;
        let mut sink = RowSink::new(batch, source);
        let vocabulary = self.vocabulary();
        let count = match detection::detect(text, self.plan.delimiter, vocabulary) {
            FileFormat::TextRecord => text_records(batch, source, text),
            FileFormat::List(layout) => {
                if let Some(header) = Header::read(text, layout, vocabulary, &[]) {
                    if header.quotes == QuoteStyle::Text {
                        sink.report(Code::QuotesAsText, (0, 0), String::new(), None);
                    }
                    reader::read(text, &header, vocabulary, Extent::WHOLE, &mut sink);
                }
                sink.records()
            }
            FileFormat::UnknownList(headings) => {
                unknown = Some(headings);
                0
            }
            FileFormat::Json => {
                json::read(text, vocabulary, &mut sink);
                sink.records()
            }
            FileFormat::JsonLines => {
                json::read_lines(text, vocabulary, &mut sink);
                sink.records()
            }
        };
        if count == 0 {
            report_no_record(batch, source, unknown);
        }
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { known: self.codes.headings(), stated: &self.plan.mapping }
    }

    /// Reads a piece of a large source.
    pub(crate) fn piece(&self, stream: Arc<Stream>, decoded: Decoded, extent: Extent) -> TextPiece {
        let mut batch = self.batch();
        let (oddities, masks) = (decoded.oddities, decoded.masks);
        let mut open = None;
        let (source, text) = batch.add_source(&stream.name, decoded.text);
        if let Ok(text) = text {
            report_oddities(&mut batch, source, &text, &oddities);
            batch.expect_masks(masks.clone());
            let mut sink = RowSink::new(&mut batch, source);
            let open_row = match &stream.form {
                StreamForm::TextRecord => {
                    text_records(&mut batch, source, &text);
                    None
                }
                StreamForm::List(header) => reader::read(&text, header, self.vocabulary(), extent, &mut sink),
                StreamForm::JsonLines => {
                    json::read_lines(&text, self.vocabulary(), &mut sink);
                    None
                }
            };
            if let Some(row) = open_row {
                let rest = text.get(row.at..).unwrap_or_default().to_owned();
                let masks = masks.clone().split_off(row.at);
                open = Some(OpenText { text: rest, masks, searched: row.searched });
                batch.end_newest_at(row.at);
            }
        }
        TextPiece { stream, batch: batch.batch(), extent, open, oddities, masks }
    }

    /// Reads a piece again, together with the unfinished record of the piece before it.
    pub(crate) fn reread(&self, before: OpenText, piece: TextPiece) -> TextPiece {
        let shift = before.text.len();
        let oddities =
            piece.oddities.into_iter().map(|oddity| Oddity { at: oddity.at.map(|at| at + shift), ..oddity });
        let rest = piece.open.map_or(String::new(), |open| open.text);
        let mut masks = before.masks;
        masks.append(piece.masks, shift);
        let text = before.text + piece.batch.text_of_first() + &rest;
        let extent = Extent { searched: before.searched, ..piece.extent };
        self.piece(piece.stream, Decoded { text, oddities: oddities.collect(), masks }, extent)
    }
}

/// Reports a source without a record; a list by its headings.
fn report_no_record(batch: &mut BatchBuilder, source: SourceId, unknown: Option<UnknownHeadings>) {
    let place = SourceLocation::whole(source);
    let Some(UnknownHeadings { headings, .. }) = unknown else {
        return batch.report(Diagnostic::new(Code::NoRecord, place, ""));
    };
    let shown =
        headings.iter().take(MOST_HEADINGS).map(|heading| heading.chars().take(40).collect::<String>());
    let mut shown: Vec<String> = shown.collect();
    if headings.len() > MOST_HEADINGS {
        shown.push("…".to_owned());
    }
    batch.report(Diagnostic::new(Code::UnknownList, place, shown.join(", ")));
}

/// Headings that the finding on an unknown list names.
const MOST_HEADINGS: usize = 12;

/// The contents of a source.
struct Contents<'a> {
    bytes: Vec<u8>,
    /// The reason why no more could be read.
    failure: Option<&'a str>,
    /// They come out of a packed file. Packed files inside packed files are not unpacked.
    is_member: bool,
}

impl Contents<'_> {
    fn member(bytes: Vec<u8>) -> Self {
        Self { bytes, failure: None, is_member: true }
    }
}

/// Separates the path of an archive from the name of a member.
const MEMBER_SIGN: char = '!';

/// Reports a source of which nothing is read.
fn failed(batch: &mut BatchBuilder, name: &str, code: Code, subject: &str) {
    let (source, _) = batch.add_source(name, "");
    batch.report(Diagnostic::new(code, SourceLocation::whole(source), subject));
}

fn failed_unpacking(batch: &mut BatchBuilder, name: &str, kind: &str, error: &PackedError) {
    match error {
        PackedError::TooLarge(_) | PackedError::TooMany => {
            failed(batch, name, Code::Archive, &format!("{kind}, {error}"));
        }
        PackedError::Damaged(_) | PackedError::Zip(_) => {
            failed(batch, name, Code::Unreadable, &error.to_string());
        }
    }
}

fn text_records(batch: &mut BatchBuilder, source: SourceId, text: &str) -> usize {
    let (records, findings) = text_record::read(text);
    for finding in findings {
        let place = SourceLocation { source, line: finding.line, column: finding.column };
        batch.report(Diagnostic::new(finding.code, place, finding.subject));
    }
    for record in &records {
        batch.add_record(source, record);
    }
    records.len()
}

fn report_oddities(batch: &mut BatchBuilder, source: SourceId, text: &str, oddities: &[Oddity]) {
    // Lines are counted from the last place on: there may be a million of them.
    let (mut counted, mut line) = (0, 1);
    for oddity in oddities {
        let place = oddity.at.map_or(SourceLocation::whole(source), |at| {
            if at < counted {
                (counted, line) = (0, 1);
            }
            let between = text.as_bytes().get(counted..at).unwrap_or_default();
            let lines = memchr::memchr_iter(b'\n', between).count();
            line = u32::try_from(lines).map_or(u32::MAX, |lines| lines.saturating_add(line));
            counted = at;
            SourceLocation { source, line, column: column_of(text, at) }
        });
        let subject = if oddity.count > 1 { oddity.count.to_string() } else { oddity.name.to_owned() };
        batch.report(Diagnostic::new(oddity.code, place, subject));
    }
}
