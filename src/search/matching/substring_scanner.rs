//! Finds typed letters in an unfolded long text, many bytes at a time: first two of the rarest letters at their
//! distance, then the others around them. Independent of records.

/// Number of bytes that are examined together; a loop over them compiles to a few vector instructions.
const BLOCK: usize = 64;

/// Frequency of letters in Swedish text, per thousand; an estimate is enough.
const OFTEN: &[(u8, u32)] = &[
    (b'a', 94),
    (b'b', 13),
    (b'c', 13),
    (b'd', 45),
    (b'e', 100),
    (b'f', 20),
    (b'g', 29),
    (b'h', 21),
    (b'i', 58),
    (b'j', 6),
    (b'k', 31),
    (b'l', 52),
    (b'm', 35),
    (b'n', 85),
    (b'o', 41),
    (b'p', 18),
    (b'q', 1),
    (b'r', 84),
    (b's', 66),
    (b't', 77),
    (b'u', 18),
    (b'v', 24),
    (b'w', 1),
    (b'x', 2),
    (b'y', 7),
    (b'z', 1),
];

/// Frequency of letters that are not in the table.
const OTHERWISE: u32 = 8;

/// The letters of a term, each with the characters that match it.
#[derive(Debug)]
pub(crate) struct SubstringScanner {
    letters: Vec<Vec<char>>,
    /// Which of the letters is looked for first.
    lead: usize,
    first: OneByte,
    second: OneByte,
    /// Distance from the first to the second one, in bytes.
    distance: usize,
}

/// A letter that is one byte in every text: a byte that is this one once some bits are set.
#[derive(Clone, Copy, Debug)]
struct OneByte {
    set: u8,
    byte: u8,
}

impl OneByte {
    /// `None` where two cases are not enough.
    fn new(accepted: &[char]) -> Option<Self> {
        let byte = |c: char| u8::try_from(c).ok().filter(u8::is_ascii);
        match *accepted {
            [only] => Some(Self { set: 0, byte: byte(only)? }),
            [one, other] => {
                let (one, other) = (byte(one)?, byte(other)?);
                let is_pair = one.is_ascii_alphabetic() && one.eq_ignore_ascii_case(&other);
                is_pair.then_some(Self { set: 0x20, byte: one | 0x20 })
            }
            _ => None,
        }
    }

    const fn is(self, byte: u8) -> bool {
        byte | self.set == self.byte
    }

    fn often(self) -> u32 {
        OFTEN.iter().find(|(byte, _)| *byte == self.byte).map_or(OTHERWISE, |(_, often)| *often)
    }
}

impl SubstringScanner {
    /// `None` where no letter is one byte in all texts.
    pub(crate) fn new(letters: Vec<Vec<char>>) -> Option<Self> {
        let one_byte: Vec<Option<OneByte>> = letters.iter().map(|accepted| OneByte::new(accepted)).collect();
        let is_ascii =
            |at: usize| letters.get(at).is_some_and(|accepted| accepted.iter().all(char::is_ascii));
        let mut best: Option<(u32, usize, OneByte, usize, OneByte)> = None;
        for (at, first) in one_byte.iter().enumerate() {
            let Some(first) = *first else { continue };
            // Between the two every letter must be one byte, or their distance is not known.
            let near = (at + 1..letters.len().min(at + BLOCK)).take_while(|between| is_ascii(*between));
            let pairs = near.filter_map(|then| Some((then - at, (*one_byte.get(then)?)?)));
            for (distance, second) in pairs.chain([(0, first)]) {
                let often = first.often() * if distance == 0 { 1_000 } else { second.often() };
                if best.is_none_or(|(least, ..)| often < least) {
                    best = Some((often, at, first, distance, second));
                }
            }
        }
        let (_, lead, first, distance, second) = best?;
        Some(Self { letters, lead, first, second, distance })
    }

