//! Search: from the text of a query to records in order. Knows no screen, no files and no clock; it says when
//! it may be stopped, and the caller decides whether to.
//!
//! The short texts of all records lie folded in one buffer ([`index`]); a query becomes a tree of terms
//! ([`query`]), each term has a [`rank::Tier`] in each record, and a record is as good as its worst term.

pub mod answer;
pub mod basis;
mod collation;
mod columns;
pub mod completion;
pub mod condition;
mod descriptions;
mod doubts;
pub mod edit;
mod evaluate;
pub mod facets;
pub mod field;
pub mod filter;
#[cfg(test)]
mod fixtures;
mod folding;
pub mod groups;
pub mod highlight;
mod id_pattern;
pub mod index;
mod interval;
mod layout;
mod letters;
mod lexer;
pub mod look_up;
mod narrow;
mod needle;
mod nothing;
mod one_edit;
pub mod order;
mod parse;
mod plan;
mod print;
pub mod query;
pub mod rank;
mod run;
mod shares;
mod short_ranks;
mod short_texts;
mod similar;
pub mod sorting;
pub mod stats;
mod texts;

#[cfg(test)]
mod language_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod sorting_tests;
#[cfg(test)]
mod table_tests;

pub use run::{finds, found_ids, search, search_on};
