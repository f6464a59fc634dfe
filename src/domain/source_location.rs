//! Positions in sources: the file, and the line and column in it.

use super::values::span::column_of;

/// A place in a source, as a compiler names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceLocation {
    /// The file, or the name of another source.
    pub source: SourceId,
    /// The line, from 1; 0 where the whole source is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 where the whole line is meant.
    pub column: u32,
}

impl SourceLocation {
    /// A source as a whole.
    #[must_use]
    pub const fn whole(source: SourceId) -> Self {
        Self { source, line: 0, column: 0 }
    }
}

/// Which source: an index into the sources of one catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(crate) u32);

/// The places of bytes in the text of a source, in order. Lines are counted from one place to the next, since there may be a
/// million of them.
pub struct LineCounter<'a> {
    source: SourceId,
    text: &'a str,
    counted: usize,
    line: u32,
}

impl<'a> LineCounter<'a> {
    /// Begins at the first line of a text.
    #[must_use]
    pub const fn new(source: SourceId, text: &'a str) -> Self {
        Self { source, text, counted: 0, line: 1 }
    }

    /// The place of a byte. One before the last place asked for is counted from the beginning.
    pub fn place(&mut self, at: usize) -> SourceLocation {
        if at < self.counted {
            (self.counted, self.line) = (0, 1);
        }
        let between = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        let lines = u32::try_from(memchr::memchr_iter(b'\n', between).count()).unwrap_or(u32::MAX);
        (self.counted, self.line) = (at, self.line.saturating_add(lines));
        SourceLocation { source: self.source, line: self.line, column: column_of(self.text, at) }
    }
}
