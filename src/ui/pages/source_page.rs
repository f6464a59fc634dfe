//! The source page: the raw text of a record in each of its sources, below the name of the source.

use super::text_page::{PageLine, PageLook, wrapped};
use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;

/// The lines of the page in `columns` columns.
pub(crate) fn lines(catalogue: &Catalogue, record: Record<'_>, columns: usize) -> Vec<PageLine> {
    let mut lines = Vec::new();
    for place in record.places() {
        let name = format!("{}:{}", catalogue.source_name(place.source), place.line);
        lines.extend(wrapped(&name, PageLook::Heading, columns));
        let text = record.source_text(place.source).unwrap_or_default();
        lines.extend(wrapped(&text, PageLook::Text, columns));
        lines.push(PageLine::blank());
    }
    lines
}
