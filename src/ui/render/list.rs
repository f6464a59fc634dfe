//! The list: marks, ids, names, and if there is room the owner and the sort key or end date.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::paint::{CellPen, row_of};
use crate::domain::catalogue::record::Record;
use crate::domain::schema::{FieldKind, ValueType};
use crate::i18n::field_label;
use crate::search::language::sort_order::{SortKey, SortOrder};
use crate::search::matching::rank::Hit;
use crate::search::results::highlight::{HighlightTarget, Highlighter};
use crate::summary::short_value;
use crate::text::printable::printable;
use crate::text::width::{split_at_width, truncated, width};
use crate::ui::layout::Pane;
use crate::ui::review::Review;
use crate::ui::state::{Focus, State};

/// Columns that a name keeps before other columns are shown, with the gap after it.
const LEAST_NAME: u16 = 32;
/// The smallest useful width of the owner's name, with the gap after it.
const LEAST_OWNER: u16 = 18;

/// The columns of a row. A width of 0 means that there is no room for it.
struct ListColumns {
    id: u16,
    name: u16,
    owner: u16,
    last: u16,
    /// Field of the last column.
    shown: FieldKind,
}

impl ListColumns {
    /// Divides a row of `width` columns: marks, id, name, owner, and the sort key or else the end date.
    fn new(width: u16, marks: u16, id: u16, order: &SortOrder) -> Self {
        let id = id.clamp(9, 14);
        let free = width.saturating_sub(marks + id + 2);
        let has_owner = free >= LEAST_NAME + 12 + LEAST_OWNER;
        let shown = order.keys().iter().find_map(|by| match by.key {
            SortKey::Relevance
            | SortKey::LastReviewed
            | SortKey::Field(FieldKind::Diarienummer | FieldKind::Name) => None,
            SortKey::Field(FieldKind::Beneficiary) if has_owner => None,
            SortKey::Field(kind) => Some(kind),
        });
        let shown = shown.unwrap_or(FieldKind::EndDate);
        let wanted = match shown.spec().value {
            ValueType::Date | ValueType::Count | ValueType::Percent => 12,
            ValueType::Amount => 20,
            _ => (free / 3).clamp(12, 26),
        };
        let last = if free >= LEAST_NAME + wanted { wanted } else { 0 };
        let spare = (free - last).saturating_sub(LEAST_NAME);
        let owner = if spare >= LEAST_OWNER { ((free - last) * 2 / 5).min(spare).min(36) } else { 0 };
        Self { id, name: free - last - owner, owner, last, shown }
    }
}

/// Draws the list and returns where the selected row begins.
pub(super) fn draw(
    state: &State,
    pen: &mut CellPen<'_>,
    pane: &Pane,
    heading: Option<Rect>,
) -> Option<Position> {
    let words = state.words();
    let focused = state.focus != Focus::Detail && state.popup.is_none();
    pen.frame(pane, words.projects, focused);
    let rows = &state.results.rows;
    if rows.is_empty() {
        empty(state, pen, pane.inner);
        return Some(Position::new(pane.inner.x, pane.inner.y));
    }
    let highlighter = Highlighter::new(&state.results.answer.as_ref()?.query);
    let similar_line = rows.has_similar().then_some(rows.hits());
    let lines = rows.len() + usize::from(similar_line.is_some());
    let seen = (state.list.top..lines).take(pane.inner.height.into());
    let shown = |line: usize| match similar_line {
        Some(separator) if line == separator => None,
        Some(separator) if line > separator => Some(line - 1),
        _ => Some(line),
    };
    let id_columns = id_columns(state, seen.clone().filter_map(shown));
    let columns = ListColumns::new(pane.inner.width, marks(state), id_columns, &state.order);
    if let Some(line) = heading {
        headings(state, pen, line, &columns);
    }
    let mut cursor = None;
    for (row, line) in seen.enumerate() {
        let area = row_of(pane.inner, row);
        match shown(line) {
            None => similar(pen, area, words.line_similar),
            Some(at) => {
                let selected = at == state.list.at;
                if selected {
                    cursor = Some(Position::new(area.x, area.y));
                }
                draw_row(
                    state,
                    pen,
                    area,
                    rows.get(at)?,
                    &columns,
                    &highlighter,
                    selected.then_some(focused),
                );
            }
        }
    }
    pen.scroll_bar(pane, state.list.top, lines);
    missing(state, pen, pane.inner, lines.saturating_sub(state.list.top));
    cursor
}

