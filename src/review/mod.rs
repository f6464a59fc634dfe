//! Reviews: who said what of which record, when, and what that amounts to. Knows no screen, no environment and no
//! clock: who it is and what time it is are told.
//!
//! What is kept is a list of [`event::Event`]s that only ever grows, in one file ([`store`]). [`journal::Journal`] works
//! out of them what holds now; the order in which they came in makes no difference to it, so that two people's stores
//! can be joined. A [`crate::review::session::ReviewSession`] is one person's place at a store: it decides and writes in one transaction.

pub mod closing;
pub mod comparison;
pub mod content;
pub mod event;
pub mod exchange;
pub mod facts;
pub mod hex;
pub mod journal;
pub mod new_event;
pub mod record_state;
pub mod round;
pub mod sample;
mod schema;
pub mod session;
pub mod store;
pub mod undo;
pub mod verdict;
pub mod version;

#[cfg(test)]
mod journal_tests;
#[cfg(test)]
mod merging_tests;
#[cfg(test)]
mod sample_tests;
#[cfg(test)]
mod store_tests;
