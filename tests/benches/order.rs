//! Cost of sort orders: computing the rank of each record by a key, which is done once and in the background; each sort
//! after that; and the memory of the ranks.
//!
//! `cargo bench --bench order`; `DIARIUM_BENCH_ROWS` sets the number of records (a million).

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "../corpus/collection/mod.rs"]
mod collection;

use std::sync::Arc;
use std::time::{Duration, Instant};

use collection::{Collection, FORMS};
use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;
use diarium::search::language::query::Query;
use diarium::search::language::query_context::Rates;
use diarium::search::language::sort_order::{SortBy, SortOrder};
use diarium::search::matching::answer::Answer;
use diarium::search::results::sorting::{prepare, sorted};
use diarium::search::search;

const ROUNDS: usize = 5;

/// Orders by a text that nearly each record has its own of, by texts that many share, by numbers, by several.
const ORDERS: &[&str] = &["name", "owner", "town", "end", "budget", "id", "owner,end:desc", "town,name"];

fn main() {
    let count =
        std::env::var("DIARIUM_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let mut bytes = Vec::new();
    let (_, form) = FORMS.iter().find(|(name, _)| *name == "kohesio").expect("a form");
    Collection { seed: 1, count }.write(*form, &mut bytes).expect("written");
    let inputs = vec![Input::Bytes { name: "corpus".to_owned(), bytes: bytes.into() }];
    let plan = LoadPlan {
        inputs,
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    let catalogue = load(&plan, Arc::new(Codes::built_in())).catalogue;
    println!("{count} records, median of {ROUNDS} (least to most)\n");
    println!("{:<16}{:>30}{:>30}{:>16}", "order", "places, once", "a sort of all", "resident, MB");
    for text in ORDERS {
        measure(text, &catalogue);
    }
}

fn measure(text: &str, catalogue: &Arc<diarium::domain::catalogue::Catalogue>) {
    let order = SortOrder::new(text.split(',').map(|key| SortBy::read(key).expect("a key")));
    let (mut places, mut sorts, mut grown) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let index = Index::build(Arc::clone(catalogue));
        let all = all(&index);
        let before = resident();
        let began = Instant::now();
        prepare(&index, &order, Rates::default());
        places.push(began.elapsed());
        grown = resident().saturating_sub(before);
        let began = Instant::now();
        assert_eq!(sorted(&index, &all, &order).hits.len(), catalogue.len());
        sorts.push(began.elapsed());
    }
    println!("{text:<16}{:>30}{:>30}{grown:>16}", spread(&mut places), spread(&mut sorts));
}

fn all(index: &Index) -> Answer {
    search(index, &Query::parse(""), None, &|| false, &mut |_| {}).expect("nobody stops it")
}

/// The memory that is in use, in megabytes, where the system tells; 0 elsewhere.
fn resident() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let resident = pages.and_then(|text| text.split(' ').nth(1)?.parse::<usize>().ok());
    resident.unwrap_or(0) * 4_096 / 1_000_000
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
    let (least, mid, most) = (times[0], times[times.len() / 2], times[times.len() - 1]);
    format!("{:.0} ms ({:.0} to {:.0})", millis(mid), millis(least), millis(most))
}
