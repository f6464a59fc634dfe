//! The terminal, signals and settings of one screen, borrowed by the main loop and by the editor.

use super::TerminalSettings;
use super::restore::Restorer;
use super::wake::Wake;
use super::watch::Interrupts;

/// The devices that the main loop uses.
#[derive(Clone, Copy)]
pub struct Devices<'a> {
    /// The terminal and its modes.
    pub restorer: &'a Restorer,
    /// Signals and workers.
    pub wake: &'a Wake,
    /// Ctrl-C, while another program has the terminal.
    pub interrupts: &'a Interrupts,
    /// The settings.
    pub settings: &'a TerminalSettings,
}
