//! Reads the Markdown of the guide into blocks.

/// A text in a line, and the parts of it that are code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// The parts in order.
    pub parts: Vec<Part>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Prose.
    Text(String),
    /// Something to type, between backticks.
    Code(String),
    /// Something stressed, between asterisks.
    Stressed(String),
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading with its level, 1 for the title.
    Heading(usize, Inline),
    /// A paragraph.
    Paragraph(Inline),
    /// The items of a list.
    List(Vec<Inline>),
    /// A table: the heading row, then the others.
    Table(Vec<Vec<Inline>>),
    /// Lines of fenced code, with the word after the fence (`sh`, `toml`, `text`).
    Code(String, Vec<String>),
}

/// Reads a document. Text that is none of the other blocks is a paragraph.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            continue;
        }
        if let Some(kind) = line.strip_prefix("```") {
            let code = lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect();
            blocks.push(Block::Code(kind.to_owned(), code));
        } else if line.starts_with('#') {
            let title = line.trim_start_matches('#');
            blocks.push(Block::Heading(line.len() - title.len(), Inline::read(title.trim())));
        } else if line.starts_with('|') {
            let mut rows = vec![cells(line)];
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                if !row.starts_with("|-") {
                    rows.push(cells(row));
                }
            }
            blocks.push(Block::Table(rows));
        } else if let Some(first) = line.strip_prefix("- ") {
            let mut items = vec![first.to_owned()];
            while let Some(next) = lines.next_if(|line| line.starts_with("- ") || line.starts_with("  ")) {
                match (next.strip_prefix("- "), items.last_mut()) {
                    (None, Some(item)) => item.extend([" ", next.trim()]),
                    (item, _) => items.push(item.unwrap_or(next).to_owned()),
                }
            }
            blocks.push(Block::List(items.iter().map(|item| Inline::read(item)).collect()));
        } else {
            let mut paragraph = line.trim().to_owned();
            let is_more = |line: &&str| !line.trim().is_empty() && !line.starts_with(['#', '|', '`', '-']);
            while let Some(next) = lines.next_if(is_more) {
                paragraph.extend([" ", next.trim()]);
            }
            blocks.push(Block::Paragraph(Inline::read(&paragraph)));
        }
    }
    blocks
}

/// The cells of a row; `\|` is a bar in a cell.
fn cells(line: &str) -> Vec<Inline> {
    const BAR: &str = "\u{0}";
    let line = line.replace("\\|", BAR);
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    inner.split('|').map(|cell| Inline::read(&cell.trim().replace(BAR, "|"))).collect()
}

impl Inline {
    /// Reads a line.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut parts = Vec::new();
        for (at, piece) in text.split('`').enumerate() {
            if at % 2 == 1 {
                parts.push(Part::Code(piece.to_owned()));
            } else {
                let stressed = |(at, piece): (usize, &str)| match at % 2 {
                    1 => Part::Stressed(piece.to_owned()),
                    _ => Part::Text(piece.to_owned()),
                };
                parts.extend(piece.split('*').enumerate().map(stressed));
            }
        }
        parts.retain(|part| !part.text().is_empty());
        Self { parts }
    }
}

impl Part {
    /// The words, without the signs around them.
    #[must_use]
    pub fn text(&self) -> &str {
        let (Self::Text(text) | Self::Code(text) | Self::Stressed(text)) = self;
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    fn code(text: &str) -> Part {
        Part::Code(text.to_owned())
    }

    #[test]
    fn each_kind_of_block_is_read() {
        let read = blocks(
            "# Title\n\nOne line\nand another.\n\n- a\n  b\n- `c`\n\n| x | y |\n|---|---|\n| `a \\| b` | *z* |\n\n\
             ```sh\ndiarium find a\n\n# x\n```\n## Next\n",
        );
        let inline = |parts: &[Part]| Inline { parts: parts.to_vec() };
        assert_eq!(
            read,
            [
                Block::Heading(1, inline(&[text("Title")])),
                Block::Paragraph(inline(&[text("One line and another.")])),
                Block::List(vec![inline(&[text("a b")]), inline(&[code("c")])]),
                Block::Table(vec![
                    vec![inline(&[text("x")]), inline(&[text("y")])],
                    vec![inline(&[code("a | b")]), inline(&[Part::Stressed("z".to_owned())])],
                ]),
                Block::Code("sh".to_owned(), ["diarium find a", "", "# x"].map(str::to_owned).to_vec()),
                Block::Heading(2, inline(&[text("Next")])),
            ]
        );
    }
}
