//! JSON in the shape of the program's own export: the keys, and the raw fields beside them.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::model::Model;
use super::text::fields;

/// A record as an object in one line.
pub fn record(model: &Model, out: &mut dyn Write) -> io::Result<()> {
    let mut raw = fields(model);
    raw.retain(|(_, value)| !value.is_empty());
    let values: Vec<Value> =
        raw.iter().map(|(label, value)| json!({ "label": label, "value": value })).collect();
    let object = json!({
        "id": model.id.as_ref().map(|id| id.to_uppercase()),
        "name": model.name,
        "description": model.description,
        "fields": values,
    });
    write!(out, "{object}")
}
