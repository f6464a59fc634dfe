//! Sections on verdicts: the outcome, records with remarks, agreements, open records.

use super::block_or_none;
use crate::domain::reviewed::ReviewState;
use crate::i18n::{ReportWords, review_reason, review_state};
use crate::report::blocks::{Block, ColumnKind, EntryStatement, ReportEntry, Table, said, signed};
use crate::report::{Report, ReportRecord, Shown};
use crate::review::verdict::Verdict;

/// Counts by verdict and by reason.
pub(super) fn outcome(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    let (tally, lang) = (&report.tally, words.lang);
    blocks.push(Block::Heading(words.outcome));
    let mut table = Table::new(&[(words.verdict, ColumnKind::Text), (words.count, ColumnKind::Number)]);
    let decided = Verdict::ALL.iter().filter(|verdict| verdict.is_final());
    let mut counts: Vec<(ReviewState, usize)> =
        decided.map(|verdict| (ReviewState::from(*verdict), tally.decided[*verdict as usize])).collect();
    counts.push((ReviewState::Pending, tally.pending));
    counts.push((ReviewState::Disputed, tally.disputed));
    if report.eyes > 1 {
        counts.push((ReviewState::Awaiting, tally.awaiting));
    }
    counts.push((ReviewState::Undecided, tally.undecided));
    for (state, count) in counts {
        table.row([review_state(state, lang), &count.to_string()]);
    }
    table.row([words.all, &tally.records.to_string()]);
    blocks.push(Block::Table(table));
    if report.reasons.is_empty() {
        return;
    }
    let mut table = Table::new(&[
        (words.verdict, ColumnKind::Text),
        (words.reason, ColumnKind::Text),
        (words.count, ColumnKind::Number),
    ]);
    for (state, reason, count) in &report.reasons {
        let reason = reason.as_deref().map_or(words.no_reason, |reason| review_reason(reason, lang));
        table.row([review_state(*state, lang), reason, &count.to_string()]);
    }
    blocks.push(Block::Table(table));
    blocks.push(Block::Paragraph(words.reasons_note.into()));
}

/// The heading that a record is listed under.
#[derive(Clone, Copy, PartialEq, Eq)]
enum VerdictGroup {
    Rejected,
    Pending,
    Disputed,
    OtherFindings,
}

impl VerdictGroup {
    fn for_record(record: &ReportRecord) -> Option<Self> {
        match record.judged_as() {
            Some(ReviewState::Rejected) => Some(Self::Rejected),
            Some(ReviewState::Pending) => Some(Self::Pending),
            _ if record.state == ReviewState::Disputed => Some(Self::Disputed),
            _ => (!record.findings.is_empty()).then_some(Self::OtherFindings),
        }
    }
}

/// Each rejected, pending or disputed record, and other records with findings.
pub(super) fn records(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    for (group, heading) in [
        (VerdictGroup::Rejected, words.rejected),
        (VerdictGroup::Pending, words.pending),
        (VerdictGroup::Disputed, words.disputed),
        (VerdictGroup::OtherFindings, words.other_findings),
    ] {
        blocks.push(Block::Heading(heading));
        let own: Vec<&ReportRecord> =
            report.records.iter().filter(|record| VerdictGroup::for_record(record) == Some(group)).collect();
        if own.is_empty() {
            blocks.push(Block::Paragraph(words.none.into()));
        }
        blocks.extend(own.into_iter().map(|record| Block::Entry(entry(record, words))));
    }
}

fn entry(record: &ReportRecord, words: &ReportWords) -> ReportEntry {
    let verdicts = record.verdicts.iter().map(|given| {
        let verdict = review_state(given.verdict, words.lang);
        let label = match &given.reason {
            Some(reason) => format!("{verdict}: {}", review_reason(reason, words.lang)),
            None => verdict.to_owned(),
        };
        EntryStatement {
            label: label.into(),
            text: said(&given.text, words).into(),
            by: signed(&given.by).into(),
        }
    });
    let findings = record.findings.iter().map(|finding| EntryStatement {
        label: words.finding.into(),
        text: said(&finding.text, words).into(),
        by: signed(&finding.by).into(),
    });
    let name =
        if record.in_round { record.name.clone() } else { format!("{} ({})", record.name, words.outside) };
    ReportEntry { id: Shown::from(&record.id), name: name.into(), items: verdicts.chain(findings).collect() }
}

/// Groups of people who agreed.
pub(super) fn agreements(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    if report.eyes < 2 && report.agreements.is_empty() {
        return;
    }
    blocks.push(Block::Heading(words.countersigning));
    let mut table = Table::new(&[
        (words.first_by, ColumnKind::Text),
        (words.then_by, ColumnKind::Text),
        (words.count, ColumnKind::Number),
        (words.same_account, ColumnKind::Text),
    ]);
    for agreement in &report.agreements {
        let mut people = agreement.people.iter().cloned();
        table.row([
            people.next().unwrap_or_default(),
            people.collect::<Vec<_>>().join(", "),
            agreement.records.to_string(),
            agreement.one_account.join(", "),
        ]);
    }
    block_or_none(report.agreements.is_empty(), Block::Table(table), words, blocks);
}

/// Records that wait for another reviewer, and records without a verdict.
pub(super) fn left(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    let own = |state: ReviewState| {
        report.records.iter().filter(move |record| record.in_round && record.state == state)
    };
    if report.eyes > 1 {
        blocks.push(Block::Heading(words.awaiting));
        let mut table = Table::new(&[
            (words.id, ColumnKind::Whole),
            (words.project, ColumnKind::Text),
            (words.verdict, ColumnKind::Text),
            (words.by, ColumnKind::Text),
        ]);
        for record in own(ReviewState::Awaiting) {
            let Some(given) = record.verdicts.first() else { continue };
            let verdict = review_state(given.verdict, words.lang);
            table.row([record.id.as_str(), &record.name, verdict, &signed(&given.by)]);
        }
        block_or_none(table.rows.is_empty(), Block::Table(table), words, blocks);
    }
    blocks.push(Block::Heading(words.undecided));
    let named = own(ReviewState::Undecided).map(|record| (&record.id, &record.name));
    let table = super::differences::projects(named, words);
    block_or_none(table.rows.is_empty(), Block::Table(table), words, blocks);
}
