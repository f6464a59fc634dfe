//! Everything that can happen to the screen, and everything that it can ask for.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::begun_note::BegunNote;
use super::keys::key::Key;
use crate::domain::catalogue::{Catalogue, Row};
use crate::domain::reviewed::Reviewed;
use crate::domain::values::date::Date;
use crate::export::ExportFormat;
use crate::i18n::{Words, system_error_of_kind};
use crate::loading::difference::Difference;
use crate::loading::{Loaded, Progress};
use crate::review::command::{ReviewCommand, ReviewCommandError};
use crate::review::comparison::VersionComparison;
use crate::review::delta::JournalDelta;
use crate::review::event::EventId;
use crate::review::finding::Finding;
use crate::review::journal::Journal;
use crate::review::store_error::{Replacement, StoreError};
use crate::search::index::Index;
use crate::search::language::query::Query;
use crate::search::language::sort_order::SortOrder;
use crate::search::matching::answer::Answer;
use crate::search::results::completion::Completions;
use crate::search::results::facets::FacetCounts;

/// Something that happened, in the order in which it happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed. Terminals send the same for Alt and a key as for Esc and the key at once.
    Key(Key),
    /// A text was pasted; it never becomes keys.
    Paste(String),
    /// A text was pasted without brackets, and recognized among keys that arrived at once.
    UnbracketedPaste(String),
    /// The terminal has this many columns and rows now.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// The time in milliseconds since the session began; comes before the keys that are read at that time.
    Now(u64),
    /// A new day has begun.
    Today(Date),
    /// The person's editor has ended.
    Edited(EditOutcome),
    /// The terminal layer tried to put a text on a clipboard.
    Copied(CopyResult),
    /// Progress of the running load.
    Reading(LoadProgress),
    /// Records have been loaded and can be searched: all of them, or those that are there while more come in.
    Loaded {
        /// The records. Rows of a partial load keep their numbers in the next one.
        loaded: Loaded,
        /// The same, laid out for searching.
        index: Arc<Index>,
        /// `true` if the load is complete.
        is_whole: bool,
    },
    /// The files have been read again.
    Reloaded {
        /// The records.
        loaded: Loaded,
        /// The same, laid out for searching.
        index: Arc<Index>,
        /// Differences from the previous records.
        difference: Difference,
    },
    /// The files could not be read again: the records stay as they were.
    NotReloaded(ReloadError),
    /// A file has changed since it was read.
    FilesChanged,
    /// A search has answered, perhaps not for the last time.
    Answered {
        /// Which search.
        generation: u64,
        /// The answer.
        answer: Arc<Answer>,
    },
    /// Facets have been counted.
    FacetsCounted {
        /// For which search.
        generation: u64,
        /// The counts.
        counts: Arc<Vec<FacetCounts>>,
    },
    /// A word of the query can become these values.
    Completed {
        /// For which search.
        generation: u64,
        /// The values.
        completions: Completions,
    },
    /// A file has been written, or could not be.
    Written(Result<String, WriteError>),
    /// The drafts of the reviewer in the open store have been read.
    DraftsRead(Vec<BegunNote>),
    /// A worker has failed and will answer no more.
    WorkerFailed,
    /// Something about the review.
    Review(ReviewEvent),
}

/// The condition of an open store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StoreCondition {
    /// Nothing is known to be wrong.
    #[default]
    Sound,
    /// It was an older store and has been given digests.
    Migrated,
    /// It was repaired; the damaged file has this name.
    Repaired(String),
    /// It is damaged, and only read: the first thing that is wrong with it, and the number of them.
    Damaged(Finding, usize),
    /// Its file was replaced or removed.
    Replaced(Replacement),
}

