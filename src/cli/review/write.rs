//! Verbs that say something of records, or take it back.

use std::io::Read;

use crate::cli::app::CliContext;
use crate::cli::error::CliError;
use crate::cli::review_error::ReviewError;
use crate::cli::review_store::{StoreLocation, rows_of};
use crate::cli::status::Status;
use crate::domain::catalogue::record::Record;
use crate::domain::privacy::mask_personal_numbers;
use crate::i18n::{ReviewCliWords, fill, review_reason};
use crate::review::command::ReviewCommand;
use crate::review::event::{Event, EventId, EventKind, NoteKind};
use crate::review::verdict::Verdict;
use crate::text::fold::fold_label;
use crate::ui::review_words::event_in_words;

/// A verdict on some records.
pub struct MarkRequest {
    /// Ids, as typed.
    pub ids: Vec<String>,
    /// The name of the verdict.
    pub state: String,
    /// The name of the reason.
    pub reason: Option<String>,
    /// Explanation of the reason.
    pub text: String,
}

/// A note, as typed.
pub struct NoteText {
    /// The text; `-` for standard input.
    pub text: String,
    /// `true` if the note is a finding, which goes into the report.
    pub finding: bool,
    /// Save the note even if it contains a personal identity number.
    pub force: bool,
}

/// Gives a verdict, or takes it back.
///
/// # Errors
/// When a record, the verdict or the reason is unknown, or nothing can be written.
pub fn mark(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    mark: &MarkRequest,
) -> Result<Status, CliError> {
    let verdict = match mark.state.to_lowercase().as_str() {
        "undecided" | "ogranskad" => None,
        name => Some(Verdict::from_name(name).ok_or_else(|| ReviewError::UnknownState(mark.state.clone()))?),
    };
    let reason = mark.reason.as_deref().map(|reason| reason_called(app, reason)).transpose()?;
    if verdict == Some(Verdict::Rejected)
        && reason.is_none()
        && mark.text.is_empty()
        && app.settings.review.reason_required.value
    {
        return Err(ReviewError::ReasonNeeded(app.settings.review.reasons.value.clone()).into());
    }
    refuse_personal_numbers(&mark.text, false)?;
    let kind = |version: &crate::review::content::Content| EventKind::Verdict {
        verdict,
        reason: reason.clone(),
        version: verdict.map(|_| version.key.clone()),
    };
    say_of(app, place, &mark.ids, kind, &mark.text)
}

/// The reason with this name, with this label in either language, or with a label that begins like this.
fn reason_called(app: &CliContext<'_>, typed: &str) -> Result<String, ReviewError> {
    let reasons = &app.settings.review.reasons.value;
    let wanted = fold_label(typed);
    let names = |reason: &String| {
        use crate::i18n::Lang::{English, Swedish};
        [reason.clone(), review_reason(reason, Swedish).to_owned(), review_reason(reason, English).to_owned()]
    };
    let called = |fits: &dyn Fn(&str) -> bool| {
        reasons.iter().find(|reason| names(reason).iter().any(|name| fits(&fold_label(name))))
    };
    let found = called(&|name| name == wanted).or_else(|| called(&|name| name.starts_with(&wanted)));
    found.cloned().ok_or_else(|| ReviewError::UnknownReason(typed.to_owned(), reasons.clone()))
}

/// Writes a note.
///
/// # Errors
/// If the record is unknown, the text is empty or contains a personal identity number, or the store cannot be written.
pub fn note(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    id: &str,
    note: &NoteText,
) -> Result<Status, CliError> {
    let mut text = note.text.clone();
    if text == "-" {
        text.clear();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| ReviewError::CannotRead("-".into(), error.to_string()))?;
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(ReviewError::NoText.into());
    }
    refuse_personal_numbers(text, note.force)?;
    let kind = if note.finding { NoteKind::Finding } else { NoteKind::Working };
    say_of(app, place, &[id.to_owned()], |_| EventKind::Note { note: kind }, text)
}

