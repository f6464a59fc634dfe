//! Invariants of loading any bytes, shared by the fuzz target and by property tests. Panics if one is violated.

use std::sync::{Arc, LazyLock};

use diarium::domain::catalogue::Catalogue;
use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::domain::diagnostic::Code;
use diarium::domain::diagnostic::Diagnostic;
use diarium::domain::source_location::SourceId;
use diarium::domain::source_location::SourceLocation;
use diarium::loading::{Input, LoadPlan, Loaded, load};
use encoding_rs::Encoding;
use zip::CompressionMethod;

use super::package::{Package, SHEET_END, column, escaped, sheet_begin};

/// The part of loading that bytes are aimed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The whole loader: the format is detected.
    Any,
    TextRecord,
    Delimited,
    Json,
    JsonLines,
    /// The first byte chooses the encoding.
    Encoding,
    Html,
    /// The XML of a sheet's rows; after a zero byte, a whole archive.
    Workbook,
}

/// All targets with their names.
pub const TARGETS: &[(&str, Target)] = &[
    ("any", Target::Any),
    ("text_record", Target::TextRecord),
    ("delimited", Target::Delimited),
    ("json", Target::Json),
    ("json_lines", Target::JsonLines),
    ("encoding", Target::Encoding),
    ("html", Target::Html),
    ("workbook", Target::Workbook),
];

const ENCODINGS: [&Encoding; 6] = [
    encoding_rs::UTF_8,
    encoding_rs::WINDOWS_1252,
    encoding_rs::WINDOWS_1250,
    encoding_rs::UTF_16LE,
    encoding_rs::UTF_16BE,
    encoding_rs::SHIFT_JIS,
];

/// Reading the tables takes longer than loading a few bytes.
static CODES: LazyLock<Arc<Codes>> = LazyLock::new(|| Arc::new(Codes::built_in()));

/// Maximum growth of a value over its source, by its encoding and normal form.
const MOST_GROWTH: usize = 16;
/// Maximum size in bytes of names and values that are generated.
const MOST_MADE: usize = 4_096;

/// Loads bytes, and panics if an invariant of loading is violated.
pub fn check(target: Target, data: &[u8]) {
    let (begin, data, encoding) = match target {
        Target::Any => ("", data, None),
        Target::TextRecord => ("23-001-S01 - Prov\n\nDiarienummer:\n23-001-S01\n", data, None),
        Target::Delimited => ("Diarienummer;Namn;Startdatum;Projektägare\n23-001-S01;Prov;", data, None),
        Target::Json => ("[{\"diarienummer\": \"23-001-S01\", ", data, None),
        Target::JsonLines => ("{\"diarienummer\": \"23-001-S01\"}\n{\"name\": ", data, None),
        Target::Html => ("Diarienummer;Namn;Sammanfattning\n23-001-S01;Prov;\"<p>", data, None),
        Target::Encoding => {
            let (first, rest) = data.split_first().unwrap_or((&0, &[]));
            ("", rest, ENCODINGS.get(usize::from(*first) % ENCODINGS.len()).copied())
        }
        Target::Workbook => match data.split_first() {
            Some((0, archive)) => ("PK\u{3}\u{4}", archive, None),
            _ => ("", data, None),
        },
    };
    let bytes: Arc<[u8]> = match (target, begin) {
        (Target::Workbook, "") => workbook(data).into(),
        _ => begin.bytes().chain(data.iter().copied()).collect(),
    };
    for privacy in [Privacy::Protected, Privacy::Shown] {
        let input = Input::Bytes { name: "data".to_owned(), bytes: bytes.clone() };
        let plan =
            LoadPlan { inputs: vec![input], encoding, delimiter: None, privacy, ..LoadPlan::default() };
        let loaded = load(&plan, CODES.clone());
        places_exist(&loaded);
        text_is_bounded(&loaded.catalogue, bytes.len());
        nothing_is_lost(&loaded);
    }
}

