//! Finds the files at or below a path, in a stable order.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::domain::diagnostic::Code;

/// An entry found at or below a path.
#[derive(Debug, PartialEq, Eq)]
pub enum FoundFile {
    /// A file to read.
    File {
        /// Its path.
        path: PathBuf,
        /// Size in bytes, from its metadata.
        size: u64,
    },
    /// An entry that is not read.
    Problem {
        /// Its path.
        path: PathBuf,
        /// The kind of problem.
        code: Code,
        /// Error message of the system.
        reason: String,
    },
}

/// Finds the files at or below a path, sorted by name within each folder, following links. Hidden entries below a
/// folder are reported as problems; a path given by the user is read even if it is hidden.
pub fn find(path: &Path) -> impl Iterator<Item = FoundFile> {
    let mut walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    std::iter::from_fn(move || {
        loop {
            let entry = match walk.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(problem_of(&error)),
            };
            if entry.depth() > 0 && is_hidden(&entry) {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                return Some(FoundFile::Problem {
                    path: entry.into_path(),
                    code: Code::HiddenFile,
                    reason: String::new(),
                });
            }
            if entry.file_type().is_dir() {
                continue;
            }
            // Reading a fifo or a device may block forever.
            return Some(if entry.file_type().is_file() {
                let size = entry.metadata().map_or(0, |metadata| metadata.len());
                FoundFile::File { path: entry.into_path(), size }
            } else {
                FoundFile::Problem {
                    path: entry.into_path(),
                    code: Code::Unreadable,
                    reason: "not a regular file".to_owned(),
                }
            });
        }
    })
}

/// A hash over the paths, sizes and modification times of all files at or below some paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Reads the metadata of all files and hashes it.
    #[must_use]
    pub fn compute<'a>(paths: impl Iterator<Item = &'a Path>) -> Self {
        let mut hasher = DefaultHasher::new();
        for found in paths.flat_map(find) {
            let (FoundFile::File { path, .. } | FoundFile::Problem { path, .. }) = found;
            let metadata = std::fs::metadata(&path).ok();
            let size = metadata.as_ref().map(std::fs::Metadata::len);
            (path, size, metadata.and_then(|metadata| metadata.modified().ok())).hash(&mut hasher);
        }
        Self(hasher.finish())
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn problem_of(error: &walkdir::Error) -> FoundFile {
    let path = error.path().unwrap_or(Path::new("")).to_owned();
    match error.loop_ancestor() {
        Some(ancestor) => {
            FoundFile::Problem { path, code: Code::LinkLoop, reason: ancestor.to_string_lossy().into_owned() }
        }
        None => {
            let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            FoundFile::Problem { path, code: Code::Unreadable, reason }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &Path) -> Vec<(String, Option<Code>)> {
        find(path)
            .map(|found| match found {
                FoundFile::File { path, .. } => (path, None),
                FoundFile::Problem { path, code, .. } => (path, Some(code)),
            })
            .map(|(found, code)| {
                (found.strip_prefix(path).unwrap_or(&found).to_string_lossy().into_owned(), code)
            })
            .collect()
    }

    #[test]
    fn files_are_sorted_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.txt", "a.txt", ".hidden"] {
            std::fs::write(folder.path().join(name), "x").expect("written");
        }
        std::fs::create_dir(folder.path().join("aa")).expect("made");
        std::fs::write(folder.path().join("aa/z.txt"), "x").expect("written");
        assert_eq!(
            names(folder.path()),
            [
                (".hidden".to_owned(), Some(Code::HiddenFile)),
                ("a.txt".to_owned(), None),
                ("aa/z.txt".to_owned(), None),
                ("b.txt".to_owned(), None),
            ]
        );
    }

    #[test]
    fn a_missing_path_is_a_problem() {
        let found: Vec<_> = find(Path::new("no/such/path")).collect();
        assert!(matches!(&found[..], [FoundFile::Problem { code: Code::Unreadable, .. }]), "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn link_loops_are_problems() {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).expect("linked");
        assert_eq!(names(folder.path()), [("again".to_owned(), Some(Code::LinkLoop))]);
    }
}
