//! Invariants of any text in the prompt, shared by the fuzz target and by property tests. Panics if one is violated.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use diarium::domain::catalogue::{Privacy, Row};
use diarium::domain::codes::Codes;
use diarium::domain::schema::FieldKind;
use diarium::i18n::{Lang, Words};
use diarium::loading::{Input, LoadPlan, load};
use diarium::search::index::Index;
use diarium::search::language::field::QueryField;
use diarium::search::language::filter_edit::{
    Filtered, filtered, toggled, without_filters, without_last_filter,
};
use diarium::search::language::filter_field::FilterField;
use diarium::search::language::query::Query;
use diarium::search::language::query_context::{QueryContext, Rates};
use diarium::search::language::sort_order::{SortBy, SortDirection, SortKey, SortOrder};
use diarium::search::matching::answer::Answer;
use diarium::search::results::completion::{CompletionKind, Completions, complete, completing};
use diarium::search::results::facets::{FACETS, count};
use diarium::search::results::highlight::{HighlightTarget, Highlighter};
use diarium::search::results::sorting::sorted;
use diarium::search::search_on;

/// A few made-up records, each with something that a query can ask about.
const RECORDS: &str = "\
23-079-S13 - Lugn start Östra Mellansverige

Diarienummer:
23-079-S13
Namn:
Lugn start Östra Mellansverige
Startdatum:
2024-09-01
Slutdatum:
2027-08-31
Projektägare:
Lugna Vägen Ekonomisk förening
Region:
Östra Mellansverige
Programområde:
A
Antal deltagare:
140

Insatsen ger unga trygghet i skolan.

24-003-S05 - Nycklar 2.0

Diarienummer:
24-003-S05
Namn:
Nycklar 2.0
Projektägare:
PITEÅ KOMMUN
Region:
Övre Norrland
NUTS-2 kod:
SE33
Total projektbudget:
EUR 100 000

Vägen tillbaka till studier.

24-004-S05 - Nycklar till arbete

Diarienummer:
24-004-S05
Namn:
Nycklar till arbete
Startdatum:
2025-01-01
Projektägare:
Luleå kommun
NUTS-2 kod:
SE33
Interventionstyp:
117.0 | 140
Total projektbudget:
1 140 000 kr

Ett samarbete med Piteå.
";

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let input = Input::Bytes { name: "records".to_owned(), bytes: RECORDS.as_bytes().into() };
    let plan = LoadPlan {
        inputs: vec![input],
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    Index::build(load(&plan, Arc::new(Codes::built_in())).catalogue)
});

/// Parses a text with the cursor at every position, searches for it, and panics if an invariant is violated.
pub fn check_query(text: &str) {
    let basis = QueryContext {
        today: "2026-11-21".parse().expect("a day"),
        rates: Rates::read("EUR=11.20").expect("a rate"),
        ..QueryContext::default()
    };
    let query = Query::parse_in(text, &basis);
    assert_eq!(query.text(), text);
    spans_stand_on_characters(&query);
    let answer = ask(&query, 1);
    threads_and_orders_change_nothing(&query, &answer);
    printing_changes_nothing(&query, &answer, &basis);
    conditions_add_nothing(&query, &answer, &basis);
    edits_have_their_effect(&query, &basis);
    cursors_stand_anywhere(&query, &basis);
}

fn ask(query: &Query, threads: usize) -> Answer {
    search_on(threads, &INDEX, query, None, &|| false, &mut |_| {}).expect("nobody stops it")
}

fn rows(answer: &Answer) -> HashSet<Row> {
    answer.hits.iter().map(|hit| hit.row).collect()
}

fn spans_stand_on_characters(query: &Query) {
    let text = query.text();
    let is_in = |span: &Range<usize>| text.get(span.clone()).is_some();
    assert!(query.parts().iter().all(|part| is_in(&part.span)));
    for problem in query.problems() {
        assert!(is_in(&problem.span), "{problem:?}");
        for lang in [Lang::Swedish, Lang::English] {
            assert!(!problem.kind.sentence(&Words::of(lang)).is_empty());
        }
    }
    let highlighter = Highlighter::new(query);
    for place in [
        HighlightTarget::Id,
        HighlightTarget::Name,
        HighlightTarget::ShortField,
        HighlightTarget::Description,
    ] {
        for words in ["24-003-S05", "Nycklar till arbete i Östra Mellansverige", "PITEÅ\u{301} KOMMUN", text]
        {
            for ranges in [highlighter.ranges(words, place), highlighter.ranges_of_similar(words, place)] {
                assert!(
                    ranges
                        .iter()
                        .all(|range| words.get(range.clone()).is_some_and(|found| !found.is_empty()))
                );
            }
        }
    }
}

