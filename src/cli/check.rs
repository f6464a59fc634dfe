//! `diarium check [PATH…]`: all diagnostics of the data, in the format of compilers.

use std::path::PathBuf;

use serde::Serialize;

use super::app::CliContext;
use super::args::Format;
use super::error::CliError;
use super::sarif;
use super::severity::{severity_name, severity_word};
use super::source_excerpt::Excerpt;
use crate::cli::status::Status;
use crate::domain::catalogue::{Catalogue, LineExcerpt};
use crate::domain::diagnostic::Diagnostic;
use crate::domain::diagnostic::DiagnosticCounts;
use crate::domain::source_location::SourceLocation;
use crate::export::{write_array, write_object};
use crate::i18n::{CliWords, Words, explain, hint};
use crate::loading::check::missing_data;
use crate::text::printable::printable;

/// A diagnostic as JSON.
#[derive(Serialize)]
struct ExportedFinding<'a> {
    severity: &'static str,
    code: &'static str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    message: String,
    hint: Option<&'static str>,
    subject: &'a str,
    other: Option<&'a str>,
    other_file: Option<&'a str>,
    other_line: Option<u32>,
}

/// Runs the command.
///
/// # Errors
/// If no source is readable, or the output cannot be written.
pub fn run(app: &mut CliContext<'_>, paths: &[PathBuf], strict: bool) -> Result<Status, CliError> {
    let format = app.format(&[Format::Text, Format::Json, Format::Sarif], Format::Text)?;
    let plan = app.plan(paths)?;
    let loaded = app.load_quietly(&plan)?;
    // Loading reports by stage; people read a file from top to bottom.
    let catalogue = &*loaded.catalogue;
    let missing = missing_data(catalogue);
    let mut diagnostics: Vec<&Diagnostic> = loaded.diagnostics.iter().chain(&missing).collect();
    diagnostics.sort_by_key(|found| found.place);
    let tally = DiagnosticCounts::count(diagnostics.iter().copied());
    if format == Format::Sarif {
        write_object(&sarif::log(&diagnostics, catalogue, app.words.lang), app.output.data)?;
    } else if format == Format::Json {
        let words = app.words;
        let exported = diagnostics.iter().map(|found| export(found, catalogue, &words));
        write_array(exported, app.output.data)?;
    } else {
        for of_one_source in diagnostics.chunk_by(|one, other| one.place.source == other.place.source) {
            let lines = of_one_source.first().map(|found| catalogue.source_lines(found.place.source));
            for found in of_one_source {
                let line = lines.as_ref().and_then(|lines| lines.near(found.place.line, found.place.column));
                diagnostic(app, found, line, catalogue)?;
            }
        }
        summary(app, catalogue.len(), tally)?;
    }
    let findings = tally.errors + tally.warnings + if strict { tally.notes } else { 0 };
    Ok(match (loaded.nothing_was_readable(), findings) {
        (true, _) => Status::Failed,
        (false, 0) => Status::Done,
        (false, _) => Status::Nothing,
    })
}

fn export<'a>(found: &'a Diagnostic, catalogue: &'a Catalogue, words: &Words) -> ExportedFinding<'a> {
    let number = |number: u32| (number > 0).then_some(number);
    ExportedFinding {
        severity: severity_name(found.severity()),
        code: found.code.name(),
        file: catalogue.source_name(found.place.source),
        line: number(found.place.line),
        column: number(found.place.column),
        message: explain(found, words.lang),
        hint: hint(found.code, words.lang),
        subject: &found.subject,
        other: found.other.as_deref(),
        other_file: found.other_place.map(|place| catalogue.source_name(place.source)),
        other_line: found.other_place.and_then(|place| number(place.line)),
    }
}

/// Prints the summary line (`37 projekt: 2 varningar`).
fn summary(app: &mut CliContext<'_>, records: usize, tally: DiagnosticCounts) -> Result<(), CliError> {
    let words = app.words;
    let is_clean = tally == DiagnosticCounts::default();
    let said = if is_clean { words.no_diagnostics.to_owned() } else { words.tally(tally) };
    writeln!(app.output.data, "{}: {said}", words.records(records))?;
    if !is_clean {
        let looks = app.output.data_looks;
        writeln!(app.output.data, "{}", looks.quiet(CliWords::of(words.lang).explain_codes))?;
    }
    Ok(())
}

fn diagnostic(
    app: &mut CliContext<'_>,
    found: &Diagnostic,
    line: Option<LineExcerpt>,
    catalogue: &Catalogue,
) -> Result<(), CliError> {
    let (words, looks) = (app.words, app.output.data_looks);
    let label = format!("{}[{}]:", severity_word(found.severity(), &words), found.code.name());
    let place = place(found.place, catalogue);
    let sentence = explain(found, words.lang);
    let out = &mut *app.output.data;
    writeln!(
        out,
        "{}: {} {}",
        looks.strong(printable(&place)),
        looks.severity(found.severity(), label),
        printable(&sentence)
    )?;
    let excerpt = line.map(|line| Excerpt::new(&line, found));
    let number = found.place.line.to_string();
    let gutter = " ".repeat(number.len());
    if let Some(excerpt) = excerpt {
        writeln!(out, " {} {}", looks.quiet(format!("{number} |")), excerpt.line)?;
        let carets = looks.severity(found.severity(), &excerpt.carets);
        writeln!(out, " {} {}{carets}", looks.quiet(format!("{gutter} |")), excerpt.before)?;
    }
    if let Some(other) = found.other_place.filter(|other| other.line > 0) {
        let other = self::place(other, catalogue);
        writeln!(out, " {gutter} {} {}", looks.quiet("-->"), printable(&other))?;
    }
    if let Some(hint) = hint(found.code, words.lang) {
        writeln!(out, " {gutter} {} {hint}", looks.quiet(format!("= {}:", words.hint)))?;
    }
    writeln!(out)?;
    Ok(())
}

/// `file:line:column`, as far as known.
fn place(place: SourceLocation, catalogue: &Catalogue) -> String {
    let file = catalogue.source_name(place.source);
    match (place.line, place.column) {
        (0, _) => file.to_owned(),
        (line, 0) => format!("{file}:{line}"),
        (line, column) => format!("{file}:{line}:{column}"),
    }
}
