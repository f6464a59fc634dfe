//! A query made ready for one index: every term with what it is searched by.

use memchr::memmem::Finder;

use super::descriptions::Scanner;
use super::id_pattern::IdPattern;
use super::index::{Index, Slot};
use super::letters::{Pattern, letter_mask};
use super::parse::whole_id;
use super::query::{Node, Query, Term, TermForm};
use super::rank::Rank;
use super::short_ranks::ranks_of_values;

/// A query made ready.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) clauses: Vec<Step>,
    pub(super) terms: Vec<PlannedTerm>,
    pub(super) whole: Option<WholeText>,
}

/// A node of the query with its terms as numbers.
#[derive(Debug)]
pub(super) enum Step {
    Term(usize),
    Not(Box<Step>),
    Any(Vec<Step>),
    All(Vec<Step>),
}

/// A term made ready.
#[derive(Debug)]
pub(super) struct PlannedTerm {
    pub(super) term: Term,
    /// The record whose whole id it is.
    pub(super) whole_id: Option<Slot>,
    /// Whether it may be a part of an id, so that all ids are to be read.
    pub(super) searches_ids: bool,
    pub(super) finder: Finder<'static>,
    pub(super) mask: u64,
    /// Its rank in each value that many records have; `None` where no such value holds it.
    pub(super) values: Option<Vec<Option<Rank>>>,
    pub(super) scanner: Option<Scanner>,
}

/// The whole query as one text: an id typed with spaces, or a name.
#[derive(Debug)]
pub(super) struct WholeText {
    pub(super) whole_id: Option<Slot>,
    /// Only where there are several words; one is a term already.
    pub(super) id: Option<IdPattern>,
    pub(super) pattern: Pattern,
}

impl Plan {
    pub(super) fn new(index: &Index, query: &Query) -> Self {
        let mut terms = Vec::new();
        let clauses: Vec<Step> =
            query.clauses.iter().map(|clause| Step::new(index, &clause.node, &mut terms)).collect();
        let is_one_word = clauses.len() < 2;
        let whole = query.plain.as_ref().filter(|_| !is_one_word).map(|plain| WholeText {
            whole_id: slot_of_whole_id(index, &plain.typed),
            id: plain.id.clone(),
            pattern: plain.pattern.clone(),
        });
        Self { clauses, terms, whole }
    }

    /// The records that are found by their whole id, whatever else is or is not in them.
    pub(super) fn whole_ids(&self) -> impl Iterator<Item = Slot> {
        let whole = self.whole.iter().filter_map(|whole| whole.whole_id);
        self.terms.iter().filter_map(|term| term.whole_id).chain(whole)
    }
}

impl Step {
    fn new(index: &Index, node: &Node, terms: &mut Vec<PlannedTerm>) -> Self {
        match node {
            Node::Term(term) => {
                let mut planned = PlannedTerm {
                    whole_id: term.id.as_ref().and_then(|_| slot_of_whole_id(index, &term.typed)),
                    searches_ids: term.id.is_some() || is_anchored_number(term),
                    finder: Finder::new(term.pattern.folded()).into_owned(),
                    mask: letter_mask(term.pattern.folded()),
                    values: None,
                    scanner: Scanner::new(index, term),
                    term: term.clone(),
                };
                planned.values = ranks_of_values(index.values(), &planned);
                terms.push(planned);
                Self::Term(terms.len() - 1)
            }
            Node::Not(node) => Self::Not(Box::new(Self::new(index, node, terms))),
            Node::Any(nodes) => Self::Any(Self::all(index, nodes, terms)),
            Node::All(nodes) => Self::All(Self::all(index, nodes, terms)),
        }
    }

    fn all(index: &Index, nodes: &[Node], terms: &mut Vec<PlannedTerm>) -> Vec<Self> {
        nodes.iter().map(|node| Self::new(index, node, terms)).collect()
    }
}

/// `^23-07`, `s13$`.
fn is_anchored_number(term: &Term) -> bool {
    let has_digit = term.pattern.folded().bytes().any(|b| b.is_ascii_digit() || b == b'~');
    has_digit && matches!(term.form, TermForm::Anchored { .. })
}

/// The record whose whole id this is, in any spelling.
pub(super) fn slot_of_whole_id(index: &Index, typed: &str) -> Option<Slot> {
    whole_id(typed).and_then(|id| index.slot_of_id(&id))
}
