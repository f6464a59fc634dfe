//! A query prepared for one index: every term with its search data.

use super::condition_matcher::Filter;
use super::field_match::ranks_of_values;
use super::form_match::FormMatcher;
use super::planned_term::{PlannedTerm, slot_of_whole_id};
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::expansion::place_of;
use crate::search::language::id_pattern::IdPattern;
use crate::search::language::letter_pattern::Pattern;
use crate::search::language::query::{Node, Query};

/// A query made ready.
#[derive(Debug)]
pub(crate) struct QueryPlan {
    pub(crate) clauses: Vec<PlanStep>,
    /// The clauses that are conditions alone: they let records through and say nothing of how well they answer.
    pub(crate) filters: Vec<PlanStep>,
    /// Where each clause of the query has become a step.
    places: Vec<ClausePlace>,
    pub(crate) conditions: Vec<Filter>,
    pub(crate) terms: Vec<PlannedTerm>,
    pub(crate) whole: Option<WholeText>,
}

/// Where a clause of the query has become a step.
#[derive(Clone, Copy, Debug)]
enum ClausePlace {
    Clauses(usize),
    Filters(usize),
}

/// A node of the query with its terms as numbers.
#[derive(Debug)]
pub(crate) enum PlanStep {
    Term(usize),
    Condition(usize),
    Not(Box<PlanStep>),
    Any(Vec<PlanStep>),
    All(Vec<PlanStep>),
}

/// The whole query as one text: an id typed with spaces, or a name.
#[derive(Debug)]
pub(crate) struct WholeText {
    pub(crate) whole_id: Option<Slot>,
    /// Only where there are several words; one is a term already.
    pub(crate) id: Option<IdPattern>,
    pub(crate) pattern: Pattern,
}

impl QueryPlan {
    pub(crate) fn new(index: &Index, query: &Query) -> Self {
        let mut making = Making { index, query, terms: Vec::new(), conditions: Vec::new() };
        let (mut clauses, mut filters, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for clause in &query.clauses {
            let step = making.step(&clause.node, TermUse::Required);
            if clause.node.has_term() {
                places.push(ClausePlace::Clauses(clauses.len()));
                clauses.push(step);
            } else {
                places.push(ClausePlace::Filters(filters.len()));
                filters.push(step);
            }
        }
        let Making { terms, conditions, .. } = making;
        let is_one_word = clauses.len() < 2;
        let whole = query.plain.as_ref().filter(|_| !is_one_word).map(|plain| WholeText {
            whole_id: slot_of_whole_id(index, &plain.typed),
            id: plain.id.clone(),
            pattern: plain.pattern.clone(),
        });
        Self { clauses, filters, places, conditions, terms, whole }
    }

    /// The step of a clause.
    pub(crate) fn step_of(&self, clause: usize) -> Option<&PlanStep> {
        match *self.places.get(clause)? {
            ClausePlace::Clauses(at) => self.clauses.get(at),
            ClausePlace::Filters(at) => self.filters.get(at),
        }
    }

    /// Returns `true` if a term is a clause of its own, so that every match contains it.
    pub(crate) fn requires(&self, term: usize) -> bool {
        self.clauses.iter().any(|clause| matches!(clause, PlanStep::Term(own) if *own == term))
    }

    /// Returns `true` if a condition can be undecided for some record.
    pub(crate) fn may_be_undecided(&self) -> bool {
        self.conditions.iter().any(Filter::may_be_undecided)
    }

    /// The records that are found by their whole id, whatever else is or is not in them.
    pub(crate) fn whole_ids(&self) -> impl Iterator<Item = Slot> {
        let whole = self.whole.iter().filter_map(|whole| whole.whole_id);
        self.terms.iter().filter_map(|term| term.whole_id).chain(whole)
    }
}

/// The part that a term plays in a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TermUse {
    /// Every record must have it: other forms and synonyms are searched as well.
    Required,
    /// One of several: other forms are searched as well.
    Alternative,
    /// No record may have it: only the typed letters are searched.
    Excluded,
}

impl TermUse {
    /// The part of a term inside brackets or alternatives.
    const fn within(self) -> Self {
        match self {
            Self::Required | Self::Alternative => Self::Alternative,
            Self::Excluded => Self::Excluded,
        }
    }
}

/// A plan that is being made.
struct Making<'a> {
    index: &'a Index,
    query: &'a Query,
    terms: Vec<PlannedTerm>,
    conditions: Vec<Filter>,
}

impl Making<'_> {
    fn step(&mut self, node: &Node, used: TermUse) -> PlanStep {
        match node {
            Node::Term(term) => {
                let mut planned = PlannedTerm::new(self.index, term);
                planned.values = ranks_of_values(self.index.values(), &planned);
                let expansion = &self.query.context.expansion;
                planned.place = (used == TermUse::Required)
                    .then(|| place_of(term, expansion, self.index.catalogue().codes().geography()))
                    .flatten();
                planned.forms = match used {
                    TermUse::Required => FormMatcher::new(self.index, term, expansion, true),
                    TermUse::Alternative => FormMatcher::new(self.index, term, expansion, false),
                    TermUse::Excluded => None,
                };
                self.terms.push(planned);
                PlanStep::Term(self.terms.len() - 1)
            }
            Node::Condition(condition) => {
                self.conditions.push(Filter::new(self.index, condition, &self.query.context));
                PlanStep::Condition(self.conditions.len() - 1)
            }
            Node::Not(node) => PlanStep::Not(Box::new(self.step(node, TermUse::Excluded))),
            Node::Any(nodes) => {
                PlanStep::Any(nodes.iter().map(|node| self.step(node, used.within())).collect())
            }
            Node::All(nodes) => {
                PlanStep::All(nodes.iter().map(|node| self.step(node, used.within())).collect())
            }
        }
    }
}
