//! Failures of review commands: the error, its sentence, and a hint that names the remedy.

use std::path::PathBuf;

use crate::cli::status::Status;
use crate::domain::reviewed::ReviewState;
use crate::i18n::Lang;
use crate::report::ENDINGS;
use crate::review::command::ReviewCommandError;
use crate::review::import::ReviewImportError;
use crate::review::store_error::StoreError;
use crate::review::undo::UndoError;
use crate::ui::review::store_sentence;

/// A failure of a review command.
#[derive(Debug)]
pub enum ReviewError {
    /// The store cannot be used.
    Store(PathBuf, StoreError),
    /// Nothing was imported.
    NotImported(PathBuf, ReviewImportError),
    /// There is no place for a store.
    NoPlace,
    /// There is no store to merge, check or repair at this path.
    NoStore(PathBuf),
    /// No round is called so, or several are.
    NoRound(String),
    /// There is no round yet.
    NoRounds,
    /// A round is called so already.
    RoundExists(String),
    /// Something could not be written: this is why.
    NotDone(PathBuf, ReviewCommandError),
    /// No verdict is called so.
    UnknownState(String),
    /// No reason is called so.
    UnknownReason(String, Vec<String>),
    /// A rejection needs a reason.
    ReasonNeeded(Vec<String>),
    /// A record does not belong to the round.
    NotInRound(String, String),
    /// No event's id begins so, or several do.
    NoEvent(String),
    /// The text contains a personal identity number.
    PersonalNumber,
    /// There is no text.
    NoText,
    /// A report has no form that a file's name ends so for.
    NoReportForm(PathBuf),
    /// A file could not be read.
    CannotRead(PathBuf, String),
}

