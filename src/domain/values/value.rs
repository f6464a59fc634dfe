//! Typed values, and the reasons why a raw text could not be read as one.
//!
//! The raw text is always kept: a [`ValueProblem`] accompanies it, and it is displayed unchanged.

/// The outcome of reading a raw text: a value, no value (an empty marker such as `-`), or a problem.
pub type ParsedValue<T> = Result<Option<T>, ValueProblem>;

/// Why a raw text has no typed value. Each becomes a diagnostic with the code of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueProblem {
    /// `18-09-01`: the century is anybody's guess.
    TwoDigitYear,
    /// `31/02/2020`: no such day.
    ImpossibleDate,
    /// `03/04/2020`: day and month may be either number.
    AmbiguousDate,
    /// Not a date in any accepted form.
    UnreadableDate,
    /// `1.234`: one separator and three digits, where the form of the file does not tell which.
    AmbiguousAmount,
    /// Not an amount of money.
    UnreadableAmount,
    /// Not a percentage between 0 and 100.
    UnreadablePercent,
    /// Not a whole number of things.
    UnreadableCount,
    /// Neither yes nor no.
    UnreadableYesNo,
    /// Ten digits whose Luhn check digit is wrong.
    WrongCheckDigit,
    /// Not a Swedish organisation number (a foreign VAT number, free text).
    ForeignOrganisationNumber,
}

/// Returns `true` if a raw text is one of the spellings of "no value" seen in deliveries (blank, `-`, `–`, `N.a.`,
/// `n/a`, `NA`, `None`, `null`, `nan`, `UPPGIFT SAKNAS`).
#[must_use]
pub fn is_empty_marker(raw: &str) -> bool {
    const LONGEST: usize = "uppgift saknas".len();
    let may_begin = |byte: &u8| !byte.is_ascii_graphic() || matches!(byte, b'-' | b'n' | b'N' | b'u' | b'U');
    // Nearly all values begin otherwise.
    if !raw.as_bytes().first().is_none_or(may_begin) {
        return false;
    }
    let text = raw.trim();
    text.is_empty() || (text.len() <= LONGEST && is_one_of_the_markers(text))
}

fn is_one_of_the_markers(text: &str) -> bool {
    ["-", "–", "—", "n.a.", "n/a", "na", "none", "null", "nan", "uppgift saknas"]
        .iter()
        .any(|marker| text.eq_ignore_ascii_case(marker))
}
