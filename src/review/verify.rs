//! Verifies a whole store: tables, events, contents, redactions and closings.

use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::params;

use super::chain::{Ledger, content_digest};
use super::closing::closing_holds;
use super::content::ContentKey;
use super::event::{Event, EventId, EventKind, EventText};
use super::finding::{Finding, FindingKind};
use super::journal::Journal;
use super::packing::unpack;
use super::schema;
use super::store::Store;
use super::store_error::StoreError;

/// The largest number of inconsistencies that SQLite is asked for.
const MAX_INCONSISTENCIES: u32 = 20;

/// All problems of a store; empty if it is intact.
#[must_use]
pub fn verify(store: &Store) -> Vec<Finding> {
    let (events, mut findings) = store.salvage();
    if !schema::has_tables(store.connection(), store.version()) {
        return findings;
    }
    if let Err(error) = schema::check(store.connection(), store.version()) {
        findings.push(Finding::new(FindingKind::Tables, error));
    }
    findings.extend(inconsistencies(store));
    findings.extend(ContentCheck::new(store).finish(store));
    let mut journal = Journal::default();
    for event in events {
        journal.add(event.into());
    }
    findings.extend(missing_contents(store, &journal));
    findings.extend(redactions(&journal));
    findings.extend(closings(&journal));
    findings
}

/// The findings of SQLite's own check.
fn inconsistencies(store: &Store) -> Vec<Finding> {
    let check = || -> Result<Vec<String>, rusqlite::Error> {
        let sql = format!("PRAGMA integrity_check({MAX_INCONSISTENCIES})");
        let mut statement = store.connection().prepare(&sql)?;
        statement.query_map([], |row| row.get(0))?.collect()
    };
    match check() {
        Ok(lines) => {
            let lines = lines.into_iter().filter(|line| line != "ok");
            lines.map(|line| Finding::new(FindingKind::Inconsistent, line)).collect()
        }
        Err(error) => vec![Finding::new(FindingKind::Inconsistent, error)],
    }
}

/// A check of the contents in steps, which a session can perform while idle.
pub struct ContentCheck {
    after: i64,
    counted: Ledger,
    findings: Vec<Finding>,
    is_done: bool,
}

impl ContentCheck {
    /// A check from the first content on.
    #[must_use]
    pub fn new(store: &Store) -> Self {
        // Contents of version 1 are checked when they are read.
        Self { after: 0, counted: Ledger::default(), findings: Vec::new(), is_done: store.version() < 2 }
    }

    /// Returns `true` if all contents have been checked.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.is_done
    }

    /// Checks up to this number of further contents, and in the end their total. Returns the problems.
    pub fn step(&mut self, store: &Store, count: usize) -> Vec<Finding> {
        if !self.is_done {
            match self.read(store, count) {
                Ok(read) if read < count => self.end(store),
                Ok(_) => {}
                Err(error) => {
                    self.findings.push(Finding::new(FindingKind::Unreadable, error));
                    self.is_done = true;
                }
            }
        }
        std::mem::take(&mut self.findings)
    }

    fn finish(mut self, store: &Store) -> Vec<Finding> {
        let mut findings = Vec::new();
        while !self.is_done {
            findings.extend(self.step(store, 10_000));
        }
        findings
    }

    fn read(&mut self, store: &Store, count: usize) -> Result<usize, StoreError> {
        let sql = "SELECT number, key, data, digest FROM kept WHERE number > ?1 ORDER BY number LIMIT ?2";
        let mut statement = store.connection().prepare_cached(sql)?;
        let mut rows = statement.query(params![self.after, i64::try_from(count).unwrap_or(i64::MAX)])?;
        let mut read = 0;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            if number <= self.after {
                return Err(StoreError::Damaged(format!("content {number} is out of place")));
            }
            (self.after, read) = (number, read + 1);
            let content = (|| -> Result<(), StoreError> {
                let (key, data): (String, Vec<u8>) = (row.get(1)?, row.get(2)?);
                let digest: [u8; 32] = row.get(3)?;
                self.counted.add_content(&key, &digest);
                let content = unpack(ContentKey(key.as_str().into()), &data)?;
                let is_intact = content_digest(&content.text) == digest;
                is_intact.then_some(()).ok_or_else(|| StoreError::Damaged("another digest".to_owned()))
            })();
            if let Err(error) = content {
                self.findings.push(Finding::new(FindingKind::ContentAltered, format!("#{number}: {error}")));
            }
        }
        Ok(read)
    }

    fn end(&mut self, store: &Store) {
        self.is_done = true;
        match schema::ledger(store.connection()) {
            Ok(ledger) if (ledger.contents, ledger.sum) == (self.counted.contents, self.counted.sum) => {}
            Ok(ledger) => {
                let said = format!("{} / {}", self.counted.contents, ledger.contents);
                self.findings.push(Finding::new(FindingKind::ContentsMissing, said));
            }
            Err(error) => self.findings.push(Finding::new(FindingKind::Ledger, error)),
        }
    }
}

/// The contents that events name and the store does not have.
fn missing_contents(store: &Store, journal: &Journal) -> Vec<Finding> {
    let Ok(keys) = store.content_keys() else { return Vec::new() };
    let keys: HashSet<ContentKey> = keys.into_iter().collect();
    let named: BTreeSet<&ContentKey> =
        journal.events().filter_map(|event| event.kind.content_key()).collect();
    let missing = named.into_iter().filter(|key| !keys.contains(*key));
    missing.map(|key| Finding::new(FindingKind::ContentMissing, &key.0)).collect()
}

/// Texts that are redacted without a matching event, and the reverse.
fn redactions(journal: &Journal) -> Vec<Finding> {
    let said: HashMap<EventId, EventId> = journal
        .events()
        .filter_map(|event| match event.kind {
            EventKind::Redacted { event: redacted } => Some((redacted, event.id)),
            _ => None,
        })
        .collect();
    let unexplained =
        |event: &Event| matches!(event.text, EventText::Redacted { .. }) && !said.contains_key(&event.id);
    let events = journal.events().filter(|event| unexplained(event));
    events.map(|event| Finding::new(FindingKind::RedactionUnexplained, event.id.short())).collect()
}

/// The closings whose hash does not match, of closed and of reopened rounds.
fn closings(journal: &Journal) -> Vec<Finding> {
    let broken = journal.events().filter(|event| closing_holds(journal, event) == Some(false));
    let subject = |event: &Event| {
        let name = journal.round(event.round).map_or("", super::round::Round::name);
        format!("{name} {}", event.id.short())
    };
    broken.map(|event| Finding::new(FindingKind::SealBroken, subject(event))).collect()
}

/// All problems of the data that a round depends on: its scope, the versions of its verdicts, its redactions and its
/// closings.
#[must_use]
pub fn verify_round(store: &Store, journal: &Journal, round: EventId) -> Vec<Finding> {
    let own = || journal.events().filter(|event| event.round == round);
    let named: BTreeSet<&ContentKey> = own().filter_map(|event| event.kind.content_key()).collect();
    let check = |key: &ContentKey| match store.content(key) {
        Ok(Some(_)) => None,
        Ok(None) => Some(Finding::new(FindingKind::ContentMissing, &key.0)),
        Err(error) => Some(Finding::new(FindingKind::ContentAltered, format!("{}: {error}", key.0))),
    };
    let contents = named.into_iter().filter_map(check);
    contents.chain(redactions(journal)).chain(closings(journal)).collect()
}
