//! Records end to end: from bytes to typed values, each oddity that has been seen in the wild a case.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diarium::domain::catalogue::Privacy;
use diarium::domain::catalogue::record::Record;
use diarium::domain::codes::Codes;
use diarium::domain::diagnostic::Code;
use diarium::domain::schema::FieldKind;
use diarium::loading::{Input, LoadPlan, Loaded, load};
use rstest::rstest;

fn load_path(path: &Path, privacy: Privacy) -> Loaded {
    let plan = LoadPlan {
        inputs: vec![Input::Path(path.to_owned())],
        encoding: None,
        delimiter: None,
        privacy,
        ..LoadPlan::default()
    };
    load(&plan, Arc::new(Codes::built_in()))
}

fn load_files(files: &[(&str, &[u8])]) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("written");
    }
    load_path(folder.path(), Privacy::Protected)
}

fn load_text(text: &str) -> Loaded {
    load_files(&[("a.txt", text.as_bytes())])
}

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn only(loaded: &Loaded) -> Record<'_> {
    assert_eq!(loaded.catalogue.len(), 1);
    loaded.catalogue.records().next().expect("a record")
}

fn with_field(label: &str, value: &str) -> Loaded {
    load_text(&format!(
        "23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\nNamn:\nProv\n{label}:\n{value}\n\nText.\n"
    ))
}

/// The two real records, if available; their texts are not part of the project.
fn real_records() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/records");
    if folder.is_dir() {
        return Some(folder);
    }
    let _ = writeln!(std::io::stderr(), "SKIPPED: the real records are not here");
    None
}

#[test]
fn nothing_of_the_real_records_is_lost() {
    let Some(folder) = real_records() else { return };
    let loaded = load_path(&folder, Privacy::Protected);
    assert_eq!(loaded.catalogue.len(), 2);
    assert_eq!(codes(&loaded), []);
    for record in loaded.catalogue.records() {
        let text = std::fs::read_to_string(folder.join(format!("{}.txt", record.id()))).expect("the file");
        let mut said: Vec<String> = vec![format!("{} - {}", record.id(), record.name())];
        said.extend(record.fields().flat_map(|field| [format!("{}:", field.label), field.value.to_owned()]));
        said.extend(record.description().lines().map(str::to_owned));
        let blank = |line: &&str| !line.trim().is_empty();
        let said: Vec<&str> = said.iter().map(String::as_str).filter(blank).collect();
        assert_eq!(said, text.lines().filter(blank).collect::<Vec<_>>());
    }
}

#[test]
fn the_real_records_put_together_are_two() {
    let Some(folder) = real_records() else { return };
    let read = |name: &str| std::fs::read(folder.join(name)).expect("the file");
    let both = [read("23-079-S13.txt"), read("24-003-S05.txt")].concat();
    let loaded = load_files(&[("both.txt", &both)]);
    assert_eq!(
        loaded.catalogue.records().map(|record| record.id().to_owned()).collect::<Vec<_>>(),
        ["23-079-S13", "24-003-S05"]
    );
    assert_eq!(codes(&loaded), [Code::JoinedRecords]);
}

