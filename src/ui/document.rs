//! The detail pane as wrapped lines: the summary and text of a record, with selectable fields and matches.
//!
//! Rebuilt on demand; depends only on the record, the query and the width.

use std::ops::Range;

use crate::domain::catalogue::record::Record;
use crate::domain::schema::FieldKind;
use crate::search::results::highlight::{HighlightTarget, Highlighter};
use crate::summary::{RecordSummary, Role, SummaryLine as SheetLine, SummaryPiece, TextOrigin};
use crate::text::printable::{printable, printable_lines};
use crate::text::width::width;
use crate::text::wrap::wrap;

/// Text reads badly in wider lines.
const TEXT_COLUMNS: usize = 90;

/// In less room than this no text is broken: it goes to the next line.
const LEAST_ROOM: usize = 16;

/// Labels longer than this are followed by their value instead of widening the label column.
const LABEL_COLUMNS: usize = 20;

/// A record's detail at a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DetailDocument {
    /// The lines.
    pub lines: Vec<Vec<StyledSpan>>,
    /// The fields that can be chosen, in reading order.
    pub items: Vec<Item>,
    /// The lines on which the text matches the query.
    pub hits: Vec<usize>,
    /// The number of lines of the first block, with the blank one below it.
    pub first_block: usize,
    /// The first block in two lines, for panes too low for all of it.
    pub short_block: Vec<Vec<StyledSpan>>,
}

/// Rows that must remain for the text below the first block.
const LEAST_TEXT_ROWS: usize = 4;

/// A line of the detail on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownLine {
    /// A line of the document.
    Line(usize),
    /// A line of the short first block.
    Short(usize),
}

impl DetailDocument {
    /// Returns `true` if the whole first block stays in place while the rest is scrolled; otherwise its short form
    /// does.
    #[must_use]
    pub const fn keeps_first_block(&self, height: usize) -> bool {
        height >= self.first_block + LEAST_TEXT_ROWS
    }

    /// The rows in place of which the first block stays, when something is scrolled away.
    fn pinned(&self, height: usize) -> usize {
        if self.keeps_first_block(height) { self.first_block } else { self.short_block.len().min(height / 2) }
    }

    /// The lines shown in `height` rows after `scroll` lines have been scrolled away.
    #[must_use]
    pub fn seen(&self, scroll: usize, height: usize) -> Vec<ShownLine> {
        let pinned = self.pinned(height);
        let block =
            |row| if self.keeps_first_block(height) { ShownLine::Line(row) } else { ShownLine::Short(row) };
        let rest =
            (pinned + scroll..self.lines.len()).take(height.saturating_sub(pinned)).map(ShownLine::Line);
        if scroll == 0 {
            return (0..self.lines.len()).take(height).map(ShownLine::Line).collect();
        }
        (0..pinned).map(block).chain(rest).collect()
    }

    /// The greatest number of lines that can be scrolled away.
    #[must_use]
    pub fn last_scroll(&self, height: usize) -> usize {
        self.lines.len().saturating_sub(height)
    }

    /// The scroll position nearest to `scroll` that shows a line with `margin` lines above and below it.
    #[must_use]
    pub fn scroll_to(&self, line: usize, scroll: usize, height: usize, margin: usize) -> usize {
        let pinned = self.pinned(height);
        let Some(below) = line.checked_sub(pinned) else {
            // The first block itself is shown in place, or at the top.
            return if self.keeps_first_block(height) { scroll } else { 0 };
        };
        let rows = height.saturating_sub(pinned);
        let margin = margin.min(rows.saturating_sub(1) / 2);
        let least = (below + 1 + margin).saturating_sub(rows);
        scroll.max(least).min(below.saturating_sub(margin)).min(self.last_scroll(height))
    }
}

/// Words of one look in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyledSpan {
    /// The words, safe to show.
    pub text: String,
    /// Appearance of the text.
    pub look: Look,
    /// `true` if the text matched the query.
    pub matched: bool,
    /// The item that they belong to.
    pub item: Option<usize>,
}

/// Appearance of a text in the detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As the sheet says.
    Role(Role),
    /// A label.
    Label,
    /// A heading.
    Heading,
    /// The record's text.
    Text,
}

/// A field that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The line on which it begins.
    pub line: usize,
    /// The column in which it begins.
    pub column: usize,
    /// Its raw text.
    pub raw: String,
    /// The known field that the raw text is a value of.
    pub field: Option<FieldKind>,
}

