//! The texts to read: diagnostics, source text, what was copied. As lines that fit the popup.

pub mod examples;
pub(crate) mod review_page;

use std::collections::HashMap;

use super::layout;
use super::popup::PagerKind;
use super::state::State;
use crate::domain::catalogue::SourceLines;
use crate::domain::diagnostic::{Diagnostic, Severity};
use crate::i18n::{explain, hint};
use crate::text::printable::{printable, printable_lines};
use crate::text::wrap::wrap;

/// One line of a text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLine {
    /// The words, safe to show.
    pub text: String,
    /// Its look.
    pub look: PageLook,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageLook {
    /// As text.
    Text,
    /// As a heading.
    Heading,
    /// As a problem of this severity.
    Problem(Severity),
    /// As a remark.
    Quiet,
}

/// The columns of a popup that shows a text.
fn columns(state: &State) -> usize {
    usize::from(layout::popup(state.size, u16::MAX, u16::MAX).inner.width.saturating_sub(1))
}

/// The lines of a text to read, for the present size and language.
#[must_use]
pub fn lines(state: &State, kind: &PagerKind) -> Vec<PageLine> {
    match kind {
        PagerKind::Diagnostics => diagnostics(state),
        PagerKind::Source => source(state),
        PagerKind::Review => self::review_page::lines(state, columns(state)),
        PagerKind::Copied(text) => wrapped(text, PageLook::Text, columns(state)),
    }
}

pub(crate) fn wrapped(text: &str, look: PageLook, columns: usize) -> Vec<PageLine> {
    let text = printable_lines(text);
    let line = |range| PageLine { text: String::from(text.get(range).unwrap_or_default()), look };
    wrap(&text, columns).into_iter().map(line).collect()
}

/// Each problem in two or three lines: what and where, the source line, what to do.
fn diagnostics(state: &State) -> Vec<PageLine> {
    let words = state.words();
    if state.loaded.diagnostics.is_empty() {
        return vec![PageLine { text: words.no_diagnostics.to_owned(), look: PageLook::Quiet }];
    }
    // The gravest first; among equals the order of the sources.
    let all = &state.loaded.diagnostics;
    let of = |severity| all.iter().filter(move |diagnostic| diagnostic.severity() == severity);
    let gravest = [Severity::Error, Severity::Warning, Severity::Note].into_iter().flat_map(of);
    let mut sources = HashMap::new();
    let mut lines: Vec<PageLine> = Vec::new();
    for diagnostic in gravest.take(MOST_DIAGNOSTICS) {
        let source = diagnostic.place.source;
        let known: &SourceLines<'_> =
            sources.entry(source).or_insert_with(|| state.catalogue().source_lines(source));
        lines.extend(one(state, diagnostic, known.line(diagnostic.place.line)));
    }
    if let Some(more) = all.len().checked_sub(MOST_DIAGNOSTICS).filter(|more| *more > 0) {
        lines.push(PageLine { text: format!("… +{more}: diarium check"), look: PageLook::Quiet });
    }
    lines
}

/// More are for `diarium check`.
const MOST_DIAGNOSTICS: usize = 500;

fn one(state: &State, diagnostic: &Diagnostic, source_line: Option<String>) -> Vec<PageLine> {
    let words = state.words();
    let columns = columns(state);
    let place = diagnostic.place;
    let mut at = state.catalogue().source_name(place.source).to_owned();
    for number in [place.line, place.column].into_iter().take_while(|number| *number > 0) {
        at = format!("{at}:{number}");
    }
    let severity = match diagnostic.severity() {
        Severity::Error => words.error,
        Severity::Warning => words.warning,
        Severity::Note => words.note,
    };
    let said = format!("{severity}: {}", explain(diagnostic, state.lang));
    let mut lines = wrapped(&said, PageLook::Problem(diagnostic.severity()), columns);
    lines.extend(wrapped(&format!("  {at}"), PageLook::Quiet, columns));
    if let Some(line) = source_line {
        let line = format!("  {}", printable(line.trim()));
        let ellipsis = "…";
        lines.push(PageLine {
            text: crate::text::width::truncated(&line, columns, ellipsis).into_owned(),
            look: PageLook::Text,
        });
    }
    if let Some(hint) = hint(diagnostic.code, state.lang) {
        lines.extend(wrapped(&format!("  {}: {hint}", words.hint), PageLook::Quiet, columns));
    }
    lines.push(PageLine { text: String::new(), look: PageLook::Text });
    lines
}

/// The record as it stands in each of its sources, with the source's name above.
fn source(state: &State) -> Vec<PageLine> {
    let Some(record) = state.selected() else { return Vec::new() };
    let mut lines = Vec::new();
    for place in record.places() {
        let name = format!("{}:{}", state.catalogue().source_name(place.source), place.line);
        lines.extend(wrapped(&name, PageLook::Heading, columns(state)));
        let text = record.source_text(place.source).unwrap_or_default();
        lines.extend(wrapped(&text, PageLook::Text, columns(state)));
        lines.push(PageLine { text: String::new(), look: PageLook::Text });
    }
    lines
}
