//! The words of every record by stem, for finding records that are like one: an inverted index with frequencies.

use hashbrown::HashMap;

use super::slots::{Slot, Slots};
use super::vocabulary::{words_in, words_of};
use crate::search::language::word_forms::root;
use crate::search::parallel::in_shares;

/// Minimum number of letters of a word that tells a subject.
const MIN_LETTERS: usize = 4;

/// Words of grammar, folded, which tell no subject.
const COMMON: &[&str] = &[
    "till", "fran", "inom", "eller", "samt", "aven", "deras", "denna", "detta", "dessa", "genom", "under",
    "efter", "over", "mellan", "kommer", "finns", "vara", "blir", "kunna", "skall", "ocksa", "manga",
    "olika", "utan", "varken", "ocksa", "vilka", "vilket", "bland", "annat", "andra", "enligt", "the",
    "with", "from", "that", "this", "their", "will",
];

/// Words in more than one of this number of records say nothing about a subject.
const MAX_SHARE: usize = 4;

/// Number of additional occurrences that a word in the name counts for.
const NAME_WEIGHT: u16 = 2;

/// Maximum number of a text's weightiest words that are compared.
const MOST_WORDS: usize = 25;

/// Minimum number of those words that a record must have to be alike.
pub(crate) const MIN_SHARED: usize = 3;

/// Maximum number of alike records.
pub(crate) const MOST_ALIKE: usize = 50;

/// Saturation of repeated words, and the weight of a text's length: the usual constants of BM25.
const SATURATION: f64 = 1.2;
const LENGTH_WEIGHT: f64 = 0.75;

/// The words of all records.
#[derive(Debug, Default)]
pub(crate) struct WordVectors {
    numbers: HashMap<Box<str>, u32>,
    /// The words, by number: the shortest form of each stem in the records.
    words: Vec<Box<str>>,
    /// The records that have each word, with the number of times.
    postings: Vec<Vec<(u32, u16)>>,
    /// The number of words of each record.
    lengths: Vec<u32>,
    mean_length: f64,
}

/// A record that is like another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alike {
    pub(crate) slot: Slot,
    /// The shared words, weightiest first.
    pub(crate) words: Vec<Box<str>>,
    score: f64,
}

/// The words of a share of the records.
#[derive(Default)]
struct Share {
    numbers: HashMap<Box<str>, u32>,
    /// The stem and the shortest form of each word.
    stems: Vec<(Box<str>, Box<str>)>,
    /// Of each record, the numbers of its words with their frequencies, and its length.
    records: Vec<(Vec<(u32, u16)>, u32)>,
}

impl Share {
    fn add(&mut self, known: &mut HashMap<Box<str>, u32>, word: &str) -> Option<u32> {
        let is_short = word.chars().count() < MIN_LETTERS;
        if is_short || COMMON.contains(&word) || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        if let Some(number) = known.get(word) {
            return Some(*number);
        }
        let stem = root(word);
        let next = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(stem.as_ref().into()).or_insert(next);
        match self.stems.get_mut(number as usize) {
            Some((_, shortest)) if word.len() < shortest.len() => *shortest = word.into(),
            Some(_) => {}
            None => self.stems.push((stem.as_ref().into(), word.into())),
        }
        known.insert(word.into(), number);
        Some(number)
    }
}

impl WordVectors {
    pub(crate) fn new(slots: &Slots) -> Self {
        let shares = in_shares(slots.len(), slots.threads(), |range| {
            let (mut share, mut known) = (Share::default(), HashMap::new());
            for slot in range {
                let mut words: Vec<u32> = Vec::new();
                if let Some(record) = slots.record(slot) {
                    words_of(record, |word| words.extend(share.add(&mut known, word)));
                    for _ in 0..NAME_WEIGHT {
                        words_in(record.name(), &mut |word: &str| words.extend(share.add(&mut known, word)));
                    }
                }
                let length = u32::try_from(words.len()).unwrap_or(u32::MAX);
                share.records.push((counted(words), length));
            }
            share
        });
        let mut whole = Self::default();
        for share in shares {
            whole.take(share);
        }
        let limit = (slots.len() / MAX_SHARE).max(MOST_ALIKE);
        whole.postings.iter_mut().filter(|postings| postings.len() > limit).for_each(Vec::clear);
        let total: f64 = whole.lengths.iter().map(|length| f64::from(*length)).sum();
        whole.mean_length = (total / to_float(whole.lengths.len().max(1))).max(1.0);
        whole
    }

    /// Appends the records of a share.
    fn take(&mut self, share: Share) {
        let mut numbers = Vec::with_capacity(share.stems.len());
        for (stem, word) in share.stems {
            let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let number = *self.numbers.entry(stem).or_insert(next);
            match self.words.get_mut(number as usize) {
                Some(shortest) if word.len() < shortest.len() => *shortest = word,
                Some(_) => {}
                None => {
                    self.words.push(word);
                    self.postings.push(Vec::new());
                }
            }
            numbers.push(number);
        }
        for (words, length) in share.records {
            let slot = u32::try_from(self.lengths.len()).unwrap_or(u32::MAX);
            for (word, count) in words {
                let number = numbers.get(word as usize).map(|number| *number as usize);
                if let Some(postings) = number.and_then(|number| self.postings.get_mut(number)) {
                    postings.push((slot, count));
                }
            }
            self.lengths.push(length);
        }
    }

