//! Events of a review, one for each action on a record or round. Everything else is derived from them. Independent of
//! store and clock.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::content::ContentKey;
use super::verdict::Verdict;
use crate::domain::privacy::masked;

/// The permanent identity of an event: 128 random bits, printed as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId([u8; 16]);

impl EventId {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The ids of the events of one action, derived from its first one: writing an action twice yields the same events.
    #[must_use]
    pub(super) fn numbered(self, number: usize) -> Self {
        if number == 0 {
            return self;
        }
        let hash = super::hex::sha256([&self.0[..], &(number as u64).to_be_bytes()]);
        Self::parse(hash.get(..32).unwrap_or_default()).unwrap_or(self)
    }

    /// The first eight digits: enough to tell events of one review apart when talking of them.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }

    /// Reads 32 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: Option<Vec<u8>> = super::hex::read(text);
        bytes?.try_into().ok().map(Self)
    }
}

impl From<[u8; 16]> for EventId {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::hex::written(&self.0))
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventId({})", self.short())
    }
}

impl Serialize for EventId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("32 hexadecimal digits"))
    }
}

/// The author of an event: the name used in the review, and the account and machine. Texts are shared with all derived
/// state: a long review has many, and is copied for the screen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The reviewer's name (`--as`, the configuration, else the login).
    pub person: Arc<str>,
    /// The login.
    pub account: Arc<str>,
    /// The machine.
    pub host: Arc<str>,
}

/// Position of an event among all others, independent of the machine that wrote it: its Lamport number, then the clock,
/// then its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventOrder {
    /// One more than that of any event that the writer knew of.
    pub lamport: u64,
    /// Milliseconds since 1970, UTC.
    pub time: i64,
    /// The event itself.
    pub id: EventId,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Identity of the event.
    pub id: EventId,
    /// One more than that of any event that the writer knew of.
    pub lamport: u64,
    /// Milliseconds since 1970, UTC.
    pub time: i64,
    /// The author.
    #[serde(flatten)]
    pub author: Author,
    /// The first event of the action: a verdict on twelve marked records is one action.
    pub action: EventId,
    /// The event that began the round that it belongs to.
    pub round: EventId,
    /// The id of the record that it is about.
    pub record: Option<Arc<str>>,
    /// The kind of event and its data.
    #[serde(flatten)]
    pub kind: EventKind,
    /// The text, if there is one.
    pub text: EventText,
}

impl Event {
    /// The event with personal identity numbers masked in its names and texts, for output.
    #[must_use]
    pub fn masked(&self) -> Self {
        let mut event = self.clone();
        event.author.person = masked_text(&self.author.person);
        event.author.account = masked_text(&self.author.account);
        if let EventText::Said { text, .. } = &mut event.text {
            *text = masked_text(text);
        }
        match &mut event.kind {
            EventKind::RoundBegun(begun) => {
                begun.name = masked(&begun.name).into_owned();
                begun.query = masked(&begun.query).into_owned();
            }
            EventKind::Verdict { reason: Some(reason), .. } => *reason = masked(reason).into_owned(),
            _ => {}
        }
        event
    }

    /// Position of the event among all others.
    #[must_use]
    pub const fn order(&self) -> EventOrder {
        EventOrder { lamport: self.lamport, time: self.time, id: self.id }
    }
}

/// The free text of an event. What binds the closing hash to it is salted, so that an emptied text cannot be guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventText {
    /// There is none.
    #[default]
    None,
    /// A written text.
    Said {
        /// The text.
        text: Arc<str>,
        /// 32 random hexadecimal digits.
        salt: String,
    },
    /// It has been emptied since.
    Redacted {
        /// Digest of the removed text.
        digest: String,
    },
}

impl EventText {
    /// The text; empty if there is none or it was redacted.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Said { text, .. } => text,
            Self::None | Self::Redacted { .. } => "",
        }
    }

    /// The same, to be kept.
    pub(super) fn shared(&self) -> Arc<str> {
        match self {
            Self::Said { text, .. } => text.clone(),
            Self::None | Self::Redacted { .. } => Arc::default(),
        }
    }

    /// The representation of the text in a hash over events; `None` if there is no text.
    #[must_use]
    pub fn digest(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Said { text, salt } => Some(super::hex::sha256([salt.as_bytes(), text.as_bytes()])),
            Self::Redacted { digest } => Some(digest.clone()),
        }
    }

    /// The same without its words.
    #[must_use]
    pub fn redacted(&self) -> Self {
        self.digest().map_or(Self::None, |digest| Self::Redacted { digest })
    }
}

