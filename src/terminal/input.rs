//! Reads the keyboard: bytes of the terminal, decoded into keys and pastes.
//!
//! It reads only after a poll has found the terminal readable, so that no thread is ever blocked in a read: an editor
//! that gets the terminal gets all of its keys.

use std::io;
use std::time::{Duration, Instant};

use rustix::io::Errno;

use super::decoder::{Decoder, RawInput};
use super::tty::Tty;

/// Bytes of one read.
const CHUNK: usize = 16 * 1_024;
/// Bytes after which [`Keyboard::read`] returns though more are there: whatever comes, the screen is drawn meanwhile.
const BATCH: usize = 1 << 20;

/// The keyboard.
pub struct Keyboard {
    decoder: Decoder,
    chunk: Vec<u8>,
}

impl Keyboard {
    /// A keyboard that waits `hold` after a lone Esc.
    pub fn new(hold: Duration) -> Self {
        Self { decoder: Decoder::new(hold), chunk: vec![0; CHUNK] }
    }

    /// Time at which to call [`Keyboard::expire`], if anything is held.
    pub fn deadline(&self) -> Option<Instant> {
        self.decoder.deadline()
    }

    /// Decodes a buffered incomplete sequence if its time is over.
    pub fn expire(&mut self, out: &mut Vec<RawInput>) {
        self.decoder.expire(Instant::now(), out);
    }

    /// Reads until nothing is left. Raw mode makes a read return at once (VMIN and VTIME are 0).
    pub fn read(&mut self, tty: &Tty, out: &mut Vec<RawInput>) -> io::Result<()> {
        let mut left = BATCH;
        while left > 0 {
            match rustix::io::read(tty.input(), &mut self.chunk[..]) {
                Ok(0) | Err(Errno::AGAIN) => return Ok(()),
                Ok(count) => {
                    left = left.saturating_sub(count);
                    let bytes = self.chunk.get(..count).unwrap_or(&[]);
                    self.decoder.feed(bytes, Instant::now(), out);
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
