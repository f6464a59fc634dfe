//! A tab-separated list with the labels of text records as headings, and a column of contact persons.

use std::io::{self, Write};

use super::cells::row;
use super::faults::Fault;
use super::model::Model;
use super::text::fields;

pub fn begin(first: &Model, out: &mut dyn Write) -> io::Result<()> {
    row(&columns(first), '\t', "\n", out)
}

pub fn record(model: &Model, out: &mut dyn Write) -> io::Result<()> {
    row(&cells(model), '\t', "\n", out)
}

pub fn columns(first: &Model) -> Vec<&'static str> {
    let mut columns: Vec<&str> = fields(first).into_iter().map(|(label, _)| label).collect();
    columns.extend(["Kontaktperson", "E-post", "Sammanfattning"]);
    columns
}

pub fn cells(model: &Model) -> Vec<String> {
    let mut cells: Vec<String> = fields(model).into_iter().map(|(_, value)| value).collect();
    cells.push("Kim Exempel".to_owned());
    cells.push(format!("projekt{}@exempel.se", model.number));
    cells.push(model.description.clone());
    if model.has(Fault::RowTooWide) {
        cells.push("157500".to_owned());
    }
    cells
}
