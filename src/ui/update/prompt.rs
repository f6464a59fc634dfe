//! The prompt: typing, history, pasting, and the way back with Esc and `b`.

use tui_input::{Input as Line, InputRequest};

use super::common::{panes, search, selection};
use super::{complete, marks};
use crate::domain::values::diarienummer::Diarienummer;
use crate::search::language::expansion::Reach;
use crate::ui::event::{Effect, Outcome};
use crate::ui::keys::action::{EditAction, PromptAction};
use crate::ui::state::{AfterAnswer, Bookmark, Focus, State};

/// Runs an action of the prompt family.
pub(super) fn act(state: &mut State, action: PromptAction) {
    match action {
        PromptAction::Accept => accept(state),
        PromptAction::Leave => leave(state),
        PromptAction::Restore => restore(state),
        PromptAction::Meaning => switch_meaning(state),
    }
}

/// Runs an action of the edit family.
pub(super) fn act_edit(state: &mut State, action: EditAction) {
    let request = match action {
        EditAction::Open => return open(state),
        EditAction::HistoryPrevious => return recall(state, Recall::Older),
        EditAction::HistoryNext => return recall(state, Recall::Newer),
        EditAction::CharLeft => InputRequest::GoToPrevChar,
        EditAction::CharRight => InputRequest::GoToNextChar,
        EditAction::WordLeft => InputRequest::GoToPrevWord,
        EditAction::WordRight => InputRequest::GoToNextWord,
        EditAction::LineStart => InputRequest::GoToStart,
        EditAction::LineEnd => InputRequest::GoToEnd,
        EditAction::DeleteBack => InputRequest::DeletePrevChar,
        EditAction::DeleteForward => InputRequest::DeleteNextChar,
        EditAction::DeleteWordBack => InputRequest::DeletePrevWord,
        EditAction::DeleteWordForward => InputRequest::DeleteNextWord,
        EditAction::DeleteToStart => InputRequest::DeleteFromStart,
        EditAction::DeleteToEnd => InputRequest::DeleteTillEnd,
    };
    edit(state, request);
}

/// Edits the line. While the old text is selected, deleting deletes all of it and moving only unselects it.
fn edit(state: &mut State, request: InputRequest) {
    let was_selected = std::mem::take(&mut state.prompt.selected);
    let deletes = matches!(
        request,
        InputRequest::DeletePrevChar
            | InputRequest::DeleteNextChar
            | InputRequest::DeletePrevWord
            | InputRequest::DeleteNextWord
            | InputRequest::DeleteFromStart
            | InputRequest::DeleteTillEnd
    );
    let request = if was_selected && deletes {
        state.prompt.line.handle(InputRequest::GoToEnd);
        InputRequest::DeleteFromStart
    } else {
        request
    };
    if state.prompt.line.handle(request).is_some_and(|change| change.value) {
        state.prompt.recalled = None;
        state.after_answer = None;
        state.search();
    }
}

/// Types a character.
pub(super) fn insert(state: &mut State, typed: char) {
    insert_text(state, &typed.to_string());
}

fn insert_text(state: &mut State, text: &str) {
    if std::mem::take(&mut state.prompt.selected) {
        state.prompt.line.reset();
    }
    search::insert_at_cursor(&mut state.prompt.line, text);
    state.prompt.recalled = None;
    state.after_answer = None;
    state.search();
}

/// Opens the prompt with its old text selected.
fn open(state: &mut State) {
    search::bookmark(state);
    state.focus = Focus::Prompt;
    state.detail.wide = false;
    state.prompt.selected = !state.query().is_empty();
    state.prompt.line.handle(InputRequest::GoToEnd);
    state.prompt.recalled = None;
}

/// Opens an empty prompt with one character.
pub(super) fn begin_with(state: &mut State, typed: char) {
    open(state);
    state.prompt.selected = false;
    state.prompt.line = Line::default();
    insert(state, typed);
}

/// Pastes a text into the prompt, opening it if needed. Several ids become an OR of ids.
pub(super) fn paste(state: &mut State, text: &str) {
    if state.focus != Focus::Prompt {
        open(state);
        state.prompt.selected = true;
    }
    let text = ids_joined(text).unwrap_or_else(|| one_line(text));
    insert_text(state, &text);
}

/// Takes a text pasted without brackets while list or detail had the focus.
pub(super) fn paste_unbracketed(state: &mut State, text: &str) {
    paste(state, text);
    let words = state.words();
    state.say(words.pasted);
}

/// Several ids, separated by whitespace, commas or semicolons, as a query; `None` for other texts.
fn ids_joined(text: &str) -> Option<String> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|part| !part.is_empty())
        .collect();
    let ids = parts.iter().map(|part| Diarienummer::read(part)).collect::<Option<Vec<_>>>()?;
    let joined: Vec<&str> = ids.iter().map(Diarienummer::as_str).collect();
    (ids.len() > 1).then(|| joined.join(" OR "))
}

