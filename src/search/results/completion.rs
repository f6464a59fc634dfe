//! Completions of the word at the cursor: field names, and values with their number of records.

use std::ops::Range;

use super::facets;
use crate::i18n::{Bilingual, Lang};
use crate::search::index::Index;
use crate::search::language::condition::{ConditionHead, StateCondition, ValueList, quoted};
use crate::search::language::field::{QueryField, plain};
use crate::search::language::filter_field::{FilterField, is_shared};
use crate::search::language::lexer::Lexer;
use crate::search::language::query::Query;
use crate::search::language::quote::is_quote;
use crate::text::fold::fold;

/// Maximum number of values.
const MOST: usize = 50;

/// Completions of a part of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// Which part, in bytes of the query's text.
    pub span: Range<usize>,
    /// The completions, best first.
    pub candidates: Vec<Candidate>,
}

/// One completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The text that takes its place.
    pub text: String,
    /// Number of records with the value; `None` for a field name.
    pub count: Option<usize>,
}

/// The word that is being completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CompletionPart<'a> {
    /// The beginning of a field's name.
    Name(&'a str),
    /// The beginning of a value.
    Value {
        name: &'a str,
        value: &'a str,
        /// The start of the condition in bytes.
        word: usize,
    },
}

/// The kind of completion at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// Not at all.
    Not,
    /// By words of the query language.
    Words(Completions),
    /// By values of the records: [`complete`] tells which.
    Values,
}

/// The completions of the word that ends at the cursor, which is given in bytes.
#[must_use]
pub fn completing(text: &str, cursor: usize, lang: Lang) -> CompletionKind {
    let Some((span, part)) = text.get(..cursor).and_then(part) else { return CompletionKind::Not };
    let candidates = match part {
        CompletionPart::Name(typed) => names(typed, lang),
        CompletionPart::Value { name, value, .. } => match words(name, value, lang) {
            Some(words) => words,
            None if field_of(name).is_some() => return CompletionKind::Values,
            None => Vec::new(),
        },
    };
    if candidates.is_empty() {
        CompletionKind::Not
    } else {
        CompletionKind::Words(Completions { span, candidates })
    }
}

/// The values of the records that the word that ends at the cursor (in bytes) may become, counted under the rest of
/// the query.
#[must_use]
pub fn complete(index: &Index, query: &Query, cursor: usize) -> Completions {
    let found = query.text().get(..cursor).and_then(part);
    let Some((span, CompletionPart::Value { name, value, word })) = found else {
        return Completions { span: cursor..cursor, candidates: Vec::new() };
    };
    // Counted under the rest of the query.
    let mut rest = query.text().to_owned();
    rest.replace_range(word..span.end, " ");
    let rest = Query::parse_in(&rest, query.context());
    let candidates = field_of(name).map(|field| values(index, &rest, field, value));
    Completions { span, candidates: candidates.unwrap_or_default() }
}

/// The part of the last word that can be completed, and its span in bytes.
fn part(before: &str) -> Option<(Range<usize>, CompletionPart<'_>)> {
    let span = Lexer::last_word(before)?;
    let word = before.get(span.clone())?;
    let Some(head) = ConditionHead::read(word) else {
        let is_name = word.chars().count() >= 2 && word.chars().all(|c| c.is_alphabetic() || c == '_');
        return is_name.then_some((span, CompletionPart::Name(word)));
    };
    let start = head.len + ValueList::read(word.get(head.len..)?, false, false).last_start;
    let value = CompletionPart::Value { name: head.name, value: word.get(start..)?, word: span.start };
    Some((span.start + start..span.end, value))
}

fn names(typed: &str, lang: Lang) -> Vec<Candidate> {
    let typed = plain(typed);
    let subjects = QueryField::all()
        .map(QueryField::names)
        .chain([Bilingual::new("är", "is"), Bilingual::new("har", "has")]);
    let mut found: Vec<Candidate> = Vec::new();
    for names in subjects {
        // Names in the other language are accepted and completed too.
        let begun = [names.text(lang), names.text(lang.other())]
            .into_iter()
            .find(|name| plain(name).starts_with(&typed));
        if let Some(name) = begun {
            found.push(Candidate { text: format!("{name}:"), count: None });
        }
    }
    found
}

/// The states, or the fields, that a value may become; `None` where another thing is asked for.
fn words(name: &str, typed: &str, lang: Lang) -> Option<Vec<Candidate>> {
    let names: Vec<Bilingual> = match plain(name).as_str() {
        "has" | "har" => QueryField::all().map(QueryField::names).collect(),
        "is" | "ar" => StateCondition::all().map(StateCondition::names).collect(),
        _ => return None,
    };
    let own = names.into_iter().map(|names| names.text(lang));
    let begun = own.filter(|name| begins(name, typed));
    Some(begun.map(|name| Candidate { text: name.to_owned(), count: None }).collect())
}

/// Returns `true` if a value, or a word in it, begins with the typed text.
fn begins(text: &str, typed: &str) -> bool {
    let typed = fold(typed.trim_matches(is_quote));
    let text = fold(text);
    text.starts_with(&typed) || text.split(' ').any(|word| word.starts_with(&typed))
}

/// The field of a name, if its values can be offered.
fn field_of(name: &str) -> Option<FilterField> {
    QueryField::from_name(name).ok().filter(|field| is_shared(*field)).map(FilterField::Field)
}

/// The values of a field that begin as typed, most frequent first.
fn values(index: &Index, query: &Query, field: FilterField, typed: &str) -> Vec<Candidate> {
    let counted = facets::count(index, query, None, &[field], &|| false).unwrap_or_default();
    let values = counted.into_iter().flat_map(|counts| counts.values);
    let fitting = values.filter(|value| begins(&value.value.text, typed));
    fitting
        .take(MOST)
        .map(|value| Candidate { text: quoted(&value.value.text), count: Some(value.count) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn offered(text: &str) -> Vec<String> {
        match completing(text, text.len(), Lang::Swedish) {
            CompletionKind::Words(completions) => {
                completions.candidates.into_iter().map(|candidate| candidate.text).collect()
            }
            CompletionKind::Not | CompletionKind::Values => Vec::new(),
        }
    }

    #[rstest]
    #[case("reg", &["region:"])]
    #[case("trygg slu", &["slut:"])]
    #[case("!äg", &["ägare:", "ägarland:"])]
    // English input is completed in English.
    #[case("owner", &["owner:", "ownercountry:"])]
    #[case("is:p", &["pågående"])]
    #[case("är:pågående,av", &["avslutad"])]
    #[case("har:delt", &["deltagare"])]
    #[case("trygg", &[])]
    #[case("\"reg", &[])]
    #[case("start:20", &[])]
    // Operators of two characters, and brackets.
    #[case("is!=p", &["pågående"])]
    #[case("(slu", &["slut:"])]
    #[case("har!=ort,delt", &["deltagare"])]
    #[case("är:=p", &["pågående"])]
    fn words_of_the_language(#[case] text: &str, #[case] candidates: &[&str]) {
        assert_eq!(offered(text), candidates);
    }

    #[rstest]
    #[case("region:no", CompletionKind::Values)]
    #[case("ägare=\"piteå k", CompletionKind::Values)]
    #[case("region!=sto", CompletionKind::Values)]
    #[case("(region:a | region!=sto", CompletionKind::Values)]
    #[case("region:=sto", CompletionKind::Values)]
    #[case("namn:x", CompletionKind::Not)]
    fn values_are_those_of_the_records(#[case] text: &str, #[case] how: CompletionKind) {
        assert_eq!(completing(text, text.len(), Lang::Swedish), how);
    }
}
