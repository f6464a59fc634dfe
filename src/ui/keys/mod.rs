//! Keys and what they do: the key type, the table of named actions, and the map from one to the other.

pub mod action;
pub mod key;
pub mod keymap;
