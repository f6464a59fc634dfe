//! Whether an answer holds everything that the next query can find, so that the rest need not be read again.

use std::sync::{Arc, Weak};

use super::answer::Answer;
use super::index::{Index, Slot};
use super::query::{Clause, DescriptionRule, Node, Query, Term, TermForm};

/// The records that can answer a query, where the previous answer holds them all. Records that are found by
/// their whole id are not among them: a last letter can make an id of what was none.
pub(super) fn candidates(index: &Index, previous: &Answer, query: &Query) -> Option<Vec<Slot>> {
    let same = Weak::ptr_eq(&previous.catalogue, &Arc::downgrade(index.catalogue()));
    (same && narrows(&previous.query, query))
        .then(|| previous.hits.iter().filter_map(|hit| index.slot(hit.row)).collect())
}

/// Whether a query finds nothing that the previous one did not: plain words grew at their ends, or clauses were
/// added.
fn narrows(previous: &Query, query: &Query) -> bool {
    let plain = previous.basis == query.basis
        && !previous.is_personal
        && previous.pasted.is_empty()
        && !previous.is_empty();
    plain
        && query.clauses.len() >= previous.clauses.len()
        && previous.clauses.iter().zip(&query.clauses).all(|(old, new)| clause_narrows(old, new))
        && whole_text_narrows(previous, query)
}

fn clause_narrows(old: &Clause, new: &Clause) -> bool {
    match (&old.node, &new.node) {
        (Node::Term(old), Node::Term(new)) => old == new || term_narrows(old, new),
        (old, new) => old == new,
    }
}

fn term_narrows(old: &Term, new: &Term) -> bool {
    let is_plain = old.form == TermForm::Plain && new.form == TermForm::Plain;
    // With the fifth letter a word is found inside others, where it was not before.
    let same_rule = old.in_descriptions() == new.in_descriptions()
        || old.in_descriptions() == Some(DescriptionRule::Anywhere);
    let id_narrows = match (&old.id, &new.id) {
        (_, None) => true,
        (Some(old), Some(new)) => new.grows_from(old),
        (None, Some(_)) => false,
    };
    is_plain && same_rule && id_narrows && new.pattern.grows_from(&old.pattern)
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
