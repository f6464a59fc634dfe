//! The watch: a thread that notices when the terminal goes away, even while the main loop is stuck. It waits for SIGHUP,
//! SIGTERM and SIGINT, and for POLLHUP, because SIGHUP may be ignored (`nohup`) or sent to other processes only.

use std::cell::Cell;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{SigId, low_level};

use super::restore::Restorer;
use super::tty;
use crate::session::Waker;

/// Time for the main loop to end the program before the watch does.
const GRACE: Duration = Duration::from_millis(500);

/// Starts the watch. When the terminal goes away it sets `gone` to the signal and calls `wake`. The thread runs until the
/// program ends, so that the program cannot get stuck in ending either.
pub fn start(restorer: Arc<Restorer>, gone: Arc<AtomicI32>, wake: Waker) -> io::Result<Interrupts> {
    let (receiver, sender) = UnixStream::pair()?;
    let interrupts = Interrupts { sender, heeded: Cell::default() };
    interrupts.heed();
    let mut signals = Vec::new();
    for signal in [SIGTERM, SIGHUP] {
        let (receiver, sender) = UnixStream::pair()?;
        low_level::pipe::register(signal, sender)?;
        signals.push((signal, receiver));
    }
    signals.push((SIGINT, receiver));
    thread::Builder::new().name("watch".into()).spawn(move || {
        let signal = wait(&restorer, &signals);
        gone.store(signal, Ordering::SeqCst);
        wake();
        thread::sleep(GRACE);
        restorer.abandon();
        // No destructor runs: it may be stuck as well.
        low_level::exit(128 + signal);
    })?;
    Ok(interrupts)
}

/// Ctrl-C (SIGINT) ends the program, except while another program has the terminal: the whole job receives the signal, but
/// it is meant for that program.
pub struct Interrupts {
    /// Stays open while the signal is ignored, because the watch polls the other end.
    sender: UnixStream,
    heeded: Cell<Option<SigId>>,
}

impl Interrupts {
    /// Ignores the signal from now on. Deciding only afterwards would be too late: the other program would have ended by
    /// it, and the signal would count as this program's own.
    pub fn ignore(&self) {
        if let Some(heeded) = self.heeded.take() {
            low_level::unregister(heeded);
        }
    }

    /// Lets the signal end the program again. If no descriptor is left it stays ignored; the other signals still work.
    pub fn heed(&self) {
        if self.heeded.get().is_none() {
            let registered =
                self.sender.try_clone().and_then(|sender| low_level::pipe::register(SIGINT, sender));
            self.heeded.set(registered.ok());
        }
    }
}

/// Waits for a signal that ends the program, or for the line to drop.
fn wait(restorer: &Restorer, signals: &[(i32, UnixStream)]) -> i32 {
    let input = restorer.tty().input();
    let mut polled: Vec<_> = signals
        .iter()
        .map(|(_, receiver)| PollFd::from_borrowed_fd(receiver.as_fd(), PollFlags::IN))
        .collect();
    // No requested events: a hang-up is reported anyway, and keys are for the main loop.
    polled.push(PollFd::from_borrowed_fd(input, PollFlags::empty()));
    loop {
        if tty::wait(&mut polled, None).is_err() {
            return SIGHUP;
        }
        let signalled = signals.iter().zip(&polled).find(|(_, polled)| !polled.revents().is_empty());
        if let Some(((signal, _), _)) = signalled {
            return *signal;
        }
        if polled.last().is_some_and(|polled| tty::is_gone(polled.revents())) {
            return SIGHUP;
        }
    }
}
