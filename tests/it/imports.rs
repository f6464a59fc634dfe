//! The modules of the crate and the arrows between them, read from the `use` items and paths in its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::architecture::{code_of, rust_files};

/// A module's path below the crate, without `crate`.
type ModulePath = Vec<String>;

/// Which module uses which. Modules of tests and fixtures are left out.
pub struct Imports(BTreeMap<ModulePath, BTreeSet<ModulePath>>);

impl Imports {
    /// The imports of the crate.
    pub fn of_crate() -> Self {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        rust_files(&src, &mut files);
        let codes: BTreeMap<ModulePath, String> = files
            .iter()
            .map(|file| (module_of(file.strip_prefix(&src).expect("below src")), code_of(file)))
            .filter(|(module, _)| !module.last().is_some_and(|name| is_of_tests(name)))
            .collect();
        Self::read(&codes)
    }

    fn read(codes: &BTreeMap<ModulePath, String>) -> Self {
        let uses = |module: &ModulePath, code: &str| -> BTreeSet<ModulePath> {
            let paths = paths_of(&tokens(code)).into_iter().filter_map(|path| resolved(module, &path));
            paths.filter_map(|path| longest_known(path, codes)).filter(|used| used != module).collect()
        };
        Self(codes.iter().map(|(module, code)| (module.clone(), uses(module, code))).collect())
    }

    /// All modules that have children, the crate itself first.
    pub fn folders(&self) -> BTreeSet<ModulePath> {
        self.0.keys().filter_map(|module| module.split_last()).map(|(_, parent)| parent.to_vec()).collect()
    }

    /// The arrows between the children of a folder. What a child's own modules use counts as used by the child; a
    /// module's arrows to its ancestors do not count.
    pub fn between_children(&self, folder: &[String]) -> BTreeMap<String, BTreeSet<String>> {
        let child_of = |module: &ModulePath| module.strip_prefix(folder)?.first().cloned();
        let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (module, used) in &self.0 {
            let Some(child) = child_of(module) else { continue };
            let others = used.iter().filter_map(child_of).filter(|other| *other != child);
            arrows.entry(child.clone()).or_default().extend(others);
        }
        arrows
    }
}

/// The first circle of a graph, as the names along it.
pub fn circle(arrows: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut finished = BTreeSet::new();
    arrows.keys().find_map(|start| circle_from(start, arrows, &mut Vec::new(), &mut finished))
}

fn circle_from(
    name: &String,
    arrows: &BTreeMap<String, BTreeSet<String>>,
    path: &mut Vec<String>,
    finished: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if let Some(at) = path.iter().position(|earlier| earlier == name) {
        return Some(path[at..].to_vec());
    }
    if finished.contains(name) {
        return None;
    }
    path.push(name.clone());
    let found =
        arrows.get(name).into_iter().flatten().find_map(|used| circle_from(used, arrows, path, finished));
    path.pop();
    finished.insert(name.clone());
    found
}

fn is_of_tests(name: &str) -> bool {
    name.ends_with("tests") || name.ends_with("fixtures")
}

/// `search/index/mod.rs` is `search::index`; `lib.rs` and `main.rs` are the crate.
fn module_of(file: &Path) -> ModulePath {
    let mut parts: ModulePath =
        file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
    parts
}

/// Identifiers, `::` and single signs, without the contents of string and character literals.
fn tokens(code: &str) -> Vec<String> {
    let chars: Vec<char> = code.chars().collect();
    let mut tokens: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let start = at;
        at += 1;
        match c {
            _ if c.is_alphanumeric() || c == '_' => {
                while chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                    at += 1;
                }
                tokens.push(chars[start..at].iter().collect());
            }
            ':' if chars.get(at) == Some(&':') => {
                at += 1;
                tokens.push("::".to_owned());
            }
            '"' => {
                let hashes = chars[..start].iter().rev().take_while(|c| **c == '#').count();
                let is_raw = chars[..start - hashes].last() == Some(&'r');
                at = end_of_string(&chars, at, is_raw.then_some(hashes));
            }
            '\'' if chars.get(at) == Some(&'\\') => {
                at += 2;
                while chars.get(at).is_some_and(|c| *c != '\'') {
                    at += 1;
                }
                at += 1;
            }
            '\'' if chars.get(at + 1) == Some(&'\'') => at += 2,
            _ if c.is_whitespace() => {}
            _ => tokens.push(c.to_string()),
        }
    }
    tokens
}

