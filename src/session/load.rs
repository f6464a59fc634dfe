//! Loads the records of a session: once with progress reports, and again when files change.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::EventSender;
use crate::domain::catalogue::{Catalogue, Privacy};
use crate::domain::codes::Codes;
use crate::domain::diagnostic::{Code, Diagnostic, Severity};
use crate::domain::source_location::SourceId;
use crate::loading::difference::Difference;
use crate::loading::files::Fingerprint;
use crate::loading::{Input, LoadPlan, Loaded, Observer, Progress, load_observed};
use crate::search::index::Index;
use crate::ui::event::{Event, LoadProgress, ReloadError};

/// The plan of a session's records, and the records that were loaded last.
pub(super) struct Loading {
    plan: LoadPlan,
    codes: Arc<Codes>,
    loaded: Option<Arc<Catalogue>>,
    /// State of the files when a reload was refused because they looked half written. If a later reload finds the same
    /// state, the files are complete.
    refused: Option<Fingerprint>,
}

impl Loading {
    pub(super) fn new(plan: LoadPlan, codes: Arc<Codes>) -> Self {
        Self { plan, codes, loaded: None, refused: None }
    }

    /// A plan without files.
    pub(super) fn nothing(codes: Arc<Codes>) -> Self {
        let inputs = Vec::new();
        Self::new(
            LoadPlan {
                inputs,
                encoding: None,
                delimiter: None,
                privacy: Privacy::Protected,
                ..LoadPlan::default()
            },
            codes,
        )
    }

    /// The files and folders of the plan.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.plan.inputs.iter().filter_map(|input| match input {
            Input::Path(path) => Some(path.as_path()),
            Input::StandardInput | Input::BuiltIn | Input::Bytes { .. } => None,
        })
    }

    /// Loads for the first time.
    pub(super) fn first(&mut self, observer: &mut dyn Observer) -> Event {
        let (loaded, index) = self.load(observer);
        self.loaded = Some(loaded.catalogue.clone());
        Event::Loaded { loaded, index, is_whole: true }
    }

    /// Loads again. A file that is being written keeps its old records.
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
        Fingerprint::compute(self.paths())
    }
}

/// Returns the first file that had records and is now cut off or has none, as while another program writes it.
fn half_written(old: &Catalogue, new: &Loaded) -> Option<String> {
    let is_broken = |found: &&Diagnostic| {
        let is_error = found.severity() == Severity::Error && found.code != Code::TooMuchText;
        is_error || matches!(found.code, Code::NoRecord | Code::NotText | Code::Archive | Code::ForeignFormat)
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

/// Reports nothing.
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

/// Time until the first records are shown. A load that ends earlier is shown whole.
const FIRST_AFTER: Duration = Duration::from_millis(20);
/// Interval between progress reports.
const REPORT_EVERY: Duration = Duration::from_millis(200);
/// Factor by which the records must have grown to be shown again: each time the whole index is rebuilt.
const GROWTH: usize = 4;

/// Reports the progress of a load to a session.
pub(super) struct ProgressObserver {
    events: EventSender,
    /// Set when the session ends.
    ended: Arc<AtomicBool>,
    began: Instant,
    last: Instant,
    /// Number of records from which they are shown; `None` if nothing is shown before the end.
    next: Option<usize>,
}

impl ProgressObserver {
    /// Sends progress and the records loaded so far.
    pub(super) fn showing(events: EventSender, ended: Arc<AtomicBool>) -> Self {
        let now = Instant::now();
        Self { events, ended, began: now, last: now, next: Some(1) }
    }

    /// Sends progress only.
    pub(super) fn quietly(events: EventSender, ended: Arc<AtomicBool>) -> Self {
        Self { next: None, ..Self::showing(events, ended) }
    }

    fn reading(&self, progress: Progress) -> LoadProgress {
        LoadProgress::after(progress, self.began.elapsed().as_millis())
    }
}

impl Observer for ProgressObserver {
    fn wants(&mut self, progress: Progress) -> bool {
        if self.last.elapsed() >= REPORT_EVERY {
            self.last = Instant::now();
            self.events.send(Event::Reading(self.reading(progress)));
        }
        let is_near = progress.all_bytes.is_some_and(|all| progress.bytes > all / 3);
        self.next.is_some_and(|next| progress.records >= next && (next == 1 || !is_near))
            && self.began.elapsed() >= FIRST_AFTER
    }

    fn take(&mut self, so_far: Loaded, progress: Progress) {
        self.next = Some(progress.records.saturating_mul(GROWTH));
        let index = Arc::new(Index::build(so_far.catalogue.clone()));
        self.events.send(Event::Reading(self.reading(progress)));
        self.events.send(Event::Loaded { loaded: so_far, index, is_whole: false });
    }

    fn is_stopped(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::file_watch::FileWatch;
    use super::*;

    #[test]
    fn standard_input_is_not_read_twice() {
        let inputs = vec![Input::StandardInput];
        let plan = LoadPlan {
            inputs,
            encoding: None,
            delimiter: None,
            privacy: Privacy::Protected,
            ..LoadPlan::default()
        };
        let mut loading = Loading::new(plan, Arc::new(Codes::built_in()));
        assert!(matches!(loading.again(&mut SilentObserver), Event::NotReloaded(ReloadError::StandardInput)));
    }

    #[test]
    fn a_watch_reports_a_replaced_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lista.csv");
        std::fs::write(&file, "a").expect("written");
        let Some(watch) = FileWatch::new(std::slice::from_ref(&file)) else {
            eprintln!("SKIPPED: no way to watch files here");
            return;
        };
        // Many programs save this way.
        let other = folder.path().join("ny");
        std::fs::write(&other, "b").expect("written");
        std::fs::rename(&other, &file).expect("moved");
        assert!(watch.wait());
    }
}
