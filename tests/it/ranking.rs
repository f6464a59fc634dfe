//! Typed queries find the intended record in the first place or among the first five.

use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;
use diarium::search::language::query::Query;
use diarium::search::search;
use rstest::rstest;

use crate::corpus;

#[path = "../ranking/mod.rs"]
mod queries;

use queries::{Asked, COLLECTION};

/// Minimum mean reciprocal rank: the measured value, rounded down.
const LEAST: f64 = 0.97;

#[rstest]
#[case::built_in(Input::BuiltIn, queries::of_built_in(), 150)]
#[case::collection(
    Input::Bytes { name: "collection".to_owned(), bytes: corpus::generate(COLLECTION.count, COLLECTION.seed).into_bytes().into() },
    queries::of_collection(),
    150
)]
fn the_intended_record_comes_first(#[case] input: Input, #[case] asked: Vec<Asked>, #[case] least: usize) {
    assert!(asked.len() >= least, "{} queries", asked.len());
    let plan = LoadPlan {
        inputs: vec![input],
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    let index = Index::build(load(&plan, Arc::new(Codes::built_in())).catalogue);
    let places: Vec<Option<usize>> = asked.iter().map(|asked| place(&index, asked)).collect();
    let misses = queries::misses(&asked, &places);
    let mean = queries::mean_reciprocal_rank(&places);
    assert!(misses.is_empty(), "of {} queries, mean reciprocal rank {mean:.3}:\n{misses}", asked.len());
    assert!(mean >= LEAST, "mean reciprocal rank {mean:.3}");
}

/// The place among the rows that the list shows: similar ones below the others.
fn place(index: &Index, asked: &Asked) -> Option<usize> {
    let answer = search(index, &Query::parse(&asked.query), None, &|| false, &mut |_| {})?;
    let rows = answer.hits.iter().chain(&answer.similar);
    let records = rows.filter_map(|hit| index.catalogue().record(hit.row));
    queries::place_of(asked, records.map(|record| (record.id(), record.name())))
}
