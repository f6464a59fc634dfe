//! The diagnostics page: each problem of the data with its place, its source line and advice, gravest first.

use std::collections::HashMap;

use super::text_page::{PageLine, PageLook, wrapped};
use crate::domain::catalogue::{Catalogue, LineExcerpt, SourceLines};
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::i18n::{Words, explain, hint};
use crate::text::printable::printable;
use crate::text::width::truncated;

/// Maximum number of diagnostics shown; `diarium check` lists all.
const MOST_DIAGNOSTICS: usize = 500;

/// The lines of the page in `columns` columns.
pub(crate) fn lines(
    catalogue: &Catalogue,
    diagnostics: &[Diagnostic],
    words: &Words,
    columns: usize,
) -> Vec<PageLine> {
    if diagnostics.is_empty() {
        return vec![PageLine { text: words.no_diagnostics.to_owned(), look: PageLook::Quiet }];
    }
    // Within one severity the order of the sources stays.
    let with = |severity| diagnostics.iter().filter(move |diagnostic| diagnostic.severity() == severity);
    let gravest = [Severity::Error, Severity::Warning, Severity::Note].into_iter().flat_map(with);
    let mut sources = HashMap::new();
    let mut lines: Vec<PageLine> = Vec::new();
    for diagnostic in gravest.take(MOST_DIAGNOSTICS) {
        let source = diagnostic.place.source;
        let known: &SourceLines<'_> = sources.entry(source).or_insert_with(|| catalogue.source_lines(source));
        let place = place(catalogue, diagnostic);
        lines.extend(paragraph(
            diagnostic,
            &place,
            known.near(diagnostic.place.line, diagnostic.place.column),
            words,
            columns,
        ));
    }
    if let Some(more) = diagnostics.len().checked_sub(MOST_DIAGNOSTICS).filter(|more| *more > 0) {
        lines.push(PageLine { text: format!("… +{more}: diarium check"), look: PageLook::Quiet });
    }
    lines
}

/// `lista.csv:12:3`
fn place(catalogue: &Catalogue, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place;
    let mut at = catalogue.source_name(place.source).to_owned();
    for number in [place.line, place.column].into_iter().take_while(|number| *number > 0) {
        at = format!("{at}:{number}");
    }
    at
}

fn paragraph(
    diagnostic: &Diagnostic,
    place: &str,
    source_line: Option<LineExcerpt>,
    words: &Words,
    columns: usize,
) -> Vec<PageLine> {
    let severity = match diagnostic.severity() {
        Severity::Error => words.error,
        Severity::Warning => words.warning,
        Severity::Note => words.note,
    };
    let said = format!("{severity}: {}", explain(diagnostic, words.lang));
    let mut lines = wrapped(&said, PageLook::Problem(diagnostic.severity()), columns);
    lines.extend(wrapped(&format!("  {place}"), PageLook::Quiet, columns));
    if let Some(line) = source_line {
        let before = if line.first_column > 1 { "…" } else { "" };
        let line = format!("  {before}{}", printable(line.text.trim()));
        lines.push(PageLine { text: truncated(&line, columns, "…").into_owned(), look: PageLook::Text });
    }
    if let Some(hint) = hint(diagnostic.code, words.lang) {
        lines.extend(wrapped(&format!("  {}: {hint}", words.hint), PageLook::Quiet, columns));
    }
    lines.push(PageLine::blank());
    lines
}
