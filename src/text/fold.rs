//! Folding: maps characters that are equal in a search to one form.
//!
//! One character becomes one character, so that positions in folded text are positions in the original, counted in
//! characters.

use unicode_normalization::char::decompose_canonical;

/// The folded form of one character: lower case, without diacritics; white space becomes a space, dashes become `-`.
///
/// A lower case of several characters is cut to its first one (`İ`), which keeps the number of characters; ß and
/// ligatures are not expanded.
#[must_use]
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return if c.is_ascii_whitespace() { ' ' } else { c.to_ascii_lowercase() };
    }
    fold_wide(c)
}

/// The rarer part of [`fold_char`], apart so that the common one stays small.
fn fold_wide(c: char) -> char {
    if c.is_whitespace() {
        return ' ';
    }
    if is_dash(c) {
        return '-';
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    match base(lower) {
        'ø' | 'œ' => 'o',
        'æ' => 'a',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        // U+0130 decomposes into a capital I and a dot.
        'ı' | 'I' => 'i',
        other => other,
    }
}

/// The base of a character that decomposes into one base and marks only; any other unchanged.
fn base(c: char) -> char {
    let (mut first, mut only_marks) = (None, true);
    decompose_canonical(c, |part| match first {
        None => first = Some(part),
        Some(_) => only_marks &= unicode_normalization::char::is_combining_mark(part),
    });
    first.filter(|_| only_marks).unwrap_or(c)
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// The folded form of a text, as many characters as the text has.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// The folded form of a label: runs of white space count as one space, none at the ends.
#[must_use]
pub fn fold_label(label: &str) -> String {
    let mut folded = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().map(fold_char));
    }
    folded
}

/// Returns `true` if two labels fold to the same text. Fast for labels that differ; neither may have white space at its
/// ends.
#[must_use]
pub fn same_label(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (label_chars(one), label_chars(other));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (a, b) if a == b => {}
            _ => return false,
        }
    }
}

/// Folded characters, each run of white space as one space.
fn label_chars(label: &str) -> impl Iterator<Item = char> {
    let mut after_space = false;
    label.chars().map(fold_char).filter(move |c| {
        let again = after_space && *c == ' ';
        after_space = *c == ' ';
        !again
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Östra Mellansverige", "ostra mellansverige")]
    #[case("PITEÅ KOMMUN", "pitea kommun")]
    #[case("Café\u{a0}Ærø", "cafe aro")]
    #[case("2022–2025", "2022-2025")]
    #[case("Łódź İstanbul", "lodz istanbul")]
    #[case("ΣΊΣΥΦΟΣ", "σισυφοσ")]
    #[case("Straße ﬁn", "straße ﬁn")]
    #[case("tab\tand\u{2009}thin", "tab and thin")]
    fn folds(#[case] text: &str, #[case] folded: &str) {
        assert_eq!(fold(text), folded);
    }

    proptest! {
        #[test]
        fn folding_keeps_the_count_and_is_stable(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(once.chars().count(), text.chars().count());
            prop_assert_eq!(fold(&once), once);
        }
    }
}
