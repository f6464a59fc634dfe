//! A stretch of a text buffer, half as large as two pointers.

/// A stretch of a text buffer in bytes. Buffers hold at most [`MAX_TEXT`] bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// The most text that one buffer holds, in bytes.
pub const MAX_TEXT: usize = u32::MAX as usize;

impl Span {
    /// The stretch `start..end`, moved on by `base`.
    ///
    /// # Panics
    /// Never for buffers of at most [`MAX_TEXT`] bytes, which the loader keeps to.
    #[must_use]
    pub fn at(base: usize, range: &std::ops::Range<usize>) -> Self {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
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

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}
