//! Lists and JSON end to end: the shapes that agencies publish, each oddity that has been seen in the wild a case.

use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::catalogue::record::Record;
use diarium::domain::codes::Codes;
use diarium::domain::diagnostic::Code;
use diarium::domain::schema::FieldKind;
use diarium::domain::values::amount::Amount;
use diarium::domain::values::currency::Currency;
use diarium::export::{ExportFormat, render};
use diarium::loading::{Input, LoadPlan, Loaded, built_in, load};
use proptest::prelude::*;
use rstest::rstest;

fn load_as(files: &[(&str, &[u8])], delimiter: Option<u8>, privacy: Privacy) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    }
    let inputs = vec![Input::Path(folder.path().to_owned())];
    load(
        &LoadPlan { inputs, encoding: None, delimiter, privacy, ..LoadPlan::default() },
        Arc::new(Codes::built_in()),
    )
}

fn load_text(text: &str) -> Loaded {
    load_as(&[("a.dat", text.as_bytes())], None, Privacy::Protected)
}

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn only(loaded: &Loaded) -> Record<'_> {
    assert_eq!(loaded.catalogue.len(), 1, "{:?}", loaded.diagnostics);
    loaded.catalogue.records().next().expect("a record")
}

fn place(loaded: &Loaded, code: Code) -> (u32, u32) {
    let found = loaded.diagnostics.iter().find(|found| found.code == code).expect("the diagnostic");
    (found.place.line, found.place.column)
}

fn field<'a>(record: Record<'a>, label: &str) -> Option<&'a str> {
    record.fields().find(|field| field.label == label).map(|field| field.value)
}

/// Everything that a record says: id, name, text; labels with their values.
type Said = ([String; 3], Vec<(String, String)>);

fn said(loaded: &Loaded) -> Vec<Said> {
    let record = |record: Record<'_>| {
        let fields = record.fields().map(|field| (field.label.to_owned(), field.value.to_owned())).collect();
        ([record.id(), record.name(), record.description()].map(str::to_owned), fields)
    };
    loaded.catalogue.records().map(record).collect()
}

fn kronor(units: i64) -> Amount {
    Amount { minor: units * 100, currency: Some(Currency::SEK) }
}

fn without_currency(units: i64) -> Amount {
    Amount { minor: units * 100, currency: None }
}

const PROJEKTBANKEN: &str = "\u{feff}Diarienummer / Operation ID;Namn på insatsen / Operation Name;Startdatum / Start date;\
    Projektägare organisationsnummer / Beneficiary ID;Stödmottagare / Beneficiary;Total projektbudget / Total budget SEK;\
    EU-stöd i SEK / EU contribution SEK;Sammanfattning / Summary;Sammanfattning engelsk / Summary in english\r\n\
    23-901-S01;Prov;2024-04-01 00:00:00;212000-3005;Uppsala kommun;4 973 906;;\
    \"\"\"<p>Projekt ISA &#8211; Insatser</p>\r\n<p>för unga &amp; vuxna <a href=\"\"https://x.example\"\">här</a></p>\"\"\";<p>In English</p>\r\n\
    23-902-S01;\"\"\"X\"\"; andra\";2024-05-01;;;75\u{a0}354\u{a0}267;7648379;;\r\n";

#[test]
fn projektbanken() {
    let loaded = load_text(PROJEKTBANKEN);
    assert_eq!(codes(&loaded), []);
    let [first, second] = loaded.catalogue.records().collect::<Vec<_>>()[..] else { panic!("two records") };
    assert_eq!((first.id(), first.name()), ("23-901-S01", "Prov"));
    assert_eq!(first.amount(FieldKind::TotalBudget), Some(kronor(4_973_906)));
    assert_eq!(first.raw(FieldKind::EuSupport), None);
    assert_eq!(first.description(), "Projekt ISA – Insatser\n\nför unga & vuxna här (https://x.example)");
    assert_eq!(first.raw(FieldKind::SummaryEnglish), Some("In English"));
    assert_eq!(first.organisation_number().map(|number| number.to_string()).as_deref(), Some("2120003005"));
    assert_eq!(second.name(), "\"X\"; andra");
    assert_eq!(second.amount(FieldKind::TotalBudget), Some(kronor(75_354_267)));
    assert_eq!(second.places().next().map(|place| place.line), Some(4));
}

