//! A note as rows that fit its box: where each row begins, and where the cursor is on them.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::width::{split_at_width, width};

/// A row of the wrapped text. Lines and characters are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    /// The line of the text to which the row belongs.
    pub line: usize,
    /// The first character of the row within its line.
    pub start: usize,
    /// The text, spaces at its end included.
    pub text: String,
    /// `true` if the line continues in the next row.
    pub continues: bool,
}

/// A place in the text: a line, and a character within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPosition {
    /// The line.
    pub line: usize,
    /// The character before which the cursor is.
    pub character: usize,
}

/// The rows of a text in `columns` columns, the last of which is left free for the cursor.
#[must_use]
pub fn note_rows(lines: &[String], columns: usize) -> Vec<NoteRow> {
    let columns = columns.saturating_sub(1).max(1);
    lines.iter().enumerate().flat_map(|(line, text)| wrapped(line, text, columns)).collect()
}

fn wrapped(line: usize, text: &str, columns: usize) -> Vec<NoteRow> {
    let mut rows = vec![NoteRow { line, start: 0, text: String::new(), continues: false }];
    for grapheme in text.graphemes(true) {
        let Some(row) = rows.last_mut() else { break };
        if !row.text.is_empty() && width(&row.text) + width(grapheme) > columns {
            // Break after the last space, in the middle of a word only if the row has none.
            let rest = row.text.rfind(' ').map_or_else(String::new, |space| row.text.split_off(space + 1));
            let start = row.start + row.text.chars().count();
            row.continues = true;
            rows.push(NoteRow { line, start, text: rest, continues: false });
        }
        if let Some(row) = rows.last_mut() {
            row.text.push_str(grapheme);
        }
    }
    rows
}

/// The row and the column of a position.
#[must_use]
pub fn cell_of(rows: &[NoteRow], position: TextPosition) -> (usize, usize) {
    let holds = |row: &NoteRow| row.line == position.line && row.start <= position.character;
    let at = rows.iter().rposition(holds).unwrap_or(0);
    let before = rows.get(at).map_or(0, |row| {
        let text: String =
            row.text.chars().take(position.character - row.start.min(position.character)).collect();
        width(&text)
    });
    (at, before)
}

/// The position in a row that is nearest to a column.
#[must_use]
pub fn position_in(row: &NoteRow, column: usize) -> TextPosition {
    let (before, _) = split_at_width(&row.text, column);
    let last = row.text.chars().count().saturating_sub(usize::from(row.continues));
    TextPosition { line: row.line, character: row.start + before.chars().count().min(last) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str, columns: usize) -> Vec<String> {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        note_rows(&lines, columns).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn rows_break_after_spaces_and_in_long_words() {
        assert_eq!(texts("ett två tre", 9), ["ett två ", "tre"]);
        assert_eq!(texts("ordsomärlångt\n\nx", 7), ["ordsom", "ärlång", "t", "", "x"]);
    }

    proptest! {
        #[test]
        fn a_position_is_found_again_by_its_cell(text in "[a-zåäö 日\n]{0,60}", columns in 4_usize..20, at in 0_usize..60) {
            let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
            let rows = note_rows(&lines, columns);
            let line = at % lines.len();
            let position = TextPosition { line, character: at % (lines[line].chars().count() + 1) };
            let (row, column) = cell_of(&rows, position);
            prop_assert!(column < columns);
            prop_assert_eq!(position_in(&rows[row], column), position);
        }
    }
}
