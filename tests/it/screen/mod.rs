//! The screen, driven by keys through the production keymap.

mod actions;
mod behaviour;
mod drafts;
mod filtering;
mod gallery;
mod glance;
pub mod harness;
mod leaving_data;
mod looks;
mod ordering;
mod pasting;
mod reload;
mod reviewing;
mod robust;
mod wire;
mod writing;
