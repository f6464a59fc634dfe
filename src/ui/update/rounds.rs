//! Review rounds: opening the store, and the menus for beginning, choosing and closing rounds.

use super::common::popups::{open_menu, open_question};
use super::common::reviewing::{ask, opened};
use crate::review::command::{NewRound, ReviewCommand};
use crate::review::content::Content;
use crate::review::event::{EventId, RoundBegun, SourceFile};
use crate::ui::event::{Effect, ReviewEffect, StoreCondition};
use crate::ui::pages::menu::{MenuChoice, MenuItem, MenuKind, ReviewChoice};
use crate::ui::review::Review;
use crate::ui::state::State;

/// Begins a round over records, continuing another one.
pub(super) fn begin(state: &mut State, name: String, purpose: String, ids: &[String], from: Option<EventId>) {
    let new = new_round(state, name, purpose, ids, from);
    ask(state, ReviewCommand::Begin(Box::new(new)));
}

/// Begins the first round over all records, or joins one that another person has begun meanwhile.
pub(super) fn begin_first(state: &mut State, name: String) {
    let ids: Vec<String> = state.catalogue().records().map(|record| record.id().to_owned()).collect();
    let new = new_round(state, name, String::new(), &ids, None);
    ask(state, ReviewCommand::JoinOrBegin(Box::new(new)));
}

fn new_round(
    state: &State,
    name: String,
    purpose: String,
    ids: &[String],
    from: Option<EventId>,
) -> NewRound {
    let catalogue = state.loaded.catalogue.clone();
    // A round over all records does not come from the query in the prompt.
    let query = if ids.len() == catalogue.len() { "" } else { state.query().trim() }.to_owned();
    let sources = catalogue.source_names().map(|name| SourceFile { name: name.to_owned(), sha256: None });
    let ids = Content::from_ids(ids.iter().map(String::as_str));
    let begun = RoundBegun {
        name,
        scope: ids.key.clone(),
        query,
        sample: None,
        eyes: state.setup.review.eyes,
        from,
        sources: sources.collect(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    NewRound { begun, purpose, ids }
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
            // The bottom line has been read by now.
            if let Some(review) = opened(state)
                && matches!(review.condition, StoreCondition::Migrated | StoreCondition::Repaired(_))
            {
                review.condition = StoreCondition::Sound;
            }
            open_rounds(state);
        }
    }
}

/// Opens the store of a review that is open from the start, once all records are listed: both need the whole machine.
pub(super) fn open_at_start(state: &mut State) {
    if matches!(state.review, Review::Opening) && state.setup.review.at_start {
        state.effects.push(Effect::Review(ReviewEffect::Open));
    }
}

/// Opens the menu of rounds.
pub(super) fn open_rounds(state: &mut State) {
    let words = state.words();
    let Review::Open(review) = &state.review else { return };
    let item = |title: String, choice| MenuItem::new("", title, MenuChoice::Review(choice));
    let mut items = Vec::new();
    match review.condition {
        StoreCondition::Damaged(..) => items.push(item(words.repair_store.to_owned(), ReviewChoice::Repair)),
        StoreCondition::Replaced(_) => {
            items.push(item(words.open_store_again.to_owned(), ReviewChoice::OpenAgain));
        }
        _ => {}
    }
    for round in review.journal.rounds().rev() {
        let tally = review.journal.tally(round);
        let mut title = format!("{}  {}", round.name(), words.count(tally.done, tally.records));
        if round.closing.is_some() {
            title = format!("{title} · {}", words.closed_mark);
        }
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
    open_menu(state, MenuKind::Rounds, items);
}

/// Asks whether to close the round, with the number of undecided records.
pub(super) fn ask_to_close(state: &mut State) {
    let words = state.words();
    let Some(review) = opened(state) else { return };
    let Some(round) = review.round() else { return };
    let left = review.tally.records - review.tally.done;
    let title = format!("{}: {}?", words.close_round, round.name());
    let left = if left > 0 { format!(": {left} {}", words.not_done) } else { String::new() };
    let item = |key: &str, title: String, choice| MenuItem::new(key, title, MenuChoice::Review(choice));
    let items = vec![
        item(words.yes_key, format!("{}{left}", words.yes.to_lowercase()), ReviewChoice::Close),
        item("n", words.no.to_lowercase(), ReviewChoice::Nothing),
    ];
    open_question(state, MenuKind::Confirm, title, items);
}