/// A value, and the diagnostics that it gives.
#[rstest]
#[case::start_with_time("Startdatum", "2024-04-01 00:00:00", &[])]
#[case::start_slashes("Startdatum", "16/03/2020", &[Code::OutsidePeriod])]
#[case::start_dots("Startdatum", "1.3.2015", &[Code::OutsidePeriod])]
#[case::two_digit_year("Startdatum", "18-09-01", &[Code::TwoDigitYear])]
#[case::range("Startdatum", "2022--2025", &[Code::UnreadableDate])]
#[case::impossible("Startdatum", "31/02/2020", &[Code::ImpossibleDate])]
#[case::leap_day("Slutdatum", "2028-02-29", &[])]
#[case::fraction("Unionens medfinansieringsgrad", "0.8", &[])]
#[case::too_much("Unionens medfinansieringsgrad", "140%", &[Code::UnreadablePercent])]
#[case::amount("Total projektbudget", "75 354 267", &[])]
#[case::amount_with_no_break_space("Total projektbudget", "75\u{a0}354\u{a0}267 kr", &[])]
#[case::amount_not("Total projektbudget", "ungefär en miljon", &[Code::UnreadableAmount])]
#[case::hyphen("Projektägare organisationsnummer", "212000-3005", &[])]
#[case::sixteen("Projektägare organisationsnummer", "162120003005", &[])]
#[case::vat("Projektägare organisationsnummer", "SE212000300501", &[])]
#[case::foreign("Projektägare organisationsnummer", "GB744495211", &[Code::ForeignOrganisationNumber])]
#[case::wrong_check_digit("Projektägare organisationsnummer", "2120003006", &[Code::WrongCheckDigit])]
#[case::sole_trader("Projektägare organisationsnummer", "8112289874", &[Code::PersonalNumber])]
#[case::empty_marker("Antal deltagare", "UPPGIFT SAKNAS", &[])]
#[case::count("Antal deltagare", "ett tjugotal", &[Code::UnreadableCount])]
#[case::code_as_float("Interventionstyp", "140.0", &[])]
#[case::code_with_letter("Interventionstyp", "145a", &[])]
#[case::several_codes("Interventionstyp", "140, 146", &[])]
#[case::unknown_code("Interventionstyp", "999", &[Code::UnknownCode])]
#[case::truncated_cci("Program CCI", "2021SE05SFPR", &[])]
#[case::whole_cci("Program CCI", "2021SE05SFPR001", &[])]
#[case::yes_no("Insats av strategisk betydelse", "Kanske", &[Code::UnreadableYesNo])]
#[case::markup_left_over("Egen", "]](https://x.example) **fet** -- streck", &[])]
#[case::several_counties("Region", "Södermanland, Uppsala, Västmanland", &[])]
fn values(#[case] label: &str, #[case] value: &str, #[case] expected: &[Code]) {
    let loaded = with_field(label, value);
    assert_eq!(codes(&loaded), expected);
    let kept = only(&loaded)
        .fields()
        .any(|field| field.label == label && (field.value == value || value.starts_with("8112")));
    assert!(kept, "the raw text is kept");
}

#[test]
fn a_problem_has_its_place() {
    let loaded = with_field("Startdatum", "31/02/2020");
    let place = loaded.diagnostics[0].place;
    assert_eq!((place.line, place.column), (8, 1));
    assert_eq!(loaded.catalogue.source_line(place).as_deref(), Some("31/02/2020"));
    let loaded = load_text("23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\nStartdatum: 31/02/2020\n");
    assert_eq!((loaded.diagnostics[0].place.line, loaded.diagnostics[0].place.column), (5, 13));
}

#[test]
fn an_end_before_its_start_and_a_region_elsewhere_are_noticed() {
    let text = "23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\nStartdatum:\n2024-09-01\nSlutdatum:\n2023-09-01\n\
                Region:\nStockholm\nNUTS-2 kod:\nSE33\n";
    assert_eq!(codes(&load_text(text)), [Code::EndBeforeStart, Code::RegionDiffers]);
}

#[test]
fn names_with_dashes_commas_and_any_length() {
    let long = "Kompetens ".repeat(18);
    for name in [
        "Siri- förstudie",
        "Fast Care, Utbildning",
        "SUVAS - Unga vuxna",
        "YFI -- Yrkesutbildning",
        long.trim(),
    ] {
        let loaded = load_text(&format!("23-901-S01 - {name}\n\nDiarienummer:\n23-901-S01\n\nText\n"));
        assert_eq!(only(&loaded).name(), name);
    }
}

#[test]
fn the_same_name_twice_is_two_records() {
    let record = |id| format!("{id} - Tekniskt stöd\n\nDiarienummer:\n{id}\nNamn:\nTekniskt stöd\n\n");
    let loaded = load_text(&(record("23-901-S01") + &record("23-902-S01")));
    assert_eq!(loaded.catalogue.len(), 2);
}

#[rstest]
#[case("2021SE05SFPR001_23-017-S01", "23-017-S01")]
#[case("23-017-s01", "23-017-S01")]
#[case("2018/00076", "2018/00076")]
#[case("20200940", "20200940")]
fn spellings_of_ids(#[case] written: &str, #[case] id: &str) {
    assert_eq!(only(&load_text(&format!("Diarienummer:\n{written}\nNamn:\nProv\n"))).id(), id);
}

