//! Personal identity numbers in what reviewers name and write, and in what is imported: none is shown.

use std::process::Stdio;

use rstest::rstest;

use super::Machine;

/// Spellings of one of the tax agency's test numbers.
const SPELLINGS: [&str; 4] = ["811228-9874", "8112289874", "19811228-9874", "81 12 28 9874"];

/// What a command prints and says, and its status.
fn run(machine: &Machine, person: &str, verb: &[&str]) -> (String, i32) {
    let store = machine.home().join("r.db");
    let before =
        ["--lang", "en", "--as", person, "--reviews", &store.to_string_lossy(), "review"].map(str::to_owned);
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let output = machine.command(&before).args(verb).stdin(Stdio::null()).output().expect("it runs");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.code().expect("no signal"))
}

/// The report in a format.
fn report(machine: &Machine, name: &str) -> String {
    let path = machine.home().join(name);
    let (said, status) = run(machine, "bo", &["report", "--to", &path.to_string_lossy()]);
    // The closing hash shows that the texts are not those of the closing.
    assert_eq!(status, 2, "{said}");
    std::fs::read_to_string(path).expect("written")
}

#[rstest]
#[case::name(&["new", "PERSON"])]
#[case::purpose(&["new", "Spring", "--purpose", "about PERSON"])]
#[case::sample(&["sample", "3", "--seed", "1", "--name", "of PERSON"])]
#[case::tag(&["tag", "PERSON", "23-079-S13"])]
#[case::text(&["mark", "23-079-S13", "--state", "approved", "--text", "says PERSON"])]
#[case::reopening(&["reopen", "--reason", "PERSON called"])]
fn what_a_reviewer_names_or_writes_is_refused(#[case] verb: &[&str]) {
    for spelling in SPELLINGS {
        let machine = Machine::new();
        let verb: Vec<String> = verb.iter().map(|word| word.replace("PERSON", spelling)).collect();
        let verb: Vec<&str> = verb.iter().map(String::as_str).collect();
        let (said, status) = run(&machine, "bo", &verb);
        assert_eq!(status, 2, "{said}");
        assert!(!said.contains(spelling), "{said}");
        assert_eq!(run(&machine, "bo", &["rounds"]).1, 1, "nothing was begun");
    }
}

#[test]
fn what_was_imported_is_masked_in_everything_that_is_shown() {
    for spelling in SPELLINGS {
        let machine = Machine::new();
        for verb in [
            &["new", "ROUND", "--purpose", "PURPOSE"][..],
            &["tag", "TAG", "23-079-S13"],
            &["mark", "23-079-S13", "--state", "rejected", "--reason", "period", "--text", "TEXT"],
            &["note", "23-079-S13", "NOTE", "--finding"],
            &["close"],
            &["reopen", "--reason", "REOPENED"],
        ] {
            let (said, status) = run(&machine, "REVIEWER", verb);
            assert_eq!(status, 0, "{verb:?}: {said}");
        }
        let lines = run(&machine, "bo", &["export"]).0;
        let words = ["ROUND", "PURPOSE", "TAG", "TEXT", "NOTE", "REOPENED", "REVIEWER"];
        let lines = words.iter().fold(lines, |lines, word| lines.replace(word, spelling));
        let lines = lines.replace("\"reason\":\"period\"", &format!("\"reason\":\"{spelling}\""));
        std::fs::write(machine.home().join("foreign.jsonl"), lines).expect("written");
        std::fs::remove_file(machine.home().join("r.db")).expect("removed");
        let import = machine.home().join("foreign.jsonl");
        let mut shown = Vec::new();
        let (said, status) = run(&machine, "bo", &["import", &import.to_string_lossy()]);
        assert_eq!(status, 0, "{said}");
        shown.push(said);
        for verb in [
            &["list", "--state", "rejected"][..],
            &["list", "--state", "rejected", "--format", "jsonl"],
            &["next"],
            &["log"],
            &["log", "--format", "jsonl"],
            &["stats"],
            &["stats", "--format", "json"],
            &["rounds"],
            &["export", "--format", "csv"],
            &["mark", "23-079-S13", "--state", "approved"],
            &["verify"],
        ] {
            shown.push(run(&machine, "bo", verb).0);
        }
        shown.extend(["r.html", "r.md", "r.csv"].map(|name| report(&machine, name)));
        for text in shown {
            // Not its last digits alone: ids and salts are random digits.
            assert!(!text.contains(spelling), "{spelling}: {text}");
        }
    }
}

#[test]
fn a_reviewer_whose_name_is_a_personal_number_is_saved_masked() {
    let machine = Machine::new();
    assert_eq!(run(&machine, "811228-9874", &["star", "23-079-S13"]).1, 0);
    let (log, _) = run(&machine, "bo", &["log", "--show-personal"]);
    assert!(!log.contains("811228-9874") && log.contains("******-****"), "{log}");
}