    /// The records most like a text, best first; `own` is the record that the text is of.
    pub(crate) fn alike(&self, text: &[&str], own: Option<Slot>) -> Vec<Alike> {
        let mut words = Vec::new();
        for part in text {
            words_in(part, &mut |word: &str| words.extend(self.numbers.get(&*root(word)).copied()));
        }
        let mut weighty: Vec<(u32, f64)> = counted(words)
            .into_iter()
            .map(|(word, count)| (word, self.rarity(word) * f64::from(count).sqrt()))
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        weighty.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        weighty.truncate(MOST_WORDS);
        let mut scores = vec![(0.0_f64, 0_u32); self.lengths.len()];
        for (at, (word, weight)) in weighty.iter().enumerate() {
            for (slot, count) in self.postings_of(*word) {
                if let Some((score, shared)) = scores.get_mut(*slot as usize) {
                    *score += weight * self.rarity(*word) * self.saturated(*slot, *count);
                    *shared |= 1 << at;
                }
            }
        }
        let is_alike = |(slot, (_, shared)): &(Slot, &(f64, u32))| {
            shared.count_ones() as usize >= MIN_SHARED && Some(*slot) != own
        };
        let mut best: Vec<(Slot, f64, u32)> = scores
            .iter()
            .enumerate()
            .filter(is_alike)
            .map(|(slot, (score, shared))| (slot, *score, *shared))
            .collect();
        best.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        best.truncate(MOST_ALIKE);
        let alike = |(slot, score, shared): (Slot, f64, u32)| {
            let words = weighty.iter().enumerate().filter(|(at, _)| shared >> at & 1 == 1);
            let words = words.filter_map(|(_, (word, _))| self.words.get(*word as usize).cloned());
            Alike { slot, words: words.collect(), score }
        };
        best.into_iter().map(alike).collect()
    }

    fn postings_of(&self, word: u32) -> &[(u32, u16)] {
        self.postings.get(word as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// The weight of a word by the number of records that have it; 0 if too many or one alone have it.
    fn rarity(&self, word: u32) -> f64 {
        let count = self.postings_of(word).len();
        if count < 2 || count * 2 > self.lengths.len() {
            return 0.0;
        }
        let (all, count) = (to_float(self.lengths.len()), to_float(count));
        (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
    }

    fn saturated(&self, slot: u32, count: u16) -> f64 {
        let length = self.lengths.get(slot as usize).map_or(1.0, |length| f64::from(*length));
        let dampening = SATURATION * (1.0 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / self.mean_length);
        f64::from(count) * (SATURATION + 1.0) / (f64::from(count) + dampening)
    }
}

/// Each number once, with its count.
fn counted(mut words: Vec<u32>) -> Vec<(u32, u16)> {
    words.sort_unstable();
    let chunks = words.chunk_by(|one, next| one == next);
    chunks.filter_map(|same| Some((*same.first()?, u16::try_from(same.len()).unwrap_or(u16::MAX)))).collect()
}

fn to_float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use crate::search::fixtures::{ask, catalogue, ids};
    use crate::search::index::Index;
    use rstest::rstest;

    const TEXTS: [&str; 6] = [
        "Ungdomar utan arbete får vägledning och praktik hos kommunen.",
        "Vägledning för ungdomar, med praktik och samtal.",
        "Bredband byggs ut i glesbygden, med fiber till byarna.",
        "Fiber och bredband till företag i glesbygden.",
        "Ungdomars praktik, vägledning till studier.",
        "Ett museum om gruvan.",
    ];

    fn index() -> Index {
        let record = |(at, text): (usize, &&str)| {
            format!(
                "24-10{at}-S01 - Projekt {at}\n\nDiarienummer:\n24-10{at}-S01\nNamn:\nProjekt {at}\n\n{text}\n\n"
            )
        };
        let records: Vec<String> = TEXTS.iter().enumerate().map(record).collect();
        Index::build(catalogue(&records.concat()))
    }

    #[rstest]
    #[case("liknar:24-100-S01", "14")]
    #[case("like:24-102-S01", "3")]
    #[case("liknar:24-105-S01", "")]
    #[case("liknar:\"praktik och vägledning för ungdom\"", "014")]
    #[case("liknar:24-100-S01 studier", "4")]
    #[case("!liknar:24-100-S01 fiber", "32")]
    #[case("liknar:\"projekt 2\"", "3")]
    fn records_that_share_weighty_words_are_alike(#[case] query: &str, #[case] expected: &str) {
        let index = index();
        let mut digits: Vec<String> = Vec::new();
        for id in ids(&index, &ask(&index, query).hits) {
            digits.extend(id.get(5..6).map(str::to_owned));
        }
        let mut found = digits.concat();
        if query.starts_with("liknar:\"praktik") {
            digits.sort();
            found = digits.concat();
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn shared_words_are_named() {
        let answer = ask(&index(), "liknar:24-102-S01");
        assert_eq!(answer.likeness.len(), 1);
        let mut words = answer.likeness[0].words.clone();
        words.sort();
        assert_eq!(words, ["bredband", "fiber", "glesbygden"]);
    }

    #[test]
    fn threads_change_no_likeness() {
        let index = index();
        let query = crate::search::language::query::Query::parse("liknar:24-100-S01");
        let ask = |threads| {
            crate::search::search_on(threads, &index, &query, None, &|| false, &mut |_| ())
                .expect("whole")
                .hits
        };
        assert_eq!(ask(1), ask(3));
    }
}
