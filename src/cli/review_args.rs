//! The arguments of `diarium review`, as clap reads them.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::schema::FieldKind;

const EXAMPLES: &str = "\
Examples:
  diarium review new 'Vår 2026' är:pågående        begin a round over the matches
  diarium review next                              the next record without a verdict
  diarium review mark 23-079-S13 --state approved
  diarium review mark 24-003-S05 --state rejected --reason period --text 'slut före start'
  diarium review list --state rejected,pending
  diarium review report --to granskning.html

The review is in the file given by --reviews, otherwise by `reviews` in the configuration,
otherwise in reviews.db in your data folder.";

const SAMPLES: &str = "\
Methods:
  simple       every record is equally likely
  --by         stratified: each value of a field in proportion to its share, at least one record
               of each if N suffices
  --weight     monetary unit sampling: amounts of at least the sampling interval are always
               drawn, the others systematically in proportion to their amount. Records without a
               known amount are drawn separately, and this is stated. Amounts in euros need --rate

Anyone who has the same records and the same seed draws the same records, on any computer.";

/// An amount to draw in proportion to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Weight {
    /// The total budget.
    Total,
    /// The granted ESF support.
    Esf,
    /// The EU support.
    Eu,
}

impl Weight {
    /// The field of the amount.
    #[must_use]
    pub const fn field(self) -> FieldKind {
        match self {
            Self::Total => FieldKind::TotalBudget,
            Self::Esf => FieldKind::EsfSupport,
            Self::Eu => FieldKind::EuSupport,
        }
    }
}

/// `diarium review …`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ReviewArguments {
    /// The command.
    #[command(subcommand)]
    pub command: ReviewVerb,
    /// The round, by its name or the beginning of it; default: the latest open round
    #[arg(long, value_name = "NAME", global = true)]
    pub round: Option<String>,
}

