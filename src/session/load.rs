//! Loading for a session: the first time, telling of what is there while more comes in, and again when files change.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::EventSender;
use crate::domain::catalogue::Catalogue;
use crate::domain::codes::Codes;
use crate::domain::diagnostic::{Code, Diagnostic, Severity};
use crate::domain::source_location::SourceId;
use crate::loading::difference::Difference;
use crate::loading::files::Fingerprint;
use crate::loading::{Input, LoadPlan, Loaded, Observer, Progress, load_observed};
use crate::search::index::Index;
use crate::ui::event::{Event, LoadProgress, ReloadError};

/// What a session loads, and what it has loaded.
pub(super) struct Loading {
    plan: LoadPlan,
    codes: Arc<Codes>,
    loaded: Option<Arc<Catalogue>>,
    /// The files that looked half written when they were read again: if they still are the same when it is asked for
    /// once more, that is how they are.
    refused: Option<Fingerprint>,
}

impl Loading {
    pub(super) fn new(plan: LoadPlan, codes: Arc<Codes>) -> Self {
        Self { plan, codes, loaded: None, refused: None }
    }

    /// Loads for the first time.
    pub(super) fn first(&mut self, observer: &mut dyn Observer) -> Event {
        let (loaded, index) = self.load(observer);
        self.loaded = Some(loaded.catalogue.clone());
        Event::Loaded { loaded, index, is_whole: true }
    }

    /// Loads again. Nothing is taken from files that are being written.
    pub(super) fn again(&mut self, observer: &mut dyn Observer) -> Event {
        if self.plan.inputs.contains(&Input::StandardInput) {
            return Event::NotReloaded(ReloadError::StandardInput);
        }
        let before = self.fingerprint();
        let (loaded, index) = self.load(observer);
        if self.fingerprint() != before {
            return Event::NotReloaded(ReloadError::BeingWritten(None));
        }
        if loaded.nothing_was_readable() {
            return Event::NotReloaded(ReloadError::Unreadable);
        }
        let Some(old) = self.loaded.clone() else { return Event::Loaded { loaded, index, is_whole: true } };
        if self.refused != Some(before)
            && let Some(file) = half_written(&old, &loaded)
        {
            self.refused = Some(before);
            return Event::NotReloaded(ReloadError::BeingWritten(Some(file)));
        }
        self.refused = None;
        let difference = Difference::between(&old, &loaded.catalogue);
        self.loaded = Some(loaded.catalogue.clone());
        Event::Reloaded { loaded, index, difference }
    }

    fn load(&self, observer: &mut dyn Observer) -> (Loaded, Arc<Index>) {
        let loaded = load_observed(&self.plan, self.codes.clone(), observer);
        let index = Arc::new(Index::build(loaded.catalogue.clone()));
        (loaded, index)
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(paths(&self.plan))
    }
}

/// The files and folders of a plan.
pub(super) fn paths(plan: &LoadPlan) -> impl Iterator<Item = &Path> {
    plan.inputs.iter().filter_map(|input| match input {
        Input::Path(path) => Some(path.as_path()),
        Input::StandardInput | Input::BuiltIn | Input::Bytes { .. } => None,
    })
}

/// The first file that had records and now breaks off or has none: somebody is writing it.
fn half_written(old: &Catalogue, new: &Loaded) -> Option<String> {
    let is_broken = |found: &&Diagnostic| {
        let is_error = found.severity() == Severity::Error && found.code != Code::TooMuchText;
        is_error || matches!(found.code, Code::NoRecord | Code::NotText | Code::Archive)
    };
    let mut broken: Vec<SourceId> =
        new.diagnostics.iter().filter(is_broken).map(|found| found.place.source).collect();
    broken.dedup();
    if broken.is_empty() {
        return None;
    }
    let sources: HashSet<&str> =
        old.records().flat_map(|record| record.places().map(|place| old.source_name(place.source))).collect();
    let mut names = broken.into_iter().map(|source| new.catalogue.source_name(source));
    names.find(|name| sources.contains(name)).map(str::to_owned)
}

/// Tells nobody how a load comes on.
pub(super) struct SilentObserver;

impl Observer for SilentObserver {
    fn wants(&mut self, _: Progress) -> bool {
        false
    }

    fn take(&mut self, _: Loaded, _: Progress) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

/// The first records are shown after this time, unless all are there before: nobody sees less than that.
const FIRST_AFTER: Duration = Duration::from_millis(20);
/// How a load comes on is told so often.
const TOLD_EVERY: Duration = Duration::from_millis(200);
/// What is there is shown again when it has grown so many times as large, unless all will soon be there: each time
/// everything is laid out anew.
const GROWTH: usize = 4;

/// Tells a session how a load comes on.
pub(super) struct ProgressObserver {
    post: EventSender,
    /// Whether the session has ended.
    ended: Arc<AtomicBool>,
    began: Instant,
    last: Instant,
    /// So many records are shown next; `None` where nothing is shown before all is there.
    next: Option<usize>,
}

impl ProgressObserver {
    /// Shows records while more come in.
    pub(super) fn showing(post: EventSender, ended: Arc<AtomicBool>) -> Self {
        let now = Instant::now();
        Self { post, ended, began: now, last: now, next: Some(1) }
    }

    /// Says only how far it has come.
    pub(super) fn quietly(post: EventSender, ended: Arc<AtomicBool>) -> Self {
        Self { next: None, ..Self::showing(post, ended) }
    }

    fn reading(&self, progress: Progress) -> LoadProgress {
        LoadProgress::of(progress, self.began.elapsed().as_millis())
    }
}

impl Observer for ProgressObserver {
    fn wants(&mut self, progress: Progress) -> bool {
        if self.last.elapsed() >= TOLD_EVERY {
            self.last = Instant::now();
            self.post.send(Event::Reading(self.reading(progress)));
        }
        let is_near = progress.all_bytes.is_some_and(|all| progress.bytes > all / 3);
        self.next.is_some_and(|next| progress.records >= next && (next == 1 || !is_near))
            && self.began.elapsed() >= FIRST_AFTER
    }

    fn take(&mut self, so_far: Loaded, progress: Progress) {
        self.next = Some(progress.records.saturating_mul(GROWTH));
        let index = Arc::new(Index::build(so_far.catalogue.clone()));
        self.post.send(Event::Reading(self.reading(progress)));
        self.post.send(Event::Loaded { loaded: so_far, index, is_whole: false });
    }

    fn is_stopped(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Privacy;

    #[test]
    fn standard_input_is_not_read_twice() {
        let inputs = vec![Input::StandardInput];
        let plan = LoadPlan { inputs, encoding: None, delimiter: None, privacy: Privacy::Protected };
        let mut loading = Loading::new(plan, Arc::new(Codes::built_in()));
        assert!(matches!(loading.again(&mut SilentObserver), Event::NotReloaded(ReloadError::StandardInput)));
    }

    #[test]
    fn a_watch_tells_of_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lista.csv");
        std::fs::write(&file, "a").expect("written");
        let Some(watch) = super::super::watch::Watch::of(std::slice::from_ref(&file)) else {
            eprintln!("SKIPPED: no way to watch files here");
            return;
        };
        // As many programs write: another file, put in its place.
        let other = folder.path().join("ny");
        std::fs::write(&other, "b").expect("written");
        std::fs::rename(&other, &file).expect("moved");
        assert!(watch.wait());
    }
}
