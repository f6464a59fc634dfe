//! Workbooks end to end, built here part by part.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::catalogue::record::Record;
use diarium::domain::codes::Codes;
use diarium::domain::diagnostic::Code;
use diarium::loading::{Input, LoadPlan, Loaded, load};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::corpus::collection::package::{Package, SHEET_END, column, escaped, sheet_begin};

/// A cell as its sheet's XML has it: type, style, value.
enum Cell {
    Text(String),
    Number(f64),
    /// Days since 1899-12-30.
    Date(f64),
    Bool(bool),
    Error(&'static str),
    Nothing,
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// The XML of a sheet; rows come with their numbers, from 1.
fn sheet(rows: &[(usize, Vec<Cell>)]) -> String {
    let mut xml = sheet_begin();
    for (number, cells) in rows {
        let _ = write!(xml, "<row r=\"{number}\">");
        for (at, cell) in cells.iter().enumerate() {
            let place = format!("{}{number}", column(at));
            let _ = match cell {
                Cell::Text(text) => write!(
                    xml,
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escaped(text)
                ),
                Cell::Number(number) => write!(xml, "<c r=\"{place}\"><v>{number}</v></c>"),
                Cell::Date(days) => write!(xml, "<c r=\"{place}\" s=\"1\"><v>{days}</v></c>"),
                Cell::Bool(value) => write!(xml, "<c r=\"{place}\" t=\"b\"><v>{}</v></c>", u8::from(*value)),
                Cell::Error(error) => write!(xml, "<c r=\"{place}\" t=\"e\"><v>{error}</v></c>"),
                Cell::Nothing => Ok(()),
            };
        }
        xml.push_str("</row>");
    }
    xml + SHEET_END
}

/// A workbook of these sheets.
fn workbook(sheets: &[(&str, String)]) -> Vec<u8> {
    let mut package = Package::new(Vec::new(), CompressionMethod::Deflated);
    for (name, xml) in sheets {
        package.sheet(name).expect("begun");
        package.out().write_all(xml.as_bytes()).expect("written");
    }
    package.finish().expect("an archive")
}

fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).expect("begun");
        archive.write_all(contents.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

fn load_bytes(bytes: &[u8]) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lista.bin");
    std::fs::write(&file, bytes).expect("written");
    let inputs = vec![Input::Path(file)];
    let plan = LoadPlan {
        inputs,
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    load(&plan, Arc::new(Codes::built_in()))
}

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.diagnostics.iter().map(|found| found.code).collect()
}

fn fields(record: Record<'_>) -> Vec<(String, String)> {
    record.fields().map(|field| (field.label.to_owned(), field.value.to_owned())).collect()
}

fn headings() -> Vec<Cell> {
    let names = [
        "Diarienummer",
        "Namn",
        "Startdatum",
        "Total projektbudget",
        "Interventionsområde",
        "Strategisk",
        "Eget",
    ];
    names.map(text).into()
}

#[test]
fn cells_are_read_as_displayed() {
    let row = vec![
        text("23-001-S01"),
        text("Ett \"citerat\" namn"),
        Cell::Date(45_536.0),
        Cell::Number(1_234_567.5),
        Cell::Number(117.0),
        Cell::Bool(true),
        text("rad ett\nrad två\tmed tabb"),
    ];
    let second = vec![
        text("23-002-S01"),
        text("Två"),
        Cell::Date(45_536.5),
        Cell::Error("#N/A"),
        Cell::Number(0.1 + 0.2),
    ];
    let rows = [(1, vec![text("Lista över insatser")]), (3, headings()), (4, row), (9, second)];
    let loaded = load_bytes(&workbook(&[("Blad1", sheet(&rows)), ("Tomt", sheet(&[]))]));
    let records: Vec<Record<'_>> = loaded.catalogue.records().collect();
    let expected = [
        ("Diarienummer", "23-001-S01"),
        ("Namn", "Ett \"citerat\" namn"),
        ("Startdatum", "2024-09-01"),
        ("Total projektbudget", "1234567.5"),
        ("Interventionsområde", "117"),
        ("Strategisk", "ja"),
        ("Eget", "rad ett\nrad två\tmed tabb"),
    ];
    assert_eq!(fields(records[0]), expected.map(|(label, value)| (label.to_owned(), value.to_owned())));
    let other: Vec<String> = fields(records[1]).into_iter().map(|(_, value)| value).collect();
    assert_eq!(other, ["23-002-S01", "Två", "2024-09-01 12:00:00", "#N/A", "0.3"]);
    // Rows are numbered as in the sheet, whatever is empty above them or broken inside cells.
    let lines: Vec<u32> = records.iter().flat_map(|record| record.places()).map(|place| place.line).collect();
    assert_eq!(lines, [4, 9]);
    assert_eq!(
        loaded.catalogue.source_name(records[0].places().next().expect("a place").source).rsplit('/').next(),
        Some("lista.bin [Blad1]")
    );
    assert!(!codes(&loaded).contains(&Code::RowTooNarrow) && !codes(&loaded).contains(&Code::NoRecord));
}

#[test]
fn a_sheet_equals_the_same_list_as_text() {
    let list =
        "Diarienummer\tNamn\tProjektägare\n23-001-S01\tEtt\tPITEÅ KOMMUN\n23-002-S01\tTvå\tUppsala kommun\n";
    let rows: Vec<(usize, Vec<Cell>)> =
        list.lines().enumerate().map(|(at, line)| (at + 1, line.split('\t').map(text).collect())).collect();
    let (sheets, lists) = (load_bytes(&workbook(&[("Blad1", sheet(&rows))])), load_bytes(list.as_bytes()));
    let all = |loaded: &Loaded| loaded.catalogue.records().map(fields).collect::<Vec<_>>();
    assert_eq!(all(&sheets), all(&lists));
}

#[test]
fn all_sheets_are_read_and_those_without_records_named() {
    let rows = |id: &str| [(1, headings()), (2, vec![text(id), text("Namn")])];
    let notes = [(1, vec![text("Hämtad 2026-01-01")]), (2, vec![text("Kontakt: 811228-9874")])];
    let sheets =
        [("A", sheet(&rows("23-001-S01"))), ("Info", sheet(&notes)), ("B", sheet(&rows("23-002-S01")))];
    let loaded = load_bytes(&workbook(&sheets));
    let ids: Vec<&str> = loaded.catalogue.records().map(Record::id).collect();
    assert_eq!(ids, ["23-001-S01", "23-002-S01"]);
    let unread = loaded.diagnostics.iter().find(|found| found.code == Code::NoRecord).expect("named");
    assert!(loaded.catalogue.source_name(unread.place.source).ends_with("[Info]"));
    assert!(codes(&loaded).contains(&Code::PersonalNumber));
}

#[test]
fn personal_numbers_in_number_cells_are_masked() {
    let rows = [
        (1, headings()),
        (2, vec![text("23-001-S01"), text("x"), Cell::Nothing, Cell::Number(8_112_289_874.0)]),
    ];
    let loaded = load_bytes(&workbook(&[("Blad1", sheet(&rows))]));
    assert!(codes(&loaded).contains(&Code::PersonalAmounts));
    assert!(!format!("{:?}", fields(loaded.catalogue.records().next().expect("a record"))).contains("9874"));
}

#[test]
fn a_cell_in_the_last_corner_costs_no_more_than_it_is() {
    let mut rows = vec![(1, headings()), (2, vec![text("23-001-S01"), text("Ett")])];
    rows.push((1_048_576, vec![text("23-002-S01"), text("Sist")]));
    let loaded = load_bytes(&workbook(&[("Blad1", sheet(&rows))]));
    let last = loaded.catalogue.records().last().expect("a record");
    assert_eq!((last.id(), last.places().next().map(|place| place.line)), ("23-002-S01", Some(1_048_576)));
}

#[test]
fn files_that_are_not_workbooks_are_reported() {
    let other = archive(&[("a.txt".to_owned(), "text".to_owned())]);
    assert_eq!(codes(&load_bytes(&other)), [Code::NoRecord]);
    let list = archive(&[("lista.csv".to_owned(), "Diarienummer;Namn\n23-001-S01;Ett\n".to_owned())]);
    assert_eq!(load_bytes(&list).catalogue.len(), 1);
    assert_eq!(codes(&load_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on")), [Code::OldWorkbook]);
    let bomb = archive(&[("xl/workbook.xml".to_owned(), " ".repeat(80 << 20))]);
    assert_eq!(codes(&load_bytes(&bomb)), [Code::DamagedWorkbook]);
}

#[test]
fn a_damaged_workbook_is_named_wherever_it_breaks_off() {
    let rows = [(1, headings()), (2, vec![text("23-001-S01"), text("Ett")])];
    let whole = workbook(&[("Blad1", sheet(&rows))]);
    for end in (4..whole.len()).step_by(37) {
        let loaded = load_bytes(&whole[..end]);
        let said = codes(&loaded);
        assert!(said.contains(&Code::DamagedWorkbook) || said.contains(&Code::Unreadable), "{end}: {said:?}");
    }
}

proptest! {
    #[test]
    fn any_damage_is_a_diagnostic_or_harmless(at in 0.0..1.0_f64, byte in any::<u8>()) {
        let rows = [(1, headings()), (2, vec![text("23-001-S01"), text("Ett"), Cell::Date(45_536.0)])];
        let mut bytes = workbook(&[("Blad1", sheet(&rows))]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
        let at = (at * bytes.len() as f64) as usize;
        bytes[at] = byte;
        let loaded = load_bytes(&bytes);
        prop_assert!(!loaded.catalogue.is_empty() || !loaded.diagnostics.is_empty());
    }

    #[test]
    fn text_in_a_cell_is_the_fields_value(value in "[a-zåäö\"\t\n;,]{1,20}") {
        let rows = [(1, vec![text("Diarienummer"), text("Namn"), text("Eget")]), (2, vec![text("23-001-S01"), text("Ett"), text(&value)])];
        let loaded = load_bytes(&workbook(&[("Blad1", sheet(&rows))]));
        let record = loaded.catalogue.records().next().expect("a record");
        let own = record.fields().find(|field| field.label == "Eget").map_or("", |field| field.value);
        prop_assert_eq!(own, value.trim());
    }
}

#[test]
fn more_shared_strings_than_bytes_are_refused() {
    let strings = r#"<?xml version="1.0"?><sst xmlns="x" uniqueCount="4000000000"><si><t>a</t></si></sst>"#;
    let parts = [("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", strings)];
    let bytes = archive(&parts.map(|(name, contents)| (name.to_owned(), contents.to_owned())));
    let loaded = load_bytes(&bytes);
    assert_eq!(codes(&loaded), [Code::DamagedWorkbook]);
    assert!(loaded.diagnostics[0].subject.contains("4000000000"), "{:?}", loaded.diagnostics);
}
