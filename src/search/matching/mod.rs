//! Matching: a planned query is evaluated against the index, and each record gets a tier and a rank.

pub mod added_words;
pub mod answer;
pub(crate) mod closeness;
pub(crate) mod condition_matcher;
pub(crate) mod description_match;
pub(crate) mod description_order;
pub(crate) mod evaluator;
pub(crate) mod field_match;
pub(crate) mod form_match;
pub(crate) mod fuzzy;
pub(crate) mod incremental;
pub(crate) mod like_order;
pub mod likeness;
pub(crate) mod one_edit;
pub(crate) mod planned_term;
#[cfg(test)]
pub(crate) mod property_tests;
pub(crate) mod query_plan;
pub mod rank;
pub(crate) mod relaxation;
pub(crate) mod run;
pub(crate) mod substring_scanner;
#[cfg(test)]
mod table_tests;
pub mod truth;
pub(crate) mod undecided;
