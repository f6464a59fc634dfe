//! Writes a synthetic collection to a file, or to standard output:
//! `cargo run --release --example corpus -- --form kohesio --rows 1000000 --seed 1 --out big.csv`

mod collection;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use collection::{Collection, FORMS, Form};

/// Write a synthetic collection: the same records for the same seed, in any form.
#[derive(Parser)]
struct Arguments {
    #[arg(long, value_parser = form, default_value = "text", help = "text, projektbanken, kohesio, tsv, json, jsonl or xlsx")]
    form: Form,
    /// Number of records.
    #[arg(long, default_value_t = 1_000)]
    rows: usize,
    /// Seed of the collection.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file; standard output if none is named.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn form(name: &str) -> Result<Form, String> {
    let known = FORMS.iter().find(|(known, _)| *known == name);
    known.map(|(_, form)| *form).ok_or_else(|| format!("there is no form {name:?}"))
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let out: Box<dyn Write> = match &arguments.out {
        Some(path) => {
            Box::new(File::create(path).with_context(|| format!("cannot make {}", path.display()))?)
        }
        None => Box::new(io::stdout().lock()),
    };
    let mut out = BufWriter::with_capacity(1 << 20, out);
    let collection = Collection { seed: arguments.seed, count: arguments.rows };
    collection.write(arguments.form, &mut out).context("cannot write the collection")?;
    out.flush().context("cannot write the collection")
}
