//! Personal data by the meaning of its column: amounts stay, everything else is masked before it is kept.

use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::domain::diagnostic::Code;
use diarium::domain::schema::FieldKind;
use diarium::export::{ExportFormat, render};
use diarium::i18n::Lang;
use diarium::loading::{Input, LoadPlan, Loaded, load};
use rstest::rstest;

/// Ten digits that are a valid personal identity number, of the tax agency's test numbers.
const PERSON: &str = "8112289874";

fn load_file(name: &str, bytes: &[u8]) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), bytes).expect("written");
    let inputs = vec![Input::Path(folder.path().to_owned())];
    let plan = LoadPlan { inputs, privacy: Privacy::Protected, ..LoadPlan::default() };
    load(&plan, Arc::new(Codes::built_in()))
}

/// Loads a list of one column next to the id.
fn column(heading: &str, cells: impl IntoIterator<Item = String>) -> Loaded {
    let rows = cells.into_iter().enumerate();
    let row = |(at, cell)| format!("{}-{:03}-S01;{cell}\n", 20 + at / 900, at % 900);
    let rows = rows.map(row).collect::<Vec<_>>().concat();
    load_file("a.csv", format!("Diarienummer;{heading}\n{rows}").as_bytes())
}

fn values(loaded: &Loaded) -> Vec<String> {
    let last = |record: diarium::domain::catalogue::record::Record<'_>| {
        record.fields().last().map(|field| field.value.to_owned()).unwrap_or_default()
    };
    loaded.catalogue.records().map(last).collect()
}

fn has(loaded: &Loaded, code: Code) -> bool {
    loaded.diagnostics.iter().any(|found| found.code == code)
}

/// Everything that the program says of a list: each format, each line of each source, each finding.
fn everything(loaded: &Loaded) -> String {
    let forms = [
        ExportFormat::Text,
        ExportFormat::Json,
        ExportFormat::JsonLines,
        ExportFormat::Tsv,
        ExportFormat::Csv,
        ExportFormat::CsvExcel,
        ExportFormat::Markdown(Lang::Swedish),
        ExportFormat::Ids,
    ];
    let formats = forms.iter().map(|form| render(*form, loaded.catalogue.records()).expect("written"));
    let mut said: Vec<String> = formats.collect();
    for record in loaded.catalogue.records() {
        said.extend(record.places().filter_map(|place| record.source_text(place.source)));
        said.extend(record.places().filter_map(|place| loaded.catalogue.source_line(place)));
    }
    said.extend(loaded.diagnostics.iter().map(|found| format!("{found:?}")));
    said.join("\n")
}

#[test]
fn amounts_that_could_be_personal_numbers_stay() {
    let cells = (0..40).map(|at| match at {
        7 => PERSON.to_owned(),
        at => format!("70{:08}", at * 1_000_037),
    });
    let loaded = column("EU-stöd", cells);
    assert_eq!(values(&loaded).get(7).map(String::as_str), Some(PERSON));
    assert!(!has(&loaded, Code::PersonalNumber) && !has(&loaded, Code::PersonalAmounts));
    assert!(everything(&loaded).contains(PERSON));
}

#[rstest]
#[case("8112289874.50")]
#[case("8112289874,5")]
fn decimals_make_an_amount(#[case] cell: &str) {
    let loaded = column("EU-stöd", [cell.to_owned()]);
    assert_eq!(values(&loaded), [cell]);
}

#[rstest]
#[case("811228-9874")]
#[case("811228 9874")]
#[case("81 12 28 9874")]
#[case("811228.9874")]
#[case("8112289874 kr")]
#[case("8112289874")] // alone it is one in one
fn other_cells_of_amounts_are_masked(#[case] cell: &str) {
    let loaded = column("EU-stöd", [cell.to_owned()]);
    assert!(!everything(&loaded).contains("9874"), "{}", everything(&loaded));
}

#[test]
fn a_column_of_amounts_with_many_personal_numbers_stays_masked() {
    let cells =
        (0..40).map(|at| if at % 8 == 0 { PERSON.to_owned() } else { format!("70{:08}", at * 1_000_037) });
    let loaded = column("EU-stöd", cells);
    assert!(!everything(&loaded).contains(PERSON));
    let found: Vec<_> =
        loaded.diagnostics.iter().filter(|found| found.code == Code::PersonalAmounts).collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].subject.as_str(), found[0].other.as_deref()), ("EU-stöd", Some("5/40")));
}

#[rstest]
#[case("Projektägare organisationsnummer")]
#[case("Egen kolumn")]
#[case("Namn")]
#[case("Ort")]
#[case("Sammanfattning")]
#[case("Stödmottagare postnr")]
fn other_columns_are_masked_value_by_value(#[case] heading: &str) {
    // Three in a hundred, as sole traders are among beneficiaries.
    let cells = (0..300).map(|at| if at % 33 == 5 { PERSON.to_owned() } else { "2120002759".to_owned() });
    let loaded = column(heading, cells);
    let said = everything(&loaded);
    assert!(!said.contains(PERSON));
    assert!(said.contains("2120002759"), "organisations stay");
    assert!(has(&loaded, Code::PersonalNumber));
}

#[test]
fn the_numbers_of_an_amount_column_in_pieces_are_judged_together() {
    // Large enough to be cut into pieces; one number early, the amounts that make it one in many come later.
    let filler = "x".repeat(400);
    let rows = (0..40_000)
        .map(|at| {
            let cell = if at == 3 { PERSON.to_owned() } else { format!("70{:08}", at * 1_037) };
            format!("{}-{:03}-S{:02};{filler};{cell}\n", 20 + at / 90_000, at % 900, 1 + at / 900)
        })
        .collect::<Vec<_>>()
        .concat();
    let loaded = load_file("a.csv", format!("Diarienummer;Egen;EU-stöd\n{rows}").as_bytes());
    assert_eq!(loaded.catalogue.len(), 40_000);
    assert_eq!(values(&loaded).get(3).map(String::as_str), Some(PERSON));
}

#[test]
fn contacts_in_texts_are_masked_and_other_digits_are_not() {
    let list = "Diarienummer;Namn;Egen;Startdatum;Stödmottagare postnr;Projektägare organisationsnummer;Kod\n\
        23-001-S01;Ring 070-123 45 67;a.b@pitea.se, tel 0911-123 45;07/12/2015;94185;212000-2759;0701234567\n";
    let loaded = load_file("a.csv", list.as_bytes());
    let said = everything(&loaded);
    for hidden in ["123 45 67", "a.b", "123 45;", "0701234567"] {
        assert!(!said.contains(hidden), "{hidden}: {said}");
    }
    for kept in ["94185", "212000-2759", "07/12/2015"] {
        assert!(said.contains(kept), "{kept}: {said}");
    }
    assert!(has(&loaded, Code::ContactDetails));
}

#[test]
fn a_file_name_is_masked_wherever_it_is_named() {
    let loaded = load_file("811228-9874 anna.csv", b"Diarienummer;Namn\n23-001-S01;A\nx;y;z\n");
    let name = loaded.catalogue.source_names().next().expect("a source");
    assert!(name.ends_with("******-**** anna.csv"), "{name}");
    assert!(!everything(&loaded).contains("9874"));
    let path = loaded.catalogue.source_paths().next().expect("a source");
    assert!(path.ends_with("811228-9874 anna.csv"), "it can still be opened: {path}");
    let record = loaded.catalogue.records().next().expect("a record");
    assert_eq!(record.raw(FieldKind::Name), Some("A"));
}