/// A pasted text in one line, without control characters.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Esc in the prompt: the query and the place from before the search.
pub(super) fn escape(state: &mut State) {
    if state.setup.pick {
        return if state.query().is_empty() { state.quit(Outcome::Interrupted) } else { state.set_query("") };
    }
    state.focus = Focus::List;
    state.prompt.selected = false;
    state.prompt.recalled = None;
    let Some(before) = state.before.take() else { return };
    if before.query != state.query() {
        // The abandoned search is not lost: `b` returns to it.
        state.before =
            Some(Bookmark { query: state.query().to_owned(), id: state.selected_id(), wide: false });
    }
    return_to(state, &before);
}

/// Esc in the list with a query: shows all records, the selected one still selected.
pub(super) fn clear(state: &mut State) {
    let here = Bookmark { query: state.query().to_owned(), id: state.selected_id(), wide: false };
    state.after_answer = here.id.clone().map(AfterAnswer::Select);
    state.before = Some(here);
    state.set_query("");
}

/// `b`: returns to the query and place before; pressed again, to the present ones.
fn restore(state: &mut State) {
    let Some(before) = state.before.take() else {
        let words = state.words();
        return state.say(words.no_previous);
    };
    let wide = state.detail.wide;
    state.before = Some(Bookmark { query: state.query().to_owned(), id: state.selected_id(), wide });
    state.focus = Focus::List;
    state.detail.wide = false;
    return_to(state, &before);
}

fn return_to(state: &mut State, place: &Bookmark) {
    let then = if place.wide { AfterAnswer::Open } else { AfterAnswer::Select };
    if place.query != state.query() || state.is_searching() {
        state.after_answer = place.id.clone().map(then);
        state.set_query(&place.query);
    } else if let Some(at) = place.id.as_ref().and_then(|id| selection::row_of(state, id)) {
        selection::select(state, at);
        if place.wide {
            panes::open_wide(state);
        }
    }
}

/// Enter: goes to the list and opens the only match, or row one if the query is a whole id. Under `--pick` it prints.
fn accept(state: &mut State) {
    remember(state);
    if state.setup.pick {
        let chosen = state.chosen_ids();
        return state.quit(if chosen.is_empty() { Outcome::NothingPicked } else { Outcome::Picked(chosen) });
    }
    state.focus = Focus::List;
    state.prompt.selected = false;
    let whole_id = state.results.answer.as_ref().and_then(|answer| answer.whole_id());
    let first = state.results.rows.get(0).map(|hit| hit.row);
    let listed = state.results.answer.as_ref().is_some_and(|answer| answer.ids.is_some());
    let unique = (state.results.rows.hits() == 1 && !listed) || (whole_id.is_some() && whole_id == first);
    if unique && state.list.at == 0 && !state.query().trim().is_empty() {
        panes::open_wide(state);
    }
}

/// Tab: completes a field or a value, else goes to the list. Under `--pick` it marks.
fn leave(state: &mut State) {
    if state.setup.pick {
        marks::toggle(state);
    } else if !complete::complete(state) {
        remember(state);
        state.focus = Focus::List;
        state.prompt.selected = false;
    }
}

/// Adds the query to the history.
fn remember(state: &mut State) {
    let query = state.query().trim().to_owned();
    if query.is_empty() || state.history.last() == Some(&query) {
        return;
    }
    state.history.retain(|known| *known != query);
    state.history.push(query.clone());
    state.effects.push(Effect::Remember(query));
}

/// A direction in the history.
#[derive(Clone, Copy)]
enum Recall {
    Older,
    Newer,
}

fn recall(state: &mut State, direction: Recall) {
    let (back, typed) = state.prompt.recalled.clone().unwrap_or_else(|| (0, state.query().to_owned()));
    let back = match direction {
        Recall::Older => back + 1,
        Recall::Newer if back == 0 => return,
        Recall::Newer => back - 1,
    };
    if back > state.history.len() {
        let words = state.words();
        return state.say(words.no_history);
    }
    let query = match back {
        0 => typed.clone(),
        back => state.history[state.history.len() - back].clone(),
    };
    state.set_query(&query);
    state.prompt.recalled = Some((back, typed));
}

/// Restricts the search to the typed letters, or extends it again.
fn switch_meaning(state: &mut State) {
    let words = state.words();
    let (reach, message) = match state.expansion.reach {
        Reach::Meaning => (Reach::Letters, words.only_letters),
        Reach::Letters => (Reach::Meaning, words.meaning_too),
    };
    state.expansion.reach = reach;
    state.say(message);
    search::stay_on_record(state);
    state.search();
}
