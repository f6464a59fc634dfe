//! Job control: stopping as the shell expects it, and continuing.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;

use super::restore::Restorer;
use super::tty;
use super::wake::Wake;

/// The origin of a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuspendRequest {
    /// The person pressed Ctrl-Z: the whole job stops, as with a terminal that is not raw.
    Here,
    /// A signal was sent to this process.
    Elsewhere,
}

/// Restores the terminal, stops, and takes the terminal over again when the program is continued. Returns `false` and does
/// nothing where no shell could continue it.
pub fn suspend(restorer: &Restorer, wake: &Wake, requested_by: SuspendRequest) -> io::Result<bool> {
    if !has_job_control() {
        return Ok(false);
    }
    restorer.leave();
    if requested_by == SuspendRequest::Here {
        // A wrapper script stops with it; this process only records the signal.
        let _ = kill_current_process_group(Signal::TSTP);
        await_signal(wake)?;
    }
    low_level::emulate_default_handler(SIGTSTP)?;
    restorer.enter()?;
    wake.take_stopped();
    wake.take_continued();
    // Events that woke the loop meanwhile are handled now.
    wake.waker()();
    Ok(true)
}

/// Waits until this process has recorded its own signal. A handler that had only begun when the process stopped would run
/// when it continues, and stop it again (seen once in 150 runs of the test).
fn await_signal(wake: &Wake) -> io::Result<()> {
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
