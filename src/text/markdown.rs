//! Text in a Markdown document: it is text and nothing else, and opens no markup, no HTML, no link.

use std::borrow::Cow;

use super::printable::{printable, printable_lines};

/// A text in one line.
#[must_use]
pub fn line(text: &str) -> String {
    escaped(&printable(text.trim()))
}

/// A text in a cell of a table, its lines one below the other.
#[must_use]
pub fn cell(text: &str) -> String {
    let text = printable_lines(text.trim());
    text.lines().map(|line| escaped(line.trim())).collect::<Vec<_>>().join("<br>")
}

/// A text in paragraphs; line breaks are kept.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let text = printable_lines(text);
    let mut paragraphs = Vec::new();
    for lines in text.lines().map(str::trim).collect::<Vec<_>>().split(|line| line.is_empty()) {
        let lines: Vec<String> =
            lines.iter().map(|line| escaped_start(&escaped(line)).into_owned()).collect();
        if !lines.is_empty() {
            paragraphs.push(lines.join("\\\n"));
        }
    }
    paragraphs.join("\n\n")
}

/// Escapes characters that have a meaning in Markdown, as HTML entities, which every reader supports.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line that begins no list, no heading's underline and no rule.
fn escaped_start(line: &str) -> Cow<'_, str> {
    if line.starts_with(['-', '+', '=', ':']) {
        return Cow::Owned(format!("\\{line}"));
    }
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if behind.len() < line.len() && behind.starts_with(['.', ')']) {
        let digits = line.strip_suffix(behind).unwrap_or_default();
        return Cow::Owned(format!("{digits}\\{behind}"));
    }
    Cow::Borrowed(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::html("<script>x</script> &lt;", "&lt;script&gt;x&lt;/script&gt; &amp;lt;")]
    #[case::link("[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)")]
    #[case::emphasis("*a* _b_ `c` ~~d~~ \\", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\\\")]
    #[case::heading("# a\n\n## b", "\\# a\n\n\\#\\# b")]
    #[case::underline("a\n===\nb\n---", "a\\\n\\===\\\nb\\\n\\---")]
    #[case::list("1. a\n12) b\n- c\n+ d", "1\\. a\\\n12\\) b\\\n\\- c\\\n\\+ d")]
    #[case::numbers("2024-01-01 och 3.5", "2024-01-01 och 3.5")]
    #[case::code("    a\n\tb", "a\\\nb")]
    #[case::controls("a\u{1b}[31m\u{202e}", "a¤\\[31m¤")]
    fn paragraphs_are_text(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(paragraphs(text), expected);
    }

    #[rstest]
    #[case("a | b", "a \\| b")]
    #[case("a\n- b", "a<br>- b")]
    fn a_cell_is_one_line(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(cell(text), expected);
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(line("a\n# b #"), "a \\# b \\#");
    }
}
