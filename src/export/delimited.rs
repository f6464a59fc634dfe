//! Records as lists: a header line, then one record per row. Tab-separated for `cut` and `sort`, comma-separated for
//! programs, semicolon-separated for a Swedish Excel. Fields without a key get columns of their own at the end.
//!
//! Rows end in LF, like all other output, for `grep`, `diff` and `wc`; readers of RFC 4180 accept it. Only the format
//! for Excel ends rows in CRLF, as Excel does.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use super::Written;
use super::key::ExportKey;
use super::value::{ExportValue, Number, joined_to};
use crate::domain::catalogue::record::{Field, Record};
use crate::domain::schema::{FIELDS, FieldKind};
use crate::domain::values::value::is_empty_marker;
use crate::text::formula::{MARK, is_negative_number, looks_like_formula};
use crate::text::printable::{printable, printable_lines};

/// The keys that are written by default: those that fit into a cell.
#[rustfmt::skip]
pub(super) const KEYS: &[ExportKey] = &[
    ExportKey::Id, ExportKey::Diarienummer, ExportKey::Name, ExportKey::StartDate, ExportKey::EndDate, ExportKey::Countries, ExportKey::Fund,
    ExportKey::ProgrammeCci, ExportKey::Beneficiary, ExportKey::OrganisationNumber, ExportKey::CofinancingRate, ExportKey::Priority,
    ExportKey::SpecificObjective, ExportKey::Region, ExportKey::Nuts, ExportKey::Postcode, ExportKey::City, ExportKey::InterventionFields,
    ExportKey::Participants, ExportKey::StrategicImportance, ExportKey::TotalBudget, ExportKey::EsfSupport, ExportKey::EuSupport,
    ExportKey::Description,
];

/// Maximum number of labels with columns of their own: a folder of foreign lists may have any number.
const MOST_OWN_COLUMNS: usize = 100;

/// Delimiter and conventions of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Tabs. One record is one line: line breaks inside texts become spaces.
    Tabs,
    /// RFC 4180: commas, and quotation marks around what needs them.
    Commas,
    /// For a Swedish Excel: semicolons, a decimal comma, a byte order mark, CRLF.
    Excel,
}

impl Dialect {
    const fn delimiter(self) -> char {
        match self {
            Self::Tabs => '\t',
            Self::Commas => ',',
            Self::Excel => ';',
        }
    }

    const fn line_end(self) -> &'static str {
        match self {
            Self::Tabs | Self::Commas => "\n",
            Self::Excel => "\r\n",
        }
    }

    /// A text for a cell: control characters are visible, and formulas are marked as text.
    fn text(self, text: &str) -> String {
        let shown = if self == Self::Tabs { printable(text) } else { printable_lines(text) };
        let is_formula = looks_like_formula(&shown) && !is_negative_number(&shown);
        let text = if is_formula { Cow::Owned(format!("{MARK}{shown}")) } else { shown };
        let needs_quotes = match self {
            // A reader takes a mark at the start for an opening one; elsewhere it is as good as any sign.
            Self::Tabs => text.starts_with('"'),
            _ => text.contains([self.delimiter(), '"', '\n']) || text.trim().len() < text.len(),
        };
        if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into_owned() }
    }

    /// A whole row.
    pub(super) fn row(self, cells: &[String]) -> String {
        let cells: Vec<String> = cells.iter().map(|cell| self.text(cell)).collect();
        cells.join(&self.delimiter().to_string()) + self.line_end()
    }

    fn number(self, number: Number) -> String {
        let number = number.to_string();
        if self == Self::Excel { number.replace('.', ",") } else { number }
    }

    fn value(self, value: &ExportValue<'_>) -> String {
        match value {
            ExportValue::Number(number) | ExportValue::Amount { amount: number, .. } => self.number(*number),
            other => self.text(&other.cell()),
        }
    }
}

/// Writes records below a header line. Unless keys were chosen, records are read twice, the first time to find labels
/// without a key.
pub(super) fn write<'a>(
    dialect: Dialect,
    chosen: Option<&[ExportKey]>,
    records: impl Iterator<Item = Record<'a>> + Clone,
    out: &mut dyn Write,
) -> io::Result<Written> {
    let keys = chosen.unwrap_or(KEYS);
    let own = if chosen.is_some() { OwnColumns::default() } else { OwnColumns::new(records.clone()) };
    let mut written = Written { labels_left_out: own.left_out, ..Written::default() };
    if dialect == Dialect::Excel {
        write!(out, "\u{feff}")?;
    }
    let mut row: Vec<String> = headings(keys).collect();
    row.extend(own.names.iter().map(|name| dialect.text(name)));
    let delimiter = dialect.delimiter().to_string();
    write!(out, "{}{}", row.join(&delimiter), dialect.line_end())?;
    for record in records {
        row.clear();
        for key in keys {
            let value = ExportValue::read(record, *key);
            written.values_left_out += usize::from(is_unread(record, *key, &value));
            row.push(dialect.value(&value));
            if is_amount(*key) {
                let currency = match value {
                    ExportValue::Amount { currency, .. } => currency.unwrap_or_default(),
                    _ => "",
                };
                row.push(currency.to_owned());
            }
        }
        row.extend(own.cells(record).iter().map(|text| dialect.text(text)));
        write!(out, "{}{}", row.join(&delimiter), dialect.line_end())?;
        written.records += 1;
    }
    Ok(written)
}

