//! The sections of a report, in order. An empty section says that it is empty.

mod differences;
mod head;
mod tail;
mod verdicts;

pub use head::stratum_name;

use super::Report;
use super::blocks::Block;
use crate::i18n::ReportWords;

/// All sections, in their order.
pub(super) fn all(report: &Report, words: &ReportWords, blocks: &mut Vec<Block>) {
    head::about(report, words, blocks);
    head::sources(report, words, blocks);
    head::sample(report, words, blocks);
    head::reviewers(report, words, blocks);
    verdicts::outcome(report, words, blocks);
    verdicts::records(report, words, blocks);
    verdicts::agreements(report, words, blocks);
    verdicts::left(report, words, blocks);
    differences::section(report, words, blocks);
    tail::emptied(report, words, blocks);
    tail::diagnostics(report, words, blocks);
    tail::closing(report, words, blocks);
    tail::signatures(report, words, blocks);
}

/// Adds a block, or the word for "none" if the block is empty.
fn block_or_none(is_empty: bool, block: Block, words: &ReportWords, blocks: &mut Vec<Block>) {
    blocks.push(if is_empty { Block::Paragraph(words.none.into()) } else { block });
}
