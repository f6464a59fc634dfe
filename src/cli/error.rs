//! Why a command could not do what it was asked for: a sentence, and what to do about it, in both languages.

use crate::cli::status::Status;
use std::io;
use std::path::PathBuf;

use super::args::Format;
use super::review::error::ReviewError;
use crate::domain::diagnostic::Code;
use crate::export::{ENDINGS, ExportError, ExportKey};
use crate::i18n::{Lang, Words};
use crate::search::language::query::{QueryProblem, QueryProblemKind};
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

/// Why a command could not do what it was asked for.
#[derive(Debug)]
pub enum CliError {
    /// Whoever read the output has stopped; that is no fault, and nothing is said.
    ClosedPipe,
    /// Output could not be written.
    Output(io::Error),
    /// Paths, a query or `--pick` stand before a verb.
    BrowseBeforeVerb,
    /// What was given is no path that exists and no id.
    NeitherPathNorId(String),
    /// An id stands beside a query.
    IdAndQuery,
    /// A form of output was asked for, but no output.
    FormatOfScreen,
    /// This command has no such form.
    FormatNotHere(Format, &'static [Format]),
    /// One cannot choose keys in this form.
    FieldsNotHere,
    /// There is no such key.
    UnknownField(String),
    /// No field is called so; perhaps this one is meant.
    UnknownFacet(String, Option<&'static str>),
    /// Records do not share the values of this field.
    NotShared(String),
    /// Nothing can be sorted so.
    Sort(String, SortOrderError),
    /// There is no such code of a problem; perhaps this one is meant.
    UnknownCode(String, Option<Code>),
    /// There is no such encoding.
    UnknownEncoding(String),
    /// Browsing needs a terminal.
    NoTerminal,
    /// This kind of terminal (`TERM`) cannot show a screen.
    DumbTerminal(String),
    /// The terminal could not be taken over.
    UnusableTerminal(io::Error),
    /// No record has this id.
    NoSuchRecord(String),
    /// Several records have this as a part of their ids.
    SeveralRecords(String),
    /// Nothing of what was named could be read.
    NothingReadable,
    /// There is no home to keep a configuration in.
    NoConfigFolder,
    /// The configuration is there already.
    ConfigExists(PathBuf),
    /// The file named by `--config` could not be read.
    UnreadableConfig(PathBuf, io::Error),
    /// A file could not be written.
    CannotWrite(PathBuf, io::Error),
    /// A file is there already.
    FileExists(PathBuf),
    /// The ending of a file's name asks for no form that is known.
    UnknownEnding(PathBuf),
    /// Nothing says in which form to write.
    FormatNeeded,
    /// Only CSV has a form for Excel.
    ExcelNotHere,
    /// Something about a review.
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

impl From<ExportError> for CliError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Write(error) => error.into(),
            ExportError::NotText(error) => Self::Output(io::Error::other(error)),
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

    /// What happened.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let (swedish, english) = match self {
            Self::Review(error) => return error.sentence(lang),
            Self::ClosedPipe => Default::default(),
            Self::Output(error) => (
                format!("Utdata kunde inte skrivas: {error}."),
                format!("Output could not be written: {error}."),
            ),
            Self::BrowseBeforeVerb => (
                "Sökvägar, --query och --pick hör till bläddringen och kan inte stå före ett kommando."
                    .to_owned(),
                "Paths, --query and --pick belong to browsing and cannot stand before a command.".to_owned(),
            ),
            Self::NeitherPathNorId(text) => (
                format!("`{text}` är varken en sökväg som finns eller ett diarienummer."),
                format!("`{text}` is neither a path that exists nor a diarienummer."),
            ),
            Self::IdAndQuery => (
                "Ett diarienummer att öppna och en sökfråga kan inte ges på en gång.".to_owned(),
                "An id to open and a query cannot be given at once.".to_owned(),
            ),
            Self::FormatOfScreen => (
                "--format och --fields hör till kommandon som skriver ut något.".to_owned(),
                "--format and --fields belong to commands that print something.".to_owned(),
            ),
            Self::FormatNotHere(format, _) => (
                format!("Det här kommandot skriver inte `{}`.", format.name()),
                format!("This command does not print `{}`.", format.name()),
            ),
            Self::FieldsNotHere => (
                "Fält kan inte väljas i det här formatet.".to_owned(),
                "Fields cannot be chosen in this format.".to_owned(),
            ),
            Self::UnknownField(name) => {
                (format!("Det finns inget fält `{name}`."), format!("There is no field `{name}`."))
            }
            Self::UnknownFacet(name, _) => (
                format!("Inget fält heter `{name}`, eller flera."),
                format!("No field is called `{name}`, or several are."),
            ),
            Self::NotShared(name) => (
                format!("Varje projekt har sitt eget värde i `{name}`: det går inte att räkna efter det."),
                format!("Each project has a value of its own in `{name}`: there is nothing to count by."),
            ),
            Self::Sort(text, why) => sort_sentence(text, why),
            Self::UnknownEncoding(name) => {
                (format!("Det finns ingen kodning `{name}`."), format!("There is no encoding `{name}`."))
            }
            Self::NoTerminal => {
                ("Bläddring kräver en terminal.".to_owned(), "Browsing needs a terminal.".to_owned())
            }
            Self::DumbTerminal(name) => (
                format!("Den här terminalen (TERM={name}) kan inte visa en skärm."),
                format!("This terminal (TERM={name}) cannot show a screen."),
            ),
            Self::UnusableTerminal(error) => (
                format!("Terminalen kan inte användas: {error}."),
                format!("The terminal cannot be used: {error}."),
            ),
            Self::UnknownCode(name, _) => {
                (format!("Det finns ingen kod `{name}`."), format!("There is no code `{name}`."))
            }
            Self::NoSuchRecord(id) => {
                (format!("Inget projekt har `{id}`."), format!("No project has `{id}`."))
            }
            Self::SeveralRecords(id) => {
                (format!("Flera projekt har `{id}`:"), format!("Several projects have `{id}`:"))
            }
            Self::NothingReadable => {
                ("Inga projekt kunde läsas.".to_owned(), "No projects could be read.".to_owned())
            }
            Self::NoConfigFolder
            | Self::ConfigExists(_)
            | Self::FileExists(_)
            | Self::UnreadableConfig(..)
            | Self::CannotWrite(..)
            | Self::UnknownEnding(_) => self.file_sentence(),
            Self::FormatNeeded => (
                "Till standard ut behöver convert veta formatet.".to_owned(),
                "To standard output, convert has to be told the format.".to_owned(),
            ),
            Self::Query(text, problem) => {
                let part = text.get(problem.span.clone()).unwrap_or_default();
                let said = |lang| format!("`{part}`: {}.", problem.kind.sentence(&Words::of(lang)));
                (said(Lang::Swedish), said(Lang::English))
            }
            Self::ExcelNotHere => {
                ("--csv-excel gäller bara csv.".to_owned(), "--csv-excel is for csv alone.".to_owned())
            }
        };
        lang.choose(&swedish, &english).clone()
    }

