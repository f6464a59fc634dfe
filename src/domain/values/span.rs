//! A stretch of a text buffer, half as large as two pointers.

/// A range of bytes in a text buffer. Buffers have at most [`MAX_TEXT`] bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Maximum size of a buffer in bytes.
pub const MAX_TEXT: usize = u32::MAX as usize;

impl Span {
    /// The stretch `start..end`, moved on by `base`.
    ///
    /// # Panics
    /// Never for buffers of at most [`MAX_TEXT`] bytes, which the loader keeps to.
    #[must_use]
    pub fn at(base: usize, range: &std::ops::Range<usize>) -> Self {
        Self { start: narrow(base + range.start), end: narrow(base + range.end) }
    }

    /// The text of the stretch; empty where the buffer has no such stretch.
    #[must_use]
    pub fn of(self, buffer: &str) -> &str {
        buffer.get(self.range()).unwrap_or_default()
    }

    /// The stretch as a range of bytes.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns `true` if the range is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Longest distance in bytes over which the start of a line is searched for. Longer lines have a
/// [`ColumnIndex`](super::column_index::ColumnIndex).
pub(crate) const LONGEST_WAY: usize = 1 << 16;

/// A length or offset in a buffer of at most [`MAX_TEXT`] bytes.
pub(crate) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Column in characters, from 1, of a byte of a text; 0 if its line begins more than 64 kB before it.
#[must_use]
pub fn column_of(text: &str, at: usize) -> u32 {
    let from = at.saturating_sub(LONGEST_WAY);
    let near = text.as_bytes().get(from..at).unwrap_or_default();
    let before = match memchr::memrchr(b'\n', near) {
        Some(newline) => text.get(from + newline + 1..at),
        None if from > 0 => return 0,
        None => text.get(..at),
    };
    u32::try_from(before.unwrap_or_default().chars().count() + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_the_line_start() {
        assert_eq!(["", "å", "a\n", "a\nåb"].map(|text| column_of(text, text.len())), [1, 2, 1, 3]);
        assert_eq!(column_of(&"x".repeat(LONGEST_WAY + 1), LONGEST_WAY + 1), 0);
    }
}
