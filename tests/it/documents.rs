//! Paths named in the contributors' documents exist.

use std::fs;
use std::path::Path;

/// Each document, with the folder that its paths may also be relative to.
const DOCUMENTS: &[(&str, &str)] = &[
    (".github/CONTRIBUTING.md", "."),
    (".github/SECURITY.md", "."),
    ("data/README.md", "data"),
    ("tests/README.md", "tests"),
];

/// The inline code of a document that looks like a path: `src/lib.rs`, `fuzz/`, `regions.tsv`.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.lines().filter(|line| !line.starts_with("    "));
    let code = prose.flat_map(|line| line.split('`').skip(1).step_by(2));
    code.filter(|code| {
        let is_file = [".rs", ".md", ".toml", ".tsv"].iter().any(|ending| code.ends_with(ending));
        let is_path = code.contains('/') || is_file;
        is_path && code.chars().all(|c| c.is_ascii_alphanumeric() || "./_-".contains(c))
    })
}

#[test]
fn paths_in_documents_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (document, folder) in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).expect("a document");
        let named: Vec<&str> = paths(&text).collect();
        assert!(!named.is_empty(), "{document} names no path");
        // A release's files exist only after a release has been built.
        for path in named.into_iter().filter(|path| !path.starts_with("target/")) {
            let exists = root.join(path).exists() || root.join(folder).join(path).exists();
            assert!(exists, "{document} names `{path}`, which does not exist");
        }
    }
}
