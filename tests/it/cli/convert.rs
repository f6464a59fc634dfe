//! `convert`: its output, its destinations, and its refusals.

use super::Machine;
use crate::cli::commands::DATA;

fn read(machine: &Machine, name: &str) -> String {
    std::fs::read_to_string(machine.home().join(name)).expect("written")
}

/// Names of the entries in a machine's home folder.
fn names(machine: &Machine) -> Vec<String> {
    let entries = std::fs::read_dir(machine.home()).expect("a folder").flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn each_ending_is_a_form() {
    let machine = Machine::new();
    for ending in ["csv", "tsv", "md", "txt"] {
        let path = machine.home().join(format!("ut.{ending}"));
        let path = path.to_str().expect("a path");
        let run = machine.run(&["convert", "-d", DATA, "--to", path, "--lang", "en"]);
        insta::assert_snapshot!(
            format!("convert_{ending}"),
            format!("{run}\n{}", read(&machine, &format!("ut.{ending}")))
        );
    }
    let excel = machine.output(&[
        "convert",
        "-d",
        DATA,
        "--csv-excel",
        "--fields",
        "id,cofinancing_rate,esf_support",
    ]);
    assert_eq!(
        String::from_utf8_lossy(&excel.stdout),
        "\u{feff}id;cofinancing_rate;esf_support;esf_support_currency\r\n\
        23-101-S01;39,5;4973906,5;SEK\r\n24-102-S03;;;\r\n"
    );
}

#[test]
fn errors_are_reported_before_anything_is_written() {
    let machine = Machine::new();
    let path = |name: &str| machine.home().join(name).to_string_lossy().into_owned();
    std::fs::write(path("finns.csv"), "viktigt").expect("written");
    insta::assert_snapshot!(
        "convert_refuses",
        machine.runs(&[
            &["convert", "-d", DATA],
            &["convert", "-d", DATA, "--to", &path("ut.xls")],
            &["convert", "-d", DATA, "--to", &path("ut")],
            &["convert", "-d", DATA, "--to", &path("finns.csv")],
            &["convert", "-d", DATA, "--to", &path("ut.json"), "--csv-excel"],
            &["convert", "-d", DATA, "--to", &path("ut.md"), "--fields", "id"],
            &["convert", "-d", DATA, "--to", &path("ut.csv"), "--format", "ids"],
            &["convert", "-d", DATA, "xyzzy", "--to", &path("ut.csv")],
            &["convert", "-d", DATA, "--to", &path("saknas/ut.csv")],
            &["--lang", "en", "convert", "-d", DATA, "--to", &path("ut.xls")],
        ])
    );
    assert_eq!(names(&machine), ["finns.csv"]);
    assert_eq!(read(&machine, "finns.csv"), "viktigt");
}

#[test]
fn a_file_is_replaced_on_demand() {
    let machine = Machine::new();
    let path = machine.home().join("ut.jsonl");
    std::fs::write(&path, "gammalt").expect("written");
    let path = path.to_str().expect("a path");
    let output = machine.output(&["convert", "-d", DATA, "åmål", "--to", path, "--force", "--fields", "id"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(read(&machine, "ut.jsonl"), "{\"id\":\"23-101-S01\"}\n");
    assert_eq!(names(&machine), ["ut.jsonl"]);
}

#[test]
fn records_go_to_standard_output_too() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.runs(&[
        &["convert", "-d", DATA, "--format", "tsv", "--fields", "id,name", "--limit", "1"],
        &["convert", "-d", DATA, "--to", "-", "--format", "csv", "--fields", "id,end_date"],
        &["find", "-d", DATA, "nästa", "--format", "csv", "--fields", "id,nuts"],
        &["show", "24-102-S03", "-d", DATA, "--format", "md"],
    ]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let machine = Machine::new();
    let output = machine.output(&["convert", "-d", DATA, "--to", "/dev/full", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/dev/full kunde inte skrivas"));
}

#[cfg(unix)]
#[test]
fn the_target_of_a_link_is_replaced() {
    let machine = Machine::new();
    let (file, link) = (machine.home().join("fil.jsonl"), machine.home().join("pekare.jsonl"));
    std::fs::write(&file, "gammalt").expect("written");
    std::os::unix::fs::symlink(&file, &link).expect("a link");
    let link = link.to_str().expect("a path");
    machine.output(&["convert", "-d", DATA, "--to", link, "--force", "--fields", "id", "--limit", "1"]);
    assert_eq!(read(&machine, "fil.jsonl"), "{\"id\":\"23-101-S01\"}\n");
    assert!(std::fs::symlink_metadata(link).expect("there").is_symlink());
}

#[test]
fn personal_data_is_not_written() {
    let machine = Machine::new();
    for format in ["csv", "tsv", "json", "jsonl", "md", "text"] {
        let output = machine.output(&["convert", "-d", DATA, "--format", format]);
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(!text.contains("Anna") && !text.contains("811228"), "{format}");
        assert!(text.contains("******-****") || text.contains("\\*\\*\\*\\*\\*\\*-\\*\\*\\*\\*"), "{format}");
        assert!(!text.chars().any(|c| c == '\u{1b}' || c == '\u{202e}'), "{format}");
    }
}
