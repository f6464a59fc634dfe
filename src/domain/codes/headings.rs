//! Known column headings: what lists of operations call the fields of a record, in the languages of the Union.
//!
//! The wordings are in `data/headings.tsv`, with their sources. Headings are compared by their letters and digits alone,
//! so that case, accents, hyphenation, line breaks, `CamelCase` and `snake_case` make no difference.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::schema::{FIELDS, FieldKind};

/// Certainty of a heading's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A word that often means something else (`Nr`, `EFRO`): counts where no other column means the field.
    Weak,
    /// An everyday wording.
    Everyday,
    /// Seen in a published list, or the words of the regulations.
    Established,
    /// Stated by the user.
    Stated,
}

/// The meaning of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The field.
    pub kind: FieldKind,
    /// Its certainty.
    pub confidence: Confidence,
}

/// All known headings.
#[derive(Clone, Debug)]
pub struct Headings {
    whole: HashMap<String, Meaning>,
    /// Beginnings of headings whose rest varies, longest first.
    beginnings: Vec<(String, Meaning)>,
}

/// Longer texts are not headings, in bytes. Some laws' wordings in three languages have four hundred.
const LONGEST: usize = 700;

impl Headings {
    /// The wordings of `data/headings.tsv`, and the names of the fields themselves.
    #[must_use]
    pub fn built_in() -> Self {
        let mut headings = Self { whole: HashMap::new(), beginnings: Vec::new() };
        for spec in FIELDS {
            for name in spec.names() {
                let meaning = Meaning { kind: spec.kind, confidence: Confidence::Established };
                headings.whole.entry(squashed(name)).or_insert(meaning);
            }
        }
        for (wording, meaning) in rows() {
            match wording.strip_suffix('*') {
                Some(beginning) => headings.beginnings.push((squashed(beginning), meaning)),
                None => {
                    headings.whole.entry(squashed(wording)).or_insert(meaning);
                }
            }
        }
        headings.beginnings.sort_by_key(|(beginning, _)| std::cmp::Reverse(beginning.len()));
        headings
    }

    /// The meaning of a heading, if known. Tried in turn: the whole heading; without brackets, numbering, footnote
    /// marks and units; its languages, one after the other; the text in brackets.
    #[must_use]
    pub fn meaning(&self, heading: &str) -> Option<Meaning> {
        let heading = heading.trim();
        if heading.is_empty() || heading.len() > LONGEST {
            return None;
        }
        let of_sides = || languages(heading).find_map(|side| self.of_one_language(side));
        let in_brackets = || {
            let inside = bracketed(heading)?;
            inside.split([',', ';', '/']).find_map(|part| self.of_one_language(part))
        };
        self.of_one_language(heading).or_else(of_sides).or_else(in_brackets)
    }

    fn of_one_language(&self, heading: &str) -> Option<Meaning> {
        let known = |text: &str| {
            let letters = squashed(text);
            self.whole.get(&letters).copied().filter(|_| !letters.is_empty())
        };
        if let Some(meaning) = known(heading) {
            return Some(meaning);
        }
        let plain = without_brackets(without_marks(heading));
        let plain = without_units(without_marks(&plain));
        let first = plain.split([',', ';']).next().unwrap_or_default();
        known(plain).or_else(|| known(first)).or_else(|| {
            let letters = squashed(plain);
            let begins = |(beginning, _): &&(String, Meaning)| letters.starts_with(beginning.as_str());
            self.beginnings.iter().find(begins).map(|(_, meaning)| *meaning)
        })
    }
}

/// The wordings of the table; lines with an unknown field are left out (a test finds them).
fn rows() -> impl Iterator<Item = (&'static str, Meaning)> {
    let table = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/headings.tsv"));
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let (field, _language, wording, _source, sure) =
            (cells.next()?, cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        let confidence = match sure {
            "weak" => Confidence::Weak,
            "everyday" => Confidence::Everyday,
            _ => Confidence::Established,
        };
        let kind = FIELDS.iter().find(|spec| spec.key == field)?.kind;
        Some((wording, Meaning { kind, confidence }))
    })
}

