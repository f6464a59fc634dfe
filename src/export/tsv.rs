//! Records as tab-separated values: one record is one line, whatever its texts hold, so that `cut`, `sort` and
//! a spreadsheet agree. Line breaks and tabs in a text are spaces; JSON keeps them.

use std::io::{self, Write};

use super::key::Key;
use super::value::Value;
use crate::domain::record::Record;
use crate::text::printable::printable;

/// What is written when nothing else is asked for: what fits into a cell.
#[rustfmt::skip]
pub(super) const KEYS: &[Key] = &[
    Key::Id, Key::Diarienummer, Key::Name, Key::StartDate, Key::EndDate, Key::Countries, Key::Fund,
    Key::ProgrammeCci, Key::Beneficiary, Key::OrganisationNumber, Key::CofinancingRate, Key::Priority,
    Key::SpecificObjective, Key::Region, Key::Nuts, Key::Postcode, Key::City, Key::InterventionFields,
    Key::Participants, Key::StrategicImportance, Key::TotalBudget, Key::EsfSupport, Key::EuSupport,
    Key::Description,
];

/// Writes records below a line of keys.
pub(super) fn write<'a>(
    keys: &[Key],
    records: impl Iterator<Item = Record<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut headings = Vec::new();
    for key in keys {
        headings.push(key.name().to_owned());
        if is_amount(*key) {
            headings.push(format!("{}_currency", key.name()));
        }
    }
    writeln!(out, "{}", headings.join("\t"))?;
    for record in records {
        let mut cells = Vec::with_capacity(headings.len());
        for key in keys {
            let value = Value::of(record, *key);
            cells.push(cell(&value));
            if is_amount(*key) {
                cells.push(if let Value::Amount { currency, .. } = value {
                    currency.to_owned()
                } else {
                    String::new()
                });
            }
        }
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// Amounts have their currency in a column beside.
fn is_amount(key: Key) -> bool {
    matches!(key, Key::TotalBudget | Key::EsfSupport | Key::EuSupport)
}

/// A cell. A text that a spreadsheet would take for a formula is marked as text by an apostrophe.
fn cell(value: &Value<'_>) -> String {
    let text = value.cell();
    let text = printable(&text);
    let is_number = matches!(value, Value::Number(_) | Value::Amount { .. });
    if !is_number && text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_line_and_no_formula() {
        assert_eq!(cell(&Value::Text("=1+1\n\ttwo".into())), "'=1+1  two");
        assert_eq!(cell(&Value::Text("\u{1b}[2J".into())), "¤[2J");
        assert_eq!(cell(&Value::Number(super::super::value::Number::Whole(-2))), "-2");
    }
}
