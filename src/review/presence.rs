//! Presence of reviewers on records. Presence is not an event, because it is not needed later.

use rusqlite::{Row, params};

use super::event::EventId;
use super::store::Store;
use super::store_error::StoreError;

/// A session that has not been seen for this long has ended, in milliseconds.
pub const PRESENT_MS: i64 = 30_000;

/// The place of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The session.
    pub session: EventId,
    /// The reviewer.
    pub person: String,
    /// The machine.
    pub host: String,
    /// The round.
    pub round: EventId,
    /// The record under the cursor.
    pub record: Option<String>,
    /// The time when it was last seen, in milliseconds since 1970.
    pub seen: i64,
}

impl Store {
    /// Writes the place of a session.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written to.
    pub fn set_presence(&self, own: &Presence) -> Result<(), StoreError> {
        let Presence { session, person, host, round, record, seen } = own;
        self.connection().execute(
            "INSERT INTO presence (session, person, host, round, record, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (session) DO UPDATE SET round = ?4, record = ?5, seen = ?6",
            params![session.bytes(), person, host, round.bytes(), record, seen],
        )?;
        Ok(())
    }

    /// Removes a session, and those that have not been seen since a time.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written to.
    pub fn end_presence(&self, session: EventId, seen_before: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM presence WHERE session = ?1 OR seen < ?2";
        self.connection().execute(sql, params![session.bytes(), seen_before])?;
        Ok(())
    }

    /// The places of other sessions that have been seen since a time.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn presence(&self, own: EventId, since: i64) -> Result<Vec<Presence>, StoreError> {
        let sql = "SELECT session, person, host, round, record, seen FROM presence
            WHERE session <> ?1 AND seen >= ?2 LIMIT 1000";
        let mut statement = self.connection().prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            Ok(Presence {
                session: row.get::<_, [u8; 16]>(0)?.into(),
                person: row.get(1)?,
                host: row.get(2)?,
                round: row.get::<_, [u8; 16]>(3)?.into(),
                record: row.get(4)?,
                seen: row.get(5)?,
            })
        };
        let all = statement.query_map(params![own.bytes(), since], read)?;
        Ok(all.collect::<Result<_, _>>()?)
    }
}
