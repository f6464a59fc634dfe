//! `review`: a whole review without a screen.

use super::Machine;

/// A reviewer at a store in the machine's home.
struct Reviewer<'a> {
    machine: &'a Machine,
    name: &'a str,
    store: String,
}

impl<'a> Reviewer<'a> {
    fn new(machine: &'a Machine, name: &'a str, store: &str) -> Self {
        let store = machine.home().join(store).to_string_lossy().into_owned();
        Self { machine, name, store }
    }

    /// Standard output, standard error and status of a verb, with the home called HOME.
    fn run(&self, arguments: &[&str]) -> (String, String, i32) {
        let before = ["--lang", "en", "--reviews", &self.store, "--as", self.name, "review"];
        let output = self.machine.output(&[&before, arguments].concat());
        let text = |bytes: &[u8]| {
            let text =
                String::from_utf8_lossy(bytes).replace(&*self.machine.home().to_string_lossy(), "HOME");
            text.replace("example data, not current\n", "")
        };
        (text(&output.stdout), text(&output.stderr), output.status.code().expect("a status"))
    }

    /// Runs a command that must succeed, and returns its messages.
    fn done(&self, arguments: &[&str]) -> String {
        let (out, said, status) = self.run(arguments);
        assert_eq!(status, 0, "{arguments:?}: {said}");
        out + &said
    }
}

