//! Folding many texts fast: what folding makes of the characters that European texts are written in, looked up once.

use crate::search::language::letter_pattern::{letter_bit, lower};
use crate::text::fold::fold_char;

/// Characters below this one are in the table: all that European languages have.
const END_OF_TABLE: usize = 0x250;

/// Number of bytes that are examined together.
const WORD: usize = 8;

/// The highest bit of each byte of a word.
const HIGHEST_BITS: u64 = 0x8080_8080_8080_8080;

/// Effect of folding on a character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folded {
    /// The folded character.
    pub(crate) plain: char,
    /// The same in lower case.
    pub(crate) lower: char,
    /// The bit of the folded one.
    pub(crate) bit: u64,
}

impl From<char> for Folded {
    fn from(c: char) -> Self {
        let plain = fold_char(c);
        Self { plain, lower: lower(c), bit: letter_bit(plain) }
    }
}

/// The table.
#[derive(Debug)]
pub(crate) struct FoldTable {
    letters: Vec<Folded>,
    /// The bits of ASCII; of all other bytes there is none.
    ascii: [u64; 256],
}

impl FoldTable {
    pub(crate) fn new() -> Self {
        let letters: Vec<Folded> = ('\0'..).take(END_OF_TABLE).map(Folded::from).collect();
        let mut ascii = [0; 256];
        for (bit, letter) in ascii.iter_mut().zip(letters.iter().take(128)) {
            *bit = letter.bit;
        }
        Self { letters, ascii }
    }

    pub(crate) fn fold(&self, c: char) -> Folded {
        self.letters.get(c as usize).copied().unwrap_or_else(|| Folded::from(c))
    }

    /// The letter mask of a text. `other` receives each character outside ASCII.
    pub(crate) fn letters(&self, text: &str, mut other: impl FnMut(char)) -> u64 {
        let (words, rest) = text.as_bytes().as_chunks::<WORD>();
        let ascii = |bytes: &[u8]| bytes.iter().fold(0, |mask, byte| mask | self.ascii[usize::from(*byte)]);
        let mut mask = ascii(rest);
        let mut at_first_byte = |at: usize| {
            let c = text.get(at..).and_then(|rest| rest.chars().next())?;
            other(c);
            Some(self.fold(c).bit)
        };
        for (number, word) in words.iter().enumerate() {
            mask |= ascii(word);
            let word = u64::from_le_bytes(*word);
            // The first byte of a character outside ASCII has its two highest bits set; most words have none.
            let mut firsts = word & (word << 1) & HIGHEST_BITS;
            while firsts != 0 {
                mask |=
                    at_first_byte(number * WORD + firsts.trailing_zeros() as usize / 8).unwrap_or_default();
                firsts &= firsts - 1;
            }
        }
        let before = words.len() * WORD;
        let firsts = rest.iter().enumerate().filter(|(_, byte)| **byte >= 0xc0);
        firsts.filter_map(|(at, _)| at_first_byte(before + at)).fold(mask, |mask, bit| mask | bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::letter_pattern::letter_mask;
    use crate::text::fold::fold;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_table_says_what_folding_says(text in "(\\PC|[a-zåäö ]){0,40}") {
            let folding = FoldTable::new();
            let mut others = String::new();
            let mask = folding.letters(&text, |c| others.push(c));
            prop_assert_eq!(mask, letter_mask(&fold(&text)));
            prop_assert_eq!(others, text.chars().filter(|c| !c.is_ascii()).collect::<String>());
            for c in text.chars() {
                prop_assert_eq!(folding.fold(c).plain, fold_char(c));
                prop_assert_eq!(folding.fold(c).lower, lower(c));
            }
        }
    }
}
