//! Recognises files of formats that are not read, such as PDF, by their first bytes.

/// Name, offset and magic number of each format.
const FORMATS: &[(&str, usize, &[u8])] = &[
    ("PDF", 0, b"%PDF-"),
    ("Parquet", 0, b"PAR1"),
    ("SQLite", 0, b"SQLite format 3\0"),
    ("PNG", 0, b"\x89PNG\r\n\x1a\n"),
    ("JPEG", 0, b"\xff\xd8\xff"),
    ("GIF", 0, b"GIF87a"),
    ("GIF", 0, b"GIF89a"),
    ("TIFF", 0, b"II*\0"),
    ("TIFF", 0, b"MM\0*"),
    ("WebP", 8, b"WEBPVP8"),
];

/// Names of members that only packages of these formats have, stored uncompressed in the headers of a ZIP archive.
const PACKAGES: &[(&str, &[u8])] = &[
    ("Word", b"word/document.xml"),
    ("PowerPoint", b"ppt/presentation.xml"),
    ("OpenDocument text", b"mimetypeapplication/vnd.oasis.opendocument.text"),
];

/// Number of bytes in which a member's name is searched.
const NAMES_WITHIN: usize = 65_536;

/// The format of a file that begins with these bytes; `None` for one that may be readable.
pub(crate) fn format(bytes: &[u8]) -> Option<&'static str> {
    let starts = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if let Some((name, ..)) = FORMATS.iter().find(|(_, at, magic)| starts(*at, magic)) {
        return Some(name);
    }
    if starts(0, b"PK\x03\x04") {
        let head = bytes.get(..NAMES_WITHIN).unwrap_or(bytes);
        let package = PACKAGES.iter().find(|(_, name)| memchr::memmem::find(head, name).is_some());
        return package.map(|(name, _)| *name);
    }
    is_dbase(bytes).then_some("dBASE")
}

/// A dBASE table begins with its version, the date of its last change, the number of records, and the lengths of its
/// header and of a record.
fn is_dbase(bytes: &[u8]) -> bool {
    let Some(&[version, _, month, day, _, _, _, _, low, high]) = bytes.first_chunk::<10>() else {
        return false;
    };
    let header = usize::from(u16::from_le_bytes([low, high]));
    matches!(version, 0x03 | 0x30 | 0x83 | 0x8b | 0xf5)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        // A field takes 32 bytes, and a carriage return ends the header.
        && header > 32
        && bytes.get(header - 1).is_none_or(|end| *end == b'\r' || version == 0x30)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::pdf(b"%PDF-1.7\n%text", Some("PDF"))]
    #[case::parquet(b"PAR1\x15\x04", Some("Parquet"))]
    #[case::sqlite(b"SQLite format 3\0\x10\0", Some("SQLite"))]
    #[case::jpeg(b"\xff\xd8\xff\xe0", Some("JPEG"))]
    #[case::webp(b"RIFF\x10\0\0\0WEBPVP8 ", Some("WebP"))]
    #[case::word(b"PK\x03\x04....[Content_Types].xml....word/document.xml", Some("Word"))]
    #[case::workbook(b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml", None)]
    #[case::dbase(b"\x03\x7c\x05\x11\x01\0\0\0\x41\0\x10\0", Some("dBASE"))]
    #[case::text(b"PDF - Namn\n", None)]
    #[case::nothing(b"", None)]
    fn formats(#[case] bytes: &[u8], #[case] expected: Option<&str>) {
        assert_eq!(format(bytes), expected);
    }
}
