//! `diarium convert [QUERY] --to FILE`: writes records as a file, whole or not at all, or to standard output.

use std::io;
use std::path::{Path, PathBuf};

use super::app::CliContext;
use super::args::Format;
use super::error::{CliError, Status};
use super::find::{self, FindResult};
use super::records;
use crate::domain::catalogue::record::Record;
use crate::export::{self, ExportError, ExportFormat, ExportKey, Written};
use crate::session::{Existing, write_whole};

const FORMATS: &[Format] = &[Format::Csv, Format::Tsv, Format::Json, Format::Jsonl, Format::Md, Format::Text];

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Convert {
    /// The arguments that make up the query.
    pub query: Vec<String>,
    /// The file; `None` and `-` are standard output.
    pub to: Option<PathBuf>,
    /// The keys to sort by; none is relevance.
    pub sort: Vec<String>,
    /// At most so many are written.
    pub limit: Option<usize>,
    /// What becomes of a file that exists.
    pub existing: Existing,
    /// Whether a list is written for Excel.
    pub for_excel: bool,
}

/// Runs the command. A mistake in what is asked for is told before anything is read.
///
/// # Errors
/// When there is no such form, nothing could be read, or the file cannot be written or is there already.
pub fn run(app: &mut CliContext<'_>, convert: &Convert) -> Result<Status, CliError> {
    let file = convert.to.as_deref().filter(|path| *path != Path::new("-"));
    let form = form(app, convert, file)?;
    let keys = app.keys()?;
    let order = find::order(&convert.sort)?;
    if let Some(path) = file.filter(|path| convert.existing == Existing::Kept && is_regular(path)) {
        return Err(CliError::FileExists(path.to_owned()));
    }
    let Some(FindResult { catalogue, answer, .. }) = find::found(app, &convert.query, &order)? else {
        return Ok(Status::Interrupted);
    };
    find::explain(app, &answer, false)?;
    let limit = convert.limit.unwrap_or(usize::MAX);
    let records = answer.hits.iter().take(limit).filter_map(|hit| catalogue.record(hit.row));
    let status = if answer.hits.is_empty() { Status::Nothing } else { Status::Done };
    let written = match file {
        None => export::write(form, keys.as_deref(), records, app.output.data)?,
        Some(_) if answer.hits.is_empty() => return Ok(status),
        Some(path) => write_file(path, convert.existing, (form, keys.as_deref()), records)?,
    };
    app.output.data.flush()?;
    records::say_what_is_left_out(app, &written)?;
    if let Some(path) = file {
        let (count, lang) = (written.records, app.words.lang);
        let projects = lang.choose(
            "projekt sparade i",
            if count == 1 { "project written to" } else { "projects written to" },
        );
        app.output.say(format!("{count} {projects} {}", path.display()))?;
    }
    Ok(status)
}

/// The form: as `--format` says, else as the file's name ends.
fn form(app: &CliContext<'_>, convert: &Convert, file: Option<&Path>) -> Result<ExportFormat, CliError> {
    let lang = app.words.lang;
    let form = match (app.options.format, file) {
        (Some(asked), _) => match app.format(FORMATS, asked)? {
            Format::Tsv => ExportFormat::Tsv,
            Format::Json => ExportFormat::Json,
            Format::Jsonl => ExportFormat::JsonLines,
            Format::Md => ExportFormat::Markdown(lang),
            Format::Text => ExportFormat::Text,
            _ => ExportFormat::Csv,
        },
        (None, Some(path)) => ExportFormat::of_file(&path.to_string_lossy(), lang)
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

/// Writes the file. What is there and no file, like a pipe or a device, is written to as it is.
fn write_file<'a>(
    path: &Path,
    existing: Existing,
    (form, keys): (ExportFormat, Option<&[ExportKey]>),
    records: impl Iterator<Item = Record<'a>> + Clone,
) -> Result<Written, CliError> {
    let fill = |out: &mut dyn io::Write| export::write(form, keys, records, out);
    let written = if path.exists() && !is_regular(path) {
        std::fs::OpenOptions::new().write(true).open(path).map_err(ExportError::from).and_then(|file| {
            let mut out = io::BufWriter::new(file);
            let written = fill(&mut out)?;
            io::Write::flush(&mut out)?;
            Ok(written)
        })
    } else {
        // Behind a symbolic link it is the file that is replaced, not the link.
        let place = std::fs::canonicalize(path);
        write_whole(place.as_deref().unwrap_or(path), existing, fill)
    };
    written.map_err(|error| match error {
        ExportError::Write(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            CliError::FileExists(path.to_owned())
        }
        ExportError::Write(error) => CliError::CannotWrite(path.to_owned(), error),
        other @ ExportError::NotText(_) => other.into(),
    })
}

fn is_regular(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.is_file())
}
