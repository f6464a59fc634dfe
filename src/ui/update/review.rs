//! The keys of a review: verdicts, stars, tags, notes, undo, rounds. A key acts on the screen at once, as something that
//! is not saved yet; what the store answers makes it saved.

use super::rounds::{ask_to_close, begin, choose_round, open};
use super::{answer, detail, leaving, list, note, tags};
use crate::domain::privacy::mask_personal_numbers;
use crate::i18n::{review_reason, review_state};
use crate::review::content::Content;
use crate::review::event::{EventId, EventKind};
use crate::review::facts::of_verdict;
use crate::review::new_event::NewEvent;
use crate::review::session::ReviewCommand;
use crate::review::verdict::Verdict;
use crate::review::version::Version;
use crate::ui::event::{Effect, ReviewEffect};
use crate::ui::keys::action::{Action, ReviewAction, RoundAction};
use crate::ui::popup::{Ask, InputPurpose, MenuChoice, MenuItem, MenuKind, PagerKind, Popup, ReviewChoice};
use crate::ui::review::{LeaveTo, OpenReview, Pending, Review};
use crate::ui::state::State;

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
        RoundAction::NextUndecided => go_on(state, 1),
        RoundAction::PreviousUndecided => go_on(state, -1),
        RoundAction::HideReviewed => hide(state),
        RoundAction::Page => super::popup::open_pager(state, PagerKind::Review),
    }
}

/// The open review.
pub(super) fn opened(state: &mut State) -> Option<&mut OpenReview> {
    match &mut state.review {
        Review::Open(review) => Some(review),
        Review::Closed | Review::Opening => None,
    }
}

/// Whether a key of the review may act; says why not. The first round is begun by the first key that needs one.
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
        let ids: Vec<String> = state.catalogue().records().map(|record| record.id().to_owned()).collect();
        let name = format!("{} {}", first_upper(words.review), state.setup.today);
        begin(state, name, String::new(), &ids, None);
        if let Some(review) = opened(state) {
            review.then = Some(action);
        }
    }
    false
}

