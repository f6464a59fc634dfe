//! Finds e-mail addresses and telephone numbers in text.
//!
//! A telephone number has a recognizable prefix (`+46 …`, `07…`) or follows a word for telephone. Dates, ids, postcodes
//! and organisation numbers resemble one often enough, so only long texts may be searched.

use std::ops::Range;

/// Words after which digits are a telephone number, in small letters.
const TELEPHONE_WORDS: &[&str] = &[
    "tel",
    "telnr",
    "telefon",
    "telefonnr",
    "telefonnummer",
    "telefonen",
    "tfn",
    "tlf",
    "mobil",
    "mobilnr",
    "mobilen",
    "mobiltelefon",
    "mob",
    "ring",
    "phone",
    "telephone",
    "mobile",
    "puh",
    "puhelin",
];

/// Country calling codes of Sweden and its neighbours. After `+`, other digits may be an amount.
const COUNTRY_CODES: &[&str] = &["46", "45", "47", "358", "354", "372", "371", "370", "298", "299"];

/// The digits of a Swedish mobile number, the leading zero included.
const MOBILE_DIGITS: usize = 10;

/// The fewest and the most digits of other numbers, without a country code.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// The characters of the longest address that is looked for, on either side of its `@`.
const LONGEST_LOCAL_PART: usize = 64;

/// The byte ranges of the e-mail addresses in a text, in order.
pub(super) fn email_addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end_before = 0;
    memchr::memchr_iter(b'@', text.as_bytes()).filter_map(move |at| {
        let start = local_part(text, at)?.max(end_before);
        let end = domain(text, at + 1)?;
        end_before = end;
        (start < at).then_some(start..end)
    })
}

/// Where the part before an `@` begins.
fn local_part(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let may_be_part = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '*');
    let length: usize =
        before.chars().rev().take_while(may_be_part).take(LONGEST_LOCAL_PART).map(char::len_utf8).sum();
    let start = at - length;
    let part = before.get(start..)?;
    let escape = match before.get(..start)?.strip_suffix('\\') {
        // The first letters belong to an escape of JSON: `\n`, `\u00e5`.
        Some(_) if part.starts_with('u') => 5,
        Some(_) => 1,
        None => 0,
    };
    let part = part.get(escape..)?;
    part.contains(char::is_alphanumeric).then_some(start + escape)
}

/// Where the part after an `@` ends: names with points between them, the last one of letters.
fn domain(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let length = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        .take(255)
        .map(char::len_utf8)
        .sum::<usize>();
    let name = rest.get(..length)?.trim_end_matches(['.', '-']);
    let (host, last) = name.rsplit_once('.')?;
    let is_name = !host.is_empty() && last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    is_name.then_some(start + name.len())
}

/// The telephone number that adjacent ASCII digits begin, from its `+` or first digit to its last one.
pub(super) fn telephone_at(text: &str, digits: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let before = bytes.get(..digits.start)?;
    let own = bytes.get(digits.clone())?;
    match before.last() {
        Some(b'+') => international(text, digits.start).map(|end| digits.start - 1..end),
        _ if own.starts_with(b"0046") => international(text, digits.start + 2).map(|end| digits.start..end),
        _ if own.starts_with(b"07") && own.len() >= 3 => {
            let (count, end) = digits_from(text, digits.start, MOBILE_DIGITS);
            let is_whole = !bytes.get(end).is_some_and(u8::is_ascii_digit);
            (count == MOBILE_DIGITS && is_whole).then_some(digits.start..end)
        }
        Some(b' ' | b':' | b'.' | b'(' | b'\n' | 0xa0) => {
            follows_word(text.get(..digits.start)?).then(|| {
                let (count, end) = digits_from(text, digits.start, *DIGITS.end());
                (DIGITS.contains(&count) && !is_date(bytes.get(digits.start..end)?))
                    .then_some(digits.start..end)
            })?
        }
        _ => None,
    }
}

/// The end of a number whose country code begins at a byte; `None` for other digits.
fn international(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let code = COUNTRY_CODES.iter().find(|code| rest.starts_with(**code))?;
    let (count, end) = digits_from(text, start, code.len() + *DIGITS.end());
    (count >= code.len() + 7).then_some(end)
}

/// Counts the digits from a byte on, with single separators between them, and says where the last one ends.
fn digits_from(text: &str, start: usize, most: usize) -> (usize, usize) {
    let (mut count, mut end) = (0, start);
    let mut separators = 0;
    for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
        match c {
            '0'..='9' if count == most => break,
            '0'..='9' => {
                (count, end) = (count + 1, start + at + 1);
                separators = 0;
            }
            ' ' | '\u{a0}' | '-' | '\u{2010}'..='\u{2013}' | '/' | '(' | ')' if separators < 2 => {
                separators += 1;
            }
            _ => break,
        }
    }
    (count, end)
}

