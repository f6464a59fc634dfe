//! Typed texts letter by letter, and the letters of a text that they accept.

use unicode_normalization::UnicodeNormalization;

use crate::text::fold::fold_char;

/// A typed letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Letter {
    /// The folded form, which the text must have at this place.
    pub(crate) folded: char,
    /// The lower case if typed with a diacritic, which the text must then have as well.
    pub(crate) typed: Option<char>,
}

impl From<char> for Letter {
    fn from(typed: char) -> Self {
        let (folded, lower) = (fold_char(typed), lower(typed));
        Self { folded, typed: (typed.is_alphabetic() && lower != folded).then_some(lower) }
    }
}

impl Letter {
    /// Returns `true` if a letter of a text matches.
    pub(crate) fn accepts(self, c: char) -> bool {
        fold_char(c) == self.folded && self.typed.is_none_or(|typed| lower(c) == typed)
    }
}

/// The first character of the lower case, as folding keeps it.
pub(crate) fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// A typed word or phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    letters: Vec<Letter>,
    folded: String,
}

impl Pattern {
    /// Composes the letters first, since dead keys leave a letter and a mark on some terminals.
    pub(crate) fn new(typed: &str) -> Self {
        let letters: Vec<Letter> = typed.nfc().map(Letter::from).collect();
        let folded = letters.iter().map(|letter| letter.folded).collect();
        Self { letters, folded }
    }

    pub(crate) fn letters(&self) -> &[Letter] {
        &self.letters
    }

    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Returns `true` if any letter was typed with a diacritic.
    pub(crate) fn is_particular(&self) -> bool {
        self.letters.iter().any(|letter| letter.typed.is_some())
    }

    /// Returns `true` if this is the other pattern with zero or more letters appended.
    pub(crate) fn grows_from(&self, other: &Self) -> bool {
        self.letters.starts_with(&other.letters)
    }

    /// The lower case of the typed text, composed.
    pub(crate) fn typed_text(&self) -> String {
        self.letters.iter().map(|letter| letter.typed.unwrap_or(letter.folded)).collect()
    }

    /// Returns `true` if a word is accepted as far as its letters are the typed ones: `piteä` accepts no word that
    /// begins with `piteå`.
    pub(crate) fn accepts_as_far_as_same(&self, word: &str) -> bool {
        let same =
            self.letters.iter().zip(word.chars()).take_while(|(letter, c)| fold_char(*c) == letter.folded);
        same.into_iter().all(|(letter, c)| letter.accepts(c))
    }

    /// Returns `true` if the text begins with a match.
    pub(crate) fn starts_at(&self, text: &[char]) -> bool {
        text.len() >= self.letters.len()
            && self.letters.iter().zip(text).all(|(letter, c)| letter.accepts(*c))
    }
}

/// A set of folded characters in 64 bits: letters and digits have one bit each, other characters share the rest.
///
/// A text lacks every character whose bit is missing from its set.
pub(crate) fn letter_mask(folded: &str) -> u64 {
    folded.chars().fold(0, |mask, c| mask | letter_bit(c))
}

/// The bit of a folded character.
pub(crate) fn letter_bit(c: char) -> u64 {
    let bit = match c {
        'a'..='z' => u32::from(c) - u32::from('a'),
        '0'..='9' => 26 + u32::from(c) - u32::from('0'),
        other => 36 + u32::from(other) % 28,
    };
    1 << bit
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    // A plain letter stands for both: Swedish names are typed on foreign keyboards too.
    #[case("ostra", "Östra", true)]
    #[case("ostra", "OSTRA", true)]
    // A letter typed with its diacritic was typed on purpose.
    #[case("östra", "ÖSTRA", true)]
    #[case("östra", "ostra", false)]
    #[case("o\u{308}stra", "Östra", true)]
    #[case("å", "ä", false)]
    #[case("2022-2025", "2022–2025", true)]
    #[case("2022–2025", "2022-2025", true)]
    #[case("a b", "a\u{a0}b", true)]
    fn accepts(#[case] typed: &str, #[case] text: &str, #[case] expected: bool) {
        let text: Vec<char> = text.chars().collect();
        assert_eq!(Pattern::new(typed).starts_at(&text), expected);
    }

    proptest! {
        #[test]
        fn a_part_has_no_letter_that_the_whole_lacks(a in "\\PC*", b in "\\PC*", c in "\\PC*") {
            let whole = [a.as_str(), &b, &c].concat();
            prop_assert_eq!(letter_mask(&whole) & letter_mask(&b), letter_mask(&b));
        }
    }
}
