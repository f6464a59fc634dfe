//! Ranking quality, compared with three matchers on the same lines: all short fields of a record, id and name first.
//! `cargo bench --bench ranking`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::cast_precision_loss, reason = "figures are printed with few digits")]

#[path = "../corpus/mod.rs"]
mod corpus;
#[path = "../ranking/mod.rs"]
mod queries;

use std::cmp::Reverse;
use std::sync::Arc;

use diarium::domain::catalogue::record::Record;
use diarium::domain::catalogue::{Catalogue, Privacy};
use diarium::domain::codes::Codes;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;
use diarium::search::language::query::Query;
use diarium::search::search;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};
use queries::{Asked, COLLECTION};

/// Longer texts, in bytes, are none of the few words.
const SHORT: usize = 256;

/// A matcher: the places of the lines that it finds for a query, best first.
type Find = fn(&str, &[String]) -> Vec<usize>;

fn main() {
    let bytes = corpus::generate(COLLECTION.count, COLLECTION.seed).into_bytes().into();
    compare("built-in records", Input::BuiltIn, &queries::of_built_in());
    compare(
        "synthetic collection",
        Input::Bytes { name: "collection".to_owned(), bytes },
        &queries::of_collection(),
    );
}

fn compare(name: &str, input: Input, asked: &[Asked]) {
    let plan = LoadPlan {
        inputs: vec![input],
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    let index = Index::build(load(&plan, Arc::new(Codes::built_in())).catalogue);
    let catalogue = index.catalogue();
    println!("{name}: {} records, {} queries", catalogue.len(), asked.len());
    let own = |asked: &Asked| {
        let answer = search(&index, &Query::parse(&asked.query), None, &|| false, &mut |_| {})?;
        let rows = answer.hits.iter().chain(&answer.similar);
        place(asked, rows.filter_map(|hit| catalogue.record(hit.row)))
    };
    report("diarium", asked, &asked.iter().map(own).collect::<Vec<_>>());
    let records: Vec<Record<'_>> = catalogue.records().collect();
    let lines = lines(catalogue);
    let matchers: [(&str, Find); 3] =
        [("fuzzy-matcher", by_fuzzy_matcher), ("nucleo-matcher", by_nucleo), ("frizbee", by_frizbee)];
    for (name, find) in matchers {
        let of = |asked: &Asked| {
            let found = find(&asked.query, &lines);
            place(asked, found.into_iter().filter_map(|at| records.get(at).copied()))
        };
        report(name, asked, &asked.iter().map(of).collect::<Vec<_>>());
    }
}

fn place<'a>(asked: &Asked, found: impl Iterator<Item = Record<'a>>) -> Option<usize> {
    queries::place_of(asked, found.map(|record| (record.id(), record.name())))
}

fn report(name: &str, asked: &[Asked], places: &[Option<usize>]) {
    let within = |last: usize| {
        let count = places.iter().flatten().filter(|place| **place <= last).count();
        100.0 * count as f64 / places.len() as f64
    };
    println!(
        "  {name:16} mean reciprocal rank {:.3}, first {:5.1} %, among five {:5.1} %, {} not where they must",
        queries::mean_reciprocal_rank(places),
        within(1),
        within(5),
        queries::misses(asked, places).lines().count()
    );
}

fn lines(catalogue: &Catalogue) -> Vec<String> {
    let line = |record: Record<'_>| {
        let fields = record.fields().map(|field| field.value).filter(|value| value.len() <= SHORT);
        // Id and name are repeated among the fields, which helps a matcher that needs letters in order.
        [record.id(), record.name()].into_iter().chain(fields).collect::<Vec<_>>().join(" ")
    };
    catalogue.records().map(line).collect()
}

/// It has no words of its own: all of a query's must be found, and their scores are added.
fn by_fuzzy_matcher(query: &str, lines: &[String]) -> Vec<usize> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let score =
        |line: &String| -> Option<i64> { query.split(' ').map(|word| matcher.fuzzy_match(line, word)).sum() };
    in_order(lines.iter().map(score))
}

fn by_nucleo(query: &str, lines: &[String]) -> Vec<usize> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut letters = Vec::new();
    let score = |line: &String| {
        let line = nucleo_matcher::Utf32Str::new(line, &mut letters);
        pattern.score(line, &mut matcher).map(i64::from)
    };
    in_order(lines.iter().map(score))
}

/// With as many slips as its documentation proposes.
fn by_frizbee(query: &str, lines: &[String]) -> Vec<usize> {
    let patterns = frizbee::Pattern::parse_query(query).into_iter().map(|pattern| {
        let slips = u16::try_from(pattern.needle.len() / 4).unwrap_or(u16::MAX);
        pattern.max_typos(Some(slips))
    });
    let config = frizbee::Config { casing: frizbee::CaseMatching::Ignore, ..frizbee::Config::default() };
    let mut matcher = frizbee::Matcher::from_patterns(&patterns.collect::<Vec<_>>(), &config);
    let found = matcher.match_list(lines);
    found.into_iter().map(|found| found.index as usize).collect()
}

/// The positions of items with a score, best first.
fn in_order(scores: impl Iterator<Item = Option<i64>>) -> Vec<usize> {
    let scored = scores.enumerate().filter_map(|(at, score)| Some((Reverse(score?), at)));
    let mut scored: Vec<(Reverse<i64>, usize)> = scored.collect();
    scored.sort_unstable();
    scored.into_iter().map(|(_, at)| at).collect()
}