    /// The sentence about a file, in Swedish and English.
    fn file_sentence(&self) -> (String, String) {
        match self {
            Self::NoConfigFolder => (
                "Det finns ingen hemkatalog att ha inställningar i.".to_owned(),
                "There is no home to keep a configuration in.".to_owned(),
            ),
            Self::ConfigExists(path) | Self::FileExists(path) => (
                format!("{} finns redan och skrivs inte över.", path.display()),
                format!("{} exists already and is not overwritten.", path.display()),
            ),
            Self::UnreadableConfig(path, error) => (
                format!("Inställningsfilen {} kunde inte läsas: {error}.", path.display()),
                format!("The configuration file {} could not be read: {error}.", path.display()),
            ),
            Self::CannotWrite(path, error) => (
                format!("{} kunde inte skrivas: {error}.", path.display()),
                format!("{} could not be written: {error}.", path.display()),
            ),
            Self::UnknownEnding(path) => (
                format!("{} slutar inte som något format.", path.display()),
                format!("{} does not end like any format.", path.display()),
            ),
            _ => Default::default(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let both = |swedish: &str, english: &str| Some(lang.choose(swedish, english).to_owned());
        match self {
            Self::Review(error) => error.hint(lang),
            Self::BrowseBeforeVerb => both("ge sökvägar med -d", "give paths with -d"),
            Self::NeitherPathNorId(text) => {
                Some(format!("{}: diarium -q '{text}'", lang.choose("sök efter det", "search for it")))
            }
            Self::FormatNotHere(_, formats) => {
                let names: Vec<_> = formats.iter().map(|format| format.name()).collect();
                Some(format!("{}: {}", lang.choose("välj bland", "choose one of"), names.join(", ")))
            }
            Self::FieldsNotHere => both(
                "--fields går med --format csv, tsv, json, jsonl och table",
                "--fields works with --format csv, tsv, json, jsonl and table",
            ),
            Self::UnknownField(_) => {
                let names: Vec<_> = ExportKey::ALL.iter().map(|key| key.name()).collect();
                Some(format!("{}: {}", lang.choose("välj bland", "choose among"), names.join(", ")))
            }
            Self::UnknownFacet(_, Some(meant)) | Self::Sort(_, SortOrderError::Unknown(Some(meant))) => {
                Some(format!("{} `{meant}`?", lang.choose("menade du", "did you mean")))
            }
            Self::UnknownFacet(_, None) | Self::NotShared(_) => {
                let names = FACETS.iter().map(|field| field.key()).collect::<Vec<_>>().join(", ");
                Some(format!("{}: {names}", lang.choose("till exempel", "for example")))
            }
            Self::Sort(_, SortOrderError::Unknown(None) | SortOrderError::NotSorted) => {
                let names = SortKey::ALL.iter().map(|key| key.name(lang)).collect::<Vec<_>>().join(", ");
                Some(format!("{}: {names}", lang.choose("välj bland", "choose among")))
            }
            Self::UnknownCode(_, Some(code)) => {
                let asks = lang.choose("menade du", "did you mean");
                Some(format!(
                    "{asks} `{}`? {}",
                    code.name(),
                    lang.choose("alla koder: diarium check --explain", "all codes: diarium check --explain")
                ))
            }
            Self::UnknownCode(_, None) => {
                let names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
                Some(format!("{}: {}", lang.choose("välj bland", "choose among"), names.join(", ")))
            }
            Self::UnknownEncoding(_) => both(
                "till exempel utf-8, windows-1252, iso-8859-1, utf-16le",
                "for example utf-8, windows-1252, iso-8859-1, utf-16le",
            ),
            Self::FormatOfScreen => {
                both("skriv ut: diarium find, diarium show", "to print: diarium find, diarium show")
            }
            Self::NoTerminal | Self::DumbTerminal(_) => {
                both("utan terminal: diarium find, diarium show", "without one: diarium find, diarium show")
            }
            Self::NoSuchRecord(id) => {
                Some(format!("{}: diarium find '{id}'", lang.choose("sök i stället", "search instead")))
            }
            Self::SeveralRecords(_) => both("ange hela diarienumret", "give the whole id"),
            Self::NothingReadable => both("orsakerna: diarium check", "the reasons: diarium check"),
            Self::NoConfigFolder => both("ange en fil med --config", "name a file with --config"),
            Self::FileExists(_) => both("skriv över med --force", "overwrite with --force"),
            Self::UnknownEnding(_) => Some(format!(
                "{}: {ENDINGS}",
                lang.choose("ge --format, eller en av ändelserna", "give --format, or one of the endings")
            )),
            Self::FormatNeeded => both(
                "till exempel --format csv, eller --to urval.csv",
                "for example --format csv, or --to choice.csv",
            ),
            Self::Query(text, problem) => {
                let asks = lang.choose("menade du", "did you mean");
                let meant = problem.kind.suggestion().map(|meant| format!("{asks} `{meant}`?"));
                let part = text.get(problem.span.clone()).unwrap_or_default();
                let as_text = lang.choose("sök det som text", "search for it as text");
                let is_name = matches!(
                    problem.kind,
                    QueryProblemKind::UnknownField(_) | QueryProblemKind::AmbiguousField
                );
                meant.or_else(|| is_name.then(|| format!("{as_text}: '\"{part}…\"'")))
            }
            Self::UnreadableConfig(..) => both(
                "skapa en: diarium --config FIL config init",
                "create one: diarium --config FILE config init",
            ),
            Self::ConfigExists(_) => both("visa den: diarium config show", "show it: diarium config show"),
            _ => None,
        }
    }
}

/// Why nothing can be sorted so, in Swedish and English.
fn sort_sentence(text: &str, why: &SortOrderError) -> (String, String) {
    match why {
        SortOrderError::Direction => (
            format!("`{text}`: efter kolon står `asc` (stigande) eller `desc` (fallande)."),
            format!("`{text}`: behind the colon stands `asc` (ascending) or `desc` (descending)."),
        ),
        SortOrderError::BestFirst => (
            format!("`{text}`: relevans har bara en riktning, bäst först."),
            format!("`{text}`: relevance has one direction only, best first."),
        ),
        SortOrderError::Unknown(_) | SortOrderError::NotSorted => {
            (format!("Det går inte att sortera efter `{text}`."), format!("One cannot sort by `{text}`."))
        }
    }
}
