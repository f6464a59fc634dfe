//! The running load: its progress, its origin, and changes of its files since it began.

use super::event::LoadProgress;

/// The load that is running, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadState {
    /// No load is running.
    Idle,
    /// A load is running.
    Running(RunningLoad),
}

/// A load that is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningLoad {
    /// The last progress report; `None` before the first.
    pub progress: Option<LoadProgress>,
    /// The cause of the load.
    pub cause: LoadCause,
    /// The state of the files since the load began.
    pub files: FilesSince,
}

/// The cause of a load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadCause {
    /// The session has begun.
    Start,
    /// The user has asked for a reload; a message reports the outcome even if nothing has changed.
    Person,
    /// Another program has changed the files.
    FileChange,
}

/// The state of the files since a load began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilesSince {
    /// No change has been reported.
    Unchanged,
    /// They have changed: another load follows this one.
    Changed,
}

impl LoadState {
    /// A load that has just begun.
    #[must_use]
    pub const fn begun(cause: LoadCause) -> Self {
        Self::Running(RunningLoad { progress: None, cause, files: FilesSince::Unchanged })
    }

    /// Returns `true` while a load is running.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self, Self::Running(_))
    }

    /// The last progress report of the load that is running.
    #[must_use]
    pub const fn progress(&self) -> Option<LoadProgress> {
        match self {
            Self::Running(load) => load.progress,
            Self::Idle => None,
        }
    }

    /// Takes a progress report.
    pub(super) const fn report(&mut self, progress: LoadProgress) {
        if let Self::Running(load) = self {
            load.progress = Some(progress);
        }
    }

    /// Ends the load that is running and returns it.
    pub(super) const fn end(&mut self) -> Option<RunningLoad> {
        match std::mem::replace(self, Self::Idle) {
            Self::Running(load) => Some(load),
            Self::Idle => None,
        }
    }
}
