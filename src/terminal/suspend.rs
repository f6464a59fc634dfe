//! Job control: stopping as the shell expects it, and going on.
//!
//! Knows no screen; the driver draws anew afterwards.

use std::io;

use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;

use super::restore::Restorer;

/// Who asked for the stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The person, by Ctrl-Z: all of the job stops, as it would with a terminal that is not raw.
    Here,
    /// Somebody else, by a signal to this process.
    Elsewhere,
}

/// Gives the terminal back, stops, and takes the terminal again when the program is continued. Does nothing
/// where nobody could continue it.
pub fn suspend(restorer: &Restorer, asked: Asked) -> io::Result<()> {
    if !has_job_control() {
        return Ok(());
    }
    restorer.leave();
    if asked == Asked::Here {
        // A wrapper script stops with it; this process only notes the signal and stops in the next line.
        let _ = kill_current_process_group(Signal::TSTP);
    }
    low_level::emulate_default_handler(SIGTSTP)?;
    restorer.enter()
}

/// A shell with job control gives each job a process group of its own; `ssh -t host diarium` has none, and a
/// program that stopped there would hang for good.
fn has_job_control() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}
