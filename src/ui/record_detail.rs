//! The detail of the selected record: its summary, the state of its review and its text, laid out for the pane.

use super::document::{DetailDocument, document};
use super::review_lines;
use super::state::State;
use crate::search::results::highlight::Highlighter;
use crate::summary::sheet;

/// The detail at the present width; `None` if it is not shown or nothing is selected.
#[must_use]
pub fn record_detail(state: &State) -> Option<DetailDocument> {
    let pane = state.layout()?.detail?;
    let record = state.detailed()?;
    let words = state.words();
    let highlighter = Highlighter::new(&state.results.answer.as_ref()?.query);
    let mut sheet = sheet(state.catalogue(), record, &words, state.setup.today);
    sheet.first.extend(review_lines::first(state, record.id()));
    sheet.groups.extend(review_lines::groups(state, record.id()));
    Some(document(&sheet, record, words.no_text, &highlighter, pane.inner.width.into()))
}
