//! The terminal's modes: changed at the start and restored on every way out. The guard, the panic hook, job control and
//! the watch all call this, in any order and more than once.
//!
//! Restoring never fails: a terminal that has gone away needs no restoring.

use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

use super::sequences;
use super::tty::{self, Tty};

/// Time before a session leader (`ssh -t host diarium`) ends. Linux discards output that the kernel has not carried to
/// the other end by then; without this pause that was seen once in 170 ends.
const FAREWELL: Duration = Duration::from_millis(5);

/// Changes and restores the terminal's modes.
#[derive(Debug)]
pub struct Restorer {
    tty: Tty,
    original: Termios,
    raw: Termios,
    entered: Mutex<bool>,
    /// Messages of other threads' panics while the screen was in use.
    notes: Mutex<Vec<String>>,
    owner: ThreadId,
}

impl Restorer {
    /// Reads the terminal's modes and changes nothing yet.
    pub fn new(tty: Tty) -> io::Result<Arc<Self>> {
        let original = tcgetattr(tty.input())?;
        let mut raw = original.clone();
        raw.make_raw();
        // A read returns at once when nothing is there: the main loop must never block in one, deaf to signals and
        // hang-ups.
        raw.special_codes[SpecialCodeIndex::VMIN] = 0;
        raw.special_codes[SpecialCodeIndex::VTIME] = 0;
        Ok(Arc::new(Self {
            tty,
            original,
            raw,
            entered: Mutex::new(false),
            notes: Mutex::default(),
            owner: thread::current().id(),
        }))
    }

    /// The terminal's device.
    pub fn tty(&self) -> &Tty {
        &self.tty
    }

    /// Takes the terminal over, also after another program has used it.
    pub fn enter(&self) -> io::Result<()> {
        let mut entered = lock(&self.entered);
        self.set(&self.raw)?;
        *entered = true;
        self.tty.write(&sequences::enter())
    }

    /// Restores the terminal, unless that has been done.
    pub fn leave(&self) {
        let mut entered = lock(&self.entered);
        if std::mem::take(&mut *entered) {
            // A terminal that has gone away returns EIO for both, and cannot show an error.
            let _ = self.tty.write(&sequences::leave());
            let _ = self.set(&self.original);
            for note in lock(&self.notes).drain(..) {
                let _ = self.tty.write(note.as_bytes());
            }
            if leads_session() {
                thread::sleep(FAREWELL);
            }
        }
    }

    /// Restores the terminal while the main thread is stuck: never waits.
    pub fn abandon(&self) {
        if self.entered.try_lock().is_ok_and(|entered| !*entered) {
            return;
        }
        let _ = self.set(&self.original);
        let output = self.tty.output();
        let mut ready = [PollFd::new(&output, PollFlags::OUT)];
        let polled = tty::wait(&mut ready, Some(Duration::ZERO));
        let [ready] = ready;
        if polled.is_ok() && ready.revents() == PollFlags::OUT {
            let _ = rustix::io::write(output, &sequences::leave());
        }
    }

    /// Restores the terminal before a panic's message is printed. After a panic of another thread the screen stays, and
    /// the message is printed when the terminal is restored.
    pub fn hook_panics(self: &Arc<Self>) {
        let restorer = Arc::clone(self);
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().id() == restorer.owner {
                restorer.leave();
            } else if io::stderr().is_terminal() && restorer.keep(|| format!("{info}\n")) {
                return;
            }
            previous(info);
        }));
    }

    /// Keeps a message if the screen is in use.
    fn keep(&self, note: impl FnOnce() -> String) -> bool {
        let entered = lock(&self.entered);
        if *entered {
            lock(&self.notes).push(note());
        }
        *entered
    }

    fn set(&self, modes: &Termios) -> io::Result<()> {
        loop {
            match tcsetattr(self.tty.input(), OptionalActions::Now, modes) {
                Err(Errno::INTR) => {}
                result => return result.map_err(io::Error::from),
            }
        }
    }
}

/// Restores the terminal when it is dropped.
pub struct Guard(pub Arc<Restorer>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.leave();
    }
}

fn leads_session() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session == rustix::process::getpid())
}

/// Locks a mutex even if a thread has panicked while holding it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
