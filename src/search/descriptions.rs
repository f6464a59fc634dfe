//! Finds a term in a long text as it stands, through classes of letters. Knows texts, no records.
//!
//! Folding all descriptions would double the memory; classes such as `[oOöÖ]` need no folded copy.

use std::fmt::Write;

use regex_automata::Input;
use regex_automata::meta::{Cache, Regex};

use super::index::Index;
use super::letters::Letter;
use super::query::{DescriptionRule, Term};
use crate::text::fold::fold_char;

/// A term made ready for searching long texts.
#[derive(Debug)]
pub(super) struct Scanner {
    regex: Regex,
    rule: DescriptionRule,
}

impl Scanner {
    /// `None` where no description can hold the term.
    pub(super) fn new(index: &Index, term: &Term) -> Option<Self> {
        let rule = term.in_descriptions()?;
        let mut classes = String::new();
        for letter in term.pattern.letters() {
            push_class(&mut classes, *letter, index)?;
        }
        // A term of thousands of letters is too large for the engine, and stands nowhere.
        let regex = Regex::new(&classes).ok()?;
        Some(Self { regex, rule })
    }

    pub(super) fn cache(&self) -> Cache {
        self.regex.create_cache()
    }

    /// Whether the text holds the term.
    pub(super) fn finds_in(&self, cache: &mut Cache, text: &str) -> bool {
        if self.rule == DescriptionRule::Anywhere {
            return self.regex.search_half_with(cache, &Input::new(text).earliest(true)).is_some();
        }
        let mut at = 0;
        while at < text.len() {
            let Some(found) = self.regex.search_with(cache, &Input::new(text).range(at..)) else {
                return false;
            };
            let before = text.get(..found.start()).and_then(|before| before.chars().next_back());
            if before.is_none_or(|c| !c.is_alphanumeric()) {
                return true;
            }
            at = found.start() + 1;
        }
        false
    }
}

/// Everything that a letter accepts, as a class; `None` where no text holds any of it.
fn push_class(classes: &mut String, letter: Letter, index: &Index) -> Option<()> {
    let ascii = (0..128_u8).map(char::from).filter(|c| fold_char(*c) == letter.folded);
    let accepted = ascii.chain(index.variants(letter.folded).iter().copied());
    let mut any = false;
    classes.push('[');
    for c in accepted.filter(|c| letter.accepts(*c)) {
        any = true;
        let _ = write!(classes, "\\x{{{:X}}}", u32::from(c));
    }
    classes.push(']');
    any.then_some(())
}
