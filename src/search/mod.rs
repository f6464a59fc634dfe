//! Search: turns the text of a query into records in order. Independent of screen, files and clock.
//!
//! A query passes through four modules, each of which uses only those before it:
//!
//! 1. [`language`] parses the text into a tree of terms and conditions.
//! 2. [`index`] holds the catalogue in a form made for scanning: the folded short texts of all records in one buffer.
//! 3. [`matching`] evaluates the tree against the index. Each term has a [`matching::rank::Tier`] in each record, and a
//!    record is ranked by its worst term.
//! 4. [`results`] derives from the answer what is shown: order, facets, statistics, highlights, completions.
//!
//! `parallel` spreads the work over threads. A search polls its caller for whether to stop.

pub mod index;
pub mod language;
pub mod matching;
pub mod results;

#[cfg(test)]
mod fixtures;
mod parallel;

pub use matching::run::{finds, found_ids, search, search_on};