    /// Returns `true` if the letters occur in a text at a position where `allowed` accepts the text before it.
    pub(crate) fn is_in(&self, text: &str, allowed: impl Fn(&str) -> bool) -> bool {
        let bytes = text.as_bytes();
        let behind = bytes.get(self.distance..).unwrap_or_default();
        let found = |from: usize| {
            let ends = (bytes.get(from..).unwrap_or_default(), behind.get(from..).unwrap_or_default());
            let pairs = ends.0.iter().zip(ends.1).take(BLOCK).enumerate();
            let mut places =
                pairs.filter(|(_, (one, other))| self.first.is(**one) && self.second.is(**other));
            places.any(|(at, _)| self.stands_at(text, from + at, &allowed))
        };
        let (firsts, _) = bytes.as_chunks::<BLOCK>();
        let (seconds, rest) = behind.as_chunks::<BLOCK>();
        for (block, (first, second)) in firsts.iter().zip(seconds).enumerate() {
            if self.is_any(first, second) && found(block * BLOCK) {
                return true;
            }
        }
        let last = seconds.len() * BLOCK;
        // The rest is shorter than a block; it is examined together with the bytes before it.
        let whole = behind.len().checked_sub(BLOCK).and_then(|start| {
            let ends = (bytes.get(start..)?.first_chunk()?, behind.get(start..)?.first_chunk()?);
            Some(self.is_any(ends.0, ends.1))
        });
        !rest.is_empty() && whole.unwrap_or(true) && found(last)
    }

    fn is_any(&self, firsts: &[u8; BLOCK], seconds: &[u8; BLOCK]) -> bool {
        let mut any = 0_u8;
        for (one, other) in firsts.iter().zip(seconds) {
            any |= u8::from(self.first.is(*one)) & u8::from(self.second.is(*other));
        }
        any != 0
    }

    /// Returns `true` if all letters match around the first one.
    fn stands_at(&self, text: &str, lead: usize, allowed: impl Fn(&str) -> bool) -> bool {
        let (Some(before), Some(after)) = (text.get(..lead), text.get(lead..)) else { return false };
        let fits = |(accepted, c): (&Vec<char>, Option<char>)| c.is_some_and(|c| accepted.contains(&c));
        let (back, on) = self.letters.split_at(self.lead);
        let mut chars = after.chars();
        if !on.iter().all(|accepted| fits((accepted, chars.next()))) {
            return false;
        }
        let mut chars = before.chars();
        back.iter().rev().all(|accepted| fits((accepted, chars.next_back()))) && allowed(chars.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn needle(typed: &str) -> Option<SubstringScanner> {
        let both = |c: char| match c {
            'o' => vec!['o', 'O', 'ö', 'Ö'],
            'å' => vec!['å', 'Å'],
            c if c.is_ascii_alphabetic() => vec![c, c.to_ascii_uppercase()],
            c => vec![c],
        };
        SubstringScanner::new(typed.chars().map(both).collect())
    }

    #[rstest]
    #[case("ostra", "i Östra Mellansverige", true)]
    #[case("ostra", "i Ostende", false)]
    #[case("på väg", "PÅ väg", true)]
    #[case("på väg", "på VÄG", false)] // here ä stands for itself alone
    #[case("x", "x", true)]
    #[case("stor", "i STÖRre", true)]
    #[case("å1", "1Å1", true)]
    fn finds(#[case] typed: &str, #[case] text: &str, #[case] found: bool) {
        assert_eq!(needle(typed).expect("one letter is one byte").is_in(text, |_| true), found);
    }

    #[test]
    fn letters_that_are_never_one_byte_are_not_for_it() {
        assert!(needle("åo").is_none());
    }

    proptest! {
        #[test]
        fn finds_what_comparing_letter_by_letter_finds(typed in "[aobkö ]{1,5}", text in "[aobköÖABKO ]{0,200}", word_start: bool) {
            let Some(needle) = needle(&typed) else { return Ok(()) };
            let allowed = |before: &str| !word_start || before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let fits = |from: &str| {
                let mut letters = from.chars();
                needle.letters.iter().all(|accepted| letters.next().is_some_and(|c| accepted.contains(&c)))
            };
            let plainly = text.char_indices().any(|(at, _)| {
                text.split_at_checked(at).is_some_and(|(before, from)| fits(from) && allowed(before))
            });
            prop_assert_eq!(needle.is_in(&text, allowed), plainly);
        }
    }
}
