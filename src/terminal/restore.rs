//! The terminal's modes: taken over, and given back whatever happens. The guard, the panic hook, job control and
//! the watch all come here, in any order and more than once.
//!
//! Writes nothing about the program's state, and never fails: a terminal that has gone away needs no restoring.

use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

use super::tty::{self, Tty};

/// Alternate screen, bracketed paste.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h";
/// Whatever frame was under way ends; home and clear come before the alternate screen is left, because tmux 3.3
/// leaves rubbish after a resize, and consoles without an alternate screen would keep ours.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[H\x1b[2J\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// When a session's leader ends (`ssh -t host diarium`), Linux throws away what it wrote last, unless the kernel
/// has carried it to the other end already; nothing tells when it has. Seen once in 170 ends without this.
const FAREWELL: Duration = Duration::from_millis(5);

/// Gives the terminal back.
#[derive(Debug)]
pub struct Restorer {
    tty: Tty,
    original: Termios,
    raw: Termios,
    entered: Mutex<bool>,
    /// What other threads' panics said while the screen was ours.
    notes: Mutex<Vec<String>>,
    owner: ThreadId,
}

impl Restorer {
    /// Remembers the terminal's modes; nothing is changed yet.
    pub fn new(tty: Tty) -> io::Result<Arc<Self>> {
        let original = tcgetattr(tty.input())?;
        let mut raw = original.clone();
        raw.make_raw();
        // A read of nothing returns at once: crossterm reads on inside a torn sequence and would block there,
        // deaf to signals and hang-ups, until the next key.
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

    /// The device.
    pub fn tty(&self) -> &Tty {
        &self.tty
    }

    /// Takes the terminal over, or over again after something else has had it.
    pub fn enter(&self) -> io::Result<()> {
        let mut entered = lock(&self.entered);
        self.set(&self.raw)?;
        *entered = true;
        self.tty.write(ENTER)
    }

    /// Gives the terminal back, if it is not given back already.
    pub fn leave(&self) {
        let mut entered = lock(&self.entered);
        if std::mem::take(&mut *entered) {
            // A terminal that has gone away gives EIO for both; there is nobody to tell.
            let _ = self.tty.write(LEAVE);
            let _ = self.set(&self.original);
            for note in lock(&self.notes).drain(..) {
                let _ = self.tty.write(note.as_bytes());
            }
            if leads_session() {
                thread::sleep(FAREWELL);
            }
        }
    }

    /// Gives the terminal back while the thread that has it is stuck: never waits.
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
            let _ = rustix::io::write(output, LEAVE);
        }
    }

    /// Puts the terminal back before a panic's message is printed. A panic of a worker leaves the screen alone;
    /// its message is kept until the terminal is given back.
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

    /// Keeps a note if the screen is ours.
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

/// Restores the terminal when it goes out of scope, by return or by panic.
pub struct Guard(pub Arc<Restorer>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.leave();
    }
}

fn leads_session() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session == rustix::process::getpid())
}

/// A panic elsewhere is no reason not to restore.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
