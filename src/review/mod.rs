//! Reviews: events that reviewers write, the store that keeps them, and the state that follows from them. Knows no
//! screen, no environment and no clock: names and times are arguments.
//!
//! [`event::Event`]s are never changed or removed. They are kept in a file ([`store`]), each bound to the one before by
//! a digest (`chain`). [`journal::Journal`] derives the present state from them, whatever the order of their arrival,
//! so that two people's stores can be joined. A [`session::ReviewSession`] decides and writes each command in one
//! transaction.

mod chain;
pub mod closing;
pub mod command;
pub mod comparison;
pub mod content;
pub mod delta;
pub mod event;
mod event_row;
pub mod exchange;
pub mod facts;
pub mod finding;
pub mod hex;
pub mod import;
pub mod journal;
pub mod new_event;
pub mod packing;
pub mod presence;
mod reading;
pub mod record_state;
pub mod repair;
pub mod round;
mod salvage;
pub mod sample;
mod schema;
pub mod session;
pub mod store;
pub mod store_error;
mod store_file;
pub mod transaction;
pub mod undo;
pub mod verdict;
pub mod verify;
pub mod version;

#[cfg(test)]
mod journal_tests;
#[cfg(test)]
mod merging_tests;
#[cfg(test)]
mod rot_tests;
#[cfg(test)]
mod sample_tests;
#[cfg(test)]
mod store_tests;
#[cfg(test)]
mod tamper_tests;
