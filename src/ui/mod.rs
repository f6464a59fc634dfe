//! The screen, as pure functions: state and event in, state and effects out; state in, cells out.

pub mod keys;
pub mod pages;

pub mod appearance;
pub mod document;
pub mod event;
pub mod facets;
pub mod layout;
pub mod load_state;
pub mod motion;
pub mod note_box;
pub mod popup;
pub mod render;
pub mod review;
mod review_sheet;
pub mod review_words;
pub mod rows;
pub mod state;
pub mod theme;
pub mod update;
