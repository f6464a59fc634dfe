//! The arguments, as clap reads them. What they mean together is decided elsewhere.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::values::date::Date;
use crate::i18n::Lang;
use crate::search::language::query_context::Rates;

const EXAMPLES: &str = "\
Examples:
  diarium                              browse the records built into the program
  diarium projekt/                     browse a folder of records
  diarium 23-079-S13                   browse, opened at that record
  diarium -q 'piteå nycklar'           browse, beginning with a query
  diarium --pick | xargs diarium show  choose records, then print them
  diarium show 24-003-S05 --format json
  diarium find -d projekt/ trygghet --format tsv --fields id,name,end_date
  diarium convert trygghet --to urval.csv
                                       write what matches as a list
  diarium stats är:pågående --by region,ägare
                                       count what goes on, and sum its amounts
  diarium check projekt/               what is odd about the data, and where

Exit status: 0 found or done, 1 nothing found or findings, 2 wrong use or nothing readable, 130 interrupted.";

const CONVERT_FORMS: &str = "\
Forms, by the name's ending or --format:
  .csv .tsv     lists: a column for each key (--fields chooses) and each label beside them, dates as 2024-09-01,
                amounts as plain numbers with their currency in a column beside. A text that a spreadsheet would
                take for a formula gets an apostrophe in front, which reading the list back takes away again
  .json .jsonl  everything, typed and as it stood; reads back as the same records
  .md           a document to read
  .txt          text records (--format text), which read back as the same records

The file is written whole or not at all.";

/// Explore Swedish ESF+ project records in a terminal.
#[derive(Debug, Parser)]
#[command(name = "diarium", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    /// What to do instead of browsing.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to browse.
    #[command(flatten)]
    pub browse: BrowseArgs,
    /// What holds everywhere.
    #[command(flatten)]
    pub everywhere: Everywhere,
}

/// What to browse.
#[derive(Clone, Debug, Default, Args)]
pub struct BrowseArgs {
    /// Files and folders to browse (`-` is standard input), or an id to open; `./x` is always a path
    #[arg(value_name = "PATH|ID")]
    pub targets: Vec<String>,
    /// Start with a query
    #[arg(short, long, value_name = "TEXT")]
    pub query: Option<String>,
    /// Choose: Enter prints the ids of what is marked or selected
    #[arg(long)]
    pub pick: bool,
}

/// A verb.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print records whole, by their ids in any spelling
    #[command(after_help = "Formats: text (default), ids, csv, tsv, json, jsonl, md.")]
    Show {
        /// Ids: `23-079-S13`, `23079s13`, or a part that only one record has
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Print what matches a query, best first
    #[command(
        after_help = "Formats: table (default in a terminal), ids (default in a pipe), text, csv, tsv, json, jsonl, md.\nKeys to sort by: relevance, id, name, owner, town, start, end, participants, budget, esf, eu, rate (relevans, dnr, namn, ägare, ort, start, slut, deltagare, budget, esf, eu, andel)."
    )]
    Find {
        /// The query; an empty one is everything
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Sort by this key, `:desc` behind it for descending; several are parted by commas. What is not known stands last
        #[arg(long, value_name = "KEY[:desc]", value_delimiter = ',')]
        sort: Vec<String>,
        /// Print at most so many
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Print only how many match
        #[arg(long)]
        count: bool,
        /// Print what is merely similar too
        #[arg(long)]
        similar: bool,
    },
    /// Write what matches a query as a file
    #[command(after_help = CONVERT_FORMS)]
    Convert {
        /// The query; an empty one is everything
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Write this file, in the form that its name ends in; `-` or none is standard output
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// Sort by this key, `:desc` behind it for descending; several are parted by commas. What is not known stands last
        #[arg(long, value_name = "KEY[:desc]", value_delimiter = ',')]
        sort: Vec<String>,
        /// Write at most so many
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Replace a file that exists
        #[arg(long)]
        force: bool,
        /// Write CSV as a Swedish Excel opens it: semicolons, decimal commas, a byte order mark
        #[arg(long)]
        csv_excel: bool,
    },
    /// Count what matches a query, and sum its amounts, by region, owner, state and more
    #[command(
        after_help = "Formats: text (default), csv, tsv, json. Fields as in queries: region, po, ägare, nuts, state, start_year …"
    )]
    Stats {
        /// The query; an empty one is everything
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Count by this field, with all of its values; several are parted by commas
        #[arg(long, value_name = "FIELD", value_delimiter = ',')]
        by: Vec<String>,
    },
    /// Print what is odd about the data, and where
    #[command(after_help = "Formats: text (default), json, sarif.")]
    Check {
        /// Files and folders; `-` is standard input
        #[arg(value_name = "PATH")]
        paths: Vec<String>,
        /// Count notes as findings too
        #[arg(long)]
        strict: bool,
        /// Explain a code instead; without one, list them all
        #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "", conflicts_with = "paths")]
        explain: Option<String>,
    },
    /// Review records: give verdicts, write notes, see what is left, report
    Review(super::review::args::ReviewArguments),
    /// Show or begin the configuration
    Config {
        /// What to do with it; without one it is shown
        #[command(subcommand)]
        what: Option<ConfigCommand>,
    },
    /// Print which key does what
    Keys,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// What to do with the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum ConfigCommand {
    /// Print where it is read from
    Path,
    /// Print the settings in force and where each comes from
    Show,
    /// Write a commented file to begin with
    Init,
}

