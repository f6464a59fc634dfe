//! The rows of the list, from the newest answer: all of it, or only the marked or undecided records.

use super::selection;
use crate::domain::catalogue::record::Record;
use crate::review::record_state::VerdictStatus;
use crate::search::matching::rank::Tier;
use crate::ui::review::Review;
use crate::ui::rows::Rows;
use crate::ui::state::State;

/// Fills the list from the newest answer.
pub(in crate::ui::update) fn show_rows(state: &mut State) {
    let Some(answer) = state.results.answer.clone() else { return };
    let hiding = match &state.review {
        Review::Open(review) if review.hides_done => Some(review),
        _ => None,
    };
    let person = &state.setup.review.person;
    let is_done = |id: &str| {
        hiding.is_some_and(|review| review.standing(id, person).is_some_and(VerdictStatus::is_done))
    };
    let rows = if state.marks.only || hiding.is_some() {
        Rows::part(&answer, |hit| {
            let id = state.catalogue().record(hit.row).map_or("", Record::id);
            // A record asked for by its whole id is shown whatever hides it.
            let is_hidden = hit.tier != Tier::WholeId && is_done(id);
            (!state.marks.only || state.marks.ids.contains(id)) && !is_hidden
        })
    } else {
        Rows::Whole(answer)
    };
    state.results.rows = rows;
    state.count_hidden_marks();
}

/// Fills the list and keeps the selected record selected, else the record that is now in its row.
pub(in crate::ui::update) fn show_rows_again(state: &mut State) {
    let id = state.selected_id();
    show_rows(state);
    let at = id.and_then(|id| selection::row_of(state, &id)).unwrap_or(state.list.at);
    selection::select(state, at);
}
