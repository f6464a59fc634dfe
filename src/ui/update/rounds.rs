//! Rounds of a review on the screen: opening the store, beginning, choosing, closing and leaving rounds.

use std::sync::Arc;

use super::review::{after_change, ask, opened};
use crate::domain::reviewed::Reviewed;
use crate::review::content::Content;
use crate::review::event::{EventId, RoundBegun, SourceFile};
use crate::review::session::ReviewCommand;
use crate::ui::event::{Effect, ReviewEffect};
use crate::ui::popup::{MenuChoice, MenuItem, MenuKind, ReviewChoice};
use crate::ui::review::{OpenReview, Review};
use crate::ui::state::State;

/// Begins a round.
pub(super) fn begin(state: &mut State, name: String, purpose: String, ids: &[String], from: Option<EventId>) {
    let catalogue = state.loaded.catalogue.clone();
    // What stands in the prompt has not found a round over everything.
    let query = if ids.len() == catalogue.len() { "" } else { state.query().trim() }.to_owned();
    let sources = catalogue.source_names().map(|name| SourceFile { name: name.to_owned(), sha256: None });
    let ids = Content::of_ids(ids.iter().map(String::as_str));
    let begun = Box::new(RoundBegun {
        name,
        scope: ids.key.clone(),
        query,
        sample: None,
        eyes: state.setup.review.eyes,
        from,
        sources: sources.collect(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    });
    ask(state, ReviewCommand::Begin { begun, purpose, ids });
}

pub(super) fn choose_round(state: &mut State, round: EventId) {
    if let Some(review) = opened(state) {
        review.choose(round);
    }
    forget_reviewed(state);
    compare_again(state);
    after_change(state);
}

/// `O`: opens a review, else the menu of rounds.
pub(super) fn open(state: &mut State) {
    match &state.review {
        Review::Closed => {
            state.review = Review::Opening;
            state.setup.review.at_start = false;
            state.effects.push(Effect::Review(ReviewEffect::Open));
            let words = state.words();
            state.say(words.opening_review);
        }
        Review::Opening => {}
        Review::Open(_) => {
            // Whoever looks at the rounds has read what the bottom line says.
            if let Some(review) = opened(state) {
                review.aside = None;
            }
            open_rounds(state);
        }
    }
}

/// A review that is open from the start is read once all records are listed, which both need the machine for.
pub(super) fn open_at_start(state: &mut State) {
    if matches!(state.review, Review::Opening) && state.setup.review.at_start {
        state.effects.push(Effect::Review(ReviewEffect::Open));
    }
}

/// Nothing is known of what the review says of the records, until that has been worked out.
pub(super) fn forget_reviewed(state: &mut State) {
    let is_open = matches!(state.review, Review::Open(_));
    state.reviewed = Arc::new(if is_open { Reviewed::unknown() } else { Reviewed::default() });
}

/// Whether it is being worked out what the review says of the records.
pub(super) fn is_comparing(state: &State) -> bool {
    state.reviewed.is_unknown() && state.review.opened().is_some_and(|review| review.round.is_some())
}

/// The records are other ones: what the round says of them is worked out anew.
pub(super) fn compare_again(state: &mut State) {
    let catalogue = state.loaded.catalogue.clone();
    let Some(round) = state.review.opened().and_then(OpenReview::round) else { return };
    let (round, query) = (round.id, Box::new(state.read(&round.begun.query)));
    state.effects.push(Effect::Review(ReviewEffect::Compare { round, catalogue, query }));
}

pub(super) fn open_rounds(state: &mut State) {
    let words = state.words();
    let Review::Open(review) = &state.review else { return };
    let item = |title: String, choice| MenuItem {
        key: String::new(),
        title,
        choice: Some(MenuChoice::Review(choice)),
    };
    let mut items = Vec::new();
    for round in review.journal.rounds().rev() {
        let tally = review.journal.tally(round);
        let closed = if round.closing.is_some() { words.lang.choose(" · låst", " · closed") } else { "" };
        let title = format!("{}  {}{closed}", round.name(), words.count(tally.done, tally.records));
        items.push(item(title, ReviewChoice::Round(round.id)));
    }
    let shown = state.results.rows.iter_hits().filter_map(|row| state.catalogue().record(row));
    let shown: Vec<String> = shown.map(|record| record.id().to_owned()).collect();
    let all: Vec<String> = state.catalogue().records().map(|record| record.id().to_owned()).collect();
    let (new, count) = (words.new_round, |ids: &Vec<String>| words.records(ids.len()));
    if shown.len() < all.len() && !shown.is_empty() {
        let title = format!("{new} {}: {}", words.over_shown, count(&shown));
        items.push(item(title, ReviewChoice::Begin(shown.clone(), None)));
    }
    items.push(item(
        format!("{new} {}: {}", words.over_all, count(&all)),
        ReviewChoice::Begin(all.clone(), None),
    ));
    if let Some(round) = review.round() {
        let title = format!(
            "{new} {}: {}, {} {}",
            words.over_shown,
            count(&shown),
            words.going_on_from,
            round.name()
        );
        items.push(item(title, ReviewChoice::Begin(shown, Some(round.id))));
        items.push(match round.closing {
            None => item(format!("{}: {}", words.close_round, round.name()), ReviewChoice::AskToClose),
            Some(_) => item(format!("{}: {}", words.reopen_round, round.name()), ReviewChoice::Reopen),
        });
    }
    items.push(item(words.leave_review.to_owned(), ReviewChoice::Leave));
    super::popup::open_menu(state, MenuKind::Rounds, items);
}

/// A closed round takes no more: that is asked first, with what is left to do.
pub(super) fn ask_to_close(state: &mut State) {
    let words = state.words();
    let Some(review) = opened(state) else { return };
    let Some(round) = review.round() else { return };
    let left = review.tally.records - review.tally.done;
    let title = format!("{}: {}?", words.close_round, round.name());
    let left = if left > 0 { format!(": {left} {}", words.not_done) } else { String::new() };
    let item = |key: &str, title: String, choice| MenuItem {
        key: key.to_owned(),
        title,
        choice: Some(MenuChoice::Review(choice)),
    };
    let items = vec![
        item("1", format!("{}{left}", words.yes.to_lowercase()), ReviewChoice::Close),
        item("2", words.no.to_lowercase(), ReviewChoice::Stay),
    ];
    super::popup::open_titled(state, MenuKind::Confirm, title, items);
}
