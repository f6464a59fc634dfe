//! What is read in pieces is what is read as a whole, wherever the pieces are cut.

use super::splitter::{SIZES, Sizes, Splitter};
use super::*;
use proptest::prelude::*;
use rstest::rstest;

/// All that loading a text gives, as text.
fn loaded(bytes: &[u8], sizes: Sizes) -> String {
    let plan = LoadPlan { inputs: Vec::new(), encoding: None, delimiter: None, privacy: Privacy::Protected };
    let codes = Arc::new(Codes::built_in());
    let worker = DecodeWorker { plan: &plan, codes: codes.clone() };
    let gathering = CatalogueBuilder::new(codes, plan.privacy);
    let mut merger = Merger { worker: &worker, gathering, rest: None, before: 0 };
    let mut jobs = Vec::new();
    let mut send = |job, _| {
        jobs.push(job);
        true
    };
    Splitter::new(&plan, sizes, &mut send).large("x", bytes);
    for job in jobs {
        for done in worker.work(job) {
            merger.add(done);
        }
    }
    let (catalogue, diagnostics) = merger.gathering.finish();
    let mut told: Vec<String> = Vec::new();
    for record in catalogue.records() {
        told.push(format!("{} | {} | {:?}", record.id(), record.name(), record.description()));
        let field = |field: crate::domain::catalogue::record::Field<'_>| {
            format!("  {} = {:?} at {:?}", field.label, field.value, record.place_of(&field))
        };
        told.extend(record.fields().map(field));
        for place in record.places() {
            told.push(format!("  {place:?} {:?}", record.source_text(place.source)));
            told.push(format!("  {:?}", catalogue.source_line(place)));
        }
    }
    // In their order within a piece; a reader of them sees them by place.
    let mut diagnostics: Vec<String> = diagnostics.iter().map(|found| format!("{found:?}")).collect();
    diagnostics.sort_unstable();
    told.extend(diagnostics);
    told.join("\n")
}

/// Cut so often that every kind of place is cut at.
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

/// Fails with the first line that differs.
fn same(text: &[u8], sizes: Sizes) {
    let (pieces, whole) = (loaded(text, sizes), loaded(text, SIZES));
    let differing = pieces.lines().zip(whole.lines()).find(|(one, other)| one != other);
    assert_eq!(differing, None);
    assert_eq!(pieces.lines().count(), whole.lines().count());
}

#[test]
fn old_encodings_are_told_of_once() {
    let text = b"Diarienummer;Namn\n23-001-S01;Pite\xe5\n23-002-S01;Lule\xe5\n23-003-S01;G\xe4vle\n23-004-S01;\xd6rebro\n";
    same(text, SMALL);
}

#[test]
fn a_line_that_does_not_end_is_passed_over() {
    let row = |id: &str, name: &str| format!("23-00{id}-S01;{name}\n");
    let endless = "x".repeat(20_000);
    let text =
        ["Diarienummer;Namn\n", &row("1", "Ett"), &row("2", "Två"), &row("3", &endless), &row("4", "Fyra")];
    let told = loaded(text.concat().as_bytes(), Sizes { large: 50, ..SMALL });
    assert!(told.contains("23-002-S01") && told.contains("23-004-S01 | Fyra"), "{told}");
    assert!(told.contains("code: LongLine, place: SourceLocation { source: SourceId(0), line: 4"), "{told}");
    assert!(
        told.contains("Fyra\\\"\" at SourceLocation { source: SourceId(0), line: 5")
            || told.contains("line: 5"),
        "{told}"
    );
}

/// A disk that fails after some bytes.
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
fn what_a_failing_disk_gave_is_kept() {
    let plan = LoadPlan { inputs: Vec::new(), encoding: None, delimiter: None, privacy: Privacy::Protected };
    let text = "Diarienummer;Namn\n23-001-S01;Ett\n23-002-S01;Två\n23-003-S01;Tre\n".repeat(3);
    for sizes in [SIZES, SMALL] {
        let mut jobs = Vec::new();
        let mut send = |job, _| {
            jobs.push(job);
            true
        };
        Splitter::new(&plan, sizes, &mut send).large("x", Failing(text.as_bytes()));
        let is_told = |job: &Job| matches!(job, Job::Broken { code: Code::Unreadable, reason, .. } if reason == "the disk fails");
        assert!(jobs.len() > 1 && jobs.last().is_some_and(is_told), "{jobs:?}");
    }
}

proptest! {
    #[test]
    fn lists_are_the_same_in_pieces(
        rows in proptest::collection::vec("[a-c;\"\n å]{0,30}", 1..30),
        large in 300..400_usize,
        piece in 10..100_usize,
    ) {
        // Enough for the form to be told by the first part.
        let first = "23-010-S01;Ett;Piteå\n".repeat(12);
        let text = ["Diarienummer;Namn;Ort\n", &first, &rows.join("\n")].concat();
        let sizes = Sizes { large, piece, longest_line: 100_000 };
        same(text.as_bytes(), sizes);
    }
}
