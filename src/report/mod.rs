//! The report of a review round: what was reviewed, by whom, and what came of it, for a file that is kept for years.
//!
//! [`Report::of`] gathers the facts; they know no words. [`render`] writes them in a form and a language. Whatever
//! people or data have said passes `Shown`, the one gate: personal identity numbers are masked, control characters
//! are placeholders. Working notes stay out, as do the names of code tables.

mod csv;
mod document;
mod gather;
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
use crate::review::journal::VerdictCounts;
use crate::review::round::Closing;
use crate::review::version::Change;
use crate::text::printable::printable_lines;

use document::ReportDocument;

pub use gather::ReportInputs;
pub use sections::stratum_name;

/// The facts of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The name of the round.
    pub name: String,
    /// What it is for.
    pub purpose: ReportText,
    /// Who began it, and when.
    pub begun: Signed,
    /// The name of the round that it goes on from.
    pub from: Option<String>,
    /// The day that counted as today when the report was written.
    pub date: Date,
    /// The versions of the program that began the round and that wrote the report.
    pub programs: [String; 2],
    /// The files that the round was begun with.
    pub sources: Vec<SourceFile>,
    /// The files that it is compared with, where they are not the same.
    pub compared: Option<Vec<SourceFile>>,
    /// The query that found its records; empty for all.
    pub query: String,
    /// How they were drawn, if they are a sample.
    pub sample: Option<SampleMethod>,
    /// How many people must agree.
    pub eyes: u8,
    /// How far it has come.
    pub tally: VerdictCounts,
    /// In how many records a reason was given for a state, most first; `None` where it has none.
    pub reasons: Vec<(ReviewState, Option<String>, usize)>,
    /// Who took part.
    pub reviewers: Vec<Reviewer>,
    /// Accounts that several people used.
    pub shared_accounts: Vec<(String, Vec<String>)>,
    /// The records of the round in its order, then others of which something was said.
    pub records: Vec<ReportRecord>,
    /// Who agreed with whom.
    pub agreements: Vec<Agreement>,
    /// What is different between deliveries.
    pub different: Different,
    /// The texts that were emptied.
    pub emptied: Vec<Emptied>,
    /// How often the loaded data have each problem, in the order of the table.
    pub diagnostics: Vec<(Code, usize)>,
    /// How it was closed and whether that holds; `None` while it is open.
    pub seal: Option<Sealed>,
    /// When it was opened again, and why.
    pub reopened: Vec<(Signed, ReportText)>,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Who, as written.
    pub person: String,
    /// When, in milliseconds since 1970, UTC.
    pub time: i64,
}

/// What somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportText {
    /// Nothing.
    Nothing,
    /// This.
    Text(String),
    /// Something that was emptied since.
    Emptied,
}

/// Somebody who took part.
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
    /// How many verdicts of theirs are in force.
    pub verdicts: usize,
}

/// What came of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRecord {
    /// Its id.
    pub id: String,
    /// Its name, as it was last known.
    pub name: String,
    /// Whether the round has it.
    pub in_round: bool,
    /// Where it stands.
    pub state: ReviewState,
    /// The verdicts in force, oldest first.
    pub verdicts: Vec<ReportVerdict>,
    /// The findings, oldest first.
    pub findings: Vec<ReportFinding>,
    /// What has become of it since it was judged.
    pub since: Since,
}

/// A verdict in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportVerdict {
    /// The verdict.
    pub verdict: ReviewState,
    /// The name of the reason.
    pub reason: Option<String>,
    /// What the reason says beyond its name.
    pub text: ReportText,
    /// Who, and when.
    pub by: Signed,
    /// The account that it was given from.
    pub account: String,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFinding {
    /// What it says.
    pub text: ReportText,
    /// Who, and when.
    pub by: Signed,
}

/// What has become of a record since it was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Nothing that is known.
    Same,
    /// It says something else.
    Changed(Vec<Change>),
    /// It says something else, but what it said is not kept.
    ChangedUnseen,
    /// It is not among the loaded records.
    Gone,
}

/// Two or more people who agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Who, in the order in which they gave their verdicts.
    pub people: Vec<String>,
    /// On how many records.
    pub records: usize,
    /// The ids of those on which they used one account.
    pub one_account: Vec<String>,
}

/// What is different between deliveries. Each is an id with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Different {
    /// Records of the round that the earlier round did not have; `None` where there is no earlier one.
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
    /// Who wrote it, and when.
    pub written: Signed,
    /// Who emptied it, when, and why; `None` where that is not known here.
    pub emptied: Option<(Signed, ReportText)>,
}

/// How a round was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// How.
    pub closing: Closing,
    /// Whether the hash holds.
    pub holds: bool,
    /// How many events came in after it.
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
    pub fn of_file(path: &str) -> Option<Self> {
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
        ReportFormat::Html => html::render(&ReportDocument::of(report, &words), &words),
        ReportFormat::Markdown => markdown::render(&ReportDocument::of(report, &words), &words),
        ReportFormat::Csv => csv::render(report),
    }
}

/// A text as a report may show it: personal identity numbers are masked, control characters are placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown(String);

impl Shown {
    fn of(text: &str) -> Self {
        let masked = mask_personal_numbers(text).map(|(masked, _)| masked);
        Self(printable_lines(masked.as_deref().unwrap_or(text)).into_owned())
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: AsRef<str>> From<T> for Shown {
    fn from(text: T) -> Self {
        Self::of(text.as_ref())
    }
}
