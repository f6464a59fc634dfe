//! Finds a term in an unfolded long text by classes of letters. Independent of records.
//!
//! A folded copy of all descriptions would double the memory; classes such as `[oOöÖ]` need none.

use std::fmt::Write;

use regex_automata::Input;
use regex_automata::meta::{Cache, Regex};

use super::substring_scanner::SubstringScanner;
use crate::search::index::Index;
use crate::search::language::letter_pattern::Letter;
use crate::search::language::term::{DescriptionRule, Term};
use crate::text::fold::fold_char;

/// A term made ready for searching long texts.
#[derive(Debug)]
pub(crate) struct DescriptionScanner {
    means: ScanMethod,
    rule: DescriptionRule,
}

#[derive(Debug)]
enum ScanMethod {
    /// By its rarest letters.
    Needle(SubstringScanner),
    /// `åäö`: none of them is one byte.
    Regex(Box<Regex>),
}

impl DescriptionScanner {
    /// Returns `None` if no description can contain the term.
    pub(crate) fn new(index: &Index, term: &Term) -> Option<Self> {
        let rule = term.in_descriptions()?;
        let letters: Vec<Vec<char>> =
            term.pattern.letters().iter().map(|letter| accepted(*letter, index)).collect();
        if letters.iter().any(Vec::is_empty) {
            return None;
        }
        let means = match SubstringScanner::new(letters.clone()) {
            Some(needle) => ScanMethod::Needle(needle),
            None => ScanMethod::Regex(Box::new(regex(&letters)?)),
        };
        Some(Self { means, rule })
    }

    /// Room that a worker needs for searching.
    pub(crate) fn cache(&self) -> Option<Cache> {
        match &self.means {
            ScanMethod::Needle(_) => None,
            ScanMethod::Regex(regex) => Some(regex.create_cache()),
        }
    }

    /// Returns `true` if the text contains the term.
    pub(crate) fn finds_in(&self, cache: Option<&mut Cache>, text: &str) -> bool {
        self.finds_where(cache, text, |before| self.rule == DescriptionRule::Anywhere || starts_word(before))
    }

    /// Returns `true` if the text contains a word with the term in it that is accepted, given what is before the term
    /// in the word and the rest of the word from the term on.
    pub(crate) fn finds_word(&self, text: &str, accepts: impl Fn(&str, &str) -> bool) -> bool {
        let is_accepted = |before: &str| {
            let front = before.rfind(|c: char| !c.is_alphanumeric());
            let front = front.and_then(|at| before.get(at..)).map_or(before, |rest| {
                rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default()
            });
            let rest = text.get(before.len()..).unwrap_or_default();
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            (self.rule == DescriptionRule::Anywhere || front.is_empty())
                && rest.get(..end).is_some_and(|rest| accepts(front, rest))
        };
        self.finds_where(self.cache().as_mut(), text, is_accepted)
    }

    /// Hands out the text before each place of the term.
    pub(crate) fn each(&self, text: &str, take: &mut impl FnMut(&str)) {
        let take = std::cell::RefCell::new(take);
        self.finds_where(self.cache().as_mut(), text, |before| {
            if self.rule == DescriptionRule::Anywhere || starts_word(before) {
                (*take.borrow_mut())(before);
            }
            false
        });
    }

    /// Returns `true` if the term is in the text at a place that is allowed, given the text before it.
    fn finds_where(&self, cache: Option<&mut Cache>, text: &str, allowed: impl Fn(&str) -> bool) -> bool {
        match (&self.means, cache) {
            (ScanMethod::Needle(needle), _) => needle.is_in(text, allowed),
            (ScanMethod::Regex(regex), Some(cache)) => {
                let mut at = 0;
                while let Some(found) = regex.search_with(cache, &Input::new(text).range(at..)) {
                    if text.get(..found.start()).is_some_and(&allowed) {
                        return true;
                    }
                    at = found.start() + 1;
                }
                false
            }
            (ScanMethod::Regex(_), None) => false,
        }
    }
}

fn starts_word(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

/// All characters of long texts that match a letter.
fn accepted(letter: Letter, index: &Index) -> Vec<char> {
    let ascii = (0..128_u8).map(char::from).filter(|c| fold_char(*c) == letter.folded);
    let all = ascii.chain(index.variants(letter.folded).iter().copied());
    all.filter(|c| letter.accepts(*c)).collect()
}

/// A class of characters for each letter. `None` for a term of thousands of letters, which is too large for the engine
/// and occurs nowhere.
fn regex(letters: &[Vec<char>]) -> Option<Regex> {
    let mut classes = String::new();
    for accepted in letters {
        classes.push('[');
        for c in accepted {
            let _ = write!(classes, "\\x{{{:X}}}", u32::from(*c));
        }
        classes.push(']');
    }
    Regex::new(&classes).ok()
}
