//! A report as a Markdown document. Texts of people and data are escaped.

use std::fmt::Write;

use super::Shown;
use super::blocks::{Block, ColumnKind, ReportEntry, Table};
use super::document::ReportDocument;
use crate::i18n::ReportWords;
use crate::text::markdown::{cell, line, paragraphs};

/// Writes the document.
pub(super) fn render(document: &ReportDocument, words: &ReportWords) -> String {
    let mut out = format!("# {}: {}\n", document.title, line(document.name.as_str()));
    for block in &document.blocks {
        // Writing to a string does not fail.
        let _ = write!(out, "\n{}", self::block(block, words));
    }
    out
}

fn block(block: &Block, words: &ReportWords) -> String {
    match block {
        Block::Heading(text) => format!("## {text}\n"),
        Block::Subheading(text) => format!("### {}\n", line(text)),
        Block::Paragraph(text) => format!("{}\n", paragraphs(text.as_str())),
        Block::Notice(text) => format!("**{}**\n", line(text.as_str())),
        Block::Facts(facts) => facts.iter().map(|(name, values)| fact(name, values)).collect(),
        Block::Table(table) => self::table(table),
        Block::Entry(entry) => self::entry(entry),
        Block::Signatures(signers) => {
            let columns =
                [words.signature, words.name_in_print, words.date].map(|name| (name, ColumnKind::Text));
            let mut table =
                Table::new(&[(words.reviewer, ColumnKind::Text), columns[0], columns[1], columns[2]]);
            for (role, person) in signers {
                table.row([role, "", person.as_str(), ""]);
            }
            self::table(&table)
        }
    }
}

fn fact(name: &str, values: &[Shown]) -> String {
    let values: Vec<String> = values.iter().map(|value| cell(value.as_str())).collect();
    format!("- **{name}:** {}\n", values.join("<br>"))
}

fn table(table: &Table) -> String {
    let mut out = String::from("|");
    for (name, _) in &table.columns {
        out.extend([" ", name, " |"]);
    }
    out.push_str("\n|");
    for (_, kind) in &table.columns {
        out.push_str(if *kind == ColumnKind::Number { "---:|" } else { "---|" });
    }
    out.push('\n');
    for row in &table.rows {
        out.push('|');
        for text in row {
            out.extend([" ", &cell(text.as_str()), " |"]);
        }
        out.push('\n');
    }
    out
}

fn entry(entry: &ReportEntry) -> String {
    let mut out = format!("### {} – {}\n", line(entry.id.as_str()), line(entry.name.as_str()));
    for item in &entry.items {
        let (label, by) = (line(item.label.as_str()), line(item.by.as_str()));
        let _ = write!(out, "\n**{label}** – {by}\n");
        let text = paragraphs(item.text.as_str());
        if !text.is_empty() {
            // In a quotation no line of the text can start a block of the report.
            let _ = write!(out, "\n> {}\n", text.replace('\n', "\n> "));
        }
    }
    out
}
