//! Keys: the key type, the contexts in which keys act, the table of actions, and the map from keys to actions.

pub mod action;
pub mod context;
pub mod key;
pub mod keymap;
