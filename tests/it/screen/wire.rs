//! Bytes sent for each key: an arrow key sends little more than the new text of the detail.

use diarium::terminal::{Capability, ColorMode, TerminalEnvironment, frame_bytes};
use ratatui::buffer::Buffer;

use super::harness::{Screen, fixture, setup};

/// Bytes for the new text of the detail: those of a frame that changes only the detail.
fn detail_alone(before: &Buffer, after: &Buffer, first_column: u16) -> usize {
    let mut detail = before.clone();
    for y in 0..after.area.height {
        for x in first_column..after.area.width {
            detail[(x, y)] = after[(x, y)].clone();
        }
    }
    frame_bytes(before, &detail, capability())
}

fn capability() -> Capability {
    let environment = TerminalEnvironment::read(|name| (name == "TERM").then(|| "xterm-256color".to_owned()));
    Capability::new(&environment, ColorMode::Auto).expect("a terminal")
}

#[test]
fn an_arrow_key_sends_the_new_detail_and_little_more() {
    let mut screen = Screen::start(setup(), fixture("projekt"), (120, 40));
    let layout = screen.session().state().layout().expect("a screen");
    let detail = layout.detail.expect("a detail").outer.x;
    for _ in 0..4 {
        let (before, _) = screen.buffer();
        screen.keys("<down>");
        let (after, _) = screen.buffer();
        let (sent, text) =
            (frame_bytes(&before, &after, capability()), detail_alone(&before, &after, detail));
        println!("arrow key: {sent} bytes, of them {text} for the detail");
        assert!(sent <= text + 300, "{sent} bytes, of them {text} for the detail");
    }
}

#[test]
fn a_key_that_changes_nothing_sends_nothing() {
    let mut screen = Screen::start(setup(), fixture("projekt"), (120, 40));
    let (before, _) = screen.buffer();
    screen.keys("k");
    let (after, _) = screen.buffer();
    assert_eq!(frame_bytes(&before, &after, capability()), 0);
}
