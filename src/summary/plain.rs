//! A sheet as plain text, for the command line: whole, nothing cut, labels in a column.

use super::{RecordSummary, Role, SummaryLine};
use crate::text::width::width;

/// The sheet with the record's text, in lines. Not yet safe for a terminal: the writer sees to that.
#[must_use]
pub fn plain(sheet: &RecordSummary, text: &str) -> String {
    let mut out = String::new();
    lines(&sheet.first, &mut out);
    for group in &sheet.groups {
        out.push('\n');
        out.push_str(group.title);
        out.push('\n');
        lines(&group.lines, &mut out);
    }
    if !text.is_empty() {
        out.push('\n');
        out.push_str(text);
        out.push('\n');
    }
    out.push('\n');
    lines(&sheet.sources, &mut out);
    out
}

fn lines(lines: &[SummaryLine], out: &mut String) {
    let column = lines.iter().map(|line| width(&line.label)).max().unwrap_or(0);
    for (at, line) in lines.iter().enumerate() {
        if line.label.is_empty() && at > 0 {
            out.push_str(&" ".repeat(column + 2));
        }
        if !line.label.is_empty() {
            out.push_str(&line.label);
            out.push_str(&" ".repeat(column - width(&line.label) + 2));
        }
        for piece in &line.pieces {
            match piece.role {
                // Between two dates a dash is enough.
                Role::Bar(_) => out.push('–'),
                // Spaces that do not break are for the screen.
                _ => out.push_str(&piece.text.replace('\u{a0}', " ")),
            }
        }
        out.push('\n');
    }
}