/// Lays out a record's detail.
#[must_use]
pub fn document(
    sheet: &RecordSummary,
    record: Record<'_>,
    no_text: &str,
    highlighter: &Highlighter,
    columns: usize,
) -> DetailDocument {
    let mut page =
        DocumentPage { document: DetailDocument::default(), highlighter, columns: columns.max(8), used: 0 };
    page.title(&sheet.first);
    let label = widest(&sheet.first) + 2;
    for line in sheet.first.iter().skip(1) {
        page.line(line, label);
    }
    page.blank();
    page.document.first_block = page.document.lines.len();
    for (at, group) in sheet.groups.iter().enumerate() {
        if at > 0 {
            page.blank();
        }
        page.words(group.title, Look::Heading);
        let label = (widest(&group.lines) + 2).min(columns / 2);
        for line in &group.lines {
            page.line(line, label);
        }
    }
    if !sheet.groups.is_empty() {
        page.blank();
    }
    page.text(record.description(), no_text);
    page.blank();
    let label = widest(&sheet.sources) + 2;
    for line in &sheet.sources {
        page.line(line, label);
    }
    page.document
}

/// The widest label, except those that are longer than [`LABEL_COLUMNS`].
fn widest(lines: &[SheetLine]) -> usize {
    lines.iter().map(|line| width(&line.label)).filter(|columns| *columns <= LABEL_COLUMNS).max().unwrap_or(0)
}

struct DocumentPage<'a> {
    document: DetailDocument,
    highlighter: &'a Highlighter,
    columns: usize,
    /// Columns used in the last line.
    used: usize,
}

