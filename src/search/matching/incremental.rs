//! Reuses the previous answer if it contains everything that the next query can match.

use std::sync::{Arc, Weak};

use super::answer::Answer;
use crate::domain::codes::geography::Geography;
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::expansion::{Expansion, place_of};
use crate::search::language::letter_pattern::Pattern;
use crate::search::language::query::{Clause, Node, Query};
use crate::search::language::term::{DescriptionRule, Term, TermForm};
use crate::search::language::word_forms::{WordForms, forms_of};

/// One record alone costs more than one of all that are scanned together: so much more.
const COST_OF_ONE: usize = 4;

/// Returns `true` if reading the records of the previous answer one by one is cheaper than a scan.
pub(crate) fn is_worth_it(index: &Index, previous: &Answer) -> bool {
    previous.hits.len() * COST_OF_ONE < index.len()
}

/// The candidates for a query, in order; `None` if the previous answer may lack some. Records with a typed whole id are
/// added, because one more letter can complete an id.
pub(crate) fn candidates(
    index: &Index,
    previous: &Answer,
    query: &Query,
    whole_ids: impl Iterator<Item = Slot>,
) -> Option<Vec<Slot>> {
    let same = Weak::ptr_eq(&previous.catalogue, &Arc::downgrade(index.catalogue()));
    if !same || !narrows(&previous.query, query, index.catalogue().codes().geography()) {
        return None;
    }
    let mut wanted = vec![0_u64; index.len().div_ceil(64)];
    for slot in previous.hits.iter().filter_map(|hit| index.slot(hit.row)).chain(whole_ids) {
        if let Some(bits) = wanted.get_mut(slot / 64) {
            *bits |= 1 << (slot % 64);
        }
    }
    let mut candidates = Vec::with_capacity(previous.hits.len() + 2);
    for (word, mut bits) in wanted.into_iter().enumerate() {
        while bits != 0 {
            candidates.push(word * 64 + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
    Some(candidates)
}

/// Returns `true` if every match of `query` is a match of `previous`: plain words have become longer, or clauses were
/// added.
fn narrows(previous: &Query, query: &Query, geography: &Geography) -> bool {
    let plain = previous.context == query.context
        && !previous.is_personal
        && previous.pasted.is_empty()
        && !previous.is_empty();
    plain
        && query.clauses.len() >= previous.clauses.len()
        && previous
            .clauses
            .iter()
            .zip(&query.clauses)
            .all(|(old, new)| clause_narrows(old, new, &query.context.expansion, geography))
        && whole_text_narrows(previous, query)
}

fn clause_narrows(old: &Clause, new: &Clause, expansion: &Expansion, geography: &Geography) -> bool {
    match (&old.node, &new.node) {
        (Node::Term(old), Node::Term(new)) => old == new || term_narrows(old, new, expansion, geography),
        (old, new) => old == new,
    }
}

fn term_narrows(old: &Term, new: &Term, expansion: &Expansion, geography: &Geography) -> bool {
    let is_plain = old.form == TermForm::Plain && new.form == TermForm::Plain;
    // Words of five letters and more also match inside other words.
    let same_rule = old.in_descriptions() == new.in_descriptions()
        || old.in_descriptions() == Some(DescriptionRule::Anywhere);
    let id_narrows = match (&old.id, &new.id) {
        (_, None) => true,
        (Some(old), Some(new)) => new.grows_from(old),
        (None, Some(_)) => false,
    };
    let grows = is_plain && same_rule && id_narrows && new.pattern.grows_from(&old.pattern);
    let place = place_of(new, expansion, geography);
    let same_place = place.is_none() || place == place_of(old, expansion, geography);
    grows && same_place && forms_narrow(old, new, expansion)
}

/// Returns `true` if a record with a form of the new word has the old word or one of its forms: each form begins with
/// the old word's letters, or is searched for either word.
fn forms_narrow(old: &Term, new: &Term, expansion: &Expansion) -> bool {
    let known = forms_of(old, expansion, true);
    let is_known = |form: &WordForms| known.contains(form);
    // A form that ends compounds is found inside words, which the old word must be as well.
    let is_inside = old.in_descriptions() == Some(DescriptionRule::Anywhere);
    let begins = |form: &WordForms| {
        Pattern::new(&form.lead).grows_from(&old.pattern) && (is_inside || !form.may_end_compounds())
    };
    forms_of(new, expansion, true).iter().all(|form| begins(form) || is_known(form))
}

/// The same for the query read as one id.
fn whole_text_narrows(old: &Query, new: &Query) -> bool {
    let id = |query: &Query| query.plain.as_ref().and_then(|plain| plain.id.clone());
    match (id(old), id(new)) {
        (_, None) => true,
        (Some(old), Some(new)) => new.grows_from(&old),
        (None, Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    // Typing on within a long word, whose stem has the letters that are there.
    #[case("kompet", "kompete", true)]
    #[case("trygg", "trygg pite", true)]
    #[case("piteå nyc", "piteå nyck", true)]
    // The stem of the longer word is shorter than the word before, so it finds more.
    #[case("projekte", "projektet", false)]
    // The longer word has synonyms.
    #[case("ungdo", "ungdom", false)]
    #[case("norrlan", "norrland", false)]
    // Words shrink.
    #[case("trygghet", "tryggh", false)]
    // The fifth letter is found inside words.
    #[case("tryg", "trygg", false)]
    fn a_longer_word_is_looked_for_among_the_hits(
        #[case] old: &str,
        #[case] new: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(narrows(&Query::parse(old), &Query::parse(new), &Geography::built_in()), expected);
    }
}
