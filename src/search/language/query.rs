//! A parsed query: its text and its tree of terms and conditions.

use std::ops::Range;

use crate::domain::record_id::RecordId;

use super::condition::{Condition, StateCondition, Test};
use super::field::QueryField;
use super::id_pattern::IdPattern;
use super::letter_pattern::Pattern;
use super::problem::{QueryProblem, QueryProblemKind};
use super::query_context::QueryContext;
use super::term::{Term, TermForm};

/// A parsed query. Parsing never fails: parts that cannot be parsed have no effect and are listed among the problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(crate) text: String,
    /// The clauses, all of which must hold.
    pub(crate) clauses: Vec<Clause>,
    /// The words as one text, if all terms are plain words: possibly an id typed with spaces, or a name.
    pub(crate) plain: Option<PlainText>,
    /// The ids, where the text is a list of at least two whole ids and nothing else.
    pub(crate) pasted: Vec<RecordId>,
    /// `true` if the text contains a personal identity number, which must neither be found nor confirmed.
    pub(crate) is_personal: bool,
    /// The context in which the query was parsed.
    pub(crate) context: QueryContext,
    parts: Vec<QueryPart>,
    problems: Vec<QueryProblem>,
}

/// The text of a query with the parts that are recognised without its tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct QueryText {
    pub(crate) text: String,
    /// The ids, where the text is a list of at least two whole ids and nothing else.
    pub(crate) pasted: Vec<RecordId>,
    pub(crate) parts: Vec<QueryPart>,
    pub(crate) problems: Vec<QueryProblem>,
}

/// A part of a query's text that the prompt highlights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPart {
    /// Span in bytes of the query's text, on character boundaries.
    pub span: Range<usize>,
    /// The kind of part.
    pub kind: QueryPartKind,
}

/// A kind of [`QueryPart`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryPartKind {
    /// A condition on a field.
    Condition,
    /// A phrase in quotes.
    Phrase,
    /// `|`, `!`, brackets, and the words for them.
    Operator,
}

/// A top-level part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) node: Node,
    /// Span in bytes of the query's text.
    pub(crate) span: Range<usize>,
}

/// A node of the query tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Term(Term),
    Condition(Condition),
    Not(Box<Node>),
    /// At least one must hold.
    Any(Vec<Node>),
    /// All must hold; written in brackets.
    All(Vec<Node>),
}

/// The plain words of a query as one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlainText {
    pub(crate) pattern: Pattern,
    pub(crate) id: Option<IdPattern>,
    pub(crate) typed: String,
}

impl Query {
    /// The context in which the query was parsed.
    #[must_use]
    pub const fn context(&self) -> &QueryContext {
        &self.context
    }

    pub(crate) fn new(text: QueryText, context: QueryContext, clauses: Vec<Clause>) -> Self {
        let plain = PlainText::from_clauses(&clauses);
        let QueryText { text, pasted, parts, problems } = text;
        let is_personal = crate::domain::privacy::mask_personal_numbers(&text).is_some();
        Self { text, clauses, plain, pasted, is_personal, context, parts, problems }
    }

    /// The text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns `true` if the query has no clauses, so that all records match.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Returns `true` if the result depends on marks.
    #[must_use]
    pub fn asks_for_marks(&self) -> bool {
        self.clauses.iter().any(|clause| clause.node.asks_for_marks())
    }

    /// Returns `true` if the result depends on the review, or would if one were open.
    #[must_use]
    pub fn asks_for_review(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind == QueryProblemKind::NoReview)
            || self.clauses.iter().any(|clause| clause.node.asks_for_review())
    }

    /// The parts to highlight, in the order of the text.
    #[must_use]
    pub fn parts(&self) -> &[QueryPart] {
        &self.parts
    }

    /// The problems in the order of the text.
    #[must_use]
    pub fn problems(&self) -> &[QueryProblem] {
        &self.problems
    }

    /// The values of text conditions with their fields, except for excluded ones.
    pub(crate) fn wanted_texts(&self) -> Vec<(QueryField, &str)> {
        let mut texts = Vec::new();
        for clause in &self.clauses {
            clause.node.wanted_texts(&mut texts);
        }
        texts
    }

    /// All terms except for excluded ones.
    pub(crate) fn wanted_terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        for clause in &self.clauses {
            clause.node.wanted(&mut terms);
        }
        terms
    }
}

impl Node {
    /// Returns `true` if the node contains a word or phrase.
    pub(crate) fn has_term(&self) -> bool {
        match self {
            Self::Term(_) => true,
            Self::Condition(_) => false,
            Self::Not(node) => node.has_term(),
            Self::Any(nodes) | Self::All(nodes) => nodes.iter().any(Self::has_term),
        }
    }

    fn asks_for_marks(&self) -> bool {
        match self {
            Self::Condition(Condition { test: Test::Is(states), .. }) => {
                states.contains(&StateCondition::Marked)
            }
            Self::Condition(_) | Self::Term(_) => false,
            Self::Not(node) => node.asks_for_marks(),
            Self::Any(nodes) | Self::All(nodes) => nodes.iter().any(Self::asks_for_marks),
        }
    }

    fn asks_for_review(&self) -> bool {
        match self {
            Self::Condition(condition) => condition.test.asks_for_review(),
            Self::Term(_) => false,
            Self::Not(node) => node.asks_for_review(),
            Self::Any(nodes) | Self::All(nodes) => nodes.iter().any(Self::asks_for_review),
        }
    }

    fn wanted_texts<'a>(&'a self, texts: &mut Vec<(QueryField, &'a str)>) {
        match self {
            Self::Condition(Condition { test: Test::Texts { field, .. }, values, .. }) => {
                texts.extend(values.iter().map(|value| (*field, value.as_str())));
            }
            Self::Condition(_) | Self::Term(_) | Self::Not(_) => {}
            Self::Any(nodes) | Self::All(nodes) => nodes.iter().for_each(|node| node.wanted_texts(texts)),
        }
    }

    fn wanted<'a>(&'a self, terms: &mut Vec<&'a Term>) {
        match self {
            Self::Term(term) => terms.push(term),
            Self::Not(_) | Self::Condition(_) => {}
            Self::Any(nodes) | Self::All(nodes) => nodes.iter().for_each(|node| node.wanted(terms)),
        }
    }
}

impl PlainText {
    fn from_clauses(clauses: &[Clause]) -> Option<Self> {
        let mut words = Vec::with_capacity(clauses.len());
        // Conditions only filter; the words alone are searched for.
        for clause in clauses.iter().filter(|clause| clause.node.has_term()) {
            match &clause.node {
                Node::Term(term) if term.form == TermForm::Plain => words.push(term.typed.as_str()),
                _ => return None,
            }
        }
        // An id begins with a number: otherwise `- 0` would find records that `-` did not.
        let begins_as_id = words.first().is_some_and(|word| IdPattern::new(word).is_some());
        let typed = words.join(" ");
        let id = IdPattern::new(&typed).filter(|_| begins_as_id);
        (!typed.is_empty()).then(|| Self { pattern: Pattern::new(&typed), id, typed })
    }
}
