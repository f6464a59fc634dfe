//! The elapsed part of a project period.

use crate::domain::catalogue::record::Record;
pub use crate::domain::project_state::ProjectState;
use crate::domain::schema::FieldKind;
use crate::domain::values::date::Date;

/// A project's time and how much of it has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodBar {
    /// Days from start to end, both counted; at least 1.
    pub days: u32,
    /// Number of elapsed days.
    pub passed: u32,
}

impl PeriodBar {
    /// The bar of a period; `None` if it ends before it starts.
    #[must_use]
    pub fn new(start: Date, end: Date, today: Date) -> Option<Self> {
        let days = u32::try_from(days_between(start, end) + 1).ok().filter(|days| *days > 0)?;
        let passed = u32::try_from(days_between(start, today).max(0)).unwrap_or(u32::MAX).min(days);
        Some(Self { days, passed })
    }

    /// Number of filled columns out of `width`: all of them only when the period has ended, none only before it starts.
    #[must_use]
    pub fn filled(self, columns: u16) -> u16 {
        let filled = u64::from(columns) * u64::from(self.passed) / u64::from(self.days);
        let filled = u16::try_from(filled).unwrap_or(columns);
        if self.passed > 0 { filled.max(1).min(columns) } else { 0 }
    }
}

/// Days from one day to another; negative if the other is earlier.
fn days_between(from: Date, to: Date) -> i32 {
    // Days alone cannot overflow between any two dates of the calendar.
    from.until(to).map_or(0, |span| span.get_days())
}

/// The state of a record's project; `None` if it has no readable date.
#[must_use]
pub fn state_of(record: Record<'_>, today: Date) -> Option<ProjectState> {
    ProjectState::on(record.date(FieldKind::StartDate), record.date(FieldKind::EndDate), today)
}
