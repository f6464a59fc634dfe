//! Review keys: verdicts, stars, tags, notes, undo, rounds. A key acts on the screen at once as a pending action, which
//! the answer of the store turns into a saved one.

use super::common::popups::{ask_line, open_menu, open_pager, open_question};
use super::common::reviewing::{
    after_change, ask, choose_round, opened, refuses_personal_number, say_done, selected, write,
    write_verdict,
};
use super::common::rows::show_rows_again;
use super::common::selection;
use super::rounds::{ask_to_close, begin, begin_first, open};
use super::{leaving, note, tags};
use crate::domain::reviewed::ReviewState;
use crate::i18n::{review_reason, review_state};
use crate::review::command::ReviewCommand;
use crate::review::event::{EventId, EventKind};
use crate::review::verdict::Verdict;
use crate::ui::event::{Effect, ReviewEffect};
use crate::ui::keys::action::{Action, ReviewAction, RoundAction};
use crate::ui::pages::Popup;
use crate::ui::pages::input_line::{InputLine, InputPurpose};
use crate::ui::pages::menu::{MenuChoice, MenuItem, MenuKind, Rejection, ReviewChoice};
use crate::ui::pages::text_page::PagerKind;
use crate::ui::review::{LeaveTo, Review};
use crate::ui::state::State;

/// Name of the configured reason that asks for a free text.
const OTHER_REASON: &str = "other";

/// A direction in the list.
#[derive(Clone, Copy)]
enum Step {
    Next,
    Previous,
}

/// Runs an action of the review family, once there is an open round to act on.
pub(super) fn act(state: &mut State, action: ReviewAction) {
    if !is_ready(state, Action::Review(action)) {
        return;
    }
    match action {
        ReviewAction::Reviewed => verdict(state, Verdict::Reviewed),
        ReviewAction::Approve => verdict(state, Verdict::Approved),
        ReviewAction::Reject => verdict(state, Verdict::Rejected),
        ReviewAction::PutOff => verdict(state, Verdict::Pending),
        ReviewAction::Star => star(state),
        ReviewAction::Tag => tags::open(state),
        ReviewAction::Note => note::open(state),
        ReviewAction::EditNote => note::open_in_editor(state),
        ReviewAction::Undo => undo(state, ReviewCommand::Undo),
        ReviewAction::Redo => undo(state, ReviewCommand::Redo),
    }
}

/// Runs an action of the round family. A closed round can be looked at as well.
pub(super) fn act_round(state: &mut State, action: RoundAction) {
    if action != RoundAction::OpenMenu && !is_ready(state, Action::Round(action)) {
        return;
    }
    match action {
        RoundAction::OpenMenu => open(state),
        RoundAction::NextUndecided => go_on(state, Step::Next),
        RoundAction::PreviousUndecided => go_on(state, Step::Previous),
        RoundAction::HideReviewed => hide(state),
        RoundAction::Page => open_pager(state, PagerKind::Review),
    }
}

/// Returns `true` if a review key may act; otherwise a message says why not. The first key that needs a round begins
/// one.
fn is_ready(state: &mut State, action: Action) -> bool {
    let words = state.words();
    let (is_open, is_closed) = match &state.review {
        Review::Closed => {
            state.say(words.no_review_open);
            return false;
        }
        Review::Opening => {
            state.say(words.opening_review);
            return false;
        }
        Review::Open(review) => {
            let round = review.round();
            (round.is_some(), round.is_some_and(|round| round.closing.is_some()))
        }
    };
    if is_closed && matches!(action, Action::Review(_)) {
        state.say(words.round_closed);
        return false;
    }
    if is_open {
        return true;
    }
    if state.catalogue().is_empty() || state.load.is_running() {
        state.say(words.loading);
    } else {
        let name = format!("{} {}", words.round_default_name, state.setup.today);
        begin_first(state, name);
        if let Some(review) = opened(state) {
            review.then = Some(action);
        }
    }
    false
}

/// Gives a verdict on the selected record or takes it back; asks first if records are marked.
fn verdict(state: &mut State, verdict: Verdict) {
    if !state.marks.ids.is_empty() {
        return confirm(state, verdict);
    }
    let Some(id) = selected(state) else { return };
    let person = state.setup.review.person.clone();
    let own = opened(state).and_then(|review| review.state(&id, &person).0.verdict_of(&person).cloned());
    if own.is_some_and(|own| own.verdict == verdict) {
        let none = EventKind::Verdict { verdict: None, reason: None, version: None };
        write(state, std::slice::from_ref(&id), &none, "");
        let words = state.words();
        return say_done(state, &[id], words.not_reviewed);
    }
    give(state, &[id], verdict);
}

