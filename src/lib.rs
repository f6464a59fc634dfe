//! diarium.

pub mod cli;
pub mod domain;
pub mod export;
pub mod i18n;
pub mod loading;
pub mod search;
pub mod session;
#[cfg(unix)]
pub mod terminal;
pub mod text;
pub mod ui;
