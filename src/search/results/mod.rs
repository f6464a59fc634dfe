//! Derived from an answer: order, groups, facets, statistics, highlights, completions.

pub mod completion;
pub mod facets;
pub mod groups;
pub mod highlight;
pub mod look_up;
pub mod sorting;
#[cfg(test)]
mod sorting_tests;
pub mod stats;
