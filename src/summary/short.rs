//! One value in few columns, for a row of the list.

use super::first_block::amount_text;
use crate::domain::catalogue::record::Record;
use crate::domain::schema::{FieldKind, ValueType};
use crate::i18n::Words;

/// A value as it is said in one word or few; as it stands where it cannot be read, and a dash where there is none.
#[must_use]
pub fn short_value(record: Record<'_>, kind: FieldKind, words: &Words) -> String {
    let read = match kind.spec().value {
        ValueType::Date => record.date(kind).map(|date| date.to_string()),
        ValueType::Amount => amount_text(record, kind, words),
        ValueType::Percent => record
            .cofinancing_rate()
            .map(|rate| format!("{}\u{a0}%", rate.format(words.lang.choose(',', '.')))),
        _ => None,
    };
    read.or_else(|| record.raw(kind).map(str::to_owned)).unwrap_or_else(|| "–".to_owned())
}
