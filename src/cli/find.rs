//! `diarium find QUERY`: prints the matching records, best first.

use super::app::CliContext;
use super::args::Format;
use super::error::CliError;
use super::records;
use super::run_query::{FindResult, explain, found, order};
use super::status::Status;
use crate::domain::catalogue::Row;

const FORMATS: &[Format] = &[
    Format::Table,
    Format::Ids,
    Format::Text,
    Format::Csv,
    Format::Tsv,
    Format::Json,
    Format::Jsonl,
    Format::Md,
];

/// Arguments of the command.
#[derive(Clone, Debug)]
pub struct Find {
    /// Arguments of the query, joined as the shell passed them.
    pub query: Vec<String>,
    /// Sort keys, most significant first. Empty: by relevance.
    pub sort: Vec<String>,
    /// Maximum number of records to print.
    pub limit: Option<usize>,
    /// Prints the number of matches only.
    pub count: bool,
    /// Prints similar records after the matches.
    pub similar: bool,
}

/// Runs the command. Similar records do not count as matches: without matches they are printed, and the exit
/// status is that of no matches.
///
/// # Errors
/// If no source is readable, or the output cannot be written.
pub fn run(app: &mut CliContext<'_>, find: &Find) -> Result<Status, CliError> {
    let in_terminal = app.output.data_looks.columns.is_some();
    let format = app.format(FORMATS, if in_terminal { Format::Table } else { Format::Ids })?;
    app.keys()?;
    let order = order(&find.sort)?;
    let Some(FindResult { catalogue, answer, .. }) = found(app, &find.query, &order)? else {
        return Ok(Status::Interrupted);
    };
    let status = if answer.hits.is_empty() { Status::Nothing } else { Status::Done };
    if find.count {
        writeln!(app.output.data, "{}", answer.hits.len())?;
        return Ok(status);
    }
    let mut rows: Vec<Row> = answer.hits.iter().map(|hit| hit.row).collect();
    if answer.hits.is_empty() || find.similar {
        rows.extend(answer.similar.iter().map(|hit| hit.row));
    }
    rows.truncate(find.limit.unwrap_or(usize::MAX));
    explain(app, &answer, find.similar)?;
    for hit in answer.hits.iter().filter(|hit| hit.is_outside_the_filter()) {
        if let Some(record) = catalogue.record(hit.row) {
            app.output.say(format!("{}: {}", record.id(), app.words.outside_the_filter))?;
        }
    }
    if !rows.is_empty() || !matches!(format, Format::Table) {
        records::print(app, format, &catalogue, &rows, &order)?;
    }
    Ok(status)
}
