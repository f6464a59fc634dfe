//! Job control: stopping as the shell expects it, and going on.
//!
//! Knows no screen; the driver draws anew afterwards.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;

use super::restore::Restorer;
use super::tty;
use super::wake::Wake;

/// Who asked for the stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuspendRequest {
    /// The person, by Ctrl-Z: all of the job stops, as it would with a terminal that is not raw.
    Here,
    /// Somebody else, by a signal to this process.
    Elsewhere,
}

/// Gives the terminal back, stops, and takes the terminal again when the program is continued; whether it did.
/// It does nothing where nobody could continue it.
pub fn suspend(restorer: &Restorer, wake: &Wake, asked: SuspendRequest) -> io::Result<bool> {
    if !has_job_control() {
        return Ok(false);
    }
    restorer.leave();
    if asked == SuspendRequest::Here {
        // A wrapper script stops with it; this process only notes the signal.
        let _ = kill_current_process_group(Signal::TSTP);
        await_note(wake)?;
    }
    low_level::emulate_default_handler(SIGTSTP)?;
    restorer.enter()?;
    wake.take_stopped();
    wake.take_continued();
    // Whatever else woke the loop meanwhile is looked at now.
    wake.waker()();
    Ok(true)
}

/// Waits until this process has noted its own signal: a handler that had only begun when the process stopped
/// would run when it goes on, and stop it again (seen once in 150 runs of the test).
fn await_note(wake: &Wake) -> io::Result<()> {
    let end = Instant::now() + Duration::from_millis(200);
    while !wake.take_stopped() && Instant::now() < end {
        let descriptor = wake.descriptor();
        tty::wait(&mut [PollFd::new(&descriptor, PollFlags::IN)], Some(Duration::from_millis(20)))?;
        wake.drain();
    }
    Ok(())
}

/// A shell with job control gives each job a process group of its own; `ssh -t host diarium` has none, and a
/// program that stopped there would hang for good.
fn has_job_control() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}
