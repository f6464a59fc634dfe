//! The form of the text record: each rule of its grammar, and each oddity that has been seen.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

/// A record as plain text, for comparing.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    id: Option<String>,
    title: String,
    fields: Vec<(String, String)>,
    body: String,
}

fn seen(text: &str) -> (Vec<Seen>, Vec<Code>) {
    let (records, findings) = read(text);
    let slice = |range: &Range<usize>| text.get(range.clone()).expect("a range of the text").to_owned();
    let records = records
        .iter()
        .map(|record| Seen {
            id: record.title_id.as_ref().map(ToString::to_string),
            title: slice(&record.title_name),
            fields: record.fields.iter().map(|field| (slice(&field.label), slice(&field.value))).collect(),
            body: slice(&record.body),
        })
        .collect();
    (records, findings.into_iter().map(|finding| finding.code).collect())
}

fn fields(text: &str) -> Vec<(String, String)> {
    let (mut records, _) = seen(text);
    assert_eq!(records.len(), 1, "{records:?}");
    records.remove(0).fields
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
}

const HEAD: &str = "23-001-S01 - Prov - med streck\n\nDiarienummer:\n23-001-S01\n";

#[test]
fn a_whole_record() {
    let (records, codes) =
        seen(&format!("{HEAD}Namn:\nProv - med streck\n\nEtt.\n1 två\n2 tre:\n\nFyra.\n\n"));
    assert_eq!(
        records,
        [Seen {
            id: Some("23-001-S01".to_owned()),
            title: "Prov - med streck".to_owned(),
            fields: pairs(&[("Diarienummer", "23-001-S01"), ("Namn", "Prov - med streck")]),
            body: "Ett.\n1 två\n2 tre:\n\nFyra.".to_owned(),
        }]
    );
    assert_eq!(codes, []);
}

#[rstest]
#[case::inline("Namn: Ett: två", &[("Namn", "Ett: två")])]
#[case::bare_then_value("Namn:\nEtt", &[("Namn", "Ett")])]
#[case::value_that_ends_in_a_colon("Namn:\nEtt:\nRegion:\nNorr", &[("Namn", "Ett:"), ("Region", "Norr")])]
#[case::known_label_means_empty("Namn:\nRegion:\nNorr", &[("Namn", ""), ("Region", "Norr")])]
#[case::known_inline_label_means_empty("Namn:\nRegion: Norr", &[("Namn", ""), ("Region", "Norr")])]
#[case::blank_before_unseen_label("Namn:\n\nRegion:\nNorr", &[("Namn", ""), ("Region", "Norr")])]
#[case::unknown("Egen etikett:\nvärde\nAnnan: sak", &[("Egen etikett", "värde"), ("Annan", "sak")])]
#[case::repeated("Region:\nA\nRegion:\nB", &[("Region", "A"), ("Region", "B")])]
#[case::address_is_no_label("Länk:\nhttps://x.example/a:b", &[("Länk", "https://x.example/a:b")])]
#[case::any_case("NAMN :\nEtt", &[("NAMN", "Ett")])]
fn field_lines(#[case] block: &str, #[case] expected: &[(&str, &str)]) {
    let mut all = pairs(&[("Diarienummer", "23-001-S01")]);
    all.extend(pairs(expected));
    assert_eq!(fields(&format!("{HEAD}{block}\n\nText.")), all);
}

#[test]
fn a_further_line_continues_the_value_and_is_noted() {
    let (records, codes) = seen(&format!("{HEAD}Namn:\nEtt\nlångt namn\n"));
    assert_eq!(records[0].fields[1].1, "Ett\nlångt namn");
    assert_eq!(codes, [Code::ContinuedValue]);
}

#[test]
fn a_blank_line_before_a_seen_label_ends_the_fields() {
    let (records, _) = seen(&format!("{HEAD}Namn:\nEtt\n\nNamn:\nännu ett"));
    assert_eq!(records[0].body, "Namn:\nännu ett");
}

