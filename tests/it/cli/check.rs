//! Findings of `diarium check`: one small file for each kind of oddity.

use rstest::rstest;

use super::Machine;

/// The findings in a text: code, line and sentence, in English.
fn found(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.txt");
    std::fs::write(&path, text).expect("written");
    let path = path.to_str().expect("a path");
    let output = Machine::new().output(&["--lang", "en", "check", path, "--format", "json"]);
    let found: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let said = |found: &serde_json::Value| {
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}: {}", text("code"), found["line"], text("message"))
    };
    found.iter().map(said).collect()
}

/// A record with these further lines.
fn record(lines: &str) -> String {
    format!("23-903-S01 - Prov\n\nDiarienummer: 23-903-S01\n{lines}\n\nText.\n")
}

#[rstest]
#[case("Slutdatum: 2029-12-31", None)]
#[case(
    "Slutdatum: 2030-01-01",
    Some("outside-period 4: 2030-01-01 is outside the period in which the programmes of 2021-2027 can pay")
)]
#[case(
    "Startdatum: 2020-12-31",
    Some("outside-period 4: 2020-12-31 is outside the period in which the programmes of 2021-2027 can pay")
)]
#[case(
    "Programperiod: 2014-2020\nSlutdatum: 2024-01-01",
    Some("outside-period 5: 2024-01-01 is outside the period in which the programmes of 2014-2020 can pay")
)]
#[case("Program CCI: 2014SE05M9OP001\nSlutdatum: 2023-12-31", None)]
#[case(
    "Startdatum: 2025-01-01\nSlutdatum: 2024-01-01",
    Some("end-before-start 5: end date 2024-01-01 is before start date 2025-01-01")
)]
#[case("Total projektbudget: 19 126 097\nEU-stöd: 7 648 379\nUnionens medfinansieringsgrad: 40%", None)]
#[case("Total projektbudget: 11 192 144\nEU-stöd: 4 438 625\nUnionens medfinansieringsgrad: 40%", None)]
#[case(
    "Total projektbudget: 1 000\nEU-stöd: 300\nUnionens medfinansieringsgrad: 40%",
    Some("rate-differs 6: the rate is 40%, but EU support divided by total budget is 30.00 %")
)]
#[case("Total projektbudget: 1 000\nEU-stöd: 30 EUR\nUnionens medfinansieringsgrad: 40%", None)]
#[case("Total projektbudget: 0\nEU-stöd: 300\nUnionens medfinansieringsgrad: 40%", None)]
#[case(
    "Projektägare organisationsnummer: 2120002758",
    Some("wrong-check-digit 4: 2120002758 has a wrong check digit")
)]
#[case("Projektägare organisationsnummer: 212000-2759", None)]
#[case(
    "Region: Övre Norrland\nNUTS-2 kod: SE12",
    Some("region-differs 4: region Övre Norrland and NUTS code SE12 disagree")
)]
#[case("Region: Övre Norrland\nNUTS-2 kod: SE33", None)]
#[case("Interventionstyp: 999", Some("unknown-code 4: code 999 is not in the table of 2021-2027"))]
#[case("Interventionstyp: 140.0", None)]
#[case("Anteckning: 811228-9874", Some("personal-number 4: masked personal identity number"))]
fn values_are_held_against_each_other(#[case] lines: &str, #[case] expected: Option<&str>) {
    let found = found(&record(lines));
    let but_missing: Vec<_> = found.iter().filter(|found| !found.starts_with("missing-data")).collect();
    assert_eq!(but_missing, expected.iter().collect::<Vec<_>>());
}

#[test]
fn the_same_id_twice_with_other_content_is_found() {
    let text = format!("{}{}", record("Region: Stockholm"), record("Region: Sydsverige"));
    let found = found(&text);
    assert!(found.iter().any(|found| found.starts_with("duplicate-id")), "{found:?}");
}

const LIST: &str = "Diarienummer;Namn;Projektägare;Startdatum;Slutdatum;Specifikt mål;Region\n\
    23-904-S01;A;KOMMUN;2024-01-01;2025-01-01;A2A;Stockholm\n\
    23-904-S02;B;;2024-01-01;;A2A;-\n\
    23-904-S03;C;KOMMUN;2024-01-01;2025-01-01;A2A;Stockholm\n";

#[test]
fn a_value_missing_in_a_whole_list_is_reported_once() {
    assert_eq!(
        found(LIST),
        [
            "missing-data null: none of 3 records states: Summary, Total budget, EU fund, Union co-financing rate, \
             Intervention field",
            "missing-data 3: missing: Beneficiary, End date, Region",
        ]
    );
}

#[test]
fn a_value_missing_in_a_single_record_is_reported() {
    let found = found("23-905-S01 - Prov\n\nDiarienummer: 23-905-S01\nBerörd fond: ESF+\nNUTS-2 kod: SE11\n");
    assert_eq!(
        found,
        [
            "missing-data 1: missing: Beneficiary, Summary, Start date, End date, Total budget, Specific objective, \
          Union co-financing rate, Intervention field"
        ]
    );
}

#[test]
fn records_with_a_file_each_are_one_list() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, lines) in [("a.txt", "Region: Stockholm"), ("b.txt", "Berörd fond: ESF+")] {
        let text = record(lines).replace("903-S01", &format!("903-S{}", name.len() + lines.len()));
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let path = folder.path().to_str().expect("a path");
    let output = Machine::new().output(&["--lang", "en", "check", path, "--format", "json"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.matches("none of 2 records states: Beneficiary, Start date").count(), 1, "{text}");
    assert_eq!(text.matches("\"missing: EU fund\"").count(), 1, "{text}");
    assert_eq!(text.matches("\"missing: Region\"").count(), 1, "{text}");
}

#[test]
fn codes_are_explained() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "explain",
        machine.runs(&[
            &["check", "--explain", "rate-differs"],
            &["--lang", "en", "check", "--explain", "Rate-Differs"],
            &["check", "--explain", "confict"],
            &["--lang", "en", "check", "--explain", "klingon"],
            &["--lang", "en", "check", "--explain"],
        ])
    );
}

#[test]
fn findings_can_be_printed_as_sarif() {
    let machine = Machine::new();
    let output = machine.output(&["check", "tests/fixtures/cli/b.txt", "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(1));
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    insta::assert_snapshot!(
        "sarif",
        serde_json::to_string_pretty(results.last().expect("one")).expect("JSON")
    );
}
