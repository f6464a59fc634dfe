//! Problems of a store. The sentences are in `i18n`.

/// Something that is wrong with a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The kind of problem.
    pub kind: FindingKind,
    /// The event, content or round that it is about, or the reason that was given.
    pub subject: String,
}

impl Finding {
    /// A problem of a kind with something.
    pub fn new(kind: FindingKind, subject: impl std::fmt::Display) -> Self {
        Self { kind, subject: subject.to_string() }
    }
}

/// A kind of problem with a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// Part of the file cannot be read at all.
    Unreadable,
    /// The tables are not those of a review store.
    Tables,
    /// The ledger cannot be read or does not fit its own digest.
    Ledger,
    /// An event cannot be read.
    EventUnreadable,
    /// An event does not fit its digest.
    EventAltered,
    /// The digest of an event was altered; the event itself is intact.
    DigestAltered,
    /// The event before is missing, so that this one cannot be checked.
    EventUnproven,
    /// The events are not as many as the ledger counts, or the last one is another.
    EventsMissing,
    /// A content cannot be read, or does not hash to its key.
    ContentAltered,
    /// A content that an event names is not there.
    ContentMissing,
    /// The contents are not those that the ledger counts.
    ContentsMissing,
    /// A text is redacted, and no event says who did it.
    RedactionUnexplained,
    /// A text is there that an event says was redacted.
    RedactionUndone,
    /// A round does not have the events with which it was closed.
    SealBroken,
    /// SQLite finds the file inconsistent, for instance an index that lacks a row.
    Inconsistent,
}

impl FindingKind {
    /// The name of the kind, as scripts see it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Tables => "tables",
            Self::Ledger => "ledger",
            Self::EventUnreadable => "event_unreadable",
            Self::EventAltered => "event_altered",
            Self::DigestAltered => "digest_altered",
            Self::EventUnproven => "event_unproven",
            Self::EventsMissing => "events_missing",
            Self::ContentAltered => "content_altered",
            Self::ContentMissing => "content_missing",
            Self::ContentsMissing => "contents_missing",
            Self::RedactionUnexplained => "redaction_unexplained",
            Self::RedactionUndone => "redaction_undone",
            Self::SealBroken => "seal_broken",
            Self::Inconsistent => "inconsistent",
        }
    }
}