#[test]
fn a_record_without_an_id_has_a_stable_key() {
    let text = "Namn:\nBara namn\nProjektägare:\nPITEÅ KOMMUN\nStartdatum:\n2024-01-01\n";
    let again = "Projektägare:\nPiteå  kommun\nStartdatum:\n01/01/2024\nNamn:\nBARA NAMN\n";
    let (loaded, other) = (load_text(text), load_text(again));
    assert_eq!(codes(&loaded), [Code::MissingId]);
    assert!(only(&loaded).id().starts_with('~') && only(&loaded).id().len() == 9);
    assert_eq!(only(&loaded).id(), only(&other).id());
}

#[test]
fn records_that_nothing_names_are_not_one() {
    let first = "Länk:\nhttps://prov.example/1\n\nEtt.\n";
    let second = "Länk:\nhttps://prov.example/2\n\nTvå.\n";
    let loaded = load_files(&[("a.txt", first.as_bytes()), ("b.txt", second.as_bytes())]);
    assert_eq!(loaded.catalogue.records().map(Record::description).collect::<Vec<_>>(), ["Ett.", "Två."]);
}

#[test]
fn the_same_id_in_two_files_is_one_record_and_the_first_file_counts() {
    let first = "23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\nRegion:\nStockholm\nAntal deltagare:\n-\n\n";
    let second = "23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\nRegion:\nSydsverige\nAntal deltagare:\n12\n\nText.\n";
    let loaded = load_files(&[("a.txt", first.as_bytes()), ("b.txt", second.as_bytes())]);
    let record = only(&loaded);
    assert_eq!(record.raw(FieldKind::Region), Some("Stockholm"));
    assert_eq!(record.count(FieldKind::Participants), Some(12));
    assert_eq!(record.description(), "Text.");
    assert_eq!(record.places().count(), 2);
    assert_eq!(codes(&loaded), [Code::Conflict]);
}

#[test]
fn a_repeated_id_is_two_records_unless_they_are_equal() {
    let record = |region| format!("23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\nRegion:\n{region}\n\n");
    let loaded = load_text(&(record("Stockholm") + &record("Sydsverige")));
    let ids: Vec<&str> = loaded.catalogue.records().map(Record::id).collect();
    assert_eq!(ids, ["23-901-S01", "23-901-S01#2"]);
    assert_eq!(codes(&loaded), [Code::DuplicateId]);
    assert_eq!(load_text(&(record("Stockholm") + &record("Stockholm"))).catalogue.len(), 1);
}

#[test]
fn a_row_that_is_repeated_adds_its_places_and_nothing_else() {
    let row = "23-901-S01;Ett;Norr;Text.\n";
    let list = ["Diarienummer;Namn;Region;Sammanfattning\n", &row.repeat(20_000)].concat();
    let loaded = load_text(&list);
    let record = only(&loaded);
    assert_eq!((record.places().count(), record.fields().count()), (20_000, 3));
    assert_eq!(record.descriptions().count(), 1);
    // A value that one source repeats still counts as the other source's too.
    let two = load_files(&[
        ("a.csv", b"Diarienummer;Region\n23-901-S01;Norr\n"),
        ("b.csv", b"Diarienummer;Region\n23-901-S01;Syd\n23-901-S01;Norr\n"),
    ]);
    let record = only(&two);
    let region = record.fields().last().expect("a field");
    assert_eq!(record.also_said(region).map(|field| field.value).collect::<Vec<_>>(), ["Syd", "Norr"]);
}

