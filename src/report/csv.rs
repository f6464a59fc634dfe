//! A report as a list: a row for each record of the round, in its order, whatever came of it. Keys and values are the
//! same in any language, so that lists of two rounds can be compared.

use super::{Report, ReportRecord, ReportText, ReportVerdict, Shown, Since};
use crate::domain::reviewed::utc;
use crate::export::{self, list_row};

const KEYS: [&str; 6] = ["id", "name", "state", "since_review", "in_round", "findings"];

/// Column names of a verdict; its number follows.
const VERDICT_KEYS: [&str; 6] = ["verdict", "reason", "reason_text", "reviewer", "account", "time"];

/// Placeholder for a text that was emptied.
const EMPTIED: &str = "[emptied]";

/// Writes the list. There are columns for as many verdicts as any record has, but for one at least.
pub(super) fn render(report: &Report) -> String {
    let most = report.records.iter().map(|record| record.verdicts.len()).max().unwrap_or_default().max(1);
    let mut keys: Vec<String> = KEYS.map(str::to_owned).into();
    keys.extend((1..=most).flat_map(|number| VERDICT_KEYS.map(|key| format!("{key}_{number}"))));
    let rows = report.records.iter().map(|record| row(&cells(record, most)));
    std::iter::once(row(&keys)).chain(rows).collect()
}

fn row(cells: &[String]) -> String {
    list_row(export::ExportFormat::Csv, cells)
}

fn cells(record: &ReportRecord, most: usize) -> Vec<String> {
    let shown = |text: &str| Shown::from(text).0;
    let since = match record.since {
        Since::Same => "",
        Since::Changed(_) | Since::ChangedUnseen => "changed",
        Since::Gone => "gone",
    };
    let findings = record
        .findings
        .iter()
        .map(|finding| format!("{} {}: {}", utc(finding.by.time), finding.by.person, said(&finding.text)));
    let mut cells = vec![
        shown(&record.id),
        shown(&record.name),
        record.state.name().to_owned(),
        since.to_owned(),
        if record.in_round { "yes" } else { "no" }.to_owned(),
        shown(&findings.collect::<Vec<_>>().join("\n")),
    ];
    cells.extend(record.verdicts.iter().flat_map(|given| verdict(given).map(|cell| shown(&cell))));
    cells.resize(KEYS.len() + most * VERDICT_KEYS.len(), String::new());
    cells
}

fn verdict(given: &ReportVerdict) -> [String; VERDICT_KEYS.len()] {
    [
        given.verdict.name().to_owned(),
        given.reason.clone().unwrap_or_default(),
        said(&given.text).to_owned(),
        given.by.person.clone(),
        given.account.clone(),
        utc(given.by.time),
    ]
}

fn said(said: &ReportText) -> &str {
    match said {
        ReportText::Nothing => "",
        ReportText::Text(text) => text,
        ReportText::Emptied => EMPTIED,
    }
}
