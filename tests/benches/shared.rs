//! The lines for comparing searches: the fields of each record, tab-separated, as fzf receives them.

use std::io::{self, Write};

use super::corpus::collection::Collection;
use super::corpus::collection::model::plain_id;

/// Queries that are typed key by key.
pub const TYPED: &[&str] = &["trygghet ostra", "24-003-S05", "23079s13", "2018/76"];

/// Diarienummer, name, owner, town, region and end of `count` records; with `heading`, a list that the program reads.
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
