//! Makes text safe for a terminal: every dangerous character becomes a placeholder of one column.
//!
//! A displayed file must not move the cursor, change the title or reverse the writing direction.

use std::borrow::Cow;

/// Placeholder for a character that may not be shown. It belongs to Latin-1, so every font has it.
pub const PLACEHOLDER: char = '¤';

/// Returns `true` if a character is not visible and controls a terminal or the writing direction.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text as it may be shown, character for character: tabs and line ends are spaces.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unprintable) {
        Cow::Owned(text.chars().map(printable_char).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The same, but line ends stay: for text that is written in lines.
#[must_use]
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| c != '\n' && is_unprintable(c)) {
        Cow::Owned(text.chars().map(|c| if c == '\n' { c } else { printable_char(c) }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn printable_char(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        c if is_unprintable(c) => PLACEHOLDER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("plain å", "plain å")]
    #[case("a\x1b[31mb", "a¤[31mb")]
    #[case("tab\tline\nend", "tab line end")]
    #[case("\u{202e}abc\u{9b}", "¤abc¤")]
    fn shows_only_what_is_seen(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(printable(text), shown);
    }
}
