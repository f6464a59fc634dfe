//! The detail of the selected record: its summary, the state of its review and its text, laid out for the pane.

use super::document::{DetailDocument, Look, StyledSpan, document};
use super::review_lines;
use super::state::State;
use crate::domain::catalogue::record::Record;
use crate::domain::schema::FieldKind;
use crate::i18n::{Words, field_label};
use crate::search::results::highlight::Highlighter;
use crate::summary::{Role, sheet, short_value};
use crate::text::printable::printable;
use crate::text::width::truncated;

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
    let columns = usize::from(pane.inner.width);
    let mut page = document(&sheet, record, words.no_text, &highlighter, columns);
    page.short_block = short_block(record, &words, columns);
    Some(page)
}

/// Id and name; end date and participants.
fn short_block(record: Record<'_>, words: &Words, columns: usize) -> Vec<Vec<StyledSpan>> {
    let value = |kind| {
        let value = short_value(record, kind, words);
        let value = if value.is_empty() { words.unknown.to_owned() } else { value };
        format!("{} {value}", field_label(kind, words.lang))
    };
    let lines = [
        (format!("{}  {}", record.id(), record.name()), Role::Strong),
        (format!("{} · {}", value(FieldKind::EndDate), value(FieldKind::Participants)), Role::Value),
    ];
    let span = |(text, role): (String, Role)| {
        let text = truncated(&printable(&text), columns, "…").into_owned();
        vec![StyledSpan { text, look: Look::Role(role), matched: false, item: None }]
    };
    lines.into_iter().map(span).collect()
}
