//! Section on differences between the reviewed records and the loaded ones.

use super::block_or_none;
use crate::i18n::ReportWords;
use crate::report::blocks::{Block, ColumnKind, Table};
use crate::report::{Report, ReportRecord, Since};
use crate::review::version::{Change, ChangedPart, FieldNow};

/// Changed, gone and new records.
pub(super) fn section(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(words.differences));
    blocks.push(Block::Subheading(words.changed.to_owned()));
    let changed = changes(&report.records, words);
    block_or_none(changed.rows.is_empty(), Block::Table(changed), words, blocks);
    let gone = report.records.iter().filter(|record| record.since == Since::Gone);
    let gone = projects(gone.map(|record| (&record.id, &record.name)), words);
    blocks.push(Block::Subheading(words.gone.to_owned()));
    block_or_none(gone.rows.is_empty(), Block::Table(gone), words, blocks);
    let different = &report.different;
    if let Some(new) = &different.since_earlier {
        for (heading, named) in [(words.gone_since, &different.left_since_earlier), (words.new_since, new)] {
            blocks.push(Block::Subheading(heading.to_owned()));
            list(named, words, blocks);
        }
    }
    match &different.not_in_round {
        Some(named) => {
            blocks.push(Block::Subheading(words.not_in_round.to_owned()));
            list(named, words, blocks);
        }
        None => blocks.push(Block::Paragraph(words.not_told_for_sample.into())),
    }
}

fn list(named: &[(String, String)], words: &ReportWords, blocks: &mut Vec<Block>) {
    let table = projects(named.iter().map(|(id, name)| (id, name)), words);
    block_or_none(named.is_empty(), Block::Table(table), words, blocks);
}

/// Projects, one a row.
pub(super) fn projects<'a>(
    named: impl Iterator<Item = (&'a String, &'a String)>,
    words: &ReportWords,
) -> Table {
    let mut table = Table::new(&[(words.id, ColumnKind::Whole), (words.project, ColumnKind::Text)]);
    named.for_each(|(id, name)| table.row([id, name]));
    table
}

fn changes(records: &[ReportRecord], words: &ReportWords) -> Table {
    let mut table = Table::new(&[
        (words.id, ColumnKind::Whole),
        (words.field, ColumnKind::Text),
        (words.before, ColumnKind::Text),
        (words.now, ColumnKind::Text),
    ]);
    for record in records {
        match &record.since {
            Since::Same | Since::Gone => {}
            Since::ChangedUnseen => table.row([record.id.as_str(), "", "", words.changed_unseen]),
            Since::Changed(changes) => {
                for change in changes {
                    let [field, before, now] = said(change, words);
                    table.row([record.id.as_str(), field, before, now]);
                }
            }
        }
    }
    table
}

/// Field, earlier and present value of a change. Descriptions are too long to print twice; they are only named.
fn said<'a>(change: &'a Change, words: &ReportWords) -> [&'a str; 3] {
    let is_text = change.of == ChangedPart::Text;
    let field = match &change.of {
        ChangedPart::Name => words.name,
        ChangedPart::Field(label) => label,
        ChangedPart::Text => words.description,
    };
    let before = change.before.as_deref().filter(|_| !is_text).unwrap_or_default();
    let now = match &change.after {
        FieldNow::Says(_) if is_text => words.another_text,
        FieldNow::Says(now) => now,
        FieldNow::Gone => words.gone_value,
        FieldNow::NotCompared => words.not_compared,
    };
    [field, before, now]
}