/// The letters and digits of a text, in lower case and without accents.
#[must_use]
pub fn squashed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            // One letter in two shapes, and one that capitals write as two.
            'ς' => out.push('σ'),
            'ß' => out.push_str("ss"),
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' => out.push('d'),
            'æ' => out.push_str("ae"),
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

/// The parts of a heading that may each be in a language of their own: separated by a slash, a bar, a hyphen between
/// spaces, a line break or a wide gap.
fn languages(heading: &str) -> impl Iterator<Item = &str> {
    let at_gaps = heading.split("  ").map(str::trim).filter(|part| !part.is_empty());
    let parts = at_gaps.flat_map(|part| part.split(['/', '|', '\n', '\u{2424}']));
    parts
        .flat_map(|part| part.split(" - ").flat_map(|part| part.split(" – ")))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// The text in the first pair of brackets.
fn bracketed(heading: &str) -> Option<&str> {
    let (_, rest) = heading.split_once(['(', '['])?;
    Some(rest.rsplit_once([')', ']']).map_or(rest, |(inside, _)| inside))
}

fn without_brackets(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(heading.len());
    for c in heading.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    // A number in brackets may be all there is to a heading.
    if out.trim().is_empty() { heading.to_owned() } else { out }
}

/// Drops numbering before a heading (`1.`, `a)`, `3 -`) and footnote marks after it (`*`, `¹`).
fn without_marks(heading: &str) -> &str {
    let heading = heading.trim().trim_end_matches(['*', '†', '¹', '²', '³', ':', '.', ' ']);
    let digits = heading.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = if digits.len() < heading.len() { digits } else { heading };
    let mut characters = heading.chars();
    let is_lettered = characters.next().is_some_and(char::is_alphabetic) && characters.next() == Some(')');
    let rest = if is_lettered { characters.as_str() } else { numbered };
    let rest = rest.trim_start_matches(['.', ')', ' ', '-', '–', ':']);
    if rest.is_empty() { heading } else { rest }
}

/// Drops a unit after a heading: `Total budget SEK`, `… in €`, `… £m`, `…, kr`, `… %`.
fn without_units(heading: &str) -> &str {
    let mut rest = heading.trim();
    loop {
        let (before, word) = rest.rsplit_once(|c: char| c.is_whitespace() || c == '_').unwrap_or(("", rest));
        if before.is_empty() || !is_unit_word(word) {
            return rest;
        }
        rest = before.trim_end_matches([' ', ',', ';', '_']);
    }
}

fn is_unit_word(word: &str) -> bool {
    let word = word.trim_matches(['.', ',', ';']).to_lowercase();
    is_currency_unit(&word)
        || matches!(
            word.as_str(),
            "%" | "in"
                | "i"
                | "en"
                | "mio"
                | "mn"
                | "tusental"
                | "tusen"
                | "miljoner"
                | "thousands"
                | "millions"
        )
}

fn is_currency_unit(word: &str) -> bool {
    let symbols = [
        "€", "£", "eur", "euro", "euros", "euroa", "sek", "kr", "kronor", "dkk", "nok", "pln", "zł", "gbp",
        "hrk", "kn", "czk", "kč", "huf", "ft", "ron", "lei", "bgn", "chf",
    ];
    let bare = word.strip_prefix(['t', 'm', 'k']).filter(|rest| !rest.is_empty()).unwrap_or(word);
    let bare = bare.strip_prefix('n').filter(|rest| *rest == "kr").unwrap_or(bare);
    let bare = bare.strip_suffix('m').filter(|rest| matches!(*rest, "£" | "€")).unwrap_or(bare);
    symbols.contains(&word) || symbols.contains(&bare)
}

#[cfg(test)]
#[path = "headings_tests.rs"]
mod tests;