/// Returns `true` if a text ends in a word for telephone, with a point or colon and white space after it.
fn follows_word(before: &str) -> bool {
    let word_end = before.trim_end_matches([' ', '.', ':', '(', '\n', '\u{a0}']);
    // Any row of digits after a space is asked about; nearly all end here.
    if !word_end.ends_with(['l', 'L', 'n', 'N', 'g', 'G', 'b', 'B', 'r', 'R', 'e', 'E', 'h', 'H', 'f', 'F'])
        || before.len() - word_end.len() > 4
    {
        return false;
    }
    let length: usize =
        word_end.chars().rev().take_while(|c| c.is_alphabetic()).take(16).map(char::len_utf8).sum();
    let word = word_end.get(word_end.len() - length..).unwrap_or_default().to_lowercase();
    TELEPHONE_WORDS.contains(&word.as_str())
}

/// `2024-09-01` or `20240901`.
fn is_date(digits: &[u8]) -> bool {
    let is_century = matches!(digits, [b'1', b'9', ..] | [b'2', b'0', ..]);
    is_century
        && matches!(digits, [_, _, _, _, b'-' | b'/', _, _, b'-' | b'/', _, _] | [_, _, _, _, _, _, _, _])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn telephones(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
            let start = at + start;
            let rest = text.get(start..).unwrap_or_default();
            let end = start + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            found.extend(telephone_at(text, &(start..end)).and_then(|range| text.get(range)));
            at = end;
        }
        found
    }

    #[rstest]
    #[case("Ring 070-123 45 67.", &["070-123 45 67"])]
    #[case("0701234567", &["0701234567"])]
    #[case("+46 70 123 45 67", &["+46 70 123 45 67"])]
    #[case("+46 (0)8-12 34 56 78", &["+46 (0)8-12 34 56 78"])]
    #[case("0046701234567", &["0046701234567"])]
    #[case("+358 40 123 4567", &["+358 40 123 4567"])]
    #[case("tel. 08-12 34 56", &["08-12 34 56"])]
    #[case("Tfn: 0920/123 45", &["0920/123 45"])]
    #[case("(mobil 123 45 67)", &["123 45 67"])]
    fn telephones_are_found(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(telephones(text), expected);
    }

    #[rstest]
    #[case("07/12/2015")]
    #[case("2007-12-15")]
    #[case("07-12-15")]
    #[case("94185 Piteå")]
    #[case("212000-2759")]
    #[case("Ring 2024-09-01")]
    #[case("+12 345 678 kr")]
    #[case("+45 000 000")]
    #[case("0.75")]
    #[case("23-079-S13 och 2018/00076")]
    #[case("telefonintervjuer 2024 2025")]
    #[case("07012345678")]
    fn other_digits_are_no_telephone(#[case] text: &str) {
        assert_eq!(telephones(text), Vec::<&str>::new());
    }

    #[rstest]
    #[case("Skriv till anna.berg@pitea.se.", &["anna.berg@pitea.se"])]
    #[case("<a href=\"mailto:info@esf.se\">", &["info@esf.se"])]
    #[case("åsa_öberg+projekt@region-norr.example.com", &["åsa_öberg+projekt@region-norr.example.com"])]
    #[case("a@b.se, c@d.eu", &["a@b.se", "c@d.eu"])]
    #[case("rad\\nanna@pitea.se", &["anna@pitea.se"])]
    #[case("\\u00e5sa@pitea.se", &["sa@pitea.se"])]
    fn addresses_are_found(#[case] text: &str, #[case] expected: &[&str]) {
        let found: Vec<&str> = email_addresses(text).filter_map(|range| text.get(range)).collect();
        assert_eq!(found, expected);
    }

    #[rstest]
    #[case("@kommun")]
    #[case("a @ b.se")]
    #[case("5 @ 3.50")]
    #[case("a@b")]
    #[case("a@b.1")]
    #[case("@@@@")]
    fn other_signs_are_no_address(#[case] text: &str) {
        assert_eq!(email_addresses(text).count(), 0);
    }

    proptest! {
        #[test]
        fn ranges_lie_on_characters(text in "([0-9]{1,4}|[-+@. /()å]|tel |07|46){0,20}") {
            for range in email_addresses(&text) {
                prop_assert!(text.get(range).is_some());
            }
            let _ = telephones(&text);
        }
    }
}