#[test]
fn files_put_together_without_last_newlines() {
    let text = "23-001-S01 - A\n\nDiarienummer:\n23-001-S01\n\ntill lämpliga aktiviteter24-003-S05 - B 2.0\n\n\
                Diarienummer:\n24-003-S05\n\nText B.";
    let (records, codes) = seen(text);
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].body, "till lämpliga aktiviteter");
    assert_eq!((records[1].id.as_deref(), records[1].title.as_str()), (Some("24-003-S05"), "B 2.0"));
    assert_eq!(codes, [Code::JoinedRecords]);
}

#[test]
fn records_without_text_put_together() {
    let text = "23-001-S01 - A\n\nDiarienummer:\n23-001-S01\nInsats av strategisk betydelse:\nNej24-003-S05 - B\n\n\
                Diarienummer:\n24-003-S05";
    let (records, codes) = seen(text);
    assert_eq!(records[0].fields[1].1, "Nej");
    assert_eq!(records[1].fields, pairs(&[("Diarienummer", "24-003-S05")]));
    assert_eq!(codes, [Code::JoinedRecords]);
}

#[test]
fn a_label_before_a_joined_title_is_a_label() {
    let text =
        "23-001-S01 - A\n\nDiarienummer:\n23-001-S01\nNamn: 24-003-S05 - B\n\nDiarienummer:\n24-003-S05";
    let (records, codes) = seen(text);
    assert_eq!(records[0].fields, pairs(&[("Diarienummer", "23-001-S01"), ("Namn", "")]));
    assert_eq!(records[1].title, "B");
    assert_eq!(codes, [Code::JoinedRecords]);
}

#[test]
fn an_id_after_a_blank_line_begins_a_record() {
    let (records, _) =
        seen("Diarienummer:\n23-001-S01\nNamn:\nA\n\nText.\n\nDiarienummer: 23-002-S01\nNamn: B\n");
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].body, "Text.");
    assert_eq!(records[1].fields, pairs(&[("Diarienummer", "23-002-S01"), ("Namn", "B")]));
}

#[test]
fn a_word_before_a_dash_is_no_id() {
    let (records, _) = seen("SUVAS - Unga vuxna\n\nNamn:\nSUVAS - Unga vuxna\nRegion:\nStockholm\n");
    assert_eq!((records[0].id.as_ref(), records[0].title.as_str()), (None, "SUVAS - Unga vuxna"));
}

#[test]
fn text_before_the_first_record_is_reported() {
    let (records, codes) = seen("en rad\ntill\n\n23-001-S01 - A\n\nDiarienummer:\n23-001-S01\n");
    assert_eq!(records.len(), 1);
    assert_eq!(codes, [Code::StrayText, Code::StrayText]);
}

#[rstest]
#[case("")]
#[case("\n\n")]
#[case("bara text\n\noch mer")]
#[case("a;b;c\n1;2;3\n")]
fn what_holds_no_record(#[case] text: &str) {
    assert_eq!(read(text).0, []);
}

#[test]
fn findings_have_their_place() {
    let (_, findings) = read("23-001-S01 - A\n\nDiarienummer:\n23-001-S01\n\nåäö24-003-S05 - B\n\nNamn:\nB");
    assert_eq!((findings[0].line, findings[0].column), (6, 4));
}

proptest! {
    #[test]
    fn any_text_reads_without_panic_and_in_order(text in "(?s)([ -~åäö]{0,12}(:|\n|\n\n| - |Namn:\n|23-001-S01|Diarienummer:\n)){0,24}") {
        let (records, findings) = read(&text);
        let lines = u32::try_from(text.lines().count()).unwrap() + 1;
        let mut end = 0;
        for record in &records {
            prop_assert!(record.extent.start >= end, "records do not overlap");
            end = record.extent.end;
            prop_assert!(text.get(record.extent.clone()).is_some());
            for field in &record.fields {
                prop_assert!(text.get(field.label.clone()).is_some_and(|label| !label.is_empty()));
                prop_assert!(text.get(field.value.clone()).is_some());
                prop_assert!(field.line <= lines);
            }
            prop_assert!(text.get(record.body.clone()).is_some());
        }
        for finding in findings {
            prop_assert!(finding.line >= 1 && finding.line <= lines && finding.column >= 1);
        }
    }
}
