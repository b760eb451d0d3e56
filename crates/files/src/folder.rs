//! What is in a folder.

use std::ffi::OsString;
use std::path::Path;
use std::{fs, io};

/// Folders that hold copies and downloads.
pub const SKIPPED_FOLDERS: &[&str] =
    &[".aws-sam", ".git", ".hg", ".svn", ".terraform", ".venv", "__pycache__", "node_modules"];

/// The entries of a folder, in the order of their names.
///
/// # Errors
/// When it cannot be listed.
pub fn list(path: &Path) -> io::Result<Vec<(OsString, fs::FileType)>> {
    let entries = fs::read_dir(path)?;
    let entries = entries.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(entries)
}
