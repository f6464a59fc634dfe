//! Filters: the facet panel, the value of a field, clearing. Each is an edit of the query.

use std::sync::Arc;

use super::common::{panes, search};
use crate::search::language::condition::quoted;
use crate::search::language::filter_edit::{self, Filtered};
use crate::search::language::filter_field::FilterField;
use crate::search::results::facets::FacetCounts;
use crate::ui::event::Effect;
use crate::ui::keys::action::FilterAction;
use crate::ui::pages::Popup;
use crate::ui::pages::facet_panel::{FacetPanel, FacetRow};
use crate::ui::record_detail::record_detail;
use crate::ui::state::State;

/// Runs an action of the filter family.
pub(super) fn act(state: &mut State, action: FilterAction) {
    match action {
        FilterAction::OpenPanel => open(state),
        FilterAction::Alike => alike(state),
        FilterAction::Clear => clear(state),
        FilterAction::IncludeField => filter_to_field(state, Filtered::Included),
        FilterAction::ExcludeField => filter_to_field(state, Filtered::Excluded),
        FilterAction::IncludeValue => choose(state, Filtered::Included),
        FilterAction::ExcludeValue => choose(state, Filtered::Excluded),
        FilterAction::ClosePanel => state.popup = None,
    }
}

/// Searches for the projects that are like the selected one.
fn alike(state: &mut State) {
    let Some(id) = state.selected_id() else { return };
    search::bookmark(state);
    panes::close_detail(state);
    let query = format!("{}:{}", state.words().like_field, quoted(&id));
    state.set_query(&query);
}

fn open(state: &mut State) {
    state.popup = Some(Popup::Facets(FacetPanel::new()));
    count(state);
}

/// Starts counting the facets of the present query.
fn count(state: &mut State) {
    let query = state.read(state.query());
    state.effects.push(Effect::CountFacets { generation: state.results.asked, query });
}

/// Takes counts, unless the query has changed.
pub(super) fn take_counts(state: &mut State, generation: u64, counts: Arc<Vec<FacetCounts>>) {
    if generation != state.results.asked {
        return;
    }
    if let Some(Popup::Facets(panel)) = &mut state.popup {
        panel.counts = Some(counts);
    }
    lay_out(state);
}

/// Lays the panel out after new counts, typing, or a change of size or language.
pub(super) fn lay_out(state: &mut State) {
    let words = state.words();
    let height = height(state);
    let catalogue = Arc::clone(&state.loaded.catalogue);
    if let Some(Popup::Facets(panel)) = &mut state.popup {
        panel.lay_out(catalogue.codes(), &words);
        panel.move_by(0, height);
    }
}

/// The number of rows shown; the first line of the panel is the filter.
fn height(state: &State) -> usize {
    usize::from(state.facet_pane().inner.height.saturating_sub(1))
}

/// Moves the cursor of the panel by a number of rows.
pub(super) fn move_by(state: &mut State, by: isize) {
    let height = height(state);
    if let Some(Popup::Facets(panel)) = &mut state.popup {
        panel.move_by(by, height);
    }
}

fn choose(state: &mut State, how: Filtered) {
    let Some(Popup::Facets(panel)) = &state.popup else { return };
    let choice = panel.rows.get(panel.cursor.at).and_then(FacetRow::choice);
    if let Some((field, value)) = choice.map(|(field, value)| (field, value.to_owned())) {
        toggle(state, field, &[value], how);
        count(state);
    }
}

fn toggle(state: &mut State, field: FilterField, values: &[String], how: Filtered) {
    let query = state.read(state.query());
    let text = filter_edit::toggled(&query, field, values, how, state.lang);
    search::bookmark(state);
    search::stay_on_record(state);
    state.set_query(&text);
}

/// `*` and `x` on a field of the detail.
fn filter_to_field(state: &mut State, how: Filtered) {
    let words = state.words();
    let chosen = record_detail(state).and_then(|page| {
        let item = page.items.get(state.detail.field?)?;
        Some((item.field, item.raw.clone()))
    });
    let Some((kind, raw)) = chosen else { return state.say(words.choose_a_field_first) };
    let Some(record) = state.detailed() else { return };
    let Some((field, values)) = kind.and_then(|kind| filter_edit::values_of(record, kind, &raw)) else {
        return state.say(words.no_filter_for_this);
    };
    toggle(state, field, &values, how);
    panes::close_detail(state);
}

/// Removes the newest filter; `false` if there is none.
pub(super) fn remove_last(state: &mut State) -> bool {
    let query = state.read(state.query());
    let Some(text) = filter_edit::without_last_filter(&query) else { return false };
    search::stay_on_record(state);
    state.set_query(&text);
    true
}

fn clear(state: &mut State) {
    let query = state.read(state.query());
    let text = filter_edit::without_filters(&query);
    if text == state.query() {
        let words = state.words();
        return state.say(words.no_filters);
    }
    search::stay_on_record(state);
    state.set_query(&text);
}
