//! The terminal layer in a real pseudo-terminal: what only a kernel can show. Few, because each starts a process.

mod draft_kill;
mod driver;
pub mod harness;
mod note_editor;
mod probe;
mod program;
mod review_kill;
mod review_store;
