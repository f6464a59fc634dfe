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
use crate::ui::keys::action::{Action, Context};
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
    if matches!(action, Some(Action::Cancel)) {
        state.waiting.clear();
    } else if !state.waiting.is_empty()
        || (state.is_searching() && state.popup.is_none() && action.is_some_and(needs_answer))
        || (state.review.is_settling() && action.is_some_and(review::is_of_review))
    {
        // Typed faster than the search: this key, and all after it, act on what the query finds.
        state.waiting.push_back(key);
        return;
    }
    press_now(state, key, keymap);
}

/// Whether an action is about the rows that the query finds. Typing, and what concerns only the screen, is not.
fn needs_answer(action: Action) -> bool {
    !prompt::is_edit(action)
        && !matches!(
            action,
            Action::Help
                | Action::Palette
                | Action::Diagnostics
                | Action::Reload
                | Action::Back
                | Action::Cancel
                | Action::Suspend
                | Action::Redraw
                | Action::Quit
                | Action::Leave
                | Action::ToggleLanguage
                | Action::Layout
                | Action::Search
                | Action::HistoryPrevious
                | Action::HistoryNext
        )
}

fn press_now(state: &mut State, key: Key, keymap: &Keymap) {
    // What was said about the last key is gone with the next.
    state.message = None;
    if popup::takes(state, key) {
        return;
    }
    let context = context(state);
    let action = keymap.action(context, key);
    if action != Some(Action::LeavePrompt) {
        state.prompt.completing = None;
    }
    if !action.is_some_and(list::is_move) {
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

/// Does what an action says. Every action is in exactly one of these families.
pub(super) fn act(state: &mut State, action: Action, keymap: &Keymap) {
    if !matches!(action, Action::Cancel) {
        state.cancelled_at = None;
    }
    match action {
        Action::Help => popup::open_help(state, keymap),
        Action::Palette => popup::open_palette(state, keymap),
        Action::Diagnostics => popup::open_diagnostics(state),
        Action::Reload => reload::ask(state),
        Action::Source => popup::open_source(state),
        Action::CopyWhat => popup::open_copy_what(state),
        Action::Back => back(state),
        Action::Cancel => cancel(state),
        Action::Quit => quit(state),
        Action::Leave | Action::Close => leave(state, action),
        Action::Suspend => state.request(Request::Suspend),
        Action::Redraw => state.request(Request::Redraw),
        Action::ToggleLanguage => state.lang = state.lang.other(),
        Action::Layout => next_arrangement(state),
        Action::SwitchPane => switch_pane(state),
        Action::Search => prompt::open(state),
        Action::Restore => prompt::restore(state),
        Action::NextHit => detail::next_hit(state, detail::HitDirection::Forwards),
        Action::PreviousHit => detail::next_hit(state, detail::HitDirection::Backwards),
        Action::Copy => output::copy(state),
        Action::OpenLink => output::open_link(state),
        Action::Write => output::ask_where_to_write(state),
        _ => {
            let taken = prompt::act(state, action)
                || list::act(state, action)
                || detail::act(state, action)
                || facets::act(state, action)
                || review::act(state, action)
                || order::act(state, action)
                || popup::act(state, action, keymap);
            debug_assert!(taken, "{action:?} is in no family");
        }
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

/// `q` and `h`: back; `q` in the list quits.
fn leave(state: &mut State, action: Action) {
    if close_popup(state) {
        return;
    }
    match state.focus {
        Focus::List if action == Action::Leave => quit(state),
        Focus::List | Focus::Prompt => {}
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

fn switch_pane(state: &mut State) {
    match state.focus {
        Focus::List | Focus::Prompt => state.focus = Focus::Detail,
        Focus::Detail => detail::close(state),
    }
}

fn say_copied(state: &mut State, result: CopyResult) {
    let words = state.words();
    state.say(match result {
        CopyResult::SentToTerminal => words.sent_to_terminal.to_owned(),
        CopyResult::OnClipboard => words.copied.to_owned(),
        CopyResult::TooLong { limit } => format!("{} ({limit} byte)", words.copy_too_long),
    });
}
