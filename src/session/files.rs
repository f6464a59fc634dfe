//! Files that a session writes: the ones that the user asks for, and private ones of its own.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::Places;
use crate::export::{self, ExportError, WorkbookError};
use crate::ui::event::{RecordsToWrite, WriteError, WriteFailure};

/// Opens a file and creates its folder if it is missing. A new file can be read by its owner only.
pub(super) fn open_private(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path)
}

/// Writes or replaces a file that only the user can read: whole or not at all, on the disk when this returns.
pub(super) fn write_private(path: &Path, contents: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    // A temporary file has mode 0600.
    let mut file = tempfile::Builder::new().prefix(".diarium-").tempfile_in(folder)?;
    file.write_all(contents)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

/// Writes records to a new file, as [`write_new`] does.
pub(super) fn write_records(
    typed: &str,
    places: &Places,
    wanted: &RecordsToWrite,
) -> Result<String, WriteError> {
    let records = wanted.rows.iter().filter_map(|row| wanted.catalogue.record(*row));
    write_new(typed, places, |out| export::write(wanted.format, None, records, out).map(drop))
}

/// Writes a new file, whole or not at all, and returns its absolute path. A file that exists is never touched. The new
/// one gets the permissions that the user's umask gives.
pub(super) fn write_new(
    typed: &str,
    places: &Places,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), ExportError>,
) -> Result<String, WriteError> {
    let failed = |reason| WriteError { path: typed.to_owned(), reason };
    let base = places.folder.as_ref().ok_or_else(|| failed(WriteFailure::NoFolder))?;
    let path = match (typed.strip_prefix("~/"), &places.home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => base.join(typed),
    };
    let path = std::path::absolute(&path).unwrap_or(path);
    write_whole(&path, Existing::Kept, fill).map_err(|error| failed(error.into()))?;
    Ok(path.to_string_lossy().into_owned())
}

impl From<ExportError> for WriteFailure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Write(error) => error.into(),
            ExportError::NotText(error) => Self::System(io::ErrorKind::Other, error.to_string()),
            ExportError::Workbook(WorkbookError::TooManyRecords) => Self::TooManyRecords,
            ExportError::Workbook(WorkbookError::TextTooLong { id }) => Self::TextTooLong(id),
            ExportError::Workbook(WorkbookError::Workbook(error)) => {
                Self::System(io::ErrorKind::Other, error.to_string())
            }
        }
    }
}

impl From<io::Error> for WriteFailure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists,
            kind => Self::System(kind, error.to_string()),
        }
    }
}

/// The treatment of a file that exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Keep it and write nothing.
    Kept,
    /// Replace it and take over its permissions.
    Replaced,
}

/// Writes a file completely or not at all: a temporary file in the same folder is filled and renamed.
///
/// # Errors
/// If the file cannot be written, or exists and must be kept ([`io::ErrorKind::AlreadyExists`]). The temporary
/// file is removed.
pub fn write_whole<T, E: From<io::Error>>(
    path: &Path,
    existing: Existing,
    fill: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<T, E> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new()
        .prefix(".diarium-")
        .make_in(folder, |path| OpenOptions::new().write(true).create_new(true).open(path))?;
    let mut out = BufWriter::new(file);
    let filled = fill(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if existing == Existing::Replaced
        && let Ok(old) = std::fs::metadata(path)
    {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    match existing {
        Existing::Kept => file.persist_noclobber(path),
        Existing::Replaced => file.persist(path),
    }
    .map_err(|failed| failed.error)?;
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_text(typed: &str, places: &Places, text: &str) -> Result<String, WriteError> {
        write_new(typed, places, |out| Ok(out.write_all(text.as_bytes())?))
    }

    #[test]
    fn a_file_that_exists_is_not_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ut.txt");
        let places = Places { folder: Some(folder.path().to_owned()), ..Places::default() };
        assert_eq!(write_text("ut.txt", &places, "nytt"), Ok(path.to_string_lossy().into_owned()));
        assert!(write_text("ut.txt", &places, "annat").is_err());
        assert!(write_text("ut2.txt", &Places::default(), "x").is_err(), "no folder to write to");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "nytt");
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_replaced_whole_and_readable_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state/x");
        for contents in ["a longer first text", "short"] {
            write_private(&path, contents.as_bytes()).expect("written");
            assert_eq!(std::fs::read_to_string(&path).expect("there"), contents);
            assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(folder.path().join("state")).expect("there").count(), 1);
    }
}