/// Gives a verdict; a rejection asks why first.
fn give(state: &mut State, ids: &[String], verdict: Verdict) {
    if verdict == Verdict::Rejected {
        return ask_for_reason(state, ids);
    }
    decide(state, ids, verdict, None, "");
}

fn decide(state: &mut State, ids: &[String], verdict: Verdict, reason: Option<&str>, text: &str) {
    let count = write_verdict(state, ids, verdict, reason, text);
    let words = state.words();
    if count == 0 {
        return state.say(format!("{} {}", ids.join(", "), words.has_left));
    }
    say_done(state, ids, review_state(ReviewState::from(verdict), state.lang));
    if count < ids.len() {
        state.say(format!("{} · {}", words.count(count, ids.len()), words.undoes));
    }
    if state.setup.review.advance && (ids.len() == 1 || state.detail.wide) {
        let said = state.message.take();
        go_on(state, Step::Next);
        // The verdict comes first, then that nothing is left.
        let both = said.into_iter().chain(state.message.take()).collect::<Vec<_>>();
        state.say(both.join(" · "));
    }
    after_change(state);
}

/// Asks before giving a verdict on marked records. Records outside the round are left out, and the question says so.
fn confirm(state: &mut State, verdict: Verdict) {
    let words = state.words();
    let (chosen, this) = (state.chosen_ids(), state.selected_id());
    let Some(round) = opened(state).and_then(|review| review.round()) else { return };
    let this = this.filter(|id| round.scope.holds(id));
    let (ids, outside): (Vec<_>, Vec<_>) = chosen.into_iter().partition(|id| round.scope.holds(id));
    let catalogue = &state.loaded.catalogue;
    let (ids, gone): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| catalogue.row_of(id).is_some());
    let state_word = review_state(ReviewState::from(verdict), state.lang);
    let mut remarks = Vec::new();
    let hidden = state.marks.hidden;
    if hidden > 0 {
        remarks.push(format!("{hidden} {}", words.not_shown));
    }
    if !outside.is_empty() {
        remarks.push(format!("{} {}", outside.len(), words.not_in_round));
    }
    if !gone.is_empty() {
        remarks.push(format!("{} {}", gone.len(), words.has_left));
    }
    let marked = words.marked_count(ids.len() + outside.len() + gone.len());
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
    if ids.is_empty() {
        return state.say(format!("{marked}{remarks}"));
    }
    let choice = |title: String, choice| (title, MenuChoice::Review(choice));
    let yes = format!("{}: {}", words.yes.to_lowercase(), words.records(ids.len()));
    let choices = [
        Some(choice(yes, ReviewChoice::Verdict(verdict, ids))),
        Some(choice(words.no.to_lowercase(), ReviewChoice::Nothing)),
        this.map(|id| choice(format!("{}: {id}", words.only_this), ReviewChoice::Verdict(verdict, vec![id]))),
    ];
    let keyed = choices.into_iter().flatten().zip([words.yes_key, "n", "3"]);
    let items = keyed.map(|((title, choice), key)| MenuItem::new(key, title, choice)).collect();
    let title = format!("{state_word}: {marked}{remarks}?");
    open_question(state, MenuKind::Confirm, title, items);
}

fn ask_for_reason(state: &mut State, ids: &[String]) {
    let words = state.words();
    let reasons = state.setup.review.reasons.clone();
    let item = |key: String, title: &str, reason| {
        MenuItem::new(key, title, MenuChoice::Review(ReviewChoice::Reject(ids.to_vec(), reason)))
    };
    let none = (!state.setup.review.reason_required)
        .then(|| item("0".to_owned(), words.without_reason, Rejection::WithoutReason));
    let numbered = reasons.iter().enumerate().map(|(at, reason)| {
        let key = if at < 9 { (at + 1).to_string() } else { String::new() };
        let rejection =
            if reason == OTHER_REASON { Rejection::InWords } else { Rejection::Reason(reason.clone()) };
        item(key, review_reason(reason, state.lang), rejection)
    });
    let items = none.into_iter().chain(numbered).collect();
    open_menu(state, MenuKind::Reasons, items);
}

