//! The exit status of a command.

/// Outcome of a command, as an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Found, or done.
    Done,
    /// Nothing found, or there are findings.
    Nothing,
    /// Wrong use, or nothing readable.
    Failed,
    /// Interrupted.
    Interrupted,
    /// Ended by this signal.
    Signalled(u8),
}
