//! Problems of a query: parts that have no effect as typed.

use std::ops::Range;

use crate::i18n::Words;

/// Maximum number of words and conditions in a query. A pasted list of ids may be longer.
pub const MAX_TERMS: usize = 48;

/// Maximum length of a plain word in characters. The longest word in known names has 46.
pub const MAX_WORD: usize = 256;

/// Maximum length of a query in bytes. A pasted list of ids may be longer.
pub const MAX_QUERY: usize = 16_384;

/// A part of a query that has no effect as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryProblem {
    /// Span in bytes of the query's text, on character boundaries.
    pub span: Range<usize>,
    /// The kind of problem.
    pub kind: QueryProblemKind,
}

/// A kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryProblemKind {
    /// `"a phra`: the quote is taken to end with the text.
    UnclosedQuote,
    /// `(a b`: the bracket is taken to end with the text.
    UnclosedBracket,
    /// `a |` or `| a`: an alternative is missing.
    MissingAlternative,
    /// `!` with nothing after it.
    NothingToExclude,
    /// `'`, `^` or `""` without a word.
    EmptyTerm,
    /// More than [`MAX_TERMS`] words: the rest is ignored.
    TooManyTerms,
    /// A word longer than [`MAX_WORD`] or a query longer than [`MAX_QUERY`]: the rest is ignored.
    TooLong,
    /// Brackets nested too deeply: the innermost are ignored.
    TooDeep,
    /// `regoin:norr`: searched as text, since the field is unknown; with the most similar field name.
    UnknownField(Option<&'static str>),
    /// `p:a`: searched as text, since names of several fields begin so.
    AmbiguousField,
    /// `region:` with nothing after it.
    MissingValue,
    /// `is:nothing`: unknown state; with the most similar state name.
    UnknownState(Option<&'static str>),
    /// `is:gone`: records that are gone cannot be searched.
    Gone,
    /// `start:20`: neither day, month nor year.
    UnreadableDate,
    /// `budget:much`.
    UnreadableAmount,
    /// `participants:many`.
    UnreadableNumber,
    /// `region<norr`: texts have no order.
    NotComparable,
    /// `1meur..20mkr`.
    MixedCurrencies,
    /// `is:approved` without an open review.
    NoReview,
}

impl QueryProblemKind {
    /// A short description for the prompt.
    #[must_use]
    pub const fn sentence(self, words: &Words) -> &'static str {
        match self {
            Self::UnclosedQuote => words.unclosed_quote,
            Self::UnclosedBracket => words.unclosed_bracket,
            Self::MissingAlternative => words.missing_alternative,
            Self::NothingToExclude => words.nothing_to_exclude,
            Self::EmptyTerm => words.empty_term,
            Self::TooManyTerms => words.too_many_terms,
            Self::TooLong => words.query_too_long,
            Self::TooDeep => words.brackets_too_deep,
            Self::UnknownField(_) => words.unknown_query_field,
            Self::AmbiguousField => words.ambiguous_query_field,
            Self::MissingValue => words.missing_value,
            Self::UnknownState(_) => words.unknown_standing,
            Self::Gone => words.gone_is_elsewhere,
            Self::UnreadableDate => words.unreadable_date,
            Self::UnreadableAmount => words.unreadable_amount,
            Self::UnreadableNumber => words.unreadable_number,
            Self::NotComparable => words.not_comparable,
            Self::MixedCurrencies => words.mixed_currencies,
            Self::NoReview => words.no_review,
        }
    }

    /// The most similar known name.
    #[must_use]
    pub const fn suggestion(self) -> Option<&'static str> {
        match self {
            Self::UnknownField(meant) | Self::UnknownState(meant) => meant,
            _ => None,
        }
    }

    /// Returns `true` if a condition has no effect or is taken for text.
    ///
    /// The screen shows this; a script would continue with the wrong records, so commands refuse such queries.
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
                | Self::TooLong
                | Self::TooDeep
        )
    }
}
