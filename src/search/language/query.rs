//! A query: what was typed, as a tree of terms. Knows its own text, no records.

use std::ops::Range;

use crate::domain::record_id::RecordId;
use crate::i18n::Words;

use super::condition::{Condition, StateCondition, Test};
use super::field::QueryField;
use super::id_pattern::IdPattern;
use super::letter_pattern::Pattern;
use super::parser;
use super::query_context::QueryContext;

/// What was typed in the prompt, read. Reading never fails: what cannot be read has no effect and is named
/// among the problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(crate) text: String,
    /// All of these must hold.
    pub(crate) clauses: Vec<Clause>,
    /// The whole text, where it is words alone: it may be an id typed with spaces, or a name.
    pub(crate) plain: Option<PlainText>,
    /// The ids, where the text is a list of at least two whole ids and nothing else.
    pub(crate) pasted: Vec<RecordId>,
    /// Whether it holds a whole personal identity number, which must neither be found nor confirmed.
    pub(crate) is_personal: bool,
    /// What it was read against.
    pub(crate) basis: QueryContext,
    parts: Vec<QueryPart>,
    problems: Vec<QueryProblem>,
}

/// A part of a query's text that is more than a word, for the prompt to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryPart {
    /// Where, in bytes of the query's text, on character boundaries.
    pub span: Range<usize>,
    /// What it is.
    pub kind: QueryPartKind,
}

/// What a part of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryPartKind {
    /// A condition on a field.
    Condition,
    /// A phrase in quotes.
    Phrase,
    /// `|`, `!`, brackets, and the words for them.
    Operator,
}

/// One part of a query that must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) node: Node,
    /// Where it stands in the query's text, in bytes.
    pub(crate) span: Range<usize>,
}

/// What a clause demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Term(Term),
    Condition(Condition),
    Not(Box<Node>),
    /// Any of these.
    Any(Vec<Node>),
    /// All of these, in brackets.
    All(Vec<Node>),
}

/// A word or phrase to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) pattern: Pattern,
    pub(crate) form: TermForm,
    /// How it reads as an id or a part of one.
    pub(crate) id: Option<IdPattern>,
    /// As it was typed, without its operators.
    pub(crate) typed: String,
}

/// How a term was typed, which tells where it may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TermForm {
    /// `word`
    Plain,
    /// `'word` and `"a phrase"`
    Exact,
    /// `^word`, `word$`, `^word$`: at the ends of one short field.
    Anchored { start: bool, end: bool },
    /// `word*`
    WordStart,
}

/// A query of words alone, taken as one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlainText {
    pub(crate) pattern: Pattern,
    pub(crate) id: Option<IdPattern>,
    pub(crate) typed: String,
}

/// Something in a query that has no effect as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryProblem {
    /// Where, in bytes of the query's text, on character boundaries.
    pub span: Range<usize>,
    /// What it is.
    pub kind: QueryProblemKind,
}

/// What can be the matter with a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryProblemKind {
    /// `"a phra`: read as if the quote ended with the text.
    UnclosedQuote,
    /// `(a b`: read as if the bracket ended with the text.
    UnclosedBracket,
    /// `a |` or `| a`: an alternative is missing.
    MissingAlternative,
    /// `!` with nothing after it.
    NothingToExclude,
    /// `'`, `^` or `""` without a word.
    EmptyTerm,
    /// More than [`MAX_TERMS`] words: the others are not searched.
    TooManyTerms,
    /// `regoin:norr`: no field is called so, so it is searched as text; perhaps this one was meant.
    UnknownField(Option<&'static str>),
    /// `p:a`: several fields' names begin so; searched as text.
    AmbiguousField,
    /// `region:` with nothing after it.
    MissingValue,
    /// `is:nothing`: there is no such state; perhaps this one was meant.
    UnknownStanding(Option<&'static str>),
    /// `is:gone`: what is gone is not among the records that are searched.
    Gone,
    /// `start:20`: no day, month or year.
    UnreadableDate,
    /// `budget:much`.
    UnreadableAmount,
    /// `participants:many`.
    UnreadableNumber,
    /// `region<norr`: texts are not more or less.
    NotComparable,
    /// `1meur..20mkr`.
    MixedCurrencies,
    /// `is:approved`, and no review is open.
    NoReview,
}

impl QueryProblemKind {
    /// What is the matter, in a few words.
    #[must_use]
    pub const fn sentence(self, words: &Words) -> &'static str {
        match self {
            Self::UnclosedQuote => words.unclosed_quote,
            Self::UnclosedBracket => words.unclosed_bracket,
            Self::MissingAlternative => words.missing_alternative,
            Self::NothingToExclude => words.nothing_to_exclude,
            Self::EmptyTerm => words.empty_term,
            Self::TooManyTerms => words.too_many_terms,
            Self::UnknownField(_) => words.unknown_query_field,
            Self::AmbiguousField => words.ambiguous_query_field,
            Self::MissingValue => words.missing_value,
            Self::UnknownStanding(_) => words.unknown_standing,
            Self::Gone => words.gone_is_elsewhere,
            Self::UnreadableDate => words.unreadable_date,
            Self::UnreadableAmount => words.unreadable_amount,
            Self::UnreadableNumber => words.unreadable_number,
            Self::NotComparable => words.not_comparable,
            Self::MixedCurrencies => words.mixed_currencies,
            Self::NoReview => words.no_review,
        }
    }

    /// What was perhaps meant.
    #[must_use]
    pub const fn suggestion(self) -> Option<&'static str> {
        match self {
            Self::UnknownField(meant) | Self::UnknownStanding(meant) => meant,
            _ => None,
        }
    }

    /// Whether a condition has no effect, or is taken for text: on the screen that is seen, a script would go on with
    /// other records than were meant.
    #[must_use]
    pub const fn spoils_a_condition(self) -> bool {
        !matches!(
            self,
            Self::UnclosedQuote
                | Self::UnclosedBracket
                | Self::MissingAlternative
                | Self::NothingToExclude
                | Self::EmptyTerm
                | Self::TooManyTerms
        )
    }
}

