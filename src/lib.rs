//! diarium.

pub mod domain;
pub mod session;
pub mod text;
pub mod ui;