impl ReviewError {
    /// The exit status.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::NotDone(_, ReviewCommandError::Undo(_)) | Self::NotInRound(..) => Status::Nothing,
            _ => Status::Failed,
        }
    }

    /// The failure as one sentence.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let (swedish, english) = match self {
            Self::Store(path, error) | Self::NotDone(path, ReviewCommandError::Store(error)) => {
                let said = |lang| format!("{}: {}.", path.display(), store_sentence(error, lang));
                (said(Lang::Swedish), said(Lang::English))
            }
            Self::NotImported(path, ReviewImportError::Source(error)) => {
                let said = |lang| format!("{}: {}.", path.display(), store_sentence(error, lang));
                (said(Lang::Swedish), said(Lang::English))
            }
            Self::NotImported(path, error) => (
                format!("{} lästes inte in, inget sparades: {error}", path.display()),
                format!("{} was not imported, nothing was saved: {error}", path.display()),
            ),
            Self::NoPlace => (
                "Det finns ingen hemkatalog att spara granskningar i.".to_owned(),
                "There is no home to keep reviews in.".to_owned(),
            ),
            Self::NoStore(path) => {
                (format!("{} finns inte.", path.display()), format!("{} does not exist.", path.display()))
            }
            Self::NoRound(name) => (
                format!("Ingen granskningsomgång heter `{name}`, eller flera."),
                format!("No review round is called `{name}`, or several are."),
            ),
            Self::NoRounds => (
                "Det finns ingen granskningsomgång än.".to_owned(),
                "There is no review round yet.".to_owned(),
            ),
            Self::RoundExists(name) => (
                format!("Det finns redan en granskningsomgång `{name}`."),
                format!("There is a review round `{name}` already."),
            ),
            Self::NotDone(_, ReviewCommandError::Undo(UndoError::Nothing)) => (
                "Det finns inget eget att ångra eller göra om.".to_owned(),
                "There is nothing of yours to undo or redo.".to_owned(),
            ),
            Self::NotDone(_, ReviewCommandError::Undo(UndoError::ChangedSince { person, record })) => (
                format!("{record}: {person} har ändrat samma sak efteråt."),
                format!("{record}: {person} has changed the same since."),
            ),
            Self::NotDone(_, ReviewCommandError::Unknown(id)) => {
                (format!("Det finns inget `{}`.", id.short()), format!("There is no `{}`.", id.short()))
            }
            Self::NotDone(_, ReviewCommandError::Already { closed: true }) => {
                ("Omgången är redan avslutad och låst.".to_owned(), "The round is closed already.".to_owned())
            }
            Self::NotDone(_, ReviewCommandError::Already { closed: false }) => {
                ("Omgången är redan öppen.".to_owned(), "The round is open already.".to_owned())
            }
            Self::UnknownState(name) => {
                (format!("Det finns ingen bedömning `{name}`."), format!("There is no state `{name}`."))
            }
            Self::UnknownReason(name, _) => {
                (format!("Det finns inget skäl `{name}`."), format!("There is no reason `{name}`."))
            }
            Self::ReasonNeeded(_) => {
                ("Ett underkännande kräver ett skäl.".to_owned(), "A rejection needs a reason.".to_owned())
            }
            Self::NotInRound(id, round) => (
                format!("{id} hör inte till omgången `{round}`."),
                format!("{id} does not belong to the round `{round}`."),
            ),
            Self::NoEvent(id) => (
                format!("Ingen händelse börjar med `{id}`, eller flera."),
                format!("No event begins with `{id}`, or several do."),
            ),
            Self::PersonalNumber => (
                "Texten innehåller ett personnummer och sparades inte.".to_owned(),
                "The text holds a personal identity number and was not saved.".to_owned(),
            ),
            Self::NoText => {
                ("Det finns ingen text att spara.".to_owned(), "There is no text to save.".to_owned())
            }
            Self::NoReportForm(path) => (
                format!("{} slutar inte som någon rapport.", path.display()),
                format!("{} does not end like any report.", path.display()),
            ),
            Self::CannotRead(path, reason) => (
                format!("{} kunde inte läsas: {reason}", path.display()),
                format!("{} could not be read: {reason}", path.display()),
            ),
        };
        lang.choose(&swedish, &english).clone()
    }

    /// The remedy, if there is one.
    #[must_use]
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let both = |swedish: &str, english: &str| Some(lang.choose(swedish, english).to_owned());
        let among = |names: &[String]| {
            Some(format!("{}: {}", lang.choose("välj bland", "choose among"), names.join(", ")))
        };
        match self {
            Self::NotDone(_, ReviewCommandError::Store(StoreError::Closed)) => both(
                "öppna den igen: diarium review reopen --reason …",
                "open it again: diarium review reopen --reason …",
            ),
            Self::Store(_, StoreError::Damaged(_))
            | Self::NotDone(_, ReviewCommandError::Store(StoreError::Damaged(_))) => both(
                "vad som är fel: diarium review verify · laga: diarium review repair",
                "what is wrong: diarium review verify · mend it: diarium review repair",
            ),
            Self::NoPlace => both("ange en fil med --reviews", "name a file with --reviews"),
            Self::NoRound(_) => {
                both("alla omgångar: diarium review rounds", "all rounds: diarium review rounds")
            }
            Self::NoRounds => both("börja en: diarium review new NAMN", "begin one: diarium review new NAME"),
            Self::UnknownState(_) => {
                let names = ReviewState::ALL.iter().map(|state| state.name().to_owned());
                among(&names.chain(["gone".to_owned()]).collect::<Vec<_>>())
            }
            Self::UnknownReason(_, reasons) | Self::ReasonNeeded(reasons) => among(reasons),
            Self::NotInRound(..) => both(
                "en ny omgång med det: diarium review new NAMN --from DENNA",
                "a new round with it: diarium review new NAME --from THIS",
            ),
            Self::NoEvent(_) => both("händelserna: diarium review log", "the events: diarium review log"),
            Self::NoReportForm(_) => {
                Some(format!("{}: {ENDINGS}", lang.choose("ändelserna är", "the endings are")))
            }
            Self::PersonalNumber => both("spara ändå med --force", "save it all the same with --force"),
            _ => None,
        }
    }
}
