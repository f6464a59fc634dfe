//! Requests to the review store, and what follows from a change of the review.

use std::sync::Arc;

use super::rows::show_rows_again;
use super::{detail_view, search};
use crate::domain::privacy::mask_personal_numbers;
use crate::domain::reviewed::Reviewed;
use crate::review::command::ReviewCommand;
use crate::review::content::Content;
use crate::review::event::{EventId, EventKind};
use crate::review::new_event::NewEvent;
use crate::review::verdict::Verdict;
use crate::review::version::Version;
use crate::ui::drafts::Drafts;
use crate::ui::event::{Effect, ReviewEffect};
use crate::ui::review::{OpenReview, Pending, Review};
use crate::ui::state::State;

/// The open review.
pub(in crate::ui::update) fn opened(state: &mut State) -> Option<&mut OpenReview> {
    match &mut state.review {
        Review::Open(review) => Some(review),
        Review::Closed | Review::Opening => None,
    }
}

/// Sends a command to the store and keeps it as pending until it is answered.
pub(in crate::ui::update) fn ask(state: &mut State, command: ReviewCommand) {
    state.review_token += 1;
    let token = state.review_token;
    if let Some(review) = opened(state) {
        let drafts = match &command {
            ReviewCommand::Write { new_events, .. } => new_events.clone(),
            _ => Vec::new(),
        };
        review.pending.push(Pending { token, drafts });
    }
    state.effects.push(Effect::Review(ReviewEffect::Act(token, command)));
}

/// Writes the same event for each of some records, as one action. A record that has left the data is written too: the
/// round knows its version.
pub(in crate::ui::update) fn write(state: &mut State, ids: &[String], kind: &EventKind, text: &str) {
    let Some(round) = opened(state).and_then(|review| review.round) else { return };
    let event =
        |id: &String| NewEvent { record: Some(id.clone()), kind: kind.clone(), text: text.to_owned() };
    let new_events = ids.iter().map(event).collect();
    ask(state, ReviewCommand::Write { round, new_events, contents: Vec::new() });
}

/// Gives a verdict on the present version of some records, as one action, and returns the number of verdicts. Records
/// that have left the data have no present version and are left out.
pub(in crate::ui::update) fn write_verdict(
    state: &mut State,
    ids: &[String],
    verdict: Verdict,
    reason: Option<&str>,
    text: &str,
) -> usize {
    let Some(round) = opened(state).and_then(|review| review.round) else { return 0 };
    let catalogue = state.loaded.catalogue.clone();
    let records = ids.iter().filter_map(|id| catalogue.record(catalogue.row_of(id)?));
    let (new_events, contents): (Vec<NewEvent>, Vec<Content>) = records
        .map(|record| {
            let version = Version::from(record).content();
            let (reason, key) = (reason.map(str::to_owned), Some(version.key.clone()));
            let kind = EventKind::Verdict { verdict: Some(verdict), reason, version: key };
            (NewEvent { record: Some(record.id().to_owned()), kind, text: text.to_owned() }, version)
        })
        .unzip();
    let count = new_events.len();
    if count > 0 {
        ask(state, ReviewCommand::Write { round, new_events, contents });
    }
    count
}

/// Reports the effect of a key on some records, and the key that undoes it.
pub(in crate::ui::update) fn say_done(state: &mut State, ids: &[String], what: &str) {
    let words = state.words();
    let subject = match ids {
        [id] => id.clone(),
        several => words.records(several.len()),
    };
    state.say(format!("{subject}: {what} · {}", words.undoes));
}

/// The selected record if it belongs to the round; otherwise a message explains the refusal.
pub(in crate::ui::update) fn selected(state: &mut State) -> Option<String> {
    let id = state.selected_id()?;
    let belongs = opened(state)?.round().is_some_and(|round| round.scope.holds(&id));
    if !belongs {
        let words = state.words();
        state.say(format!("{id} {}", words.not_in_round));
    }
    belongs.then_some(id)
}

/// Updates the rows that depend on the review after it has changed.
pub(in crate::ui::update) fn after_change(state: &mut State) {
    if matches!(&state.review, Review::Open(review) if review.hides_done) {
        show_rows_again(state);
    }
    detail_view::keep_in_range(state);
}

/// Refuses a short text that contains a personal identity number, with a message.
pub(in crate::ui::update) fn refuses_personal_number(state: &mut State, text: &str) -> bool {
    let holds = mask_personal_numbers(text).is_some();
    if holds {
        let words = state.words();
        state.say(words.personal_number_refused);
    }
    holds
}

/// Switches to a round.
pub(in crate::ui::update) fn choose_round(state: &mut State, round: EventId) {
    if let Some(review) = opened(state) {
        review.choose(round);
    }
    forget_reviewed(state);
    compare_again(state);
    after_change(state);
}

/// Closes the review; the session goes on without one.
pub(in crate::ui::update) fn close_review(state: &mut State) {
    state.review = Review::Closed;
    // Their drafts stay on disk, and are offered when the review is opened again.
    state.notes_begun.clear();
    state.drafts = Drafts::default();
    state.reviewed = Arc::default();
    state.effects.push(Effect::Review(ReviewEffect::Leave));
    after_change(state);
    search::search_again(state);
}

/// Marks the review of the records as unknown until it has been worked out.
pub(in crate::ui::update) fn forget_reviewed(state: &mut State) {
    let is_open = matches!(state.review, Review::Open(_));
    state.reviewed = Arc::new(if is_open { Reviewed::unknown() } else { Reviewed::default() });
}

/// Returns `true` while the review facts of the records are being computed.
pub(in crate::ui::update) fn is_comparing(state: &State) -> bool {
    state.reviewed.is_unknown() && state.review.opened().is_some_and(|review| review.round.is_some())
}

/// Starts to compare the round with the records, after either has changed.
pub(in crate::ui::update) fn compare_again(state: &mut State) {
    let catalogue = state.loaded.catalogue.clone();
    let Some(round) = state.review.opened().and_then(OpenReview::round) else { return };
    let (round, query) = (round.id, Box::new(state.read(&round.begun.query)));
    state.effects.push(Effect::Review(ReviewEffect::Compare { round, catalogue, query }));
}