fn first_upper(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Asks for something to be saved.
pub(super) fn ask(state: &mut State, command: ReviewCommand) {
    state.review_token += 1;
    let token = state.review_token;
    if let Some(review) = opened(state) {
        let drafts = match &command {
            ReviewCommand::Write { drafts, .. } => drafts.clone(),
            _ => Vec::new(),
        };
        review.pending.push(Pending { token, drafts });
    }
    state.effects.push(Effect::Review(ReviewEffect::Act(token, command)));
}

/// Says something of some records, all at once.
pub(super) fn write(state: &mut State, ids: &[String], what: impl Fn(&Content) -> EventKind, text: &str) {
    let Some(round) = opened(state).and_then(|review| review.round) else { return };
    let catalogue = state.loaded.catalogue.clone();
    let mut contents = Vec::new();
    let records = ids.iter().filter_map(|id| catalogue.record(catalogue.row_of(id)?));
    let drafts = records.map(|record| {
        let version = Version::of(record).content();
        let what = what(&version);
        if matches!(what, EventKind::Verdict { verdict: Some(_), .. }) {
            contents.push(version);
        }
        NewEvent { record: Some(record.id().to_owned()), what, text: text.to_owned() }
    });
    let drafts = drafts.collect();
    ask(state, ReviewCommand::Write { round, drafts, contents });
}

/// The selected record, if it belongs to the round; says so if not.
pub(super) fn selected(state: &mut State) -> Option<String> {
    let id = state.selected_id()?;
    let belongs = opened(state)?.round().is_some_and(|round| round.scope.holds(&id));
    if !belongs {
        let words = state.words();
        state.say(format!("{id} {}", words.not_in_round));
    }
    belongs.then_some(id)
}

/// Gives a verdict on the selected record, or takes it back; on marked ones after asking.
fn verdict(state: &mut State, verdict: Verdict) {
    if !state.marks.ids.is_empty() {
        return confirm(state, verdict);
    }
    let Some(id) = selected(state) else { return };
    let person = state.setup.review.person.clone();
    let own = opened(state).and_then(|review| review.state(&id, &person).0.verdict_of(&person).cloned());
    if own.is_some_and(|own| own.verdict == verdict) {
        write(state, &[id], |_| EventKind::Verdict { verdict: None, reason: None, version: None }, "");
        return;
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
    let what = |version: &Content| EventKind::Verdict {
        verdict: Some(verdict),
        reason: reason.map(str::to_owned),
        version: Some(version.key.clone()),
    };
    write(state, ids, what, text);
    if state.setup.review.advance && (ids.len() == 1 || state.detail.wide) {
        go_on(state, 1);
    }
    after_change(state);
}

/// Marked records are never judged without asking. Those outside the round are left out, and that is said.
fn confirm(state: &mut State, verdict: Verdict) {
    let words = state.words();
    let (chosen, this) = (state.chosen_ids(), state.selected_id());
    let Some(round) = opened(state).and_then(|review| review.round()) else { return };
    let this = this.filter(|id| round.scope.holds(id));
    let (ids, outside): (Vec<_>, Vec<_>) = chosen.into_iter().partition(|id| round.scope.holds(id));
    let state_word = review_state(of_verdict(verdict), state.lang);
    let mut remarks = Vec::new();
    let hidden = state.marked_but_hidden();
    if hidden > 0 {
        remarks.push(format!("{hidden} {}", words.not_shown));
    }
    if !outside.is_empty() {
        remarks.push(format!("{} {}", outside.len(), words.not_in_round));
    }
    let marked = words.marked_count(ids.len() + outside.len());
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
    if ids.is_empty() {
        return state.say(format!("{marked}{remarks}"));
    }
    let choice = |title: String, choice| (title, MenuChoice::Review(choice));
    let yes = format!("{}: {}", words.yes.to_lowercase(), words.records(ids.len()));
    let choices = [
        Some(choice(yes, ReviewChoice::Verdict(Some(verdict), ids))),
        Some(choice(words.no.to_lowercase(), ReviewChoice::Verdict(None, Vec::new()))),
        this.map(|id| {
            choice(format!("{}: {id}", words.only_this), ReviewChoice::Verdict(Some(verdict), vec![id]))
        }),
    ];
    let items = choices.into_iter().flatten().zip(1..).map(|((title, choice), number)| MenuItem {
        key: number.to_string(),
        title,
        choice: Some(choice),
    });
    let items = items.collect();
    let title = format!("{state_word}: {marked}{remarks}?");
    super::popup::open_titled(state, MenuKind::Confirm, title, items);
}

fn ask_for_reason(state: &mut State, ids: &[String]) {
    let words = state.words();
    let reasons = state.setup.review.reasons.clone();
    let item = |key: String, title: &str, reason: Option<String>| MenuItem {
        key,
        title: title.to_owned(),
        choice: Some(MenuChoice::Review(ReviewChoice::Reject(ids.to_vec(), reason))),
    };
    let none =
        (!state.setup.review.reason_required).then(|| item("0".to_owned(), words.without_reason, None));
    let numbered = reasons.iter().enumerate().map(|(at, reason)| {
        let key = if at < 9 { (at + 1).to_string() } else { String::new() };
        item(key, review_reason(reason, state.lang), Some(reason.clone()))
    });
    let items = none.into_iter().chain(numbered).collect();
    super::popup::open_menu(state, MenuKind::Reasons, items);
}

/// Something about the review was chosen in a menu.
pub(super) fn choose(state: &mut State, choice: ReviewChoice) {
    match choice {
        ReviewChoice::Reject(ids, Some(reason)) if reason == "other" => {
            ask_line(state, "", InputPurpose::OtherReason(ids));
        }
        ReviewChoice::Reject(ids, reason) => decide(state, &ids, Verdict::Rejected, reason.as_deref(), ""),
        ReviewChoice::Verdict(None, _) | ReviewChoice::Stay => {}
        ReviewChoice::Verdict(Some(verdict), ids) => give(state, &ids, verdict),
        ReviewChoice::Begin(ids, from) => {
            let name = format!("{} {}", first_upper(state.words().review), state.setup.today);
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

pub(super) fn ask_line(state: &mut State, text: &str, what: InputPurpose) {
    state.popup = Some(Popup::Ask(Ask { line: tui_input::Input::new(text.to_owned()), what }));
}

/// Whether a text holds a personal identity number, which short texts never do; says so.
pub(super) fn refuses_personal_number(state: &mut State, text: &str) -> bool {
    let holds = mask_personal_numbers(text).is_some();
    if holds {
        let words = state.words();
        state.say(words.personal_number_in_note.split(';').next().unwrap_or_default().to_owned());
    }
    holds
}

/// A line was typed.
pub(super) fn answer(state: &mut State, ask_for: Ask) {
    let text = ask_for.line.value().split_whitespace().collect::<Vec<_>>().join(" ");
    if refuses_personal_number(state, &text) {
        state.popup = Some(Popup::Ask(ask_for));
        return;
    }
    match ask_for.what {
        InputPurpose::File => {}
        InputPurpose::Unsaved => leaving::keep(state, &text),
        InputPurpose::OtherReason(ids) => {
            decide(state, &ids, Verdict::Rejected, Some("other"), &text);
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
    write(state, &[id], |_| EventKind::Star { on }, "");
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
    let id = state.selected_id();
    answer::show_rows(state);
    let at = id.and_then(|id| list::row_of(state, &id)).unwrap_or(state.list.at);
    list::select(state, at);
}

/// Goes to the next or the previous record that waits for one's verdict, in the order of the list.
fn go_on(state: &mut State, by: isize) {
    if !go(state, by) {
        let words = state.words();
        state.say(words.all_decided);
    }
}

fn go(state: &mut State, by: isize) -> bool {
    let person = state.setup.review.person.clone();
    let Review::Open(review) = &state.review else { return false };
    let count = state.results.rows.len();
    let awaits = |at: usize| {
        let record = state.results.rows.get(at).and_then(|hit| state.catalogue().record(hit.row));
        record.is_some_and(|record| review.awaits(record.id(), &person))
    };
    let here = state.list.at;
    // On in the list, then from its other end.
    let later =
        (1..count).map(|step| if by > 0 { (here + step) % count } else { (here + count - step) % count });
    let mut later = later;
    match later.find(|at| awaits(*at)) {
        Some(at) => {
            list::select(state, at);
            true
        }
        None => false,
    }
}

/// What has been said may change which rows are shown.
pub(super) fn after_change(state: &mut State) {
    if matches!(&state.review, Review::Open(review) if review.hides_done) {
        let id = state.selected_id();
        answer::show_rows(state);
        let at = id.and_then(|id| list::row_of(state, &id)).unwrap_or(state.list.at);
        list::select(state, at);
    }
    detail::keep_in_range(state);
}

/// On which record of which round the person is.
pub(super) fn place(state: &State) -> Option<(EventId, Option<String>)> {
    match &state.review {
        Review::Open(review) => Some((review.round?, state.selected_id())),
        Review::Closed | Review::Opening => None,
    }
}

/// Tells others where the person is, if that has changed.
pub(super) fn after_event(state: &mut State, before: Option<&(EventId, Option<String>)>) {
    let now = place(state);
    if let Some((round, record)) = now.clone().filter(|_| now.as_ref() != before) {
        state.effects.push(Effect::Review(ReviewEffect::At(round, record)));
    }
}
