//! The query language: lexing, parsing, conditions on fields, printing and editing of queries.

pub mod condition;
pub mod expansion;
pub mod field;
pub mod filter_edit;
pub mod filter_field;
pub(crate) mod id_pattern;
pub(crate) mod interval;
#[cfg(test)]
mod language_tests;
pub(crate) mod letter_pattern;
pub(crate) mod lexer;
pub(crate) mod parser;
pub(crate) mod print;
pub mod problem;
pub mod query;
pub mod query_context;
pub(crate) mod quote;
pub mod sort_order;
pub(crate) mod term;
pub(crate) mod word_forms;
