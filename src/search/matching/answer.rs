//! What a search gives back.

use std::sync::{Arc, Weak};

use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::record_id::RecordId;
use crate::i18n::Words;

use super::rank::{Hit, Tier};
use super::truth::UndecidedReason;
use crate::search::index::Index;
use crate::search::language::query::Query;
use crate::search::language::sort_order::{SortKey, SortOrder};

/// The answer to one query.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was asked.
    pub query: Query,
    /// What was found, in `order`; by relevance that is best first: tiers, their sub-orders, then ids.
    pub hits: Vec<Hit>,
    /// What is similar, best first; never among the hits, never counted or marked.
    pub similar: Vec<Hit>,
    /// Whether `similar` and `nothing` are settled; `hits` always are.
    pub complete: bool,
    /// How many of the ids were found, where the query is a list of ids.
    pub ids: Option<PastedIds>,
    /// What fewer terms would have found, where nothing has all of several.
    pub nothing: Option<NothingFound>,
    /// How many records could not be judged, and why: they are not among the hits.
    pub undecided: Vec<(UndecidedReason, usize)>,
    /// In which order the hits stand. A search gives relevance, [`crate::search::results::sorting`] any other.
    pub order: SortOrder,
    /// How many hits stand last in it because they could not be compared.
    pub last: Vec<SortedLast>,
    /// What was searched: an answer says nothing about another catalogue.
    pub(crate) catalogue: Weak<Catalogue>,
}

/// Records that stand last by a key, either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortedLast {
    /// The key.
    pub key: SortKey,
    /// Why.
    pub why: UndecidedReason,
    /// How many there are among the hits.
    pub count: usize,
}

/// What became of a pasted list of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedIds {
    /// How many different ids were asked for.
    pub asked: usize,
    /// How many of them there are.
    pub found: usize,
    /// The others, normalised, in the order in which they were asked for.
    pub missing: Vec<RecordId>,
}

/// What fewer terms find, where all together find nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NothingFound {
    /// A shorter query and how many records it finds: first those that lack one term and find something, most
    /// first, then each term alone in the query's order, also where it finds nothing.
    pub fewer: Vec<(String, usize)>,
    /// How many records have all the words, where it is the conditions that leave them out.
    pub without_filters: Option<usize>,
}

impl Answer {
    /// How many records could not be judged, and why, in words: `41 i EUR jämförs inte · 14 saknar uppgift`.
    #[must_use]
    pub fn undecided_in_words(&self, words: &Words) -> Option<String> {
        let said = self.undecided.iter().rev().map(|(reason, count)| reason_in_words(*reason, *count, words));
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    /// How many hits stand last by each key, and why, in words: `deltagare: 14 saknar uppgift, sist`.
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

    /// Whether this answers the same query over the same records, in any order.
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
        UndecidedReason::Currency(currency) => {
            format!("{count} {} {} {}", words.in_currency, currency.code(), words.not_compared)
        }
    }
}
