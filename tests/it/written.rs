//! Lists written by the program: its own reader restores them, and a spreadsheet shows them unchanged.

use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::export::{ExportFormat, ExportKey, ExportValue, render};
use diarium::loading::{Input, LoadPlan, Loaded, built_in, load};
use proptest::prelude::*;

fn load_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    for (at, text) in texts.into_iter().enumerate() {
        std::fs::write(folder.path().join(format!("{at:03}")), text).expect("written");
    }
    let inputs = vec![Input::Path(folder.path().to_owned())];
    let plan = LoadPlan { inputs, encoding: None, delimiter: None, privacy: Privacy::Protected };
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
            ExportValue::Amount { amount, currency } => format!("{amount} {currency}"),
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
    fn what_a_list_says_reads_back(
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
