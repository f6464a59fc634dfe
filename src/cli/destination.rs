//! The destination of `--to`: a file that is written whole or not at all, or a device, pipe or descriptor that is
//! written into.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::session::{Existing, write_whole};

/// The longest chain of symbolic links that is followed, as in Linux.
const MAX_LINKS: usize = 40;

/// Where output goes, found out once and before anything is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A regular file, or a name that is free. Symbolic links are resolved, so that the file is replaced and the link
    /// stays.
    File(PathBuf),
    /// A device, a pipe or an open descriptor (`/dev/stdout`, `/dev/fd/3`). Replacing it would put a file in its place.
    Stream(PathBuf),
}

impl From<&Path> for Destination {
    fn from(path: &Path) -> Self {
        if is_descriptor(path) || fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            Self::Stream(path.to_owned())
        } else {
            Self::File(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
        }
    }
}

impl Destination {
    /// Returns `true` if writing would replace a file.
    #[must_use]
    pub fn is_existing_file(&self) -> bool {
        matches!(self, Self::File(path) if path.exists())
    }

    /// Writes the output.
    ///
    /// # Errors
    /// If it cannot be written. [`io::ErrorKind::AlreadyExists`] if a file exists and must be kept; it is then
    /// unchanged.
    pub fn write<T, E: From<io::Error>>(
        &self,
        existing: Existing,
        fill: impl FnOnce(&mut dyn Write) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::File(path) => write_whole(path, existing, fill),
            Self::Stream(path) => {
                // Appending, since a descriptor may lead to a regular file that already has content.
                let file = fs::OpenOptions::new().append(true).open(path)?;
                let mut out = BufWriter::new(file);
                let filled = fill(&mut out)?;
                out.flush()?;
                Ok(filled)
            }
        }
    }
}

/// Returns `true` if a path names an open descriptor, directly or through symbolic links.
fn is_descriptor(path: &Path) -> bool {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let in_proc = path.starts_with("/proc") && path.components().any(|part| part.as_os_str() == "fd");
        if in_proc || path.starts_with("/dev/fd") {
            return true;
        }
        let Ok(target) = fs::read_link(&path) else { return false };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, existing: Existing, text: &str) -> io::Result<()> {
        Destination::from(path).write(existing, |out| out.write_all(text.as_bytes()))
    }

    #[test]
    fn a_link_stays_and_its_file_is_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").expect("written");
        std::os::unix::fs::symlink(&file, &link).expect("linked");
        assert!(Destination::from(&*link).is_existing_file());
        assert_eq!(
            write(&link, Existing::Kept, "new").expect_err("kept").kind(),
            io::ErrorKind::AlreadyExists
        );
        write(&link, Existing::Replaced, "new").expect("written");
        assert_eq!(fs::read_to_string(&file).expect("read"), "new");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_descriptor_is_written_into_and_its_file_keeps_its_identity() {
        use std::os::fd::AsRawFd;
        use std::os::unix::fs::MetadataExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, "first\n").expect("written");
        let open = fs::File::open(&path).expect("open");
        let before = fs::metadata(&path).expect("there").ino();
        let descriptor = PathBuf::from(format!("/proc/self/fd/{}", open.as_raw_fd()));
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&descriptor, &link).expect("linked");
        for way in [&descriptor, &PathBuf::from(format!("/dev/fd/{}", open.as_raw_fd())), &link] {
            write(way, Existing::Kept, "more\n").expect("written");
        }
        assert_eq!(fs::read_to_string(&path).expect("read"), "first\nmore\nmore\nmore\n");
        assert_eq!(fs::metadata(&path).expect("there").ino(), before);
    }

    #[test]
    fn a_device_is_no_file_to_replace() {
        let null = Destination::from(Path::new("/dev/null"));
        assert_eq!(null, Destination::Stream("/dev/null".into()));
        assert!(!null.is_existing_file());
        write(Path::new("/dev/null"), Existing::Kept, "x").expect("written");
    }
}
