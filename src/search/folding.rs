//! Folding many texts fast: what folding makes of the characters that European texts are written in, looked up once.

use super::letters::{letter_bit, lower};
use crate::text::fold::fold_char;

/// Characters below this one are in the table: all that European languages have.
const END_OF_TABLE: usize = 0x250;

/// What folding makes of a character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folded {
    /// The folded character.
    pub(super) plain: char,
    /// The same in lower case.
    pub(super) lower: char,
    /// The bit of the folded one.
    pub(super) bit: u64,
}

impl Folded {
    fn of(c: char) -> Self {
        let plain = fold_char(c);
        Self { plain, lower: lower(c), bit: letter_bit(plain) }
    }
}

/// The table.
#[derive(Debug)]
pub(super) struct Folding {
    letters: Vec<Folded>,
    /// The bits of ASCII; of all other bytes there is none.
    ascii: [u64; 256],
}

impl Folding {
    pub(super) fn new() -> Self {
        let letters: Vec<Folded> = ('\0'..).take(END_OF_TABLE).map(Folded::of).collect();
        let mut ascii = [0; 256];
        for (bit, letter) in ascii.iter_mut().zip(letters.iter().take(128)) {
            *bit = letter.bit;
        }
        Self { letters, ascii }
    }

    pub(super) fn of(&self, c: char) -> Folded {
        self.letters.get(c as usize).copied().unwrap_or_else(|| Folded::of(c))
    }

    /// The letters of a text, with what is to be done for each character outside ASCII.
    pub(super) fn letters(&self, text: &str, mut other: impl FnMut(char)) -> u64 {
        let mut mask = 0;
        for (at, byte) in text.bytes().enumerate() {
            mask |= self.ascii[usize::from(byte)];
            // The first byte of a character outside ASCII.
            if byte >= 0xc0
                && let Some(c) = text.get(at..).and_then(|rest| rest.chars().next())
            {
                mask |= self.of(c).bit;
                other(c);
            }
        }
        mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::letters::letter_mask;
    use crate::text::fold::fold;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_table_says_what_folding_says(text in "\\PC{0,40}") {
            let folding = Folding::new();
            let mut others = String::new();
            let mask = folding.letters(&text, |c| others.push(c));
            prop_assert_eq!(mask, letter_mask(&fold(&text)));
            prop_assert_eq!(others, text.chars().filter(|c| !c.is_ascii()).collect::<String>());
            for c in text.chars() {
                prop_assert_eq!(folding.of(c).plain, fold_char(c));
                prop_assert_eq!(folding.of(c).lower, lower(c));
            }
        }
    }
}