/// The names of the columns.
fn headings(state: &State, pen: &mut CellPen<'_>, line: Rect, columns: &ListColumns) {
    let words = state.words();
    let style = pen.theme.label();
    let mut column = marks(state);
    pen.cut(line, column, columns.id, words.id_heading, style);
    column += columns.id + 2;
    pen.cut(line, column, columns.name.saturating_sub(2), words.name_heading, style);
    column += columns.name;
    if columns.owner > 2 {
        pen.cut(line, column, columns.owner - 2, words.beneficiary, style);
        column += columns.owner;
    }
    if columns.last > 1 {
        let label = field_label(columns.shown, state.lang);
        pen.cut(line, column + 1, columns.last - 1, label, style);
    }
}

/// Below the last row, as far as there is room: which ids of a pasted list are not there. All can be copied.
fn missing(state: &State, pen: &mut CellPen<'_>, area: Rect, first: usize) {
    let ids = state.results.answer.as_ref().and_then(|answer| answer.ids.as_ref());
    let Some(ids) = ids.filter(|ids| !ids.missing.is_empty()) else { return };
    let rows = usize::from(area.height).saturating_sub(first);
    if rows > 1 {
        similar(pen, row_of(area, first), state.words().missing_ids);
        for (row, id) in ids.missing.iter().take(rows - 1).enumerate() {
            pen.cut(row_of(area, first + 1 + row), 3, area.width.saturating_sub(3), id, pen.theme.quiet());
        }
    }
}

/// Width of the columns before the id: mark, verdict, star, and a blank.
const fn marks(state: &State) -> u16 {
    match state.review {
        Review::Closed => 3,
        Review::Opening | Review::Open(_) => 4,
    }
}

/// The widest id among the rows seen.
fn id_columns(state: &State, rows: impl Iterator<Item = usize>) -> u16 {
    let ids = rows.filter_map(|at| state.catalogue().record(state.results.rows.get(at)?.row));
    u16::try_from(ids.map(|record| width(record.id())).max().unwrap_or(0)).unwrap_or(u16::MAX)
}

fn similar(pen: &mut CellPen<'_>, area: Rect, word: &str) {
    let line = pen.theme.glyphs.horizontal[0].repeat(3);
    pen.text(area, 0, &format!("{line} {word} {line}"), pen.theme.quiet());
}

fn draw_row(
    state: &State,
    pen: &mut CellPen<'_>,
    area: Rect,
    hit: Hit,
    columns: &ListColumns,
    highlighter: &Highlighter,
    selected: Option<bool>,
) {
    let Some(record) = state.catalogue().record(hit.row) else { return };
    let marked = state.marks.ids.contains(record.id());
    if marked {
        pen.text(area, 0, pen.theme.glyphs.mark, pen.theme.marked());
    }
    let reviewed = super::review::cells(state, pen, area, record.id());
    if hit.only_by_description() && !reviewed {
        pen.text(area, 1, pen.theme.glyphs.found, pen.theme.quiet());
    } else if hit.only_by_meaning() && !reviewed {
        pen.text(area, 1, pen.theme.glyphs.about, pen.theme.quiet());
    }
    let found = |text: &str, place: HighlightTarget| {
        let text = printable(text);
        if hit.tier.is_similar() {
            highlighter.ranges_of_similar(&text, place)
        } else {
            highlighter.ranges(&text, place)
        }
    };
    let mut column = marks(state);
    let id = record.id();
    highlighted(pen, area, column, columns.id, id, &found(id, HighlightTarget::Id), pen.theme.strong());
    column += columns.id + 2;
    let name = if record.name().is_empty() { state.words().nameless } else { record.name() };
    highlighted(
        pen,
        area,
        column,
        columns.name.saturating_sub(2),
        name,
        &found(name, HighlightTarget::Name),
        pen.theme.text(),
    );
    column += columns.name;
    if columns.owner > 2 {
        let owner = town_or_owner(record);
        let ranges = found(owner, HighlightTarget::ShortField);
        highlighted(pen, area, column, columns.owner - 2, owner, &ranges, pen.theme.quiet());
        column += columns.owner;
    }
    if columns.last > 0 {
        last(state, pen, area, column, columns, record);
    }
    if hit.is_outside_the_filter() {
        pen.text_right(area, &format!(" {} ", state.words().outside_the_filter), pen.theme.label());
    }
    match selected {
        Some(true) => pen.select(area, pen.theme.selected()),
        Some(false) => pen.select(area, pen.theme.selected_elsewhere()),
        None => {}
    }
}

