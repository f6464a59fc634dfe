//! What happened in a review, and what has changed since, in words: the same on the screen and on the command line.

use crate::domain::reviewed::ReviewState;
use crate::i18n::{Lang, Words, review_reason, review_state};
use crate::review::event::{Event, EventKind, NoteKind};
use crate::review::facts::of_verdict;
use crate::review::version::{Change, ChangedPart, FieldNow};

/// What an event says of its record, in a few words.
#[must_use]
pub fn event_in_words(event: &Event, lang: Lang) -> String {
    let text = event.text.as_str();
    let with = |word: &str| if text.is_empty() { word.to_owned() } else { format!("{word}: {text}") };
    match &event.what {
        EventKind::Verdict { verdict, reason, .. } => {
            let state = verdict.map_or(ReviewState::Undecided, of_verdict);
            let word = review_state(state, lang);
            match reason {
                Some(reason) => with(&format!("{word}, {}", review_reason(reason, lang))),
                None => with(word),
            }
        }
        EventKind::Star { on: true } => lang.choose("bevakas", "starred").to_owned(),
        EventKind::Star { on: false } => lang.choose("bevakas inte", "not starred").to_owned(),
        EventKind::Tag { on: true } => with(lang.choose("etikett", "tag")),
        EventKind::Tag { on: false } => with(lang.choose("etikett borttagen", "tag removed")),
        EventKind::Note { note: NoteKind::Working } => with(lang.choose("arbetsanteckning", "working note")),
        EventKind::Note { note: NoteKind::Finding } => with(lang.choose("iakttagelse", "finding")),
        EventKind::NoteChanged { .. } if text.is_empty() => {
            lang.choose("anteckning borttagen", "note removed").to_owned()
        }
        EventKind::NoteChanged { .. } => with(lang.choose("anteckning ändrad", "note changed")),
        EventKind::RoundBegun(begun) => {
            format!("{} {}", lang.choose("ny granskningsomgång", "new review round"), begun.name)
        }
        EventKind::Undone { of } => format!("{} {}", lang.choose("ångrat", "undone"), of.short()),
        EventKind::Redone { of } => format!("{} {}", lang.choose("gjort om", "redone"), of.short()),
        EventKind::Closed { hash, events } => {
            let (word, of) = (lang.choose("avslutad och låst", "closed"), lang.choose("händelser", "events"));
            format!("{word}, {events} {of}, SHA-256 {hash}")
        }
        EventKind::Reopened => with(lang.choose("öppnad igen", "reopened")),
        EventKind::Redacted { event } => {
            with(&format!("{} {}", lang.choose("text tömd i", "text emptied in"), event.short()))
        }
    }
}

/// What is different in a record: the label, what it was, and what it is, each on one line.
#[must_use]
pub fn change_in_words(change: &Change, lang: Lang) -> [String; 3] {
    let label = match &change.of {
        ChangedPart::Name => Words::of(lang).name.to_owned(),
        ChangedPart::Field(label) => label.clone(),
        ChangedPart::Text => "Text".to_owned(),
    };
    let shortened = |text: &str| text.chars().take(200).collect::<String>().replace('\n', " ");
    let before = change.before.as_deref().map_or_else(|| "–".to_owned(), shortened);
    let after = match &change.after {
        FieldNow::Says(text) => shortened(text),
        FieldNow::Gone => "–".to_owned(),
        FieldNow::NotCompared => lang.choose("jämförs inte", "not compared").to_owned(),
    };
    [label, before, after]
}
