//! The screen, as pure functions: state and event in, state and effects out; state in, cells out.

pub mod action;
pub mod event;
pub mod key;
pub mod keymap;
