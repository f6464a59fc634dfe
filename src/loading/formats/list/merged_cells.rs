//! Merged cells of a sheet or table.

use std::ops::RangeInclusive;

/// A rectangle of merged cells, by rows (lines of the sheet's text, from 1) and columns (from 0). Its text is in the
/// first cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MergedCells {
    pub(crate) rows: RangeInclusive<u32>,
    pub(crate) columns: RangeInclusive<usize>,
}

impl MergedCells {
    /// Returns `true` for a cell of the rectangle other than its first.
    pub(crate) fn covers(&self, row: u32, column: usize) -> bool {
        self.rows.contains(&row)
            && self.columns.contains(&column)
            && (row, column) != (*self.rows.start(), *self.columns.start())
    }
}
