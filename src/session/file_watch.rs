//! Reports changes of the files that a session shows.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

/// Time without further changes after which a change is reported: programs write a file in many steps.
const QUIET: Duration = Duration::from_millis(300);
/// Interval between looks at the files where the system does not report changes.
const POLL: Duration = Duration::from_secs(3);

/// Watches files and folders until it is dropped.
pub(super) struct FileWatch {
    _watcher: Box<dyn Watcher + Send>,
    changes: Receiver<()>,
}

impl FileWatch {
    /// Watches files, and folders with all files below them. Returns `None` if there is nothing to watch, or no way to.
    pub(super) fn new(paths: &[PathBuf]) -> Option<Self> {
        if paths.is_empty() {
            return None;
        }
        Self::with::<RecommendedWatcher>(paths).or_else(|| Self::with::<PollWatcher>(paths))
    }

    fn with<W: Watcher + Send + 'static>(paths: &[PathBuf]) -> Option<Self> {
        let (sender, changes) = channel();
        let watched: Vec<PathBuf> = paths.iter().map(|path| resolved(path)).collect();
        let is_ours = move |path: &PathBuf| watched.iter().any(|ours| path.starts_with(ours));
        let handler = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| is_change(event.kind) && event.paths.iter().any(&is_ours)) {
                // The receiver is gone once the session has ended.
                sender.send(()).unwrap_or_default();
            }
        };
        let mut watcher = W::new(handler, Config::default().with_poll_interval(POLL)).ok()?;
        for path in paths {
            let path = resolved(path);
            // Many programs rename a new file over the old one, which only a watch on the folder sees.
            let (folder, mode) = match path.parent() {
                Some(folder) if !path.is_dir() => (folder, RecursiveMode::NonRecursive),
                _ => (path.as_path(), RecursiveMode::Recursive),
            };
            watcher.watch(folder, mode).ok()?;
        }
        Some(Self { _watcher: Box::new(watcher), changes })
    }

    /// Waits for a change and for [`QUIET`] after the last one. Returns `false` when no more changes can come.
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

/// The path in the spelling of the system's reports, with symbolic links resolved.
fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Returns `true` if the contents of a file may differ after this.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(_)) | EventKind::Other => false,
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) => true,
    }
}
