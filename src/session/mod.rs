//! One user at one screen: the state, and the executor of its effects.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::ui::event::{Event, Outcome, Request};
use crate::ui::key::Key;

/// Called from any thread when a worker has left an event for the session.
pub type Waker = std::sync::Arc<dyn Fn() + Send + Sync>;

/// One user at one screen.
#[derive(Default)]
pub struct Session {
    shown: String,
    request: Option<Request>,
    changed: bool,
}

impl Session {
    /// Takes one event of the terminal.
    pub fn handle(&mut self, event: Event) {
        if let Event::Key(key) = event {
            self.shown.push_str(&key.to_string());
            if key == Key::char('q') {
                self.request = Some(Request::Quit(Outcome::Done));
            }
        }
        self.changed = true;
    }

    /// Takes all events that workers have left.
    pub fn drain(&mut self) {}

    /// What the holder of the terminal must do next, if anything; asked until there is nothing more.
    pub fn request(&mut self) -> Option<Request> {
        self.request.take()
    }

    /// Whether anything may look different since the last call.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Draws the screen into the buffer and returns where the terminal's cursor stands.
    pub fn render(&self, buffer: &mut Buffer) -> Option<Position> {
        let area = buffer.area;
        if area.width > 0 && area.height > 0 {
            buffer.set_string(0, 0, &self.shown, ratatui::style::Style::default());
        }
        None
    }
}
