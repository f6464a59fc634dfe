//! Projektbanken's list: semicolons, headings in two languages, summaries in HTML, a byte order mark, CRLF.

use std::io::{self, Write};

use super::cells::row;
use super::faults::Fault;
use super::model::Model;
use super::values::{iso, kronor, rate, town};

const COLUMNS: &[&str] = &[
    "Diarienummer / Operation ID",
    "Namn på insatsen / Operation Name",
    "Startdatum / Start date",
    "Slutdatum / End date",
    "EU-fond / EU fund",
    "Program CCI / Program CCI",
    "Projektägare organisationsnummer / Beneficiary ID",
    "Stödmottagare / Beneficiary",
    "Projektägare ort / Beneficiary city",
    "Stödmottagarens land / Beneficiary country",
    "Unionens medfinansieringsgrad / Union co-financing rate",
    "Programområde / Priority",
    "Specifikt mål / Specific objective concerned",
    "Interventionsområde / Intervention field",
    "Total projektbudget / Total budget SEK",
    "EU-stöd i SEK / EU contribution SEK",
    "Sammanfattning / Summary",
    "Sammanfattning engelsk / Summary in english",
];

pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    row(COLUMNS, ';', "\r\n", out)
}

pub fn record(model: &Model, out: &mut dyn Write) -> io::Result<()> {
    let summary = html(&model.description);
    let mut cells = vec![
        model.id.clone().unwrap_or_default(),
        model.name.clone(),
        iso(model.start, model),
        model.end.map(|day| iso(day, model)).unwrap_or_default(),
        model.fund().to_owned(),
        model.programme().chars().take(12).collect(),
        model.owner_number.clone().unwrap_or_default(),
        model.owner.clone(),
        town(model),
        "Sverige".to_owned(),
        rate(model),
        if model.is_old { String::new() } else { model.priority.to_owned() },
        if model.is_old { String::new() } else { model.objective.to_owned() },
        model.interventions.join(", "),
        kronor(model.total, model),
        kronor(model.union_part(), model),
        if model.has(Fault::StrayQuotes) { format!("\"{summary}\"") } else { summary },
        html(&model.short_english),
    ];
    if model.has(Fault::RowTooWide) {
        cells.push("157500".to_owned());
    }
    row(&cells, ';', "\r\n", out)
}

/// Paragraphs as HTML: line breaks are tags, some characters are references, and the cell has line breaks too.
fn html(text: &str) -> String {
    let paragraph = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let text = text.replace(" -- ", " &#8211; ").replace('\n', "<br>");
        format!("<p>{text}</p>")
    };
    text.split("\n\n").map(paragraph).collect::<Vec<_>>().join("\r\n")
}
