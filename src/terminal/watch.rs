//! The watch: a thread that sees the terminal go away even while the main loop is stuck in it. SIGHUP, SIGTERM
//! and SIGINT come by signal; a line that drops is seen by POLLHUP too, because SIGHUP may be ignored (`nohup`)
//! or sent to others only.
//!
//! Uses no CPU while it waits. Knows nothing of the session.

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

/// How long the main loop has to end in good order before the watch ends the program.
const GRACE: Duration = Duration::from_millis(500);

/// Starts the watch. When the terminal goes away it leaves the signal in `gone` and calls `wake`. It stays until
/// the program ends, so that ending cannot get stuck either.
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
        // Nothing is run on the way out: whatever holds the program up may hold that up as well.
        low_level::exit(128 + signal);
    })?;
    Ok(interrupts)
}

/// Ctrl-C ends the program, unless another one has the terminal: it reaches all of the job, and is for that one.
pub struct Interrupts {
    /// Stays open while they are ignored: its other end is waited at.
    sender: UnixStream,
    heeded: Cell<Option<SigId>>,
}

impl Interrupts {
    /// From now on they are for another program. What has no taker is dropped as it comes in: whoever asked only
    /// afterwards whose it was would find that program ended by it, and take it for their own.
    pub fn ignore(&self) {
        if let Some(heeded) = self.heeded.take() {
            low_level::unregister(heeded);
        }
    }

    /// They end the program again. Without a descriptor to spare they stay ignored; the others still end it.
    pub fn heed(&self) {
        if self.heeded.get().is_none() {
            let registered =
                self.sender.try_clone().and_then(|sender| low_level::pipe::register(SIGINT, sender));
            self.heeded.set(registered.ok());
        }
    }
}

/// Waits for the signal that ends the program, or for the line to drop.
fn wait(restorer: &Restorer, signals: &[(i32, UnixStream)]) -> i32 {
    let input = restorer.tty().input();
    let mut polled: Vec<_> = signals
        .iter()
        .map(|(_, receiver)| PollFd::from_borrowed_fd(receiver.as_fd(), PollFlags::IN))
        .collect();
    // No events asked for: a hang-up is reported all the same, and keys are the main loop's.
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
