//! Lists written by the program: its own reader restores them, and a spreadsheet shows them unchanged.

use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::export::{ExportFormat, ExportKey, ExportValue, render, write};
use diarium::loading::{Input, LoadPlan, Loaded, built_in, load};
use proptest::prelude::*;

fn load_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    for (at, text) in texts.into_iter().enumerate() {
        std::fs::write(folder.path().join(format!("{at:03}")), text).expect("written");
    }
    let inputs = vec![Input::Path(folder.path().to_owned())];
    let plan = LoadPlan {
        inputs,
        encoding: None,
        delimiter: None,
        privacy: Privacy::Protected,
        ..LoadPlan::default()
    };
    load(&plan, Arc::new(Codes::built_in()))
}

/// The values of every key with a column, and of unknown labels.
fn values(loaded: &Loaded, form: ExportFormat) -> Vec<Vec<String>> {
    let keys = ExportKey::ALL
        .iter()
        .filter(|key| !matches!(key, ExportKey::Fields | ExportKey::Sources | ExportKey::Review));
    let text = |text: &str| {
        let text = if form == ExportFormat::Tsv { text.replace('\n', " ") } else { text.to_owned() };
        text.trim().to_owned()
    };
    let record = |record| {
        let value = |key: &ExportKey| match ExportValue::read(record, *key) {
            ExportValue::Amount { amount, currency } => {
                format!("{amount} {}", currency.unwrap_or_default())
            }
            other => text(&other.cell()),
        };
        let own = record.fields().filter(|field| field.label.starts_with("Eget"));
        let mut own: Vec<String> =
            own.map(|field| format!("{}: {}", field.label, text(field.value))).collect();
        own.sort();
        keys.clone().map(value).chain(own).collect()
    };
    loaded.catalogue.records().map(record).collect()
}

const LISTS: [ExportFormat; 3] = [ExportFormat::Csv, ExportFormat::CsvExcel, ExportFormat::Tsv];

#[test]
fn the_built_in_records_read_back_from_lists() {
    let before = load_texts(built_in::RECORDS.iter().map(|(_, text)| *text));
    for form in LISTS {
        let written = render(form, before.catalogue.records()).expect("written");
        assert_eq!(values(&load_texts([&*written]), form), values(&before, form), "{form:?}");
    }
}

/// Loads a workbook that is written from records.
fn through_a_workbook(before: &Loaded) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ut.xlsx");
    let mut file = std::fs::File::create(&path).expect("created");
    let written = write(ExportFormat::Workbook, None, before.catalogue.records(), &mut file);
    assert_eq!(written.expect("written").records, before.catalogue.len());
    let inputs = vec![Input::Path(path)];
    let plan = LoadPlan { inputs, privacy: Privacy::Protected, ..LoadPlan::default() };
    load(&plan, Arc::new(Codes::built_in()))
}

#[test]
fn the_built_in_records_read_back_from_a_workbook() {
    let before = load_texts(built_in::RECORDS.iter().map(|(_, text)| *text));
    let after = through_a_workbook(&before);
    assert_eq!(values(&after, ExportFormat::Workbook), values(&before, ExportFormat::Workbook));
}

#[test]
fn a_workbook_holds_dates_numbers_and_no_formula() {
    use calamine::{Data, Reader};
    let before = load_texts([
        "Diarienummer:\n23-001-S01\nNamn:\n=1+1\nSlutdatum:\n2024-08-18\nTotal projektbudget:\n1234,50 kr\n",
    ]);
    let mut bytes = std::io::Cursor::new(Vec::new());
    write(ExportFormat::Workbook, None, before.catalogue.records(), &mut bytes).expect("written");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(bytes).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    let cell = |heading: &str| {
        let column = sheet.headers().expect("headings").iter().position(|name| name == heading);
        sheet.get((1, column.expect("the column"))).cloned().expect("a cell")
    };
    assert_eq!(cell("name"), Data::String("=1+1".to_owned()));
    assert_eq!(cell("total_budget"), Data::Float(1234.5));
    assert!(matches!(cell("end_date"), Data::DateTime(_)), "{:?}", cell("end_date"));
    let formulas = book.worksheet_formula("Sheet1").expect("formulas");
    assert!(formulas.is_empty(), "a text became a formula");
}

#[test]
fn a_text_that_no_cell_can_hold_is_refused_and_named() {
    let text = "ord ".repeat(10_000);
    let before = load_texts([&*format!("Diarienummer:\n23-001-S01\nSammanfattning:\n{text}\n")]);
    let mut bytes = Vec::new();
    let refused = write(ExportFormat::Workbook, None, before.catalogue.records(), &mut bytes);
    assert!(refused.expect_err("too long").to_string().contains("23-001-S01"));
    assert_eq!(bytes, b"", "a part of it was written");
}

#[test]
fn amounts_keep_their_currency() {
    let before = load_texts([
        "Diarienummer:\n23-001-S01\nTotal projektbudget:\nEUR 1 234,5\nBeviljat ESF-stöd:\n1 234 kr\nEU-stöd:\n-12,25 EUR\n",
    ]);
    for form in LISTS {
        let written = render(form, before.catalogue.records()).expect("written");
        assert_eq!(values(&load_texts([&*written]), form), values(&before, form), "{written}");
    }
}

/// The cells of a list as RFC 4180 has them: an own reading, so that the program's does not judge itself.
fn cells(list: &str, delimiter: char) -> Vec<String> {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut signs = list.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => cell.extend(signs.next()),
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            sign if !is_quoted && (sign == delimiter || sign == '\n' || sign == '\r') => {
                cells.push(std::mem::take(&mut cell));
            }
            sign => cell.push(sign),
        }
    }
    assert!(!is_quoted, "{list}");
    cells
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn lists_are_read_back(
        rows in proptest::collection::vec(proptest::collection::vec("[=+@'\"; ,a1å\n|.-]{0,8}", 6), 1..4)
    ) {
        let record = |(at, cells): (usize, &Vec<String>)| serde_json::json!({
            "Diarienummer": format!("23-{at:03}-S01"),
            "Namn": format!("x{}", cells[0]),
            "Projektägare": cells[1],
            "Total projektbudget": cells[2],
            "Eget ett": cells[3],
            "Eget två": format!("-{}", cells[4]),
            "description": cells[5],
        });
        let json = serde_json::Value::from(rows.iter().enumerate().map(record).collect::<Vec<_>>());
        let before = load_texts([&*json.to_string()]);
        for (form, delimiter) in LISTS.into_iter().zip([',', ';', '\t']) {
            let written = render(form, before.catalogue.records()).expect("written");
            for cell in cells(&written, delimiter) {
                let begins = cell.trim_start();
                let is_number = cell.strip_prefix('-').is_some_and(|number| number.replace(',', ".").parse::<f64>().is_ok());
                prop_assert!(is_number || !begins.starts_with(['=', '+', '-', '@']), "{:?} in {}", cell, written);
            }
            let after = load_texts([&*written]);
            let without_empty = |values: Vec<Vec<String>>| -> Vec<Vec<String>> {
                values.into_iter().map(|row| row.into_iter().filter(|value| !value.is_empty() && !value.ends_with(": ") && !value.ends_with(": -") && value != "-").collect()).collect()
            };
            prop_assert_eq!(without_empty(values(&after, form)), without_empty(values(&before, form)), "written:\n{}", written);
        }
    }
}