/// A workbook with headings and one row, followed by these bytes.
fn workbook(rows: &[u8]) -> Vec<u8> {
    let text = |row: usize, cells: [&str; 4]| {
        let cell = |(at, text): (usize, &&str)| {
            format!("<c r=\"{}{row}\" t=\"inlineStr\"><is><t>{}</t></is></c>", column(at), escaped(text))
        };
        format!("<row r=\"{row}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
    };
    let begin = sheet_begin()
        + &text(1, ["Diarienummer", "Namn", "Startdatum", "Summa"])
        + &text(2, ["23-001-S01", "Prov", "2024-09-01", "1"]);
    let xml = [begin.as_bytes(), rows, SHEET_END.as_bytes()].concat();
    let mut package = Package::new(Vec::new(), CompressionMethod::Stored);
    package.sheet("Blad1").expect("written to memory");
    package.out().write_all(&xml).expect("written to memory");
    package.finish().expect("written to memory")
}

fn places_exist(loaded: &Loaded) {
    for diagnostic in loaded.diagnostics.iter() {
        for place in [Some(diagnostic.place), diagnostic.other_place].into_iter().flatten() {
            place_exists(&loaded.catalogue, place, diagnostic);
        }
    }
    for record in loaded.catalogue.records() {
        for field in record.fields() {
            let line = loaded.catalogue.source_line(record.place_of(&field));
            assert!(line.is_some(), "the field {field:?} stands nowhere");
        }
    }
}

fn place_exists(catalogue: &Catalogue, place: SourceLocation, diagnostic: &Diagnostic) {
    assert!(!catalogue.source_name(place.source).is_empty(), "{diagnostic:?} has no source");
    if place.line > 0 {
        let line = catalogue.source_line(place);
        let length = line.as_ref().map(|line| line.chars().count());
        let is_there = length.is_some_and(|length| place.column as usize <= length + 1);
        assert!(is_there, "{diagnostic:?} points at no place: the line is {line:?}");
    }
}

fn text_is_bounded(catalogue: &Catalogue, input: usize) {
    let text = |record: diarium::domain::catalogue::record::Record<'_>| {
        let fields: usize = record.fields().map(|field| field.value.len()).sum();
        fields + record.name().len() + record.description().len()
    };
    let all: usize = catalogue.records().map(text).sum();
    let most = input * MOST_GROWTH + MOST_MADE;
    assert!(all <= most, "{all} bytes of text came of {input}");
}

/// Lines with letters are part of a record, or a diagnostic speaks of them. The lines before the first record of a list
/// or of JSON are its headings.
fn nothing_is_lost(loaded: &Loaded) {
    let catalogue = &loaded.catalogue;
    let places = catalogue.records().flat_map(|record| record.places().map(|place| place.source));
    let noted = loaded.diagnostics.iter().map(|diagnostic| diagnostic.place.source);
    let Some(source) = places.chain(noted).next() else { return };
    let lines = catalogue.source_lines(source);
    let lines: Vec<String> = (1..).map_while(|number| lines.line(number)).collect();
    let covered = covered(catalogue, source, lines.len());
    let about: Vec<&Diagnostic> =
        loaded.diagnostics.iter().filter(|diagnostic| diagnostic.place.source == source).collect();
    let mut number = 0;
    while number < lines.len() {
        let gap =
            number..(number..lines.len()).find(|at| covered.get(*at) == Some(&true)).unwrap_or(lines.len());
        let words = lines.get(gap.clone()).unwrap_or_default().join("\n");
        let is_heading =
            gap.start == 0 && gap.end < lines.len() && words.contains([';', ',', '\t', '|', '[', '{']);
        let is_noted = about.iter().any(|diagnostic| speaks_of(diagnostic, &gap));
        let has_letters = words.chars().any(char::is_alphabetic);
        assert!(!has_letters || is_heading || is_noted, "lost, from line {}: {words:?}", gap.start + 1);
        number = gap.end + 1;
    }
}

fn speaks_of(diagnostic: &Diagnostic, gap: &std::ops::Range<usize>) -> bool {
    let line = diagnostic.place.line as usize;
    // JSON after a syntax error is not read.
    line == 0
        || (gap.start + 1..=gap.end).contains(&line)
        || (diagnostic.code == Code::JsonSyntax && line <= gap.end)
}

/// Which lines are part of a record.
fn covered(catalogue: &Catalogue, source: SourceId, count: usize) -> Vec<bool> {
    let mut covered = vec![false; count];
    for record in catalogue.records() {
        let length = record.source_text(source).map_or(0, |text| text.split('\n').count());
        for place in record.places().filter(|place| place.source == source) {
            let from = (place.line as usize).saturating_sub(1);
            covered.iter_mut().skip(from).take(length).for_each(|line| *line = true);
        }
    }
    covered
}
