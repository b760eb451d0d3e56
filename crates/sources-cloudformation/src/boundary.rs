//! Which files a template may have read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::walk::{identity, shown};

/// The folder that everything a template names must lie in. Templates may be anyone's: what they name
/// is read only where whoever runs this has pointed to.
pub(crate) struct Boundary {
    folder: PathBuf,
}

impl Boundary {
    /// The folder that was named, or the repository that it is part of.
    pub(crate) fn of(named: &Path) -> Self {
        let folder = identity(named);
        let repository = folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
        Self { folder: repository.unwrap_or(folder) }
    }

    /// Whether a file lies within, links followed. Of what lies elsewhere not even that it is there is
    /// found out.
    pub(crate) fn holds(&self, place: &Path) -> bool {
        if !identity(place).starts_with(&self.folder) {
            return false;
        }
        match (fs::canonicalize(place), fs::canonicalize(&self.folder)) {
            (Ok(place), Ok(folder)) => place.starts_with(folder),
            // There is nothing to read.
            _ => true,
        }
    }

    /// The folder as it is shown.
    pub(crate) fn name(&self) -> String {
        shown(&self.folder)
    }
}
