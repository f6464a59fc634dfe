//! The screen, as pure functions: state and event in, state and effects out; state in, cells out.

pub mod action;
pub mod document;
pub mod event;
pub mod examples;
pub mod facets;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod note_box;
pub mod pages;
pub mod popup;
pub mod render;
pub mod review;
mod review_page;
mod review_sheet;
pub mod review_words;
pub mod rows;
pub mod state;
pub mod theme;
pub mod update;
pub mod view;
