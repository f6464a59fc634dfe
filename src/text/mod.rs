//! Text as such: folding, width, wrapping, what may reach a terminal. Knows nothing of records.

pub mod fold;
pub mod formula;
pub mod markdown;
pub mod printable;
pub mod width;
pub mod wrap;
