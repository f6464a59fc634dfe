//! Output and exit status of each command.

use super::Machine;

pub const DATA: &str = "tests/fixtures/cli";

#[test]
fn check_is_like_a_compiler() {
    let machine = Machine::new();
    insta::assert_snapshot!("check", machine.run(&["check", DATA]));
    insta::assert_snapshot!(
        "check_english",
        machine.run(&["--lang", "en", "check", "tests/fixtures/cli/b.txt"])
    );
    insta::assert_snapshot!(
        "check_json",
        machine.run(&["check", "tests/fixtures/cli/b.txt", "--format", "json"])
    );
}

#[test]
fn notes_are_findings_only_on_request() {
    let machine = Machine::new();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.txt");
    std::fs::write(&path, "Namn: Utan nummer\n").expect("written");
    let path = path.to_str().expect("a path");
    assert_eq!(machine.output(&["check", path]).status.code(), Some(0));
    assert_eq!(machine.output(&["check", path, "--strict"]).status.code(), Some(1));
}

#[test]
fn show_prints_whole_records() {
    let machine = Machine::new();
    insta::assert_snapshot!("show_json", machine.run(&["show", "23101s01", "-d", DATA, "--format", "json"]));
    insta::assert_snapshot!(
        "show",
        machine.runs(&[
            &["show", "24 102 s03", "-d", DATA],
            &["show", "S03", "-d", DATA, "--format", "jsonl", "--fields", "id,name,end_date,total_budget"],
            &["show", "23-101", "-d", DATA, "--format", "tsv", "--fields", "id,eu_support,countries"],
            &["show", "1", "99-999", "-d", DATA, "--format", "ids"],
        ])
    );
}

#[test]
fn showing_personal_data_is_logged() {
    let machine = Machine::new();
    let fields = |arguments: &[&str]| {
        let all = [
            &["show", "23-101-S01", "-d", DATA, "--format", "json", "--fields", "fields,description"],
            arguments,
        ];
        String::from_utf8(machine.output(&all.concat()).stdout).expect("text")
    };
    let protected = fields(&[]);
    assert!(
        !protected.contains("Anna") && !protected.contains("811228") && protected.contains("******-****")
    );
    let log = machine.home().join(".local/state/diarium/log");
    assert!(!log.exists());
    let shown = fields(&["--show-personal"]);
    assert!(shown.contains("Anna Andersson") && shown.contains("811228-9874"));
    assert!(std::fs::read_to_string(&log).expect("a log").contains("--show-personal"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&log).expect("there").permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn find_prints_matches() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "find",
        machine.runs(&[
            &["find", "-d", DATA],
            &["find", "-d", DATA, "åmål", "trygg", "--format", "table"],
            &["find", "-d", DATA, "--count"],
            &["find", "-d", DATA, "--limit", "1"],
            &["find", "-d", DATA, "tryggg"],
            &["find", "-d", DATA, "åmål", "xyzzy"],
            &["find", "-d", DATA, "xyzzy", "--format", "json"],
            &["find", "-d", DATA, "24-102-S03 99-999-S99"],
            &["find", "23-079-S13"],
        ])
    );
}

#[test]
fn wrong_use_names_the_remedy() {
    let machine = Machine::new();
    insta::assert_snapshot!(
        "wrong_use",
        machine.runs(&[
            &[],
            &["--lang", "en", "23-079-S13"],
            &["trygghet"],
            &["23-079-S13", "-q", "x"],
            &["tests/fixtures/cli", "-d", "x", "keys"],
            &["show", "x", "--format", "table"],
            &["find", "x", "--fields", "id"],
            &["find", "x", "--format", "tsv", "--fields", "id,naem"],
            &["find", "x", "--encoding", "klingon"],
            &["find", "-d", "no/such/path"],
            &["check", "no/such/path"],
        ])
    );
}

#[test]
fn arguments_that_are_no_arguments_end_with_2() {
    let machine = Machine::new();
    for arguments in
        [&["--nonsense"][..], &["find", "--format", "xls"], &["show"], &["--lang", "de"], &["--date", "x"]]
    {
        let output = machine.output(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
    assert_eq!(machine.output(&["--help"]).status.code(), Some(0));
}

#[test]
fn standard_input_is_read() {
    let machine = Machine::new();
    let file = std::fs::File::open("tests/fixtures/cli/a.txt").expect("the fixture");
    let output = machine.command(&["find", "-d", "-"]).stdin(file).output().expect("runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "23-101-S01\n");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let machine = Machine::new();
    for arguments in [
        &["find", "--format", "json"][..],
        &["convert", "--format", "csv"],
        &["keys"],
        &["man"],
        &["completions", "bash"],
        &["check"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = machine.command(arguments).stdout(writer).output().expect("runs");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(errors.is_empty() || errors == "exempeluppgifter, ej aktuella\n", "{errors}");
    }
}

#[test]
fn completions_and_man_page_are_printed() {
    let machine = Machine::new();
    for shell in ["bash", "zsh", "fish"] {
        let output = machine.output(&["completions", shell]);
        assert!(String::from_utf8_lossy(&output.stdout).contains("diarium"), "{shell}");
    }
    let page = machine.output(&["man"]).stdout;
    assert!(String::from_utf8_lossy(&page).contains("\n.TH DIARIUM 1 "));
}

#[test]
fn a_pipe_has_no_colour_by_default() {
    let machine = Machine::new();
    assert!(!machine.output(&["check", DATA]).stdout.contains(&0x1b));
    assert!(machine.output(&["check", DATA, "--color", "always"]).stdout.contains(&0x1b));
}
