//! The terminal as a device: opening, size, writing, waiting.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Size of a terminal that does not report one, such as a serial line.
const UNKNOWN: Size = Size { width: 80, height: 24 };

/// The person's terminal.
#[derive(Debug)]
pub struct Tty {
    input: OwnedFd,
    output: OwnedFd,
}

impl Tty {
    /// Keys come from standard input if it is a terminal, otherwise from `/dev/tty`.
    /// The screen goes to standard output if it is a terminal, otherwise, where `draw_on_tty` allows it, to
    /// `/dev/tty`. (macOS cannot poll `/dev/tty`; keys must come from standard input there.)
    pub fn open(draw_on_tty: bool) -> io::Result<Self> {
        let device = || File::options().read(true).write(true).open("/dev/tty").map(OwnedFd::from);
        let (stdin, stdout) = (io::stdin(), io::stdout());
        let output = if stdout.is_terminal() {
            stdout.as_fd().try_clone_to_owned()?
        } else if draw_on_tty {
            device()?
        } else {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard output is no terminal"));
        };
        let input = if stdin.is_terminal() { stdin.as_fd().try_clone_to_owned()? } else { device()? };
        Ok(Self { input, output })
    }

    /// The descriptor of the keyboard.
    pub fn input(&self) -> BorrowedFd<'_> {
        self.input.as_fd()
    }

    /// The descriptor of the screen.
    pub fn output(&self) -> BorrowedFd<'_> {
        self.output.as_fd()
    }

    /// Columns and rows, from the kernel; the terminal itself is not queried.
    pub fn size(&self) -> Size {
        match rustix::termios::tcgetwinsize(&self.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => {
                Size { width: size.ws_col, height: size.ws_row }
            }
            _ => UNKNOWN,
        }
    }

    /// Writes all bytes, in one call if the terminal takes them.
    pub fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::write(&self.output, bytes) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or(&[]),
                Err(Errno::INTR) => {}
                // Another program has left the terminal non-blocking.
                Err(Errno::AGAIN) => {
                    wait(&mut [PollFd::new(&self.output, PollFlags::OUT)], None)?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// Waits until one of the descriptors is ready or the time is over; continues after a signal.
pub fn wait(descriptors: &mut [PollFd<'_>], timeout: Option<Duration>) -> io::Result<()> {
    let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
    loop {
        match poll(descriptors, timeout.as_ref()) {
            Ok(_) => return Ok(()),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Returns `true` if the terminal has hung up or its descriptor is invalid.
pub fn is_gone(flags: PollFlags) -> bool {
    flags.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}
