//! The part of a source line that a diagnostic is about, with carets below it, aligned by display width.

use crate::domain::catalogue::LineExcerpt;
use crate::domain::diagnostic::{Code, Diagnostic};
use crate::text::printable::printable;
use crate::text::width::{split_at_width, width};

/// Maximum width of an excerpt, in columns. A paragraph is one line.
const COLUMNS: usize = 90;

/// Columns of context before the offending text in a truncated line.
const BEFORE: usize = 30;

/// An excerpt of a source line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Visible part of the line.
    pub line: String,
    /// Spaces up to the offending text.
    pub before: String,
    /// Carets below the offending text.
    pub carets: String,
}

impl Excerpt {
    /// Cuts the excerpt for a diagnostic out of its line.
    #[must_use]
    pub fn new(part: &LineExcerpt, found: &Diagnostic) -> Self {
        let line = printable(&part.text);
        let column = found.place.column.max(1).saturating_sub(part.first_column) as usize;
        let start = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        let (at, marked) = offending(&line, start, found);
        let (head, tail) = line.split_at(at);
        let is_whole = part.first_column == 1 && !part.is_cut && width(&line) <= COLUMNS;
        let head = if is_whole { head.to_owned() } else { end_of(head, BEFORE) };
        let room = COLUMNS.saturating_sub(width(&head));
        let (shown, rest) = split_at_width(tail, room);
        let more = if rest.is_empty() { "" } else { "…" };
        Self {
            before: " ".repeat(width(&head)),
            carets: "^".repeat(marked.clamp(1, room.max(1))),
            line: format!("{head}{shown}{more}"),
        }
    }
}

/// Byte offset of the offending text, searched from a byte on, and its width in columns. One code of a list is
/// anywhere in its field; a masked number is its asterisks.
fn offending(line: &str, start: usize, found: &Diagnostic) -> (usize, usize) {
    let tail = line.get(start..).unwrap_or_default();
    if found.code == Code::PersonalNumber {
        let masked = tail.chars().take_while(|c| matches!(c, '*' | '-' | '+' | ' '));
        return (start, width(masked.collect::<String>().trim_end()));
    }
    let subject = printable(found.subject.lines().next().unwrap_or_default());
    match tail.find(&*subject) {
        Some(at) if !subject.is_empty() => (start + at, width(&subject)),
        _ => (start, 1),
    }
}

/// The last columns of a text, marked as truncated at the front.
fn end_of(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (_, end) = split_at_width(text, width(text) - columns);
    format!("…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Privacy;
    use crate::domain::catalogue::batch_builder::BatchBuilder;
    use crate::domain::codes::Codes;
    use crate::domain::source_location::SourceLocation;

    fn excerpt(line: &str, column: u32, subject: &str) -> Excerpt {
        let codes = std::sync::Arc::new(Codes::built_in());
        let source = BatchBuilder::new(codes, Privacy::Protected).add_source("x", "").0;
        let place = SourceLocation { source, line: 1, column };
        let part = LineExcerpt { text: line.to_owned(), first_column: 1, is_cut: false };
        Excerpt::new(&part, &Diagnostic::new(Code::UnknownCode, place, subject))
    }

    #[test]
    fn carets_stand_below_wide_characters() {
        let excerpt = excerpt("日本 140, 999", 4, "999");
        assert_eq!((excerpt.before.as_str(), excerpt.carets.as_str()), ("          ", "^^^"));
    }

    #[test]
    fn what_is_not_there_has_one_caret() {
        assert_eq!(excerpt("abc", 9, "x").carets, "^");
        assert_eq!(excerpt("", 1, "").carets, "^");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let line = "å".repeat(500) + "HÄR" + &"ö".repeat(500);
        let excerpt = excerpt(&line, 501, "HÄR");
        assert!(excerpt.line.starts_with('…') && excerpt.line.ends_with('…'));
        assert_eq!(width(&excerpt.before), BEFORE + 1);
        assert_eq!(width(&excerpt.line), COLUMNS + 1);
    }
}
