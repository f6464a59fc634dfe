//! A text page: lines wrapped to the popup, and the scroll position.

use std::sync::Arc;

use crate::domain::diagnostic::Severity;
use crate::guide::Topic;
use crate::text::printable::printable_lines;
use crate::text::wrap::wrap;

/// An open text page.
#[derive(Clone, Debug)]
pub struct Pager {
    /// The kind of page.
    pub kind: PagerKind,
    /// The wrapped lines, recomputed when size or language change.
    pub lines: Arc<[PageLine]>,
    /// The first line shown.
    pub scroll: usize,
}

/// The kind of a text page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagerKind {
    /// The diagnostics of the data.
    Diagnostics,
    /// The source text of the selected record.
    Source,
    /// The progress of the review and its audit log.
    Review,
    /// A topic of the guide.
    Guide(Topic),
    /// A copied text, alone on the screen until the next key, so that the user can select it with the mouse.
    Copied(String),
}

/// A line of a text page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLine {
    /// The words, safe to show.
    pub text: String,
    /// The style.
    pub look: PageLook,
}

/// The style of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageLook {
    /// Text.
    Text,
    /// A heading.
    Heading,
    /// A problem of this severity.
    Problem(Severity),
    /// Input for the user to type.
    Code,
    /// A remark.
    Quiet,
}

impl PageLine {
    /// A line between two paragraphs.
    #[must_use]
    pub const fn blank() -> Self {
        Self { text: String::new(), look: PageLook::Text }
    }
}

/// Lines of one style from a text, in `columns` columns.
#[must_use]
pub fn wrapped(text: &str, look: PageLook, columns: usize) -> Vec<PageLine> {
    let text = printable_lines(text);
    let line = |range| PageLine { text: String::from(text.get(range).unwrap_or_default()), look };
    wrap(&text, columns).into_iter().map(line).collect()
}
