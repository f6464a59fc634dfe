//! Writes the pictures of the README: `cargo run --example pictures`. They are drawn from the program's own screen, over
//! the built-in records on a fixed day, so they are the same on every machine.

mod drawing;
#[path = "../it/screen/harness.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod harness;
mod scenes;
#[path = "../it/steps.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod steps;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/pictures");
    fs::create_dir_all(&folder)?;
    for (name, picture) in scenes::all() {
        fs::write(folder.join(name), picture)?;
    }
    Ok(())
}