#[test]
fn owners_as_lists_write_them() {
    let owners = |one: &str, other: &str| {
        let [one, other] =
            [one, other].map(|owner| format!("Diarienummer;Namn;Projektägare\n23-901-S01;Ett;{owner}\n"));
        load_files(&[("a.csv", one.as_bytes()), ("b.csv", other.as_bytes())])
    };
    let conflicts = |loaded: &Loaded| codes(loaded).contains(&Code::Conflict);
    assert!(!conflicts(&owners("UPPSALA KOMMUN", "Uppsala kommun")));
    // An older name of the same body is a different name, and both are shown.
    assert!(conflicts(&owners("Uppsala Läns Landsting", "Region Uppsala")));
    let department = "Äldreförvaltningen, Uppsala kommun";
    let loaded = owners(department, department);
    assert_eq!(only(&loaded).raw(FieldKind::Beneficiary), Some(department));
    assert_eq!(only(&loaded).organisation_number(), None);
    // Italy's lists have signs for private persons instead of names.
    let masked =
        load_text("Operation ID;Beneficiary;Codice fiscale\n23-901-S01;*INDIVIDUO*;*CODICE FISCALE*\n");
    assert_eq!(only(&masked).raw(FieldKind::Beneficiary), Some("*INDIVIDUO*"));
    assert!(!codes(&masked).contains(&Code::Unreadable));
}

#[test]
fn a_packed_file_is_unpacked_once_whatever_its_name() {
    let gzip = |contents: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, contents).expect("packed");
        packed.finish().expect("packed")
    };
    let list = gzip(b"Diarienummer;Namn\n23-001-S01;Ett\n");
    assert_eq!(load_files(&[("viktigt!.csv.gz", &list)]).catalogue.len(), 1);
    let twice = load_files(&[("a.gz", &gzip(&list))]);
    assert_eq!((twice.catalogue.len(), codes(&twice)), (0, vec![Code::Archive]));
}

#[test]
fn packed_files_are_named() {
    let (one, two) = (&b"\x1f\x8b\x08\0\0\0\0\0"[..], &b"7z\xbc\xaf\x27\x1c"[..]);
    let loaded = load_files(&[("a.csv.gz", one), ("b.7z", two)]);
    assert!(loaded.nothing_was_readable());
    let said: Vec<(Code, &str)> =
        loaded.diagnostics.iter().map(|found| (found.code, &*found.subject)).collect();
    assert_eq!(said, [(Code::Unreadable, "unexpected end of file"), (Code::Archive, "7-Zip")]);
}

#[test]
fn title_and_fields_may_disagree() {
    let loaded = load_text("23-901-S01 - Prov\n\nDiarienummer:\n23-902-S01\nNamn:\nAnnat\n");
    assert_eq!((only(&loaded).id(), only(&loaded).name()), ("23-902-S01", "Annat"));
    assert_eq!(codes(&loaded), [Code::TitleDiffers, Code::TitleDiffers]);
}

#[test]
fn personal_data_is_hidden_by_default() {
    let text = "23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\nKontaktperson:\nAnna Prov\nE-post:\nanna@prov.example\n\n\
                Ring 811228-9874 om du undrar.\n";
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.txt");
    std::fs::write(&file, text).expect("written");
    let everything = |loaded: &Loaded| {
        let record = only(loaded);
        let fields: String = record.fields().map(|field| field.value).collect();
        let source =
            record.places().next().and_then(|place| record.source_text(place.source)).unwrap_or_default();
        let lines: String =
            loaded.diagnostics.iter().filter_map(|found| loaded.catalogue.source_line(found.place)).collect();
        [fields, source, lines, record.description().to_owned()].concat()
    };
    let protected = load_path(&file, Privacy::Protected);
    for secret in ["Anna", "anna@", "811228", "9874"] {
        assert!(!everything(&protected).contains(secret), "{secret}");
    }
    assert_eq!(only(&protected).hidden_fields(), 2);
    let shown = load_path(&file, Privacy::Shown);
    for secret in ["Anna", "anna@", "811228-9874"] {
        assert!(everything(&shown).contains(secret), "{secret}");
    }
}

#[test]
fn bad_files_do_not_stop_the_others() {
    let record = "23-901-S01 - Prov\n\nDiarienummer:\n23-901-S01\n";
    let loaded = load_files(&[
        ("a.bin", b"\x7fELF\0\0\0"),
        ("b.txt", record.as_bytes()),
        ("c.txt", b"no record in here\n"),
        (".hidden", b"x"),
        ("d.txt", b""),
    ]);
    assert_eq!(loaded.catalogue.len(), 1);
    assert_eq!(codes(&loaded), [Code::HiddenFile, Code::NotText, Code::NoRecord, Code::NoRecord]);
    assert!(!loaded.nothing_was_readable());
}
