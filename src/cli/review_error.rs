//! Failures of review commands: the error, its sentence, and a hint that names the remedy.

use std::path::PathBuf;

use crate::cli::status::Status;
use crate::domain::reviewed::ReviewState;
use crate::i18n::{Lang, ReviewCliWords, fill};
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
        let words = ReviewCliWords::of(lang);
        match self {
            Self::Store(path, error)
            | Self::NotDone(path, ReviewCommandError::Store(error))
            | Self::NotImported(path, ReviewImportError::Source(error)) => {
                fill(words.store_failed, &[&path.display(), &store_sentence(error, lang)])
            }
            Self::NotImported(path, error) => fill(words.not_imported, &[&path.display(), error]),
            Self::NoPlace => words.no_place.to_owned(),
            Self::NoStore(path) => fill(words.no_store, &[&path.display()]),
            Self::NoRound(name) => fill(words.no_round, &[name]),
            Self::NoRounds => words.no_rounds.to_owned(),
            Self::RoundExists(name) => fill(words.round_exists, &[name]),
            Self::NotDone(_, error) => command_sentence(error, &words),
            Self::UnknownState(name) => fill(words.unknown_state, &[name]),
            Self::UnknownReason(name, _) => fill(words.unknown_reason, &[name]),
            Self::ReasonNeeded(_) => words.reason_needed.to_owned(),
            Self::NotInRound(id, round) => fill(words.not_in_round, &[id, round]),
            Self::NoEvent(id) => fill(words.no_event, &[id]),
            Self::PersonalNumber => words.personal_number.to_owned(),
            Self::NoText => words.no_text.to_owned(),
            Self::NoReportForm(path) => fill(words.no_report_form, &[&path.display()]),
            Self::CannotRead(path, reason) => fill(words.cannot_read, &[&path.display(), reason]),
        }
    }

    /// The remedy, if there is one.
    #[must_use]
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let words = ReviewCliWords::of(lang);
        let among = |names: &[String]| Some(fill(words.choose_one_of, &[&names.join(", ")]));
        let hint = match self {
            Self::NotDone(_, ReviewCommandError::Store(StoreError::Closed)) => words.try_closed,
            Self::Store(_, StoreError::Damaged(_))
            | Self::NotDone(_, ReviewCommandError::Store(StoreError::Damaged(_))) => words.try_damaged,
            Self::NoPlace => words.try_no_place,
            Self::NoRound(_) => words.try_no_round,
            Self::NoRounds => words.try_no_rounds,
            Self::UnknownState(_) => {
                let names = ReviewState::ALL.iter().map(|state| state.name().to_owned());
                return among(&names.chain(["gone".to_owned()]).collect::<Vec<_>>());
            }
            Self::UnknownReason(_, reasons) | Self::ReasonNeeded(reasons) => return among(reasons),
            Self::NotInRound(..) => words.try_not_in_round,
            Self::NoEvent(_) => words.try_no_event,
            Self::NoReportForm(_) => return Some(fill(words.endings, &[&ENDINGS])),
            Self::PersonalNumber => words.try_personal_number,
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

/// The sentence about a command that was not carried out.
fn command_sentence(error: &ReviewCommandError, words: &ReviewCliWords) -> String {
    match error {
        ReviewCommandError::Store(error) => store_sentence(error, words.lang),
        ReviewCommandError::Undo(UndoError::Nothing) => words.nothing_to_undo.to_owned(),
        ReviewCommandError::Undo(UndoError::ChangedSince { person, record }) => {
            fill(words.changed_since, &[record, person])
        }
        ReviewCommandError::Unknown(id) => fill(words.unknown_event, &[&id.short()]),
        ReviewCommandError::Already { closed: true } => words.already_closed.to_owned(),
        ReviewCommandError::Already { closed: false } => words.already_open.to_owned(),
    }
}
