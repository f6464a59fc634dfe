//! Reading in pieces gives the same result as reading at once, wherever the pieces are cut.

use super::splitter::{SIZES, Sizes, Splitter};
use super::*;
use proptest::prelude::*;
use rstest::rstest;

/// The records and diagnostics of a text, as text.
fn loaded(bytes: &[u8], sizes: Sizes) -> String {
    let plan = LoadPlan::default();
    let codes = Arc::new(Codes::built_in());
    let worker = DecodeWorker { plan: &plan, codes: codes.clone() };
    let builder = CatalogueBuilder::new(codes.clone(), plan.privacy);
    let mut merger = Merger { worker: &worker, builder, open: None, records_before: 0 };
    let mut jobs = Vec::new();
    let mut send = |job, _| {
        jobs.push(job);
        true
    };
    Splitter::new(&plan, &codes, sizes, &mut send).split_source("x", bytes);
    for job in jobs {
        for done in worker.run(job) {
            merger.add(done);
        }
    }
    let (catalogue, diagnostics) = merger.builder.finish();
    let mut lines: Vec<String> = Vec::new();
    for record in catalogue.records() {
        lines.push(format!("{} | {} | {:?}", record.id(), record.name(), record.description()));
        let field = |field: crate::domain::catalogue::record::Field<'_>| {
            format!("  {} = {:?} at {:?}", field.label, field.value, record.place_of(&field))
        };
        lines.extend(record.fields().map(field));
        for place in record.places() {
            lines.push(format!("  {place:?} {:?}", record.source_text(place.source)));
            lines.push(format!("  {:?}", catalogue.source_line(place)));
        }
    }
    // Pieces report their diagnostics in another order.
    let mut diagnostics: Vec<String> = diagnostics.iter().map(|found| format!("{found:?}")).collect();
    diagnostics.sort_unstable();
    lines.extend(diagnostics);
    lines.join("\n")
}

/// Sizes small enough to cut a text at every kind of position.
const SMALL: Sizes = Sizes { large: 110, piece: 40, longest_line: 4_000 };

#[rstest]
#[case::list(
    "Diarienummer;Namn;Sammanfattning\n23-001-S01;Ett;kort\n23-002-S01;Två;\"med\nradbrytning; och \"\"citat\"\"\"\n23-003-S01;Tre;\n\n23-004-S01;Fyra;x;y\n23-005-S01\n23-006-S01;\"Sex;öppen\n23-007-S01;Sju;\"z\"\n"
)]
#[case::quoted_lists(
    "Diarienummer;Namn\n23-001-S01;\"a\n23-002-S01;b\n23-003-S01;c\n23-004-S01;d\n23-005-S01;e\n\"\n23-006-S01;f\n"
)]
#[case::crlf(
    "Diarienummer,Namn,Ort\r\n23-001-S01,Ett,Piteå\r\n23-002-S01,\"Två\r\noch ett halvt\",Luleå\r\n23-003-S01,Tre,Gävle\r\n"
)]
#[case::title_rows(
    "Lista\n\nDiarienummer;Namn\n23-001-S01;Ett\n23-002-S01;Två\n23-003-S01;Tre\n23-004-S01;Fyra\n23-005-S01;Fem\n"
)]
#[case::records(
    "23-001-S01 - Ett\n\nDiarienummer:\n23-001-S01\n\nText.\n\n23-002-S01 - Två\n\nDiarienummer:\n23-002-S01\nNamn:\n\nMer text:\n\nslut\n\n23-003-S01 - Tre\n\nDiarienummer:\n23-003-S01\n\nText23-004-S01 - Fyra\n\nDiarienummer:\n23-004-S01\n"
)]
#[case::json_lines(
    "{\"diarienummer\": \"23-001-S01\", \"namn\": \"a\\nb\"}\n{\"diarienummer\": \"23-002-S01\"}\n{broken\n\n{\"diarienummer\": \"23-003-S01\", \"namn\": \"x\"}\n{\"diarienummer\": \"23-003-S01\", \"namn\": \"y\"}\n"
)]
#[case::odd_characters(
    "Diarienummer;Namn\n23-001-S01;a\u{202e}b\n23-002-S01;a\u{200b}b\n23-003-S01;x\u{202e}\u{202e}\n811228-9874;Person\n23-005-S01;811228-9874\n"
)]
#[case::no_record(
    "Diarienummer;Namn;Ort\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
)]
fn pieces_make_the_whole(#[case] text: &str) {
    same(text.as_bytes(), SMALL);
}

