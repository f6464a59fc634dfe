//! `diarium convert [QUERY] --to FILE`: writes matching records to a file, atomically, or to standard output.

use std::io;
use std::path::{Path, PathBuf};

use super::app::CliContext;
use super::args::Format;
use super::destination::Destination;
use super::error::CliError;
use super::records;
use crate::cli::run_query::FindResult;
use crate::cli::status::Status;
use crate::export::{self, ExportError, ExportFormat};
use crate::i18n::{CliWords, fill};
use crate::session::Existing;

const FORMATS: &[Format] =
    &[Format::Csv, Format::Tsv, Format::Xlsx, Format::Json, Format::Jsonl, Format::Md, Format::Text];

/// Arguments of the command.
#[derive(Clone, Debug)]
pub struct Convert {
    /// Arguments of the query, joined as the shell passed them.
    pub query: Vec<String>,
    /// Output file; `None` and `-` are standard output.
    pub to: Option<PathBuf>,
    /// Sort keys, most significant first. Empty: by relevance.
    pub sort: Vec<String>,
    /// Maximum number of records to write.
    pub limit: Option<usize>,
    /// Treatment of an existing file.
    pub existing: Existing,
    /// Writes CSV in the form that a Swedish Excel reads.
    pub for_excel: bool,
}

/// Runs the command. Arguments are validated before any file is read.
///
/// # Errors
/// If no format is known, no source is readable, or the file exists or cannot be written.
pub fn run(app: &mut CliContext<'_>, convert: &Convert) -> Result<Status, CliError> {
    let file = convert.to.as_deref().filter(|path| *path != Path::new("-"));
    let form = form(app, convert, file)?;
    let keys = app.keys()?;
    let order = crate::cli::run_query::order(&convert.sort)?;
    let destination = file.map(Destination::from);
    let is_taken = destination.as_ref().is_some_and(Destination::is_existing_file);
    if let Some(path) = file.filter(|_| convert.existing == Existing::Kept && is_taken) {
        return Err(CliError::FileExists(path.to_owned()));
    }
    let Some(FindResult { catalogue, answer, .. }) =
        crate::cli::run_query::found(app, &convert.query, &order)?
    else {
        return Ok(Status::Interrupted);
    };
    crate::cli::run_query::explain(app, &answer, false)?;
    let limit = convert.limit.unwrap_or(usize::MAX);
    let records = answer.hits.iter().take(limit).filter_map(|hit| catalogue.record(hit.row));
    let status = if answer.hits.is_empty() { Status::Nothing } else { Status::Done };
    let written = match destination.as_ref().zip(file) {
        None => export::write(form, keys.as_deref(), records, app.output.data)?,
        Some(_) if answer.hits.is_empty() => return Ok(status),
        Some((destination, path)) => destination
            .write(convert.existing, |out| export::write(form, keys.as_deref(), records, out))
            .map_err(|error| write_error(error, path))?,
    };
    app.output.data.flush()?;
    records::say_what_is_left_out(app, &written)?;
    if let Some(path) = file {
        let words = CliWords::of(app.words.lang);
        let sentence = if written.records == 1 { words.written_one } else { words.written_several };
        app.output.say(fill(sentence, &[&written.records, &path.display()]))?;
    }
    Ok(status)
}

/// The format: `--format`, or by the extension of the file.
fn form(app: &CliContext<'_>, convert: &Convert, file: Option<&Path>) -> Result<ExportFormat, CliError> {
    let lang = app.words.lang;
    let form = match (app.options.format, file) {
        (Some(asked), _) => match app.format(FORMATS, asked)? {
            Format::Tsv => ExportFormat::Tsv,
            Format::Json => ExportFormat::Json,
            Format::Jsonl => ExportFormat::JsonLines,
            Format::Xlsx => ExportFormat::Workbook,
            Format::Md => ExportFormat::Markdown(lang),
            Format::Text => ExportFormat::Text,
            _ => ExportFormat::Csv,
        },
        (None, Some(path)) => ExportFormat::from_path(&path.to_string_lossy(), lang)
            .or(convert.for_excel.then_some(ExportFormat::Csv))
            .ok_or_else(|| CliError::UnknownEnding(path.to_owned()))?,
        (None, None) if convert.for_excel => ExportFormat::Csv,
        (None, None) => return Err(CliError::FormatNeeded),
    };
    if !app.options.fields.is_empty() && matches!(form, ExportFormat::Text | ExportFormat::Markdown(_)) {
        return Err(CliError::FieldsNotHere);
    }
    match form {
        ExportFormat::Csv if convert.for_excel => Ok(ExportFormat::CsvExcel),
        _ if convert.for_excel => Err(CliError::ExcelNotHere),
        form => Ok(form),
    }
}

/// The error of writing to a path.
fn write_error(error: ExportError, path: &Path) -> CliError {
    match error {
        ExportError::Write(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            CliError::FileExists(path.to_owned())
        }
        ExportError::Write(error) => CliError::CannotWrite(path.to_owned(), error),
        other @ (ExportError::NotText(_) | ExportError::Workbook(_)) => other.into(),
    }
}
