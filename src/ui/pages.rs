//! The texts to read: diagnostics, source text, what was copied. As lines that fit the popup.

use super::layout;
use super::popup::{Pager, PagerKind, Popup};
use super::state::State;
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

/// How many lines the text being read has.
#[must_use]
pub fn line_count(state: &State) -> usize {
    match &state.popup {
        Some(Popup::Pager(pager)) => lines(state, pager).len(),
        _ => 0,
    }
}

/// The lines of a text to read.
#[must_use]
pub fn lines(state: &State, pager: &Pager) -> Vec<PageLine> {
    match &pager.kind {
        PagerKind::Diagnostics => diagnostics(state),
        PagerKind::Source => source(state),
        PagerKind::Copied(text) => wrapped(text, PageLook::Text, columns(state)),
    }
}

fn wrapped(text: &str, look: PageLook, columns: usize) -> Vec<PageLine> {
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
    let mut sorted: Vec<&Diagnostic> = state.loaded.diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity()));
    sorted.into_iter().take(MOST_DIAGNOSTICS).flat_map(|diagnostic| one(state, diagnostic)).collect()
}

/// More are for `diarium check`.
const MOST_DIAGNOSTICS: usize = 500;

fn one(state: &State, diagnostic: &Diagnostic) -> Vec<PageLine> {
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
    if let Some(line) = state.catalogue().source_line(place) {
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
