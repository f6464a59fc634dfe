//! The arrows between the parts point down, and no part says words that are not its own.

use std::fs;
use std::path::{Path, PathBuf};

use super::imports::{Imports, circle};

/// The parts, each with those that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("domain", &["text"]),
    ("i18n", &["domain", "text"]),
    ("guide", &["i18n", "text"]),
    ("loading", &["domain", "text"]),
    ("search", &["i18n", "domain", "text"]),
    ("export", &["i18n", "domain", "text"]),
    ("review", &["domain", "text"]),
    ("report", &["export", "review", "i18n", "domain", "text"]),
    ("summary", &["domain", "text", "i18n"]),
    ("ui", &["guide", "summary", "export", "search", "loading", "review", "i18n", "domain", "text"]),
    ("session", &["ui", "export", "search", "loading", "review", "i18n", "domain", "text"]),
    ("terminal", &["session", "ui"]),
    (
        "cli",
        &[
            "terminal", "session", "ui", "guide", "summary", "report", "export", "search", "loading",
            "review", "i18n", "domain", "text",
        ],
    ),
];

/// Modules of one folder in the order in which they build on one another: none uses a later one.
const ORDER: &[(&str, &[&str])] = &[
    ("search", &["parallel", "language", "index", "matching", "results"]),
    ("domain", &["values", "codes", "privacy", "catalogue"]),
    ("loading", &["encoding", "formats", "decode_job", "splitter"]),
    ("ui", &["keys", "pages", "state", "render"]),
    ("ui", &["keys", "pages", "state", "update"]),
    ("report", &["blocks", "sections", "document"]),
];

/// Words that only the named parts may say.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("crossterm", &["terminal"]),
    ("rustix", &["terminal", "cli"]),
    ("signal_hook", &["terminal"]),
    ("std::env", &["cli", "terminal"]),
    ("directories::", &["cli"]),
    ("std::thread", &["session", "terminal", "loading", "search", "cli"]),
    ("rusqlite", &["review"]),
    ("std::fs", &["loading", "review", "session", "cli", "terminal"]),
    // In review: how long to wait for another program.
    ("std::time", &["terminal", "session", "cli", "review"]),
    ("Instant", &["terminal", "session", "cli"]),
    ("notify::", &["session"]),
    ("SystemTime", &["cli"]),
    ("Zoned", &["cli"]),
    ("std::process", &["cli", "terminal"]),
    ("thread_local!", &[]),
    ("static mut", &[]),
    ("LazyLock", &[]),
    // In search: a column of an index is made when it is first asked for.
    ("OnceLock", &["terminal", "search"]),
    ("ratatui", &["ui", "session", "terminal"]),
    ("clap", &["cli"]),
    ("lang.choose", &["i18n"]),
];

/// The Rust files of a folder and those below it.
pub fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            // The build output of the fuzz crate is not source code.
            if !path.ends_with("target") {
                rust_files(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file: no comments, and nothing from its tests on.
pub fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("readable");
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let no_comment = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    code.lines().map(no_comment).collect::<Vec<_>>().join("\n")
}

fn each_file(mut look: impl FnMut(&str, &str, &str)) {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (part, _) in MAY_USE {
        let mut files = Vec::new();
        rust_files(&src.join(part), &mut files);
        assert!(!files.is_empty(), "{part} is empty");
        for path in files {
            let name = path.strip_prefix(&src).expect("below").to_string_lossy().into_owned();
            // Test code may use any part.
            if !name.ends_with("tests.rs") && !name.ends_with("fixtures.rs") {
                look(part, &name, &code_of(&path));
            }
        }
    }
}

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    each_file(|part, name, code| {
        let allowed = MAY_USE.iter().find(|(known, _)| *known == part).expect("a part").1;
        for (other, _) in MAY_USE.iter().filter(|(other, _)| *other != part && !allowed.contains(other)) {
            if code.contains(&format!("crate::{other}::")) {
                wrong.push(format!("{name} uses {other}"));
            }
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
}

/// A module and its parent may use each other; between the children of one folder, files or folders, arrows never lead
/// back.
#[test]
fn no_folder_has_a_circle() {
    let imports = Imports::of_crate();
    let mut circles = Vec::new();
    for folder in imports.folders() {
        let arrows = imports.between_children(&folder);
        let path = folder.join("::");
        circles.extend(circle(&arrows).map(|names| format!("{path}: {}", names.join(" → "))));
    }
    assert_eq!(circles, Vec::<String>::new());
}

#[test]
fn folders_build_on_one_another_in_order() {
    let imports = Imports::of_crate();
    let mut wrong = Vec::new();
    for (folder, order) in ORDER {
        let arrows = imports.between_children(&folder.split("::").map(str::to_owned).collect::<Vec<_>>());
        for (at, name) in order.iter().enumerate() {
            let used = arrows.get(*name).unwrap_or_else(|| panic!("{folder} has no {name}"));
            let later = order[at + 1..].iter().filter(|later| used.contains(**later));
            wrong.extend(later.map(|later| format!("{folder}: {name} uses {later}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_part_uses_only_its_own_vocabulary() {
    let mut wrong = Vec::new();
    each_file(|part, name, code| {
        for (word, parts) in ONLY_IN {
            if code.contains(word) && !parts.contains(&part) {
                wrong.push(format!("{name} says {word}"));
            }
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_stay_readable() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&src.join("src"), &mut files);
    rust_files(&src.join("tests"), &mut files);
    for path in files {
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.lines().count() <= 600, "{} is too long", path.display());
        assert!(text.starts_with("//!"), "{} does not say what it is", path.display());
    }
}
