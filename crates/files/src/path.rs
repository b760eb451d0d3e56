//! Paths, as they are shown and compared.

use std::env;
use std::path::{Component, Path, PathBuf};

/// A path as it is shown: relative to the current folder when it is below it, with forward slashes.
pub fn shown(path: &Path) -> String {
    let path = clean(path);
    let below = env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(&path).to_string_lossy().replace('\\', "/")
}

/// What tells whether two paths name one file, links aside.
pub fn identity(path: &Path) -> PathBuf {
    clean(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// A path without `.` and, where that is sure, without `..`.
pub fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            component => clean.push(component),
        }
    }
    match clean.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => clean,
    }
}
