//! Sentences about a review, from its events and changes: the same on the screen and on the command line.

use crate::domain::reviewed::ReviewState;
use crate::i18n::{Lang, Words, review_reason, review_state};
use crate::review::event::{Event, EventKind, NoteKind};
use crate::review::version::{Change, ChangedPart, FieldNow};

/// An event in a few words, without its record and its author.
#[must_use]
pub fn event_in_words(event: &Event, lang: Lang) -> String {
    let (words, text) = (Words::of(lang), event.text.as_str());
    let with = |word: &str| if text.is_empty() { word.to_owned() } else { format!("{word}: {text}") };
    match &event.kind {
        EventKind::Verdict { verdict, reason, .. } => {
            let state = verdict.map_or(ReviewState::Undecided, ReviewState::from);
            let word = review_state(state, lang);
            match reason {
                Some(reason) => with(&format!("{word}, {}", review_reason(reason, lang))),
                None => with(word),
            }
        }
        EventKind::Star { on: true } => words.starred.to_owned(),
        EventKind::Star { on: false } => words.not_starred.to_owned(),
        EventKind::Tag { on: true } => with(words.tag),
        EventKind::Tag { on: false } => with(words.tag_removed),
        EventKind::Note { note: NoteKind::Working } => with(words.working_note),
        EventKind::Note { note: NoteKind::Finding } => with(words.finding),
        EventKind::NoteChanged { .. } if text.is_empty() => words.note_taken_away.to_owned(),
        EventKind::NoteChanged { .. } => with(words.note_changed),
        EventKind::RoundBegun(begun) => format!("{} {}", words.new_round, begun.name),
        EventKind::Undone { of } => format!("{} {}", words.undone, of.short()),
        EventKind::Redone { of } => format!("{} {}", words.redone, of.short()),
        EventKind::Closed { hash, events, .. } => words.closed_with(*events, hash),
        EventKind::Reopened => with(words.reopened),
        EventKind::Redacted { event } => with(&format!("{} {}", words.text_emptied, event.short())),
    }
}

/// A change of a record: the label, the text before and the text now, one line each.
#[must_use]
pub fn change_in_words(change: &Change, lang: Lang) -> [String; 3] {
    let words = Words::of(lang);
    let label = match &change.of {
        ChangedPart::Name => words.name.to_owned(),
        ChangedPart::Field(label) => label.clone(),
        ChangedPart::Text => words.text_of_record.to_owned(),
    };
    let shortened = |text: &str| text.chars().take(200).collect::<String>().replace('\n', " ");
    let before = change.before.as_deref().map_or_else(|| "–".to_owned(), shortened);
    let after = match &change.after {
        FieldNow::Says(text) => shortened(text),
        FieldNow::Gone => "–".to_owned(),
        FieldNow::NotCompared => words.not_compared_here.to_owned(),
    };
    [label, before, after]
}
