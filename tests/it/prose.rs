//! The wording of doc comments, as far as a program can judge it.

use std::fs;
use std::path::Path;

use super::architecture::rust_files;

/// Openings that describe a thing by a question instead of naming it.
const QUESTIONS: &[&str] = &["What", "Whether", "How", "Who", "Whoever", "Whom", "Whose"];

/// At most one doc sentence in this number may open with a question.
const ONE_IN: usize = 20;

/// Phrases from Swedish or German word order, with the plain ones in their place.
const FOREIGN: &[(&str, &str)] = &[
    ("so many", "at most `n`, the number of"),
    ("said of", "about"),
    ("hangs on", "depends on"),
    ("hang on", "depend on"),
    ("whoever", "a user who"),
    ("in sight of", "near"),
    ("how manieth", "position"),
    ("is told by", "shows in"),
    ("what parts", "separator"),
    ("parted by", "separated by"),
    ("of no account", "ignored"),
    ("stands behind", "follows"),
    ("what becomes of", "the result of"),
    ("what came of", "the outcome of"),
    ("of theirs", "their"),
    ("anew", "again"),
];

/// A line of a comment, with its file and number.
struct CommentLine {
    place: String,
    /// `true` for the first line of a doc comment.
    opens_doc: bool,
    text: String,
}

fn comment_lines() -> Vec<CommentLine> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        rust_files(&root.join(folder), &mut files);
    }
    let mut lines = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("it/prose.rs")) {
        let text = fs::read_to_string(file).expect("readable");
        let mut follows_doc = false;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start();
            let doc = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
            if let Some(text) = doc.or_else(|| line.strip_prefix("//")) {
                lines.push(CommentLine {
                    place: format!("{}:{}", file.strip_prefix(root).expect("below").display(), number + 1),
                    opens_doc: doc.is_some() && !follows_doc,
                    text: text.trim().to_owned(),
                });
            }
            follows_doc = doc.is_some();
        }
    }
    lines
}

#[test]
fn doc_comments_name_their_subject() {
    let lines = comment_lines();
    let openings: Vec<&CommentLine> = lines.iter().filter(|line| line.opens_doc).collect();
    let is_question = |line: &CommentLine| {
        line.text.split(|c: char| !c.is_alphabetic()).next().is_some_and(|word| QUESTIONS.contains(&word))
    };
    let questions: Vec<String> = openings
        .iter()
        .filter(|line| is_question(line))
        .map(|line| format!("{}: {}", line.place, line.text))
        .collect();
    assert!(
        questions.len() * ONE_IN <= openings.len(),
        "{} of {} doc comments open with a question:\n{}",
        questions.len(),
        openings.len(),
        questions.join("\n")
    );
}

#[test]
fn comments_are_free_of_foreign_phrases() {
    let mut found = Vec::new();
    for line in comment_lines() {
        let text = line.text.to_lowercase();
        let phrase = FOREIGN.iter().find(|(phrase, _)| text.contains(phrase));
        found.extend(phrase.map(|(phrase, plain)| format!("{}: `{phrase}`; say {plain}", line.place)));
    }
    assert_eq!(found, Vec::<String>::new());
}
