//! Lists that authorities have published, with counts determined independently of this program.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diarium::domain::codes::Codes;
use diarium::domain::schema::FieldKind;
use diarium::domain::values::currency::Currency;
use diarium::loading::{Input, LoadPlan, load};

/// The folder of the lists, in the folder of the project or in one above it.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn folder() -> Option<PathBuf> {
    let beside = |folder: &Path| folder.join("shared/real/lists");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(beside).find(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("skipped: there are no published lists");
    }
    folder
}

fn table(path: &Path) -> Vec<HashMap<String, String>> {
    let text = std::fs::read_to_string(path).expect("a table");
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    let headings = lines.next().expect("headings");
    lines.map(|cells| headings.iter().cloned().zip(cells).collect()).collect()
}

#[test]
fn published_lists_have_their_records_and_their_sums() {
    let Some(folder) = folder() else { return };
    let columns = table(&folder.join("COLUMNS.tsv"));
    for list in table(&folder.join("TRUTH.tsv")) {
        let plan = LoadPlan { inputs: vec![Input::Path(folder.join(&list["file"]))], ..LoadPlan::default() };
        let loaded = load(&plan, Arc::new(Codes::built_in()));
        let count = loaded.catalogue.len();
        let expected: usize = list["records"].parse().expect("a number");
        assert!(
            count == expected || list["records_also"].parse() == Ok(count),
            "{}: {count} records, {expected} expected",
            list["file"]
        );
        for kind in [FieldKind::TotalBudget, FieldKind::EuSupport, FieldKind::EsfSupport] {
            let is_it = |column: &&HashMap<String, String>| {
                column["file"] == list["file"]
                    && column["key"] == kind.spec().key
                    && !column["sum"].is_empty()
            };
            let Some(column) = columns.iter().find(is_it) else { continue };
            let amounts: Vec<_> =
                loaded.catalogue.records().filter_map(|record| record.amount(kind)).collect();
            if list["currency"] == "unstated" {
                assert!(
                    amounts.iter().all(|amount| amount.currency != Some(Currency::SEK)),
                    "{}: kronor that nobody has written",
                    list["file"]
                );
            }
            let (sum, fine): (i64, i64) =
                (column["sum"].parse().expect("a sum"), column["fine"].parse().unwrap_or_default());
            let own: i64 = amounts.iter().map(|amount| amount.minor).sum();
            if !amounts.is_empty() {
                assert!((own - sum).abs() <= fine, "{}: {kind:?} {own}, {sum} expected", list["file"]);
            }
        }
    }
}
