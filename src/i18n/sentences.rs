//! Sentences of the screen that are put together from values.

use super::{Lang, Words};

impl Words {
    /// The palette finds nothing: `inget kommando heter X`.
    #[must_use]
    pub fn no_such_command(&self, name: &str) -> String {
        match self.lang {
            Lang::Swedish => format!("inget kommando heter {name}"),
            Lang::English => format!("no command is called {name}"),
        }
    }

    /// A row number beyond the last row: `ingen rad 20200940 · / söker`.
    #[must_use]
    pub fn no_such_row(&self, number: usize) -> String {
        match self.lang {
            Lang::Swedish => format!("ingen rad {number} · / söker"),
            Lang::English => format!("no row {number} · / searches"),
        }
    }

    /// An argument that the command does not understand: `sort: X går inte att tolka`.
    #[must_use]
    pub fn bad_argument(&self, name: &str, argument: &str) -> String {
        match self.lang {
            Lang::Swedish => format!("{name}: {argument} går inte att tolka"),
            Lang::English => format!("{name}: cannot interpret {argument}"),
        }
    }

    /// The end of a closed round: `avslutad och låst, 12 händelser, SHA-256 …`.
    #[must_use]
    pub fn closed_with(&self, events: u64, hash: &str) -> String {
        match self.lang {
            Lang::Swedish => format!("avslutad och låst, {events} händelser, SHA-256 {hash}"),
            Lang::English => format!("closed, {events} events, SHA-256 {hash}"),
        }
    }

    /// The closing of a round on its page: `avslutad och låst: anna 2026-11-21 12:00, SHA-256 …`.
    #[must_use]
    pub fn closed_by(&self, person: &str, time: &str, hash: &str) -> String {
        format!("{}: {person} {time}, SHA-256 {hash}", self.closed)
    }
}
