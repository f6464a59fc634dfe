//! The terminal: raw mode, frames, keys, signals, hang-up, clipboard. The one layer that knows a tty.
//!
//! Knows nothing of what is shown: it drives a `App`, which the session is, and does what it requests.

pub mod capability;
mod clipboard;
mod colour;
mod drive;
mod editor;
mod encode;
mod grid;
mod input;
mod rejoin;
mod restore;
mod screen;
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

/// What is shown on the terminal and takes its events.
pub trait App {
    /// Takes one event of the terminal.
    fn handle(&mut self, event: Event);
    /// Takes all events that workers have left.
    fn drain(&mut self);
    /// What the terminal is to do next, if anything; asked until there is nothing more.
    fn request(&mut self) -> Option<Request>;
    /// Whether anything may look different since the last call.
    fn take_changed(&mut self) -> bool;
    /// Whether an answer that changes the screen is expected at any moment: a frame then waits for it a little.
    fn is_settling(&self) -> bool {
        false
    }
    /// When the guest wants an `Event::Now`, if nothing happens before, in milliseconds since it began.
    fn wake_at(&self) -> Option<u64> {
        None
    }
    /// Draws the screen into the buffer and returns where the cursor stands.
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

    fn render(&self, buffer: &mut Buffer) -> Option<Position> {
        Self::render(self, buffer)
    }
}

/// How to use the terminal.
#[derive(Clone, Debug, Default)]
pub struct TerminalSettings {
    /// What the environment says of the terminal.
    pub environment: TerminalEnvironment,
    /// When to use colours.
    pub color: ColorMode,
    /// The folder of a text while it is in the person's editor; without one no editor is opened.
    pub scratch: Option<PathBuf>,
    /// Draw on `/dev/tty` if standard output is no terminal (`--pick`).
    pub draw_on_tty: bool,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The guest requested it.
    Outcome(Outcome),
    /// By this signal, or SIGHUP where the line dropped without one.
    Gone(i32),
}

impl Ended {
    /// The exit status that belongs to a signal, 128 and its number, as shells give it.
    #[must_use]
    pub fn signal_status(&self) -> Option<u8> {
        match self {
            Self::Outcome(_) => None,
            Self::Gone(signal) => Some(u8::try_from(128 + signal).unwrap_or(u8::MAX)),
        }
    }
}

/// Why there is no screen.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard output, or every way to a keyboard, is no terminal.
    #[error("there is no terminal to draw on")]
    Missing(#[source] io::Error),
    /// A terminal that has no screen.
    #[error(transparent)]
    Dumb(#[from] capability::Dumb),
    /// The terminal could not be taken over.
    #[error("the terminal cannot be used")]
    Unusable(#[source] io::Error),
}

/// Shows the guest that `make` builds on the terminal until it, or the terminal, goes; returns how it ended, and
/// the guest. `make` gets the terminal's size and what workers call when they have left an event.
///
/// On every way out the terminal is as it was before. After `Ended::Gone` the program has half a second to end;
/// then it is ended, with the same status.
///
/// # Errors
/// There is no terminal, or one that has no screen; nothing has been changed then.
pub fn run<G: App>(
    settings: &TerminalSettings,
    make: impl FnOnce(Size, Waker) -> G,
) -> Result<(Ended, G), TerminalError> {
    let device = tty::Tty::open(settings.draw_on_tty).map_err(TerminalError::Missing)?;
    let capability = Capability::of(&settings.environment, settings.color)?;
    let restorer = restore::Restorer::new(device).map_err(TerminalError::Unusable)?;
    let wake = wake::Wake::new().map_err(TerminalError::Unusable)?;
    let interrupts = watch::start(restorer.clone(), wake.gone().clone(), wake.waker());
    let interrupts = interrupts.map_err(TerminalError::Unusable)?;
    restorer.hook_panics();
    let guard = restore::Guard(restorer);
    if let Err(error) = guard.0.enter() {
        return Err(TerminalError::Unusable(error));
    }
    let size = guard.0.tty().size();
    let guest = make(size, wake.waker());
    let driver = drive::Driver::new(&guard.0, &wake, &interrupts, settings, capability, size, guest);
    let ended = driver.run();
    drop(guard);
    Ok(ended)
}