fn threads_and_orders_change_nothing(query: &Query, answer: &Answer) {
    for threads in [2, 3, 8] {
        let other = ask(query, threads);
        assert_eq!((&other.hits, &other.similar), (&answer.hits, &answer.similar));
    }
    for key in SortKey::ALL {
        for direction in [SortDirection::Ascending, SortDirection::Descending] {
            let sorted = sorted(&INDEX, answer, &SortOrder::new([SortBy { key: *key, direction }]));
            assert_eq!(rows(&sorted), rows(answer));
            assert_eq!(sorted.hits.len(), answer.hits.len());
            assert_eq!(sorted.whole_id(), answer.whole_id());
        }
    }
}

fn printing_changes_nothing(query: &Query, answer: &Answer, basis: &QueryContext) {
    let printed = query.to_string();
    let again = Query::parse_in(&printed, basis);
    assert_eq!(again.to_string(), printed, "printed once more");
    // Parts with a problem are left out, which can widen the meaning of the rest.
    if query.problems().is_empty() {
        assert!(again.problems().is_empty(), "{printed:?} has problems");
        assert_eq!(rows(&ask(&again, 1)), rows(answer), "{printed:?} finds others");
    }
}

fn conditions_add_nothing(query: &Query, answer: &Answer, basis: &QueryContext) {
    let last = query.text().split_whitespace().next_back().unwrap_or_default();
    let is_operator = ["OR", "ELLER", "NOT", "INTE"].contains(&last.trim_matches('('));
    // A list of ids is no longer one if a condition follows.
    if query.is_empty() || !query.problems().is_empty() || is_operator || answer.ids.is_some() {
        return;
    }
    for condition in
        ["start:2024..", "!region:norr", "ägare=\"piteå kommun\"", "budget<2mkr", "är:pågående", "har:ort"]
    {
        let narrower = Query::parse_in(&format!("{} {condition}", query.text()), basis);
        let found = rows(&ask(&narrower, 1));
        assert!(found.is_subset(&rows(answer)), "{condition} adds rows");
    }
}

fn edits_have_their_effect(query: &Query, basis: &QueryContext) {
    let region = FilterField::Field(QueryField::Known(FieldKind::Region));
    let values = ["Övre Norrland".to_owned()];
    for how in [Filtered::Included, Filtered::Excluded] {
        let edited = toggled(query, region, &values, how, Lang::Swedish);
        if query.problems().is_empty() && filtered(query, region, &values[0]) != Some(how) {
            let edited = Query::parse_in(&edited, basis);
            assert_eq!(filtered(&edited, region, &values[0]), Some(how), "{:?}", edited.text());
        }
    }
    let without = Query::parse_in(&without_filters(query), basis);
    assert!(!query.problems().is_empty() || without_last_filter(&without).is_none(), "{:?}", without.text());
    // No review is open here.
    let facets = FACETS.iter().filter(|field| !field.is_of_review()).count();
    assert_eq!(count(&INDEX, query, None, FACETS, &|| false).map(|counts| counts.len()), Some(facets));
}

fn cursors_stand_anywhere(query: &Query, basis: &QueryContext) {
    let text = query.text();
    for cursor in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        match completing(text, cursor, Lang::Swedish) {
            CompletionKind::Not => {}
            CompletionKind::Words(completions) => completions_fit(text, &completions, basis),
            // Values are counted, which takes its time: only where people complete them.
            CompletionKind::Values if cursor < text.len() => {}
            CompletionKind::Values => completions_fit(text, &complete(&INDEX, query, cursor), basis),
        }
    }
}

fn completions_fit(text: &str, completions: &Completions, basis: &QueryContext) {
    assert!(text.get(completions.span.clone()).is_some(), "{completions:?}");
    for candidate in completions.candidates.iter().take(3) {
        let mut whole = text.to_owned();
        whole.replace_range(completions.span.clone(), &candidate.text);
        spans_stand_on_characters(&Query::parse_in(&whole, basis));
    }
}
