//! State and event in, state and effects out. Every change of the screen begins here.

mod answer;
mod complete;
mod detail;
mod facets;
mod leaving;
mod list;
mod note;
mod order;
mod output;
mod popup;
mod prompt;
mod reload;
mod review;
mod review_answers;
mod rounds;
mod tags;
mod unbracketed;

pub(in crate::ui) use detail::current as current_document;
pub(in crate::ui) use note::own_notes;
pub(in crate::ui) use popup::menu_size;
pub use unbracketed::pasted_from;

use super::event::{CopyResult, Effect, Event, Outcome, Request};
use super::popup::{MenuKind, Popup};
use super::state::{AfterAnswer, Arrangement, Focus, State};
use crate::ui::keys::action::{Action, AppAction, MarkAction, PromptAction, RoundAction};
use crate::ui::keys::context::Context;
use crate::ui::keys::key::Key;
use crate::ui::keys::keymap::Keymap;

/// Within how many milliseconds a second Ctrl-C quits.
const QUIT_WITHIN: u64 = 2_000;

/// Takes one event, and returns what has to be done for it.
pub fn update(state: &mut State, event: Event, keymap: &Keymap) -> Vec<Effect> {
    let before = review::place(state);
    match event {
        Event::Now(now) => {
            state.now = now;
            if state.wake_at().is_some_and(|at| now >= at) {
                detail::catch_up(state);
            }
        }
        Event::Resize { width, height } => {
            state.size = (width, height);
            list::keep_in_view(state);
            detail::keep_in_range(state);
            popup::keep_in_range(state);
            facets::lay_out(state);
        }
        Event::Key(key) => press(state, key, keymap),
        Event::Paste(text) => prompt::paste(state, &text),
        Event::UnbracketedPaste(text) => prompt::paste_unbracketed(state, &text),
        Event::Edited(outcome) => note::edited(state, outcome),
        Event::Copied(result) => say_copied(state, result),
        Event::Written(result) => output::say_written(state, result),
        Event::Review(event) => {
            review_answers::take(state, event, keymap);
            press_waiting(state, keymap);
        }
        Event::WorkerFailed => state.quit(Outcome::Failed),
        Event::Reading(reading) => state.load.report(reading),
        Event::Loaded { loaded, is_whole, .. } => reload::take_records(state, loaded, is_whole),
        Event::Reloaded { loaded, difference, .. } => reload::take_again(state, loaded, difference),
        Event::NotReloaded(why) => reload::say_not_reloaded(state, why),
        Event::FilesChanged => reload::files_changed(state),
        Event::Completed { generation, completions } => complete::take(state, generation, completions),
        Event::FacetsCounted { generation, counts } => facets::take_counts(state, generation, counts),
        Event::Answered { generation, answer } => {
            answer::take(state, generation, answer);
            press_waiting(state, keymap);
        }
    }
    review::after_event(state, before.as_ref());
    std::mem::take(&mut state.effects)
}

/// Where keys act at the moment.
#[must_use]
pub fn context(state: &State) -> Context {
    match (&state.popup, state.focus) {
        (Some(Popup::Menu(menu)), _) if menu.kind == MenuKind::Order => Context::Order,
        (Some(Popup::Menu(_) | Popup::Ask(_)), _) => Context::Menu,
        (Some(Popup::Pager(_)), _) => Context::Pager,
        (Some(Popup::Facets(_)), _) => Context::Facets,
        (Some(Popup::Note(_)), _) => Context::Note,
        (None, Focus::Prompt) => Context::Prompt,
        (None, Focus::List) => Context::List,
        (None, Focus::Detail) => Context::Detail,
    }
}

/// Keys that waited for an answer are pressed now, unless one of them has asked for another.
fn press_waiting(state: &mut State, keymap: &Keymap) {
    while !state.is_searching()
        && !state.review.is_settling()
        && let Some(key) = state.waiting.pop_front()
    {
        press_now(state, key, keymap);
    }
}

fn press(state: &mut State, key: Key, keymap: &Keymap) {
    let action = keymap.action(context(state), key);
    if action == Some(Action::App(AppAction::Cancel)) {
        state.waiting.clear();
    } else if !state.waiting.is_empty() || action.is_some_and(|action| must_wait(state, action)) {
        // Typed faster than the search: this key, and all after it, act on what the query finds.
        state.waiting.push_back(key);
        return;
    }
    press_now(state, key, keymap);
}

/// Whether an action concerns rows or a round that are not known yet.
fn must_wait(state: &State, action: Action) -> bool {
    let (waits_for_rows, waits_for_round) = match action {
        Action::App(_) | Action::Edit(_) => (false, false),
        Action::Round(RoundAction::OpenMenu) => (true, false),
        Action::Round(_) | Action::Review(_) => (true, true),
        Action::Prompt(_)
        | Action::Move(_)
        | Action::Mark(_)
        | Action::Detail(_)
        | Action::Scroll(_)
        | Action::Filter(_)
        | Action::Order(_)
        | Action::Output(_)
        | Action::Note(_)
        | Action::Menu(_) => (true, false),
    };
    (waits_for_rows && state.is_searching() && state.popup.is_none())
        || (waits_for_round && state.review.is_settling())
}

fn press_now(state: &mut State, key: Key, keymap: &Keymap) {
    // What was said about the last key is gone with the next.
    state.message = None;
    if popup::takes(state, key) {
        return;
    }
    let context = context(state);
    let action = keymap.action(context, key);
    if action != Some(Action::Prompt(PromptAction::Leave)) {
        state.prompt.completing = None;
    }
    if !matches!(action, Some(Action::Move(_) | Action::Mark(MarkAction::Toggle))) {
        // While the selection moves the detail may go on waiting.
        detail::catch_up(state);
    }
    match action {
        Some(action) => act(state, action, keymap),
        None => unbound(state, key, context),
    }
}

