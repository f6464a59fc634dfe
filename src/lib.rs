//! diarium.

pub mod domain;
pub mod i18n;
pub mod loading;
pub mod session;
pub mod text;
pub mod ui;
