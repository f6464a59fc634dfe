//! Reads a damaged store as far as it can be read, with a finding for everything that cannot be trusted.

use rusqlite::{Connection, Row, params};

use super::chain::{Digest, Ledger};
use super::content::{Content, ContentKey};
use super::event::{Event, EventText};
use super::event_row::{EventRow, event_text};
use super::finding::{Finding, FindingKind};
use super::packing::unpack;
use super::reading::{digest, select};
use super::schema;
use super::store_error::StoreError;

/// The largest number of sequence numbers that are tried one by one past an unreadable page.
const MAX_PROBES: i64 = 20_000_000;

/// Trustworthy events of a damaged store, and the problems of the rest.
#[derive(Debug, Default)]
pub(super) struct Salvage {
    pub(super) events: Vec<Event>,
    pub(super) findings: Vec<Finding>,
}

/// Reads what can be read of a store. An event that does not fit its digest is left out, unless the next event shows
/// that only the digest was altered.
pub(super) fn salvage(connection: &Connection, version: u32) -> Salvage {
    let mut salvager = Salvager { version, ..Salvager::default() };
    if !schema::has_tables(connection, version) {
        salvager.find(FindingKind::Tables, "sqlite_schema");
        return Salvage { events: Vec::new(), findings: salvager.findings };
    }
    let ledger = if version >= 2 { schema::ledger(connection) } else { Ok(Ledger::default()) };
    match &ledger {
        Ok(ledger) => salvager.before = Before::Known { stored: ledger.start().head, computed: None },
        Err(error) => salvager.find(FindingKind::Ledger, &error.to_string()),
    }
    if let Err(error) = salvager.scan(connection) {
        salvager.find(FindingKind::Unreadable, &format!("{} > {}", error, salvager.last));
        salvager.probe(connection);
    }
    salvager.settle(None);
    if let (Ok(ledger), true) = (&ledger, version >= 2) {
        let is_last = matches!(&salvager.before, Before::Known { stored, .. } if *stored == ledger.head);
        if ledger.events != salvager.count || !is_last {
            let said = format!("{} / {}", salvager.count, ledger.events);
            salvager.find(FindingKind::EventsMissing, &said);
        }
    }
    Salvage { events: salvager.events, findings: salvager.findings }
}

/// The digests that the next event may have been computed from.
#[derive(Default)]
enum Before {
    /// Nothing is known: the row before is missing or unreadable.
    #[default]
    Unknown,
    /// The digest in the row before, and the one that its columns give where that is another.
    Known { stored: Digest, computed: Option<Digest> },
}

#[derive(Default)]
struct Salvager {
    version: u32,
    before: Before,
    /// An event that did not fit its digest; the next one may show that only the digest is wrong.
    doubtful: Option<(i64, Event)>,
    last: i64,
    count: u64,
    events: Vec<Event>,
    findings: Vec<Finding>,
    room: Vec<u8>,
}

impl Salvager {
    fn find(&mut self, kind: FindingKind, subject: &str) {
        self.findings.push(Finding::new(kind, subject));
    }

