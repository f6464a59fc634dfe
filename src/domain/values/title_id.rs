//! Finds the id in a title line, also where another record's last line was glued to its front.

use super::diarienummer::is_cci;
use super::number::is_dash;

/// Finds an id directly followed by ` - ` and a name; returns the byte offsets of its start and end.
///
/// Records lack a last newline, so `cat *.txt` yields `…aktiviteter24-003-S05 - Nycklar 2.0`. The form with a two-digit
/// year is therefore exactly two digits before its first hyphen, and the slash form exactly four; any text before it
/// belongs to the previous record. Eight digits count only at the start of the line or after a character that is no
/// letter and no digit. A CCI prefix (`2021SE05SFPR001_`) belongs to the id.
#[must_use]
pub fn find_title_id(line: &str) -> Option<(usize, usize)> {
    line.match_indices(" - ").find_map(|(end, separator)| {
        let (before, rest) = line.split_at_checked(end)?;
        let name = rest.strip_prefix(separator)?;
        if name.trim().is_empty() {
            return None;
        }
        let start = start_of_id(before)?;
        Some((start, end))
    })
}

/// Where the id that ends this text starts.
fn start_of_id(text: &str) -> Option<usize> {
    let before =
        before_esf_plus(text).or_else(|| before_esf_2014(text)).or_else(|| before_eight_digits(text))?;
    Some(without_cci_prefix(before).len())
}

fn before_esf_plus(text: &str) -> Option<&str> {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if text.len() - rest.len() < 2 {
        return None;
    }
    let rest = rest.strip_suffix(['S', 's'])?.strip_suffix(is_dash)?;
    without_digits(without_digits(rest, 3)?.strip_suffix(is_dash)?, 2)
}

fn before_esf_2014(text: &str) -> Option<&str> {
    let year_ends = without_digits(text, 5)?.strip_suffix('/')?;
    let before = without_digits(year_ends, 4)?;
    year_ends.strip_prefix(before)?.starts_with("20").then_some(before)
}

fn before_eight_digits(text: &str) -> Option<&str> {
    without_digits(text, 8).filter(|before| !before.ends_with(char::is_alphanumeric))
}

/// The text without the digits at its end, of which there are `count` (or more, which then stay).
fn without_digits(text: &str, count: usize) -> Option<&str> {
    let (rest, digits) = text.split_at_checked(text.len().checked_sub(count)?)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(rest)
}

/// Drops a CCI and its underscore from the end, the longer form first.
fn without_cci_prefix(before: &str) -> &str {
    let Some(cci_ends) = before.strip_suffix('_') else { return before };
    let without = |length: usize| {
        let (rest, cci) = cci_ends.split_at_checked(cci_ends.len().checked_sub(length)?)?;
        is_cci(cci).then_some(rest)
    };
    without(15).or_else(|| without(12)).unwrap_or(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::diarienummer::Diarienummer;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("23-079-S13 - Särskild insats trygghet Östra Mellansverige", "", "23-079-S13")]
    #[case("insatser och aktiviteter24-003-S05 - Nycklar 2.0", "insatser och aktiviteter", "24-003-S05")]
    #[case("klart år 202524-003-S05 - Nycklar 2.0", "klart år 2025", "24-003-S05")]
    #[case("ett led - i taget24-003-s05 - Nycklar", "ett led - i taget", "24-003-s05")]
    #[case("å24\u{2011}003\u{2011}S105 - Nycklar", "å", "24\u{2011}003\u{2011}S105")]
    #[case("2020/00692 - Siri- förstudie Uppsala kommun", "", "2020/00692")]
    #[case("för 122020/00692 - Siri- förstudie", "för 12", "2020/00692")]
    #[case("20200940 - Tekniskt stöd", "", "20200940")]
    #[case("Slut.20200940 - Tekniskt stöd", "Slut.", "20200940")]
    #[case("2021SE05SFPR001_23-017-S01 - Allaktivitetshus", "", "2021SE05SFPR001_23-017-S01")]
    #[case("ord2021SE05SFPR_23-017-S01 - Allaktivitetshus", "ord", "2021SE05SFPR_23-017-S01")]
    #[case("ord_23-017-S01 - Allaktivitetshus", "ord_", "23-017-S01")]
    #[case("24-003-S05 - Nycklar - 23-079-S13 - två", "", "24-003-S05")]
    fn finds_the_id(#[case] line: &str, #[case] glued: &str, #[case] id: &str) {
        let (start, end) = find_title_id(line).expect("an id");
        assert_eq!(line.get(..start), Some(glued));
        assert_eq!(line.get(start..end), Some(id));
        assert!(Diarienummer::read(id).is_some());
    }

    #[rstest]
    #[case("SUVAS - Stockholms unga vuxna arbetar eller studerar")]
    #[case("Siri- förstudie Uppsala kommun")]
    #[case("24-003-S05 - ")]
    #[case("24-003-S05 -   ")]
    #[case("24-003-S05")]
    #[case("24-003-S05- Nycklar")]
    #[case("24-003-S05  - Nycklar")]
    #[case("24-003-S5 - Nycklar")]
    #[case("4-003-S05 - Nycklar")]
    #[case("å4-003-S05 - Nycklar")]
    #[case("ord20200940 - Tekniskt stöd")]
    #[case("120200940 - Tekniskt stöd")]
    #[case("1020/00692 - Siri")]
    #[case("")]
    fn finds_none(#[case] line: &str) {
        assert_eq!(find_title_id(line), None);
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(line in ".*") {
            let _ = find_title_id(&line);
        }

        #[test]
        fn what_it_finds_reads_as_a_diarienummer(line in "[0-9åS/_–-]{0,20} - [a-zå ]{0,5}") {
            if let Some((start, end)) = find_title_id(&line) {
                prop_assert!(Diarienummer::read(line.get(start..end).expect("char boundaries")).is_some());
            }
        }
    }
}
