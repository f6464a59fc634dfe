//! A synthetic collection: any number of records from a seed, the same for the same seed, in every form that the
//! program reads. Records are made one after the other: none is held in memory.

mod cells;
pub mod faults;
mod generic;
mod json;
mod kohesio;
pub mod model;
pub mod package;
mod places;
mod projektbanken;
mod prose;
mod random;
mod text;
mod values;
mod vocabulary;
mod xlsx;

use std::io::{self, Write};

use model::Model;

/// File format of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    Projektbanken,
    Kohesio,
    Tsv,
    Json,
    JsonLines,
    Xlsx,
}

/// All forms with the names that the command line has for them, which are endings of files too.
pub const FORMS: &[(&str, Form)] = &[
    ("text", Form::Text),
    ("projektbanken", Form::Projektbanken),
    ("kohesio", Form::Kohesio),
    ("tsv", Form::Tsv),
    ("json", Form::Json),
    ("jsonl", Form::JsonLines),
    ("xlsx", Form::Xlsx),
];

/// A collection, or as many of its first records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collection {
    pub seed: u64,
    pub count: usize,
}

impl Collection {
    /// Its records, each made when it is asked for.
    pub fn models(self) -> impl Iterator<Item = Model> {
        (0..self.count).map(move |number| Model::new(self.seed, number))
    }

    /// Writes it as one file.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(self, form: Form, out: &mut dyn Write) -> io::Result<()> {
        if form == Form::Xlsx {
            return xlsx::write(self, out);
        }
        begin(form, &Model::new(self.seed, 0), out)?;
        for model in self.models() {
            record(form, &model, out)?;
        }
        if form == Form::Json { out.write_all(b"\n]\n") } else { Ok(()) }
    }
}

fn begin(form: Form, first: &Model, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form::Projektbanken => projektbanken::begin(out),
        Form::Kohesio => kohesio::begin(out),
        Form::Tsv => generic::begin(first, out),
        Form::Json => out.write_all(b"["),
        Form::Text | Form::JsonLines | Form::Xlsx => Ok(()),
    }
}

/// Writes one record, with its separator from the previous one.
///
/// # Errors
/// If `out` cannot be written to, and for workbooks, which are written as a whole.
pub fn record(form: Form, model: &Model, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form::Text => text::record(model, out),
        Form::Projektbanken => projektbanken::record(model, out),
        Form::Kohesio => kohesio::record(model, out),
        Form::Tsv => generic::record(model, out),
        Form::Json => {
            out.write_all(if model.number == 0 { b"\n" } else { b",\n" })?;
            json::record(model, out)
        }
        Form::JsonLines => {
            json::record(model, out)?;
            out.write_all(b"\n")
        }
        Form::Xlsx => Err(io::ErrorKind::Unsupported.into()),
    }
}
