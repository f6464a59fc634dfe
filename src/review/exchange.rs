//! Reviews as files of JSON, one event or content a line, and the events of one store for another.

use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::content::Content;
use super::event::Event;
use super::session::ReviewSession;
use super::store_error::StoreError;

/// The longest line of a file, in bytes: a content with each of its characters escaped.
const MAX_LINE_BYTES: u64 = 256 << 20;
/// The largest file, in bytes: some four million events.
const MAX_FILE_BYTES: u64 = 2 << 30;

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeLine {
    /// An event.
    Event(Box<Event>),
    /// A content that events name: a version of a record, the ids of a round.
    Content(Content),
}

/// The reason why a store was not exported.
#[derive(Debug, Error)]
pub enum ReviewExportError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The reason why a file of JSON lines cannot be read.
#[derive(Debug, Error)]
pub enum LineError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A line, counted from 1, cannot be read.
    #[error("line {line}: {reason}")]
    Line {
        /// The line.
        line: usize,
        /// The reason.
        reason: String,
    },
}

/// Writes a whole store, contents first, since events name them. Returns the number of events.
///
/// # Errors
/// Returns an error if the store cannot be read or `out` not be written to.
pub fn export(session: &ReviewSession, out: &mut dyn Write) -> Result<usize, ReviewExportError> {
    for key in session.store().content_keys()? {
        if let Some(content) = session.store().content(&key)? {
            write_line(&ExchangeLine::Content(content), out)?;
        }
    }
    for event in session.journal().events() {
        write_line(&ExchangeLine::Event(Box::new((**event).clone())), out)?;
    }
    Ok(session.journal().len())
}

/// Writes a line. Characters that control a terminal are escaped.
///
/// # Errors
/// Returns an error if `out` cannot be written to.
pub fn write_line(line: &ExchangeLine, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string(line)?;
    // Such characters occur in JSON only in strings, where they can be escaped.
    for c in json.chars() {
        if crate::text::printable::is_unprintable(c) {
            write!(out, "\\u{:04x}", u32::from(c))?;
        } else {
            write!(out, "{c}")?;
        }
    }
    writeln!(out)
}

/// Reads the lines of an export one by one, with bounded memory. Empty lines are skipped; after an error there are no
/// more.
pub struct ExchangeLines<R> {
    from: R,
    line: usize,
    left: u64,
    room: Vec<u8>,
    is_done: bool,
}

impl<R: BufRead> ExchangeLines<R> {
    /// The lines of a file.
    pub const fn new(from: R) -> Self {
        Self { from, line: 0, left: MAX_FILE_BYTES, room: Vec::new(), is_done: false }
    }

    fn read(&mut self) -> Result<Option<ExchangeLine>, LineError> {
        loop {
            self.room.clear();
            self.line += 1;
            let longest = MAX_LINE_BYTES.min(self.left);
            let read = (&mut self.from).take(longest).read_until(b'\n', &mut self.room)? as u64;
            let failed = |reason: String| LineError::Line { line: self.line, reason };
            if read == longest && self.room.last() != Some(&b'\n') {
                return Err(failed(format!(
                    "longer than {} MB, or the file than {} MB",
                    MAX_LINE_BYTES >> 20,
                    MAX_FILE_BYTES >> 20
                )));
            }
            self.left -= read;
            if read == 0 {
                return Ok(None);
            }
            if !self.room.trim_ascii().is_empty() {
                return serde_json::from_slice(&self.room)
                    .map(Some)
                    .map_err(|error| failed(error.to_string()));
            }
        }
    }
}

impl<R: BufRead> Iterator for ExchangeLines<R> {
    type Item = Result<ExchangeLine, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let line = self.read().transpose();
        self.is_done = !matches!(line, Some(Ok(_)));
        line
    }
}