impl DocumentPage<'_> {
    fn new_line(&mut self) {
        self.document.lines.push(Vec::new());
        self.used = 0;
    }

    fn blank(&mut self) {
        self.new_line();
    }

    fn push(&mut self, text: String, look: Look, matched: bool, item: Option<usize>) {
        if text.is_empty() {
            return;
        }
        self.used += width(&text);
        if let Some(line) = self.document.lines.last_mut() {
            line.push(StyledSpan { text, look, matched, item });
        }
    }

    fn words(&mut self, text: &str, look: Look) {
        self.new_line();
        self.push(printable(text).into_owned(), look, false, None);
    }

    /// Id and name, and at the right end of the line the state.
    fn title(&mut self, first: &[SheetLine]) {
        self.new_line();
        let Some(title) = first.first() else { return };
        let Some((state, rest)) = title
            .pieces
            .split_last()
            .filter(|(last, _)| matches!(last.role, Role::State(_)))
            .and_then(|(state, rest)| Some((state, rest.split_last()?.1)))
        else {
            return self.pieces(&title.pieces, 0);
        };
        self.pieces(rest, 0);
        let end = self.columns.saturating_sub(width(&state.text));
        if self.used + 2 > end {
            self.new_line();
        }
        self.push(" ".repeat(end.saturating_sub(self.used)), Look::Text, false, None);
        self.push(state.text.clone(), Look::Role(state.role), false, None);
    }

    /// Adds a label and its value. Wrapped values continue below their first word, not below the label.
    fn line(&mut self, line: &SheetLine, label_columns: usize) {
        self.new_line();
        let label = printable(&line.label).into_owned();
        self.push(label, Look::Label, false, None);
        let indent = label_columns.min(self.columns / 2);
        // A label that is too long for its column pushes its own value aside, not all the others.
        let gap = indent.saturating_sub(self.used).max(if label_columns > 0 { 2 } else { 0 });
        self.push(" ".repeat(gap), Look::Text, false, None);
        self.pieces(&line.pieces, indent);
    }

    fn pieces(&mut self, pieces: &[SummaryPiece], indent: usize) {
        for (at, piece) in pieces.iter().enumerate() {
            let own = self.piece_columns(piece);
            if separates(piece) {
                // A separator is neither the last nor the first text of a line.
                if self.used <= indent {
                    continue;
                }
                if !self.fits(own + self.unit_columns(pieces, at + 1), indent, pieces.get(at + 1)) {
                    self.indented_line(indent);
                    continue;
                }
            } else if self.used > indent && !self.fits(self.unit_columns(pieces, at), indent, Some(piece)) {
                self.indented_line(indent);
            }
            self.piece(piece, indent);
        }
    }

    /// Returns `true` if `columns` more columns fit into the line. Long values may be broken anywhere.
    fn fits(&self, columns: usize, indent: usize, piece: Option<&SummaryPiece>) -> bool {
        let room = self.columns.saturating_sub(self.used);
        let breaks = piece.is_some_and(|piece| piece.role == Role::Value);
        columns <= room || (breaks && columns > (self.columns - indent) / 2 && room >= LEAST_ROOM)
    }

    /// The columns of a piece together with those that it leads up to.
    fn unit_columns(&self, pieces: &[SummaryPiece], at: usize) -> usize {
        let Some(piece) = pieces.get(at) else { return 0 };
        self.piece_columns(piece) + if leads(piece) { self.unit_columns(pieces, at + 1) } else { 0 }
    }

    fn indented_line(&mut self, indent: usize) {
        self.new_line();
        self.push(" ".repeat(indent), Look::Text, false, None);
    }

    fn piece_columns(&self, piece: &SummaryPiece) -> usize {
        match piece.role {
            Role::Bar(_) => bar_columns(self.columns).into(),
            _ => width(&piece.text).min(self.columns),
        }
    }

    fn piece(&mut self, piece: &SummaryPiece, indent: usize) {
        let item = piece.raw.as_ref().map(|raw| {
            let line = self.document.lines.len().saturating_sub(1);
            self.document.items.push(Item { line, column: self.used, raw: raw.clone(), field: piece.field });
            self.document.items.len() - 1
        });
        let look = Look::Role(piece.role);
        if let Role::Bar(_) = piece.role {
            // The bar's own characters are the theme's; here it only takes its room.
            return self.push(" ".repeat(bar_columns(self.columns).into()), look, false, None);
        }
        let text = printable(&piece.text);
        let text = if piece.role == Role::Quiet && self.used <= indent { text.trim_start() } else { &text };
        let place = piece.origin.map(|origin| match origin {
            TextOrigin::Id => HighlightTarget::Id,
            TextOrigin::Name => HighlightTarget::Name,
            TextOrigin::Short => HighlightTarget::ShortField,
        });
        let ranges = place.map_or_else(Vec::new, |place| self.highlighter.ranges(text, place));
        let room = self.columns.saturating_sub(self.used);
        if width(text) <= room {
            return self.spans(text, 0..text.len(), &ranges, look, item);
        }
        // The first line goes on where the last piece ended, the others have their own width.
        let first = wrap(text, room.max(1)).into_iter().next().unwrap_or(0..0);
        let rest = text.get(first.end..).unwrap_or_default();
        let start = text.len() - rest.trim_start().len();
        self.spans(text, first, &ranges, look, item);
        for range in wrap(text.get(start..).unwrap_or_default(), self.columns.saturating_sub(indent)) {
            self.indented_line(indent);
            self.spans(text, start + range.start..start + range.end, &ranges, look, item);
        }
    }

    /// A part of a text, cut where its highlights begin and end.
    fn spans(
        &mut self,
        text: &str,
        part: Range<usize>,
        matches: &[Range<usize>],
        look: Look,
        item: Option<usize>,
    ) {
        let mut at = part.start;
        for matched in matches.iter().filter(|range| range.start < part.end && range.end > part.start) {
            let (from, to) = (matched.start.max(part.start), matched.end.min(part.end));
            self.push(text.get(at..from).unwrap_or_default().to_owned(), look, false, item);
            self.push(text.get(from..to).unwrap_or_default().to_owned(), look, true, item);
            at = to;
        }
        self.push(text.get(at..part.end).unwrap_or_default().to_owned(), look, false, item);
    }

    fn text(&mut self, text: &str, no_text: &str) {
        if text.is_empty() {
            return self.words(no_text, Look::Role(Role::Missing));
        }
        let text = printable_lines(text);
        let matches = self.highlighter.ranges(&text, HighlightTarget::Description);
        for range in wrap(&text, self.columns.min(TEXT_COLUMNS)) {
            self.new_line();
            if matches.iter().any(|matched| matched.start < range.end && matched.end > range.start) {
                self.document.hits.push(self.document.lines.len() - 1);
            }
            self.spans(&text, range, &matches, Look::Text, None);
        }
    }
}

/// Words that lead up to the next piece and must not part from it.
fn leads(piece: &SummaryPiece) -> bool {
    piece.role == Role::Quiet && piece.text.ends_with(' ') && !separates(piece)
}

/// Returns `true` for separators, which are dropped at the start of a line.
fn separates(piece: &SummaryPiece) -> bool {
    piece.role == Role::Quiet && (piece.text.trim().is_empty() || piece.text == " · " || piece.text == ", ")
}

/// The room of the period bar at a width.
#[must_use]
pub fn bar_columns(columns: usize) -> u16 {
    u16::try_from(columns.saturating_sub(66)).unwrap_or(u16::MAX).clamp(8, 20)
}