const KOHESIO: &str = "Operation_Local_Identifier,Operation_Name_English,Operation_Name_Programme_Language,Country,\
    Operation_Start_Date,Operation_End_Date,Cofinancing_Rate,Total_Eligible_Expenditure_amount,\
    Total_Eligible_Expenditure_Currency,Project_EU_Budget,Beneficiary_Name,Category_Of_Intervention,Category_Label,\
    Fund_Code,Programme_Code,Programming_Period,Operation_Summary_English,Operation_Summary_Programme_Language\n\
    2021SE05SFPR001_23-017-S01,Test,Prov,Sweden|Finland,01/09/2023,31/12/2026,40.0,1020.086,EUR,408034.63,\
    Uppsala kommun,117.0|140.0,Inland waterways|Support,ESF+,2021SE05SFPR001,2021-2027,\"Line one\nline two\",\"Rad ett\nrad två, tre\"\n\
    ,Only English,,Sweden,01/09/2023,,,,,,Uppsala kommun,,,,,,Text,\n";

#[test]
fn kohesio() {
    let loaded = load_text(KOHESIO);
    assert_eq!(codes(&loaded), [Code::MissingId, Code::RateDiffers]);
    let [first, second] = loaded.catalogue.records().collect::<Vec<_>>()[..] else { panic!("two records") };
    assert_eq!((first.id(), first.name()), ("23-017-S01", "Prov"));
    assert_eq!(first.raw(FieldKind::NameEnglish), Some("Test"));
    assert_eq!(first.date(FieldKind::EndDate).map(|date| date.to_string()).as_deref(), Some("2026-12-31"));
    let total = first.amount(FieldKind::TotalBudget);
    assert_eq!(total, Some(Amount { minor: 102_009, currency: Some(Currency::EUR) }));
    assert_eq!(first.amount(FieldKind::EuSupport).and_then(|amount| amount.currency), Some(Currency::EUR));
    assert_eq!(first.parts(FieldKind::InterventionField).collect::<Vec<_>>(), ["117.0", "140.0"]);
    assert_eq!(first.parts(FieldKind::Countries).collect::<Vec<_>>(), ["Sweden", "Finland"]);
    assert_eq!(field(first, "Category_Label"), Some("Inland waterways|Support"), "what is not known is kept");
    assert_eq!(first.description(), "Rad ett\nrad två, tre");
    assert_eq!(first.raw(FieldKind::SummaryEnglish), Some("Line one\nline two"));
    assert_eq!((second.name(), second.description()), ("Only English", "Text"));
    assert_eq!(second.fields().count(), 4, "empty cells are no fields");
    assert_eq!(second.places().next().map(|place| place.line), Some(5));
}

#[test]
fn danish_list_in_windows_1252() {
    let list = "Projektnavn / Project name;Støttemodtager / Beneficiary;Startdato / Start date;Beløb / Total cost;\
        Sats / Co-financing rate;Kontaktperson\n\"Vækst\ni Ålborg\";\"Fælles\";\"24.04.2014\";\"15.414.794\";\"50%\";\"Ane Prøve, tlf. 12\"\n\
        \"To\";\"B\";\"1.3.2015\";\"15.414\";\"50%\";\"\"\"Bo\"\" Prøve\"\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(list);
    let loaded = load_as(&[("dk.csv", &bytes)], None, Privacy::Protected);
    assert_eq!(codes(&loaded), [Code::LegacyEncoding, Code::MissingId, Code::MissingId]);
    let [first, second] = loaded.catalogue.records().collect::<Vec<_>>()[..] else { panic!("two records") };
    assert_eq!(first.name(), "Vækst\ni Ålborg");
    assert_eq!(first.amount(FieldKind::TotalBudget), Some(without_currency(15_414_794)));
    // The column's other amount says that its points separate thousands.
    assert_eq!(second.amount(FieldKind::TotalBudget), Some(without_currency(15_414)));
    assert_eq!((first.hidden_fields(), second.hidden_fields()), (1, 1));
    let source = |record: Record<'_>| {
        let place = record.places().next().expect("a place");
        record.source_text(place.source).expect("a text")
    };
    assert!(!source(first).contains("Ane") && !source(second).contains("Bo"), "{}", source(second));
    let shown = load_as(&[("dk.csv", &bytes)], None, Privacy::Shown);
    let second = shown.catalogue.records().nth(1).expect("two");
    assert_eq!(field(second, "Kontaktperson"), Some("\"Bo\" Prøve"));
}

