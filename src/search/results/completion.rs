//! What the word under the cursor may become: names of fields, values with how many records have them.

use std::ops::Range;

use super::facets;
use super::groups::is_shared;
use crate::i18n::Lang;
use crate::search::index::Index;
use crate::search::language::condition::{StateCondition, quoted};
use crate::search::language::field::{QueryField, plain};
use crate::search::language::filter_edit::FilterField;
use crate::search::language::query::Query;
use crate::text::fold::fold;

/// So many values are offered at most.
const MOST: usize = 50;

/// What can stand in the place of a part of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// Which part, in bytes of the query's text.
    pub span: Range<usize>,
    /// What it may become, best first.
    pub candidates: Vec<Candidate>,
}

/// What a part of a query may become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The text that takes its place.
    pub text: String,
    /// How many records have the value; `None` of a field's name.
    pub count: Option<usize>,
}

/// The word that is being completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CompletionPart<'a> {
    /// The beginning of a field's name.
    Name(&'a str),
    /// The beginning of a value.
    Value { name: &'a str, value: &'a str },
}

/// How a word can be completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// Not at all.
    Not,
    /// By words of the query language.
    Words(Completions),
    /// By values of the records: [`complete`] tells which.
    Values,
}

/// How the word that ends at the cursor (in bytes) can be completed.
#[must_use]
pub fn completing(text: &str, cursor: usize, lang: Lang) -> CompletionKind {
    let Some((span, part)) = text.get(..cursor).and_then(part) else { return CompletionKind::Not };
    let candidates = match part {
        CompletionPart::Name(typed) => names(typed, lang),
        CompletionPart::Value { name, value } => match words(name, value, lang) {
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
    let Some((span, CompletionPart::Value { name, value })) = found else {
        return Completions { span: cursor..cursor, candidates: Vec::new() };
    };
    let candidates = field_of(name).map(|field| values(index, query, &span, name, field, value));
    Completions { span, candidates: candidates.unwrap_or_default() }
}

/// The part of a word that is being typed, and where it stands.
fn part(before: &str) -> Option<(Range<usize>, CompletionPart<'_>)> {
    let mut quoted = false;
    let mut start = 0;
    for (at, c) in before.char_indices() {
        quoted ^= crate::search::language::lexer::is_quote(c);
        if !quoted && (c.is_whitespace() || matches!(c, '|' | '!' | '(')) {
            start = at + c.len_utf8();
        }
    }
    let word = before.get(start..)?;
    let Some(at) = word.find([':', '=']) else {
        let is_name = word.chars().count() >= 2 && word.chars().all(|c| c.is_alphabetic() || c == '_');
        return is_name.then_some((start..before.len(), CompletionPart::Name(word)));
    };
    let (name, rest) = word.split_at_checked(at)?;
    let rest = rest.get(1..)?;
    let mut value = at + 1;
    let mut in_quotes = false;
    for (offset, c) in rest.char_indices() {
        in_quotes ^= crate::search::language::lexer::is_quote(c);
        if c == ',' && !in_quotes {
            value = at + 1 + offset + 1;
        }
    }
    Some((start + value..before.len(), CompletionPart::Value { name, value: word.get(value..)? }))
}

fn names(typed: &str, lang: Lang) -> Vec<Candidate> {
    let typed = plain(typed);
    let subjects = QueryField::all().map(QueryField::names).chain([["är", "is"], ["har", "has"]]);
    let mut found: Vec<Candidate> = Vec::new();
    for [swedish, english] in subjects {
        let own = lang.choose(swedish, english);
        // The other language's name is completed too, for whoever types it.
        let other = lang.choose(english, swedish);
        let begun = [own, other].into_iter().find(|name| plain(name).starts_with(&typed));
        if let Some(name) = begun {
            found.push(Candidate { text: format!("{name}:"), count: None });
        }
    }
    found
}

/// The states, or the fields, that a value may become; `None` where another thing is asked for.
fn words(name: &str, typed: &str, lang: Lang) -> Option<Vec<Candidate>> {
    let names: Vec<[&str; 2]> = match plain(name).as_str() {
        "has" | "har" => QueryField::all().map(QueryField::names).collect(),
        "is" | "ar" => StateCondition::all().map(StateCondition::names).collect(),
        _ => return None,
    };
    let own = names.into_iter().map(|[swedish, english]| lang.choose(swedish, english));
    let begun = own.filter(|name| begins(name, typed));
    Some(begun.map(|name| Candidate { text: name.to_owned(), count: None }).collect())
}

/// Whether a value, or a word in it, begins as it was typed.
fn begins(text: &str, typed: &str) -> bool {
    let typed = fold(typed.trim_matches(crate::search::language::lexer::is_quote));
    let text = fold(text);
    text.starts_with(&typed) || text.split(' ').any(|word| word.starts_with(&typed))
}

/// The field of a name, if its values can be offered.
fn field_of(name: &str) -> Option<FilterField> {
    QueryField::of_name(name).ok().filter(|field| is_shared(*field)).map(FilterField::Field)
}

fn values(
    index: &Index,
    query: &Query,
    span: &Range<usize>,
    name: &str,
    field: FilterField,
    typed: &str,
) -> Vec<Candidate> {
    // Counted under what stands around the word.
    let mut around = query.text().to_owned();
    let from = query.text().get(..span.start).and_then(|text| text.rfind(name)).unwrap_or(span.start);
    around.replace_range(from..span.end, " ");
    let around = Query::parse_on(&around, &query.basis);
    let counted = facets::count(index, &around, None, &[field], &|| false).unwrap_or_default();
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
    // Whoever types English is helped in English.
    #[case("owner", &["owner:", "ownercountry:"])]
    #[case("is:p", &["pågående"])]
    #[case("är:pågående,av", &["avslutad"])]
    #[case("har:delt", &["deltagare"])]
    #[case("trygg", &[])]
    #[case("\"reg", &[])]
    #[case("start:20", &[])]
    fn words_of_the_language(#[case] text: &str, #[case] candidates: &[&str]) {
        assert_eq!(offered(text), candidates);
    }

    #[rstest]
    #[case("region:no", CompletionKind::Values)]
    #[case("ägare=\"piteå k", CompletionKind::Values)]
    #[case("namn:x", CompletionKind::Not)]
    fn values_are_those_of_the_records(#[case] text: &str, #[case] how: CompletionKind) {
        assert_eq!(completing(text, text.len(), Lang::Swedish), how);
    }
}
