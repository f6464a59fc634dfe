//! A record summary as plain text, for the command line: nothing is truncated, labels stand in a column.

use super::{RecordSummary, Role, SummaryLine};
use crate::text::width::width;

/// The summary with the record's text, wrapped between words at `columns` if given. Control characters are kept: the
/// writer replaces them.
#[must_use]
pub fn plain(sheet: &RecordSummary, text: &str, columns: Option<usize>) -> String {
    let mut out = String::new();
    lines(&sheet.first, columns, &mut out);
    for group in &sheet.groups {
        out.push('\n');
        out.push_str(group.title);
        out.push('\n');
        lines(&group.lines, columns, &mut out);
    }
    if !text.is_empty() {
        out.push('\n');
        for line in text.lines() {
            push_wrapped(line, columns, 0, &mut out);
        }
    }
    out.push('\n');
    lines(&sheet.sources, columns, &mut out);
    out
}

/// Appends a line, wrapped between words; its continuation lines are indented.
fn push_wrapped(line: &str, columns: Option<usize>, indent: usize, out: &mut String) {
    let Some(columns) = columns.filter(|columns| width(line) > *columns) else {
        out.push_str(line);
        return out.push('\n');
    };
    // A label that takes half of the line would leave no room beside it.
    let indent = " ".repeat(if indent > columns / 2 { 2 } else { indent });
    let options = textwrap::Options::new(columns)
        .subsequent_indent(&indent)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    for part in textwrap::wrap(line, options) {
        out.push_str(part.trim_end());
        out.push('\n');
    }
}

fn lines(lines: &[SummaryLine], columns: Option<usize>, out: &mut String) {
    let column = lines.iter().map(|line| width(&line.label)).max().unwrap_or(0);
    for (at, line) in lines.iter().enumerate() {
        let mut text = String::new();
        if line.label.is_empty() && at > 0 {
            text.push_str(&" ".repeat(column + 2));
        }
        if !line.label.is_empty() {
            text.push_str(&line.label);
            text.push_str(&" ".repeat(column - width(&line.label) + 2));
        }
        for piece in &line.pieces {
            match piece.role {
                // Between two dates a dash is enough.
                Role::Bar(_) => text.push('–'),
                // Spaces that do not break are for the screen.
                _ => text.push_str(&piece.text.replace('\u{a0}', " ")),
            }
        }
        push_wrapped(&text, columns, column + 2, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_wrapped_between_words_below_their_value() {
        let mut out = String::new();
        push_wrapped("Ägare  ett två tre fyra", Some(14), 7, &mut out);
        assert_eq!(out, "Ägare  ett två\n       tre\n       fyra\n");
    }

    #[test]
    fn nothing_is_wrapped_in_a_pipe() {
        let mut out = String::new();
        push_wrapped("ett två tre fyra", None, 0, &mut out);
        assert_eq!(out, "ett två tre fyra\n");
    }
}
