//! `diarium show ID…`: prints complete records.

use std::sync::Arc;

use super::app::CliContext;
use super::args::Format;
use super::error::CliError;
use super::records;
use crate::cli::status::Status;
use crate::domain::catalogue::{Catalogue, Row};
use crate::search::index::Index;
use crate::search::language::sort_order::SortOrder;
use crate::search::results::look_up::{LookUp, look_up};

const FORMATS: &[Format] =
    &[Format::Text, Format::Ids, Format::Csv, Format::Tsv, Format::Json, Format::Jsonl, Format::Md];

/// Maximum number of candidates listed for an ambiguous id.
const MOST_CANDIDATES: usize = 20;

/// Runs the command.
///
/// # Errors
/// If no source is readable, or the output cannot be written.
pub fn run(app: &mut CliContext<'_>, ids: &[String]) -> Result<Status, CliError> {
    let format = app.format(FORMATS, Format::Text)?;
    let loaded = app.load(&[])?;
    let catalogue = &*loaded.catalogue;
    let index = Index::as_needed(Arc::clone(&loaded.catalogue));
    let mut rows = Vec::new();
    let mut status = Status::Done;
    for id in ids {
        match look_up(&index, id) {
            LookUp::Found(row) if rows.contains(&row) => {}
            LookUp::Found(row) => rows.push(row),
            LookUp::Several(candidates) => {
                status = Status::Nothing;
                let error = CliError::SeveralRecords(id.clone());
                app.output.complain(&error, &app.words)?;
                list(app, catalogue, &candidates)?;
                app.output.advise(&error, &app.words)?;
            }
            LookUp::Nothing => {
                status = Status::Nothing;
                app.output.fail(&CliError::NoSuchRecord(id.clone()), &app.words)?;
            }
        }
    }
    records::print(app, format, catalogue, &rows, &SortOrder::default())?;
    Ok(status)
}

/// Prints the candidates, one per line.
fn list(app: &mut CliContext<'_>, catalogue: &Catalogue, rows: &[Row]) -> Result<(), CliError> {
    for record in rows.iter().take(MOST_CANDIDATES).filter_map(|row| catalogue.record(*row)) {
        app.output.say(format!("  {}  {}", record.id(), record.name()))?;
    }
    if rows.len() > MOST_CANDIDATES {
        app.output.say(format!("  … {}", app.words.count(MOST_CANDIDATES, rows.len())))?;
    }
    Ok(())
}