#[test]
fn rows_of_any_width() {
    let list = "Kod,Eget,Nimi / Project name,Region;\n1,a,Ett,X;\n2,b,Två,Y,Z,;\n3,c;\n,,,;\n";
    let loaded = load_text(list);
    assert_eq!(codes(&loaded), [Code::RowTooWide, Code::RowTooNarrow]);
    assert_eq!((place(&loaded, Code::RowTooWide), place(&loaded, Code::RowTooNarrow)), ((3, 11), (4, 0)));
    let [first, second, third] = loaded.catalogue.records().collect::<Vec<_>>()[..] else { panic!("three") };
    assert_eq!(first.raw(FieldKind::Region), Some("X"));
    assert_eq!((second.raw(FieldKind::Region), field(second, "#5")), (Some("Y"), Some("Z")));
    assert_eq!(field(third, "Eget"), Some("c"));
}

/// A cell of the second column, its value, and its diagnostics.
#[rstest]
#[case::doubled("\"\"\"The action \"\"X\"\" works\"\"\"", "\"The action \"X\" works\"", &[])]
#[case::quoted_twice("\"\"The action \"\"X\"\" works\"\"", "\"The action \"X\" works\"", &[])]
#[case::stray("\"Ett \"hem\" för\"", "Ett \"hem\" för", &[Code::BrokenQuotes])]
#[case::never_closed("\"Ett hem", "\"Ett hem", &[Code::BrokenQuotes])]
#[case::dash_and_comma("Siri- förstudie, Uppsala – ett", "Siri- förstudie, Uppsala – ett", &[])]
#[case::line_break("\"två\nrader\"", "två\nrader", &[])]
#[case::personal("Av 811228-9874", "Av ******-****", &[Code::PersonalNumber])]
#[case::personal_by_escape("\"Av \"\"811228-9874\"\"\"", "Av \"******-****\"", &[Code::PersonalNumber])]
fn cells(#[case] cell: &str, #[case] value: &str, #[case] expected: &[Code]) {
    let list = format!("Diarienummer;Namn;Region\n23-901-S01;{cell};Stockholm\n23-902-S01;\"Nästa\";\n");
    let loaded = load_text(&list);
    assert_eq!(codes(&loaded), expected);
    let [first, second] = loaded.catalogue.records().collect::<Vec<_>>()[..] else { panic!("two records") };
    assert_eq!((first.name(), first.raw(FieldKind::Region)), (value, Some("Stockholm")));
    assert_eq!(second.name(), "Nästa");
}

#[test]
fn headings_below_a_title_and_a_delimiter_of_ones_own() {
    let loaded =
        load_text("Insatser 2026\n\nDiarienummer\tNamn\tEgen\n23-901-S01\tProv\t\n23-902-S01\tB\tx\n");
    assert_eq!((codes(&loaded), loaded.catalogue.len()), (vec![Code::BeforeHeader], 2));
    let list: &[(&str, &[u8])] = &[("a", b"Diarienummer#Namn\n23-901-S01#Prov\n")];
    assert_eq!(only(&load_as(list, Some(b'#'), Privacy::Protected)).name(), "Prov");
    assert_eq!(codes(&load_as(list, None, Privacy::Protected)), [Code::NoRecord]);
}

#[test]
fn a_text_record_and_a_row_of_one_id_are_one_record() {
    let text = "23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\nRegion:\nStockholm\n\nText.\n";
    let list = "Operation_Local_Identifier,Operation_Name_Programme_Language,Project_EU_Budget,\
        Total_Eligible_Expenditure_Currency\n2021SE05SFPR001_23-901-S01,Prov,1000.5,EUR\n";
    let loaded = load_as(&[("a.txt", text.as_bytes()), ("b.csv", list.as_bytes())], None, Privacy::Protected);
    let record = only(&loaded);
    assert_eq!(record.places().count(), 2);
    assert_eq!(record.description(), "Text.");
    let eu = Some(Amount { minor: 100_050, currency: Some(Currency::EUR) });
    assert_eq!(record.amount(FieldKind::EuSupport), eu);
}

