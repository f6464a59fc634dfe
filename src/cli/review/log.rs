//! `diarium review log`: the events, oldest first.

use crate::cli::app::CliContext;
use crate::cli::args::Format;
use crate::cli::error::CliError;
use crate::cli::review_store::{StoreLocation, rows_of};
use crate::cli::status::Status;
use crate::domain::reviewed::utc;
use crate::i18n::ReviewCliWords;
use crate::review::event::Event;
use crate::review::exchange::{ExchangeLine, write_line};
use crate::text::printable::printable_lines;
use crate::ui::review_words::event_in_words;

const FORMATS: &[Format] = &[Format::Text, Format::Jsonl];

/// Prints the events of one record or of all, in the round or in all rounds.
///
/// # Errors
/// If the record is unknown, or output cannot be written.
pub fn run(app: &mut CliContext<'_>, place: &StoreLocation, id: Option<&str>) -> Result<Status, CliError> {
    let format = app.format(FORMATS, Format::Text)?;
    let id = id.map(|id| whole_id(app, place, id)).transpose()?;
    let is_wanted = |event: &Event| id.is_none() || event.record.as_deref() == id.as_deref();
    let mut any = false;
    for event in place.session.journal().events().filter(|event| is_wanted(event)) {
        any = true;
        if format == Format::Jsonl {
            write_line(&ExchangeLine::Event(Box::new(masked(app, event))), app.output.data)?;
            continue;
        }
        let line = line(app, place, event);
        writeln!(app.output.data, "{}", printable_lines(&line))?;
    }
    Ok(if any { Status::Done } else { Status::Nothing })
}

/// An id of the journal is known without loading anything: the record may be gone.
fn whole_id(app: &mut CliContext<'_>, place: &StoreLocation, typed: &str) -> Result<String, CliError> {
    let wanted = typed.to_uppercase();
    let known = |event: &Event| event.record.as_ref().is_some_and(|record| record.to_uppercase() == wanted);
    if let Some(event) = place.session.journal().events().find(|event| known(event)) {
        return Ok(event.record.as_deref().unwrap_or_default().to_owned());
    }
    let loaded = app.load(&[])?;
    let rows = rows_of(&loaded.catalogue, &[typed.to_owned()])?;
    let record = rows.first().and_then(|row| loaded.catalogue.record(*row));
    Ok(record.map_or_else(|| typed.to_owned(), |record| record.id().to_owned()))
}

/// Personal identity numbers are masked in output, unless `--show-personal` is given.
fn masked(app: &CliContext<'_>, event: &Event) -> Event {
    if app.options.show_personal { event.clone() } else { event.masked() }
}

fn line(app: &CliContext<'_>, place: &StoreLocation, event: &Event) -> String {
    let event = &masked(app, event);
    let author = &event.author;
    let record = event.record.as_deref().unwrap_or("–");
    let force = if place.session.journal().is_in_force(event.action) {
        ""
    } else {
        ReviewCliWords::of(app.words.lang).is_undone
    };
    let emptied = match event.text {
        crate::review::event::EventText::Redacted { .. } => ReviewCliWords::of(app.words.lang).is_emptied,
        _ => "",
    };
    let said = event_in_words(event, app.words.lang).replace('\n', " ");
    format!(
        "{}  {}  {} ({}@{})  {record}  {said}{emptied}{force}",
        event.id.short(),
        utc(event.time),
        author.person,
        author.account,
        author.host
    )
}
