//! A report as a sequence of blocks in one language, for the output formats that people read.

use super::blocks::Block;
use super::{Report, Shown, sections};
use crate::i18n::ReportWords;

/// A report in one language.
pub(super) struct ReportDocument {
    /// The kind of document, printed above the name.
    pub title: &'static str,
    /// The name of the round.
    pub name: Shown,
    /// The footer of each page: the name, and the beginning of the closing hash.
    pub foot: Shown,
    /// The contents.
    pub blocks: Vec<Block>,
}

impl ReportDocument {
    /// Says a report in a language.
    pub(super) fn new(report: &Report, words: &ReportWords) -> Self {
        let mut blocks = Vec::new();
        sections::all(report, words, &mut blocks);
        let sealed = report.seal.as_ref().map(|seal| seal.closing.hash.chars().take(16));
        let sealed = sealed.map(|hash| format!(" · SHA-256 {}…", hash.collect::<String>()));
        let foot = format!("{}{}", report.name, sealed.unwrap_or_default());
        Self { title: words.title, name: Shown::from(&report.name), foot: foot.into(), blocks }
    }
}
