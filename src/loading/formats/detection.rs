//! Detects the format of a text from its content; file names are ignored.
//!
//! Prose with commas is not a list: a list has a row of column headings, and most rows below it have several cells.

use super::csv_scanner::{CsvScanner, QuoteStyle};
use super::list::heading_rows::{EXAMINED_ROWS, HeadingRows, Vocabulary};
use super::list::layout::{ListLayout, SplitRow, split_rows};
use super::list::merged_cells::MergedCells;
use crate::domain::schema::FieldKind;

/// Delimiters that are tried.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// The format of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// Titles, labels with their values, free text.
    TextRecord,
    /// Rows of cells.
    List(ListLayout),
    /// Rows of cells under headings that are not known.
    UnknownList(UnknownHeadings),
    /// An array of objects, or a sequence of them.
    Json,
    /// One object per line.
    JsonLines,
}

/// The headings of a list none of which is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownHeadings {
    pub(crate) delimiter: u8,
    pub(crate) headings: Vec<String>,
}

/// Detects the format of a text. With a given delimiter, everything but JSON and text records is a list.
pub(crate) fn detect(text: &str, delimiter: Option<u8>, vocabulary: Vocabulary<'_>) -> FileFormat {
    if let Some(json) = json(text) {
        return json;
    }
    if begins_with_labels(text) {
        return FileFormat::TextRecord;
    }
    if let Some(delimiter) = delimiter {
        return match DelimiterCandidate::measure(text, delimiter, vocabulary) {
            Some(candidate) => FileFormat::List(candidate.layout(text)),
            None => unknown_list(text, &[delimiter], 2).map_or_else(
                || FileFormat::List(ListLayout { delimiter, quotes: QuoteStyle::Enclosing, header: 0 }),
                FileFormat::UnknownList,
            ),
        };
    }
    let candidates =
        DELIMITERS.iter().filter_map(|delimiter| DelimiterCandidate::measure(text, *delimiter, vocabulary));
    let best = candidates
        .filter(DelimiterCandidate::is_sure)
        .reduce(|best, next| if next.found.known() > best.found.known() { next } else { best });
    match best {
        Some(candidate) => FileFormat::List(candidate.layout(text)),
        None => unknown_list(text, &DELIMITERS, 3).map_or(FileFormat::TextRecord, FileFormat::UnknownList),
    }
}

/// Finds the headings of a sheet's text.
pub(crate) fn detect_sheet(
    text: &str,
    vocabulary: Vocabulary<'_>,
    merged: &[MergedCells],
) -> Result<ListLayout, Option<UnknownHeadings>> {
    let (rows, _) = split_rows(text, b'\t', QuoteStyle::Enclosing, EXAMINED_ROWS);
    match HeadingRows::find(&rows, vocabulary, merged).filter(|found| is_list_header(found, &rows)) {
        Some(found) => Ok(ListLayout {
            delimiter: b'\t',
            quotes: QuoteStyle::Enclosing,
            header: found.first + found.count - 1,
        }),
        None => Err(unknown_list(text, b"\t", 3)),
    }
}

/// Returns `true` if headings are those of a list: two known fields, or one above rows of several cells.
fn is_list_header(found: &HeadingRows, rows: &[SplitRow]) -> bool {
    let below = rows.get(found.first + found.count..).unwrap_or_default();
    let several =
        below.iter().filter(|row| row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1).count();
    found.headings.len() >= 2 && (found.known() >= 2 || several * 2 > below.len())
}

/// A text that looks like a list although no heading is known: at least three rows with the same number of cells, which
/// is at least `least`.
fn unknown_list(text: &str, delimiters: &[u8], least: usize) -> Option<UnknownHeadings> {
    let table = |delimiter: &u8| {
        let (rows, _) = split_rows(text, *delimiter, QuoteStyle::Enclosing, EXAMINED_ROWS);
        let width = |row: &SplitRow| row.cells.len();
        let first = rows.iter().position(|row| width(row) >= least)?;
        let same = rows.get(first..)?.iter().filter(|row| width(row) == width(&rows[first])).count();
        let headings: Vec<String> =
            rows.get(first)?.cells.iter().filter(|cell| !cell.is_empty()).cloned().collect();
        let is_table = same >= 3 && same * 10 >= (rows.len() - first) * 9 && headings.len() >= least;
        is_table.then_some((headings.len(), UnknownHeadings { delimiter: *delimiter, headings }))
    };
    let best = delimiters.iter().filter_map(table).max_by_key(|(width, _)| *width);
    best.map(|(_, headings)| headings)
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
    labels.any(|label| FieldKind::from_label(label).is_some())
}

/// A text split at an assumed delimiter.
struct DelimiterCandidate {
    delimiter: u8,
    found: HeadingRows,
    /// Number of cells of each row, from the last row of headings on.
    widths: Vec<usize>,
}