/// Takes a key that is bound to nothing: it types a character, or a message says so.
fn unbound(state: &mut State, key: Key, context: Context) {
    // Terminals send Alt-x as Esc and x at once. It is never read as those two: x might be a verdict.
    if key.alt {
        let words = state.words();
        return state.say(words.unbound_chord(&key.to_string(), &Key { alt: false, ..key }.to_string()));
    }
    match (context, key.typed()) {
        (Context::Prompt, Some(typed)) => prompt::insert(state, typed),
        (Context::List | Context::Detail, Some(typed)) if typed.is_ascii_digit() => {
            prompt::begin_with(state, typed);
        }
        (Context::List | Context::Detail, _) => {
            let words = state.words();
            state.say(format!("{} {key}", words.unknown_key));
        }
        _ => {}
    }
}

/// Runs an action through its family.
pub(super) fn act(state: &mut State, action: Action, keymap: &Keymap) {
    if action != Action::App(AppAction::Cancel) {
        state.cancelled_at = None;
    }
    match action {
        Action::App(action) => act_app(state, action, keymap),
        Action::Edit(action) => prompt::act_edit(state, action),
        Action::Prompt(action) => prompt::act(state, action),
        Action::Move(action) => list::act_move(state, action),
        Action::Mark(action) => list::act_mark(state, action),
        Action::Detail(action) => detail::act(state, action),
        Action::Scroll(action) => detail::act_scroll(state, action),
        Action::Filter(action) => facets::act(state, action),
        Action::Order(action) => order::act(state, action),
        Action::Output(action) => output::act(state, action),
        Action::Round(action) => review::act_round(state, action),
        Action::Review(action) => review::act(state, action),
        Action::Note(action) => note::act(state, action),
        Action::Menu(action) => popup::act(state, action, keymap),
    }
}

fn act_app(state: &mut State, action: AppAction, keymap: &Keymap) {
    match action {
        AppAction::Help => popup::open_help(state, keymap),
        AppAction::Back => back(state),
        AppAction::Cancel => cancel(state),
        AppAction::Suspend => state.request(Request::Suspend),
        AppAction::Redraw => state.request(Request::Redraw),
        AppAction::Quit => quit(state),
        AppAction::Leave => leave(state),
        AppAction::Palette => popup::open_palette(state, keymap),
        AppAction::Diagnostics => popup::open_diagnostics(state),
        AppAction::Reload => reload::ask(state),
        AppAction::SwitchLanguage => state.lang = state.lang.other(),
        AppAction::CycleLayout => next_arrangement(state),
    }
}

/// Esc: one level back, never out of the program; under `--pick` an empty prompt ends it.
fn back(state: &mut State) {
    if close_popup(state) {
        return;
    }
    match state.focus {
        Focus::Prompt => prompt::escape(state),
        Focus::Detail if state.detail.field.is_some() => state.detail.field = None,
        Focus::Detail => detail::close(state),
        Focus::List if state.marks.only => list::show_only_marked(state, false),
        Focus::List => {
            if !facets::take_last_away(state) && !state.query().is_empty() {
                prompt::clear(state);
            }
        }
    }
}

/// `q`: one level back; in the list it quits.
fn leave(state: &mut State) {
    if close_popup(state) {
        return;
    }
    match state.focus {
        Focus::List => quit(state),
        Focus::Prompt => {}
        Focus::Detail => detail::close(state),
    }
}

/// The cursor stays on its record, if that is still among what is found, else in its row.
fn stay_on_record(state: &mut State) {
    if let Some(id) = state.selected_id() {
        state.after_answer = Some(AfterAnswer::Stay { id, at: state.list.at });
    }
}

/// Closes what lies over the panes, if anything does. A note that was begun is kept.
fn close_popup(state: &mut State) -> bool {
    match state.popup.take() {
        Some(Popup::Note(note)) => {
            note::put_aside(state, *note);
            true
        }
        other => other.is_some(),
    }
}

fn quit(state: &mut State) {
    leaving::quit(state, if state.setup.pick { Outcome::Interrupted } else { Outcome::Done });
}

/// Ctrl-C: cancels what there is to cancel; with nothing to cancel, twice quits.
fn cancel(state: &mut State) {
    let now = state.now;
    if state.setup.pick {
        return leaving::quit(state, Outcome::Interrupted);
    }
    let something = close_popup(state)
        || (state.focus == Focus::Prompt && {
            prompt::escape(state);
            true
        });
    if something {
        state.cancelled_at = None;
        return;
    }
    match state.cancelled_at {
        Some(before) if now.saturating_sub(before) <= QUIT_WITHIN => {
            leaving::quit(state, Outcome::Interrupted);
        }
        _ => {
            state.cancelled_at = Some(now);
            let words = state.words();
            state.say(words.press_again_to_quit);
        }
    }
}

fn next_arrangement(state: &mut State) {
    state.arrangement = match state.arrangement {
        Arrangement::Auto => Arrangement::Stacked,
        Arrangement::Stacked => Arrangement::ListOnly,
        Arrangement::ListOnly => Arrangement::Auto,
    };
    state.detail.wide = false;
    list::keep_in_view(state);
    detail::keep_in_range(state);
}

fn say_copied(state: &mut State, result: CopyResult) {
    let words = state.words();
    state.say(match result {
        CopyResult::SentToTerminal => words.sent_to_terminal.to_owned(),
        CopyResult::OnClipboard => words.copied.to_owned(),
        CopyResult::TooLong { limit } => format!("{} ({limit} byte)", words.copy_too_long),
    });
}
