//! Properties of any text in the prompt, and of a collection that is large enough for several threads.

#[path = "../fuzz/queries.rs"]
mod invariants;

use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;
use diarium::search::language::query::Query;
use diarium::search::language::sort_order::{SortBy, SortOrder};
use diarium::search::results::sorting::sorted;
use diarium::search::search_on;
use proptest::prelude::*;
use proptest::sample::select;

use super::corpus::collection::{Collection, Form};
use invariants::check_query;

/// Words, ids, conditions, operators and halves of them.
fn pieces() -> impl Strategy<Value = String> {
    let quoted = |line: &'static str| Some(line.strip_prefix('"')?.strip_suffix('"')?.replace("\\\"", "\""));
    let words = include_str!("../fuzz/queries.dict").lines().filter_map(quoted);
    // Bytes by their numbers are for the fuzzer.
    let mut words: Vec<String> = words.filter(|word| !word.contains("\\x")).collect();
    let others = ["piteå", "ö", "ägare=\"piteå kommun\"", "slut<+3mån", "är:", "o\u{308}", " ", " "];
    words.extend(others.map(str::to_owned));
    prop::collection::vec(select(words), 0..7).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_text_is_a_query(text in "\\PC{0,24}", typed in pieces()) {
        check_query(&text);
        check_query(&typed);
    }
}

#[test]
fn threads_change_no_answer_in_any_order() {
    // Each of eight threads has two shares of 512 records to do.
    let mut bytes = Vec::new();
    Collection { seed: 3, count: 8_500 }.write(Form::Tsv, &mut bytes).expect("written");
    let inputs = vec![Input::Bytes { name: "collection".to_owned(), bytes: bytes.into() }];
    let plan = LoadPlan {
        inputs,
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    let index = Index::build(load(&plan, Arc::new(Codes::built_in())).catalogue);
    let by = |keys: &str| SortOrder::new(keys.split(',').map(|key| SortBy::read(key).expect("a key")));
    let orders =
        ["relevance", "name", "owner:desc,end", "relevance,budget:desc", "town,participants"].map(by);
    for text in ["a", "24-0", "kommun trygg", "nyckalr", "region:norr !ung", "är:pågående budget:2mkr.."] {
        let query = Query::parse(text);
        let ask = |threads| search_on(threads, &index, &query, None, &|| false, &mut |_| {}).expect("whole");
        let answers = [1, 2, 3, 8, 8].map(|threads| {
            let found = ask(threads);
            let hits = orders.each_ref().map(|order| sorted(&index, &found, order).hits);
            (hits, found.similar)
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{text}");
    }
}
