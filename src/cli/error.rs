//! Failures of commands: the error, its sentence, and a hint that names the remedy.

use crate::cli::status::Status;
use std::io;
use std::path::PathBuf;

use super::args::Format;
use super::review_error::ReviewError;
use crate::domain::diagnostic::Code;
use crate::export::{ENDINGS, ExportError, ExportKey, WorkbookError};
use crate::guide::{Topic, UnknownTopicError};
use crate::i18n::{CliWords, Lang, Words, fill, system_error};
use crate::search::language::problem::{QueryProblem, QueryProblemKind};
use crate::search::language::sort_order::{SortKey, SortOrderError};
use crate::search::results::facets::FACETS;

impl From<Status> for std::process::ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Nothing => 1,
            Status::Failed => 2,
            Status::Interrupted => 130,
            Status::Signalled(signal) => 128_u8.saturating_add(signal),
        })
    }
}

/// A failure of a command.
#[derive(Debug)]
pub enum CliError {
    /// The reader of the output has closed the pipe. Not a failure; nothing is printed.
    ClosedPipe,
    /// Output could not be written.
    Output(io::Error),
    /// Paths, a query or `--pick` precede a command.
    BrowseBeforeVerb,
    /// The argument is neither an existing path nor an id.
    NeitherPathNorId(String),
    /// An id and a query were given together.
    IdAndQuery,
    /// An output format was given for a command that prints nothing.
    FormatOfScreen,
    /// The command does not support the format; these are supported.
    FormatNotHere(Format, &'static [Format]),
    /// The format has no selectable fields.
    FieldsNotHere,
    /// No output field has this name.
    UnknownField(String),
    /// No field has this name; the nearest name, if one is near.
    UnknownFacet(String, Option<&'static str>),
    /// The values of this field are unique to each record.
    NotShared(String),
    /// The sort key cannot be used.
    Sort(String, SortOrderError),
    /// No diagnostic has this code; the nearest code, if one is near.
    UnknownCode(String, Option<Code>),
    /// No encoding has this label.
    UnknownEncoding(String),
    /// The guide has no topic of this name.
    UnknownTopic(UnknownTopicError),
    /// Standard output or the terminal is missing.
    NoTerminal,
    /// The terminal type (`TERM`) has no addressable screen.
    DumbTerminal(String),
    /// The terminal could not be put into raw mode.
    UnusableTerminal(io::Error),
    /// No record has this id.
    NoSuchRecord(String),
    /// The text is part of several ids.
    SeveralRecords(String),
    /// None of the sources could be read.
    NothingReadable,
    /// No home directory is known.
    NoConfigFolder,
    /// The configuration file already exists.
    ConfigExists(PathBuf),
    /// The file named by `--config` could not be read.
    UnreadableConfig(PathBuf, io::Error),
    /// A file could not be written.
    CannotWrite(PathBuf, io::Error),
    /// The output file already exists.
    FileExists(PathBuf),
    /// The extension names no known format.
    UnknownEnding(PathBuf),
    /// No output format was given.
    FormatNeeded,
    /// The records exceed a limit of a workbook.
    Workbook(WorkbookError),
    /// `--csv-excel` was given with another format.
    ExcelNotHere,
    /// A failure of a review command.
    Review(ReviewError),
    /// A condition in this query would have no effect.
    Query(String, QueryProblem),
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Output(error),
        }
    }
}

impl From<ReviewError> for CliError {
    fn from(error: ReviewError) -> Self {
        Self::Review(error)
    }
}

impl From<UnknownTopicError> for CliError {
    fn from(error: UnknownTopicError) -> Self {
        Self::UnknownTopic(error)
    }
}

impl From<ExportError> for CliError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Write(error) => error.into(),
            ExportError::NotText(error) => Self::Output(io::Error::other(error)),
            ExportError::Workbook(error) => Self::Workbook(error),
        }
    }
}

