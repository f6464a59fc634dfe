//! The last sections: emptied texts, diagnostics of the data, closing, signatures.

use crate::domain::diagnostic::Severity;
use crate::i18n::{ReportWords, explanation, store_finding};
use crate::report::blocks::{Block, ColumnKind, Table, said, signed, time};
use crate::report::{Report, Shown};
use crate::review::finding::Finding;

/// Texts that were emptied; their existence remains visible.
pub(super) fn emptied(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    if report.emptied.is_empty() {
        return;
    }
    blocks.push(Block::Heading(words.emptied));
    let mut table = Table::new(&[
        (words.event, ColumnKind::Whole),
        (words.kind, ColumnKind::Text),
        (words.id, ColumnKind::Whole),
        (words.written_by, ColumnKind::Text),
        (words.emptied_by, ColumnKind::Text),
        (words.reason, ColumnKind::Text),
    ]);
    for text in &report.emptied {
        let (by, why) = match &text.emptied {
            Some((by, why)) => (signed(by), said(why, words)),
            None => (String::new(), ""),
        };
        table.row([
            text.event.as_str(),
            words.event_kind(text.kind),
            text.record.as_deref().unwrap_or_default(),
            &signed(&text.written),
            &by,
            why,
        ]);
    }
    blocks.push(Block::Table(table));
}

/// Diagnostics of the data.
pub(super) fn diagnostics(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(words.diagnostics));
    if report.diagnostics.is_empty() {
        return blocks.push(Block::Paragraph(words.none.into()));
    }
    blocks.push(Block::Paragraph(words.diagnostics_of.into()));
    let mut table = Table::new(&[
        (words.code, ColumnKind::Whole),
        (words.kind, ColumnKind::Text),
        (words.meaning, ColumnKind::Text),
        (words.count, ColumnKind::Number),
    ]);
    for (code, count) in &report.diagnostics {
        let severity = match code.severity() {
            Severity::Error => words.error,
            Severity::Warning => words.warning,
            Severity::Note => words.note,
        };
        table.row([code.name(), severity, explanation(*code, words.lang).meaning, &count.to_string()]);
    }
    blocks.push(Block::Table(table));
}

/// The closing of the round and the state of its hash.
pub(super) fn closing(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(words.closing));
    match &report.seal {
        None => blocks.push(Block::Notice(words.not_closed.into())),
        Some(seal) => {
            let closing = &seal.closing;
            let by = format!("{}, {}", closing.person, time(closing.time));
            let mut facts = vec![
                (words.closed_by, vec![Shown::from(&by)]),
                (words.hash, vec![Shown::from(&closing.hash)]),
                (words.hash_over, vec![closing.events.to_string().into()]),
            ];
            if seal.holds {
                facts.push((words.hash_state, vec![words.hash_holds.into()]));
            }
            blocks.push(Block::Facts(facts));
            if !seal.holds {
                blocks.push(Block::Notice(words.hash_broken.into()));
            }
            if seal.later > 0 {
                blocks.push(Block::Notice(format!("{}: {}.", words.later_events, seal.later).into()));
            }
        }
    }
    if !report.findings.is_empty() {
        blocks.push(Block::Notice(words.store_does_not_hold.into()));
        let line = |finding: &Finding| {
            let sentence = store_finding(finding.kind.name(), words.lang);
            Shown::from(&format!("{}: {sentence}", finding.subject))
        };
        let lines = report.findings.iter().map(line).collect();
        blocks.push(Block::Facts(vec![(words.findings_of_store, lines)]));
    }
    let reopened: Vec<Shown> = report
        .reopened
        .iter()
        .map(|(by, why)| Shown::from(&format!("{}: {}", signed(by), said(why, words))))
        .collect();
    if !reopened.is_empty() {
        blocks.push(Block::Facts(vec![(words.reopened, reopened)]));
    }
}

/// Room for signatures: one for each reviewer and one for a countersigner.
pub(super) fn signatures(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(words.signatures));
    let reviewers = report.reviewers.iter().filter(|reviewer| reviewer.verdicts > 0);
    let mut signers: Vec<(&'static str, Shown)> =
        reviewers.map(|reviewer| (words.reviewer, Shown::from(&reviewer.person))).collect();
    signers.push((words.countersigned_by, Shown::default()));
    blocks.push(Block::Signatures(signers));
}
