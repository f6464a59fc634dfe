//! The file of a store, looked at without SQLite: a header tells a store from any other file, and an identity tells it
//! from a file that has taken its place. Nothing here writes to a file that exists.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::schema::{self, APPLICATION_ID};
use super::store_error::StoreError;

/// The length of an SQLite header, in bytes.
const HEADER_BYTES: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The state of a path before it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoreFile {
    /// There is no file.
    Missing,
    /// There is a review store, of this version of the tables.
    Store(u32),
}

/// Identifies a file for as long as it exists, whatever its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileIdentity {
    device: u64,
    inode: u64,
}

#[cfg(unix)]
impl From<&Metadata> for FileIdentity {
    fn from(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device: metadata.dev(), inode: metadata.ino() }
    }
}

/// Elsewhere an open file cannot be renamed or replaced.
#[cfg(not(unix))]
impl From<&Metadata> for FileIdentity {
    fn from(_: &Metadata) -> Self {
        Self { device: 0, inode: 0 }
    }
}

/// Reads the header at a path.
///
/// Must not be called while a connection of this process is inside a transaction on the file: closing any handle gives
/// up the locks of the whole process.
///
/// # Errors
/// [`StoreError::NotAStore`] for any file whose header does not have the application id of a review store,
/// [`StoreError::Newer`] for a store with newer tables, and [`StoreError::Unreachable`] where the file cannot be read.
pub(super) fn inspect(path: &Path) -> Result<StoreFile, StoreError> {
    let metadata = match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(StoreFile::Missing),
        other => other?,
    };
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
    }
    // A pipe or a device is not even opened.
    if !metadata.is_file() {
        return Err(StoreError::NotAStore);
    }
    let mut header = [0; HEADER_BYTES];
    match File::open(path)?.read_exact(&mut header) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(StoreError::NotAStore),
        other => other?,
    }
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    if !header.starts_with(MAGIC) || number(68) != APPLICATION_ID.cast_unsigned() {
        return Err(StoreError::NotAStore);
    }
    let version = number(60);
    if version > schema::VERSION { Err(StoreError::Newer) } else { Ok(StoreFile::Store(version)) }
}

/// The path next to a store where SQLite keeps an unfinished transaction.
pub(super) fn journal_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// A new, empty file next to a path, to be filled and then moved there: for the user alone, or with the permissions of
/// a folder that a group may write to.
pub(super) fn beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    // Created with mode 0600.
    let file = tempfile::Builder::new().prefix(".diarium-").suffix(".db").tempfile_in(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = folder.metadata()?.permissions().mode();
        if mode & 0o020 != 0 && mode & 0o002 == 0 {
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o660))?;
        }
    }
    Ok(file)
}

/// Makes the name of a file durable. Where a folder cannot be synced, which some file systems refuse, nothing is lost but
/// that.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Renames a store, with its unfinished transaction, to the first free name `PATH.damaged-N`.
///
/// # Errors
/// Returns an error if it cannot be renamed.
pub(super) fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let name = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".damaged-{number}"));
        PathBuf::from(name)
    };
    let free = (1..u32::MAX).map(name).find(|name| !name.exists());
    let aside = free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
    if journal_path(path).exists() {
        std::fs::rename(journal_path(path), journal_path(&aside))?;
    }
    std::fs::rename(path, &aside)?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_header_with_the_application_id_is_a_store() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("fil");
        assert_eq!(inspect(&path).expect("missing"), StoreFile::Missing);
        let mut header = [0; 4_096];
        header[..16].copy_from_slice(MAGIC);
        for content in [&b""[..], b"a", b"Diarienummer;Namn\n24-001-S01;Ett\n", &[0xa5; 4_096], &header] {
            std::fs::write(&path, content).expect("written");
            assert!(matches!(inspect(&path), Err(StoreError::NotAStore)), "{} bytes", content.len());
            assert_eq!(std::fs::read(&path).expect("readable"), content);
        }
        header[68..72].copy_from_slice(&APPLICATION_ID.to_be_bytes());
        header[63] = 1;
        std::fs::write(&path, header).expect("written");
        assert_eq!(inspect(&path).expect("a store"), StoreFile::Store(1));
        header[63] = 99;
        std::fs::write(&path, header).expect("written");
        assert!(matches!(inspect(&path), Err(StoreError::Newer)));
        assert!(matches!(inspect(folder.path()), Err(StoreError::Unreachable(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_opened() {
        assert!(matches!(inspect(Path::new("/dev/zero")), Err(StoreError::NotAStore)));
    }
}
