//! New queries: remembering the place before them, and staying on a record after them.

use tui_input::{Input as Line, InputRequest};

use crate::ui::state::{AfterAnswer, Bookmark, Focus, State};

/// Remembers the present place, so that Esc and `b` can return to it.
pub(in crate::ui::update) fn bookmark(state: &mut State) {
    if state.focus != Focus::Prompt {
        let wide = state.detail.wide;
        state.before = Some(Bookmark { query: state.query().to_owned(), id: state.selected_id(), wide });
    }
}

/// Keeps the selected record selected after the next answer, else the record that is then in its row.
pub(in crate::ui::update) fn stay_on_record(state: &mut State) {
    if let Some(id) = state.selected_id() {
        state.after_answer = Some(AfterAnswer::Stay { id, at: state.list.at });
    }
}

/// Inserts a text into a line at its cursor, in time linear in both.
pub(in crate::ui::update) fn insert_at_cursor(line: &mut Line, text: &str) {
    let (before, cursor) = (line.value(), line.cursor());
    let at = before.char_indices().nth(cursor).map_or(before.len(), |(at, _)| at);
    let (head, tail) = before.split_at(at);
    let joined = [head, text, tail].concat();
    *line = Line::new(joined).with_cursor(cursor + text.chars().count());
}

/// Replaces the query, with the cursor at a byte of it.
pub(in crate::ui::update) fn replace_query(state: &mut State, text: &str, cursor: usize) {
    let characters = text.get(..cursor).map_or(0, |before| before.chars().count());
    state.set_query(text);
    state.prompt.line.handle(InputRequest::SetCursor(characters));
}

/// Puts a query into the prompt, to be changed there.
pub(in crate::ui::update) fn try_query(state: &mut State, query: &str) {
    bookmark(state);
    state.focus = Focus::Prompt;
    state.after_answer = None;
    state.set_query(query);
}

/// Searches again if query or sort order depend on the review, which has changed.
pub(in crate::ui::update) fn search_again(state: &mut State) {
    if state.asks_for_review() {
        stay_on_record(state);
        state.search();
    }
}