/// Answers of the review store.
#[derive(Clone, Debug)]
pub enum ReviewEvent {
    /// The store is open.
    Opened {
        /// All its events.
        journal: Box<Journal>,
        /// The condition of the store.
        condition: StoreCondition,
    },
    /// It cannot be used.
    NotOpened(Arc<StoreError>),
    /// Something has been saved, here or elsewhere.
    Learnt(JournalDelta),
    /// The actions up to this number are saved; the id of the first event of the last one.
    Saved(u64, EventId),
    /// It is not.
    NotSaved {
        /// Its number.
        token: u64,
        /// Why.
        why: Arc<ReviewCommandError>,
        /// `true` if saving is retried.
        again: bool,
    },
    /// Differences between a round and the loaded records, and the review facts of the records.
    Compared {
        /// The round.
        round: EventId,
        /// The records.
        catalogue: Arc<Catalogue>,
        /// The differences.
        comparison: Arc<VersionComparison>,
        /// The review facts.
        reviewed: Arc<Reviewed>,
    },
    /// The condition of the store has changed.
    Condition(StoreCondition),
    /// Other reviewers, by the id of the record that each is on.
    Others(BTreeMap<String, String>),
    /// The actions up to this number were not saved; the file that holds them, or the reason why writing it failed.
    Kept(u64, Result<String, WriteError>),
}

/// Progress of a load, as displayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadProgress {
    /// Number of records so far.
    pub records: usize,
    /// Percentage of the bytes that has been read, if the total is known.
    pub percent: Option<u8>,
    /// Records per second.
    pub per_second: usize,
    /// Estimated remaining time in seconds.
    pub seconds_left: Option<u64>,
}

impl LoadProgress {
    /// Progress after `millis` milliseconds.
    #[must_use]
    pub fn after(progress: Progress, millis: u128) -> Self {
        let Progress { records, bytes, all_bytes } = progress;
        let millis = millis.max(1);
        let left = all_bytes.filter(|_| bytes > 0).map(|all| {
            let rest = u128::from(all.saturating_sub(bytes));
            u64::try_from(rest * millis / u128::from(bytes) / 1_000 + 1).unwrap_or(u64::MAX)
        });
        let percent = |all: u64| bytes.saturating_mul(100).checked_div(all).unwrap_or(100).min(100);
        Self {
            records,
            percent: all_bytes.and_then(|all| u8::try_from(percent(all)).ok()),
            per_second: usize::try_from(records as u128 * 1_000 / millis).unwrap_or(usize::MAX),
            seconds_left: left,
        }
    }

    /// Progress as a sentence.
    #[must_use]
    pub fn text(self, words: &Words) -> String {
        words.reading(self.records, self.percent, self.per_second, self.seconds_left)
    }
}

/// Why files were not read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReloadError {
    /// Standard input cannot be read twice.
    StandardInput,
    /// A file is being written; its name, if known.
    BeingWritten(Option<String>),
    /// Nothing could be read any more.
    Unreadable,
}

/// The outcome of changing a text in the person's editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditOutcome {
    /// The editor has ended.
    Ended {
        /// The bytes of its file.
        contents: Vec<u8>,
        /// It ended within half a second, as editors do that open a window of their own.
        at_once: bool,
    },
    /// The editor could not be started, or has ended with an error.
    Failed {
        /// The editor and its error.
        reason: String,
        /// The bytes of its file, if it can be read.
        contents: Option<Vec<u8>>,
    },
}

/// Result of copying to the clipboard, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyResult {
    /// A clipboard tool of this machine took it.
    OnClipboard,
    /// The text was sent to the terminal, which sends no confirmation.
    SentToTerminal,
    /// Terminals take no more than this many bytes; nothing was sent.
    TooLong {
        /// The most that can be copied, in bytes.
        limit: usize,
    },
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The path, as typed.
    pub path: String,
    /// The reason.
    pub reason: WriteFailure,
}

/// The reason why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteFailure {
    /// A file of this name exists, and is never replaced.
    Exists,
    /// The session has no folder to write to.
    NoFolder,
    /// The operating system refused: the kind of its error, and its own words.
    System(io::ErrorKind, String),
    /// A workbook has fewer rows than there are records.
    TooManyRecords,
    /// A text of the record with this id is longer than a cell of a workbook.
    TextTooLong(String),
}

