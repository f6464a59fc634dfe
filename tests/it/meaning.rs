//! Queries by meaning: word forms, synonyms, places, similar projects, over built-in and published records.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;
use diarium::search::language::query::Query;
use diarium::search::search;

/// One line of the table.
struct Expectation<'a> {
    collection: &'a str,
    query: &'a str,
    first: Option<&'a str>,
    found: Vec<&'a str>,
    left_out: Vec<&'a str>,
}

fn expectations() -> Vec<Expectation<'static>> {
    let table = include_str!("../fixtures/meaning/queries.tsv");
    let several = |cell: &'static str| cell.split(" | ").filter(|one| *one != "-").collect();
    let read = |line: &'static str| {
        let [collection, query, first, found, left_out] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("a line of five columns: {line:?}");
        };
        let first = (first != "-").then_some(first);
        Expectation { collection, query, first, found: several(found), left_out: several(left_out) }
    };
    table.lines().filter(|line| !line.starts_with('#')).map(read).collect()
}

/// Published and delivered records; `None` if they are not available.
fn published() -> Option<Vec<Input>> {
    let shared = |path: &str| -> Option<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let mut paths = root.skip(1).map(|above| above.join("shared").join(path));
        paths.find(|path| path.exists())
    };
    let paths = [shared("real/swedish/projects.jsonl")?, shared("records")?];
    Some(paths.map(Input::Path).to_vec())
}

fn index(inputs: Vec<Input>) -> Index {
    let plan = LoadPlan { inputs, privacy: Privacy::Protected, ..LoadPlan::default() };
    Index::build(load(&plan, Arc::new(Codes::built_in())).catalogue)
}

/// The ids and names of the hits, best first.
fn hits(index: &Index, query: &str) -> Vec<(String, String)> {
    let answer = search(index, &Query::parse(query), None, &|| false, &mut |_| {}).expect("not stopped");
    let records = answer.hits.iter().filter_map(|hit| index.catalogue().record(hit.row));
    records.map(|record| (record.id().to_owned(), record.name().to_owned())).collect()
}

fn misses(collection: &str, index: &Index) -> String {
    let mut misses = String::new();
    for expected in expectations().iter().filter(|expected| expected.collection == collection) {
        let hits = hits(index, expected.query);
        let has = |wanted: &str| hits.iter().any(|(id, name)| id == wanted || name == wanted);
        let is_first = |wanted: &str| hits.first().is_some_and(|(id, name)| id == wanted || name == wanted);
        let query = expected.query;
        if let Some(first) = expected.first.filter(|first| !is_first(first)) {
            let _ = writeln!(misses, "{query}: first is {:?}, not {first}", hits.first());
        }
        for wanted in expected.found.iter().filter(|wanted| !has(wanted)) {
            let _ = writeln!(misses, "{query}: {wanted} is not among the {} hits", hits.len());
        }
        for unwanted in expected.left_out.iter().filter(|unwanted| has(unwanted)) {
            let _ = writeln!(misses, "{query}: {unwanted} is among the {} hits", hits.len());
        }
    }
    misses
}

#[test]
fn queries_find_the_intended_built_in_records() {
    let misses = misses("built-in", &index(vec![Input::BuiltIn]));
    assert!(misses.is_empty(), "\n{misses}");
}

#[test]
fn queries_find_the_intended_published_records() {
    let Some(inputs) = published() else {
        eprintln!("skipped: published records are not at hand");
        return;
    };
    let misses = misses("real", &index(inputs));
    assert!(misses.is_empty(), "\n{misses}");
}

#[test]
fn a_remembered_name_comes_first_among_thousands() {
    let Some(mut inputs) = published() else {
        eprintln!("skipped: published records are not at hand");
        return;
    };
    let bytes = crate::corpus::generate(5_000, 42).into_bytes().into();
    inputs.push(Input::Bytes { name: "collection".to_owned(), bytes });
    let index = index(inputs);
    // The collection has projects of the same name, which only the id tells apart.
    for query in ["nycklar 2", "NYCKLAR 2", "pitea nycklar", "piteå nycklar", "nycklar pite"] {
        let found = hits(&index, query);
        assert_eq!(found.first().map(|(_, name)| name.as_str()), Some("Nycklar 2.0"), "{query}");
    }
    for query in ["24-003 nycklar", "24-003-S05", "24003s05"] {
        let found = hits(&index, query);
        assert_eq!(
            found.first().map(|(id, _)| id.as_str()),
            Some("24-003-S05"),
            "{query}: {:?}",
            found.get(..3)
        );
    }
}
