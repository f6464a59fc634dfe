//! Detects the format of a text from its content; file names are ignored.
//!
//! Prose with commas is not a list: a list has a row of column headings, and most rows below it have several cells.

use super::csv_scanner::{Cell, CsvScanner};
use crate::domain::schema::FieldKind;
use crate::text::fold::same_label;

/// Number of rows examined.
const DECIDING_ROWS: usize = 20;

/// Longest column heading, in bytes.
const LONGEST_HEADING: usize = 160;

/// Delimiters that are tried.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// Titles, labels with their values, free text.
    TextRecord,
    /// Rows of cells.
    List(ListLayout),
    /// An array of objects, or a sequence of them.
    Json,
    /// One object per line.
    JsonLines,
}

/// The layout of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListLayout {
    /// Cell delimiter, ASCII.
    pub(crate) delimiter: u8,
    /// Index of the row of column headings, from 0, not counting blank lines.
    pub(crate) header: usize,
}

/// Detects the format of a text. With a given delimiter, everything but JSON and text records is a list.
pub(crate) fn detect(text: &str, delimiter: Option<u8>) -> FileFormat {
    if let Some(json) = json(text) {
        return json;
    }
    if begins_with_labels(text) {
        return FileFormat::TextRecord;
    }
    if let Some(delimiter) = delimiter {
        let header =
            DelimiterCandidate::measure(text, delimiter).map_or(0, |candidate| candidate.layout.header);
        return FileFormat::List(ListLayout { delimiter, header });
    }
    let candidates = DELIMITERS.iter().filter_map(|delimiter| DelimiterCandidate::measure(text, *delimiter));
    let best = candidates
        .filter(DelimiterCandidate::is_sure)
        .reduce(|best, next| if next.known > best.known { next } else { best });
    best.map_or(FileFormat::TextRecord, |candidate| FileFormat::List(candidate.layout))
}

fn json(text: &str) -> Option<FileFormat> {
    let text = text.trim_start();
    let inside = |opening| text.strip_prefix(opening).map(str::trim_start);
    if inside('[').is_some_and(|inside| inside.is_empty() || inside.starts_with(['{', ']'])) {
        return Some(FileFormat::Json);
    }
    if !inside('{').is_some_and(|inside| inside.is_empty() || inside.starts_with(['"', '}'])) {
        return None;
    }
    // JSON Lines if the first line is a whole object and the second begins one.
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_lines = lines.next().is_some_and(|line| line.trim_end().ends_with('}'))
        && lines.next().is_some_and(|line| line.trim_start().starts_with('{'));
    Some(if is_lines { FileFormat::JsonLines } else { FileFormat::Json })
}

/// Returns `true` if one of the first lines is a bare known label, which only text records have.
fn begins_with_labels(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(5);
    let mut labels = lines.filter_map(|line| line.trim_end().strip_suffix(':'));
    labels.any(|label| FieldKind::of_label(label).is_some())
}

/// Properties of a text under an assumed delimiter.
struct DelimiterCandidate {
    layout: ListLayout,
    /// Number of columns with a known heading.
    known: usize,
    /// Number of cells in the row of headings.
    width: usize,
    /// Number of cells of each row below it.
    below: Vec<usize>,
}

impl DelimiterCandidate {
    fn measure(text: &str, delimiter: u8) -> Option<Self> {
        let mut scanner = CsvScanner::new(text, delimiter);
        let (mut cells, mut widths) = (Vec::new(), Vec::new());
        let mut best: Option<(usize, usize)> = None;
        while widths.len() < DECIDING_ROWS && scanner.row(&mut cells).is_some() {
            let known = known_columns(text, &cells);
            if known > 0 && best.is_none_or(|(_, most)| known > most) {
                best = Some((widths.len(), known));
            }
            widths.push(cells.len());
        }
        let (header, known) = best?;
        let width = *widths.get(header)?;
        let below = widths.get(header + 1..).unwrap_or_default().to_vec();
        Some(Self { layout: ListLayout { delimiter, header }, known, width, below })
    }

    fn is_sure(&self) -> bool {
        if self.width < 2 {
            return false;
        }
        if self.known < 2 {
            return self.below.len() >= 2 && self.below.iter().all(|width| *width == self.width);
        }
        let several = self.below.iter().filter(|width| **width > 1).count();
        // Headings without rows make a list only at the top of a text.
        if self.below.is_empty() { self.layout.header == 0 } else { several * 2 > self.below.len() }
    }
}