/// The kind of event and its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventKind {
    /// A round was begun; the text is its purpose.
    RoundBegun(Box<RoundBegun>),
    /// A verdict was given or withdrawn; the text explains the reason.
    Verdict {
        /// `None`: undecided again.
        verdict: Option<Verdict>,
        /// The name of the reason ([`super::verdict::REASONS`]), or a reason of the configuration's own.
        reason: Option<String>,
        /// The record as it was then.
        version: Option<ContentKey>,
    },
    /// A star was set or taken away.
    Star {
        /// Which of the two.
        on: bool,
    },
    /// A tag, which is the text, was set or taken away.
    Tag {
        /// Which of the two.
        on: bool,
    },
    /// A note, which is the text.
    Note {
        /// Working note or finding.
        note: NoteKind,
    },
    /// A note was changed; an empty text removes it.
    NoteChanged {
        /// The event that wrote it first.
        event: EventId,
        /// Working note or finding.
        note: NoteKind,
    },
    /// An action was undone.
    Undone {
        /// The action.
        of: EventId,
    },
    /// It is in force again.
    Redone {
        /// The action.
        of: EventId,
    },
    /// The round is closed.
    Closed {
        /// The hash over its events until then.
        hash: String,
        /// The number of these events.
        events: u64,
        /// The parts that the hash covers.
        #[serde(default, skip_serializing_if = "SealScheme::is_first")]
        scheme: SealScheme,
    },
    /// It is open again; the text says why.
    Reopened,
    /// The text of an event was emptied; the text says why.
    Redacted {
        /// The event.
        event: EventId,
    },
}

impl EventKind {
    /// The name of the kind of event, as scripts see it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RoundBegun(_) => "round_begun",
            Self::Verdict { .. } => "verdict",
            Self::Star { .. } => "star",
            Self::Tag { .. } => "tag",
            Self::Note { .. } => "note",
            Self::NoteChanged { .. } => "note_changed",
            Self::Undone { .. } => "undone",
            Self::Redone { .. } => "redone",
            Self::Closed { .. } => "closed",
            Self::Reopened => "reopened",
            Self::Redacted { .. } => "redacted",
        }
    }

    /// The content that the event names: the scope of a round, or a version of a record.
    #[must_use]
    pub const fn content_key(&self) -> Option<&ContentKey> {
        match self {
            Self::RoundBegun(begun) => Some(&begun.scope),
            Self::Verdict { version, .. } => version.as_ref(),
            _ => None,
        }
    }

    /// Returns `true` if the event is about a record, so that it can be undone.
    #[must_use]
    pub const fn is_about_record(&self) -> bool {
        matches!(
            self,
            Self::Verdict { .. }
                | Self::Star { .. }
                | Self::Tag { .. }
                | Self::Note { .. }
                | Self::NoteChanged { .. }
        )
    }
}

/// A text with personal identity numbers masked; the same one where there are none.
pub(super) fn masked_text(text: &Arc<str>) -> Arc<str> {
    match masked(text) {
        Cow::Borrowed(_) => text.clone(),
        Cow::Owned(masked) => masked.into(),
    }
}

/// The parts that a closing hash covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealScheme {
    /// The events before the closing, as the first versions of the program hashed them.
    #[default]
    Events,
    /// The events before the closing, and the closing event itself.
    WithClosing,
}

impl SealScheme {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_first(&self) -> bool {
        *self == Self::Events
    }
}

/// Kind of a note: only findings go into the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// It stays out.
    #[default]
    Working,
    /// It goes in.
    Finding,
}

/// Start of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundBegun {
    /// Its name.
    pub name: String,
    /// The ids of its records, one a line, kept as a content of the store.
    pub scope: ContentKey,
    /// The query that found them; empty for all.
    pub query: String,
    /// The sampling method, if the round is a sample.
    pub sample: Option<SampleMethod>,
    /// Number of people who must agree on a record.
    pub eyes: u8,
    /// The round that this one continues.
    pub from: Option<EventId>,
    /// The files that the records came from.
    pub sources: Vec<SourceFile>,
    /// The version of the program.
    pub program: String,
}

/// The sampling method, with everything that is needed to repeat the draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleMethod {
    /// The method.
    pub method: SampleKind,
    /// Requested number of records.
    pub size: usize,
    /// Number of records to draw from.
    pub population: usize,
    /// The seed, which makes the draw repeatable.
    pub seed: String,
    /// The groups that it was drawn from, unless it was drawn from all at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strata: Vec<Stratum>,
}

/// A group of records that part of a sample was drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// Definition of the stratum.
    pub of: StratumOf,
    /// Number of records in the stratum.
    pub population: usize,
    /// Number of drawn records.
    pub drawn: usize,
    /// Sums of amounts, if the sample is by amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts: Option<StratumAmounts>,
}

/// Definition of a stratum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StratumOf {
    /// A value of the field.
    Value(String),
    /// They have no value.
    NoValue,
    /// An amount so large that all were taken.
    Certain,
    /// An amount in proportion to which they were drawn.
    Proportional,
    /// No amount, or none above zero: drawn by number.
    NoAmount,
}

/// Sums of the amounts of a stratum, in hundredths of a krona.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StratumAmounts {
    /// Sum over all records.
    pub population: u64,
    /// Sum over the drawn records.
    pub drawn: u64,
}

/// Method of a sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SampleKind {
    /// Each record as likely as any other.
    Simple,
    /// As many of each value of a field as its share demands.
    Stratified {
        /// The field.
        by: String,
    },
    /// Each as likely as its amount is large.
    ByAmount {
        /// The field of the amount.
        weight: String,
        /// The rate at which euros became kronor, `EUR=11.2`, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate: Option<String>,
    },
}

/// A file that records came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes in hexadecimal digits; `None` if it is not a file.
    pub sha256: Option<String>,
}
