//! Records as an XLSX workbook: one sheet, the keys as its first row. Dates are dates, numbers are numbers, and no
//! text is a formula.

use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::delimited::{self, KEYS, OwnColumns};
use super::key::ExportKey;
use super::value::{ExportValue, Number};
use super::{ExportError, Written};
use crate::domain::catalogue::record::Record;
use crate::domain::schema::FieldKind;
use crate::text::printable::printable_lines;

/// The largest number of rows of a sheet, the heading row included. Set by Excel.
const MAX_ROWS: usize = 1_048_576;
/// The largest number of UTF-16 code units in a cell. Set by Excel.
const MAX_CELL_UNITS: usize = 32_767;
/// The dates that Excel can hold begin in this year.
const FIRST_YEAR: i16 = 1900;

/// The limit of a workbook that a set of records exceeds.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// More records than rows.
    #[error("a workbook has no room for more than {} records", MAX_ROWS - 1)]
    TooManyRecords,
    /// A text is longer than a cell.
    #[error("{id}: a text is longer than the {MAX_CELL_UNITS} characters of a cell")]
    TextTooLong {
        /// The record.
        id: String,
    },
    /// The workbook could not be put together.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

/// Writes records as a workbook. Nothing is written if they exceed a limit of the format.
///
/// # Errors
/// If there are more records than rows, a text is longer than a cell, or `out` cannot be written to.
pub(super) fn write<'a>(
    chosen: Option<&[ExportKey]>,
    records: impl Iterator<Item = Record<'a>> + Clone,
    out: &mut dyn Write,
) -> Result<Written, ExportError> {
    let keys = chosen.unwrap_or(KEYS);
    let own = if chosen.is_some() { OwnColumns::default() } else { OwnColumns::new(records.clone()) };
    let mut written = Written { labels_left_out: own.left_out, ..Written::default() };
    let mut workbook = Workbook::new();
    let mut sheet = Sheet::new(workbook.add_worksheet());
    sheet.headings(delimited::headings(keys).chain(own.names.iter().map(|&name| name.to_owned())))?;
    for record in records {
        sheet.next_row(record)?;
        for key in keys {
            let value = ExportValue::read(record, *key);
            written.values_left_out += usize::from(delimited::is_unread(record, *key, &value));
            sheet.value(*key, record, &value)?;
            if delimited::is_amount(*key) {
                sheet.text(if let ExportValue::Amount { currency, .. } = value {
                    currency.unwrap_or_default()
                } else {
                    ""
                })?;
            }
        }
        for text in own.cells(record) {
            sheet.text(&text)?;
        }
        written.records += 1;
    }
    let bytes = workbook.save_to_buffer().map_err(WorkbookError::from)?;
    out.write_all(&bytes)?;
    Ok(written)
}

/// The sheet with the position of the next cell.
struct Sheet<'a> {
    cells: &'a mut Worksheet,
    row: u32,
    column: u16,
    /// The record of the current row.
    id: String,
    date: Format,
}

impl<'a> Sheet<'a> {
    fn new(cells: &'a mut Worksheet) -> Self {
        Self { cells, row: 0, column: 0, id: String::new(), date: Format::new().set_num_format("yyyy-mm-dd") }
    }

    /// Writes the heading row, which stays visible and has filters.
    fn headings(&mut self, names: impl Iterator<Item = String>) -> Result<(), WorkbookError> {
        let bold = Format::new().set_bold();
        for name in names {
            self.cells.write_string_with_format(0, self.column, printable_lines(&name), &bold)?;
            // Wide enough for a date and for most ids and amounts.
            self.cells.set_column_width(self.column, 14)?;
            self.column += 1;
        }
        self.cells.set_freeze_panes(1, 1)?;
        Ok(())
    }

    fn next_row(&mut self, record: Record<'_>) -> Result<(), WorkbookError> {
        if self.row as usize + 1 >= MAX_ROWS {
            return Err(WorkbookError::TooManyRecords);
        }
        record.id().clone_into(&mut self.id);
        self.row += 1;
        self.column = 0;
        Ok(())
    }

    /// Writes a value into the next cell.
    fn value(
        &mut self,
        key: ExportKey,
        record: Record<'_>,
        value: &ExportValue<'_>,
    ) -> Result<(), WorkbookError> {
        let kind = match key {
            ExportKey::StartDate => Some(FieldKind::StartDate),
            ExportKey::EndDate => Some(FieldKind::EndDate),
            _ => None,
        };
        if let Some(date) = kind.and_then(|kind| record.date(kind)).filter(|date| date.year() >= FIRST_YEAR) {
            let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
            let date = ExcelDateTime::from_ymd(year, month.unsigned_abs(), day.unsigned_abs())?;
            self.cells.write_datetime_with_format(self.row, self.column, &date, &self.date)?;
            self.column += 1;
            return Ok(());
        }
        match value {
            ExportValue::Count(count) => self.number(Number::from_minor(i128::from(*count) * 100)),
            ExportValue::Number(number) | ExportValue::Amount { amount: number, .. } => self.number(*number),
            other => self.text(&other.cell()),
        }
    }

    /// Writes a number into the next cell.
    fn number(&mut self, number: Number) -> Result<(), WorkbookError> {
        #[expect(clippy::cast_precision_loss, reason = "a cell holds no other number than a double")]
        let number = match number {
            Number::Whole(whole) => whole as f64,
            Number::Decimal(decimal) => decimal,
        };
        self.cells.write_number(self.row, self.column, number)?;
        self.column += 1;
        Ok(())
    }

    /// Writes a text into the next cell; an empty one leaves it empty.
    fn text(&mut self, text: &str) -> Result<(), WorkbookError> {
        let text = printable_lines(text);
        if text.encode_utf16().count() > MAX_CELL_UNITS {
            return Err(WorkbookError::TextTooLong { id: self.id.clone() });
        }
        if !text.is_empty() {
            self.cells.write_string(self.row, self.column, text.as_ref())?;
        }
        self.column += 1;
        Ok(())
    }
}
