//! From paths to records: finding files, decoding them, telling and reading their form, checking their values.
//!
//! A bad file or row never stops a load: it becomes a diagnostic.

pub mod built_in;
mod cells;
pub mod check;
mod delimited;
pub mod encoding;
pub mod files;
mod form;
mod html;
mod json;
mod json_parts;
mod sink;
pub mod text_record;

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::Encoding;
use form::Form;
use sink::Sink;

use crate::domain::catalogue::{Catalogue, Privacy, SourceId};
use crate::domain::codes::Codes;
use crate::domain::collect::Collector;
use crate::domain::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::domain::span::column_of;

/// What to load.
#[derive(Clone, Debug)]
pub struct Plan {
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
            diagnostic.severity() == Severity::Error || diagnostic.code == Code::NotText
        };
        self.catalogue.is_empty() && self.diagnostics.iter().any(failed)
    }
}

/// Loads everything that the plan names.
#[must_use]
pub fn load(plan: &Plan, codes: Arc<Codes>) -> Loaded {
    let mut loader = Loader { collector: Collector::new(codes, plan.privacy), plan };
    for input in &plan.inputs {
        loader.input(input);
    }
    let (catalogue, mut diagnostics) = loader.collector.finish();
    check::values(&catalogue, &mut diagnostics);
    Loaded { catalogue: Arc::new(catalogue), diagnostics: diagnostics.into() }
}

struct Loader<'a> {
    collector: Collector,
    plan: &'a Plan,
}

impl Loader<'_> {
    fn input(&mut self, input: &Input) {
        match input {
            Input::BuiltIn => {
                for (name, text) in built_in::RECORDS {
                    self.bytes(name, text.as_bytes().to_vec());
                }
            }
            Input::StandardInput => {
                let mut bytes = Vec::new();
                match std::io::stdin().lock().read_to_end(&mut bytes) {
                    Ok(_) => self.bytes("<stdin>", bytes),
                    Err(error) => self.failed("<stdin>", Code::Unreadable, &error.to_string()),
                }
            }
            Input::Path(path) => {
                for found in files::find(path) {
                    match found {
                        files::Found::File(path) => self.file(&path),
                        files::Found::Problem { path, code, reason } => {
                            self.failed(&path.to_string_lossy(), code, &reason);
                        }
                    }
                }
            }
        }
    }

    fn file(&mut self, path: &std::path::Path) {
        let name = path.to_string_lossy();
        match std::fs::read(path) {
            Ok(bytes) => self.bytes(&name, bytes),
            Err(error) => self.failed(&name, Code::Unreadable, &error.to_string()),
        }
    }

    /// Notes that a source gave nothing.
    fn failed(&mut self, name: &str, code: Code, reason: &str) {
        let (source, _) = self.collector.add_source(name, "");
        self.collector.report(Diagnostic::new(code, Place::whole(source), reason));
    }

    fn bytes(&mut self, name: &str, bytes: Vec<u8>) {
        let decoded = encoding::decode(&bytes, self.plan.encoding, self.plan.privacy);
        // Before the text is kept: a large file must not be there three times.
        drop(bytes);
        let Ok(decoded) = decoded else {
            return self.failed(name, Code::NotText, "");
        };
        let (source, fits) = self.collector.add_source(name, &decoded.text);
        if fits.is_err() {
            return self.collector.report(Diagnostic::new(Code::TooMuchText, Place::whole(source), name));
        }
        for oddity in &decoded.oddities {
            let place = oddity.at.map_or(Place::whole(source), |at| place_in(source, &decoded.text, at));
            let times = if oddity.count > 1 { oddity.count.to_string() } else { String::new() };
            self.collector.report(Diagnostic::new(oddity.code, place, times));
        }
        if self.records(source, &decoded.text) == 0 {
            self.collector.report(Diagnostic::new(Code::NoRecord, Place::whole(source), ""));
        }
    }

    /// Adds the records of a text, whatever its form, and says how many there are.
    fn records(&mut self, source: SourceId, text: &str) -> usize {
        let form = form::of(text, self.plan.delimiter);
        let mut sink = Sink::new(&mut self.collector, source);
        match form {
            Form::TextRecord => return self.text_records(source, text),
            Form::List(layout) => delimited::read(text, layout, &mut sink),
            Form::Json => json::read(text, &mut sink),
            Form::JsonLines => json::read_lines(text, &mut sink),
        }
        sink.records()
    }

    fn text_records(&mut self, source: SourceId, text: &str) -> usize {
        let (records, findings) = text_record::read(text);
        for finding in findings {
            let place = Place { source, line: finding.line, column: finding.column };
            self.collector.report(Diagnostic::new(finding.code, place, finding.subject));
        }
        for record in &records {
            self.collector.add_record(source, record);
        }
        records.len()
    }
}

/// The place of a byte in a text.
fn place_in(source: SourceId, text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Place {
        source,
        line: narrow(memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1),
        column: column_of(text, at),
    }
}