/// A command about a review.
#[derive(Debug, Subcommand)]
pub enum ReviewVerb {
    /// Give records a verdict; the first verdict begins a round over all records
    Mark {
        /// Ids in any spelling
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// reviewed, approved, rejected, pending, or undecided to take the verdict back
        #[arg(long)]
        state: String,
        /// Name of the reason
        #[arg(long)]
        reason: Option<String>,
        /// The reason as free text
        #[arg(long)]
        text: Option<String>,
    },
    /// Write a note; working notes are not included in the report
    Note {
        /// An id in any spelling
        id: String,
        /// The text; `-` reads standard input
        text: String,
        /// Make the note a finding, which is included in the report
        #[arg(long)]
        finding: bool,
        /// Save the note even if it contains a personal identity number
        #[arg(long)]
        force: bool,
    },
    /// Set a tag
    Tag {
        /// The tag
        tag: String,
        /// Ids in any spelling
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// Remove the tag instead
        #[arg(long)]
        remove: bool,
    },
    /// Star records
    Star {
        /// Ids in any spelling
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// Remove the star instead
        #[arg(long)]
        remove: bool,
    },
    /// Print the records of the round with their verdicts
    #[command(
        after_help = "Formats: table (default in a terminal), ids (default in a pipe), text, json, jsonl."
    )]
    List {
        /// Only records that match this query
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Only records in these states: undecided, reviewed, approved, rejected, pending, disputed, awaiting, starred,
        /// changed, new, gone
        #[arg(long, value_name = "STATE", value_delimiter = ',')]
        state: Vec<String>,
    },
    /// Print the next record that waits for your verdict
    #[command(
        after_help = "Formats: text (default in a terminal), ids (default in a pipe), json, jsonl, md."
    )]
    Next {
        /// Only among records that match this query
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
    },
    /// Print the audit log, of one record or of all
    Log {
        /// An id in any spelling
        id: Option<String>,
    },
    /// Undo your latest action
    Undo,
    /// Redo the action that you undid last
    Redo,
    /// Print the progress of the round
    Stats,
    /// Print all rounds
    Rounds,
    /// Begin a round over the records that match now
    New {
        /// Name of the round
        name: String,
        /// The records of the round; empty for all
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Continue this round: keep its verdicts and report changes since
        #[arg(long, value_name = "NAME")]
        from: Option<String>,
        /// Purpose of the round
        #[arg(long, value_name = "TEXT", default_value = "")]
        purpose: String,
        /// Number of reviewers who must agree on each record: 1 or 2
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        eyes: Option<u8>,
    },
    /// Draw a sample of the records that match now, begin a round over it, and print its ids
    #[command(after_help = SAMPLES)]
    Sample {
        /// Number of records to draw
        #[arg(value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        size: u32,
        /// The records to draw from; empty for all
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Seed: the same text draws the same records. Choose it by chance, and write it down
        #[arg(long, value_name = "TEXT")]
        seed: String,
        /// Draw from each value of this field in proportion to its share
        #[arg(long, value_name = "FIELD", conflicts_with = "weight")]
        by: Option<String>,
        /// Draw each record in proportion to its amount
        #[arg(long, value_name = "AMOUNT", hide_possible_values = true)]
        weight: Option<Weight>,
        /// Name of the round; default: the date
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Continue this round: keep its verdicts and report changes since
        #[arg(long, value_name = "NAME")]
        from: Option<String>,
        /// Purpose of the round
        #[arg(long, value_name = "TEXT", default_value = "")]
        purpose: String,
        /// Number of reviewers who must agree on each record: 1 or 2
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        eyes: Option<u8>,
        /// Only print the sample, without beginning a round
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the report of the round: HTML to print and sign, Markdown, or a list
    #[command(
        after_help = "Formats, by the ending of the file name: .html .md .csv. Findings are included, working notes are not."
    )]
    Report {
        /// File to write, completely or not at all
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Replace the file if it exists
        #[arg(long)]
        force: bool,
    },
    /// Close the round: a hash of its events is kept, and nothing more can be written
    Close,
    /// Open a closed round again
    Reopen {
        /// The reason
        #[arg(long)]
        reason: String,
    },
    /// Empty a text that should not have been written; who wrote it and when remain
    Redact {
        /// The event, by the beginning of its id; `diarium review log` shows it
        event: String,
        /// The reason
        #[arg(long)]
        reason: String,
    },
    /// Write all events, as lines of JSON that `import` reads, or as a list
    #[command(after_help = "Formats: jsonl (default), csv.")]
    Export {
        /// File to write; `-`, or no file, is standard output
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// Replace the file if it exists
        #[arg(long)]
        force: bool,
    },
    /// Read in what `export` has written; twice is the same as once
    Import {
        /// Files; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Check the review file: digests, contents, redactions and closings; exits 1 if anything is wrong
    Verify {
        /// Require that a round is closed with this hash, as printed in its report
        #[arg(long, value_name = "HASH")]
        seal: Option<String>,
    },
    /// Set a damaged review file aside, unchanged, and continue with its intact part
    Repair,
    /// Read in another review file, which is left unchanged
    Merge {
        /// The other file
        other: PathBuf,
    },
}

impl ReviewVerb {
    /// Returns `true` if the command writes to the store. A command that only reads creates, changes and repairs nothing.
    #[must_use]
    pub const fn writes(&self) -> bool {
        match self {
            Self::List { .. }
            | Self::Next { .. }
            | Self::Log { .. }
            | Self::Stats
            | Self::Rounds
            | Self::Report { .. }
            | Self::Export { .. }
            | Self::Verify { .. }
            | Self::Repair
            | Self::Sample { dry_run: true, .. } => false,
            Self::Mark { .. }
            | Self::Note { .. }
            | Self::Tag { .. }
            | Self::Star { .. }
            | Self::Undo
            | Self::Redo
            | Self::New { .. }
            | Self::Sample { .. }
            | Self::Close
            | Self::Reopen { .. }
            | Self::Redact { .. }
            | Self::Import { .. }
            | Self::Merge { .. } => true,
        }
    }
}
