//! How a long load comes on, in one line of standard error that goes away at the end. Only for a person at a terminal.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::i18n::Words;
use crate::loading::{Loaded, Observer, Progress};
use crate::ui::event::LoadProgress;

/// Shorter loads say nothing.
const SILENT: Duration = Duration::from_millis(700);
/// The line is written anew so often.
const EVERY: Duration = Duration::from_millis(200);

/// Tells how a load comes on.
pub struct ProgressLine<'a> {
    words: &'a Words,
    /// Where to tell; nowhere but at a terminal.
    errors: Option<&'a mut dyn Write>,
    began: Instant,
    next: Duration,
}

impl<'a> ProgressLine<'a> {
    /// Begins now.
    pub fn new(words: &'a Words, errors: Option<&'a mut dyn Write>) -> Self {
        Self { words, errors, began: Instant::now(), next: SILENT }
    }

    /// Takes the line away.
    pub fn end(self) {
        if self.next > SILENT
            && let Some(errors) = self.errors
        {
            // Where this cannot be written, the next line cannot either, and says so.
            let _ = write!(errors, "\r\u{1b}[K");
        }
    }
}

impl Observer for ProgressLine<'_> {
    fn wants(&mut self, progress: Progress) -> bool {
        let elapsed = self.began.elapsed();
        if elapsed >= self.next
            && let Some(errors) = &mut self.errors
        {
            self.next = elapsed + EVERY;
            let reading = LoadProgress::of(progress, elapsed.as_millis());
            let _ = write!(errors, "\r{}\u{1b}[K", reading.text(self.words));
            let _ = errors.flush();
        }
        false
    }

    fn take(&mut self, _: Loaded, _: Progress) {}

    fn is_stopped(&self) -> bool {
        false
    }
}
