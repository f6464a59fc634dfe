//! Workbooks: each sheet of an XLSX file becomes a text, a line a row and a tab between cells, which the reader of lists
//! reads. Knows no records.
//!
//! Cells are taken as they come: a reader of whole sheets needs room for every cell up to the last one, and a single
//! cell in the last corner of a sheet would ask for a hundred gigabytes.

use std::fmt::Write as _;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use zip::ZipArchive;

/// Stands for a line break in a cell: a row of a sheet is one line of its text, so that lines are numbered as rows are.
pub(crate) const BREAK: char = '\u{2424}';

/// A sheet's text is no larger, in bytes.
const LARGEST_SHEET: usize = 1 << 30;
/// What is packed is no larger in all, in bytes …
const LARGEST_CONTENT: u64 = 2 << 30;
/// … nor so many times as large as the file, beyond the first 64 MB: nothing that people write is.
const MOST_PACKED: u64 = 200;
/// Content that is never too large, in bytes.
const HARMLESS_CONTENT: u64 = 64 << 20;

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Worksheet {
    /// Its name.
    pub(crate) name: String,
    /// Its rows; line 1 is row 1.
    pub(crate) text: String,
    /// Why it breaks off before its end, if it does.
    pub(crate) failure: Option<String>,
}

/// Why there are no sheets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WorkbookError {
    /// An archive of something else.
    #[error("not a workbook")]
    NoWorkbook,
    /// A workbook as programs wrote it before 2007, or one with a password: both look the same from outside.
    #[error("an old workbook, or one with a password")]
    OldOrLocked,
    /// It is damaged.
    #[error("{0}")]
    Damaged(String),
    /// What it unpacks to would fill the memory.
    #[error("unpacks to more than {} MB", LARGEST_CONTENT >> 20)]
    TooLarge,
}

/// Whether bytes begin as those of a workbook, or of another archive, do.
pub(crate) fn may_be_workbook(bytes: &[u8]) -> bool {
    is_archive(bytes) || is_old(bytes)
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// The sheets of a workbook, hidden ones too, in its order.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    if is_old(bytes) {
        return Err(WorkbookError::OldOrLocked);
    }
    check_contents(bytes)?;
    // Its reader has panicked on damaged files before; what it leaves behind is thrown away.
    catch_unwind(AssertUnwindSafe(|| all_sheets(bytes)))
        .unwrap_or_else(|_| Err(WorkbookError::Damaged("its reader has failed".to_owned())))
}

/// Looks at the list of contents alone: whether it is a workbook's, and how large all is when it is unpacked.
fn check_contents(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        // Broken off or overwritten: its first bytes still tell what it was meant to be.
        Err(error) if memchr::memmem::find(bytes, b"xl/").is_some() => {
            return Err(WorkbookError::Damaged(error.to_string()));
        }
        Err(_) => return Err(WorkbookError::NoWorkbook),
    };
    if !archive.file_names().any(|name| name.is_ok_and(|name| name.starts_with("xl/"))) {
        return Err(WorkbookError::NoWorkbook);
    }
    let mut size: u64 = 0;
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|error| WorkbookError::Damaged(error.to_string()))?;
        size = size.saturating_add(entry.size());
    }
    let packed = bytes.len() as u64;
    let most = packed.saturating_mul(MOST_PACKED).clamp(HARMLESS_CONTENT, LARGEST_CONTENT);
    if size > most { Err(WorkbookError::TooLarge) } else { Ok(()) }
}

fn all_sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    let damaged = |error: calamine::XlsxError| WorkbookError::Damaged(error.to_string());
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = workbook.sheet_names();
    Ok(names.into_iter().map(|name| sheet(&mut workbook, name)).collect())
}

fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Worksheet {
    let mut text = SheetText::default();
    let failure = match workbook.worksheet_cells_reader(&name) {
        Ok(mut cells) => loop {
            match cells.next_cell() {
                Ok(Some(cell)) => {
                    if let Err(reason) = text.cell(cell.get_position(), cell.get_value()) {
                        break Some(reason);
                    }
                }
                Ok(None) => break None,
                Err(error) => break Some(error.to_string()),
            }
        },
        Err(error) => Some(error.to_string()),
    };
    Worksheet { name, text: text.text, failure }
}

/// The text of a sheet in the making.
#[derive(Default)]
struct SheetText {
    text: String,
    /// Where the next cell would stand: row and column, from 0.
    row: u32,
    column: u32,
}

impl SheetText {
    /// Adds a cell; they come row by row.
    fn cell(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> Result<(), String> {
        let value = written(value);
        if value.is_empty() {
            return Ok(());
        }
        if (row, column) < (self.row, self.column) {
            return Err(format!("row {} comes after row {}", row + 1, self.row + 1));
        }
        let gap = (row - self.row) as usize + column as usize;
        if self.text.len() + gap + value.len() > LARGEST_SHEET {
            return Err(format!("more than {} MB in one sheet", LARGEST_SHEET >> 20));
        }
        while self.row < row {
            self.text.push('\n');
            (self.row, self.column) = (self.row + 1, 0);
        }
        while self.column < column {
            self.text.push('\t');
            self.column += 1;
        }
        self.quoted(&value);
        Ok(())
    }

    /// Writes a value into the cell at hand, in quotation marks where it needs them.
    fn quoted(&mut self, value: &str) {
        let value = value.trim().replace("\r\n", "\n").replace(['\n', '\r'], &BREAK.to_string());
        if value.contains(['\t', '"']) {
            let _ = write!(self.text, "\"{}\"", value.replace('"', "\"\""));
        } else {
            self.text.push_str(&value);
        }
    }
}

/// A cell's value as people write it: the list readers take it from there.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => plain_number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "ja".to_owned(),
        DataRef::Bool(false) => "nej".to_owned(),
        DataRef::DateTime(time) => date(time),
        // As it stands in the sheet: the value is not there, and the check of its field says so.
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number without exponent, with the fifteen digits that spreadsheets count in: `0.1 + 0.2` is 0.3 there.
fn plain_number(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    rounded.to_string()
}

/// `2024-09-01`, with the time where there is one; a time alone as the number that it is.
fn date(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.is_duration() || time.as_f64() < 1.0 {
        return plain_number(time.as_f64());
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { day } else { format!("{day} {hour:02}:{minute:02}:{second:02}") }
}
