//! Recognises compressed files by their first bytes.

/// Name, offset and magic number of each kind.
const KINDS: &[(&str, usize, &[u8])] = &[
    ("ZIP", 0, b"PK\x03\x04"),
    ("ZIP", 0, b"PK\x05\x06"),
    ("gzip", 0, b"\x1f\x8b\x08"),
    ("xz", 0, b"\xfd7zXZ\0"),
    ("bzip2", 0, b"BZh"),
    ("Zstandard", 0, b"\x28\xb5\x2f\xfd"),
    ("7-Zip", 0, b"7z\xbc\xaf\x27\x1c"),
    ("RAR", 0, b"Rar!\x1a\x07"),
    ("tar", 257, b"ustar"),
];

/// Magic number of the first block of a bzip2 file, after the digit of its level.
const BZIP2_BLOCK: &[u8] = b"1AY&SY";

/// The kind of compressed file that begins with these bytes.
pub(crate) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let is_of =
        |(_, at, magic): &&(&str, usize, &[u8])| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic));
    let (name, _, magic) = KINDS.iter().find(is_of)?;
    let is_text = *magic == b"BZh" && !bytes.get(4..).is_some_and(|rest| rest.starts_with(BZIP2_BLOCK));
    (!is_text).then_some(*name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(b"PK\x03\x04and so on", Some("ZIP"))]
    #[case(b"\x1f\x8b\x08\0", Some("gzip"))]
    #[case(b"BZh91AY&SY", Some("bzip2"))]
    #[case(b"BZh - Namn", None)]
    #[case(b"Rar!", None)]
    #[case(b"", None)]
    fn kinds(#[case] bytes: &[u8], #[case] expected: Option<&str>) {
        assert_eq!(kind(bytes), expected);
    }

    #[test]
    fn tar_is_recognised_by_its_header() {
        let header = [&[b'a'; 257][..], b"ustar\0"].concat();
        assert_eq!(kind(&header), Some("tar"));
    }
}