#[test]
fn a_review_from_its_beginning_to_its_end() {
    let machine = Machine::new();
    let anna = Reviewer::new(&machine, "anna", "r.db");
    let first = anna.done(&["next", "trygghet"]);
    assert_eq!(first, "23-079-S13\n");
    let begun = "new review round: Review 2026-11-21 · 37 projects\n";
    assert_eq!(
        anna.done(&["mark", "23079s13", "--state", "approved"]),
        format!("{begun}23-079-S13: approved · saved\n")
    );
    assert_eq!(anna.run(&["next", "trygghet"]).2, 1, "nothing is left");
    let rejected =
        anna.done(&["mark", "24-003", "--state", "underkänd", "--reason", "per", "--text", "too short"]);
    assert_eq!(rejected, "24-003-S05: rejected, period: too short · saved\n");
    anna.done(&["note", "24-003-S05", "the end is before the start", "--finding"]);
    anna.done(&["tag", "eu", "24-003-S05"]);
    anna.done(&["star", "24-003-S05"]);
    assert_eq!(anna.done(&["list", "--state", "rejected,approved"]), "23-079-S13\n24-003-S05\n");
    let json = anna.done(&["list", "--state", "starred", "--format", "json", "--fields", "id,review"]);
    for part in ["\"state\": \"rejected\"", "\"reason\": \"period\"", "\"finding\": true", "\"eu\""] {
        assert!(json.contains(part), "{part} is not in {json}");
    }
    let find = |query: &str| {
        let store = anna.store.as_str();
        let output =
            machine.output(&["find", query, "--lang", "en", "--reviews", store, "--sort", "reviewed:desc"]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(find("is:godkänd | is:rejected"), "24-003-S05\n23-079-S13\n");
    assert_eq!(find("tag:eu has:finding reviewer:anna"), "24-003-S05\n");
    assert_eq!(find("is:decided !is:approved"), "24-003-S05\n");
    assert_eq!(find("is:ogranskad").lines().count(), 35);
    assert_eq!(find("note:before"), "24-003-S05\n");
    let counted = machine.run(&[
        "stats",
        "--by",
        "review,tag",
        "--reviews",
        &anna.store,
        "--lang",
        "en",
        "--format",
        "csv",
    ]);
    assert!(counted.contains("review,underkänt"), "{counted}");
    assert!(counted.contains("tag,eu"), "{counted}");
    assert!(machine.run(&["find", "is:approved", "--lang", "en"]).contains("There is no review round yet."));
    assert_eq!(anna.done(&["undo"]), "24-003-S05: undone: starred\n");
    assert_eq!(anna.run(&["list", "--state", "starred"]).2, 1);
    assert_eq!(anna.done(&["redo"]), "24-003-S05: redone: starred\n");
    assert!(anna.done(&["stats"]).contains("       1  rejected\n"));
    assert!(anna.done(&["close"]).contains("Review 2026-11-21: closed · SHA-256 "));
    let (_, said, status) = anna.run(&["star", "23-079-S13"]);
    assert_eq!((said.contains("HOME/r.db: the round is closed."), status), (true, 2));
    anna.done(&["reopen", "--reason", "one more"]);
    anna.done(&["star", "23-079-S13"]);
    assert!(anna.done(&["log", "24-003-S05"]).lines().count() == 4);
}

/// A list of some projects: id, name and start.
fn write_list(path: &str, rows: &[&str]) {
    std::fs::write(path, format!("Diarienummer;Projektnamn;Startdatum\n{}\n", rows.join("\n")))
        .expect("written");
}

#[test]
fn a_round_goes_on_from_another() {
    let machine = Machine::new();
    let data = machine.home().join("lista.csv").to_string_lossy().into_owned();
    let list = |rows: &[&str]| write_list(&data, rows);
    let anna = Reviewer::new(&machine, "anna", "r.db");
    list(&["24-001-S01;Ett;2024-01-01", "24-002-S01;Två;2024-01-01", "24-003-S01;Tre;2024-01-01"]);
    let all = ["24-001-S01", "24-002-S01", "24-003-S01"];
    anna.done(&[&["-d", &data, "mark", "--state", "approved"], &all[..]].concat());
    list(&["24-001-S01;Ett;2024-01-01", "24-002-S01;Två;2025-05-05", "24-004-S01;Fyra;2024-01-01"]);
    let said = anna.done(&["-d", &data, "new", "Spring", "--from", "Review"]);
    assert!(said.contains("1 new, 1 changed, 1 gone"), "{said}");
    let listed = |state: &str| anna.done(&["-d", &data, "list", "--state", state]);
    assert_eq!(listed("changed"), "24-002-S01\n");
    assert_eq!(listed("new"), "24-004-S01\n");
    let said = anna.done(&["-d", &data, "list", "--state", "changed", "--format", "table"]);
    assert!(said.ends_with("\n    Startdatum: 2024-01-01 > 2025-05-05\n"), "{said}");
    assert!(listed("gone").starts_with("24-003-S01  Tre  gone  anna approved "), "{}", listed("gone"));
    assert!(anna.done(&["stats"]).contains("0 of 3"), "earlier verdicts are not counted");
}

#[test]
fn records_outside_the_rounds_query_are_not_new() {
    let machine = Machine::new();
    let data = machine.home().join("lista.csv").to_string_lossy().into_owned();
    let list = |rows: &[&str]| write_list(&data, rows);
    let anna = Reviewer::new(&machine, "anna", "r.db");
    list(&["24-001-S01;Ett;2024-01-01", "25-001-S01;Två;2025-01-01"]);
    anna.done(&["-d", &data, "new", "From 2025", "start:>=2025"]);
    let new = ["-d", &data, "list", "--state", "new"];
    assert_eq!(anna.run(&new).2, 1, "what was there is not new for being outside the round");
    list(&[
        "24-001-S01;Ett;2024-01-01",
        "25-001-S01;Två;2025-01-01",
        "25-002-S01;Tre;2025-02-01",
        "24-002-S01;Fyra;2024-02-01",
    ]);
    assert_eq!(anna.done(&new), "25-002-S01\n");
}

#[test]
fn two_stores_are_joined() {
    let machine = Machine::new();
    let anna = Reviewer::new(&machine, "anna", "a.db");
    let bo = Reviewer::new(&machine, "bo", "b.db");
    let file = machine.home().join("a.jsonl").to_string_lossy().into_owned();
    anna.done(&["mark", "23-079-S13", "--state", "approved"]);
    anna.done(&["export", "--to", &file]);
    assert_eq!(anna.run(&["export", "--to", &file]).2, 2, "nothing is written over");
    assert_eq!(bo.done(&["import", &file]), "HOME/a.jsonl: 2 new events of 2\n");
    bo.done(&["mark", "23-079-S13", "--state", "rejected"]);
    let joined = anna.done(&["merge", &bo.store]);
    assert_eq!(joined, "HOME/b.db: 1 new event of 3\n23-079-S13: verdicts differ (Review 2026-11-21)\n");
    assert_eq!(anna.done(&["merge", &bo.store]), "HOME/b.db: 0 new events of 3\n");
    assert_eq!(anna.done(&["list", "--state", "disputed"]), "23-079-S13\n");
    assert!(anna.done(&["export", "--format", "csv"]).lines().count() == 4);
}

#[test]
fn a_text_that_should_not_have_been_written_is_emptied() {
    let machine = Machine::new();
    let anna = Reviewer::new(&machine, "anna", "r.db");
    let (_, said, status) = anna.run(&["note", "23-079-S13", "811228-9874 called"]);
    assert_eq!((said.contains("personal identity number"), status), (true, 2));
    anna.done(&["note", "23-079-S13", "811228-9874 called", "--force"]);
    let log = anna.done(&["log", "23-079-S13"]);
    assert!(log.contains("working note: ******-**** called"), "{log}");
    let event = log.split(' ').next().unwrap_or_default().to_owned();
    anna.done(&["redact", &event, "--reason", "a name"]);
    assert!(anna.done(&["log", "23-079-S13"]).contains("[text emptied]"));
    assert_eq!(anna.run(&["redact", "00", "--reason", "x"]).2, 2);
}

#[test]
fn impossible_commands_are_refused() {
    let machine = Machine::new();
    let anna = Reviewer::new(&machine, "anna", "r.db");
    let failing = [
        (vec!["undo"], "There is no review round yet.", 2),
        (vec!["mark", "99-999-S99", "--state", "approved"], "No project has the id `99-999-S99`.", 1),
        (vec!["mark", "23-079-S13", "--state", "fine"], "There is no state `fine`.", 2),
        (
            vec!["mark", "23-079-S13", "--state", "rejected", "--reason", "mood"],
            "There is no reason `mood`.",
            2,
        ),
        (vec!["merge", "nowhere.db"], "nowhere.db does not exist.", 2),
        (vec!["list", "--state", "odd"], "There is no state `odd`.", 2),
    ];
    for (arguments, sentence, status) in failing {
        let (_, said, ended) = anna.run(&arguments);
        assert!(said.contains(sentence), "{arguments:?} says {said}");
        assert_eq!(ended, status, "{arguments:?}");
    }
    anna.done(&["new", "Few", "trygghet"]);
    assert_eq!(anna.run(&["new", "few"]).2, 2, "a name is taken once");
    let (_, said, status) = anna.run(&["star", "24-003-S05"]);
    assert!(said.contains("24-003-S05 does not belong to the round `Few`."), "{said}");
    assert_eq!(status, 1);
    std::fs::write(&anna.store, vec![0xa5; 4_096]).expect("written");
    let (_, said, status) = anna.run(&["stats"]);
    assert!(said.contains("HOME/r.db: is not a review store and is left untouched."), "{said}");
    assert_eq!(status, 2);
    assert_eq!(std::fs::read(&anna.store).expect("there"), vec![0xa5; 4_096]);
}

#[test]
fn a_sample_is_the_same_each_time_and_begins_a_round() {
    let machine = Machine::new();
    let anna = Reviewer::new(&machine, "anna", "a.db");
    let bo = Reviewer::new(&machine, "bo", "b.db");
    let draw = ["sample", "5", "--seed", "4711"];
    let (drawn, said, status) = anna.run(&draw);
    assert_eq!((drawn.lines().count(), status), (5, 0));
    assert_eq!(said, "new review round: Sample 2026-11-21 · 5 projects\n");
    assert_eq!(bo.run(&[&draw[..], &["--dry-run"]].concat()).0, drawn, "another store, the same draw");
    assert_eq!(bo.run(&["rounds"]).2, 1, "nothing was begun");
    assert_eq!(anna.run(&draw).2, 2, "the round's name is taken");
    assert_eq!(anna.run(&["list"]).0.lines().count(), 5);
    assert_eq!(anna.run(&["list", "--state", "new"]).2, 1, "what was not drawn is no news");
    let (drawn, said, _) = bo.run(&["sample", "9", "--seed", "1", "--weight", "total", "--dry-run"]);
    assert_eq!(drawn.lines().count(), 9);
    assert!(said.contains("amount unknown or not above zero: "), "{said}");
    let (drawn, said, _) = bo.run(&["sample", "99", "--seed", "1", "--by", "region", "--dry-run"]);
    assert_eq!(drawn.lines().count(), 37);
    assert!(said.contains("note: fewer than requested: all were taken"), "{said}");
    for wrong in [
        &["sample", "0", "--seed", "1"][..],
        &["sample", "5"],
        &["sample", "5", "--seed", "1", "--by", "name"],
        &["sample", "5", "--seed", "1", "--by", "region", "--weight", "eu"],
    ] {
        assert_eq!(bo.run(wrong).2, 2, "{wrong:?}");
    }
    assert_eq!(bo.run(&["sample", "5", "nosuchword", "--seed", "1"]).2, 1);
}

#[test]
fn a_report_is_written_whole_and_never_over_another() {
    let machine = Machine::new();
    let anna = Reviewer::new(&machine, "anna", "r.db");
    let file = |name: &str| machine.home().join(name).to_string_lossy().into_owned();
    assert_eq!(anna.run(&["report", "--to", &file("r.html")]).2, 2, "there is no round");
    anna.done(&["mark", "24-003-S05", "--state", "rejected", "--reason", "period"]);
    anna.done(&["note", "24-003-S05", "kept out"]);
    anna.done(&["note", "24-003-S05", "the end is before the start", "--finding"]);
    anna.done(&["close"]);
    for (name, expected) in [
        ("r.html", "<h3><span class=\"whole\">24-003-S05</span> "),
        ("r.md", "### 24-003-S05 – "),
        ("r.csv", "24-003-S05,"),
    ] {
        let said = anna.done(&["report", "--to", &file(name)]);
        assert_eq!(said, format!("HOME/{name}: Review 2026-11-21 · decided 1 of 37\n"));
        let text = std::fs::read_to_string(file(name)).expect("written");
        assert!(text.contains(expected) && text.contains("the end is before the start"), "{name}: {text}");
        assert!(!text.contains("kept out"), "{name}");
    }
    let (_, said, status) = anna.run(&["report", "--to", &file("r.md")]);
    assert_eq!((said.contains("HOME/r.md"), status), (true, 2));
    anna.done(&["report", "--to", &file("r.md"), "--force", "--round", "Review"]);
    let (_, said, status) = anna.run(&["report", "--to", &file("r.pdf")]);
    assert_eq!((said.contains("the extensions are: .html .md .csv"), status), (true, 2));
}
