//! The arguments, as parsed by clap. Rules that involve several of them are checked by the commands.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::values::currency::Currency;
use crate::domain::values::date::Date;
use crate::i18n::Lang;
use crate::loading::column_mapping::ColumnMapping;
use crate::search::language::query_context::Rates;

const EXAMPLES: &str = "\
Examples:
  diarium                              browse the built-in examples
  diarium projekt/                     browse a folder of records
  diarium 23-079-S13                   open at one record
  diarium -q 'piteå nycklar'           start with a query
  diarium --pick | xargs diarium show  choose records and print them
  diarium show 24-003-S05 --format json
  diarium find -d projekt/ trygghet --format tsv --fields id,name,end_date
  diarium convert trygghet --to urval.csv
                                       write the matches as a list
  diarium stats är:pågående --by region,ägare
                                       count ongoing projects and add up their amounts
  diarium check projekt/               print the problems in the data
  diarium guide search                 read the guide about searching

Exit status: 0 found or done, 1 nothing found or findings, 2 wrong use or nothing readable,
130 interrupted.";

const CONVERT_FORMS: &str = "\
Formats, by the ending of the file name or --format:
  .csv .tsv     lists: a column for each key (--fields chooses) and for each label of the records'
                own, dates as 2024-09-01, amounts as plain numbers with the currency in a column of
                its own. A text that a spreadsheet would take for a formula gets an apostrophe in
                front, which is removed when the list is read back
  .xlsx         the same columns as a workbook; dates and numbers are such, no text is a formula
  .json .jsonl  everything, typed and as written in the source; reads back as the same records
  .md           a document to read
  .txt          text records (--format text), which read back as the same records

The file is written completely or not at all.";

/// Search, browse and review Swedish ESF+ projects in a terminal
#[derive(Debug, Parser)]
#[command(name = "diarium", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    /// The command to run instead of browsing.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The records to browse.
    #[command(flatten)]
    pub browse: BrowseArgs,
    /// The options of all commands.
    #[command(flatten)]
    pub everywhere: Everywhere,
}

/// The arguments of browsing.
#[derive(Clone, Debug, Default, Args)]
pub struct BrowseArgs {
    /// Files or folders to browse (`-` is standard input), or an id to open; write `./x` for a path that looks like an id
    #[arg(value_name = "PATH|ID")]
    pub targets: Vec<String>,
    /// Start with this query
    #[arg(short, long, value_name = "TEXT")]
    pub query: Option<String>,
    /// Choose on the screen: Enter prints the ids of the marked records, or of the selected one
    #[arg(long)]
    pub pick: bool,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print records in full
    #[command(after_help = "Formats: text (default), ids, csv, tsv, json, jsonl, md.")]
    Show {
        /// Ids in any spelling (`23-079-S13`, `23079s13`), or a part that only one record has
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Print the records that match a query, best match first
    #[command(
        after_help = "Formats: table (default in a terminal), ids (default in a pipe), text, csv, tsv, json, jsonl, md.\nKeys to sort by: relevance, id, name, owner, town, start, end, participants, budget, esf, eu, rate, reviewed."
    )]
    Find {
        /// The query; empty for all records
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Sort by these keys, comma-separated; `:desc` or `:asc` after a key sets its direction; amounts and participants sort largest first. Unknown values come last
        #[arg(long, value_name = "KEY[:asc|desc]", allow_hyphen_values = true, value_delimiter = ',')]
        sort: Vec<String>,
        /// Maximum number of records to print
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Print only the number of matches
        #[arg(long)]
        count: bool,
        /// Also print records that are merely similar
        #[arg(long)]
        similar: bool,
    },
    /// Write the records that match a query to a file
    #[command(after_help = CONVERT_FORMS)]
    Convert {
        /// The query; empty for all records
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// File to write; its ending decides the format. `-`, or no file, is standard output
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// Sort by these keys, comma-separated; `:desc` or `:asc` after a key sets its direction; amounts and participants sort largest first. Unknown values come last
        #[arg(long, value_name = "KEY[:asc|desc]", allow_hyphen_values = true, value_delimiter = ',')]
        sort: Vec<String>,
        /// Maximum number of records to write
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Replace the file if it exists
        #[arg(long)]
        force: bool,
        /// Write CSV for a Swedish Excel: semicolons, decimal commas, byte order mark
        #[arg(long)]
        csv_excel: bool,
    },
    /// Count the matches and add up their amounts, by region, owner, state and more
    #[command(
        after_help = "Formats: text (default), csv, tsv, json. Fields as in queries: region, po, ägare, nuts, state, start_year …"
    )]
    Stats {
        /// The query; empty for all records
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        /// Fields to count by, comma-separated; each is printed with all its values
        #[arg(long, value_name = "FIELD", value_delimiter = ',')]
        by: Vec<String>,
    },
    /// Print every problem in the data, with its place
    #[command(after_help = "Formats: text (default), json, sarif.")]
    Check {
        /// Files or folders to check; `-` is standard input
        #[arg(value_name = "PATH")]
        paths: Vec<String>,
        /// Count notes as findings too
        #[arg(long)]
        strict: bool,
        /// Explain a code instead; without a code, list all of them
        #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "", conflicts_with = "paths")]
        explain: Option<String>,
    },
    /// Review records: give verdicts, write notes, list open ones, write the report
    Review(super::review_args::ReviewArguments),
    /// Show the configuration, or create a file to begin with
    Config {
        /// The command; without one, the configuration is shown.
        #[command(subcommand)]
        what: Option<ConfigCommand>,
    },
    /// Print the keys and their actions
    Keys,
    /// Print the guide, or list its topics
    Guide {
        /// The topic to print; without one, all are listed
        #[arg(value_name = "TOPIC")]
        topic: Option<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// A command about the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum ConfigCommand {
    /// Print where the configuration file is
    Path,
    /// Print the settings in force and where each comes from
    Show,
    /// Create a commented file to begin with
    Init,
}

