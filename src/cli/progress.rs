//! Progress of a long load: one line on standard error, at a terminal only, removed at the end.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::i18n::Words;
use crate::loading::{Loaded, Observer, Progress};
use crate::ui::event::LoadProgress;

/// Time before progress is shown.
const SILENT: Duration = Duration::from_millis(700);
/// Time between updates of the line.
const EVERY: Duration = Duration::from_millis(200);

/// A progress line on standard error.
pub struct ProgressLine<'a> {
    words: &'a Words,
    /// The stream; `None` if it is no terminal.
    errors: Option<&'a mut dyn Write>,
    began: Instant,
    next: Duration,
}

impl<'a> ProgressLine<'a> {
    /// Starts measuring time.
    pub fn new(words: &'a Words, errors: Option<&'a mut dyn Write>) -> Self {
        Self { words, errors, began: Instant::now(), next: SILENT }
    }

    /// Removes the line.
    pub fn end(self) {
        if self.next > SILENT
            && let Some(errors) = self.errors
        {
            // A failed write is reported by the next message.
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
            let reading = LoadProgress::after(progress, elapsed.as_millis());
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
