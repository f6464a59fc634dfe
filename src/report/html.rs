//! A report as one HTML page, for reading on a screen and printing on A4. The page is self-contained: it has no script
//! and no external resource, and a content policy forbids both. Texts of people and data are escaped.

use std::fmt::Write;

use super::Shown;
use super::blocks::{Block, ColumnKind, ReportEntry, Table};
use super::document::ReportDocument;
use crate::i18n::ReportWords;

/// Maximum number of rows of a table that is kept on one page.
const SHORT: usize = 12;

const STYLE: &str = include_str!("style.css");

/// Writes the page.
pub(super) fn render(document: &ReportDocument, words: &ReportWords) -> String {
    let title = escaped(&format!("{}: {}", document.title, document.name.as_str()));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>\n{STYLE}{footer}</style>\n</head>\n<body>\n<header>\n<p>{kind}</p>\n<h1>{name}</h1>\n</header>\n",
        lang = words.lang.code(),
        footer = footer(document, words),
        kind = document.title,
        name = escaped(document.name.as_str()),
    );
    let mut is_open = false;
    for block in &document.blocks {
        if let Block::Heading(text) = block {
            let end = if is_open { "</section>\n" } else { "" };
            // Writing to a string does not fail.
            let _ = write!(out, "{end}<section>\n<h2>{text}</h2>\n");
            is_open = true;
        } else {
            self::block(block, words, &mut out);
        }
    }
    out.push_str(if is_open { "</section>\n</body>\n</html>\n" } else { "</body>\n</html>\n" });
    out
}

fn block(block: &Block, words: &ReportWords, out: &mut String) {
    let _ = match block {
        Block::Heading(text) => writeln!(out, "<h2>{text}</h2>"),
        Block::Subheading(text) => writeln!(out, "<h3>{}</h3>", escaped(text)),
        Block::Paragraph(text) => writeln!(out, "<p>{}</p>", escaped(text.as_str())),
        Block::Notice(text) => writeln!(out, "<p class=\"notice\">{}</p>", escaped(text.as_str())),
        Block::Facts(facts) => return self::facts(facts, out),
        Block::Table(table) => return self::table(table, out),
        Block::Entry(entry) => return self::entry(entry, out),
        Block::Signatures(signers) => return signatures(signers, words, out),
    };
}

fn facts(facts: &[(&'static str, Vec<Shown>)], out: &mut String) {
    out.push_str("<dl>\n");
    for (name, values) in facts {
        let _ = write!(out, "<dt>{name}</dt>");
        for value in values {
            let _ = write!(out, "<dd>{}</dd>", escaped(value.as_str()));
        }
        out.push('\n');
    }
    out.push_str("</dl>\n");
}

const fn class(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "",
        ColumnKind::Whole => " class=\"whole\"",
        ColumnKind::Number => " class=\"number\"",
        ColumnKind::Digits => " class=\"digits\"",
    }
}

fn table(table: &Table, out: &mut String) {
    // Short tables are not broken across pages.
    let is_short = table.rows.len() <= SHORT;
    out.push_str(if is_short { "<table class=\"short\">\n<thead><tr>" } else { "<table>\n<thead><tr>" });
    for (name, kind) in &table.columns {
        let _ = write!(out, "<th scope=\"col\"{}>{name}</th>", class(*kind));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (text, (_, kind)) in row.iter().zip(&table.columns) {
            let _ = write!(out, "<td{}>{}</td>", class(*kind), escaped(text.as_str()));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn entry(entry: &ReportEntry, out: &mut String) {
    let (id, name) = (escaped(entry.id.as_str()), escaped(entry.name.as_str()));
    let _ = write!(out, "<article>\n<h3><span class=\"whole\">{id}</span> {name}</h3>\n");
    for item in &entry.items {
        let (label, by) = (escaped(item.label.as_str()), escaped(item.by.as_str()));
        let _ = write!(out, "<div class=\"said\"><p><b>{label}</b> <span class=\"by\">{by}</span></p>");
        if !item.text.as_str().is_empty() {
            let _ = write!(out, "<p>{}</p>", escaped(item.text.as_str()));
        }
        out.push_str("</div>\n");
    }
    out.push_str("</article>\n");
}

fn signatures(signers: &[(&'static str, Shown)], words: &ReportWords, out: &mut String) {
    out.push_str("<div class=\"signatures\">\n");
    for (role, person) in signers {
        let _ = write!(out, "<div class=\"signature\"><p><b>{role}</b></p>");
        for (name, text) in [(words.date, ""), (words.signature, ""), (words.name_in_print, person.as_str())]
        {
            let _ = write!(out, "<p class=\"line\">{}</p><p class=\"under\">{name}</p>", escaped(text));
        }
        out.push_str("</div>\n");
    }
    out.push_str("</div>\n");
}

/// Style rules for the footer of each printed page.
fn footer(document: &ReportDocument, words: &ReportWords) -> String {
    format!(
        "@page {{ @bottom-left {{ content: {left} }} @bottom-right {{ content: \"{page} \" counter(page) \" {of} \" \
         counter(pages) }} }}\n",
        left = css_string(document.foot.as_str()),
        page = words.page,
        of = words.of,
    )
}

/// A text in a style sheet: each character but letters and digits by its number, so that none ends the string or the
/// style sheet.
fn css_string(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            string.push(c);
        } else {
            let _ = write!(string, "\\{:x} ", u32::from(c));
        }
    }
    string.push('"');
    string
}

fn escaped(text: &str) -> String {
    html_escape::encode_safe(text).into_owned()
}
