//! The terminal: raw mode, frames, keys, signals, hang-up, clipboard. The one layer that knows a tty.
//!
//! It drives an [`App`], which the session is, and performs the requests of it.

pub mod capability;
mod clipboard;
mod colour;
#[cfg(test)]
mod contrast_tests;
mod control_sequence;
mod control_string;
mod decoder;
mod devices;
mod drive;
mod editor;
mod encode;
mod grid;
mod input;
mod restore;
mod screen;
mod sequences;
mod sgr;
mod suspend;
mod tty;
mod wake;
mod watch;

use std::io;
use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};

pub use capability::{Capability, ColorMode, Colours, TerminalEnvironment};
pub use screen::{Screen, frame_bytes};

use crate::session::{Session, Waker};
use crate::ui::event::{Event, Outcome, Request};
use crate::ui::keys::key::Key;

/// An application that is shown on the terminal and takes its events.
pub trait App {
    /// Takes one event of the terminal.
    fn handle(&mut self, event: Event);
    /// Takes all events that workers have sent.
    fn drain(&mut self);
    /// Returns the next request for the terminal; called until there is none.
    fn request(&mut self) -> Option<Request>;
    /// Returns `true` if the screen may look different from the last call.
    fn take_changed(&mut self) -> bool;
    /// Returns `true` while an answer that changes the screen is expected at any moment: a frame waits for it a little.
    fn is_settling(&self) -> bool {
        false
    }
    /// Time of the next wanted [`Event::Now`], in milliseconds since the application began.
    fn wake_at(&self) -> Option<u64> {
        None
    }
    /// Index of the first of these keys, which have arrived at once, that belongs to a text pasted without brackets.
    fn pasted_from(&self, _keys: &[Key]) -> Option<usize> {
        None
    }
    /// Draws the screen into the buffer and returns the position of the cursor.
    fn render(&self, buffer: &mut Buffer) -> Option<Position>;
}

impl App for Session {
    fn handle(&mut self, event: Event) {
        Self::handle(self, event);
    }

    fn drain(&mut self) {
        Self::drain(self);
    }

    fn request(&mut self) -> Option<Request> {
        Self::request(self)
    }

    fn take_changed(&mut self) -> bool {
        Self::take_changed(self)
    }

    fn is_settling(&self) -> bool {
        Self::is_settling(self)
    }

    fn wake_at(&self) -> Option<u64> {
        Self::wake_at(self)
    }

    fn pasted_from(&self, keys: &[Key]) -> Option<usize> {
        Self::pasted_from(self, keys)
    }

    fn render(&self, buffer: &mut Buffer) -> Option<Position> {
        Self::render(self, buffer)
    }
}

/// Settings of the terminal layer.
#[derive(Clone, Debug, Default)]
pub struct TerminalSettings {
    /// The environment's variables about the terminal.
    pub environment: TerminalEnvironment,
    /// When to use colours.
    pub color: ColorMode,
    /// The folder of the file that the person's editor opens; without one no editor is started.
    pub scratch: Option<PathBuf>,
    /// Draw on `/dev/tty` if standard output is no terminal (`--pick`).
    pub draw_on_tty: bool,
}

/// The end of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The application requested it.
    Outcome(Outcome),
    /// This signal ended it; SIGHUP also where the line dropped without a signal.
    Gone(i32),
}

impl Ended {
    /// The exit status for a signal: 128 and its number, as in shells.
    #[must_use]
    pub fn signal_status(&self) -> Option<u8> {
        match self {
            Self::Outcome(_) => None,
            Self::Gone(signal) => Some(u8::try_from(128 + signal).unwrap_or(u8::MAX)),
        }
    }
}

/// The reason why there is no screen.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard output, or every way to a keyboard, is no terminal.
    #[error("there is no terminal to draw on")]
    Missing(#[source] io::Error),
    /// The terminal has no screen.
    #[error(transparent)]
    Dumb(#[from] capability::DumbTerminalError),
    /// The terminal could not be taken over.
    #[error("the terminal cannot be used")]
    Unusable(#[source] io::Error),
}

/// Shows the application that `make` builds until the application ends or the terminal goes away. Returns how it ended,
/// and the application. `make` receives the size of the terminal and the function with which workers wake the main loop.
///
/// The terminal's modes are restored on every way out. After [`Ended::Gone`] the program has half a second to end; then
/// it is ended with the same status.
///
/// # Errors
/// There is no terminal, or one without a screen; nothing has been changed then.
pub fn run<A: App>(
    settings: &TerminalSettings,
    make: impl FnOnce(Size, Waker) -> A,
) -> Result<(Ended, A), TerminalError> {
    let tty = tty::Tty::open(settings.draw_on_tty).map_err(TerminalError::Missing)?;
    let capability = Capability::new(&settings.environment, settings.color)?;
    let restorer = restore::Restorer::new(tty).map_err(TerminalError::Unusable)?;
    let wake = wake::Wake::new().map_err(TerminalError::Unusable)?;
    let interrupts = watch::start(restorer.clone(), wake.gone().clone(), wake.waker());
    let interrupts = interrupts.map_err(TerminalError::Unusable)?;
    restorer.hook_panics();
    let guard = restore::Guard(restorer);
    if let Err(error) = guard.0.enter() {
        return Err(TerminalError::Unusable(error));
    }
    let size = guard.0.tty().size();
    let app = make(size, wake.waker());
    let devices = devices::Devices { restorer: &guard.0, wake: &wake, interrupts: &interrupts, settings };
    let ended = drive::Driver::new(devices, Screen::new(capability, size), size, app).run();
    drop(guard);
    Ok(ended)
}
