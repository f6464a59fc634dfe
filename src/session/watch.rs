//! Notices when the files that a session shows are changed by something else.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

/// A change is told when nothing more has changed for so long: programs write a file in many steps.
const QUIET: Duration = Duration::from_millis(300);
/// Where the system does not tell of changes, they are looked for so often.
const POLL: Duration = Duration::from_secs(3);

/// What is watched, for as long as this is kept.
pub(super) struct Watch {
    _watcher: Box<dyn Watcher + Send>,
    changes: Receiver<()>,
}

impl Watch {
    /// Watches files and folders with all that is in them; `None` where there is nothing to watch, or no way to.
    pub(super) fn of(paths: &[PathBuf]) -> Option<Self> {
        if paths.is_empty() {
            return None;
        }
        Self::with::<RecommendedWatcher>(paths).or_else(|| Self::with::<PollWatcher>(paths))
    }

    fn with<W: Watcher + Send + 'static>(paths: &[PathBuf]) -> Option<Self> {
        let (told, changes) = channel();
        let watched: Vec<PathBuf> = paths.iter().map(|path| whole(path)).collect();
        let is_ours = move |path: &PathBuf| watched.iter().any(|ours| path.starts_with(ours));
        let handler = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| is_change(event.kind) && event.paths.iter().any(&is_ours)) {
                // Nobody listens any more when the session has ended.
                told.send(()).unwrap_or_default();
            }
        };
        let mut watcher = W::new(handler, Config::default().with_poll_interval(POLL)).ok()?;
        for path in paths {
            let path = whole(path);
            // Many programs write a new file and put it in the old one's place: only the folder sees that.
            let (folder, mode) = match path.parent() {
                Some(folder) if !path.is_dir() => (folder, RecursiveMode::NonRecursive),
                _ => (path.as_path(), RecursiveMode::Recursive),
            };
            watcher.watch(folder, mode).ok()?;
        }
        Some(Self { _watcher: Box::new(watcher), changes })
    }

    /// Waits for a change, and until all is quiet again; `false` when there can be none any more.
    pub(super) fn wait(&self) -> bool {
        if self.changes.recv().is_err() {
            return false;
        }
        loop {
            match self.changes.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

/// The path as the system tells of it.
fn whole(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether the contents of a file may be different after this.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(_)) | EventKind::Other => false,
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
    }
}
