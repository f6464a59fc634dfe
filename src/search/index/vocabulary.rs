//! The words of the records, with the frequency of each and the beginnings of compounds.
//!
//! They are collected from at most [`SAMPLE`] records, spread evenly over the catalogue, so that a million records take
//! no longer than a few thousand.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::slots::Slots;
use crate::domain::catalogue::record::Record;
use crate::search::parallel::in_shares;
use crate::text::fold::fold_char;

/// Maximum number of records whose words are gathered.
pub(crate) const SAMPLE: usize = 8_192;

/// Minimum number of letters of the part of a compound that follows its front.
const MIN_TAIL: usize = 4;

/// Minimum number of letters of the front of a compound.
const MIN_FRONT: usize = 3;

/// Particles that begin words without being the first part of a compound, folded.
const PARTICLES: &[&str] = &[
    "sam", "for", "over", "under", "ater", "ute", "upp", "med", "mot", "till", "trans", "tran", "fram",
    "efter", "genom", "inter", "bort", "mis", "van", "geo", "pro", "pre", "kon", "con", "dis", "per", "tra",
    "sub", "och", "som", "att", "den", "det", "ett", "vid", "kom", "kan", "var", "ska", "har", "man", "han",
    "hon", "sin", "men", "dem", "era", "nar", "bli",
];

/// The words of the records, folded, with the number of records that have each.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: BTreeMap<Box<str>, u32>,
}

impl Vocabulary {
    /// Gathers the words of names and descriptions.
    pub(crate) fn new(slots: &Slots) -> Self {
        let step = slots.len().div_ceil(SAMPLE).max(1);
        let records = slots.len().div_ceil(step);
        let shares = in_shares(records, slots.threads(), |range| {
            let mut words: hashbrown::HashMap<Box<str>, u32> = hashbrown::HashMap::new();
            let mut own: Vec<String> = Vec::new();
            for record in range.filter_map(|at| slots.record(at * step)) {
                own.clear();
                words_of(record, |word| own.push(word.to_owned()));
                own.sort_unstable();
                own.dedup();
                for word in &own {
                    match words.get_mut(word.as_str()) {
                        Some(count) => *count += 1,
                        None => drop(words.insert(word.as_str().into(), 1)),
                    }
                }
            }
            words
        });
        let mut words = BTreeMap::new();
        for (word, count) in shares.into_iter().flatten() {
            *words.entry(word).or_insert(0) += count;
        }
        Self { words }
    }

    /// Returns `true` if the records have the word.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// The words that begin with these letters, with the number of records that have each.
    pub(crate) fn beginning_with<'a>(&'a self, letters: &'a str) -> impl Iterator<Item = (&'a str, u32)> {
        let from = (Bound::Included(letters), Bound::Unbounded);
        let words = self.words.range::<str, _>(from).map(|(word, count)| (&**word, *count));
        words.take_while(move |(word, _)| word.starts_with(letters))
    }

    /// Returns `true` if folded letters are the first part of compounds: a word of the records, in its form there, or
    /// the part before another word in a longer one that does not end with `tail`.
    pub(crate) fn is_front(&self, letters: &str, tail: &str) -> bool {
        let is_long = |front: &&str| front.chars().count() >= MIN_FRONT;
        let without = |ending: char| letters.strip_suffix(ending).filter(is_long);
        let bare = [Some(letters), without('s'), without('o')];
        if !is_long(&letters) || bare.iter().flatten().any(|front| PARTICLES.contains(front)) {
            return false;
        }
        // A first part has lost its vowel, or another one: *skol-*, *arbets-*, *kvinno-*.
        let is_word = |front: &str| {
            self.contains(front) || ["a", "e"].iter().any(|vowel| self.contains(&format!("{front}{vowel}")))
        };
        bare.into_iter().flatten().any(is_word)
            || self.beginning_with(letters).any(|(word, _)| {
                let rest = word.get(letters.len()..).unwrap_or_default();
                rest.chars().count() >= MIN_TAIL && !rest.starts_with(tail) && self.contains(rest)
            })
    }
}

/// Passes the words of a record's name and description to `take`, folded and in order.
pub(crate) fn words_of(record: Record<'_>, mut take: impl FnMut(&str)) {
    words_in(record.name(), &mut take);
    words_in(record.description(), &mut take);
}

/// Passes the words of a text to `take`, folded and in order.
pub(crate) fn words_in(text: &str, take: &mut impl FnMut(&str)) {
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            word.push(fold_char(c));
        } else if !word.is_empty() {
            take(&word);
            word.clear();
        }
    }
    if !word.is_empty() {
        take(&word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn vocabulary(text: &str) -> Vocabulary {
        let mut words = BTreeMap::new();
        words_in(text, &mut |word: &str| {
            words.insert(word.into(), 1);
        });
        Vocabulary { words }
    }

    #[rstest]
    #[case("arbetsmarknad", "arbets", true)]
    #[case("arbetsmarknad arbete", "arbete", true)]
    #[case("arbetsmarknad arbete", "mark", false)]
    #[case("kvinna kvinnoföretag företag", "kvinno", true)]
    #[case("kvinnonätverk nätverk", "kvinno", false)]
    #[case("kvinna", "kvinno", true)]
    #[case("skola", "skol", true)]
    #[case("skola", "skola", true)]
    #[case("samverkan verkan sam", "sam", false)]
    #[case("el", "el", false)]
    fn fronts_are_words_or_begin_other_compounds(
        #[case] text: &str,
        #[case] letters: &str,
        #[case] expected: bool,
    ) {
        let words = vocabulary(&format!("{text} marknad"));
        assert_eq!(words.is_front(letters, "natverk"), expected);
    }

    #[test]
    fn words_are_counted_by_their_beginning() {
        let words = vocabulary("unga ungdom Ungdomar åldrar");
        let found: Vec<&str> = words.beginning_with("ungdom").map(|(word, _)| word).collect();
        assert_eq!(found, ["ungdom", "ungdomar"]);
        assert!(words.contains("aldrar"));
    }
}
