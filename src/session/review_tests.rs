//! The worker of a review store, without its thread: behaviour while the store cannot be written.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use super::*;
use crate::review::command::NewRound;
use crate::review::content::Content;
use crate::review::event::{EventKind, NoteKind, RoundBegun};
use crate::review::exchange::ExchangeLines;
use crate::review::import::import_lines;
use crate::review::new_event::NewEvent;

fn place(store: &Path) -> ReviewPlace {
    let author = Author { person: "anna".into(), account: "konto".into(), host: "dator".into() };
    ReviewPlace { store: store.to_owned(), author, clock: Clock::new(|| 1) }
}

/// A worker whose store has a round of one record, and the events that it sends.
fn opened(folder: &Path) -> (ReviewStoreWorker, Receiver<Event>, EventId) {
    let (events, inbox) = channel();
    let events = EventSender { events, wake: Arc::new(|| ()) };
    let places = Places { folder: Some(folder.to_owned()), ..Places::default() };
    let mut worker = ReviewStoreWorker::new(place(&folder.join("r.db")), places, events);
    worker.perform(ReviewEffect::Open);
    let ids = Content::from_ids(["23-079-S13"]);
    let begun = RoundBegun {
        name: "Vår 2026".to_owned(),
        scope: ids.key.clone(),
        query: String::new(),
        sample: None,
        eyes: 1,
        from: None,
        sources: Vec::new(),
        program: String::new(),
    };
    worker.perform(ReviewEffect::Act(
        1,
        ReviewCommand::Begin(Box::new(NewRound { begun, purpose: String::new(), ids })),
    ));
    let round =
        worker.session.as_ref().and_then(|session| session.journal().rounds().next()).expect("a round").id;
    (worker, inbox, round)
}

fn note(round: EventId, text: &str) -> ReviewCommand {
    let what = EventKind::Note { note: NoteKind::Finding };
    let draft = NewEvent { record: Some("23-079-S13".to_owned()), kind: what, text: text.to_owned() };
    ReviewCommand::Write { round, new_events: vec![draft], contents: Vec::new() }
}

/// The events of an export.
fn events_in(text: &[u8]) -> Vec<crate::review::event::Event> {
    let event = |line| match line {
        Ok(ExchangeLine::Event(event)) => Some(*event),
        _ => None,
    };
    ExchangeLines::new(text).filter_map(event).collect()
}

/// The events about saving, abbreviated.
fn outcomes(events: &Receiver<Event>) -> Vec<String> {
    let short = |event| match event {
        Event::Review(ReviewEvent::Saved(token, _)) => Some(format!("{token} saved")),
        Event::Review(ReviewEvent::NotSaved { token, why, again }) => {
            Some(format!("{token} {why}, again {again}"))
        }
        _ => None,
    };
    events.try_iter().filter_map(short).collect()
}

#[test]
fn commands_that_a_full_disk_refuses_stay_queued_in_order_until_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut worker, events, round) = opened(folder.path());
    assert_eq!(outcomes(&events), ["1 saved"]);
    worker.session.as_ref().expect("open").limit_pages_for_test(true);
    worker.perform(ReviewEffect::Act(2, note(round, &"lång ".repeat(100_000))));
    worker.perform(ReviewEffect::Act(3, note(round, "kort")));
    worker.perform(ReviewEffect::Act(4, ReviewCommand::Undo(round)));
    worker.poll();
    assert_eq!(
        outcomes(&events),
        ["2 the disk is full, again true"],
        "reported once, and no command overtakes it"
    );

    let path = worker.keep("kvar.jsonl").expect("written");
    let text = std::fs::read(path).expect("the file");
    let kept = events_in(&text);
    assert_eq!(kept.iter().map(|event| event.kind.name()).collect::<Vec<_>>(), ["note", "note", "undone"]);
    assert!(worker.keep("kvar.jsonl").is_err(), "a file that exists is not touched");

    worker.session.as_ref().expect("open").limit_pages_for_test(false);
    worker.poll();
    assert_eq!(outcomes(&events), ["2 saved", "3 saved", "4 saved"]);
    let session = worker.session.as_mut().expect("open");
    assert_eq!(session.journal().len(), 4);
    assert_eq!(import_lines(session, &*text).expect("imported").new, 0, "the same events");
    let state = session.journal().state(round, "23-079-S13").expect("a state");
    assert_eq!(state.notes.len(), 1, "the short one is undone");
}

#[test]
fn dropping_the_thread_saves_all_queued_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let (events, _inbox) = channel();
    let events = EventSender { events, wake: Arc::new(|| ()) };
    let store = folder.path().join("r.db");
    let (first, _events, round) = opened(folder.path());
    drop(first);
    let thread = ReviewThread::start(place(&store), Places::default(), &events);
    thread.perform(ReviewEffect::Open);
    for token in 2..20 {
        thread.perform(ReviewEffect::Act(token, note(round, "x")));
    }
    drop(thread);
    let session = ReviewSession::open(&store, place(&store).author, BUSY_TIMEOUT).expect("a store");
    assert_eq!(session.journal().len(), 1 + 18);
}