/// The most words that one query searches; a pasted list of ids may be longer.
pub const MAX_TERMS: usize = 48;

impl Query {
    /// What it was read against.
    #[must_use]
    pub const fn basis(&self) -> &QueryContext {
        &self.basis
    }

    /// Reads what was typed, where no condition hangs on the day, on rates or on marks.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::parse_on(text, &QueryContext::default())
    }

    /// Reads what was typed.
    #[must_use]
    pub fn parse_on(text: &str, basis: &QueryContext) -> Self {
        parser::parse(text, basis)
    }

    pub(crate) fn new(
        text: &str,
        basis: &QueryContext,
        clauses: Vec<Clause>,
        parts: Vec<QueryPart>,
        problems: Vec<QueryProblem>,
    ) -> Self {
        let plain = PlainText::of(&clauses);
        let is_personal = crate::domain::privacy::mask_personal_numbers(text).is_some();
        let pasted = parser::pasted_ids(text);
        Self {
            text: text.to_owned(),
            clauses,
            plain,
            pasted,
            is_personal,
            basis: basis.clone(),
            parts,
            problems,
        }
    }

    /// As it was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it asks for nothing, so that all records are listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether what it finds hangs on which records are marked.
    #[must_use]
    pub fn asks_for_marks(&self) -> bool {
        self.clauses.iter().any(|clause| clause.node.asks_for_marks())
    }

    /// Whether what it finds hangs on what reviewers have said, or would if a review were open.
    #[must_use]
    pub fn asks_for_review(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind == QueryProblemKind::NoReview)
            || self.clauses.iter().any(|clause| clause.node.asks_for_review())
    }

    /// What in it is more than words, in the order of the text.
    #[must_use]
    pub fn parts(&self) -> &[QueryPart] {
        &self.parts
    }

    /// What in it has no effect as it stands, in the order of the text.
    #[must_use]
    pub fn problems(&self) -> &[QueryProblem] {
        &self.problems
    }

    /// What conditions on texts ask for, with the field.
    pub(crate) fn wanted_texts(&self) -> Vec<(QueryField, &str)> {
        let mut texts = Vec::new();
        for clause in &self.clauses {
            clause.node.wanted_texts(&mut texts);
        }
        texts
    }

    /// All terms that something may be found by, so not the excluded ones.
    pub(crate) fn wanted_terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        for clause in &self.clauses {
            clause.node.wanted(&mut terms);
        }
        terms
    }
}

impl Node {
    /// Whether a word or phrase is in it, beside conditions.
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
            Self::Condition(Condition { test: Test::Is(standings), .. }) => {
                standings.contains(&StateCondition::Marked)
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

impl Term {
    pub(crate) fn new(typed: &str, form: TermForm) -> Self {
        let id = match form {
            TermForm::Anchored { .. } => None,
            _ => IdPattern::new(typed),
        };
        Self { pattern: Pattern::new(typed), form, id, typed: typed.to_owned() }
    }

    /// Whether descriptions are searched for it, and from where on in a word.
    ///
    /// Short words stand inside others by chance: `ung` in "fungerar".
    pub(crate) fn in_descriptions(&self) -> Option<DescriptionRule> {
        match self.form {
            TermForm::Anchored { .. } => None,
            TermForm::WordStart => Some(DescriptionRule::WordStart),
            TermForm::Plain if self.pattern.len() <= 4 => Some(DescriptionRule::WordStart),
            TermForm::Plain | TermForm::Exact => Some(DescriptionRule::Anywhere),
        }
    }

    /// Whether it may be found approximately: with fewer than four letters everything would be.
    pub(crate) fn may_be_fuzzy(&self) -> bool {
        let letters = self.pattern.folded().chars().filter(|c| c.is_alphabetic()).count();
        let has_digit = self.pattern.folded().chars().any(char::is_numeric);
        self.form == TermForm::Plain && letters >= 4 && !has_digit
    }
}

/// Where in a description a term may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DescriptionRule {
    WordStart,
    Anywhere,
}

impl PlainText {
    fn of(clauses: &[Clause]) -> Option<Self> {
        let mut words = Vec::with_capacity(clauses.len());
        // Conditions let records through; what is looked for among those is the words alone.
        for clause in clauses.iter().filter(|clause| clause.node.has_term()) {
            match &clause.node {
                Node::Term(term) if term.form == TermForm::Plain => words.push(term.typed.as_str()),
                _ => return None,
            }
        }
        // An id begins with a number. Without that, `- 0` would find what `-` did not.
        let begins_as_id = words.first().is_some_and(|word| IdPattern::new(word).is_some());
        let typed = words.join(" ");
        let id = IdPattern::new(&typed).filter(|_| begins_as_id);
        (!typed.is_empty()).then(|| Self { pattern: Pattern::new(&typed), id, typed })
    }
}
