//! Which files code may have read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::path::{identity, shown};

/// The folder that everything must lie in that code names. Code may be anyone's: what it names
/// is read only where whoever runs this has pointed to.
#[derive(Debug, Clone)]
pub struct Boundary {
    folder: PathBuf,
}

impl Boundary {
    /// The folder that was named, or the repository that it is part of.
    pub fn of(named: &Path) -> Self {
        let folder = identity(named);
        let repository = folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
        Self { folder: repository.unwrap_or(folder) }
    }

    /// Whether a file lies within, links followed. Of what lies elsewhere not even that it is there is
    /// found out.
    pub fn holds(&self, place: &Path) -> bool {
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
    pub fn name(&self) -> String {
        shown(&self.folder)
    }
}
