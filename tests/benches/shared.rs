//! The lines that searches are compared on: what fzf gets is what a record has, parted by tabs.

use std::io::{self, Write};

use super::corpus::collection::Collection;
use super::corpus::collection::model::plain_id;

/// What is typed, a key at a time.
pub const TYPED: &[&str] = &["trygghet ostra", "24-003-S05", "23079s13", "2018/76"];

/// Diarienummer, name, owner, town, region and end of so many records; `heading` for a list that the program reads.
pub fn lines(count: usize, heading: bool, out: &mut dyn Write) -> io::Result<()> {
    if heading {
        writeln!(out, "Diarienummer\tNamn\tProjektägare\tStödmottagare ort\tRegion\tSlutdatum")?;
    }
    for model in (Collection { seed: 1, count }).models() {
        let id = plain_id(model.number);
        let end = model
            .end
            .map_or_else(String::new, |day| format!("{}-{:02}-{:02}", day.year, day.month, day.of_month));
        let place = format!("{}\t{}", model.town.name, model.region.name);
        writeln!(out, "{id}\t{}\t{}\t{place}\t{end}", model.name, model.owner)?;
    }
    out.flush()
}
