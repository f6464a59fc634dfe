//! Opening and closing popups.

use tui_input::Input as Line;

use crate::ui::layout;
use crate::ui::pages::input_line::{InputLine, InputPurpose};
use crate::ui::pages::menu::{Menu, MenuItem, MenuKind};
use crate::ui::pages::note_box::NoteBox;
use crate::ui::pages::text_page::{PageLine, PageLook, Pager, PagerKind, wrapped};
use crate::ui::pages::{Popup, diagnostics_page, guide_page, review_page, source_page};
use crate::ui::state::State;

/// Opens a menu under the title of its kind.
pub(in crate::ui::update) fn open_menu(state: &mut State, kind: MenuKind, items: Vec<MenuItem>) {
    let words = state.words();
    let title = match kind {
        MenuKind::Help => words.help,
        MenuKind::CopyWhat => words.copy_what,
        MenuKind::Reasons => words.reason,
        MenuKind::Unsaved => words.unsaved,
        MenuKind::Rounds | MenuKind::Confirm => words.review,
        MenuKind::Tags => words.tag,
        MenuKind::Order => words.sort,
    };
    open_question(state, kind, title.to_owned(), items);
}

/// Opens a menu under a question.
pub(in crate::ui::update) fn open_question(
    state: &mut State,
    kind: MenuKind,
    question: String,
    items: Vec<MenuItem>,
) {
    state.popup = Some(Popup::Menu(Menu::new(kind, question, items)));
}

/// Opens a line to type, with a text in it.
pub(in crate::ui::update) fn ask_line(state: &mut State, text: &str, purpose: InputPurpose) {
    state.popup = Some(Popup::Input(InputLine { line: Line::new(text.to_owned()), purpose }));
}

/// Opens a text page.
pub(in crate::ui::update) fn open_pager(state: &mut State, kind: PagerKind) {
    let lines = page_lines(state, &kind).into();
    state.popup = Some(Popup::Pager(Pager { kind, lines, scroll: 0 }));
}

fn page_lines(state: &State, kind: &PagerKind) -> Vec<PageLine> {
    // The last column is for the scroll bar.
    let columns = usize::from(layout::page(state.size).inner.width.saturating_sub(1));
    let words = state.words();
    match kind {
        PagerKind::Diagnostics => {
            diagnostics_page::lines(state.catalogue(), &state.loaded.diagnostics, &words, columns)
        }
        PagerKind::Source => state
            .selected()
            .map_or_else(Vec::new, |record| source_page::lines(state.catalogue(), record, columns)),
        PagerKind::Review => {
            state.review.opened().map_or_else(Vec::new, |review| review_page::lines(review, &words, columns))
        }
        PagerKind::Guide(topic) => guide_page::lines(*topic, state.lang, columns),
        PagerKind::Copied(text) => wrapped(text, PageLook::Text, columns),
    }
}

/// The number of rows of a text page.
pub(in crate::ui::update) fn pager_height(state: &State) -> usize {
    layout::page(state.size).inner.height.into()
}

/// Lays a text page out again after a change of size.
pub(in crate::ui::update) fn lay_out_pager(state: &mut State) {
    let Some(Popup::Pager(Pager { kind, scroll, .. })) = state.popup.clone() else { return };
    open_pager(state, kind);
    let height = pager_height(state);
    if let Some(Popup::Pager(pager)) = &mut state.popup {
        pager.scroll = scroll.min(pager.lines.len().saturating_sub(height));
    }
}

/// Closes the popup; `false` if there is none. An unsaved note is kept.
pub(in crate::ui::update) fn close_popup(state: &mut State) -> bool {
    match state.popup.take() {
        Some(Popup::Note(note)) => {
            put_note_aside(state, *note);
            true
        }
        other => other.is_some(),
    }
}

/// Keeps a note until its box is opened again, if it has been changed.
pub(in crate::ui::update) fn put_note_aside(state: &mut State, note: NoteBox) {
    if note.is_changed() {
        state.notes_begun.insert(note.record.clone(), note);
    }
}