/// The index after a string literal; `hashes` counts those of a raw one.
fn end_of_string(chars: &[char], mut at: usize, hashes: Option<usize>) -> usize {
    while let Some(&c) = chars.get(at) {
        at += 1;
        match hashes {
            None if c == '\\' => at += 1,
            None if c == '"' => break,
            Some(count)
                if c == '"' && chars[at..].iter().take(count).filter(|c| **c == '#').count() == count =>
            {
                return at + count;
            }
            _ => {}
        }
    }
    at
}

/// All paths of `use` items, with braces expanded, and all paths that begin with `crate`, `super` or `self`.
fn paths_of(tokens: &[String]) -> Vec<ModulePath> {
    let mut paths = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let follows_path = at > 0 && tokens[at - 1] == "::";
        // `+ use<'_>` in a bound is no item.
        if token == "use" && tokens.get(at + 1).is_some_and(|next| next != "<") {
            at = use_tree(tokens, at + 1, &[], &mut paths);
        } else if matches!(token.as_str(), "crate" | "super" | "self") && !follows_path {
            let mut path = vec![token.clone()];
            while tokens.get(at + 1).is_some_and(|token| token == "::") {
                at += 2;
                path.extend(tokens.get(at).cloned());
            }
            paths.push(path);
            at += 1;
        } else {
            at += 1;
        }
    }
    paths
}

/// Reads one tree of a `use` item and returns the position of the sign that ends it.
fn use_tree(tokens: &[String], mut at: usize, prefix: &[String], paths: &mut Vec<ModulePath>) -> usize {
    let mut path = prefix.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "::" => at += 1,
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}" && token != ";") {
                    at = use_tree(tokens, at, &path, paths);
                    at += usize::from(tokens.get(at).is_some_and(|token| token == ","));
                }
                return at + 1;
            }
            "," | "}" | ";" => break,
            // The alias after `as` is not part of the path.
            "as" => at += 2,
            name => {
                path.push(name.to_owned());
                at += 1;
            }
        }
    }
    paths.push(path);
    at
}

/// The path below the crate. Paths into other crates look like those of a module's own children; no module has such a
/// name.
fn resolved(module: &ModulePath, path: &[String]) -> Option<ModulePath> {
    let (first, rest) = path.split_first()?;
    let mut base = module.clone();
    let rest = match first.as_str() {
        "crate" => {
            base.clear();
            rest
        }
        "self" => rest,
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            base.truncate(base.len().checked_sub(ups)?);
            &path[ups..]
        }
        _ => path,
    };
    base.extend(rest.iter().cloned());
    Some(base)
}

/// The module that a path leads into: the longest part of it that is one.
fn longest_known(mut path: ModulePath, codes: &BTreeMap<ModulePath, String>) -> Option<ModulePath> {
    while !path.is_empty() && !codes.contains_key(&path) {
        path.pop();
    }
    (!path.is_empty()).then_some(path)
}

fn module(path: &str) -> ModulePath {
    path.split("::").map(str::to_owned).collect()
}

#[test]
fn imports_are_read_with_braces_aliases_and_paths_inside_code() {
    let files = [
        ("a", "use crate::b::{self, c::{D, E as F}}; use std::fmt;"),
        ("b", "fn f() { super::d::g(\"use crate::a::x;\", '\"', r#\"crate::a::\"#) }"),
        ("b::c", "use super::h; fn f<'a>() -> crate::d::T<'a> { self::x() }"),
        ("d", ""),
    ];
    let codes = files.map(|(path, code)| (module(path), code.to_owned()));
    let Imports(uses) = Imports::read(&codes.into());
    let used = |path: &str| uses[&module(path)].iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(used("a"), ["b", "b::c"]);
    assert_eq!(used("b"), ["d"]);
    assert_eq!(used("b::c"), ["b", "d"]);
}

#[test]
fn a_circle_is_found_and_its_absence_too() {
    let arrows = |pairs: &[(&str, &str)]| {
        let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in pairs {
            arrows.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        arrows
    };
    assert_eq!(circle(&arrows(&[("a", "b"), ("a", "c"), ("b", "c")])), None);
    let found = circle(&arrows(&[("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")]));
    assert_eq!(found, Some(["b", "c", "d"].map(str::to_owned).to_vec()));
}
