//! Threads whose panics reach the session.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::EventSender;
use crate::ui::event::Event;

/// Starts a thread. If it panics, which is a fault of the program, the session receives [`Event::WorkerFailed`]:
/// without the thread's answers the screen would wait forever.
pub(super) fn spawn(events: &EventSender, work: impl FnOnce() + Send + 'static) -> thread::JoinHandle<()> {
    let events = events.clone();
    thread::spawn(move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            events.send(Event::WorkerFailed);
        }
    })
}
