//! State and event in, state and effects out. Every change of the screen begins here.
//!
//! [`update`] takes one event. A key becomes an [`Action`] by the keymap, and the action goes to its family, one module
//! each. What families share is in `common`, which knows none of them.

mod answer;
mod commands;
mod common;
mod complete;
mod detail;
mod drafts;
mod facets;
mod help;
mod leaving;
mod list;
mod marks;
mod menus;
mod note;
mod order;
mod output;
mod prompt;
mod reload;
mod review;
mod review_answers;
mod rounds;
mod tags;
mod unbracketed;

pub use unbracketed::pasted_from;

use self::common::{detail_view, panes, popups, search};
use super::event::{CopyResult, Effect, Event, Outcome, Request};
use super::pages::Popup;
use super::pages::input_line::InputPurpose;
use super::pages::menu::MenuChoice;
use super::pages::text_page::PagerKind;
use super::state::{Focus, State};
use crate::domain::values::date::Date;
use crate::ui::keys::action::{
    Action, AppAction, MarkAction, MenuAction, PromptAction, ReviewAction, RoundAction,
};
use crate::ui::keys::context::Context;
use crate::ui::keys::key::Key;
use crate::ui::keys::keymap::Keymap;
use menus::KeyUse;

/// Time in milliseconds within which a second Ctrl-C quits.
const QUIT_WITHIN: u64 = 2_000;

