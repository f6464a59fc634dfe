//! The pictures in the README match the program.

#[path = "../pictures/drawing.rs"]
mod drawing;
use super::screen::harness;
#[path = "../pictures/scenes.rs"]
mod scenes;

use std::fs;
use std::path::Path;

#[test]
fn no_picture_is_stale() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/pictures");
    for (name, picture) in scenes::all() {
        let kept = fs::read_to_string(folder.join(name)).unwrap_or_default();
        // Not `assert_eq`: two pictures are too long for a message.
        assert!(kept == picture, "{name} is stale; draw it anew: cargo run --example pictures");
    }
}
