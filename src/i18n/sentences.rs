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

    /// A round that another reviewer has begun: `omgången Vår 2026, påbörjad av bo, gäller nu`.
    #[must_use]
    pub fn joined_round(&self, name: &str, person: &str) -> String {
        match self.lang {
            Lang::Swedish => format!("omgången {name}, påbörjad av {person}, gäller nu"),
            Lang::English => format!("joined the round {name}, begun by {person}"),
        }
    }

    /// A verdict key right after the selected record has left the data.
    #[must_use]
    pub fn left_under_cursor(&self, gone: &str, now: Option<&str>) -> String {
        match (self.lang, now) {
            (Lang::Swedish, Some(now)) => format!("{gone} har utgått ur uppgifterna; nu är {now} valt"),
            (Lang::Swedish, None) => format!("{gone} har utgått ur uppgifterna"),
            (Lang::English, Some(now)) => format!("{gone} has left the data; {now} is selected now"),
            (Lang::English, None) => format!("{gone} has left the data"),
        }
    }

    /// None of the records to write is among the data any more: `inget sparat: 0 av 1 finns kvar i uppgifterna`.
    #[must_use]
    pub fn written_none(&self, wanted: usize) -> String {
        match self.lang {
            Lang::Swedish => format!("inget sparat: 0 av {wanted} finns kvar i uppgifterna"),
            Lang::English => format!("nothing written: 0 of {wanted} are still in the data"),
        }
    }

    /// A file name whose ending names no format that is written: `.pdf skrivs inte, välj .csv .tsv …`.
    #[must_use]
    pub fn unknown_ending(&self, path: &str, endings: &str) -> String {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        match (self.lang, name.rsplit_once('.')) {
            (Lang::Swedish, Some((_, ending))) => {
                format!("formatet .{ending} kan inte sparas, välj {endings}")
            }
            (Lang::Swedish, None) => format!("filnamnet saknar ändelse, välj {endings}"),
            (Lang::English, Some((_, ending))) => {
                format!("the format .{ending} cannot be written; choose {endings}")
            }
            (Lang::English, None) => format!("the file name has no extension; choose {endings}"),
        }
    }

    /// More records than a workbook has rows.
    #[must_use]
    pub fn too_many_for_workbook(&self) -> &'static str {
        self.lang.choose(
            "en arbetsbok rymmer inte så många projekt, välj .csv",
            "a workbook has no room for so many records; choose .csv",
        )
    }

    /// A text that is longer than a cell of a workbook.
    #[must_use]
    pub fn too_long_for_workbook(&self, id: &str) -> String {
        match self.lang {
            Lang::Swedish => format!("{id}: en text är för lång för en cell i en arbetsbok, välj .csv"),
            Lang::English => format!("{id}: a text is too long for a cell of a workbook; choose .csv"),
        }
    }

    /// A written file: `sparat: ut.csv · 2 av 3 projekt`.
    #[must_use]
    pub fn written_to(&self, path: &str, written: usize, wanted: usize) -> String {
        let count = if written == wanted { self.records(written) } else { self.count(written, wanted) };
        format!("{}: {path} · {count}", self.written)
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