    fn scan(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let sql = select(self.version >= 2, "seq > ?1 ORDER BY seq");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query(params![0])?;
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            if seq <= self.last {
                return Err(StoreError::Damaged(format!("event {seq} is out of place")));
            }
            self.take(seq, row);
        }
        Ok(())
    }

    /// Tries each later number by itself, past pages that cannot be read.
    fn probe(&mut self, connection: &Connection) {
        let sql = select(self.version >= 2, "seq = ?1");
        let Ok(mut statement) = connection.prepare(&sql) else { return };
        let newest = "SELECT max(seq) FROM (SELECT seq FROM sqlite_sequence WHERE name = 'event'
            UNION ALL SELECT events FROM ledger)";
        let known: Option<i64> = connection.query_row(newest, [], |row| row.get(0)).unwrap_or_default();
        let newest = known.unwrap_or_default().min(self.last.saturating_add(MAX_PROBES));
        for seq in self.last.saturating_add(1)..=newest {
            let read = statement.query(params![seq]).and_then(|mut rows| {
                if let Some(row) = rows.next()? {
                    self.take(seq, row);
                } else {
                    self.before = Before::Unknown;
                }
                Ok(())
            });
            if read.is_err() {
                self.settle(None);
                self.before = Before::Unknown;
            }
        }
    }

    /// Takes the row of a sequence number.
    fn take(&mut self, seq: i64, row: &Row<'_>) {
        self.count += 1;
        if seq != self.last + 1 && self.version < 2 {
            // Numbers of version 1 may leave gaps.
            self.before = Before::Unknown;
        }
        self.last = seq;
        let read = || -> Result<(Event, EventRow<'_>, EventText), StoreError> {
            let (columns, text) = (EventRow::read(row)?, event_text(row)?);
            Ok((columns.event(text.clone(), None)?, columns, text))
        };
        let (event, columns, text) = match read() {
            Ok(read) => read,
            Err(error) => {
                self.settle(None);
                self.find(FindingKind::EventUnreadable, &format!("#{seq}: {error}"));
                self.before =
                    digest(row).map_or(Before::Unknown, |stored| Before::Known { stored, computed: None });
                return;
            }
        };
        if self.version < 2 {
            return self.events.push(event);
        }
        let Ok(stored) = digest(row) else {
            self.settle(None);
            self.find(FindingKind::EventAltered, &format!("#{seq} {}", event.id.short()));
            self.before = Before::Unknown;
            return;
        };
        let mut from = |before: &Digest| columns.digest(before, &text, &mut self.room);
        match std::mem::take(&mut self.before) {
            Before::Known { stored: before, computed } => {
                let own = from(&before);
                let other = computed.map(|before| from(&before));
                if own == stored {
                    self.settle(None);
                    self.events.push(event);
                    self.before = Before::Known { stored, computed: None };
                } else if other == Some(stored) {
                    self.settle(Some(()));
                    self.events.push(event);
                    self.before = Before::Known { stored, computed: None };
                } else {
                    self.settle(None);
                    self.doubtful = Some((seq, event));
                    self.before = Before::Known { stored, computed: Some(own) };
                }
            }
            Before::Unknown => {
                self.settle(None);
                self.find(FindingKind::EventUnproven, &format!("#{seq} {}", event.id.short()));
                self.events.push(event);
                self.before = Before::Known { stored, computed: None };
            }
        }
    }

    /// Decides on the doubtful event: the event after it was computed from its columns, or it was not.
    fn settle(&mut self, proven: Option<()>) {
        let Some((seq, event)) = self.doubtful.take() else { return };
        let subject = format!("#{seq} {}", event.id.short());
        if proven.is_some() {
            self.find(FindingKind::DigestAltered, &subject);
            self.events.push(event);
        } else {
            self.find(FindingKind::EventAltered, &subject);
        }
    }
}

/// Hands on all contents that can be read and hash to their keys.
///
/// # Errors
/// Returns the first error of `take`.
pub(super) fn salvage_contents(
    connection: &Connection,
    version: u32,
    take: &mut dyn FnMut(Content) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    if !schema::has_tables(connection, version) {
        return Ok(());
    }
    let sql = if version < 2 {
        "SELECT 0, key, data FROM content"
    } else {
        "SELECT number, key, data FROM kept WHERE number > 0 ORDER BY number"
    };
    let mut last = 0;
    let mut read = |sql: &str, parameters: &[i64], last: &mut i64| -> Result<(), SalvageStop> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
        while let Some(row) = rows.next()? {
            *last = row.get(0)?;
            let (Ok(key), Ok(data)) = (row.get::<_, String>(1), row.get::<_, Vec<u8>>(2)) else { continue };
            if let Ok(content) = unpack(ContentKey(key.into()), &data) {
                take(content).map_err(SalvageStop::Taker)?;
            }
        }
        Ok(())
    };
    match read(sql, &[], &mut last) {
        Err(SalvageStop::Taker(error)) => return Err(error),
        Err(SalvageStop::Store) if version >= 2 => {}
        _ => return Ok(()),
    }
    // Past a page that cannot be read, each number is tried by itself.
    let newest: Option<i64> = connection.query_row("SELECT contents FROM ledger", [], |row| row.get(0)).ok();
    let newest = newest.unwrap_or(last).min(last.saturating_add(MAX_PROBES));
    for number in last + 1..=newest {
        if let Err(SalvageStop::Taker(error)) =
            read("SELECT number, key, data FROM kept WHERE number = ?1", &[number], &mut last)
        {
            return Err(error);
        }
    }
    Ok(())
}

/// The reason why reading contents stops.
enum SalvageStop {
    Store,
    Taker(StoreError),
}

impl From<rusqlite::Error> for SalvageStop {
    fn from(_: rusqlite::Error) -> Self {
        Self::Store
    }
}