/// Handles one event, and returns the effects that it asks for.
pub fn update(state: &mut State, event: Event, keymap: &Keymap) -> Vec<Effect> {
    let before = review::place(state);
    match event {
        Event::Now(now) => {
            state.now = now;
            if state.motion.rests_at().is_some_and(|at| now >= at) {
                detail_view::catch_up(state);
            }
        }
        Event::Today(date) => turn_day(state, date),
        Event::Resize { width, height } => resize(state, (width, height)),
        Event::Key(key) => press(state, key, keymap),
        Event::Paste(text) => {
            if !menus::paste(state, &text) {
                prompt::paste(state, &text);
            }
        }
        Event::UnbracketedPaste(text) => prompt::paste_unbracketed(state, &text),
        Event::Edited(outcome) => note::edited(state, outcome),
        Event::Copied(result) => say_copied(state, result),
        Event::Written(result) => output::say_written(state, result),
        Event::Review(event) => {
            if let Some(action) = review_answers::take(state, event) {
                act(state, action, keymap);
            }
            press_waiting(state, keymap);
        }
        Event::DraftsRead(notes) => drafts::take(state, notes),
        Event::WorkerFailed => state.quit(Outcome::Failed),
        Event::Reading(progress) => state.load.report(progress),
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
    drafts::after_event(state);
    std::mem::take(&mut state.effects)
}

/// Takes the date of a new day, on which queries and all periods shown depend.
fn turn_day(state: &mut State, date: Date) {
    state.setup.today = date;
    if state.ready {
        search::stay_on_record(state);
        state.search();
    }
}

fn resize(state: &mut State, size: (u16, u16)) {
    state.size = size;
    panes::keep_in_range(state);
    popups::lay_out_pager(state);
    menus::move_by(state, 0);
    facets::lay_out(state);
}

/// Presses the keys that waited for an answer, unless one of them asks for another.
fn press_waiting(state: &mut State, keymap: &Keymap) {
    while !state.is_searching()
        && !state.review.is_settling()
        && let Some(key) = state.waiting.pop_front()
    {
        press_now(state, key, keymap);
    }
}

fn press(state: &mut State, key: Key, keymap: &Keymap) {
    let action = keymap.action(state.context(), key);
    if action == Some(Action::App(AppAction::Cancel)) {
        state.waiting.clear();
    } else if !state.waiting.is_empty()
        || may_be_text(state, action)
        || action.is_some_and(|action| must_wait(state, action))
    {
        // Typed faster than the search or the store answers: this key and all later ones act on its result.
        state.waiting.push_back(key);
        return;
    }
    press_now(state, key, keymap);
}

/// Returns `true` if the key may be meant for the note box that opens when the round has begun.
fn may_be_text(state: &State, action: Option<Action>) -> bool {
    let is_control = matches!(
        action,
        Some(Action::App(AppAction::Quit | AppAction::Suspend | AppAction::Redraw | AppAction::Cancel))
    );
    state.review.is_beginning_round() && !is_control
}

/// Returns `true` if an action needs rows or a round that are not known yet.
fn must_wait(state: &State, action: Action) -> bool {
    let (waits_for_rows, waits_for_round) = match action {
        Action::App(_) | Action::Edit(_) => (false, false),
        Action::Round(RoundAction::OpenMenu)
        | Action::Prompt(_)
        | Action::Move(_)
        | Action::Mark(_)
        | Action::Detail(_)
        | Action::Scroll(_)
        | Action::Filter(_)
        | Action::Order(_)
        | Action::Output(_)
        | Action::Note(_)
        | Action::Menu(_) => (true, false),
        Action::Round(_) | Action::Review(_) => (true, true),
    };
    (waits_for_rows && state.is_searching() && state.popup.is_none())
        || (waits_for_round && state.review.is_settling())
}

fn press_now(state: &mut State, key: Key, keymap: &Keymap) {
    // A message lasts until the next key.
    state.message = None;
    match menus::offer(state, key) {
        KeyUse::Free => {}
        KeyUse::Taken => return,
        KeyUse::Chose(choice) => return choose(state, choice, keymap),
    }
    let context = state.context();
    let action = keymap.action(context, key);
    if action != Some(Action::Prompt(PromptAction::Leave)) {
        state.prompt.completing = None;
    }
    if !matches!(action, Some(Action::Move(_) | Action::Mark(MarkAction::Toggle))) {
        // While the selection moves the detail may go on waiting.
        detail_view::catch_up(state);
    }
    if let Some(gone) = state.left.take()
        && matches!(action, Some(Action::Review(action)) if concerns_selection(action))
    {
        let now = state.selected_id();
        let said = state.words().left_under_cursor(&gone, now.as_deref());
        return state.say(said);
    }
    match action {
        Some(action) => act(state, action, keymap),
        None => unbound(state, key, context),
    }
}

/// Returns `true` if a review action applies to the selected record.
const fn concerns_selection(action: ReviewAction) -> bool {
    !matches!(action, ReviewAction::Undo | ReviewAction::Redo)
}

/// Handles a key without a binding: it types a character, or a message says that it has no function.
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
fn act(state: &mut State, action: Action, keymap: &Keymap) {
    if action != Action::App(AppAction::Cancel) {
        state.cancelled_at = None;
    }
    match action {
        Action::App(action) => act_app(state, action, keymap),
        Action::Edit(action) => prompt::act_edit(state, action),
        Action::Prompt(action) => prompt::act(state, action),
        Action::Move(action) => list::act(state, action),
        Action::Mark(action) => marks::act(state, action),
        Action::Detail(action) => detail::act(state, action),
        Action::Scroll(action) => detail::scroll(state, action),
        Action::Filter(action) => facets::act(state, action),
        Action::Order(action) => order::act(state, action),
        Action::Output(action) => output::act(state, action),
        Action::Round(action) => review::act_round(state, action),
        Action::Review(action) => review::act(state, action),
        Action::Note(action) => note::act(state, action),
        Action::Menu(action) => act_menu(state, action, keymap),
    }
}

fn act_app(state: &mut State, action: AppAction, keymap: &Keymap) {
    match action {
        AppAction::Help => help::open_help(state, keymap),
        AppAction::Guide => help::open_guide(state, None),
        AppAction::Back => back(state),
        AppAction::Cancel => cancel(state),
        AppAction::Suspend => state.request(Request::Suspend),
        AppAction::Redraw => state.request(Request::Redraw),
        AppAction::Quit => quit(state),
        AppAction::Leave => leave(state),
        AppAction::Palette => help::open_palette(state, keymap),
        AppAction::Diagnostics => popups::open_pager(state, PagerKind::Diagnostics),
        AppAction::Reload => reload::ask(state),
        AppAction::SwitchLanguage => state.lang = state.lang.other(),
        AppAction::CycleTheme => cycle_theme(state),
        AppAction::CycleLayout => cycle_layout(state),
    }
}

fn act_menu(state: &mut State, action: MenuAction, keymap: &Keymap) {
    let page = menus::page(state);
    match action {
        MenuAction::Complete => menus::complete(state),
        MenuAction::Down => menus::move_by(state, 1),
        MenuAction::Up => menus::move_by(state, -1),
        MenuAction::PageDown => menus::move_by(state, page),
        MenuAction::PageUp => menus::move_by(state, -page),
        MenuAction::Choose => confirm(state, keymap),
    }
}

/// Enter in a popup: runs the chosen item, or uses the typed line.
fn confirm(state: &mut State, keymap: &Keymap) {
    let choice = match &state.popup {
        Some(Popup::Menu(menu)) => menu.chosen(),
        Some(Popup::Palette(palette)) => palette.chosen(),
        _ => None,
    };
    if let Some(choice) = choice {
        state.popup = None;
        return choose(state, choice, keymap);
    }
    match state.popup.take() {
        Some(Popup::Input(input)) if input.purpose == InputPurpose::File => {
            output::write(state, input.line.value());
        }
        Some(Popup::Input(input)) => review::answer(state, input),
        other => state.popup = other,
    }
}

/// Performs the choice of a menu or of the palette.
fn choose(state: &mut State, choice: MenuChoice, keymap: &Keymap) {
    match choice {
        MenuChoice::Act(action) => act(state, action, keymap),
        MenuChoice::ActOn(action, argument) => commands::act_on(state, action, &argument),
        MenuChoice::GoToRow(number) => list::go_to_row(state, number),
        MenuChoice::Copy(text) => output::copy_text(state, &text),
        MenuChoice::WriteAs(path, format) => output::write_as(state, &path, format),
        MenuChoice::Query(query) => search::try_query(state, query),
        MenuChoice::Guide(topic) => help::open_guide(state, topic),
        MenuChoice::SortBy(key) => order::by(state, key),
        MenuChoice::Review(choice) => review::choose(state, choice),
    }
}

/// Esc: one level back, never out of the program; under `--pick` an empty prompt ends it.
fn back(state: &mut State) {
    if popups::close_popup(state) {
        return;
    }
    match state.focus {
        Focus::Prompt => prompt::escape(state),
        Focus::Detail if state.detail.field.is_some() => state.detail.field = None,
        Focus::Detail => panes::close_detail(state),
        Focus::List if state.marks.only => marks::show_all(state),
        Focus::List => {
            if !facets::remove_last(state) && !state.query().is_empty() {
                prompt::clear(state);
            }
        }
    }
}

/// `q`: one level back; in the list it quits.
fn leave(state: &mut State) {
    if popups::close_popup(state) {
        return;
    }
    match state.focus {
        Focus::List => quit(state),
        Focus::Prompt => {}
        Focus::Detail => panes::close_detail(state),
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
    let is_in_prompt = state.focus == Focus::Prompt;
    if popups::close_popup(state) {
        state.cancelled_at = None;
    } else if is_in_prompt {
        prompt::escape(state);
        state.cancelled_at = None;
    } else if state.cancelled_at.is_some_and(|before| now.saturating_sub(before) <= QUIT_WITHIN) {
        leaving::quit(state, Outcome::Interrupted);
    } else {
        state.cancelled_at = Some(now);
        let words = state.words();
        state.say(words.press_again_to_quit);
    }
}

/// The next theme; a message says which.
fn cycle_theme(state: &mut State) {
    state.theme = state.theme.next();
    let words = state.words();
    state.say(format!("{}: {}", words.theme, state.theme.name()));
}

fn cycle_layout(state: &mut State) {
    state.arrangement = state.arrangement.next();
    state.detail.wide = false;
    panes::keep_in_range(state);
}

fn say_copied(state: &mut State, result: CopyResult) {
    let words = state.words();
    state.say(match result {
        CopyResult::SentToTerminal => words.sent_to_terminal.to_owned(),
        CopyResult::OnClipboard => words.copied.to_owned(),
        CopyResult::TooLong { limit } => format!("{} ({limit} byte)", words.copy_too_long),
    });
}
