//! A topic of the guide as a text page.

use super::text_page::{PageLine, PageLook};
use crate::guide::Topic;
use crate::guide::layout::{Backticks, LineKind, lines as lay_out};
use crate::i18n::Lang;

/// The lines of a topic, in `columns` columns.
#[must_use]
pub fn lines(topic: Topic, lang: Lang, columns: usize) -> Vec<PageLine> {
    let look = |kind| match kind {
        LineKind::Text => PageLook::Text,
        LineKind::Heading => PageLook::Heading,
        LineKind::Code => PageLook::Code,
    };
    // A line has one look, so code in it is marked by backticks.
    let laid_out = lay_out(topic.text(lang), columns, Backticks::Kept);
    laid_out.into_iter().map(|line| PageLine { look: look(line.kind), text: line.text }).collect()
}
