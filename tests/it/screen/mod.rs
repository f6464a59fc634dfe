//! The screen, driven by keys through the production keymap.

mod behaviour;
mod harness;
mod looks;
mod robust;
mod wire;
