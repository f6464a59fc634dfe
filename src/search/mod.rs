//! Search: from the text of a query to records in order. Knows no screen, no files and no clock; it says when
//! it may be stopped, and the caller decides whether to.
//!
//! The short texts of all records lie folded in one buffer ([`index`]); a query becomes a tree of terms
//! ([`query`]), each term has a [`crate::search::matching::rank::Tier`] in each record, and a record is as good as its worst term.

pub mod index;
pub mod language;
pub mod matching;
pub mod results;

#[cfg(test)]
mod fixtures;
mod parallel;

pub use matching::run::{finds, found_ids, search, search_on};
