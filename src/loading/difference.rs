//! Compares two loads of the same sources.

use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;

/// Numbers of new, changed and missing records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Ids only in the new load.
    pub new: usize,
    /// Ids whose records differ.
    pub changed: usize,
    /// Ids only in the old load.
    pub gone: usize,
}

impl Difference {
    /// Compares an old load with a new one.
    #[must_use]
    pub fn between(old: &Catalogue, new: &Catalogue) -> Self {
        let mut difference = Self::default();
        for record in new.records() {
            match old.row_of(record.id()).and_then(|row| old.record(row)) {
                None => difference.new += 1,
                Some(before) if !have_same_content(before, record) => difference.changed += 1,
                Some(_) => {}
            }
        }
        difference.gone = (old.len() + difference.new).saturating_sub(new.len());
        difference
    }

    /// Returns `true` if nothing differs.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.new == 0 && self.changed == 0 && self.gone == 0
    }
}

/// Returns `true` if two records have the same name, fields and description.
fn have_same_content(one: Record<'_>, other: Record<'_>) -> bool {
    fn fields(record: Record<'_>) -> impl Iterator<Item = (&str, &str)> {
        record.fields().map(|field| (field.label, field.value))
    }
    one.name() == other.name() && one.description() == other.description() && fields(one).eq(fields(other))
}
