//! The local date, asked for at midnight, after a suspend, and with every key.

use std::fmt;
use std::sync::Arc;

use crate::domain::values::date::Date;

/// Time in milliseconds after which an idle session asks for the date, however far midnight is: a machine that was
/// suspended has counted no time meanwhile.
const ASK_EVERY: u64 = 300_000;

/// The local calendar. A session never reads the system's own clock.
#[derive(Clone)]
pub struct Calendar(Arc<dyn Fn() -> CalendarDay + Send + Sync>);

/// The present day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    /// Its date.
    pub date: Date,
    /// Time until it ends, in milliseconds.
    pub ends_in: u64,
}

impl Calendar {
    /// A calendar that reads the present day from a function.
    pub fn new(read: impl Fn() -> CalendarDay + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// Returns the date, and the time at which to ask again; `now` and that time are in milliseconds since the session
    /// began.
    pub(super) fn ask(&self, now: u64) -> (Date, u64) {
        let CalendarDay { date, ends_in } = (self.0)();
        // A timer may fire a little early.
        (date, now + ends_in.saturating_add(1).min(ASK_EVERY))
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({})", (self.0)().date)
    }
}
