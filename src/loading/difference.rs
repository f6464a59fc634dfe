//! What is different after the same files have been read again.

use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;

/// How many records came, changed and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Ids that were not there before.
    pub new: usize,
    /// Ids whose records say something else.
    pub changed: usize,
    /// Ids that are not there any more.
    pub gone: usize,
}

impl Difference {
    /// From one collection to another.
    #[must_use]
    pub fn between(old: &Catalogue, new: &Catalogue) -> Self {
        let mut difference = Self::default();
        for record in new.records() {
            match old.row_of(record.id()).and_then(|row| old.record(row)) {
                None => difference.new += 1,
                Some(before) if !says_the_same(before, record) => difference.changed += 1,
                Some(_) => {}
            }
        }
        difference.gone = (old.len() + difference.new).saturating_sub(new.len());
        difference
    }

    /// Whether all is as it was.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.new == 0 && self.changed == 0 && self.gone == 0
    }
}

/// Whether two records have the same name, fields and text.
fn says_the_same(one: Record<'_>, other: Record<'_>) -> bool {
    fn fields(record: Record<'_>) -> impl Iterator<Item = (&str, &str)> {
        record.fields().map(|field| (field.label, field.value))
    }
    one.name() == other.name() && one.description() == other.description() && fields(one).eq(fields(other))
}