/// What holds everywhere, before and after the verb.
#[derive(Clone, Debug, Default, Args)]
pub struct Everywhere {
    /// Read records from this file or folder; may be given several times
    #[arg(short, long, value_name = "PATH", global = true)]
    pub data: Vec<PathBuf>,
    /// Print in this form
    #[arg(long, value_name = "FORMAT", global = true)]
    pub format: Option<Format>,
    /// Print only these keys, parted by commas (csv, tsv, json, jsonl, table)
    #[arg(long, value_name = "LIST", value_delimiter = ',', global = true)]
    pub fields: Vec<String>,
    /// Speak this language: sv, en
    #[arg(long, value_name = "LANG", global = true)]
    pub lang: Option<Lang>,
    /// Take this day for today
    #[arg(long, value_name = "YYYY-MM-DD", global = true)]
    pub date: Option<Date>,
    /// Compare amounts in euros with those in kronor at this rate, for example EUR=11.20
    #[arg(long, value_name = "EUR=RATE", value_parser = rates, global = true)]
    pub rate: Option<Rates>,
    /// Read all files in this encoding, for example iso-8859-1
    #[arg(long, value_name = "NAME", global = true)]
    pub encoding: Option<String>,
    /// Take this character for what parts the cells of lists: `;`, `,`, `|`, tab
    #[arg(long, value_name = "CHAR", value_parser = delimiter, global = true)]
    pub delimiter: Option<u8>,
    /// Review as this person; the login where nobody says
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub reviewer: Option<String>,
    /// Keep reviews in this file
    #[arg(long, value_name = "FILE", global = true)]
    pub reviews: Option<PathBuf>,
    /// Show personal identity numbers and contact persons; the log says so
    #[arg(long, global = true)]
    pub show_personal: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true)]
    pub color: Option<ColorChoice>,
    /// Draw with plain ASCII characters
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Read the configuration from this file instead of the user's
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Write the log to this file
    #[arg(long, value_name = "FILE", global = true)]
    pub log: Option<PathBuf>,
    /// Say more in the log
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// Reads a rate of exchange.
fn rates(text: &str) -> Result<Rates, &'static str> {
    Rates::read(text).ok_or("a rate is written EUR=11.20")
}

/// Reads a delimiter: one ASCII character, or `tab`.
fn delimiter(text: &str) -> Result<u8, &'static str> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r' | 0) => Ok(*byte),
        _ => Err("one ASCII character, or `tab`"),
    }
}

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For reading: whole records, or sentences.
    Text,
    /// One line a record, in columns.
    Table,
    /// One id a line.
    Ids,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// A document in Markdown.
    Md,
    /// Findings as SARIF 2.1.0.
    Sarif,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Text,
            Self::Table,
            Self::Ids,
            Self::Csv,
            Self::Tsv,
            Self::Json,
            Self::Jsonl,
            Self::Md,
            Self::Sarif,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl Format {
    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Table => "table",
            Self::Ids => "ids",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Md => "md",
            Self::Sarif => "sarif",
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// In a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ValueEnum for ColorChoice {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ColorChoice {
    /// Its name on the command line and in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn options_stand_before_and_after_the_verb() {
        for line in ["diarium --lang en find -d x trygg", "diarium find trygg --lang en -d x"] {
            let arguments = Arguments::try_parse_from(line.split(' ')).expect("arguments");
            assert_eq!(arguments.everywhere.lang, Some(Lang::English));
            assert_eq!(arguments.everywhere.data, [PathBuf::from("x")]);
            assert!(matches!(arguments.command, Some(Command::Find { query, .. }) if query == ["trygg"]));
        }
    }

    #[test]
    fn a_delimiter_is_one_character() {
        let read = |text| delimiter(text).ok();
        assert_eq!([read(";"), read("tab"), read("\\t")], [Some(b';'), Some(b'\t'), Some(b'\t')]);
        assert_eq!([read(""), read("ab"), read("å"), read("\"")], [None; 4]);
    }

    #[test]
    fn a_path_may_be_called_like_a_verb() {
        let arguments = Arguments::try_parse_from(["diarium", "./show"]).expect("arguments");
        assert_eq!(arguments.browse.targets, ["./show"]);
        assert!(arguments.command.is_none());
    }
}