/// The options of all commands, valid before and after the command.
#[derive(Clone, Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Everywhere {
    /// Read records from this file or folder (repeatable)
    #[arg(short, long, value_name = "PATH", global = true)]
    pub data: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", global = true)]
    pub format: Option<Format>,
    /// Output only these fields, comma-separated (csv, tsv, json, jsonl, table)
    #[arg(long, value_name = "LIST", value_delimiter = ',', global = true)]
    pub fields: Vec<String>,
    /// Language: sv or en
    #[arg(long, value_name = "LANG", global = true)]
    pub lang: Option<Lang>,
    /// Use this date as today
    #[arg(long, value_name = "YYYY-MM-DD", global = true)]
    pub date: Option<Date>,
    /// Exchange rate for comparing amounts in euros with amounts in kronor, for example EUR=11.20
    #[arg(long, value_name = "EUR=RATE", value_parser = rates, global = true)]
    pub rate: Option<Rates>,
    /// Search only for the typed letters: no other forms of words, no synonyms, no places
    #[arg(long, global = true)]
    pub exact: bool,
    /// File of your own synonyms: one group of words per line, separated by commas
    #[arg(long, value_name = "FILE", global = true)]
    pub synonyms: Option<PathBuf>,
    /// Encoding of all files, for example iso-8859-1
    #[arg(long, value_name = "NAME", global = true)]
    pub encoding: Option<String>,
    /// Delimiter of lists: `;`, `,`, `|` or `tab`
    #[arg(long, value_name = "CHAR", value_parser = delimiter, global = true)]
    pub delimiter: Option<u8>,
    /// Meanings of column headings, for example `Zuschuss=eu_support,Beginn=start_date`
    #[arg(long = "map", value_name = "HEADING=FIELD", value_parser = mapping, global = true)]
    pub mapping: Option<ColumnMapping>,
    /// Currency of amounts that state none, for example EUR
    #[arg(long, value_name = "CODE", value_parser = currency, global = true)]
    pub currency: Option<Currency>,
    /// Name of the reviewer; default: the login name
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub reviewer: Option<String>,
    /// File that holds the review
    #[arg(long, value_name = "FILE", global = true)]
    pub reviews: Option<PathBuf>,
    /// Show personal identity numbers and contact details; noted in the log
    #[arg(long, global = true)]
    pub show_personal: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true)]
    pub color: Option<ColorChoice>,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Read the configuration from this file instead of your own
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// File for the log
    #[arg(long, value_name = "FILE", global = true)]
    pub log: Option<PathBuf>,
    /// Write more to the log
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// Reads a rate of exchange.
fn rates(text: &str) -> Result<Rates, &'static str> {
    Rates::read(text).ok_or("a rate is written EUR=11.20")
}

/// Reads meanings of column headings.
fn mapping(text: &str) -> Result<ColumnMapping, String> {
    ColumnMapping::read(text).map_err(|error| error.to_string())
}

/// Reads a currency code.
fn currency(text: &str) -> Result<Currency, &'static str> {
    Currency::from_word(text).ok_or("a code of three letters, for example EUR")
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
    /// An XLSX workbook.
    Xlsx,
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
            Self::Xlsx,
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
            Self::Xlsx => "xlsx",
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
