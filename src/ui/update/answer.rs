//! What has been found, and which row is selected then.

use std::sync::Arc;

use super::{detail, list};
use crate::domain::catalogue::record::Record;
use crate::i18n::Words;
use crate::review::record_state::VerdictStatus;
use crate::search::matching::answer::Answer;
use crate::search::matching::rank::Tier;
use crate::ui::review::Review;
use crate::ui::rows::Rows;
use crate::ui::state::{AfterAnswer, State};

/// Takes an answer, unless a newer search is under way.
pub(super) fn take(state: &mut State, generation: u64, answer: Arc<Answer>) {
    if generation != state.results.asked || !state.ready {
        return;
    }
    state.motion.rest();
    let again = state.results.answered == generation;
    let selected = state.selected_id();
    state.results.answered = generation;
    say_missing_ids(state, &answer);
    let complete = answer.complete;
    let is_sorted_now = state.results.answer.as_ref().is_some_and(|before| before.order != answer.order);
    state.results.answer = Some(answer);
    show_rows(state);
    match state.after_answer.take() {
        Some(AfterAnswer::Select(id)) => {
            let at = list::row_of(state, &id);
            list::select(state, at.unwrap_or(0));
            if at.is_none() && !complete {
                // It may be among the similar ones, which come after the others.
                state.after_answer = Some(AfterAnswer::Select(id));
            }
        }
        Some(AfterAnswer::Stay { id, at }) => stay(state, &id, at),
        Some(AfterAnswer::Open(id)) => match list::row_of(state, &id) {
            Some(at) => {
                list::select(state, at);
                detail::open_wide(state);
            }
            None if state.load.is_running() => {
                // It may be in what has not been read yet.
                list::select(state, 0);
                state.after_answer = Some(AfterAnswer::Open(id));
            }
            None => {
                let words = state.words();
                state.say(format!("{}: {id}", words.no_such_record));
            }
        },
        // The order came after the hits: whoever has chosen a record stays on it, others see the first one.
        None if again && is_sorted_now && state.list.at > 0 => {
            let at = state.list.at;
            stay(state, &selected.unwrap_or_default(), at);
        }
        None if again && is_sorted_now => list::select_first(state),
        // The similar ones come after the others: whatever is selected by now stays so.
        None if again => {
            let at = selected.and_then(|id| list::row_of(state, &id)).unwrap_or(0);
            list::select(state, at);
        }
        None => list::select_first(state),
    }
}

/// Lets the cursor stay on a record, and the record on its line of the screen.
fn stay(state: &mut State, id: &str, at: usize) {
    let above = list::line_of(state, at).saturating_sub(state.list.top);
    let now = list::row_of(state, id);
    let at = now.unwrap_or(at);
    state.list.top = list::line_of(state, at).saturating_sub(above);
    list::select(state, at);
    detail::keep_in_range(state);
}

/// Fills the list from the newest answer.
pub(super) fn show_rows(state: &mut State) {
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
            // The record that was asked for by its whole id is shown whatever hides it.
            let is_hidden = hit.tier != Tier::WholeId && is_done(id);
            (!state.marks.only || state.marks.ids.contains(id)) && !is_hidden
        })
    } else {
        Rows::whole(answer)
    };
    state.results.rows = rows;
}

/// `28 av 30 hittade · saknas: …`
fn say_missing_ids(state: &mut State, answer: &Answer) {
    let Some(ids) = answer.ids.as_ref().filter(|ids| ids.asked > 1) else { return };
    let words: Words = state.words();
    let mut said = format!("{} {}", words.count(ids.found, ids.asked), words.found);
    if !ids.missing.is_empty() {
        said = format!("{said} · {}: {}", words.missing_ids, ids.missing.join(", "));
    }
    state.say(said);
}
