//! Writing notes: new ones and changes to one's own earlier ones, in the note box or in an editor.

use super::common::popups::put_note_aside;
use super::common::reviewing::{after_change, say_done, selected, write};
use crate::domain::catalogue::Privacy;
use crate::domain::privacy::mask_personal_numbers;
use crate::loading::encoding::{NotTextError, decode};
use crate::review::event::{EventKind, NoteKind};
use crate::ui::event::{EditOutcome, Request};
use crate::ui::keys::action::NoteAction;
use crate::ui::pages::Popup;
use crate::ui::pages::note_box::NoteBox;
use crate::ui::state::State;

/// Runs an action of the note box.
pub(super) fn act(state: &mut State, action: NoteAction) {
    match action {
        NoteAction::Save => save(state),
        NoteAction::Editor => ask_editor(state),
        NoteAction::Earlier => step(state, -1),
        NoteAction::Later => step(state, 1),
        NoteAction::NewLine => {
            if let Some(Popup::Note(note)) = &mut state.popup {
                note.new_line();
            }
        }
        NoteAction::Kind => {
            if let Some(Popup::Note(note)) = &mut state.popup {
                note.kind = match note.kind {
                    NoteKind::Working => NoteKind::Finding,
                    NoteKind::Finding => NoteKind::Working,
                };
            }
        }
    }
}

/// Opens the box with the unsaved note of the record, if there is one.
pub(super) fn open(state: &mut State) {
    let Some(record) = selected(state) else { return };
    let begun = state.notes_begun.remove(&record);
    let note = begun.unwrap_or_else(|| NoteBox::new(record));
    state.popup = Some(Popup::Note(Box::new(note)));
}

/// Opens the note in the editor; the text that it returns is saved.
pub(super) fn open_in_editor(state: &mut State) {
    open(state);
    if let Some(Popup::Note(note)) = &mut state.popup {
        note.saves_at_once = true;
    }
    ask_editor(state);
}

fn ask_editor(state: &mut State) {
    if let Some(Popup::Note(note)) = &state.popup {
        state.request(Request::Edit(note.text()));
    }
}

/// Takes the text that the editor has left. The text of a failed editor stays in the box and is not saved.
pub(super) fn edited(state: &mut State, outcome: EditOutcome) {
    let words = state.words();
    let Some(Popup::Note(note)) = &mut state.popup else { return };
    let saves = std::mem::take(&mut note.saves_at_once);
    let (contents, failure, at_once) = match outcome {
        EditOutcome::Ended { contents, at_once } => (Some(contents), None, at_once),
        EditOutcome::Failed { reason, contents } => (contents, Some(reason), false),
    };
    let before = note.text();
    // The text is decoded like any other file; the warning about a personal number follows at saving.
    let decoded = contents.map(|bytes| decode(bytes, None, Privacy::Shown));
    let text = match decoded {
        Some(Ok(decoded)) => Some(decoded.text),
        Some(Err(NotTextError)) if failure.is_none() => return state.say(words.editor_left_no_text),
        Some(Err(NotTextError)) | None => None,
    };
    let is_unchanged = text.as_ref().is_none_or(|text| text.trim_end() == before.trim_end());
    if let Some(text) = text.filter(|_| !is_unchanged) {
        note.set_text(&text);
    }
    match failure {
        Some(reason) => state.say(format!("{}: {reason}", words.no_editor)),
        None if is_unchanged && at_once => state.say(words.editor_at_once),
        None if is_unchanged => state.say(words.editor_unchanged),
        None if saves => save(state),
        None => {}
    }
}

fn save(state: &mut State) {
    let Some(Popup::Note(mut note)) = state.popup.take() else { return };
    if state.review.opened().is_none_or(|review| review.round.is_none()) {
        put_note_aside(state, *note);
        let words = state.words();
        return state.say(words.no_review_open);
    }
    let text = note.text().trim().to_owned();
    if !note.is_changed() {
        return;
    }
    if !note.warned && mask_personal_numbers(&text).is_some() {
        note.warned = true;
        state.popup = Some(Popup::Note(note));
        let words = state.words();
        return state.say(words.personal_number_in_note);
    }
    let kind = note.kind;
    let what = match note.changes {
        Some(event) => EventKind::NoteChanged { event, note: kind },
        None => EventKind::Note { note: kind },
    };
    let has_left = state.catalogue().row_of(&note.record).is_none();
    write(state, std::slice::from_ref(&note.record), &what, &text);
    let words = state.words();
    if text.is_empty() {
        state.say(words.note_removed);
    } else if has_left {
        state.say(format!("{}: {} · {} {}", note.record, words.note_saved, note.record, words.has_left));
    } else {
        say_done(state, &[note.record], words.note_saved);
    }
    after_change(state);
}

/// Goes to one's own note before or after this one on the record. A changed note must be saved first.
fn step(state: &mut State, by: isize) {
    let words = state.words();
    let Some(Popup::Note(note)) = &state.popup else { return };
    if note.is_changed() {
        return state.say(words.save_note_first);
    }
    let (record, changes) = (note.record.clone(), note.changes);
    let own = state.own_notes(&record);
    let here = changes.and_then(|event| own.iter().position(|note| note.event == event)).unwrap_or(own.len());
    let there = here.saturating_add_signed(by).min(own.len());
    if there == here {
        return state.say(words.no_more_notes);
    }
    let next = match own.get(there) {
        Some(note) => NoteBox::changing(record, note),
        None => NoteBox::new(record),
    };
    state.popup = Some(Popup::Note(Box::new(next)));
}
