//! The synthetic collection: the same for the same seed, the same records in every form, faults in their shares.

#[path = "../corpus/mod.rs"]
mod synthetic;

pub use synthetic::{collection, generate};

use std::collections::BTreeSet;
use std::sync::Arc;

use collection::faults::FAULTS;
use collection::{Collection, FORMS, Form, package};
use diarium::domain::catalogue::Privacy;
use diarium::domain::codes::Codes;
use diarium::domain::diagnostic::Code;
use diarium::domain::schema::FieldKind;
use diarium::loading::{Input, LoadPlan, Loaded, load};
use rstest::rstest;

#[path = "../fuzz/invariants.rs"]
mod invariants;

use invariants::{TARGETS, Target, check};
use proptest::prelude::*;

fn written(form: Form, seed: u64, count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    Collection { seed, count }.write(form, &mut bytes).expect("written");
    bytes
}

fn loaded(form: Form, count: usize) -> Loaded {
    let inputs = vec![Input::Bytes { name: "collection".to_owned(), bytes: written(form, 7, count).into() }];
    let plan =
        LoadPlan { inputs, encoding: None, delimiter: None, privacy: Privacy::Shown, ..LoadPlan::default() };
    load(&plan, Arc::new(Codes::built_in()))
}

#[test]
fn a_seed_determines_the_collection() {
    for (name, form) in FORMS {
        assert_eq!(written(*form, 1, 50), written(*form, 1, 50), "{name}");
        assert_ne!(written(*form, 1, 50), written(*form, 2, 50), "{name}");
    }
}

#[test]
fn a_larger_collection_begins_with_a_smaller_one() {
    for form in [Form::Text, Form::Projektbanken, Form::Kohesio, Form::Tsv, Form::JsonLines] {
        assert!(written(form, 1, 60).starts_with(&written(form, 1, 50)));
    }
}

#[rstest]
#[case("text")]
#[case("projektbanken")]
#[case("kohesio")]
#[case("tsv")]
#[case("json")]
#[case("jsonl")]
fn the_first_two_records(#[case] name: &str) {
    let form = FORMS.iter().find(|(known, _)| *known == name).expect("a form").1;
    let text = String::from_utf8(written(form, 1, 2)).expect("text");
    insta::assert_snapshot!(name, text.replace('\r', "␍"));
}

/// The ids of the records, without those that the program derives from the file format.
fn ids(loaded: &Loaded) -> BTreeSet<String> {
    loaded
        .catalogue
        .records()
        .map(|record| record.id().to_owned())
        .filter(|id| !id.starts_with('~'))
        .collect()
}

#[test]
fn every_form_loads_to_the_same_ids() {
    let text = ids(&loaded(Form::Text, 600));
    assert!(text.len() > 590, "{}", text.len());
    for (name, form) in FORMS {
        let other = ids(&loaded(*form, 600));
        let differ: Vec<_> = text.symmetric_difference(&other).collect();
        assert!(differ.is_empty(), "{name}: {differ:?}");
    }
}

#[test]
fn every_form_loads_to_the_same_fields() {
    let text = loaded(Form::Text, 300);
    for (name, form) in FORMS {
        let other = loaded(*form, 300);
        for record in text.catalogue.records().filter(|record| !record.id().starts_with('~')) {
            let row = other.catalogue.row_of(record.id()).expect("the same ids");
            let same = other.catalogue.record(row).expect("a record");
            assert_eq!(same.name(), record.name(), "{name}");
            assert_eq!(same.raw(FieldKind::Beneficiary), record.raw(FieldKind::Beneficiary), "{name}");
            assert_eq!(same.organisation_number(), record.organisation_number(), "{name}");
            if *form != Form::Kohesio {
                // A two-digit year is read only in a column whose other years say the century.
                let date = record.date(FieldKind::StartDate);
                assert!(date.is_none() || same.date(FieldKind::StartDate) == date, "{name}");
                assert_eq!(same.cofinancing_rate(), record.cofinancing_rate(), "{name}");
                assert_eq!(
                    same.amount(FieldKind::TotalBudget),
                    record.amount(FieldKind::TotalBudget),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn faults_come_in_their_shares() {
    let count = 10_000;
    let models: Vec<_> = Collection { seed: 3, count }.models().map(|model| model.faults).collect();
    for spec in FAULTS {
        let seen = models.iter().filter(|faults| faults.has(spec.fault)).count();
        // Four standard deviations of a binomial distribution: more is no chance.
        let most = 4 * spec.share.isqrt() + 4;
        assert!(seen.abs_diff(spec.share) <= most, "{:?}: {seen} of {}", spec.fault, spec.share);
    }
}

#[test]
fn organisation_numbers_without_a_fault_are_valid() {
    let loaded = loaded(Form::Text, 2_000);
    let codes: Vec<Code> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert!(!codes.contains(&Code::WrongCheckDigit));
    let foreign = Collection { seed: 7, count: 2_000 }
        .models()
        .filter(|model| model.owner_number.as_deref().is_some_and(|number| number.starts_with("GB")));
    let noted = codes.iter().filter(|code| **code == Code::ForeignOrganisationNumber).count();
    assert_eq!(noted, foreign.count());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_load_as_promised(at in 0..TARGETS.len(), data in prop::collection::vec(any::<u8>(), 0..400)) {
        check(TARGETS[at].1, &data);
    }

    #[test]
    fn any_text_of_signs_loads_as_promised(at in 0..TARGETS.len(), text in "[-a-z0-9Åäö\"';,:<>&\\[\\]{}\\\\ \t\r\n]{0,300}") {
        check(TARGETS[at].1, text.as_bytes());
    }

    #[test]
    fn damaged_collections_load_as_promised(
        at in 0..FORMS.len(),
        seed in 0..100_u64,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut bytes = written(FORMS[at].1, seed, 3);
        for (place, byte, kind) in damage {
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.truncate(place + 1),
                _ => bytes.insert(place, byte),
            }
        }
        check(Target::Any, &bytes);
    }
}
