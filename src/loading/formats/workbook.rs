//! Converts each sheet of a workbook (XLSX, XLSB, XLS, ODS) to tab-separated text, one line per row, for the reader of lists.
//!
//! Cells are streamed: a dense sheet would need room for every cell up to the last one, and a single cell in the last
//! corner would allocate a hundred gigabytes.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::list::layout::BREAK;
use super::list::merged_cells::MergedCells;
use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Range, Reader, Xls, Xlsb, Xlsx};
use zip::ZipArchive;

/// Largest text of a sheet, in bytes.
const MAX_SHEET: usize = 1 << 30;
/// Largest unpacked size of a workbook, in bytes.
const MAX_CONTENT: u64 = 2 << 30;
/// Largest compression ratio beyond the first 64 MB.
const MAX_RATIO: u64 = 200;
/// Unpacked size that any ratio may reach, in bytes.
const ALWAYS_ALLOWED: u64 = 64 << 20;

/// Maximum number of bytes before the root element of the shared strings ends.
const STRINGS_HEAD: u64 = 1 << 16;
/// Size of the shortest shared string (`<si/>`), in bytes.
const SMALLEST_STRING: u64 = 5;

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Worksheet {
    /// Its name.
    pub(crate) name: String,
    /// Its rows, tab-separated; line 1 is row 1.
    pub(crate) text: String,
    /// Its merged cells.
    pub(crate) merged: Vec<MergedCells>,
    /// The error that ended it early.
    pub(crate) failure: Option<String>,
}

/// A workbook that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WorkbookError {
    /// A ZIP archive that is not a workbook.
    #[error("not a workbook")]
    NoWorkbook,
    /// A workbook in the format used before 2007, or one with a password: both are OLE containers.
    #[error("an old workbook, or one with a password")]
    OldOrLocked,
    /// The workbook is damaged.
    #[error("{0}")]
    Damaged(String),
    /// The unpacked size is over the limit.
    #[error("unpacks to more than {} MB", MAX_CONTENT >> 20)]
    TooLarge,
}

/// Returns `true` for the first bytes of a ZIP archive or an OLE container.
pub(crate) fn may_be_workbook(bytes: &[u8]) -> bool {
    is_archive(bytes) || is_old(bytes)
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// Reads all sheets of a workbook, hidden ones included, in order.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    let form = if is_old(bytes) { WorkbookForm::Xls } else { check_contents(bytes)? };
    let read = || match form {
        WorkbookForm::Xlsx => all_sheets(bytes),
        WorkbookForm::Xlsb => binary_sheets(bytes),
        WorkbookForm::Xls => old_sheets(bytes),
        WorkbookForm::Ods => open_document_sheets(bytes),
    };
    // The reader has panicked on damaged files; its state is dropped.
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(WorkbookError::Damaged("its reader has failed".to_owned())))
}

/// The forms of workbooks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WorkbookForm {
    Xlsx,
    Xlsb,
    /// That of before 2007.
    Xls,
    /// `OpenDocument`.
    Ods,
}

/// Checks the directory of the archive, that it is a workbook and its unpacked size, and returns its form.
fn check_contents(bytes: &[u8]) -> Result<WorkbookForm, WorkbookError> {
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        // A truncated archive can still be recognised as a workbook.
        Err(error) if memchr::memmem::find(bytes, b"xl/").is_some() => {
            return Err(WorkbookError::Damaged(error.to_string()));
        }
        Err(_) => return Err(WorkbookError::NoWorkbook),
    };
    let has = |is_it: fn(&str) -> bool| archive.file_names().any(|name| name.is_ok_and(|name| is_it(&name)));
    let form = if has(|name| name == "xl/workbook.bin") {
        WorkbookForm::Xlsb
    } else if has(|name| name.starts_with("xl/")) {
        WorkbookForm::Xlsx
    } else if has(|name| name == "content.xml") && has(|name| name == "mimetype") {
        WorkbookForm::Ods
    } else {
        return Err(WorkbookError::NoWorkbook);
    };
    let mut size: u64 = 0;
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|error| WorkbookError::Damaged(error.to_string()))?;
        size = size.saturating_add(entry.size());
    }
    let packed = bytes.len() as u64;
    let most = packed.saturating_mul(MAX_RATIO).clamp(ALWAYS_ALLOWED, MAX_CONTENT);
    if size > most {
        return Err(WorkbookError::TooLarge);
    }
    check_string_count(&mut archive)?;
    Ok(form)
}

/// Compares the number of strings that a workbook claims to share with the size of their part: calamine reserves
/// memory for as many as are claimed.
fn check_string_count(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), WorkbookError> {
    let damaged = |reason: String| WorkbookError::Damaged(reason);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|error| damaged(error.to_string()))?;
        if !entry.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")) {
            continue;
        }
        let size = entry.size();
        let mut head = Vec::new();
        entry
            .by_ref()
            .take(STRINGS_HEAD)
            .read_to_end(&mut head)
            .map_err(|error| damaged(error.to_string()))?;
        let head = String::from_utf8_lossy(&head);
        let Some(root) = head.split_once("sst").map(|(_, root)| root) else {
            return Err(damaged("no shared strings".to_owned()));
        };
        let attributes = root.split_once('>').map_or(root, |(attributes, _)| attributes);
        let claimed = attributes.split_once("uniqueCount").and_then(|(_, value)| {
            let digits = value.trim_start_matches(['=', '"', '\'', ' ', '\n', '\r', '\t']);
            digits.split(|c: char| !c.is_ascii_digit()).next().filter(|digits| !digits.is_empty())
        });
        // No number is as large as one that does not fit.
        let claimed = claimed.map_or(0, |digits| digits.parse::<u64>().unwrap_or(u64::MAX));
        if claimed.saturating_mul(SMALLEST_STRING) > size {
            return Err(damaged(format!("{claimed} shared strings claimed in {size} bytes")));
        }
    }
    Ok(())
}

