//! Latency of search: one keystroke in collections of 5,000 and 100,000 records, and the time that building the index
//! adds to a load.
//!
//! Each query is typed key by key, as in the prompt; a sample is one pass over all its keys, and `items/s` are keys.
//! The last letter alone, without a previous answer, is the most expensive key.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "../corpus/mod.rs"]
mod corpus;

use std::sync::Arc;

use diarium::domain::catalogue::batch_builder::BatchBuilder;
use diarium::domain::catalogue::{Catalogue, Privacy};
use diarium::domain::codes::Codes;
use diarium::loading::formats::text_record;
use diarium::search::index::Index;
use diarium::search::language::query::Query;
use diarium::search::matching::answer::Answer;
use diarium::search::search;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

const SIZES: &[usize] = &[5_000, 100_000];

/// An id, a name, an owner in capitals, words of descriptions, two words, a typing error, and a word that occurs
/// nowhere.
const QUERIES: &[&str] =
    &["23-079-S13", "trygghet", "piteå kommun", "vägledning", "unga skolavhopp", "nyckalr", "xylofon"];

fn main() {
    divan::main();
}

fn catalogue(count: usize) -> Arc<Catalogue> {
    let text = corpus::generate(count, 42);
    let mut collector = BatchBuilder::new(Arc::new(Codes::built_in()), Privacy::Protected);
    let (source, _) = collector.add_source("corpus", &text);
    for record in &text_record::read(&text).0 {
        collector.add_record(source, record);
    }
    Arc::new(collector.finish().0)
}

fn ask(index: &Index, query: &str, previous: Option<&Answer>) -> Option<Answer> {
    search(index, &Query::parse(query), previous, &|| false, &mut |answer| {
        black_box(answer);
    })
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn build_index(bencher: Bencher<'_, '_>, count: usize) {
    let catalogue = catalogue(count);
    bencher.counter(ItemsCount::new(count)).bench(|| Index::build(Arc::clone(&catalogue)));
}

#[divan::bench(args = QUERIES, consts = [5_000, 100_000], sample_count = 20)]
fn typed<const COUNT: usize>(bencher: Bencher<'_, '_>, query: &str) {
    let index = Index::build(catalogue(COUNT));
    bencher.counter(ItemsCount::new(query.chars().count())).bench(|| {
        let mut previous = None;
        let mut prefix = String::new();
        for key in query.chars() {
            prefix.push(key);
            previous = ask(&index, &prefix, previous.as_ref());
        }
        previous
    });
}

#[divan::bench(args = QUERIES, consts = [5_000, 100_000], sample_count = 20)]
fn afresh<const COUNT: usize>(bencher: Bencher<'_, '_>, query: &str) {
    let index = Index::build(catalogue(COUNT));
    bencher.bench(|| ask(&index, query, None));
}

/// The matcher that the product is specified with, alone, over id, name, owner and town of all records.
#[divan::bench(args = ["trygghet", "piteå kommun", "xylofon"], consts = [5_000, 100_000], sample_count = 10)]
fn fuzzy_matcher_alone<const COUNT: usize>(bencher: Bencher<'_, '_>, query: &str) {
    let catalogue = catalogue(COUNT);
    let line = |record: diarium::domain::catalogue::record::Record<'_>| {
        let fields: Vec<&str> = record.fields().map(|field| field.value).collect();
        format!("{} {} {}", record.id(), record.name(), fields.join(" "))
    };
    let lines: Vec<String> = catalogue.records().map(line).collect();
    let matcher = SkimMatcherV2::default().ignore_case();
    bencher.bench(|| lines.iter().filter_map(|line| matcher.fuzzy_match(line, query)).count());
}

/// The dearest single keys, for the budget of 8 ms at 5,000 records: every prefix of every query, afresh.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn dearest_key(bencher: Bencher<'_, '_>, count: usize) {
    let index = Index::build(catalogue(count));
    bencher.bench(|| {
        let mut dearest = (std::time::Duration::ZERO, String::new());
        for query in QUERIES {
            let mut prefix = String::new();
            for key in query.chars() {
                prefix.push(key);
                let started = std::time::Instant::now();
                black_box(ask(&index, &prefix, None));
                dearest = dearest.max((started.elapsed(), prefix.clone()));
            }
        }
        println!("{count}: {:?} for {:?}", dearest.0, dearest.1);
    });
}
