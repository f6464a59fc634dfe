//! Cells that a spreadsheet would execute: texts that begin like a formula. Writing and reading use the same rule, so
//! that texts survive a round trip.

/// Prefix that marks a cell as text.
pub const MARK: char = '\'';

/// Returns `true` if a spreadsheet could take the text for a formula: after white space and marks it begins with `=`,
/// `+`, `-` or `@`, or with one of their full-width forms. A text that is already marked counts too, so that its own
/// mark survives.
#[must_use]
pub fn looks_like_formula(text: &str) -> bool {
    let begins = text.trim_start_matches(|c: char| c == MARK || c.is_whitespace());
    begins.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// Returns `true` if the text is only a negative number, `-12` or `-12.5`; with a mark it would no longer be a number.
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
