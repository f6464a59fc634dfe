//! A word or phrase of a query, with the form in which it was typed.

use super::id_pattern::IdPattern;
use super::letter_pattern::Pattern;

/// A word or phrase to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) pattern: Pattern,
    pub(crate) form: TermForm,
    /// The term as an id or part of one, if it can be one.
    pub(crate) id: Option<IdPattern>,
    /// The text as typed, without operators.
    pub(crate) typed: String,
}

/// The operators of a term, which restrict where it may match.
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

impl Term {
    pub(crate) fn new(typed: &str, form: TermForm) -> Self {
        let id = match form {
            TermForm::Anchored { .. } => None,
            _ => IdPattern::new(typed),
        };
        Self { pattern: Pattern::new(typed), form, id, typed: typed.to_owned() }
    }

    /// Where in the words of a description the term may match; `None` if descriptions are not searched.
    ///
    /// Terms of up to four letters must start a word, since they occur inside others by chance: `ung` in "fungerar".
    pub(crate) fn in_descriptions(&self) -> Option<DescriptionRule> {
        match self.form {
            TermForm::Anchored { .. } => None,
            TermForm::WordStart => Some(DescriptionRule::WordStart),
            TermForm::Plain if self.pattern.len() <= 4 => Some(DescriptionRule::WordStart),
            TermForm::Plain | TermForm::Exact => Some(DescriptionRule::Anywhere),
        }
    }

    /// Returns `true` if the term may match approximately: plain, at least four letters, no digits.
    pub(crate) fn may_be_fuzzy(&self) -> bool {
        let letters = self.pattern.folded().chars().filter(|c| c.is_alphabetic()).count();
        let has_digit = self.pattern.folded().chars().any(char::is_numeric);
        self.form == TermForm::Plain && letters >= 4 && !has_digit
    }
}

/// The places in a description where a term may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DescriptionRule {
    WordStart,
    Anywhere,
}