impl CliError {
    /// The exit status.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::ClosedPipe => Status::Done,
            Self::NoSuchRecord(_) | Self::SeveralRecords(_) => Status::Nothing,
            Self::Review(error) => error.status(),
            _ => Status::Failed,
        }
    }

    /// The failure as one sentence.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let words = CliWords::of(lang);
        match self {
            Self::Review(error) => error.sentence(lang),
            Self::ClosedPipe => String::new(),
            Self::Output(error) => fill(words.output, &[&system_error(lang, error)]),
            Self::BrowseBeforeVerb => words.browse_before_verb.to_owned(),
            Self::NeitherPathNorId(text) => fill(words.neither_path_nor_id, &[&text]),
            Self::IdAndQuery => words.id_and_query.to_owned(),
            Self::FormatOfScreen => words.format_of_screen.to_owned(),
            Self::FormatNotHere(format, _) => fill(words.format_not_here, &[&format.name()]),
            Self::FieldsNotHere => words.fields_not_here.to_owned(),
            Self::UnknownField(name) => fill(words.unknown_field, &[&name]),
            Self::UnknownFacet(name, _) => fill(words.unknown_facet, &[&name]),
            Self::NotShared(name) => fill(words.not_shared, &[&name]),
            Self::Sort(text, why) => sort_sentence(text, why, &words),
            Self::UnknownEncoding(name) => fill(words.unknown_encoding, &[&name]),
            Self::UnknownTopic(error) => fill(words.unknown_topic, &[&error.name]),
            Self::NoTerminal => words.no_terminal.to_owned(),
            Self::DumbTerminal(name) => fill(words.dumb_terminal, &[&name]),
            Self::UnusableTerminal(error) => fill(words.unusable_terminal, &[&error]),
            Self::UnknownCode(name, _) => fill(words.unknown_code, &[&name]),
            Self::NoSuchRecord(id) => fill(words.no_such_record, &[&id]),
            Self::SeveralRecords(id) => fill(words.several_records, &[&id]),
            Self::NothingReadable => words.nothing_readable.to_owned(),
            Self::NoConfigFolder
            | Self::ConfigExists(_)
            | Self::FileExists(_)
            | Self::UnreadableConfig(..)
            | Self::CannotWrite(..)
            | Self::UnknownEnding(_) => self.file_sentence(&words),
            Self::FormatNeeded => words.format_needed.to_owned(),
            Self::Query(text, problem) => {
                let part = text.get(problem.span.clone()).unwrap_or_default();
                format!("`{part}`: {}.", problem.kind.sentence(&Words::of(lang)))
            }
            Self::Workbook(error) => workbook_sentence(error, lang),
            Self::ExcelNotHere => words.excel_not_here.to_owned(),
        }
    }

    /// The sentence about a file.
    fn file_sentence(&self, words: &CliWords) -> String {
        match self {
            Self::NoConfigFolder => words.no_config_folder.to_owned(),
            Self::ConfigExists(path) | Self::FileExists(path) => fill(words.file_exists, &[&path.display()]),
            Self::UnreadableConfig(path, error) => {
                fill(words.unreadable_config, &[&path.display(), &system_error(words.lang, error)])
            }
            Self::CannotWrite(path, error) => {
                fill(words.cannot_write, &[&path.display(), &system_error(words.lang, error)])
            }
            Self::UnknownEnding(path) => fill(words.unknown_ending, &[&path.display()]),
            _ => String::new(),
        }
    }

    /// The remedy, if there is one.
    #[must_use]
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let words = CliWords::of(lang);
        match self {
            Self::Review(error) => error.hint(lang),
            Self::BrowseBeforeVerb => Some(words.try_browse_before_verb.to_owned()),
            Self::NeitherPathNorId(text) => Some(format!("{}: diarium -q '{text}'", words.search_for_it)),
            Self::FormatNotHere(_, formats) => {
                let names: Vec<_> = formats.iter().map(|format| format.name()).collect();
                Some(format!("{}: {}", words.choose_one_of, names.join(", ")))
            }
            Self::FieldsNotHere => Some(words.try_fields_not_here.to_owned()),
            Self::UnknownField(_) => {
                let names: Vec<_> = ExportKey::ALL.iter().map(|key| key.name()).collect();
                Some(format!("{}: {}", words.choose_one_of, names.join(", ")))
            }
            Self::UnknownFacet(_, Some(meant)) | Self::Sort(_, SortOrderError::Unknown(Some(meant))) => {
                Some(format!("{} `{meant}`?", words.did_you_mean))
            }
            Self::UnknownFacet(_, None) | Self::NotShared(_) => {
                let names = FACETS.iter().map(|field| field.key()).collect::<Vec<_>>().join(", ");
                Some(format!("{}: {names}", words.for_example))
            }
            Self::Sort(_, SortOrderError::Unknown(None) | SortOrderError::NotSorted) => {
                let names = SortKey::ALL.iter().map(|key| key.name(lang)).collect::<Vec<_>>().join(", ");
                Some(format!("{}: {names}", words.choose_one_of))
            }
            Self::UnknownCode(_, Some(code)) => {
                let asks = words.did_you_mean;
                Some(format!("{asks} `{}`? {}", code.name(), words.all_codes_diarium_check_explain))
            }
            Self::UnknownCode(_, None) => {
                let names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
                Some(format!("{}: {}", words.choose_one_of, names.join(", ")))
            }
            Self::UnknownTopic(UnknownTopicError { nearest: Some(topic), .. }) => {
                Some(format!("{} `{}`?", words.did_you_mean, topic.name(lang)))
            }
            Self::UnknownTopic(UnknownTopicError { nearest: None, .. }) => {
                let names: Vec<_> = Topic::ALL.iter().map(|topic| topic.name(lang)).collect();
                Some(format!("{}: {}", words.choose_one_of, names.join(", ")))
            }
            Self::UnknownEncoding(_) => Some(words.try_unknown_encoding.to_owned()),
            Self::FormatOfScreen => Some(words.try_format_of_screen.to_owned()),
            Self::NoTerminal | Self::DumbTerminal(_) => Some(words.try_dumb_terminal.to_owned()),
            Self::NoSuchRecord(id) => Some(format!("{}: diarium find '{id}'", words.search_instead)),
            Self::SeveralRecords(_) => Some(words.try_several_records.to_owned()),
            Self::NothingReadable => Some(words.try_nothing_readable.to_owned()),
            Self::NoConfigFolder => Some(words.try_no_config_folder.to_owned()),
            Self::FileExists(_) => Some(words.try_file_exists.to_owned()),
            Self::UnknownEnding(_) => Some(format!("{}: {ENDINGS}", words.give_format_or_one_of_the_endings)),
            Self::FormatNeeded => Some(words.try_format_needed.to_owned()),
            Self::Query(text, problem) => {
                let asks = words.did_you_mean;
                let meant = problem.kind.suggestion().map(|meant| format!("{asks} `{meant}`?"));
                let part = text.get(problem.span.clone()).unwrap_or_default();
                let as_text = words.search_for_it_as_text;
                let is_name = matches!(
                    problem.kind,
                    QueryProblemKind::UnknownField(_) | QueryProblemKind::AmbiguousField
                );
                meant.or_else(|| is_name.then(|| format!("{as_text}: '\"{part}…\"'")))
            }
            Self::UnreadableConfig(..) => Some(words.try_unreadable_config.to_owned()),
            Self::ConfigExists(_) => Some(words.try_config_exists.to_owned()),
            _ => None,
        }
    }
}

/// The limit of a workbook that the records exceed.
fn workbook_sentence(error: &WorkbookError, lang: Lang) -> String {
    let words = Words::of(lang);
    match error {
        WorkbookError::TooManyRecords => words.too_many_for_workbook().to_owned(),
        WorkbookError::TextTooLong { id } => words.too_long_for_workbook(id),
        WorkbookError::Workbook(error) => error.to_string(),
    }
}

/// The reason why projects cannot be sorted as asked.
fn sort_sentence(text: &str, why: &SortOrderError, words: &CliWords) -> String {
    match why {
        SortOrderError::Direction => fill(words.direction, &[&text]),
        SortOrderError::BestFirst => fill(words.best_first, &[&text]),
        SortOrderError::Unknown(_) | SortOrderError::NotSorted => fill(words.not_sorted, &[&text]),
    }
}
