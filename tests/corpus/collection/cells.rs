//! Rows of cells, quoted where necessary.

use std::io::{self, Write};

/// Writes a row; `end` is what ends it.
pub fn row<T: AsRef<str>>(cells: &[T], delimiter: char, end: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::with_capacity(1_200);
    for (at, cell) in cells.iter().map(AsRef::as_ref).enumerate() {
        if at > 0 {
            line.push(delimiter);
        }
        if cell.contains([delimiter, '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
    line.push_str(end);
    out.write_all(line.as_bytes())
}
