//! Packed files, told by their first bytes: what is in them is not read, and whoever opens one should be told why.

/// What a kind of packed file begins with, at which byte.
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

/// The first block of a file that bzip2 has made begins so, behind the digit that tells its level.
const BZIP2_BLOCK: &[u8] = b"1AY&SY";

/// The kind of packed file that these are the first bytes of.
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
    fn a_tar_is_told_by_its_header() {
        let header = [&[b'a'; 257][..], b"ustar\0"].concat();
        assert_eq!(kind(&header), Some("tar"));
    }
}
