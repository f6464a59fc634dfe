//! What was typed, letter by letter, and which letters of a text it accepts. Knows no records.

use unicode_normalization::UnicodeNormalization;

use crate::text::fold::fold_char;

/// One typed letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Letter {
    /// Its folded form, which a text must have at this place.
    pub(crate) folded: char,
    /// Its lower case where it was typed with a diacritic: then the text must have the same one.
    pub(crate) typed: Option<char>,
}

impl Letter {
    fn of(typed: char) -> Self {
        let (folded, lower) = (fold_char(typed), lower(typed));
        Self { folded, typed: (typed.is_alphabetic() && lower != folded).then_some(lower) }
    }

    /// Whether a letter of a text may stand where this one was typed.
    pub(crate) fn accepts(self, c: char) -> bool {
        fold_char(c) == self.folded && self.typed.is_none_or(|typed| lower(c) == typed)
    }
}

/// The first character of the lower case, which folding keeps too.
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
    /// Composes the letters first: a dead key leaves `o` and a mark on some terminals.
    pub(crate) fn new(typed: &str) -> Self {
        let letters: Vec<Letter> = typed.nfc().map(Letter::of).collect();
        let folded = letters.iter().map(|letter| letter.folded).collect();
        Self { letters, folded }
    }

    pub(crate) fn letters(&self) -> &[Letter] {
        &self.letters
    }

    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// How many characters were typed.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether any letter was typed with its diacritic.
    pub(crate) fn is_particular(&self) -> bool {
        self.letters.iter().any(|letter| letter.typed.is_some())
    }

    /// Whether this is the other one with more (or nothing more) typed after it.
    pub(crate) fn grows_from(&self, other: &Self) -> bool {
        self.letters.starts_with(&other.letters)
    }

    /// Whether the text is accepted from this character on.
    pub(crate) fn starts_at(&self, text: &[char]) -> bool {
        text.len() >= self.letters.len()
            && self.letters.iter().zip(text).all(|(letter, c)| letter.accepts(*c))
    }
}

/// A set of folded characters in 64 bits: letters and digits have their own, the others share.
///
/// What a text's set lacks, the text lacks; what it has, the text may have.
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
