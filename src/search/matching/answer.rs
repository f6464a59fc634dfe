//! The result of a search.

use std::sync::{Arc, Weak};

use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::record_id::RecordId;
use crate::i18n::Words;

use super::added_words::{Added, AddedWord};
use super::likeness::LikeRecord;
use super::rank::{Hit, Tier};
use super::truth::UndecidedReason;
use crate::search::index::Index;
use crate::search::language::query::Query;
use crate::search::language::sort_order::{SortKey, SortOrder};

/// Maximum number of added words that are named.
const MOST_ADDED: usize = 6;

/// The answer to one query.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The query.
    pub query: Query,
    /// Records that match, in `order`. In order of relevance: by tier, then rank within the tier, then id.
    pub hits: Vec<Hit>,
    /// Similar records, best first; they are neither hits nor counted nor marked.
    pub similar: Vec<Hit>,
    /// `true` if `similar` and `nothing` are final; `hits` always are.
    pub complete: bool,
    /// Counts of a pasted list of ids; `None` for other queries.
    pub ids: Option<PastedIds>,
    /// Results of fewer terms, if no record matches all of several.
    pub nothing: Option<NothingFound>,
    /// Number of records that a condition could not decide, by reason; they are not among the hits.
    pub undecided: Vec<(UndecidedReason, usize)>,
    /// Order of the hits. A search orders by relevance, [`crate::search::results::sorting`] by other keys.
    pub order: SortOrder,
    /// Number of hits that come last because they could not be compared.
    pub last: Vec<SortedLast>,
    /// The records that are like the one asked for, best first, with the shared words.
    pub likeness: Vec<LikeRecord>,
    /// The words that were searched in addition to the typed ones, most frequent first.
    pub added: Vec<AddedWord>,
    /// The searched catalogue: an answer says nothing about another one.
    pub(crate) catalogue: Weak<Catalogue>,
}

/// Records that come last by a key, in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortedLast {
    /// The key.
    pub key: SortKey,
    /// Why.
    pub why: UndecidedReason,
    /// Their number among the hits.
    pub count: usize,
}

/// Counts of a pasted list of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedIds {
    /// Number of distinct ids in the list.
    pub asked: usize,
    /// Number of ids that exist.
    pub found: usize,
    /// The others, normalised, in the order in which they were asked for.
    pub missing: Vec<RecordId>,
}

/// Results of fewer terms, if all together match nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NothingFound {
    /// Shorter queries with their number of records: first those that lack one term and match something, largest first;
    /// then each term alone in the order of the query, including those that match nothing.
    pub fewer: Vec<(String, usize)>,
    /// Number of records that match all words without the conditions, if the conditions exclude all of them.
    pub without_filters: Option<usize>,
}

impl Answer {
    /// Undecided records by reason, as a sentence: `41 i EUR jämförs inte · 14 saknar uppgift`.
    #[must_use]
    pub fn undecided_in_words(&self, words: &Words) -> Option<String> {
        let said = self.undecided.iter().rev().map(|(reason, count)| reason_in_words(*reason, *count, words));
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    /// The added words with their counts, the most frequent ones: `även: unga 31 · andra former 12`.
    #[must_use]
    pub fn added_in_words(&self, words: &Words) -> Option<String> {
        let said = self.added.iter().take(MOST_ADDED).map(|added| match &added.word {
            Added::Forms => format!("{} {}", words.other_forms, added.count),
            Added::Word(word) => format!("{word} {}", added.count),
        });
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| format!("{}: {}", words.also_searched, said.join(" · ")))
    }

    /// Hits that come last by each key, with the reason, as a sentence: `deltagare: 14 saknar uppgift, sist`.
    #[must_use]
    pub fn sorted_last_in_words(&self, words: &Words) -> Option<String> {
        let said = self.last.chunk_by(|one, next| one.key == next.key).filter_map(|same| {
            let why = same.iter().map(|last| reason_in_words(last.why, last.count, words));
            let name = same.first()?.key.name(words.lang);
            Some(format!("{name}: {}, {}", why.collect::<Vec<_>>().join(", "), words.sorted_last))
        });
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    /// Returns `true` if both answers are about the same query and records, in any order.
    #[must_use]
    pub fn answers(&self, index: &Index, query: &Query) -> bool {
        self.complete
            && self.query == *query
            && Weak::ptr_eq(&self.catalogue, &Arc::downgrade(index.catalogue()))
    }

    /// All but the hits, which another order is going to bring.
    pub(crate) fn without_hits(&self) -> Self {
        Self {
            query: self.query.clone(),
            hits: Vec::new(),
            similar: self.similar.clone(),
            complete: self.complete,
            ids: self.ids.clone(),
            nothing: self.nothing.clone(),
            undecided: self.undecided.clone(),
            order: SortOrder::default(),
            last: Vec::new(),
            added: self.added.clone(),
            likeness: self.likeness.clone(),
            catalogue: self.catalogue.clone(),
        }
    }

    /// The record whose whole id the query is, where exactly one is: Enter in the prompt opens it.
    #[must_use]
    pub fn whole_id(&self) -> Option<Row> {
        match self.hits.as_slice() {
            [first, rest @ ..] if first.tier == Tier::WholeId => {
                rest.first().is_none_or(|second| second.tier != Tier::WholeId).then_some(first.row)
            }
            _ => None,
        }
    }
}

fn reason_in_words(reason: UndecidedReason, count: usize, words: &Words) -> String {
    match reason {
        UndecidedReason::Missing => format!("{count} {}", words.unknown_value),
        UndecidedReason::Currency(Some(currency)) => {
            format!("{count} {} {} {}", words.in_currency, currency.code(), words.not_compared)
        }
        UndecidedReason::Currency(None) => {
            format!("{count} {} {}", words.without_currency, words.not_compared)
        }
    }
}