impl WriteFailure {
    /// The reason as a sentence.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::Exists => words.exists_already.to_owned(),
            Self::NoFolder => words.nowhere_to_write.to_owned(),
            Self::System(kind, own_words) => {
                system_error_of_kind(words.lang, *kind).map_or_else(|| own_words.clone(), str::to_owned)
            }
            Self::TooManyRecords => words.too_many_for_workbook().to_owned(),
            Self::TextTooLong(id) => words.too_long_for_workbook(id),
        }
    }
}

/// Records to write into a file.
#[derive(Clone, Debug)]
pub struct RecordsToWrite {
    /// The format.
    pub format: ExportFormat,
    /// The records that are loaded.
    pub catalogue: Arc<Catalogue>,
    /// Those to write, in this order.
    pub rows: Vec<Row>,
}

/// Work that the session performs for the screen; it answers with events.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Search, and drop an unfinished search.
    Search {
        /// The number of this search; a later one is higher.
        generation: u64,
        /// The query.
        query: Query,
        /// Order of the hits. If sorting takes long, an answer in order of relevance precedes.
        order: SortOrder,
    },
    /// Count the facets under a query, after it has been searched.
    CountFacets {
        /// The number of the newest search.
        generation: u64,
        /// Its query.
        query: Query,
    },
    /// Find the values that the word at the cursor may become.
    Complete {
        /// The number of the newest search.
        generation: u64,
        /// Its query.
        query: Query,
        /// The cursor, in bytes of its text.
        cursor: usize,
    },
    /// Read the files again.
    Reload,
    /// Remember a query for later sessions.
    Remember(String),
    /// Write a file that does not exist yet.
    Write {
        /// The path, as typed.
        path: String,
        /// The records.
        records: RecordsToWrite,
    },
    /// Something for the holder of the terminal.
    Terminal(Request),
    /// Something about the review.
    Review(ReviewEffect),
    /// Something about drafts of notes.
    Draft(DraftEffect),
}

/// Drafts of the reviewer in the open store, on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftEffect {
    /// Read them all; the answer is [`Event::DraftsRead`].
    Read,
    /// Write the draft of a record.
    Keep(BegunNote),
    /// Remove the draft of a record, by its id.
    Discard(String),
}

/// Work on the review store.
#[derive(Clone, Debug)]
pub enum ReviewEffect {
    /// Open the store.
    Open,
    /// Leave it.
    Leave,
    /// Do something, until it is saved.
    Act(u64, ReviewCommand),
    /// Write unsaved actions into a file; the number of the newest of them.
    Keep(String, u64),
    /// The line is lost: write unsaved actions into a file, then save as many as possible.
    Rescue,
    /// Compare a round with the loaded records.
    Compare {
        /// The round.
        round: EventId,
        /// The records.
        catalogue: Arc<Catalogue>,
        /// The query of the round.
        query: Box<Query>,
    },
    /// Tell others on which record of which round the person is.
    At(EventId, Option<String>),
    /// Put the damaged store aside and go on with what can be trusted of it.
    Repair,
}

/// Requests that need the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// End with this outcome.
    Quit(Outcome),
    /// Stop the program as the shell's job control does, and redraw when it continues.
    Suspend,
    /// Redraw everything: another program has written to the screen.
    Redraw,
    /// Let the person change this text in their editor.
    Edit(String),
    /// Put this text on the clipboard, by whatever way reaches the person's own machine.
    Copy(String),
}

/// End of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The person left.
    Done,
    /// `--pick`: the ids of the chosen records, as printed.
    Picked(Vec<String>),
    /// None of the given sources could be read.
    NothingReadable,
    /// The program has a defect; the message has been shown.
    Failed,
    /// `--pick`: nothing matched.
    NothingPicked,
    /// Cancelled by Ctrl-C, or by Esc under `--pick`.
    Interrupted,
}