/// Performs the choice of a review menu.
pub(super) fn choose(state: &mut State, choice: ReviewChoice) {
    match choice {
        ReviewChoice::Nothing => {}
        ReviewChoice::Repair => state.effects.push(Effect::Review(ReviewEffect::Repair)),
        ReviewChoice::OpenAgain => state.effects.push(Effect::Review(ReviewEffect::Open)),
        ReviewChoice::Reject(ids, Rejection::InWords) => ask_line(state, "", InputPurpose::OtherReason(ids)),
        ReviewChoice::Reject(ids, Rejection::Reason(reason)) => {
            decide(state, &ids, Verdict::Rejected, Some(&reason), "");
        }
        ReviewChoice::Reject(ids, Rejection::WithoutReason) => {
            decide(state, &ids, Verdict::Rejected, None, "");
        }
        ReviewChoice::Verdict(verdict, ids) => give(state, &ids, verdict),
        ReviewChoice::Begin(ids, from) => {
            let name = format!("{} {}", state.words().round_default_name, state.setup.today);
            ask_line(state, &name, InputPurpose::RoundName(ids, from));
        }
        ReviewChoice::Tag(id, tag) => tags::choose(state, id, &tag),
        ReviewChoice::AskToClose => ask_to_close(state),
        ReviewChoice::Round(round) => choose_round(state, round),
        ReviewChoice::Close => {
            if let Some(round) = opened(state).and_then(|review| review.round) {
                ask(state, ReviewCommand::Close(round));
            }
        }
        ReviewChoice::Reopen => ask_line(state, "", InputPurpose::Reopen),
        ReviewChoice::Leave => {
            if !leaving::waits(state, LeaveTo::Back) {
                leaving::go(state, LeaveTo::Back);
            }
        }
        ReviewChoice::Keep => ask_line(state, "", InputPurpose::Unsaved),
        ReviewChoice::Go(going) => leaving::go(state, going),
    }
}

/// Uses a typed line.
pub(super) fn answer(state: &mut State, input: InputLine) {
    let text = input.line.value().split_whitespace().collect::<Vec<_>>().join(" ");
    if refuses_personal_number(state, &text) {
        state.popup = Some(Popup::Input(input));
        return;
    }
    match input.purpose {
        InputPurpose::File => {}
        InputPurpose::Unsaved => leaving::keep(state, &text),
        InputPurpose::OtherReason(ids) => {
            decide(state, &ids, Verdict::Rejected, Some(OTHER_REASON), &text);
        }
        InputPurpose::RoundName(..) | InputPurpose::Reopen if text.is_empty() => {}
        InputPurpose::RoundName(ids, from) => ask_line(state, "", InputPurpose::Purpose(text, ids, from)),
        InputPurpose::Purpose(name, ids, from) => begin(state, name, text, &ids, from),
        InputPurpose::Reopen => {
            if let Some(round) = opened(state).and_then(|review| review.round) {
                ask(state, ReviewCommand::Reopen { round, reason: text });
            }
        }
    }
}

fn star(state: &mut State) {
    let Some(id) = selected(state) else { return };
    let person = state.setup.review.person.clone();
    let on = opened(state).is_some_and(|review| !review.state(&id, &person).0.starred);
    write(state, std::slice::from_ref(&id), &EventKind::Star { on }, "");
    let words = state.words();
    say_done(state, &[id], if on { words.starred } else { words.not_starred });
    after_change(state);
}

fn undo(state: &mut State, command: impl Fn(EventId) -> ReviewCommand) {
    if let Some(round) = opened(state).and_then(|review| review.round) {
        ask(state, command(round));
    }
}

fn hide(state: &mut State) {
    if let Some(review) = opened(state) {
        review.hides_done = !review.hides_done;
    }
    show_rows_again(state);
}

/// Selects the next or previous record that awaits one's verdict, in the order of the list; a message says if none does.
fn go_on(state: &mut State, step: Step) {
    if !select_awaiting(state, step) {
        let words = state.words();
        state.say(words.all_decided);
    }
}

fn select_awaiting(state: &mut State, step: Step) -> bool {
    let person = state.setup.review.person.clone();
    let Review::Open(review) = &state.review else { return false };
    let count = state.results.rows.len();
    let awaits = |at: usize| {
        let record = state.results.rows.get(at).and_then(|hit| state.catalogue().record(hit.row));
        record.is_some_and(|record| review.awaits(record.id(), &person))
    };
    let here = state.list.at;
    // On to the end of the list, then from its other end.
    let mut others = (1..count).map(|rows| match step {
        Step::Next => (here + rows) % count,
        Step::Previous => (here + count - rows) % count,
    });
    match others.find(|at| awaits(*at)) {
        Some(at) => {
            selection::select(state, at);
            true
        }
        None => false,
    }
}

/// The round and the record that the user is on.
pub(super) fn place(state: &State) -> Option<(EventId, Option<String>)> {
    match &state.review {
        Review::Open(review) => Some((review.round?, state.selected_id())),
        Review::Closed | Review::Opening => None,
    }
}

/// Tells other sessions where the user is, if that has changed.
pub(super) fn after_event(state: &mut State, before: Option<&(EventId, Option<String>)>) {
    let now = place(state);
    if let Some((round, record)) = now.clone().filter(|_| now.as_ref() != before) {
        state.effects.push(Effect::Review(ReviewEffect::At(round, record)));
    }
}
