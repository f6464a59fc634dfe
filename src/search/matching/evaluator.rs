//! One worker's evaluation of a query: the rank of each record, the cheap tests before the dear ones.

use std::ops::Range;

use regex_automata::meta::Cache;

use super::description_match::DescriptionScanner;
use super::field_match::{Holds, has_typed_letters, rank_by_id, rank_in_texts, rank_in_values, scan};
use super::query_plan::{PlanStep, QueryPlan};
use super::rank::{Rank, better};
use super::truth::{Truth, UndecidedReason};
use crate::search::index::Index;
use crate::search::index::slots::Slot;

/// Evaluates a plan record by record; one per worker, with its own buffers.
pub(crate) struct Evaluator<'a> {
    pub(crate) index: &'a Index,
    pub(crate) plan: &'a QueryPlan,
    caches: Vec<Option<Cache>>,
    /// Of each term, the rank by id and short texts of each record of the chunk.
    ranks: Vec<Vec<Option<Rank>>>,
    first: Slot,
    reads: Reads,
}

/// Treatment of descriptions that decide about a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// Reads them at once.
    AtOnce,
    /// Leaves them for later; `true` once that has happened.
    Later(bool),
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(index: &'a Index, plan: &'a QueryPlan) -> Self {
        let caches = plan.terms.iter().map(|term| term.scanner.as_ref().and_then(DescriptionScanner::cache));
        let ranks = vec![Vec::new(); plan.terms.len()];
        Self { index, plan, caches: caches.collect(), ranks, first: 0, reads: Reads::AtOnce }
    }

    /// An evaluator that reads no description. If one would have decided, [`Self::take_deferred`] returns `true`, and
    /// the result is meaningless.
    pub(crate) fn deferring(index: &'a Index, plan: &'a QueryPlan) -> Self {
        Self { reads: Reads::Later(false), ..Self::new(index, plan) }
    }

    /// Returns `true` if a description would have been read since the last call.
    pub(crate) fn take_deferred(&mut self) -> bool {
        let has_deferred = self.reads == Reads::Later(true);
        if has_deferred {
            self.reads = Reads::Later(false);
        }
        has_deferred
    }

    /// Looks for every term in the short texts of a chunk of records: one scan over their common buffer.
    pub(crate) fn read_chunk(&mut self, slots: &Range<Slot>) {
        self.first = slots.start;
        for (term, ranks) in self.plan.terms.iter().zip(&mut self.ranks) {
            ranks.clear();
            ranks.resize(slots.len(), None);
            scan(self.index, term, slots, ranks);
            if term.place.is_some() {
                for (slot, rank) in slots.clone().zip(ranks.iter_mut()) {
                    *rank = better(*rank, term.rank_by_place(self.index, slot));
                }
            }
            let Some(forms) = &term.forms else { continue };
            for (slot, rank) in slots.clone().zip(ranks.iter_mut()) {
                *rank = better(*rank, forms.rank_in_record(self.index, slot));
            }
        }
    }

    /// The same for one record alone.
    pub(crate) fn read_one(&mut self, slot: Slot) {
        self.first = slot;
        for (term, ranks) in self.plan.terms.iter().zip(&mut self.ranks) {
            ranks.clear();
            ranks.push(rank_by_id(self.index, term, slot));
            if self.index.mask(slot) & term.mask == term.mask {
                let texts = self.index.short();
                let by_text = rank_in_texts(texts, term, slot, texts.range(slot).start, Holds::Name);
                ranks[0] = better(ranks[0], better(by_text, rank_in_values(self.index, term, slot)));
            }
            let by_form = term.forms.as_ref().and_then(|forms| forms.rank_in_record(self.index, slot));
            ranks[0] = better(ranks[0], better(by_form, term.rank_by_place(self.index, slot)));
        }
    }

    /// The rank of a record in tiers 1 to 5; `None` if it does not match the query.
    pub(crate) fn rank(&mut self, slot: Slot) -> Option<Rank> {
        if self.passes(slot) {
            return self.rank_by_words(slot);
        }
        // A complete id means exactly that record, whatever the filters.
        let is_asked_for = self.plan.whole_ids().any(|asked| asked == slot);
        let rank = is_asked_for.then(|| self.rank_by_words(slot)).flatten();
        rank.filter(|rank| *rank == Rank::WHOLE_ID).map(|_| Rank::OUTSIDE_THE_FILTER)
    }

    /// Returns `true` if a record meets the conditions.
    pub(crate) fn passes(&mut self, slot: Slot) -> bool {
        let plan = self.plan;
        plan.filters.iter().all(|step| self.truth(step, slot) == Truth::Yes)
    }

    /// Why a record that has been read cannot be judged; `None` if it can.
    pub(crate) fn undecided(&mut self, slot: Slot) -> Option<UndecidedReason> {
        let plan = self.plan;
        let index = self.index;
        let mut undecided = plan.conditions.iter().filter(|condition| condition.may_be_undecided());
        if !undecided.any(|condition| matches!(condition.truth(index, slot), Truth::Unknown(_))) {
            return None;
        }
        let steps = plan.filters.iter().chain(&plan.clauses);
        match Truth::all(steps.map(|step| self.truth(step, slot))) {
            Truth::Unknown(reason) => Some(reason),
            Truth::No | Truth::Yes => None,
        }
    }

    /// Evaluates a part of the query for a record.
    fn truth(&mut self, step: &PlanStep, slot: Slot) -> Truth {
        match step {
            PlanStep::Term(_) => self.step(step, slot).is_some().into(),
            PlanStep::Condition(condition) => {
                let filter = self.plan.conditions.get(*condition);
                filter.map_or(Truth::No, |filter| filter.truth(self.index, slot))
            }
            PlanStep::Not(step) => self.truth(step, slot).not(),
            PlanStep::Any(steps) => Truth::any(steps.iter().map(|step| self.truth(step, slot))),
            PlanStep::All(steps) => Truth::all(steps.iter().map(|step| self.truth(step, slot))),
        }
    }

    fn rank_by_words(&mut self, slot: Slot) -> Option<Rank> {
        let plan = self.plan;
        let by_terms = self.all(&plan.clauses, slot);
        match &plan.whole {
            None => by_terms,
            Some(whole) => {
                if whole.whole_id == Some(slot) {
                    return Some(Rank::WHOLE_ID);
                }
                let by_id = whole.id.as_ref().and_then(|id| id.find(self.index.id(slot)));
                let by_id = by_id.map(|(part, _)| Rank::part_of_id(part));
                let best = better(by_id, by_terms);
                let may_be_name = best.is_some_and(|rank| rank > Rank::WHOLE_NAME);
                if may_be_name && self.is_name(slot, &whole.pattern) { Some(Rank::WHOLE_NAME) } else { best }
            }
        }
    }

    /// Returns `true` if a record matches one clause of the query.
    pub(crate) fn has_clause(&mut self, clause: usize, slot: Slot) -> bool {
        let plan = self.plan;
        plan.step_of(clause).is_some_and(|step| self.step(step, slot).is_some())
    }

    /// The rank of a term by id and short texts.
    pub(crate) fn short_rank(&self, term: usize, slot: Slot) -> Option<Rank> {
        *self.ranks.get(term)?.get(slot.checked_sub(self.first)?)?
    }

    /// The rank of a term, descriptions included.
    fn term(&mut self, term: usize, slot: Slot) -> Option<Rank> {
        self.short_rank(term, slot).or_else(|| self.in_description(term, slot))
    }

    /// The rank of a part of the query.
    pub(crate) fn step(&mut self, step: &PlanStep, slot: Slot) -> Option<Rank> {
        match step {
            PlanStep::Term(term) => self.term(*term, slot),
            PlanStep::Condition(_) | PlanStep::Not(_) => {
                (self.truth(step, slot) == Truth::Yes).then_some(Rank::LISTED)
            }
            PlanStep::Any(steps) => self.any(steps, slot),
            PlanStep::All(steps) => self.all(steps, slot),
        }
    }

    /// The worst of all.
    fn all(&mut self, steps: &[PlanStep], slot: Slot) -> Option<Rank> {
        let is_short = |evaluator: &Self, step: &PlanStep| match step {
            PlanStep::Term(term) => evaluator.short_rank(*term, slot).is_some(),
            _ => false,
        };
        let mut worst = Rank::LISTED;
        // Descriptions are read last, and only for records that have everything else.
        for dear in [false, true] {
            for step in steps {
                if is_short(self, step) == dear {
                    continue;
                }
                worst = worst.and(self.step(step, slot)?);
            }
        }
        Some(worst)
    }

    /// The best of all; no description is better than what another alternative found elsewhere.
    fn any(&mut self, steps: &[PlanStep], slot: Slot) -> Option<Rank> {
        let short = steps.iter().filter_map(|step| match step {
            PlanStep::Term(term) => self.short_rank(*term, slot),
            _ => None,
        });
        let mut best = short.min();
        for step in steps {
            let is_term = matches!(step, PlanStep::Term(_));
            if is_term && best.is_some() {
                continue;
            }
            best = better(best, self.step(step, slot));
        }
        best
    }

    /// Returns `true` if the description has all letters of a term.
    pub(crate) fn may_describe(&self, term: usize, slot: Slot) -> bool {
        let Some(planned) = self.plan.terms.get(term) else { return false };
        planned.scanner.is_some() && self.index.long_mask(slot) & planned.mask == planned.mask
            || planned.forms.as_ref().is_some_and(|forms| forms.may_describe(self.index, slot))
    }

    fn in_description(&mut self, term: usize, slot: Slot) -> Option<Rank> {
        let plan = self.plan;
        if !self.may_describe(term, slot) {
            return None;
        }
        if self.reads != Reads::AtOnce {
            self.reads = Reads::Later(true);
            return None;
        }
        let (planned, cache) = (plan.terms.get(term)?, self.caches.get_mut(term)?);
        let is_exact = planned.scanner.as_ref().is_some_and(|scanner| {
            self.index.long_texts(slot).any(|text| scanner.finds_in(cache.as_mut(), text))
        });
        if is_exact {
            return Some(Rank::DESCRIPTION);
        }
        planned.forms.as_ref().and_then(|forms| forms.rank_in_description(self.index, slot))
    }

    fn is_name(&self, slot: Slot, pattern: &crate::search::language::letter_pattern::Pattern) -> bool {
        self.index.folded_name(slot) == pattern.folded()
            && has_typed_letters(self.index.short(), pattern, self.index.short().range(slot).start)
    }
}
