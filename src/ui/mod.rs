//! The screen, as pure functions: state and event in, state and effects out; state in, cells out.
//!
//! From below: `keys` (keys, actions, keymap), `layout` (rectangles), `pages` (contents of popups), `state`, and above
//! them `update` and `render`, which do not know each other.

pub mod keys;
pub mod pages;

pub mod appearance;
pub mod begun_note;
pub mod document;
pub mod drafts;
pub mod event;
pub mod layout;
pub mod load_state;
pub mod motion;
mod record_detail;
pub mod render;
pub mod review;
mod review_lines;
pub mod review_words;
pub mod rows;
pub mod state;
pub mod theme;
pub mod update;
