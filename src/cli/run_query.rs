//! Loads records and answers the query of a command line.

use std::sync::Arc;

use super::app::CliContext;
use super::error::CliError;
use super::review_facts::reviewed;
use crate::domain::catalogue::Catalogue;
use crate::loading::Input;
use crate::search::index::Index;
use crate::search::language::filter_field::{FilterField, GroupingError};
use crate::search::language::query::Query;
use crate::search::language::query_context::QueryContext;
use crate::search::language::sort_order::{SortBy, SortOrder};
use crate::search::matching::answer::Answer;
use crate::search::results::sorting::sorted;
use crate::search::search;

/// Loaded records and the answer of a query over them.
pub struct FindResult {
    /// Loaded records.
    pub catalogue: Arc<Catalogue>,
    /// Search index of the records.
    pub index: Index,
    /// Answer of the query.
    pub answer: Answer,
}

/// Loads records and answers the query of the arguments; `None` if interrupted.
///
/// # Errors
/// If no source is readable.
pub fn found(
    app: &mut CliContext<'_>,
    arguments: &[String],
    order: &SortOrder,
) -> Result<Option<FindResult>, CliError> {
    found_with(app, arguments, order, Needs::OnlyWhatIsAsked)
}

/// Facts that an answer needs in addition to the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Those that the query and the order refer to.
    OnlyWhatIsAsked,
    /// The facts of the review round, in any case.
    Review,
}

/// Like [`found`], with the facts that the caller needs.
///
/// # Errors
/// If no source is readable, or facts of a review are needed and there is no round.
pub fn found_with(
    app: &mut CliContext<'_>,
    arguments: &[String],
    order: &SortOrder,
    needs: Needs,
) -> Result<Option<FindResult>, CliError> {
    let text = query_text(arguments);
    let basis = app.basis();
    let asked = Query::parse_in(&text, &basis);
    let needs_review = asked.asks_for_review() || order.asks_for_review() || needs == Needs::Review;
    if !needs_review {
        check(&asked)?;
    }
    let catalogue = app.load(&[])?.catalogue;
    let query = if needs_review {
        let reviewed = reviewed(app, &catalogue)?;
        let query = Query::parse_in(&text, &QueryContext { reviewed, ..basis });
        check(&query)?;
        query
    } else {
        asked
    };
    let index = Index::as_needed(Arc::clone(&catalogue));
    let answer = search(&index, &query, None, &|| false, &mut |_| ());
    Ok(answer.map(|answer| {
        let answer = if order.is_relevance() { answer } else { sorted(&index, &answer, order) };
        FindResult { catalogue, index, answer }
    }))
}

/// Parses sort keys.
///
/// # Errors
/// If a key or direction is unknown.
pub fn order(texts: &[String]) -> Result<SortOrder, CliError> {
    let read = |text: &String| SortBy::read(text).map_err(|why| CliError::Sort(text.clone(), why));
    Ok(SortOrder::new(texts.iter().map(read).collect::<Result<Vec<_>, _>>()?))
}

/// Parses the name of a field to group by.
///
/// # Errors
/// If no field has the name, or its values are unique to each record.
pub fn group_field(name: &str) -> Result<FilterField, CliError> {
    FilterField::from_name(name).map_err(|why| match why {
        GroupingError::Unknown(meant) => CliError::UnknownFacet(name.to_owned(), meant),
        GroupingError::NotShared => CliError::NotShared(name.to_owned()),
    })
}

/// Refuses a query with a condition that has no effect: it would find other records than asked for.
fn check(query: &Query) -> Result<(), CliError> {
    let spoilt = query.problems().iter().find(|problem| problem.kind.spoils_a_condition());
    match spoilt.cloned() {
        Some(problem) => Err(CliError::Query(query.text().to_owned(), problem)),
        None => Ok(()),
    }
}

/// Reports on standard error problems of the query, missing ids, and matches of fewer words.
///
/// # Errors
/// If standard error cannot be written.
pub fn explain(app: &mut CliContext<'_>, answer: &Answer, similar: bool) -> Result<(), CliError> {
    let words = app.words;
    for problem in answer.query.problems() {
        app.output.say(format!("{}: {}", words.note, problem.kind.sentence(&words)))?;
    }
    if let Some(added) = answer.added_in_words(&words) {
        app.output.say(added)?;
    }
    if let Some(doubts) = answer.undecided_in_words(&words) {
        app.output.say(doubts)?;
    }
    if let Some(last) = answer.sorted_last_in_words(&words) {
        app.output.say(last)?;
    }
    if let Some(ids) = answer.ids.as_ref().filter(|ids| !ids.missing.is_empty()) {
        let missing = ids.missing.join(", ");
        app.output.say(format!(
            "{} {} · {}: {missing}",
            words.found,
            words.count(ids.found, ids.asked),
            words.missing_ids
        ))?;
    }
    if answer.hits.is_empty() {
        let counts = match answer.similar.len() {
            0 => words.no_hits.to_owned(),
            count => format!("{}, {count} {}", words.no_hits, words.similar),
        };
        app.output.say(counts)?;
        if let Some(count) = answer.nothing.as_ref().and_then(|nothing| nothing.without_filters) {
            app.output.say(format!("  {count:>5}  {}", words.without_filters))?;
        }
        for (query, count) in answer.nothing.iter().flat_map(|nothing| &nothing.fewer) {
            app.output.say(format!("  {count:>5}  {query}"))?;
        }
        if app.plan(&[])?.inputs.contains(&Input::BuiltIn) {
            app.output.say(words.own_data_hint)?;
        }
    } else if similar {
        app.output.say(format!("{} + {} {}", answer.hits.len(), answer.similar.len(), words.similar))?;
    }
    Ok(())
}

/// The query of the arguments. A single argument is the query; of several, one with white space is quoted.
fn query_text(arguments: &[String]) -> String {
    match arguments {
        [only] => only.clone(),
        several => {
            let quoted = several.iter().map(|argument| {
                let is_phrase = argument.contains(char::is_whitespace) && !argument.contains('"');
                if is_phrase { format!("\"{argument}\"") } else { argument.clone() }
            });
            quoted.collect::<Vec<_>>().join(" ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[], "")]
    #[case(&["piteå nycklar"], "piteå nycklar")]
    #[case(&["piteå", "nycklar"], "piteå nycklar")]
    #[case(&["piteå kommun", "!ung"], "\"piteå kommun\" !ung")]
    #[case(&["\"piteå kommun\"", "ung"], "\"piteå kommun\" ung")]
    fn arguments_become_a_query(#[case] arguments: &[&str], #[case] query: &str) {
        let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
        assert_eq!(query_text(&arguments), query);
    }
}