impl DelimiterCandidate {
    fn measure(text: &str, delimiter: u8, vocabulary: Vocabulary<'_>) -> Option<Self> {
        let (rows, _) = split_rows(text, delimiter, QuoteStyle::Enclosing, EXAMINED_ROWS);
        let found = HeadingRows::find(&rows, vocabulary, &[])?;
        let widths = rows.get(found.first + found.count - 1..)?.iter().map(|row| row.cells.len()).collect();
        Some(Self { delimiter, found, widths })
    }

    fn is_sure(&self) -> bool {
        let Some((width, below)) = self.widths.split_first().filter(|_| self.found.headings.len() > 1) else {
            return false;
        };
        if self.found.known() < 2 {
            return below.len() >= 2 && below.iter().all(|below| below == width);
        }
        let several = below.iter().filter(|width| **width > 1).count();
        // Notes may follow a short list. Prose does not have as many commas in each line as in the first.
        let last = below.iter().rposition(|width| *width > 1).map_or(0, |last| last + 1);
        let rows = below.get(..last).unwrap_or_default();
        if rows.len() >= 2 && rows.iter().all(|row| row == width) {
            return true;
        }
        // Headings without rows make a list only at the top of a text.
        if below.is_empty() { self.found.first == 0 } else { several * 2 > below.len() }
    }

    fn layout(&self, text: &str) -> ListLayout {
        let header = self.found.first + self.found.count - 1;
        ListLayout { delimiter: self.delimiter, quotes: quote_style(text, self.delimiter, header), header }
    }
}

/// Quotation marks are text where every line then has as many cells as the headings, and otherwise does not.
fn quote_style(text: &str, delimiter: u8, header: usize) -> QuoteStyle {
    if memchr::memchr(b'"', text.as_bytes()).is_none() {
        return QuoteStyle::Enclosing;
    }
    let fits = |quotes: QuoteStyle| {
        let mut scanner = CsvScanner::new(text, delimiter, quotes);
        let (mut cells, mut width, mut at) = (Vec::new(), None, 0);
        while let Some(place) = scanner.row(&mut cells) {
            // The last row of a text that was cut off says nothing.
            let is_last = place.extent.end >= text.len();
            if at >= header && !is_last && *width.get_or_insert(cells.len()) != cells.len() {
                return false;
            }
            at += 1;
        }
        at > header + 2
    };
    if !fits(QuoteStyle::Enclosing) && fits(QuoteStyle::Text) {
        QuoteStyle::Text
    } else {
        QuoteStyle::Enclosing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::codes::headings::Headings;
    use crate::loading::column_mapping::ColumnMapping;
    use rstest::rstest;

    fn list(delimiter: char, header: usize) -> FileFormat {
        let delimiter = u8::try_from(delimiter).expect("ASCII");
        FileFormat::List(ListLayout { delimiter, quotes: QuoteStyle::Enclosing, header })
    }

    fn detected(text: &str, delimiter: Option<u8>) -> FileFormat {
        let (known, stated) = (Headings::built_in(), ColumnMapping::default());
        detect(text, delimiter, Vocabulary { known: &known, stated: &stated })
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
    #[case::above_notes(
        "Diarienummer;Namn;Region\n1;a;b\n2;c;d\n1) I euro\n2) Preliminärt\nKälla: myndigheten\n",
        list(';', 0)
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
    #[case::prose_above_short_lines(
        "Namn, region, start\nEn rad, med komma.\nEn till.\nSlut.\n",
        FileFormat::TextRecord
    )]
    #[case::brackets("[Utkast] text", FileFormat::TextRecord)]
    #[case::braces("{mall}", FileFormat::TextRecord)]
    #[case::nothing("", FileFormat::TextRecord)]
    fn detects_the_format(#[case] text: &str, #[case] form: FileFormat) {
        assert_eq!(detected(text, None), form);
    }

    #[test]
    fn a_given_delimiter_is_used() {
        assert_eq!(detected("Nr#Namn\n1#a\n", None), FileFormat::TextRecord);
        assert_eq!(detected("Nr#Namn\n1#a\n", Some(b'#')), list('#', 0));
        assert_eq!(detected("Diarienummer:\n23-001-S01\n", Some(b'#')), FileFormat::TextRecord);
    }

    #[test]
    fn quotation_marks_are_text_where_only_that_makes_sound_rows() {
        let text = "Country\tBeneficiary Name\tName\nX\tA\t\"A\" Ltd\nX\tB\tB\nX\tThe \"C\"\tC\nX\tE\tE\n";
        let FileFormat::List(layout) = detected(text, None) else { panic!("a list") };
        assert_eq!((layout.delimiter, layout.quotes), (b'\t', QuoteStyle::Text));
    }

    #[test]
    fn a_table_without_a_known_heading_is_an_unknown_list() {
        let text = "Alfa;Gamma;Delta\n1;2;3\n4;5;6\n";
        let headings = ["Alfa", "Gamma", "Delta"].map(str::to_owned).to_vec();
        assert_eq!(
            detected(text, None),
            FileFormat::UnknownList(UnknownHeadings { delimiter: b';', headings })
        );
    }
}
