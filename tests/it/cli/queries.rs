//! Conditions on fields, counts and sums, as given on a shell's command line.

use super::Machine;

const DATA: &str = "tests/fixtures/query";

#[test]
fn conditions_select_records_and_report_undecided_ones() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "conditions",
        machine.runs(&[
            &["find", "-d", DATA, "region:norr"],
            &["find", "-d", DATA, "region:norr,syd", "!po:c"],
            &["find", "-d", DATA, "är:pågående"],
            &["--lang", "en", "find", "-d", DATA, "is:upcoming | end<+3mo"],
            &["find", "-d", DATA, "budget:20mkr.."],
            &["find", "-d", DATA, "budget>=1meur"],
            &["find", "-d", DATA, "--rate", "EUR=11.20", "budget:10mkr..13mkr"],
            &["find", "-d", DATA, "deltagare>100", "start:2024.."],
            &["find", "-d", DATA, "!has:budget"],
            &["find", "-d", DATA, "ägare=stockholms stad"],
            &["find", "-d", DATA, "ägare=\"stockholms stad\"", "23201s01"],
            &["show", "-d", DATA, "27-205-S01", "--format", "json", "--fields", "id,region,nuts"],
        ])
    );
}

#[test]
fn a_condition_without_effect_is_an_error_in_a_script() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "spoilt_conditions",
        machine.runs(&[
            &["find", "-d", DATA, "regoin:norr"],
            &["find", "-d", DATA, "is:avslutat"],
            &["find", "-d", DATA, "start:20"],
            &["--lang", "en", "find", "-d", DATA, "budget:much"],
            &["find", "-d", DATA, "p:a"],
            &["find", "-d", DATA, "budget:1meur..20mkr"],
            &["stats", "-d", DATA, "region<norr"],
            &["convert", "-d", DATA, "region:", "--format", "csv"],
        ])
    );
}

#[test]
fn stats_count_and_sum() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "stats",
        machine.runs(&[
            &["stats", "-d", DATA],
            &["--lang", "en", "stats", "-d", DATA, "po:a", "--by", "region,po", "--rate", "EUR=11.20"],
            &["stats", "-d", DATA, "--by", "ort", "--ascii"],
            &["stats", "-d", DATA, "xyzzy"],
            &["stats", "-d", DATA, "--by", "regoin"],
            &["stats", "-d", DATA, "--by", "namn"],
            &["stats", "-d", DATA, "--format", "ids"],
        ])
    );
}

#[test]
fn stats_are_data_for_programs() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "stats_data",
        machine.runs(&[
            &["stats", "-d", DATA, "--by", "po,state", "--format", "csv", "--rate", "EUR=11.20"],
            &["stats", "-d", DATA, "start:2024", "--by", "start_year", "--format", "tsv"],
            &["stats", "-d", DATA, "luleå", "--by", "po", "--format", "json"],
            &["stats", "-d", DATA, "xyzzy", "--by", "po", "--format", "json"],
        ])
    );
}

#[test]
fn results_can_be_sorted() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "sorted",
        machine.runs(&[
            &["find", "-d", DATA, "--sort", "slut:desc"],
            &["find", "-d", DATA, "--sort", "ägare,name:desc", "--format", "table"],
            &["--lang", "en", "find", "-d", DATA, "--sort", "budget"],
            &["find", "-d", DATA, "--sort", "budget", "--rate", "EUR=11.20", "--limit", "3"],
            &[
                "convert",
                "-d",
                DATA,
                "--sort",
                "town",
                "--sort",
                "start",
                "--format",
                "csv",
                "--fields",
                "id,city,start_date"
            ],
            &["find", "-d", DATA, "--sort", "sult"],
            &["find", "-d", DATA, "--sort", "region"],
            &["--lang", "en", "find", "-d", DATA, "--sort", "end:up"],
            &["find", "-d", DATA, "--sort", "relevans:desc"],
        ])
    );
}