/// Number of different fields named by the cells of a row.
fn known_columns(text: &str, cells: &[Cell]) -> usize {
    let mut kinds = Vec::new();
    for cell in cells {
        // Some lists end their rows with a character other than the delimiter.
        let name = text.get(cell.content.clone()).unwrap_or_default().trim_end_matches([';', ',']);
        if name.len() <= LONGEST_HEADING
            && let Some(kind) = FieldKind::of_label(name)
            && !kinds.contains(&kind)
        {
            kinds.push(kind);
        }
    }
    kinds.len()
}

/// Returns `true` for the Swedish name of a field, alone or followed by ` / ` and the English one.
pub(crate) fn is_swedish(heading: &str) -> bool {
    let first = heading.split_once(" / ").map_or(heading, |(first, _)| first).trim();
    FieldKind::of_label(heading).map(FieldKind::spec).is_some_and(|spec| {
        let swedish = [spec.label].into_iter().chain(spec.synonyms.iter().copied());
        spec.label != spec.english
            && swedish
                .filter(|name| *name == spec.label || !name.is_ascii())
                .any(|name| same_label(name, first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn list(delimiter: char, header: usize) -> FileFormat {
        FileFormat::List(ListLayout { delimiter: u8::try_from(delimiter).expect("ASCII"), header })
    }

    #[rstest]
    #[case::semicolons("Diarienummer;Namn\n1;a\n", list(';', 0))]
    #[case::commas_in_text("Diarienummer;Namn\n1;a, b, c, d\n2;c, d\n", list(';', 0))]
    #[case::tabs("Namn\tRegion\tEgen\nx\ty\tz\n", list('\t', 0))]
    #[case::bars("Namn|Region\nx|y\n", list('|', 0))]
    #[case::bilingual("Projekt;EU-fond / EU fund;Startdatum / Start date\na;b;c", list(';', 0))]
    #[case::below_a_title(
        "Lista över insatser\nHämtad 2026-01-01\n\nDiarienummer;Namn;Region\n1;a;b\n2;c;d\n3;e;f\n",
        list(';', 2)
    )]
    #[case::headings_alone("Diarienummer,Namn,Region\n", list(',', 0))]
    #[case::one_known_column("Nr;Namn;Ort/plats\n1;a;b\n2;c;d\n", list(';', 0))]
    #[case::array("\n [ {\"id\": 1} ]", FileFormat::Json)]
    #[case::empty_array("[]", FileFormat::Json)]
    #[case::object("{\n  \"id\": 1\n}\n", FileFormat::Json)]
    #[case::lines("{\"id\": 1}\n\n{\"id\": 2}\n", FileFormat::JsonLines)]
    #[case::record("23-001-S01 - A, B; C\n\nDiarienummer:\n23-001-S01\n", FileFormat::TextRecord)]
    #[case::labels(
        "Namn, Region;\nDiarienummer:\n1\nNamn, Region, Slutdatum\na, b, c\n",
        FileFormat::TextRecord
    )]
    #[case::prose(
        "Vi har namn, region, start och slut.\nDetta är text, med komman.\nMer.\n",
        FileFormat::TextRecord
    )]
    #[case::prose_of_labels(
        "Namn, region, start\nEn rad.\nEn till.\nOch en, med komma.\n",
        FileFormat::TextRecord
    )]
    #[case::brackets("[Utkast] text", FileFormat::TextRecord)]
    #[case::braces("{mall}", FileFormat::TextRecord)]
    #[case::nothing("", FileFormat::TextRecord)]
    fn detects_the_format(#[case] text: &str, #[case] form: FileFormat) {
        assert_eq!(detect(text, None), form);
    }

    #[test]
    fn a_given_delimiter_is_used() {
        assert_eq!(detect("Nr#Namn\n1#a\n", None), FileFormat::TextRecord);
        assert_eq!(detect("Nr#Namn\n1#a\n", Some(b'#')), list('#', 0));
        assert_eq!(detect("Diarienummer:\n23-001-S01\n", Some(b'#')), FileFormat::TextRecord);
    }

    #[rstest]
    #[case("Diarienummer", true)]
    #[case("Projektägare ort / Beneficiary city", true)]
    #[case("Total cost", false)]
    #[case("Region", false)]
    #[case("Project_EU_Budget", false)]
    fn swedish_headings(#[case] heading: &str, #[case] expected: bool) {
        assert_eq!(is_swedish(heading), expected);
    }
}