/// The value of the sort key, else the end date. Numbers are right-aligned.
fn last(
    state: &State,
    pen: &mut CellPen<'_>,
    area: Rect,
    column: u16,
    columns: &ListColumns,
    record: Record<'_>,
) {
    let kind = columns.shown;
    let is_sorted_by = state.order.position_of(SortKey::Field(kind)).is_some();
    if !is_sorted_by && record.date(kind).is_none() {
        return;
    }
    let value = short_value(record, kind, &state.words());
    let room = columns.last.saturating_sub(1);
    let is_number = matches!(kind.spec().value, ValueType::Count | ValueType::Percent | ValueType::Amount);
    let own = u16::try_from(width(&printable(&value))).unwrap_or(u16::MAX);
    let indent = if is_number { room.saturating_sub(own) } else { 0 };
    pen.cut(area, column + 1 + indent, room - indent.min(room), &value, pen.theme.text());
}

fn town_or_owner(record: Record<'_>) -> &str {
    record.raw(FieldKind::Beneficiary).or_else(|| record.raw(FieldKind::City)).unwrap_or_default()
}

/// Writes a text in at most `columns` columns, with its matches highlighted.
fn highlighted(
    pen: &mut CellPen<'_>,
    area: Rect,
    column: u16,
    columns: u16,
    text: &str,
    found: &[std::ops::Range<usize>],
    style: Style,
) {
    let text = printable(text);
    let ellipsis = pen.theme.glyphs.ellipsis;
    let hidden = found.first().map_or(0, |first| bytes_before(&text, first.end, columns.into(), ellipsis));
    let mut column = column;
    let mut columns = columns;
    if hidden > 0 {
        column = pen.text(area, column, ellipsis, style);
        columns = columns.saturating_sub(u16::try_from(width(ellipsis)).unwrap_or(0));
    }
    let shown = truncated(text.get(hidden..).unwrap_or_default(), columns.into(), ellipsis);
    let mut at = 0;
    for range in
        found.iter().map(|range| range.start.saturating_sub(hidden)..range.end.saturating_sub(hidden))
    {
        // Truncated text has no highlight.
        let (Some(before), Some(matched)) = (shown.get(at..range.start), shown.get(range.clone())) else {
            break;
        };
        column = pen.text(area, column, before, style);
        column = pen.text(area, column, matched, style.patch(pen.theme.matched()));
        at = range.end;
    }
    pen.text(area, column, shown.get(at..).unwrap_or_default(), style);
}

/// The bytes to leave out at the beginning of a text, so that its first match, which ends at `end`, fits into `columns`.
fn bytes_before(text: &str, end: usize, columns: usize, ellipsis: &str) -> usize {
    // Room for an ellipsis on either side.
    let room = columns.saturating_sub(2 * width(ellipsis));
    let needed = width(text.get(..end).unwrap_or_default());
    if needed + width(ellipsis) <= columns || width(text) <= columns || room == 0 {
        return 0;
    }
    let (before, _) = split_at_width(text, needed - room.min(needed));
    before.len()
}

/// Draws an empty list: the reason, and searches that would find something.
fn empty(state: &State, pen: &mut CellPen<'_>, area: Rect) {
    let words = state.words();
    let mut lines = Vec::new();
    if !state.ready || state.is_searching() {
        lines.push((if state.ready { words.searching } else { words.loading }).to_owned());
    } else if let Some(progress) = state.load.progress() {
        let percent = progress.percent.map(|percent| format!(" · {percent} % {}", words.read));
        lines.push(format!("{}{}", words.not_found_yet, percent.unwrap_or_default()));
    } else if state.catalogue().is_empty() {
        lines.push(words.no_records.to_owned());
    } else {
        let nothing = state.results.answer.as_ref().and_then(|answer| answer.nothing.as_ref());
        let without = nothing.and_then(|nothing| nothing.without_filters);
        let without =
            without.map(|count| format!(" · {count} {}", words.without_filters)).unwrap_or_default();
        lines.push(format!("{} · {}{without}", words.no_hits, words.count(0, state.catalogue().len())));
        if let Some(nothing) = nothing {
            lines.extend(nothing.fewer.iter().map(|(terms, count)| format!("{count}  {terms}")));
        }
    }
    if state.ready && (state.setup.example_data || state.catalogue().is_empty()) {
        lines.push(String::new());
        lines.push(words.own_data_hint.to_owned());
    }
    for (row, line) in lines.iter().enumerate() {
        pen.cut(row_of(area, row), 1, area.width.saturating_sub(1), line, pen.theme.quiet());
    }
}
