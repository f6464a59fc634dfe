//! Positions in sources: the file, and the line and column in it.

/// A place in a source, as a compiler names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceLocation {
    /// The file, or what stands for one.
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
