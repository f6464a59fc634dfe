//! Wakes the main loop for workers, signals and the watch: one pipe to poll, and a flag for each signal, so that a storm
//! of signals counts once.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH};
use signal_hook::{flag, low_level};

use crate::session::Waker;

/// The main loop's end of the pipe.
pub struct Wake {
    receiver: UnixStream,
    sender: Arc<UnixStream>,
    resized: Arc<AtomicBool>,
    stopped: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    gone: Arc<AtomicI32>,
    registered: Vec<signal_hook::SigId>,
}

impl Wake {
    /// Creates the pipe, to which SIGWINCH, SIGTSTP and SIGCONT write.
    pub fn new() -> io::Result<Self> {
        let (receiver, sender) = UnixStream::pair()?;
        receiver.set_nonblocking(true)?;
        sender.set_nonblocking(true)?;
        let mut wake = Self {
            receiver,
            sender: Arc::new(sender),
            resized: Arc::default(),
            stopped: Arc::default(),
            continued: Arc::default(),
            gone: Arc::default(),
            registered: Vec::new(),
        };
        for (signal, raised) in
            [(SIGWINCH, &wake.resized), (SIGTSTP, &wake.stopped), (SIGCONT, &wake.continued)]
        {
            // In this order, so that the flag is up when the pipe wakes the loop.
            wake.registered.push(flag::register(signal, Arc::clone(raised))?);
            wake.registered.push(low_level::pipe::register(signal, wake.sender.try_clone()?)?);
        }
        Ok(wake)
    }

    /// The function with which workers wake the loop.
    pub fn waker(&self) -> Waker {
        let sender = Arc::clone(&self.sender);
        Arc::new(move || {
            // A full pipe wakes the loop as well.
            let _ = rustix::io::write(&*sender, &[0]);
        })
    }

    /// The flag that the watch sets to the number of the signal by which the terminal went away.
    pub fn gone(&self) -> &Arc<AtomicI32> {
        &self.gone
    }

    /// The signal by which the terminal went away, if it has.
    pub fn gone_by(&self) -> Option<i32> {
        Some(self.gone.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }

    /// The descriptor to poll.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.receiver.as_fd()
    }

    /// Empties the pipe.
    pub fn drain(&self) {
        let mut bytes = [0; 256];
        while rustix::io::read(&self.receiver, &mut bytes).is_ok_and(|count| count == bytes.len()) {}
    }

    /// Returns `true` if the size may have changed since the last call.
    pub fn take_resized(&self) -> bool {
        self.resized.swap(false, Ordering::SeqCst)
    }

    /// Returns `true` if SIGTSTP has arrived since the last call.
    pub fn take_stopped(&self) -> bool {
        self.stopped.swap(false, Ordering::SeqCst)
    }

    /// Returns `true` if the program has been continued since the last call.
    pub fn take_continued(&self) -> bool {
        self.continued.swap(false, Ordering::SeqCst)
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        for id in self.registered.drain(..) {
            low_level::unregister(id);
        }
    }
}