#[test]
fn objects_by_labels_and_by_keys() {
    let json = r#"[
      {"Diarienummer": "23-901-S01", "Namn": "Prov \u00e5", "Land": ["Sverige", "Finland"], "Egen": {"djup": 3, "email": "a@b.example"},
       "Insats av strategisk betydelse": false, "Sammanfattning": "<p>Ett</p><p>Två</p>", "Antal deltagare": null},
      {"id": "23-902-S01", "name": "B", "total_budget": {"amount": 12.345, "currency": "EUR"}, "start_date": "2024-01-01",
       "organisation_number": 8112289874}
    ]"#;
    let loaded = load_text(json);
    assert_eq!(codes(&loaded), [Code::PersonalNumber, Code::ContactDetails]);
    let [first, second] = loaded.catalogue.records().collect::<Vec<_>>()[..] else { panic!("two records") };
    assert_eq!((first.id(), first.name(), first.description()), ("23-901-S01", "Prov å", "Ett\n\nTvå"));
    assert_eq!(first.parts(FieldKind::Countries).count(), 2);
    assert_eq!((field(first, "Egen.djup"), first.hidden_fields()), (Some("3"), 1));
    assert_eq!((second.id(), second.name()), ("23-902-S01", "B"));
    let total = Some(Amount { minor: 1_235, currency: Some(Currency::EUR) });
    assert_eq!(second.amount(FieldKind::TotalBudget), total);
    assert_eq!(second.raw(FieldKind::OrganisationNumber), Some("**********"));
    assert_eq!(second.places().next().map(|place| place.line), Some(4));
    assert_eq!(only(&load_text(r#"{"projekt": [{"Namn": "x", "Diarienummer": "23-901-S01"}]}"#)).name(), "x");
}

#[rstest]
#[case::array("[{\"id\": \"23-901-S01\"},\n {\"id\": å}]", 1, (2, 9))]
#[case::cut_off("[{\"id\": \"23-901-S01\"},\n {\"id\":", 1, (2, 7))]
#[case::lines("{\"id\": \"23-901-S01\"}\n{\"id\": \"\n{\"id\": \"23-903-S01\"}\n", 2, (2, 8))]
#[case::after_the_end("[{\"id\": \"23-901-S01\"}]\n]", 1, (2, 1))]
fn mistakes_in_json(#[case] json: &str, #[case] records: usize, #[case] at: (u32, u32)) {
    let loaded = load_text(json);
    assert_eq!((codes(&loaded), loaded.catalogue.len()), (vec![Code::JsonSyntax], records));
    assert_eq!(place(&loaded, Code::JsonSyntax), at);
}

#[test]
fn personal_numbers_hidden_by_escapes_are_masked() {
    let json = "{\"Namn\": \"x\", \"Diarienummer\": \"23-901-S01\", \"Egen\": \"81122\\u0038-9874\"}";
    let loaded = load_text(json);
    let record = only(&loaded);
    assert_eq!(field(record, "Egen"), Some("******-****"));
    let place = record.places().next().expect("a place");
    assert!(!record.source_text(place.source).expect("a text").contains("9874"));
}

fn assert_reads_back(before: &Loaded) -> Result<(), TestCaseError> {
    for form in [ExportFormat::Json, ExportFormat::JsonLines] {
        let written = render(form, before.catalogue.records()).expect("written");
        let after = load_text(&written);
        prop_assert_eq!(said(&after), said(before), "written:\n{}", written);
    }
    Ok(())
}

#[test]
fn the_own_export_reads_back() {
    let records: Vec<_> = built_in::RECORDS.iter().map(|(_, text)| *text).collect();
    let united = "23-901-S01 - A\n\nDiarienummer:\n23-901-S01\n";
    let twice = "Namn:\n\"x\"\\ \u{1b}\n\nb\n\n\nDiarienummer:\n23-901-S01\nRegion:\nX\n\n\nDiarienummer:\n23-901-S01\nRegion:\nY\nSammanfattning:\n<p>a</p>\n";
    for texts in
        [&records[..], &[PROJEKTBANKEN], &[KOHESIO], &[united, "Diarienummer;Namn\n23-901-S01;B\n"], &[twice]]
    {
        let names: Vec<_> = (0..texts.len()).map(|at| format!("{at:03}")).collect();
        let files: Vec<_> =
            names.iter().zip(texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        assert_reads_back(&load_as(&files, None, Privacy::Protected)).expect("the same records");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn text_records_read_back_from_json(
        text in "(23-001-S01 - A\n\nDiarienummer:\n23-001-S01\n)?([ -~åäö\\\\\"]{0,9}(:|: |\n|\n\n| - |Namn:\n|Region:\n|23-00[1-3]-S01|\n\nDiarienummer:\n23-00[1-3]-S01\n|\n\n24-001-S01 - B\n\nNamn:\n)){0,16}"
    ) {
        let before = load_text(&text);
        // One without a record at all may have another form altogether.
        prop_assume!(!before.catalogue.is_empty());
        assert_reads_back(&before)?;
    }

    #[test]
    fn whatever_comes_has_its_place(
        head in "(Diarienummer;Namn;Sammanfattning;E-post\n|\\[|\\{\"Namn\": |Namn,Region\n)?",
        text in "([;,\"\n\t|{}:<>&å]|\"\"|\\\\u0031|<p>|Namn|Region: |23-00[12]-S01| 811228-9874 |[0-9.]{1,4}|x ){0,40}"
    ) {
        let loaded = load_text(&(head + &text));
        for found in loaded.diagnostics.iter().filter(|found| found.place.line > 0) {
            let line = loaded.catalogue.source_line(found.place);
            prop_assert!(line.is_some_and(|line| found.place.column as usize <= line.chars().count() + 1), "{:?}", found);
        }
        for record in loaded.catalogue.records() {
            let whole: String = record.fields().map(|field| field.value).chain([record.name(), record.description()]).collect();
            prop_assert!(!whole.contains("9874"), "{}", whole);
            for place in record.places() {
                prop_assert!(record.source_text(place.source).is_some());
                prop_assert!(loaded.catalogue.source_line(place).is_some());
            }
        }
    }

    #[test]
    fn any_bytes_load(head in "(Diarienummer;Namn\n|\\[\\{)?", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let loaded = load_as(&[("a", &[head.as_bytes(), &bytes].concat())], None, Privacy::Protected);
        prop_assert!(loaded.catalogue.len() <= bytes.len() + 1);
    }
}

/// One record in the two deliveries that agencies publish, told apart by their currencies and spellings; the dates of
/// its end alone contradict each other.
const AT_HOME: &str = "Diarienummer / Operation ID;Namn på insatsen / Operation Name;Startdatum / Start date;\
    Slutdatum / End date;EU-fond / EU fund;Program CCI / Program CCI;Projektägare organisationsnummer / Beneficiary ID;\
    Stödmottagare / Beneficiary;Unionens medfinansieringsgrad / Union co-financing rate;\
    Specifikt mål / Specific objective concerned;Interventionsområde / Intervention field;\
    Total projektbudget / Total budget SEK;EU-stöd i SEK / EU contribution SEK\n\
    23-902-S01;Prov – del två;2023-09-01;2026-08-31;ESF+;2021SE05SFPR;212000-2759;PROV KOMMUN;40%;A2A;140;\
    19 126 097;7 648 379\n";
const IN_EUROPE: &str = "Operation_Local_Identifier,Operation_Name_Programme_Language,Country,Operation_Start_Date,\
    Operation_End_Date,Cofinancing_Rate,Total_Eligible_Expenditure_amount,Total_Eligible_Expenditure_Currency,\
    Project_EU_Budget,Beneficiary_Name,Beneficiary_Local_Identifier,Category_Of_Intervention,\
    Specific_Objective_Label,Fund_Code,Programme_Code\n\
    2021SE05SFPR001_23-902-S01,Prov -- del två,Sweden,01/09/2023,31/08/2027,39.99,1654321.5,EUR,661563.25,\
    Prov kommun,SE212000275901,140.0,ESO4.7,ESF+,2021SE05SFPR001\n";

#[test]
fn two_deliveries_of_one_record_conflict_only_where_they_contradict_each_other() {
    let files = [("a.csv", AT_HOME.as_bytes()), ("b.csv", IN_EUROPE.as_bytes())];
    let loaded = load_as(&files, None, Privacy::Protected);
    assert_eq!(only(&loaded).places().count(), 2);
    let conflicts: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|found| found.code == Code::Conflict)
        .map(|found| (found.subject.as_str(), found.other.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(conflicts, [("31/08/2027", "2026-08-31")]);
    let conflict = loaded.diagnostics.iter().find(|found| found.code == Code::Conflict).expect("found");
    let name = |place: Option<diarium::domain::source_location::SourceLocation>| {
        place.map(|place| {
            let file = loaded.catalogue.source_name(place.source).rsplit('/').next().unwrap_or_default();
            format!("{file}:{}:{}", place.line, place.column)
        })
    };
    assert_eq!(name(Some(conflict.place)).as_deref(), Some("b.csv:2:62"));
    assert_eq!(name(conflict.other_place).as_deref(), Some("a.csv:2:38"));
}
