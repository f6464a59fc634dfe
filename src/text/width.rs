//! The width of texts in columns, and truncation.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text in at most `columns` columns, with an ellipsis if it was truncated.
#[must_use]
pub fn truncated<'a>(text: &'a str, columns: usize, ellipsis: &str) -> Cow<'a, str> {
    if text.width() <= columns {
        return Cow::Borrowed(text);
    }
    let (head, _) = split_at_width(text, columns.saturating_sub(ellipsis.width()));
    let mut cut = head.trim_end().to_owned();
    if ellipsis.width() <= columns {
        cut.push_str(ellipsis);
    }
    Cow::Owned(cut)
}

/// The longest prefix that fits into `columns` columns, and the rest. A grapheme is never split.
#[must_use]
pub fn split_at_width(text: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            return text.split_at(at);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Särskild insats", 20, "Särskild insats")]
    #[case("Särskild insats", 10, "Särskild…")]
    #[case("Särskild insats", 1, "…")]
    #[case("Särskild insats", 0, "")]
    #[case("日本語", 5, "日本…")]
    #[case("日本語", 4, "日…")]
    fn cuts_at_columns(#[case] text: &str, #[case] columns: usize, #[case] cut: &str) {
        assert_eq!(truncated(text, columns, "…"), cut);
        assert!(width(&truncated(text, columns, "…")) <= columns);
    }
}
