//! Swedish collation: å ä ö after z, é next to e, digits by value, case ignored. Independent of records.
//!
//! The rank of a text among all others is computed once; sorting then compares numbers.

use hashbrown::HashMap;
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

use crate::search::parallel::{in_shares, share_size};
use crate::text::fold::fold;

/// The rank of a record whose value is unknown; higher than any other.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// The rank of each text among all; texts that differ only in case share one. A missing text has [`UNKNOWN`].
pub(crate) fn places(texts: &[Option<&str>], threads: usize) -> Vec<u32> {
    // Owners and towns come again and again: each spelling is looked at once.
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut distinct: Vec<&str> = Vec::new();
    let mut numbered = Vec::with_capacity(texts.len());
    for text in texts {
        let Some(text) = *text else {
            numbered.push(UNKNOWN);
            continue;
        };
        let next = u32::try_from(distinct.len()).unwrap_or(UNKNOWN);
        let number = *numbers.entry(text).or_insert(next);
        if number == next {
            distinct.push(text);
        }
        numbered.push(number);
    }
    let places = places_of_distinct(&distinct, threads);
    numbered.into_iter().map(|number| places.get(number as usize).copied().unwrap_or(UNKNOWN)).collect()
}

/// The sort keys of a share of the texts, one after the other.
struct Keys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Keys {
    fn get(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.bytes.get(start..*end)).unwrap_or_default()
    }
}

fn places_of_distinct(texts: &[&str], threads: usize) -> Vec<u32> {
    let shares = in_shares(texts.len(), threads, |range| keys(texts.get(range).unwrap_or_default()));
    let size = share_size(texts.len(), threads);
    let key = |number: u32| {
        let number = number as usize;
        shares.get(number / size).map(|keys| keys.get(number % size)).unwrap_or_default()
    };
    // Most keys differ in their first bytes, which are at hand.
    let head = |key: &[u8]| {
        key.iter().chain(std::iter::repeat(&0)).take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
    };
    let compare =
        |one: &(u64, u32), other: &(u64, u32)| one.0.cmp(&other.0).then_with(|| key(one.1).cmp(key(other.1)));
    let sorted = in_shares(texts.len(), threads, |range| {
        let numbers = range.filter_map(|number| u32::try_from(number).ok());
        let mut share: Vec<(u64, u32)> = numbers.map(|number| (head(key(number)), number)).collect();
        share.sort_unstable_by(compare);
        share
    });
    let mut order: Vec<(u64, u32)> = sorted.into_iter().flatten().collect();
    // Few long sorted runs are only merged.
    order.sort_by(compare);
    let mut places = vec![UNKNOWN; texts.len()];
    let mut place = 0;
    let mut before: Option<&[u8]> = None;
    for (_, number) in order {
        let key = key(number);
        place += u32::from(before.is_some_and(|before| before != key));
        before = Some(key);
        places[number as usize] = place;
    }
    places
}

fn keys(texts: &[&str]) -> Keys {
    let collator = swedish();
    let mut keys =
        Keys { bytes: Vec::with_capacity(texts.len() * 32), ends: Vec::with_capacity(texts.len()) };
    for text in texts {
        match &collator {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(text.trim(), &mut keys.bytes);
            }
            None => keys.bytes.extend(fold(text).bytes()),
        }
        keys.ends.push(keys.bytes.len());
    }
    keys
}

/// The rules of Swedish. They are a part of the program; were they not, texts would be sorted by their plain letters.
fn swedish() -> Option<CollatorBorrowed<'static>> {
    let mut preferences = CollatorPreferences::from(&locale!("sv"));
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Secondary);
    Collator::try_new(preferences, options).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(texts: &[&'static str], threads: usize) -> Vec<&'static str> {
        let texts: Vec<Option<&'static str>> = texts.iter().copied().map(Some).collect();
        let places = places(&texts, threads);
        let mut all: Vec<(u32, &str)> = places.into_iter().zip(texts.into_iter().flatten()).collect();
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn texts_stand_as_in_a_swedish_register() {
        let texts = [
            "Österåkers kommun",
            "zebra",
            "Åmåls kommun",
            "Ängelholms kommun",
            "Steg 10",
            "Steg 9",
            "idé i arbete",
            "ideell förening",
            "IDE",
            "Umeå",
            "Wallenberg",
            "Vara",
            "Steg 2.0",
        ];
        let wanted = [
            "IDE",
            // A space sorts before any letter.
            "idé i arbete",
            "ideell förening",
            "Steg 2.0",
            "Steg 9",
            "Steg 10",
            "Umeå",
            "Vara",
            "Wallenberg",
            "zebra",
            "Åmåls kommun",
            "Ängelholms kommun",
            "Österåkers kommun",
        ];
        for threads in [1, 2, 3, 8] {
            assert_eq!(sorted(&texts, threads), wanted);
        }
    }

    #[test]
    fn case_alone_tells_nothing_apart_and_what_is_no_text_has_no_place() {
        let places = places(&[Some("PITEÅ KOMMUN"), None, Some("Piteå kommun"), Some("pitea")], 2);
        assert_eq!(places, [1, UNKNOWN, 1, 0]);
    }
}
