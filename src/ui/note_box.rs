//! The box in which a note is written: a text of several lines, wrapped, with its cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use serde::{Deserialize, Serialize};

use super::keys::key::{Key, KeyCode};
use super::layout::{self, LEAST, Pane};
use crate::review::event::{EventId, NoteKind};
use crate::review::record_state::Note;
use crate::text::printable::{is_unprintable, printable_lines};

/// How large the box is at most.
const SIZE: (u16, u16) = (72, 12);

/// What is left of a note when the line drops while it is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BegunNote {
    /// The id of the record.
    pub record: String,
    /// The text as far as it had come.
    pub text: String,
    /// Whether it goes into the report.
    pub kind: NoteKind,
    /// The note that is being changed; `None` for a new one.
    pub changes: Option<EventId>,
}

/// A note that is being written.
#[derive(Clone, Debug)]
pub struct NoteBox {
    /// The id of the record.
    pub record: String,
    /// Whether it goes into the report.
    pub kind: NoteKind,
    /// The note that is being changed; `None` for a new one.
    pub changes: Option<EventId>,
    /// Whether it has been said that the text holds a personal identity number.
    pub warned: bool,
    /// Whether it has been said at quitting that it is not saved.
    pub left: bool,
    /// Whether it is saved as soon as the editor comes back with it.
    pub saves_at_once: bool,
    area: TextArea<'static>,
    before: (String, NoteKind),
}

impl NoteBox {
    /// A new one on a record.
    #[must_use]
    pub fn new(record: String, size: (u16, u16)) -> Self {
        Self::with(record, "", NoteKind::Working, None, size)
    }

    /// One that changes a note.
    #[must_use]
    pub fn changing(record: String, note: &Note, size: (u16, u16)) -> Self {
        Self::with(record, &note.text, note.kind, Some(note.event), size)
    }

    /// One that was being written in an earlier session.
    #[must_use]
    pub fn begun_before(begun: BegunNote) -> Self {
        let mut note = Self::with(begun.record, &begun.text, begun.kind, begun.changes, LEAST);
        note.before.0.clear();
        note
    }

    /// What is to be left of it for a later session.
    #[must_use]
    pub fn begun(&self) -> BegunNote {
        BegunNote { record: self.record.clone(), text: self.text(), kind: self.kind, changes: self.changes }
    }

    fn with(record: String, text: &str, kind: NoteKind, changes: Option<EventId>, size: (u16, u16)) -> Self {
        let before = (text.to_owned(), kind);
        let area = TextArea::default();
        let (warned, left, saves_at_once) = (false, false, false);
        let mut note = Self { record, kind, changes, warned, left, saves_at_once, area, before };
        note.set_text(text, size);
        note
    }

    /// The text as it stands.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether it is another one than it was when it was opened.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let (text, kind) = (self.text(), self.kind);
        text.trim() != self.before.0.trim() || (kind != self.before.1 && !text.trim().is_empty())
    }

    /// Puts another text into it, the cursor at its end.
    pub fn set_text(&mut self, text: &str, size: (u16, u16)) {
        let lines = printable_lines(text.trim_end()).split('\n').map(str::to_owned).collect();
        self.area = TextArea::new(lines);
        self.area.set_wrap_mode(WrapMode::WordOrGlyph);
        // The terminal's own cursor stands there.
        self.area.set_cursor_style(Style::new());
        self.area.set_cursor_line_style(Style::new());
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
        self.lay_out(size);
    }

    /// Takes the size of the screen: up and down go by lines as they are seen.
    pub fn lay_out(&mut self, size: (u16, u16)) {
        let area = text_area(size);
        self.area.render(area, &mut Buffer::empty(area));
    }

    /// Types a text.
    pub fn insert(&mut self, text: &str) {
        let text = printable_lines(text);
        self.area.insert_str(text.as_ref());
    }

    /// Edits the text; `false` if the key does not.
    pub fn edit(&mut self, key: Key) -> bool {
        if let Some(typed) = key.typed() {
            if !is_unprintable(typed) {
                self.area.insert_char(typed);
            }
            return true;
        }
        let area = &mut self.area;
        // Where there is nothing to delete a key is used up all the same.
        let step = match (key.code, key.ctrl, key.alt) {
            (KeyCode::Left, true, _) | (KeyCode::Char('b'), false, true) => {
                CursorStep::To(CursorMove::WordBack)
            }
            (KeyCode::Right, true, _) | (KeyCode::Char('f'), false, true) => {
                CursorStep::To(CursorMove::WordForward)
            }
            (KeyCode::Left, ..) | (KeyCode::Char('b'), true, _) => CursorStep::To(CursorMove::Back),
            (KeyCode::Right, ..) | (KeyCode::Char('f'), true, _) => CursorStep::To(CursorMove::Forward),
            (KeyCode::Up, ..) | (KeyCode::Char('p'), true, _) => CursorStep::To(CursorMove::Up),
            (KeyCode::Down, ..) | (KeyCode::Char('n'), true, _) => CursorStep::To(CursorMove::Down),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, _) => CursorStep::To(CursorMove::Head),
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, _) => CursorStep::To(CursorMove::End),
            (KeyCode::Backspace, ..) => CursorStep::Does(TextArea::delete_char),
            (KeyCode::Delete, ..) | (KeyCode::Char('d'), true, _) => {
                CursorStep::Does(TextArea::delete_next_char)
            }
            (KeyCode::Char('w'), true, _) => CursorStep::Does(TextArea::delete_word),
            (KeyCode::Char('d'), false, true) => CursorStep::Does(TextArea::delete_next_word),
            (KeyCode::Char('k'), true, _) => CursorStep::Does(TextArea::delete_line_by_end),
            (KeyCode::Char('u'), true, _) => CursorStep::Does(TextArea::delete_line_by_head),
            (KeyCode::Char('y'), true, _) => CursorStep::Does(TextArea::paste),
            _ => return false,
        };
        match step {
            CursorStep::To(place) => area.move_cursor(place),
            CursorStep::Does(edit) => drop(edit(area)),
        }
        true
    }

    /// Begins a line.
    pub fn new_line(&mut self) {
        self.area.insert_newline();
    }

    /// Draws the text, and returns where its cursor stands. The note itself stays as it is.
    #[must_use]
    pub fn draw(&self, size: (u16, u16), buffer: &mut Buffer) -> Position {
        let place = text_area(size);
        let area = self.area.clone();
        area.render(place, buffer);
        let (cursor, (top, _)) = (area.screen_cursor(), area.scroll_offset());
        let row = u16::try_from(cursor.row).unwrap_or(u16::MAX).saturating_sub(top);
        let column = u16::try_from(cursor.col).unwrap_or(u16::MAX);
        let least = |at: u16, from: u16, length: u16| from.saturating_add(at.min(length.saturating_sub(1)));
        Position::new(least(column, place.x, place.width), least(row, place.y, place.height))
    }
}

/// What a key does to the text.
enum CursorStep {
    To(CursorMove),
    Does(fn(&mut TextArea<'static>) -> bool),
}

/// The box on a screen of this size.
#[must_use]
pub fn pane(size: (u16, u16)) -> Pane {
    layout::popup(size, SIZE.0, SIZE.1)
}

/// The part of it that holds the text; its last line holds the keys.
fn text_area(size: (u16, u16)) -> Rect {
    let inner = pane(size).inner;
    Rect { height: inner.height.saturating_sub(1), ..inner }
}
