//! JSON in the shape of the program's own export: the raw fields and the parts that are not fields. Typed values, which
//! the export computes, are left out.

use std::io::{self, Write};

use serde::Serialize;

use super::model::Model;
use super::text::fields;

#[derive(Serialize)]
struct Exported<'a> {
    id: Option<String>,
    diarienummer: Option<String>,
    name: &'a str,
    description: &'a str,
    fields: Vec<Field>,
    sources: [(); 0],
    review: Option<()>,
}

#[derive(Serialize)]
struct Field {
    label: &'static str,
    value: String,
}

/// A record as an object in one line.
pub fn record(model: &Model, out: &mut dyn Write) -> io::Result<()> {
    let filled = fields(model).into_iter().filter(|(_, value)| !value.is_empty());
    let id = model.id.as_ref().map(|id| id.to_uppercase());
    let exported = Exported {
        diarienummer: id.clone(),
        id,
        name: &model.name,
        description: &model.description,
        fields: filled.map(|(label, value)| Field { label, value }).collect(),
        sources: [],
        review: None,
    };
    serde_json::to_writer(out, &exported)?;
    Ok(())
}
