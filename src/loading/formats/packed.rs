//! Unpacks gzip files and ZIP archives into memory, one member at a time and within limits. Nothing is written to disk.

use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

/// Largest ratio between unpacked and packed size: lists have about 10, bombs 1,000.
const MAX_RATIO: u64 = 100;
/// Size in bytes up to which the ratio does not count.
const ALWAYS_ALLOWED: u64 = 64 << 20;
/// Largest unpacked size in bytes, of all members together.
const MAX_UNPACKED: u64 = 1 << 30;
/// Largest number of members.
const MAX_MEMBERS: usize = 1_000;
/// Members that a Mac adds for itself.
const MAC_FOLDER: &str = "__MACOSX/";

/// The reason why a packed file, or a member, is not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackedError {
    /// More is unpacked than the limits allow.
    #[error("> {} MB", .0 >> 20)]
    TooLarge(u64),
    /// There are more members than the limit allows.
    #[error("> {MAX_MEMBERS}")]
    TooMany,
    /// Damaged data.
    #[error(transparent)]
    Damaged(#[from] io::Error),
    /// Damaged, encrypted, or packed by an unknown method.
    #[error(transparent)]
    Zip(#[from] ZipError),
}

/// Unpacks a gzip file.
pub(crate) fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, PackedError> {
    read_within(MultiGzDecoder::new(bytes), limit(bytes.len()))
}

/// Unpacks the members of a ZIP archive, without its folders, and hands each to `take` under its name.
pub(crate) fn for_each_member(
    bytes: &[u8],
    mut take: impl FnMut(&str, Result<Vec<u8>, PackedError>),
) -> Result<(), PackedError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    if archive.len() > MAX_MEMBERS {
        return Err(PackedError::TooMany);
    }
    let mut left = limit(bytes.len());
    for at in 0..archive.len() {
        let name = archive.by_index_raw(at)?.name()?.into_owned();
        if name.ends_with('/') || name.starts_with(MAC_FOLDER) {
            continue;
        }
        let contents = match archive.by_index(at) {
            Ok(member) => read_within(member, left),
            Err(error) => Err(error.into()),
        };
        if let Ok(contents) = &contents {
            left -= contents.len() as u64;
        }
        let is_over = matches!(contents, Err(PackedError::TooLarge(_)));
        take(&name, contents);
        if is_over {
            break;
        }
    }
    Ok(())
}

/// Number of bytes that a packed file of this size may unpack to.
fn limit(packed: usize) -> u64 {
    (packed as u64).saturating_mul(MAX_RATIO).clamp(ALWAYS_ALLOWED, MAX_UNPACKED)
}

fn read_within(reader: impl Read, limit: u64) -> Result<Vec<u8>, PackedError> {
    let mut contents = Vec::new();
    reader.take(limit + 1).read_to_end(&mut contents)?;
    if contents.len() as u64 > limit { Err(PackedError::TooLarge(limit)) } else { Ok(contents) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(contents: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(contents).expect("packed");
        packed.finish().expect("packed")
    }

    fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, contents) in members {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
            writer.write_all(contents).expect("written");
        }
        writer.finish().expect("an archive").into_inner()
    }

    #[test]
    fn gzip_files_are_unpacked_with_all_their_parts() {
        let packed = [gzip(b"Diarienummer;"), gzip(b"Namn\n")].concat();
        assert_eq!(gunzip(&packed).expect("unpacked"), b"Diarienummer;Namn\n");
    }

    #[test]
    fn a_bomb_is_given_up() {
        let bomb = gzip(&vec![0; usize::try_from(ALWAYS_ALLOWED).expect("fits") + 1]);
        assert!(matches!(gunzip(&bomb), Err(PackedError::TooLarge(ALWAYS_ALLOWED))));
    }

    #[test]
    fn damage_is_an_error() {
        let packed = gzip(b"Diarienummer;Namn\n");
        assert!(matches!(gunzip(&packed[..packed.len() - 3]), Err(PackedError::Damaged(_))));
        assert!(matches!(for_each_member(b"PK\x03\x04", |_, _| ()), Err(PackedError::Zip(_))));
    }

    #[test]
    fn members_have_names_and_folders_are_none() {
        let packed =
            archive(&[("a/b.csv", b"1"), ("a/", b""), ("__MACOSX/a/._b.csv", b"2"), ("c.txt", b"3")]);
        let mut seen = Vec::new();
        for_each_member(&packed, |name, contents| {
            seen.push((name.to_owned(), contents.expect("unpacked")));
        })
        .expect("an archive");
        assert_eq!(seen, [("a/b.csv".to_owned(), b"1".to_vec()), ("c.txt".to_owned(), b"3".to_vec())]);
    }

    #[test]
    fn all_members_together_are_bounded() {
        let half = vec![b' '; usize::try_from(ALWAYS_ALLOWED / 2 + 1).expect("fits")];
        let packed = archive(&[("a", &half), ("b", &half), ("c", b"never read")]);
        let mut ends = Vec::new();
        for_each_member(&packed, |_, contents| ends.push(contents.is_ok())).expect("an archive");
        assert_eq!(ends, [true, false]);
    }
}
