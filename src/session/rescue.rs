//! Review actions that were not saved when the line was lost, in files that `diarium review import` reads.

use std::io;
use std::path::{Path, PathBuf};

use super::files::write_private;

/// Prefix and suffix of the names of these files.
const NAME: (&str, &str) = ("unsaved-", ".jsonl");

/// Returns `true` if a file is one that a lost session left in the folder.
#[must_use]
pub fn is_rescued(path: &Path, folder: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let is_in_folder =
        path.parent().is_some_and(|parent| match (parent.canonicalize(), folder.canonicalize()) {
            (Ok(parent), Ok(folder)) => parent == folder,
            _ => false,
        });
    is_in_folder && name.starts_with(NAME.0) && name.ends_with(NAME.1)
}

/// Returns the first, by name, of the files that lost sessions left in the folder.
#[must_use]
pub fn rescued(folder: &Path) -> Option<PathBuf> {
    let paths = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    paths.filter(|path| is_rescued(path, folder)).min()
}

/// Writes the actions that a review has not saved, for the user alone.
pub(super) fn rescue(folder: &Path, name: &str, contents: &[u8]) -> io::Result<PathBuf> {
    let path = folder.join(format!("{}{name}{}", NAME.0, NAME.1));
    write_private(&path, contents)?;
    Ok(path)
}
