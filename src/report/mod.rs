//! The report of a review round: its records, reviewers and verdicts, in a file that is archived.
//!
//! [`Report::new`] collects the facts, independent of language. [`render`] writes them in a format and a language. All
//! texts of people and data pass through `Shown`, which masks personal identity numbers and replaces control
//! characters. Working notes and the names of code tables are left out.

mod blocks;
mod builder;
mod csv;
mod document;
mod html;
mod markdown;
mod sections;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

use crate::domain::diagnostic::Code;
use crate::domain::privacy::mask_personal_numbers;
use crate::domain::reviewed::ReviewState;
use crate::domain::values::date::Date;
use crate::i18n::{Lang, ReportWords};
use crate::review::event::{SampleMethod, SourceFile};
use crate::review::finding::Finding;
use crate::review::journal::VerdictCounts;
use crate::review::round::Closing;
use crate::review::version::Change;
use crate::text::printable::printable_lines;

use document::ReportDocument;

pub use builder::ReportInputs;
pub use sections::stratum_name;

/// The facts of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The name of the round.
    pub name: String,
    /// The purpose of the round.
    pub purpose: ReportText,
    /// The start of the round.
    pub begun: Signed,
    /// The name of the round that this one continues.
    pub from: Option<String>,
    /// The day that counted as today when the report was written.
    pub date: Date,
    /// The versions of the program that began the round and that wrote the report.
    pub programs: [String; 2],
    /// The files that the round was begun with.
    pub sources: Vec<SourceFile>,
    /// The files that the report compares with, if they differ from `sources`.
    pub compared: Option<Vec<SourceFile>>,
    /// The query that found its records; empty for all.
    pub query: String,
    /// The sampling method, if the round is a sample.
    pub sample: Option<SampleMethod>,
    /// Number of people who must agree on a verdict.
    pub eyes: u8,
    /// Number of records in each state.
    pub tally: VerdictCounts,
    /// Number of records for each state and reason, largest first; `None` for verdicts without a reason.
    pub reasons: Vec<(ReviewState, Option<String>, usize)>,
    /// The people who took part.
    pub reviewers: Vec<Reviewer>,
    /// Accounts that several people used.
    pub shared_accounts: Vec<(String, Vec<String>)>,
    /// The records of the round in its order, then others of which something was said.
    pub records: Vec<ReportRecord>,
    /// Groups of people who agreed on records.
    pub agreements: Vec<Agreement>,
    /// Differences between deliveries.
    pub different: Different,
    /// The texts that were emptied.
    pub emptied: Vec<Emptied>,
    /// Number of diagnostics of each code, ordered by code.
    pub diagnostics: Vec<(Code, usize)>,
    /// The closing of the round; `None` while it is open.
    pub seal: Option<Sealed>,
    /// Findings of the store that concern the round.
    pub findings: Vec<Finding>,
    /// When it was opened again, and why.
    pub reopened: Vec<(Signed, ReportText)>,
}

/// A person and a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The person's name as written.
    pub person: String,
    /// When, in milliseconds since 1970, UTC.
    pub time: i64,
}

/// A text written by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportText {
    /// Nothing.
    Nothing,
    /// This.
    Text(String),
    /// Something that was emptied since.
    Emptied,
}

/// A person who took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    /// As they wrote themselves last.
    pub person: String,
    /// The accounts and machines that they worked from, `account@machine`.
    pub accounts: Vec<String>,
    /// When they first did something, in milliseconds since 1970.
    pub first: i64,
    /// When they last did something.
    pub last: i64,
    /// Number of this person's verdicts in force.
    pub verdicts: usize,
}

/// The outcome for one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRecord {
    /// Its id.
    pub id: String,
    /// Its name, as it was last known.
    pub name: String,
    /// `true` if the record belongs to the round.
    pub in_round: bool,
    /// The state of the review.
    pub state: ReviewState,
    /// The verdicts in force, oldest first.
    pub verdicts: Vec<ReportVerdict>,
    /// The findings, oldest first.
    pub findings: Vec<ReportFinding>,
    /// The change since the verdict.
    pub since: Since,
}

/// A verdict in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportVerdict {
    /// The verdict.
    pub verdict: ReviewState,
    /// The name of the reason.
    pub reason: Option<String>,
    /// The explanation that accompanies the reason.
    pub text: ReportText,
    /// The person and the time.
    pub by: Signed,
    /// The account that it was given from.
    pub account: String,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFinding {
    /// The text of the finding.
    pub text: ReportText,
    /// The person and the time.
    pub by: Signed,
}

/// Change of a record since it was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Nothing that is known.
    Same,
    /// It says something else.
    Changed(Vec<Change>),
    /// Changed, but the judged version is not in the store.
    ChangedUnseen,
    /// It is not among the loaded records.
    Gone,
}

/// Two or more people who agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Their names, in the order of their verdicts.
    pub people: Vec<String>,
    /// Number of records that they agreed on.
    pub records: usize,
    /// Ids of records that they judged from one shared account.
    pub one_account: Vec<String>,
}

/// Differences between deliveries, as ids with names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Different {
    /// Records of the round that the earlier round lacked; `None` if there is no earlier round.
    pub since_earlier: Option<Vec<(String, String)>>,
    /// Records of the earlier round that are neither in this one nor loaded.
    pub left_since_earlier: Vec<(String, String)>,
    /// Loaded records that the round's query finds and the round does not have; `None` for a sample, which leaves out
    /// most by its nature.
    pub not_in_round: Option<Vec<(String, String)>>,
}

/// A text that was emptied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emptied {
    /// The first digits of the event's id.
    pub event: String,
    /// The kind of event.
    pub kind: &'static str,
    /// The record that it is about.
    pub record: Option<String>,
    /// Author and time of the text.
    pub written: Signed,
    /// Person, time and reason of the removal; `None` if its event is not in this store.
    pub emptied: Option<(Signed, ReportText)>,
}

/// The closing of a round and its verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The closing.
    pub closing: Closing,
    /// `true` if the hash matches the events.
    pub holds: bool,
    /// Number of events that arrived after the closing.
    pub later: usize,
}

/// A form of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// One page with its style inside, to be printed and signed.
    Html,
    /// A document.
    Markdown,
    /// A list, one row a record.
    Csv,
}

/// The endings of file names that ask for a form.
pub const ENDINGS: &str = ".html .md .csv";

impl ReportFormat {
    /// The form that a file name's ending asks for.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        Some(match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "html" | "htm" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "csv" => Self::Csv,
            _ => return None,
        })
    }
}

/// The whole report in a form and a language. A list has no words: its keys and values are the same in any language.
#[must_use]
pub fn render(report: &Report, form: ReportFormat, lang: Lang) -> String {
    let words = ReportWords::of(lang);
    match form {
        ReportFormat::Html => html::render(&ReportDocument::new(report, &words), &words),
        ReportFormat::Markdown => markdown::render(&ReportDocument::new(report, &words), &words),
        ReportFormat::Csv => csv::render(report),
    }
}

/// A text as a report may show it: personal identity numbers are masked, control characters are placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown(String);

impl Shown {
    fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: AsRef<str>> From<T> for Shown {
    fn from(text: T) -> Self {
        let text = text.as_ref();
        let masked = mask_personal_numbers(text).map(|(masked, _)| masked);
        Self(printable_lines(masked.as_deref().unwrap_or(text)).into_owned())
    }
}
