//! Differences between a review and the loaded records: changed, new and gone records.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::content::{Content, ContentKey};
use super::journal::Journal;
use super::record_state::{GivenVerdict, RecordState};
use super::round::Round;
use super::store_error::StoreError;
use super::version::{Change, Version, file_name};
use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;

/// Differences between a review and the loaded records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionComparison {
    /// The ids of loaded records that have changed since they were judged, with their changes.
    pub changed: BTreeMap<String, Vec<Change>>,
    /// The ids of loaded records that the round's query finds, but that neither the round nor the one it continues has.
    pub new: BTreeSet<String>,
    /// The ids of records of the round, or of the one it continues, that are not loaded.
    pub gone: BTreeSet<String>,
}

/// Compares the records of a round with the loaded ones. `is_found` returns `true` for ids that the round's query finds
/// now; `content` reads from the store.
///
/// # Errors
/// If the store cannot be read.
pub fn compare(
    catalogue: &Catalogue,
    journal: &Journal,
    round: &Round,
    is_found: impl Fn(&str) -> bool,
    content: impl Fn(&ContentKey) -> Result<Option<Content>, StoreError>,
) -> Result<VersionComparison, StoreError> {
    let before = round.begun.from.and_then(|from| journal.round(from));
    let base = &before.unwrap_or(round).scope;
    let is_loaded = |id: &&String| catalogue.row_of(id).is_some();
    let both = base.ids.iter().chain(&round.scope.ids);
    let gone = both.filter(|id| !is_loaded(id)).cloned().collect();
    let ids = || catalogue.records().map(Record::id);
    // Records that a sample did not draw are not new.
    let is_drawn = before.unwrap_or(round).begun.sample.is_some();
    let new = ids().filter(|id| !is_drawn && !base.holds(id) && is_found(id)).map(str::to_owned).collect();
    let sources = LoadedSources::from(catalogue);
    let mut changed = BTreeMap::new();
    for record in catalogue.records() {
        if let Some(changes) = changes_since(record, journal, round, &sources, &content)? {
            changed.insert(record.id().to_owned(), changes);
        }
    }
    Ok(VersionComparison { changed, new, gone })
}

/// The changes of a record since it was judged; `None` if no change is certain, or if it was not judged.
///
/// # Errors
/// If the store cannot be read.
pub fn changes_since(
    record: Record<'_>,
    journal: &Journal,
    round: &Round,
    sources: &LoadedSources<'_>,
    content: impl Fn(&ContentKey) -> Result<Option<Content>, StoreError>,
) -> Result<Option<Vec<Change>>, StoreError> {
    let version = judged(journal, round, record.id()).and_then(|given| given.version.as_ref());
    let Some(version) = version else { return Ok(None) };
    let now = Version::from(record);
    if now.key() == *version {
        return Ok(None);
    }
    let old = content(version)?.as_ref().and_then(Version::from_content);
    // A version that the store has lost differs for certain, but the change is unknown.
    let changes = old.map(|old| sources.changes(&old, &now)).unwrap_or_default();
    let is_changed = changes.is_empty() || changes.iter().any(Change::is_certain);
    Ok(is_changed.then_some(changes))
}

/// The names of the files that are loaded: what another had said cannot be compared.
pub struct LoadedSources<'a> {
    names: HashSet<&'a str>,
}

impl<'a> From<&'a Catalogue> for LoadedSources<'a> {
    fn from(catalogue: &'a Catalogue) -> Self {
        Self { names: catalogue.source_names().map(file_name).collect() }
    }
}

impl LoadedSources<'_> {
    /// The changes between two versions of a record.
    #[must_use]
    pub fn changes(&self, old: &Version, now: &Version) -> Vec<Change> {
        old.changes(now, &|source| self.names.contains(source))
    }
}

/// The latest verdict on a record, in this round or the rounds that it continues.
#[must_use]
pub fn judged<'a>(journal: &'a Journal, round: &Round, record: &str) -> Option<&'a GivenVerdict> {
    let own = journal.state(round.id, record).and_then(RecordState::latest);
    own.or_else(|| earlier(journal, round, record))
}

/// The latest verdict on a record in the rounds that this one continues.
#[must_use]
pub fn earlier<'a>(journal: &'a Journal, round: &Round, record: &str) -> Option<&'a GivenVerdict> {
    let mut from = round.begun.from;
    let mut seen = HashSet::new();
    while let Some(round) = from.filter(|from| seen.insert(*from)).and_then(|from| journal.round(from)) {
        if let Some(given) = journal.state(round.id, record).and_then(RecordState::latest) {
            return Some(given);
        }
        from = round.begun.from;
    }
    None
}
