//! Cells that a spreadsheet would run instead of show: a text that begins like a formula. One rule for writing and
//! for reading back, so that what is written comes back as it was.

/// What marks a cell as text, in front of it.
pub const MARK: char = '\'';

/// Whether a text could be taken for a formula: it begins, behind white space and marks, with `=`, `+`, `-` or `@`, or
/// with one of their wide forms. A text that is marked already counts, so that its own mark outlives the reading.
#[must_use]
pub fn looks_like_formula(text: &str) -> bool {
    let begins = text.trim_start_matches(|c: char| c == MARK || c.is_whitespace());
    begins.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// Whether a text is a negative number and nothing else, `-12` or `-12.5`: marked, it would be no number any more.
#[must_use]
pub fn is_negative_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix('-') else { return false };
    let (whole, decimals) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    [whole, decimals].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The text without the mark that keeps it from being a formula.
#[must_use]
pub fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).filter(|rest| looks_like_formula(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("=1+1", true)]
    #[case(" \t\r@x", true)]
    #[case("\u{a0}+46 8", true)]
    #[case("\u{ff1d}1", true)]
    #[case("'=1", true)]
    #[case("-12", true)]
    #[case("a=1", false)]
    #[case("'90-talet", false)]
    #[case("", false)]
    fn formulas(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(looks_like_formula(text), expected);
    }

    #[rstest]
    #[case("-12", true)]
    #[case("-12,5", true)]
    #[case("-0.25", true)]
    #[case("-", false)]
    #[case("-1-1", false)]
    #[case("-1.", false)]
    #[case("-1.2.3", false)]
    #[case("+1", false)]
    #[case("12", false)]
    fn negative_numbers(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_negative_number(text), expected);
    }

    #[rstest]
    #[case("'=1", "=1")]
    #[case("''=1", "'=1")]
    #[case("'90-talet", "'90-talet")]
    #[case("=1", "=1")]
    fn a_mark_is_taken_away_where_it_was_needed(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(unmarked(text), expected);
    }
}
