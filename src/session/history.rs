//! Earlier queries, one a line, the newest last. The file is readable by its owner only, and personal identity numbers
//! in it are masked.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::files::{open_private, write_private};
use crate::domain::privacy::mask_personal_numbers;

/// Number of queries that are remembered.
const MAX_QUERIES: usize = 1_000;
/// Bytes that are read from the end of the file.
const MAX_READ: u64 = 256 * 1_024;
/// Size in bytes from which the file is trimmed to the queries that are remembered.
const TRIM_FROM: u64 = 2 * MAX_READ;

/// The file of earlier queries.
pub struct History;

impl History {
    /// Returns the earlier queries, oldest first, each once. A line that is not UTF-8 is left out; a file that cannot be
    /// read is an empty history. Only the end of a large file is read.
    #[must_use]
    pub fn read(path: Option<&Path>) -> Vec<String> {
        let tail = path.and_then(|path| read_tail(path).ok()).unwrap_or_default();
        let mut seen = HashSet::new();
        let lines = tail.split(|byte| *byte == b'\n').rev().filter_map(|line| str::from_utf8(line).ok());
        let newest = lines.map(str::trim_end).filter(|line| !line.is_empty() && seen.insert(*line));
        let mut queries: Vec<String> = newest.take(MAX_QUERIES).map(str::to_owned).collect();
        queries.reverse();
        queries
    }

    /// Appends a query; a file that has grown large is trimmed to the queries that are remembered. A history that cannot
    /// be written must not disturb the search.
    pub fn add(path: Option<&Path>, query: &str) {
        let Some(path) = path else { return };
        let query = mask_personal_numbers(query).map_or_else(|| query.to_owned(), |(masked, _)| masked);
        let line = query.replace(['\n', '\r'], " ") + "\n";
        drop(append(path, &line));
    }
}

fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut file = open_private(path, OpenOptions::new().append(true).create(true))?;
    file.write_all(line.as_bytes())?;
    if file.metadata()?.len() >= TRIM_FROM {
        write_private(path, (History::read(Some(path)).join("\n") + "\n").as_bytes())?;
    }
    Ok(())
}

/// Returns the whole lines at the end of a file.
fn read_tail(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let start = file.metadata()?.len().saturating_sub(MAX_READ);
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(MAX_READ).read_to_end(&mut bytes)?;
    if start > 0 {
        // The first line is cut off at its beginning.
        let whole = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| end + 1);
        bytes.drain(..whole);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(contents: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("history");
        std::fs::write(&path, contents).expect("written");
        (folder, path)
    }

    #[test]
    fn keeps_each_query_once_and_masks_personal_numbers() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state/history");
        for query in ["piteå", "trygg", "811228-9874", "piteå"] {
            History::add(Some(&path), query);
        }
        assert_eq!(History::read(Some(&path)), ["trygg", "******-****", "piteå"]);
    }

    #[cfg(unix)]
    #[test]
    fn is_readable_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("history");
        History::add(Some(&path), "x");
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_line_that_is_not_utf8_costs_only_itself() {
        let (_folder, path) = file(b"pite\xc3\xa5\n\xff\xfe\ntrygg\r\nafter \xe5 gap\nsist\n\xff");
        assert_eq!(History::read(Some(&path)), ["piteå", "trygg", "sist"]);
    }

    #[test]
    fn a_large_file_is_read_from_its_end_and_trimmed_when_a_query_is_added() {
        let lines = (0..200_000).map(|number| format!("query {number}\n")).collect::<Vec<_>>().concat();
        let (_folder, path) = file(lines.as_bytes());
        let queries = History::read(Some(&path));
        assert_eq!(queries.len(), MAX_QUERIES);
        assert_eq!(queries.last().map(String::as_str), Some("query 199999"));
        History::add(Some(&path), "new");
        assert!(std::fs::metadata(&path).expect("there").len() < 20_000, "trimmed to what is remembered");
        let trimmed = History::read(Some(&path));
        assert_eq!((trimmed.len(), trimmed.last().map(String::as_str)), (MAX_QUERIES, Some("new")));
    }

    #[test]
    fn a_line_without_an_end_is_left_out() {
        let (_folder, path) = file(&vec![b'x'; 3 << 20]);
        assert_eq!(History::read(Some(&path)), Vec::<String>::new());
    }
}
