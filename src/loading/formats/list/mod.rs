//! Lists: rows of column headings, then a record per row. CSV files, sheets and tables of any other format are read here
//! once they are text.

pub(crate) mod header;
pub(crate) mod heading_rows;
pub(crate) mod layout;
pub(crate) mod merged_cells;
pub(crate) mod reader;
mod row_kind;
mod total_row;
