//! The note box: a text of several lines with its cursor, its record, and the state of saving.

use ratatui_textarea::{CursorMove, TextArea};

use super::note_rows::{NoteRow, TextPosition, cell_of, note_rows, position_in};
use crate::review::event::{EventId, NoteKind};
use crate::review::record_state::Note;
use crate::text::printable::{is_unprintable, printable_lines};
use crate::ui::begun_note::BegunNote;
use crate::ui::keys::key::{Key, KeyCode};
use crate::ui::layout::{self, Pane};

/// The largest size of the box in columns and rows.
const SIZE: (u16, u16) = (72, 12);

/// A note being written.
#[derive(Clone, Debug)]
pub struct NoteBox {
    /// The id of the record.
    pub record: String,
    /// The kind of note.
    pub kind: NoteKind,
    /// The note that is being changed; `None` for a new one.
    pub changes: Option<EventId>,
    /// `true` once a warning about a personal identity number in the text was shown.
    pub warned: bool,
    /// `true` once a warning about quitting without saving was shown.
    pub left: bool,
    /// `true` if the note is saved as soon as the editor returns it.
    pub saves_at_once: bool,
    area: TextArea<'static>,
    before: (String, NoteKind),
}

impl NoteBox {
    /// An empty working note on a record.
    #[must_use]
    pub fn new(record: String) -> Self {
        Self::with(record, "", NoteKind::Working, None)
    }

    /// A box that changes a saved note.
    #[must_use]
    pub fn changing(record: String, note: &Note) -> Self {
        Self::with(record, &note.text, note.kind, Some(note.event))
    }

    /// A box with a note that an earlier session left unsaved.
    #[must_use]
    pub fn resumed(begun: BegunNote) -> Self {
        let mut note = Self::with(begun.record, &begun.text, begun.kind, begun.changes);
        note.before.0.clear();
        note
    }

    /// The note in the form of a draft, for a later session.
    #[must_use]
    pub fn begun(&self) -> BegunNote {
        BegunNote { record: self.record.clone(), text: self.text(), kind: self.kind, changes: self.changes }
    }

    fn with(record: String, text: &str, kind: NoteKind, changes: Option<EventId>) -> Self {
        let before = (text.to_owned(), kind);
        let area = TextArea::default();
        let (warned, left, saves_at_once) = (false, false, false);
        let mut note = Self { record, kind, changes, warned, left, saves_at_once, area, before };
        note.set_text(text);
        note
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Returns `true` if text or kind have changed since the box was opened.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let (text, kind) = (self.text(), self.kind);
        text.trim() != self.before.0.trim() || (kind != self.before.1 && !text.trim().is_empty())
    }

    /// Replaces the text and moves the cursor to its end.
    pub fn set_text(&mut self, text: &str) {
        let lines = printable_lines(text.trim_end()).split('\n').map(str::to_owned).collect();
        self.area = TextArea::new(lines);
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
    }

    /// Inserts a text at the cursor.
    pub fn insert(&mut self, text: &str) {
        let text = printable_lines(text);
        self.area.insert_str(text.as_ref());
    }

    /// Edits the text on a screen of this size; `false` if the key does not edit. Up and down go by rows as shown.
    pub fn edit(&mut self, key: Key, size: (u16, u16)) -> bool {
        if let Some(typed) = key.typed() {
            if !is_unprintable(typed) {
                self.area.insert_char(typed);
            }
            return true;
        }
        let Some(step) = EditStep::from_key(key) else { return false };
        match step {
            EditStep::Row(by) => self.move_by_rows(by, size),
            EditStep::Move(place) => self.area.move_cursor(place),
            // The key counts as handled even if there is nothing to delete.
            EditStep::Delete(delete) => drop(delete(&mut self.area)),
        }
        true
    }

    fn move_by_rows(&mut self, by: isize, size: (u16, u16)) {
        let rows = self.rows(size);
        let (at, column) = cell_of(&rows, self.position());
        let target = at.checked_add_signed(by).and_then(|at| rows.get(at));
        if let Some(place) = target.map(|row| position_in(row, column)) {
            let clamped = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
            self.area.move_cursor(CursorMove::Jump(clamped(place.line), clamped(place.character)));
        }
    }

    /// Begins a new line.
    pub fn new_line(&mut self) {
        self.area.insert_newline();
    }

    /// The text as rows that fit the box.
    #[must_use]
    pub fn rows(&self, size: (u16, u16)) -> Vec<NoteRow> {
        note_rows(self.area.lines(), text_size(size).0)
    }

    /// The row and the column of the cursor among these rows.
    #[must_use]
    pub fn cursor(&self, rows: &[NoteRow]) -> (usize, usize) {
        cell_of(rows, self.position())
    }

    fn position(&self) -> TextPosition {
        let cursor = self.area.cursor();
        TextPosition { line: cursor.0, character: cursor.1 }
    }
}

/// The effect of an editing key.
enum EditStep {
    Row(isize),
    Move(CursorMove),
    Delete(fn(&mut TextArea<'static>) -> bool),
}

impl EditStep {
    fn from_key(key: Key) -> Option<Self> {
        Some(match (key.code, key.ctrl, key.alt) {
            (KeyCode::Left, true, _) | (KeyCode::Char('b'), false, true) => Self::Move(CursorMove::WordBack),
            (KeyCode::Right, true, _) | (KeyCode::Char('f'), false, true) => {
                Self::Move(CursorMove::WordForward)
            }
            (KeyCode::Left, ..) | (KeyCode::Char('b'), true, _) => Self::Move(CursorMove::Back),
            (KeyCode::Right, ..) | (KeyCode::Char('f'), true, _) => Self::Move(CursorMove::Forward),
            (KeyCode::Up, ..) | (KeyCode::Char('p'), true, _) => Self::Row(-1),
            (KeyCode::Down, ..) | (KeyCode::Char('n'), true, _) => Self::Row(1),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, _) => Self::Move(CursorMove::Head),
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, _) => Self::Move(CursorMove::End),
            (KeyCode::Backspace, ..) => Self::Delete(TextArea::delete_char),
            (KeyCode::Delete, ..) | (KeyCode::Char('d'), true, _) => Self::Delete(TextArea::delete_next_char),
            (KeyCode::Char('w'), true, _) => Self::Delete(TextArea::delete_word),
            (KeyCode::Char('d'), false, true) => Self::Delete(TextArea::delete_next_word),
            (KeyCode::Char('k'), true, _) => Self::Delete(TextArea::delete_line_by_end),
            (KeyCode::Char('u'), true, _) => Self::Delete(TextArea::delete_line_by_head),
            (KeyCode::Char('y'), true, _) => Self::Delete(TextArea::paste),
            _ => return None,
        })
    }
}

/// The box on a screen of this size.
#[must_use]
pub fn pane(size: (u16, u16)) -> Pane {
    layout::popup(size, SIZE.0, SIZE.1)
}

/// Columns and rows of the text in the box; the last row of the box shows the keys.
#[must_use]
pub fn text_size(size: (u16, u16)) -> (usize, usize) {
    let inner = pane(size).inner;
    (inner.width.into(), inner.height.saturating_sub(1).into())
}
