//! Words that differ by one slip of the fingers. Knows words, no records.

use memchr::memmem::Finder;

/// Relation of a word to a misspelled one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// The whole word.
    Word,
    /// The beginning of a longer word, which is unfinished or a compound.
    Beginning,
}

/// Compares a typed word with a word of the text, allowing one edit: two neighbouring letters swapped, or one letter
/// wrong, missing or added. The word may also be the beginning of a longer one; then its first letter must be right,
/// since too many words would match.
pub(crate) fn one_edit(typed: &[char], word: &[char]) -> Option<Nearness> {
    if is_one_edit(typed, word) {
        return Some(Nearness::Word);
    }
    let begins = typed.len() >= 5 && typed.first() == word.first();
    let lengths = typed.len().saturating_sub(1)..=typed.len() + 1;
    let mut beginnings = lengths.filter_map(|length| word.get(..length));
    (begins && beginnings.any(|beginning| is_one_edit(typed, beginning))).then_some(Nearness::Beginning)
}

/// Returns `true` if the two differ by at most one edit.
fn is_one_edit(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => {
            let wrong = short.get(same + 1..) == long.get(same + 1..);
            let swapped = matches!((short.get(same..same + 2), long.get(same..same + 2)),
                (Some([a, b]), Some([c, d])) if a == d && b == c)
                && short.get(same + 2..) == long.get(same + 2..);
            wrong || swapped
        }
        1 => short.get(same..) == long.get(same + 1..),
        _ => false,
    }
}

/// Returns `true` if the first two letters allow a distance of one edit: an edit keeps one of the two near its
/// position.
pub(crate) fn may_be_one_edit(typed: &[char], word: &str) -> bool {
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    let is_typed = |c: Option<char>| c.is_none_or(|c| typed.iter().take(2).any(|typed| *typed == c));
    is_typed(first) || is_typed(second)
}

/// A typed word in three pieces: one edit touches two of them at most, so one is unchanged.
#[derive(Debug)]
pub(crate) struct Pieces([Finder<'static>; 3]);

impl Pieces {
    pub(crate) fn new(typed: &str) -> Self {
        let count = typed.chars().count();
        let at = |letter: usize| typed.char_indices().nth(letter).map_or(typed.len(), |(at, _)| at);
        let (start, end) = (at(count / 3), at(count * 2 / 3));
        let ranges = [0..start, start..end, end..typed.len()];
        Self(ranges.map(|range| Finder::new(typed.get(range).unwrap_or_default()).into_owned()))
    }

    /// Returns `true` if a text can contain a word at a distance of one edit. Much faster than finding that word.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        self.0.iter().any(|piece| piece.find(text.as_bytes()).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    proptest! {
        #[test]
        fn what_one_edit_makes_of_a_word_holds_a_piece_of_it(
            typed in "[abö]{5,9}",
            at in 0..9_usize,
            letter in "[abö]",
            slip in 0..4_u8,
            more in "[abö]{0,3}",
        ) {
            let mut word: Vec<char> = typed.chars().collect();
            let at = at % (word.len() - 1);
            let letter = letter.chars().next().expect("a letter");
            match slip {
                0 => word.swap(at, at + 1),
                1 => word[at] = letter,
                2 => word.insert(at, letter),
                _ => { word.remove(at); }
            }
            let word: String = word.into_iter().chain(more.chars()).collect();
            let text = format!("i {word} nu");
            prop_assert!(Pieces::new(&typed).may_be_in(&text));
        }
    }

    #[test]
    fn a_text_without_any_piece_cannot_be_near() {
        assert!(!Pieces::new("xylofonspel").may_be_in("digitalt lyft för utrikes födda"));
    }

    #[rstest]
    #[case("nyckalr", "nycklar", Some(Nearness::Word))] // swapped
    #[case("nycklor", "nycklar", Some(Nearness::Word))] // wrong
    #[case("nyklar", "nycklar", Some(Nearness::Word))] // missing
    #[case("nyccklar", "nycklar", Some(Nearness::Word))] // too many
    #[case("tyrgg", "trygghet", Some(Nearness::Beginning))]
    #[case("kommnu", "kommunen", Some(Nearness::Beginning))]
    #[case("nyckarl", "trygghet", None)]
    #[case("nkyclra", "nycklar", None)] // two slips
    fn differs_by_one_letter(#[case] typed: &str, #[case] word: &str, #[case] expected: Option<Nearness>) {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(one_edit(&letters(typed), &letters(word)), expected);
    }
}