/// Sets a tag, or takes it away.
///
/// # Errors
/// When a record is unknown, or nothing can be written.
pub fn tag(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    tag: &str,
    ids: &[String],
    on: bool,
) -> Result<Status, CliError> {
    let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    if tag.is_empty() {
        return Err(ReviewError::NoText.into());
    }
    refuse_personal_numbers(&tag, false)?;
    say_of(app, place, ids, |_| EventKind::Tag { on }, &tag)
}

/// Sets a star, or takes it away.
///
/// # Errors
/// When a record is unknown, or nothing can be written.
pub fn star(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    ids: &[String],
    on: bool,
) -> Result<Status, CliError> {
    say_of(app, place, ids, |_| EventKind::Star { on }, "")
}

/// Writes the same action for several records, and reports it once it is saved.
fn say_of(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    ids: &[String],
    kind: impl Fn(&crate::review::content::Content) -> EventKind,
    text: &str,
) -> Result<Status, CliError> {
    let loaded = app.load(&[])?;
    let rows = rows_of(&loaded.catalogue, ids)?;
    let records: Vec<Record<'_>> = rows.iter().filter_map(|row| loaded.catalogue.record(*row)).collect();
    let round = place.round_or_first(app, &loaded)?;
    let action = place.write(round, &records, kind, text)?;
    let saved = ReviewCliWords::of(app.words.lang).saved;
    for event in place.session.journal().action(action) {
        let record = event.record.as_deref().unwrap_or_default();
        app.output.say(fill(saved, &[&record, &event_in_words(&event.masked(), app.words.lang)]))?;
    }
    Ok(Status::Done)
}

pub(super) fn refuse_personal_numbers(text: &str, force: bool) -> Result<(), ReviewError> {
    let holds = !force && mask_personal_numbers(text).is_some();
    if holds { Err(ReviewError::PersonalNumber) } else { Ok(()) }
}

/// Undoes the reviewer's latest action.
///
/// # Errors
/// If there is none, or another reviewer has changed the same since.
pub fn undo(app: &mut CliContext<'_>, place: &mut StoreLocation) -> Result<Status, CliError> {
    let event = place.act(&ReviewCommand::Undo(place.round()?.id))?;
    say_what(app, place, event, ReviewCliWords::of(app.words.lang).undone)
}

/// Redoes the action that was undone last.
///
/// # Errors
/// If there is none, or another reviewer has changed the same since.
pub fn redo(app: &mut CliContext<'_>, place: &mut StoreLocation) -> Result<Status, CliError> {
    let event = place.act(&ReviewCommand::Redo(place.round()?.id))?;
    say_what(app, place, event, ReviewCliWords::of(app.words.lang).redone)
}

fn say_what(
    app: &mut CliContext<'_>,
    place: &StoreLocation,
    event: EventId,
    template: &str,
) -> Result<Status, CliError> {
    let journal = place.session.journal();
    let of = journal.event(event).map(|event| event.kind.clone());
    if let Some(EventKind::Undone { of } | EventKind::Redone { of }) = of {
        for event in journal.action(of) {
            let record = event.record.as_deref().unwrap_or_default();
            app.output.say(fill(template, &[&record, &event_in_words(&event.masked(), app.words.lang)]))?;
        }
    }
    Ok(Status::Done)
}

/// Empties the text of an event.
///
/// # Errors
/// When there is no such event, or nothing can be written.
pub fn redact(
    app: &mut CliContext<'_>,
    place: &mut StoreLocation,
    event: &str,
    reason: &str,
) -> Result<Status, CliError> {
    refuse_personal_numbers(reason, false)?;
    let wanted = event.to_lowercase();
    let begins = |event: &&std::sync::Arc<Event>| event.id.to_string().starts_with(&wanted);
    let found: Vec<EventId> =
        place.session.journal().events().filter(begins).map(|event| event.id).take(2).collect();
    let [event] = found[..] else { return Err(ReviewError::NoEvent(event.to_owned()).into()) };
    place.act(&ReviewCommand::Redact { event, reason: reason.to_owned() })?;
    app.output.say(fill(ReviewCliWords::of(app.words.lang).emptied, &[&event.short()]))?;
    Ok(Status::Done)
}
