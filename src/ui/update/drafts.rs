//! Drafts of notes: kept while a review is open, offered when it is opened.

use crate::review::event::EventKind;
use crate::review::new_event::NewEvent;
use crate::ui::begun_note::BegunNote;
use crate::ui::drafts::{DraftUrgency, UnsavedNotes};
use crate::ui::event::{DraftEffect, Effect, Request};
use crate::ui::pages::Popup;
use crate::ui::pages::note_box::NoteBox;
use crate::ui::state::State;

/// Writes and removes drafts after an event, as the notes demand.
pub(super) fn after_event(state: &mut State) {
    let Some(review) = state.review.opened() else { return };
    let pending = review.pending.iter().flat_map(|pending| &pending.drafts);
    let pending =
        pending.filter(|event| is_note(&event.kind)).filter_map(|event| event.record.clone()).collect();
    let open = match &state.popup {
        Some(Popup::Note(note)) if note.is_changed() => Some(note.begun()),
        _ => None,
    };
    let aside = state.notes_begun.values().map(NoteBox::begun).collect();
    let ends = state.effects.iter().any(|effect| matches!(effect, Effect::Terminal(Request::Quit(_))));
    let urgency = if ends { DraftUrgency::Now } else { DraftUrgency::Pause };
    let effects = state.drafts.update(state.now, UnsavedNotes { open, aside, pending }, urgency);
    // Before a request to end, so that they are performed.
    state.effects.splice(0..0, effects.into_iter().map(Effect::Draft));
}

const fn is_note(what: &EventKind) -> bool {
    matches!(what, EventKind::Note { .. } | EventKind::NoteChanged { .. })
}

/// Asks for the drafts of the reviewer in the store that has been opened.
pub(super) fn ask(state: &mut State) {
    state.effects.push(Effect::Draft(DraftEffect::Read));
}

/// Puts drafts into the boxes of their records. A draft whose note is already saved is removed.
pub(super) fn take(state: &mut State, drafts: Vec<BegunNote>) {
    if state.review.opened().is_none() {
        return;
    }
    let mut offered = Vec::new();
    for draft in drafts {
        let is_saved =
            state.own_notes(&draft.record).iter().any(|note| note.text.trim() == draft.text.trim());
        state.drafts.take_over(draft.clone());
        if let Some(Popup::Note(note)) = &mut state.popup
            && note.record == draft.record
        {
            let joined = [draft.text.trim_end(), &note.text()].join("\n\n");
            note.set_text(&joined);
        } else if !is_saved && !state.notes_begun.contains_key(&draft.record) {
            offered.push(draft.record.clone());
            state.notes_begun.insert(draft.record.clone(), NoteBox::resumed(draft));
        }
    }
    if !offered.is_empty() {
        let words = state.words();
        state.say(format!("{} {}", words.drafts_offered, offered.join(", ")));
    }
}

/// Puts a note that the store has refused for good back into the box of its record.
pub(super) fn put_back(state: &mut State, refused: &NewEvent) {
    let (kind, changes) = match refused.kind {
        EventKind::Note { note } => (note, None),
        EventKind::NoteChanged { event, note } => (note, Some(event)),
        _ => return,
    };
    let (Some(record), text) = (refused.record.clone(), refused.text.clone()) else { return };
    let note = BegunNote { record: record.clone(), text, kind, changes };
    state.notes_begun.entry(record).or_insert_with(|| NoteBox::resumed(note));
}
