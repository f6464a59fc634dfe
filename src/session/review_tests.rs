//! The thread that owns a store, without its thread: what is done while the store takes nothing.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use super::*;
use crate::review::content::Content;
use crate::review::event::{EventKind, NoteKind, RoundBegun};
use crate::review::exchange;
use crate::review::new_event::NewEvent;

fn place(store: &Path) -> ReviewPlace {
    let author = Author { person: "anna".into(), account: "konto".into(), host: "dator".into() };
    ReviewPlace { store: store.to_owned(), author, clock: Clock::new(|| 1) }
}

/// A desk at a store with a round of one record, and what it tells.
fn opened(folder: &Path) -> (ReviewStoreWorker, Receiver<Event>, EventId) {
    let (events, told) = channel();
    let post = EventSender { events, wake: Arc::new(|| ()) };
    let places = Places { folder: Some(folder.to_owned()), ..Places::default() };
    let mut desk = ReviewStoreWorker::new(place(&folder.join("r.db")), places, post);
    desk.take(ReviewEffect::Open);
    let ids = Content::of_ids(["23-079-S13"]);
    let begun = Box::new(RoundBegun {
        name: "Vår 2026".to_owned(),
        scope: ids.key.clone(),
        query: String::new(),
        sample: None,
        eyes: 1,
        from: None,
        sources: Vec::new(),
        program: String::new(),
    });
    desk.take(ReviewEffect::Act(1, ReviewCommand::Begin { begun, purpose: String::new(), ids }));
    let round = desk.desk.as_ref().and_then(|desk| desk.journal().rounds().next()).expect("a round").id;
    (desk, told, round)
}

fn note(round: EventId, text: &str) -> ReviewCommand {
    let what = EventKind::Note { note: NoteKind::Finding };
    let draft = NewEvent { record: Some("23-079-S13".to_owned()), what, text: text.to_owned() };
    ReviewCommand::Write { round, drafts: vec![draft], contents: Vec::new() }
}

/// What was told of saving, in short.
fn told(events: &Receiver<Event>) -> Vec<String> {
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
fn what_a_full_disk_does_not_take_is_kept_in_its_order_until_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut desk, events, round) = opened(folder.path());
    assert_eq!(told(&events), ["1 saved"]);
    desk.desk.as_ref().expect("open").limit_pages_for_test(true);
    desk.take(ReviewEffect::Act(2, note(round, &"lång ".repeat(100_000))));
    desk.take(ReviewEffect::Act(3, note(round, "kort")));
    desk.take(ReviewEffect::Act(4, ReviewCommand::Undo(round)));
    desk.look();
    assert_eq!(told(&events), ["2 the disk is full, again true"], "said once, and nothing overtakes it");

    let path = desk.keep("kvar.jsonl").expect("written");
    let text = std::fs::read(path).expect("the file");
    let (kept, contents) = exchange::read(&*text).expect("readable");
    assert_eq!(kept.iter().map(|event| event.what.name()).collect::<Vec<_>>(), ["note", "note", "undone"]);
    assert!(desk.keep("kvar.jsonl").is_err(), "a file that exists is not touched");

    desk.desk.as_ref().expect("open").limit_pages_for_test(false);
    desk.look();
    assert_eq!(told(&events), ["2 saved", "3 saved", "4 saved"]);
    let desk = desk.desk.as_mut().expect("open");
    assert_eq!(desk.journal().len(), 4);
    assert_eq!(exchange::join(desk, &kept, &contents).expect("taken in").new, 0, "it is the same");
    let state = desk.journal().state(round, "23-079-S13").expect("said");
    assert_eq!(state.notes.len(), 1, "the short one is undone");
}

#[test]
fn what_was_typed_before_the_end_is_saved_at_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let (events, _told) = channel();
    let post = EventSender { events, wake: Arc::new(|| ()) };
    let store = folder.path().join("r.db");
    let (first, _events, round) = opened(folder.path());
    drop(first);
    let thread = ReviewThread::start(place(&store), Places::default(), &post);
    thread.take(ReviewEffect::Open);
    for token in 2..20 {
        thread.take(ReviewEffect::Act(token, note(round, "x")));
    }
    drop(thread);
    let desk = ReviewSession::open(&store, place(&store).author, PATIENCE).expect("a store");
    assert_eq!(desk.journal().len(), 1 + 18);
}