/// Panics with the first line that differs.
fn same(text: &[u8], sizes: Sizes) {
    let (pieces, whole) = (loaded(text, sizes), loaded(text, SIZES));
    let differing = pieces.lines().zip(whole.lines()).find(|(one, other)| one != other);
    assert_eq!(differing, None);
    assert_eq!(pieces.lines().count(), whole.lines().count());
}

#[test]
fn legacy_encoding_is_reported_once() {
    let text = b"Diarienummer;Namn\n23-001-S01;Pite\xe5\n23-002-S01;Lule\xe5\n23-003-S01;G\xe4vle\n23-004-S01;\xd6rebro\n";
    same(text, SMALL);
}

#[test]
fn an_endless_line_is_skipped() {
    let row = |id: &str, name: &str| format!("23-00{id}-S01;{name}\n");
    let endless = "x".repeat(20_000);
    let text =
        ["Diarienummer;Namn\n", &row("1", "Ett"), &row("2", "Två"), &row("3", &endless), &row("4", "Fyra")];
    let lines = loaded(text.concat().as_bytes(), Sizes { large: 50, ..SMALL });
    assert!(lines.contains("23-002-S01") && lines.contains("23-004-S01 | Fyra"), "{lines}");
    assert!(
        lines.contains("code: LongLine, place: SourceLocation { source: SourceId(0), line: 4"),
        "{lines}"
    );
    assert!(
        lines.contains("Fyra\\\"\" at SourceLocation { source: SourceId(0), line: 5")
            || lines.contains("line: 5"),
        "{lines}"
    );
}

/// A reader that fails after some bytes.
struct Failing<'a>(&'a [u8]);

impl std::io::Read for Failing<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.0.is_empty() {
            return Err(std::io::Error::other("the disk fails"));
        }
        std::io::Read::read(&mut self.0, into)
    }
}

#[test]
fn bytes_before_a_read_error_are_kept() {
    let (plan, codes) = (LoadPlan::default(), Codes::built_in());
    let text = "Diarienummer;Namn\n23-001-S01;Ett\n23-002-S01;Två\n23-003-S01;Tre\n".repeat(3);
    for sizes in [SIZES, SMALL] {
        let mut jobs = Vec::new();
        let mut send = |job, _| {
            jobs.push(job);
            true
        };
        Splitter::new(&plan, &codes, sizes, &mut send).split_source("x", Failing(text.as_bytes()));
        let is_disk_failure = |job: &Job| matches!(job, Job::Interrupted { code: Code::Unreadable, reason, .. } if reason == "the disk fails");
        assert!(jobs.len() > 1 && jobs.last().is_some_and(is_disk_failure), "{jobs:?}");
    }
}

proptest! {
    #[test]
    fn lists_are_the_same_in_pieces(
        // A row that begins without a value may continue the one above, which another piece may hold.
        rows in proptest::collection::vec("[a-c][a-c;\" å]{0,30}", 1..30),
        large in 300..400_usize,
        piece in 10..100_usize,
    ) {
        // Enough rows for the format to be detected from the first piece, and a cell that only quotation marks enclose.
        let first = ["23-010-S01;\"Ett;två\";Piteå\n", &"23-010-S01;Ett;Piteå\n".repeat(11)].concat();
        let text = ["Diarienummer;Namn;Ort\n", &first, &rows.join("\n")].concat();
        let sizes = Sizes { large, piece, longest_line: 100_000 };
        same(text.as_bytes(), sizes);
    }
}
