//! Values in short form, for a row of the list.

use crate::domain::catalogue::record::Record;
use crate::domain::schema::{FieldKind, ValueType};
use crate::domain::values::amount::format_amount;
use crate::domain::values::currency::Currency;
use crate::i18n::Words;

/// A value in short form; the raw text if it cannot be read, and a dash if the record has none.
#[must_use]
pub fn short_value(record: Record<'_>, kind: FieldKind, words: &Words) -> String {
    let read = match kind.spec().value {
        ValueType::Date => record.date(kind).map(|date| date.to_string()),
        ValueType::Amount => amount_text(record, kind, words),
        ValueType::Percent => {
            record.cofinancing_rate().map(|rate| format!("{}\u{a0}%", rate.format(words.lang.decimal_sign())))
        }
        _ => None,
    };
    read.or_else(|| record.raw(kind).map(str::to_owned)).unwrap_or_else(|| "–".to_owned())
}

/// An amount with its currency, `19 126 097 kr`; `None` if it cannot be read. The spaces do not break.
fn amount_text(record: Record<'_>, kind: FieldKind, words: &Words) -> Option<String> {
    let amount = record.amount(kind)?;
    let currency = match amount.currency {
        Some(Currency::SEK) => "kr",
        Some(currency) => currency.code(),
        None => words.currency_not_stated,
    };
    Some(format!("{}\u{a0}{currency}", format_amount(&amount, '\u{a0}', words.lang.decimal_sign())))
}
