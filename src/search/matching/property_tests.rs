//! Properties of any query over any records.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;

use super::answer::Answer;
use crate::domain::catalogue::Row;
use crate::search::fixtures::{ask, catalogue, collection};
use crate::search::index::Index;
use crate::search::language::problem::QueryProblemKind;
use crate::search::language::query::Query;
use crate::search::results::highlight::{HighlightTarget, Highlighter};
use crate::search::{search, search_on};

static COLLECTION: LazyLock<Index> = LazyLock::new(collection);
/// The same with every value kept once, and with each kept by its record.
static ALL_SHARED: LazyLock<Index> = LazyLock::new(|| Index::keeping(COLLECTION.catalogue().clone(), 0));
static NONE_SHARED: LazyLock<Index> =
    LazyLock::new(|| Index::keeping(COLLECTION.catalogue().clone(), u32::MAX));

/// Queries as typed: words and ids of the collection, their parts, and all operators.
pub(crate) fn typed() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "24-003",
        "23",
        "079",
        "s13",
        "2.0",
        "piteå",
        "pitea",
        "nycklar",
        "nyckalr",
        "trygghet",
        "ung",
        "unga",
        "ungera",
        "ungdomar",
        "projektet",
        "norrland",
        "liknar:24-003-S05",
        "län:norrbotten",
        "ö",
        "a",
        "s",
        "140",
        "2018/76",
        "23-079-S13",
        "212000-2759",
        "~1a2b3c4d",
        "2021SE05SFPR001_23-079-S13",
        "811218-9876",
        " ",
        " ",
        " ",
        "|",
        "!",
        "\"",
        "'",
        "^",
        "$",
        "*",
        "(",
        ")",
        "OR",
        "INTE",
        ",",
        "-",
        "/",
        "_",
        "#2",
        "o\u{308}",
        "region:norr",
        "ägare=\"piteå kommun\"",
        "start:2024..",
        "budget:1mkr",
        "deltagare>=100",
        "is:pågående",
        "har:ort",
        "typ:140,175",
        "region!=",
        "namn:",
        "text:ung",
        "foo:bar",
    ]);
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn rows(answer: &Answer) -> Vec<Row> {
    answer.hits.iter().map(|hit| hit.row).collect()
}

fn is_sound(ranges: &[std::ops::Range<usize>], text: &str) -> bool {
    let inside = ranges.iter().all(|range| !range.is_empty() && text.get(range.clone()).is_some());
    inside && ranges.is_sorted_by(|one, next| one.end < next.start)
}

proptest! {
    #[test]
    fn reading_never_panics_and_marks_whole_characters(text in "[^\\x00]{0,40}", typed in typed()) {
        for text in [text, typed] {
            let query = Query::parse(&text);
            prop_assert_eq!(query.text(), &text);
            for problem in query.problems() {
                prop_assert!(text.get(problem.span.clone()).is_some());
            }
            prop_assert!(query.clauses.iter().all(|clause| text.get(clause.span.clone()).is_some()));
            prop_assert!(query.parts().iter().all(|part| text.get(part.span.clone()).is_some()));
        }
    }

    #[test]
    fn a_printed_query_is_the_same_query(text in "[^\\x00]{0,20}", typed in typed()) {
        for text in [text, typed] {
            let query = Query::parse(&text);
            let printed = query.to_string();
            let again = Query::parse(&printed);
            let nodes = |query: &Query| query.clauses.iter().map(|clause| clause.node.clone()).collect::<Vec<_>>();
            prop_assert_eq!(nodes(&query), nodes(&again), "{}", printed);
            prop_assert_eq!(again.to_string(), printed);
        }
    }

    #[test]
    fn where_values_are_kept_changes_no_answer(typed in typed()) {
        let (shared, own) = (ask(&ALL_SHARED, &typed), ask(&NONE_SHARED, &typed));
        prop_assert_eq!(shared.hits, own.hits);
        prop_assert_eq!(shared.similar, own.similar);
    }

    #[test]
    fn any_query_over_any_record_is_answered(query in "\\PC{0,12}", name in "\\PC{0,20}", body in "(\\PC|\n){0,60}") {
        let index = Index::build(catalogue(&format!("23-001-S01 - {name}\n\nNamn:\n{name}\nÄgare:\n{name}\n\n{body}\n")));
        for typed in [&query, &name] {
            let answer = ask(&index, typed);
            prop_assert!(answer.complete);
            let highlighter = Highlighter::new(&Query::parse(typed));
            for place in [HighlightTarget::Id, HighlightTarget::Name, HighlightTarget::ShortField, HighlightTarget::Description] {
                prop_assert!(is_sound(&highlighter.ranges(&body, place), &body));
                prop_assert!(is_sound(&highlighter.ranges_of_similar(&name, place), &name));
            }
        }
    }

    #[test]
    fn matches_in_names_are_highlighted(name in "[a-zåäö ]{1,20}", from in 0..10_usize, count in 1..6_usize) {
        let word: String = name.chars().skip(from).take_while(|c| *c != ' ').take(count).collect();
        if word.is_empty() {
            return Ok(());
        }
        let ranges = Highlighter::new(&Query::parse(&format!("'{word}"))).ranges(&name, HighlightTarget::Name);
        prop_assert!(!ranges.is_empty());
        prop_assert!(is_sound(&ranges, &name));
    }

    #[test]
    fn a_further_plain_word_never_finds_more(typed in typed(), word in "[a-zåäö0-9]{1,6}|region:norr|budget:..2mkr|!is:pågående|start<2025") {
        let query = Query::parse(&typed);
        // An unfinished condition is changed by the text after it.
        prop_assume!(query.problems().iter().all(|problem| problem.kind == QueryProblemKind::EmptyTerm));
        let last = typed.trim_end().chars().next_back();
        prop_assume!(!matches!(last, Some('|' | '!' | '\'' | '^' | '(')) && query.pasted.is_empty() && !query.is_personal);
        prop_assume!(!["OR", "NOT", "INTE", "ELLER"].iter().any(|end| typed.trim_end().ends_with(end)));
        let before = rows(&ask(&COLLECTION, &typed));
        let after = rows(&ask(&COLLECTION, &format!("{typed} {word}")));
        prop_assert!(query.is_empty() || after.iter().all(|row| before.contains(row)), "{before:?} {after:?}");
    }

    #[test]
    fn narrowing_equals_a_new_search(typed in typed(), more in typed()) {
        let mut previous: Option<Answer> = None;
        let whole = format!("{typed}{more}");
        for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let query = Query::parse(whole.get(..end).expect("a boundary"));
            let narrowed = search(&COLLECTION, &query, previous.as_ref(), &|| false, &mut |_| {}).expect("whole");
            let afresh = search_on(1, &COLLECTION, &query, None, &|| false, &mut |_| {}).expect("whole");
            prop_assert_eq!(&narrowed.hits, &afresh.hits, "{}", query);
            prop_assert_eq!(&narrowed.similar, &afresh.similar, "{}", query);
            previous = Some(narrowed);
        }
    }
}
