//! Columns of characters far from the start of their line. Some lists of a hundred megabytes are a single line, and
//! thousands of findings may ask for a column in it.

use super::span::{LONGEST_WAY, narrow};

/// Distance between two checkpoints in bytes; a column is counted over less than twice as much.
const STEP: usize = 1 << 12;

/// Checkpoints inside the long lines of a text: byte offset and column in characters from 1, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnIndex {
    checkpoints: Vec<(u32, u32)>,
}

impl ColumnIndex {
    /// Adds the long lines of a text that begins at byte `base` of the buffer, at the start of a line.
    pub fn add(&mut self, text: &str, base: usize) {
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
        for end in ends {
            if end - start > LONGEST_WAY {
                self.add_line(text.get(start..end).unwrap_or_default(), base + start);
            }
            start = end + 1;
        }
    }

    fn add_line(&mut self, line: &str, base: usize) {
        let (mut at, mut column) = (0, 1u32);
        while line.len() - at > STEP {
            // A character has at most four bytes.
            let next = (at + STEP - 3..=at + STEP)
                .rev()
                .find(|next| line.is_char_boundary(*next))
                .unwrap_or(at + STEP);
            column = column.saturating_add(count(line, at, next));
            at = next;
            self.checkpoints.push((narrow(base + at), column));
        }
    }

    /// The column, from 1, of byte `at` of the buffer, where no line begins before byte `first`; 0 if it is too far
    /// from the start of its line to be counted.
    #[must_use]
    pub fn column(&self, buffer: &str, first: usize, at: usize) -> u32 {
        let (known, column) = self.before(|(offset, _)| offset as usize <= at).unwrap_or((0, 0));
        let from = at.saturating_sub(LONGEST_WAY).max(first).max(known);
        let near = buffer.as_bytes().get(from..at).unwrap_or_default();
        match memchr::memrchr(b'\n', near) {
            Some(newline) => count(buffer, from + newline + 1, at).saturating_add(1),
            None if from == known && known > first => column.saturating_add(count(buffer, known, at)),
            None if from == first => count(buffer, first, at).saturating_add(1),
            None => 0,
        }
    }

    /// The byte of the buffer at which a column begins, in the line that takes bytes `start..end`; its end for a column
    /// that it does not have.
    #[must_use]
    pub fn byte_of_column(&self, buffer: &str, line: std::ops::Range<usize>, column: u32) -> usize {
        let is_before = |(offset, at): (u32, u32)| {
            (offset as usize) < line.start || (offset as usize) < line.end && at <= column
        };
        let known = self.before(is_before).filter(|(offset, _)| *offset > line.start);
        let (from, at) = known.unwrap_or((line.start, 1));
        let rest = buffer.get(from..line.end).unwrap_or_default();
        let ahead = column.saturating_sub(at) as usize;
        rest.char_indices().nth(ahead).map_or(line.end, |(found, _)| from + found)
    }

    /// The last checkpoint for which a condition holds that holds for none after it.
    fn before(&self, holds: impl Fn((u32, u32)) -> bool) -> Option<(usize, u32)> {
        let after = self.checkpoints.partition_point(|checkpoint| holds(*checkpoint));
        let (offset, column) = *self.checkpoints.get(after.checked_sub(1)?)?;
        Some((offset as usize, column))
    }
}

fn count(text: &str, from: usize, to: usize) -> u32 {
    narrow(text.get(from..to).unwrap_or_default().chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(text: &str) -> ColumnIndex {
        let mut index = ColumnIndex::default();
        index.add(text, 0);
        index
    }

    #[test]
    fn short_lines_need_no_checkpoint() {
        let text = "kort rad\n".repeat(100_000);
        assert_eq!(index(&text), ColumnIndex::default());
        assert_eq!(index(&text).column(&text, 0, text.len() - 1), 9);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn columns_and_bytes_lead_to_each_other(
            before in "[a\n]{0,9}", unit in "[aå日]{1,5}", count in 40_000..60_000_usize, part in 0..1_000_usize, after in "[a\n]{0,9}"
        ) {
            let line = unit.repeat(count);
            let text = [&before, "\n", &line, "\n", &after].concat();
            let start = before.len() + 1;
            let at = text.floor_char_boundary(start + line.len() * part / 1_000);
            let index = index(&text);
            let column = index.column(&text, 0, at);
            let expected = text.get(start..at).expect("on a boundary").chars().count() + 1;
            prop_assert_eq!(column as usize, expected);
            prop_assert_eq!(index.byte_of_column(&text, start..start + line.len(), column), at);
        }
    }
}
