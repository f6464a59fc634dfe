//! The order of records within a tier: the query's words as a phrase before words in order before words anywhere.

use super::answer::Answer;
use super::rank::{Hit, Rank, Tier};
use crate::domain::schema::FieldKind;
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::query::Query;
use crate::text::fold::fold;

/// Maximum number of hits in a tier that are ordered by closeness. Larger tiers, which the first letters of a query
/// give, stay in the order of rank and id.
const MOST_ORDERED: usize = 20_000;

/// Orders the hits of the tiers of names and short fields by how closely the record's name answers the whole query.
/// Equally close records stay in the order of their ids.
pub(crate) fn order(index: &Index, query: &Query, answer: &mut Answer) {
    let words: Vec<String> =
        query.wanted_terms().iter().map(|term| term.pattern.folded().to_owned()).collect();
    if words.is_empty() {
        return;
    }
    let closeness = Closeness { phrase: words.join(" "), words };
    for tier in answer.hits.chunk_by_mut(|one, next| one.tier == next.tier) {
        let is_ordered = tier.first().is_some_and(|hit| matches!(hit.tier, Tier::Name | Tier::ShortField));
        if is_ordered && (2..=MOST_ORDERED).contains(&tier.len()) {
            tier.sort_by_cached_key(|hit| closeness.key(index, hit));
        }
    }
}

/// The words of a query, folded.
struct Closeness {
    phrase: String,
    words: Vec<String>,
}

/// The position of the query's words in a name, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum WordArrangement {
    /// The phrase is the whole name.
    Whole,
    /// The name begins with the phrase, as whole words.
    Beginning,
    /// The name begins with the phrase, the last word incomplete.
    BeginningOfWord,
    /// The phrase begins at a later word of the name.
    Phrase,
    /// The name has all words, in this order.
    InOrder,
    /// The name has all words.
    AnyOrder,
    /// Some words are elsewhere.
    Spread,
}

/// Compared in the order of its fields, less is closer: rank, arrangement, sum of places, position, other letters, id.
type ClosenessKey = (u8, WordArrangement, usize, usize, usize, Slot);

impl Closeness {
    fn key(&self, index: &Index, hit: &Hit) -> ClosenessKey {
        let slot = index.slot(hit.row).unwrap_or(Slot::MAX);
        let name = index.folded_name(slot);
        let places: Vec<Option<usize>> = self.words.iter().map(|word| place_in(name, word)).collect();
        let arrangement = self.arrangement(name, &places);
        let first = places.iter().flatten().min().copied();
        let sum = self.words.iter().zip(&places).map(|(word, place)| cost(index, slot, word, *place)).sum();
        // In names the arrangement says more than the worst word's place does.
        let is_exact = hit.order <= Rank::LAST_EXACT;
        let order = if hit.tier == Tier::Name && is_exact { 0 } else { hit.order };
        // A name without any of the words says nothing.
        let others = first.map_or(0, |_| name.len().saturating_sub(self.phrase.len()));
        (order, arrangement, sum, first.unwrap_or_default(), others, slot)
    }

    fn arrangement(&self, name: &str, places: &[Option<usize>]) -> WordArrangement {
        let ends_word = |end: usize| {
            name.get(end..).and_then(|rest| rest.chars().next()).is_none_or(|c| !c.is_alphanumeric())
        };
        let phrase = place_in(name, &self.phrase).filter(|at| starts_word(name, *at));
        match phrase {
            Some(0) if name.len() == self.phrase.len() => WordArrangement::Whole,
            Some(0) if ends_word(self.phrase.len()) => WordArrangement::Beginning,
            Some(0) => WordArrangement::BeginningOfWord,
            Some(_) => WordArrangement::Phrase,
            None if places.iter().any(Option::is_none) => WordArrangement::Spread,
            None if places.is_sorted() => WordArrangement::InOrder,
            None => WordArrangement::AnyOrder,
        }
    }
}

/// The best place of a word in a folded name, in bytes: the first at the start of a word, else the first.
fn place_in(name: &str, word: &str) -> Option<usize> {
    let mut places = memchr::memmem::find_iter(name.as_bytes(), word.as_bytes());
    let first = places.next()?;
    if starts_word(name, first) {
        return Some(first);
    }
    Some(places.find(|at| starts_word(name, *at)).unwrap_or(first))
}

fn starts_word(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
}

/// The cost of a word by its position: a word start in the name costs nothing; more costly are, in this order, the
/// inside of a word of the name, the owner, the town, any other field.
fn cost(index: &Index, slot: Slot, word: &str, place: Option<usize>) -> usize {
    if let Some(place) = place {
        return usize::from(!starts_word(index.folded_name(slot), place));
    }
    let holds = |kind: FieldKind| {
        let raw = index.record(slot).and_then(|record| record.raw(kind));
        raw.is_some_and(|raw| place_in(&fold(raw), word).is_some())
    };
    if holds(FieldKind::Beneficiary) {
        2
    } else if holds(FieldKind::City) {
        3
    } else {
        5
    }
}

#[cfg(test)]
mod tests {
    use crate::search::fixtures::{ask, catalogue, ids};
    use crate::search::index::Index;
    use rstest::rstest;

    /// Records of the given names, owners and towns, numbered in this order.
    fn index() -> Index {
        let rows = [
            ("Digitala nycklar i vården", "Piteå kommun", "Piteå"),
            ("Nya nycklar", "Luleå kommun", "Luleå"),
            ("Nycklar 3 och 2", "Umeå kommun", "Umeå"),
            ("Dörrar, nycklar 2.0", "Umeå kommun", "Umeå"),
            ("Nycklar 2.0", "Piteå kommun", "Piteå"),
            ("Nycklar", "Region Norrbotten", "Piteå"),
        ];
        let record = |(at, (name, owner, town)): (usize, &(&str, &str, &str))| {
            let id = format!("24-10{at}-S01");
            format!(
                "{id} - {name}\n\nDiarienummer:\n{id}\nNamn:\n{name}\nProjektägare:\n{owner}\nStödmottagare ort:\n{town}\n\nText.\n\n"
            )
        };
        let records: Vec<String> = rows.iter().enumerate().map(record).collect();
        Index::build(catalogue(&records.concat()))
    }

    #[rstest]
    #[case("nycklar 2", "432")]
    #[case("NYCKLAR 2", "432")]
    #[case("nycklar", "5421")]
    #[case("piteå nycklar", "405")]
    #[case("nycklar pite", "405")]
    #[case("pitea nycklar", "405")]
    fn the_phrase_comes_before_words_apart(#[case] query: &str, #[case] expected: &str) {
        let index = index();
        let found = ids(&index, &ask(&index, query).hits);
        let digits: String = found.iter().filter_map(|id| id.get(5..6)).collect();
        assert!(digits.starts_with(expected), "{digits}");
    }
}