pub(super) fn headings(keys: &[ExportKey]) -> impl Iterator<Item = String> {
    keys.iter().flat_map(|key| {
        let currency = is_amount(*key).then(|| format!("{}_currency", key.name()));
        std::iter::once(key.name().to_owned()).chain(currency)
    })
}

/// Returns `true` if a column for the currency follows.
pub(super) fn is_amount(key: ExportKey) -> bool {
    matches!(key, ExportKey::TotalBudget | ExportKey::EsfSupport | ExportKey::EuSupport)
}

/// Returns `true` if the record has a value under the key that cannot be read as the column's type.
pub(super) fn is_unread(record: Record<'_>, key: ExportKey, value: &ExportValue<'_>) -> bool {
    let kind = || FIELDS.iter().find(|spec| spec.key == key.name()).map(|spec| spec.kind);
    *value == ExportValue::Unknown && kind().is_some_and(|kind| record.raw(kind).is_some())
}

/// The columns of what no key covers, in the order in which they are met.
#[derive(Default)]
pub(super) struct OwnColumns<'a> {
    pub(super) names: Vec<&'a str>,
    at: HashMap<&'a str, usize>,
    pub(super) left_out: usize,
}

impl<'a> OwnColumns<'a> {
    pub(super) fn new(records: impl Iterator<Item = Record<'a>>) -> Self {
        let taken: Vec<String> = headings(KEYS).collect();
        let mut columns = Self::default();
        let mut left_out = std::collections::HashSet::new();
        for field in records.flat_map(Record::fields).filter(|field| !is_empty_marker(field.value)) {
            let Some(name) = own_name(&field) else { continue };
            if columns.at.contains_key(name) || taken.iter().any(|taken| taken == name) {
                continue;
            }
            if columns.names.len() < MOST_OWN_COLUMNS {
                columns.at.insert(name, columns.names.len());
                columns.names.push(name);
            } else {
                left_out.insert(name);
            }
        }
        columns.left_out = left_out.len();
        columns
    }

    /// The record's cells in these columns.
    pub(super) fn cells(&self, record: Record<'a>) -> Vec<Cow<'a, str>> {
        let mut cells: Vec<Option<Cow<'a, str>>> = vec![None; self.names.len()];
        let fields = record.fields().filter(|field| !self.names.is_empty() && !is_empty_marker(field.value));
        for field in fields {
            let cell = own_name(&field).and_then(|name| cells.get_mut(*self.at.get(name)?));
            if let Some(cell) = cell {
                *cell = Some(joined_to(cell.take(), field.value.trim()));
            }
        }
        cells.into_iter().map(Option::unwrap_or_default).collect()
    }
}

/// The column name of a field that has no key: the stable name of a known field, else the label.
fn own_name<'a>(field: &Field<'a>) -> Option<&'a str> {
    match field.kind {
        // The currency follows each amount.
        Some(FieldKind::Currency) => None,
        Some(kind) => ExportKey::from_name(kind.spec().key).is_none().then_some(kind.spec().key),
        None => Some(field.label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::tabs(Dialect::Tabs, "=1+1\n\ttwo", "'=1+1  two")]
    #[case::opening_mark(Dialect::Tabs, "\"X\" works", "\"\"\"X\"\" works\"")]
    #[case::inner_mark(Dialect::Tabs, "5\" rör", "5\" rör")]
    #[case::controls(Dialect::Commas, "\u{1b}[2J\u{202e}", "¤[2J¤")]
    #[case::lines(Dialect::Commas, "a\n\nb", "\"a\n\nb\"")]
    #[case::marks(Dialect::Commas, "a \"b\"", "\"a \"\"b\"\"\"")]
    #[case::comma(Dialect::Commas, "a, b; c", "\"a, b; c\"")]
    #[case::semicolon(Dialect::Excel, "a; b", "\"a; b\"")]
    #[case::comma_in_excel(Dialect::Excel, "a, b", "a, b")]
    #[case::phone(Dialect::Commas, "+46 8 1", "'+46 8 1")]
    #[case::behind_space(Dialect::Commas, "\r\n @x", "\"' \n @x\"")]
    #[case::marked(Dialect::Commas, "'=1", "''=1")]
    #[case::negative(Dialect::Commas, "-12.5", "-12.5")]
    #[case::list(Dialect::Commas, "- ett\n- två", "\"'- ett\n- två\"")]
    fn texts(#[case] dialect: Dialect, #[case] text: &str, #[case] cell: &str) {
        assert_eq!(dialect.text(text), cell);
    }

    #[test]
    fn numbers_are_numbers() {
        let amount = ExportValue::Amount { amount: Number::Decimal(-2.5), currency: Some("SEK") };
        assert_eq!(Dialect::Tabs.value(&amount), "-2.5");
        assert_eq!(Dialect::Commas.value(&amount), "-2.5");
        assert_eq!(Dialect::Excel.value(&amount), "-2,5");
        assert_eq!(Dialect::Excel.value(&ExportValue::Number(Number::Whole(40))), "40");
    }
}
