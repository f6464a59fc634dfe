//! A list with the labels of text records as headings, as a workbook: days and amounts are numbers, everything else is
//! text.

use std::fmt::Write as _;
use std::io::{self, Write};

use zip::CompressionMethod;

use super::Collection;
use super::faults::Fault;
use super::generic::{cells, columns};
use super::model::{Day, Model};
use super::package::{Package, SHEET_END, column, escaped, sheet_begin};

/// A sheet has no more records: programs stop at 1,048,576 rows.
const MOST_ROWS: usize = 500_000;
/// The columns that contain numbers if the record has a value.
const START: usize = 2;
const END: usize = 3;
const TOTAL: usize = 19;

/// Writes a collection as one workbook.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(collection: Collection, out: &mut dyn Write) -> io::Result<()> {
    let mut package = Package::new(out, CompressionMethod::Deflated);
    let mut row = 0;
    for model in collection.models() {
        if model.number % MOST_ROWS == 0 {
            if model.number > 0 {
                package.out().write_all(SHEET_END.as_bytes())?;
            }
            let name = format!("Insatser {}", model.number / MOST_ROWS + 1);
            let headings: Vec<String> = columns(&model).into_iter().map(str::to_owned).collect();
            package.sheet(&name)?;
            package.out().write_all((sheet_begin() + &xml(1, &headings, None)).as_bytes())?;
            row = 1;
        }
        row += 1;
        package.out().write_all(xml(row, &cells(&model), Some(&model)).as_bytes())?;
    }
    package.out().write_all(SHEET_END.as_bytes())?;
    package.finish().map(drop)
}

fn xml(row: usize, cells: &[String], model: Option<&Model>) -> String {
    let mut xml = format!("<row r=\"{row}\">");
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let place = format!("{}{row}", column(at));
        let _ = match model.and_then(|model| number(model, at)) {
            Some((number, style)) => write!(xml, "<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>"),
            None => write!(
                xml,
                "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(cell)
            ),
        };
    }
    xml + "</row>"
}

/// Number and style of a cell; `None` for text, including faults that only text can express.
fn number(model: &Model, at: usize) -> Option<(usize, usize)> {
    let is_date = !model.has(Fault::DateWithShortYear) && !model.has(Fault::DateImpossible);
    let date = |day| (serial(day), 1);
    match at {
        START if is_date => Some(date(model.start)),
        END if is_date => model.end.map(date),
        TOTAL if !model.has(Fault::AmountIsMarker) => model.total.map(|total| (total, 0)),
        _ => None,
    }
}

/// Days since 30 December 1899, as spreadsheets count them.
fn serial(day: Day) -> usize {
    // Years begin in March, so that the leap day is the last one: 306 days are before the year 1 that way.
    let (year, month) = if day.month < 3 { (day.year - 1, day.month + 9) } else { (day.year, day.month - 3) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day.of_month - 1;
    days - 693_899
}