fn all_sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    let damaged = |error: calamine::XlsxError| WorkbookError::Damaged(error.to_string());
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = workbook.sheet_names();
    Ok(names.into_iter().map(|name| sheet(&mut workbook, name)).collect())
}

fn binary_sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    let damaged = |error: calamine::XlsbError| WorkbookError::Damaged(error.to_string());
    let mut workbook = Xlsb::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = workbook.sheet_names();
    let sheet = |name: String| {
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
        Worksheet { name, text: text.text, merged: Vec::new(), failure }
    };
    Ok(names.into_iter().map(sheet).collect())
}

/// Reads a workbook of before 2007; its sheets have at most 65 536 rows of 256 cells.
fn old_sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|_unreadable| WorkbookError::OldOrLocked)?;
    let names = workbook.sheet_names();
    let sheet = |name: String| {
        let range = workbook.worksheet_range(&name).map_err(|error| error.to_string());
        let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        dense_sheet(name, range, merged)
    };
    Ok(names.into_iter().map(sheet).collect())
}

fn open_document_sheets(bytes: &[u8]) -> Result<Vec<Worksheet>, WorkbookError> {
    let damaged = |error: calamine::OdsError| WorkbookError::Damaged(error.to_string());
    let mut workbook = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = workbook.sheet_names();
    let sheet = |name: String| {
        let range = workbook.worksheet_range(&name).map_err(|error| error.to_string());
        dense_sheet(name, range, Vec::new())
    };
    Ok(names.into_iter().map(sheet).collect())
}

fn dense_sheet(name: String, range: Result<Range<Data>, String>, merged: Vec<Dimensions>) -> Worksheet {
    let mut text = SheetText::default();
    let failure = match range {
        Ok(range) => {
            let (first_row, first_column) = range.start().unwrap_or_default();
            let position = |(row, column): (usize, usize)| {
                let at = |start: u32, offset| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
                (at(first_row, row), at(first_column, column))
            };
            let mut cells = range.used_cells();
            cells.find_map(|(row, column, value)| text.cell(position((row, column)), &borrowed(value)).err())
        }
        Err(reason) => Some(reason),
    };
    Worksheet { name, text: text.text, merged: merged_rectangles(merged), failure }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(time) => DataRef::DateTime(*time),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
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
    let merged = merged_cells(workbook, &name);
    Worksheet { name, text: text.text, merged, failure }
}

/// The merged cells of a sheet, up to a number that no sheet needs for its headings and groups.
fn merged_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Vec<MergedCells> {
    merged_rectangles(workbook.merge_cells_by_sheet_name(name).unwrap_or_default())
}

fn merged_rectangles(found: Vec<Dimensions>) -> Vec<MergedCells> {
    let merged = found.into_iter().take(MOST_MERGED).map(|merged| MergedCells {
        rows: merged.start.0 + 1..=merged.end.0 + 1,
        columns: merged.start.1 as usize..=merged.end.1 as usize,
    });
    merged.collect()
}

/// Largest number of merged cells that are taken into account.
const MOST_MERGED: usize = 10_000;

/// Builds the text of a sheet.
#[derive(Default)]
pub(super) struct SheetText {
    text: String,
    /// Row and column of the next cell, from 0.
    row: u32,
    column: u32,
}

impl SheetText {
    /// Adds a cell; cells come row by row.
    pub(super) fn cell(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> Result<(), String> {
        let value = cell_text(value);
        if value.is_empty() {
            return Ok(());
        }
        if (row, column) < (self.row, self.column) {
            return Err(format!("row {} comes after row {}", row + 1, self.row + 1));
        }
        let gap = (row - self.row) as usize + column as usize;
        if self.text.len() + gap + value.len() > MAX_SHEET {
            return Err(format!("more than {} MB in one sheet", MAX_SHEET >> 20));
        }
        while self.row < row {
            self.text.push('\n');
            (self.row, self.column) = (self.row + 1, 0);
        }
        while self.column < column {
            self.text.push('\t');
            self.column += 1;
        }
        self.push_quoted(&value);
        Ok(())
    }

    /// The text of the sheet.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Appends a value, quoted if needed.
    fn push_quoted(&mut self, value: &str) {
        let value = value.trim().replace("\r\n", "\n").replace(['\n', '\r'], &BREAK.to_string());
        if value.contains(['\t', '"']) {
            let _ = write!(self.text, "\"{}\"", value.replace('"', "\"\""));
        } else {
            self.text.push_str(&value);
        }
    }
}

/// The value of a cell as it would be written in a list.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => plain_number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "ja".to_owned(),
        DataRef::Bool(false) => "nej".to_owned(),
        DataRef::DateTime(time) => date(time),
        // Kept as written (`#REF!`), so that the check of its field reports it.
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number without exponent, rounded to the fifteen digits of spreadsheets, where `0.1 + 0.2` is 0.3.
fn plain_number(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    rounded.to_string()
}

/// `2024-09-01`, followed by the time unless it is midnight; a time alone as a number.
fn date(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.is_duration() || time.as_f64() < 1.0 {
        return plain_number(time.as_f64());
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { day } else { format!("{day} {hour:02}:{minute:02}:{second:02}") }
}
