//! The arguments of `diarium review`, as clap reads them.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::schema::FieldKind;

const EXAMPLES: &str = "\
Examples:
  diarium review new 'Vår 2026' är:pågående        begin a round over what matches
  diarium review next                              the next record without a verdict
  diarium review mark 23-079-S13 --state approved
  diarium review mark 24-003-S05 --state rejected --reason period --text 'slut före start'
  diarium review list --state rejected,pending
  diarium review report --to granskning.html

The store is the one of --reviews, else of `reviews` in the configuration, else reviews.db in your data folder.";

const SAMPLES: &str = "\
Methods:
  simple       each record as likely as any other
  --by         as many of each value of a field as its share demands, at least one of each where N suffices
  --weight     monetary unit sampling: an amount of at least the sampling interval is certain, the others are drawn
               systematically in proportion; records without a known amount are drawn apart, and said. Amounts in euros
               need --rate

Whoever has the same records and the same seed draws the same ones, on any machine.";

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
    /// What to do
    #[command(subcommand)]
    pub command: ReviewCommand,
    /// The round, by its name or the beginning of it; without one the newest that is open
    #[arg(long, value_name = "NAME", global = true)]
    pub round: Option<String>,
}

/// What to do with a review.
#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    /// Give records a verdict; the first one begins a round over all records
    Mark {
        /// Ids, in any spelling
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// reviewed, approved, rejected, pending, or undecided to take it back
        #[arg(long)]
        state: String,
        /// Why, by the name of a reason
        #[arg(long)]
        reason: Option<String>,
        /// Why, in words
        #[arg(long)]
        text: Option<String>,
    },
    /// Write a note; a working note stays out of the report
    Note {
        /// An id, in any spelling
        id: String,
        /// The text; `-` reads standard input
        text: String,
        /// It is a finding, which goes into the report
        #[arg(long)]
        finding: bool,
        /// Write it though it holds a personal identity number
        #[arg(long)]
        force: bool,
    },
    /// Set a tag
    Tag {
        /// The tag
        tag: String,
        /// Ids, in any spelling
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// Take it away instead
        #[arg(long)]
        remove: bool,
    },
    /// Set a star
    Star {
        /// Ids, in any spelling
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// Take it away instead
        #[arg(long)]
        remove: bool,
    },
    /// Print the records of the round with what has been said of them
    #[command(
        after_help = "Formats: table (default in a terminal), ids (default in a pipe), text, json, jsonl."
    )]
    List {
        /// Only what matches
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Only in these states: undecided, reviewed, approved, rejected, pending, disputed, awaiting, starred, changed,
        /// new, gone
        #[arg(long, value_name = "STATE", value_delimiter = ',')]
        state: Vec<String>,
    },
    /// Print the next record that waits for your verdict
    #[command(
        after_help = "Formats: text (default in a terminal), ids (default in a pipe), json, jsonl, md."
    )]
    Next {
        /// Only among what matches
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
    },
    /// Print what has happened, of one record or of all
    Log {
        /// An id, in any spelling
        id: Option<String>,
    },
    /// Take back your latest action
    Undo,
    /// Do again what you took back last
    Redo,
    /// Print how far the round has come
    Stats,
    /// Print all rounds
    Rounds,
    /// Begin a round over what matches now
    New {
        /// Its name
        name: String,
        /// What it is over; nothing is everything
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Go on from this round: its verdicts are known, and what has changed since
        #[arg(long, value_name = "NAME")]
        from: Option<String>,
        /// What it is for
        #[arg(long, value_name = "TEXT", default_value = "")]
        purpose: String,
        /// So many people must agree on each record
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        eyes: Option<u8>,
    },
    /// Draw a sample of what matches now, begin a round over it, and print its ids
    #[command(after_help = SAMPLES)]
    Sample {
        /// How many are drawn
        #[arg(value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        size: u32,
        /// What it is drawn from; nothing is everything
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// The same text draws the same records; throw dice for it, and write it down
        #[arg(long, value_name = "TEXT")]
        seed: String,
        /// Draw from each value of this field as its share demands
        #[arg(long, value_name = "FIELD", conflicts_with = "weight")]
        by: Option<String>,
        /// Draw each in proportion to its amount
        #[arg(long, value_name = "AMOUNT")]
        weight: Option<Weight>,
        /// The round's name; without one it has the day's
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Go on from this round: its verdicts are known, and what has changed since
        #[arg(long, value_name = "NAME")]
        from: Option<String>,
        /// What it is for
        #[arg(long, value_name = "TEXT", default_value = "")]
        purpose: String,
        /// So many people must agree on each record
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=2))]
        eyes: Option<u8>,
        /// Only print what is drawn, and begin nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the report of the round: HTML to print and sign, Markdown, or a list
    #[command(
        after_help = "Forms, by the name's ending: .html .md .csv. Working notes stay out, findings go in."
    )]
    Report {
        /// Write this file, whole or not at all
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Replace a file that exists
        #[arg(long)]
        force: bool,
    },
    /// Close the round: a hash is kept over its events, and nothing more can be written
    Close,
    /// Open a closed round again
    Reopen {
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Empty a text that should not have been written; who and when stay
    Redact {
        /// The event, by the beginning of its id: `diarium review log` shows it
        event: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Write all that has happened, as lines of JSON that `import` reads, or as a list
    #[command(after_help = "Formats: jsonl (default), csv.")]
    Export {
        /// Write this file; `-` or none is standard output
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// Replace a file that exists
        #[arg(long)]
        force: bool,
    },
    /// Take in what `export` has written; twice is the same as once
    Import {
        /// Files; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Take in another store, which stays as it is
    Merge {
        /// The other store
        other: PathBuf,
    },
}
