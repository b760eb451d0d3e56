//! What a scan has read so far, kept in a file from which it goes on when it was stopped.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::run::Found;
use crate::{Cell, CellState};

/// What scan a checkpoint is of. Only the same one can go on from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the program.
    pub version: String,
    /// The accounts, and the regions of each.
    pub accounts: Vec<(String, Vec<String>)>,
    /// Whether the regions were named, or are all that are enabled.
    pub regions_named: bool,
    /// The names of the collectors.
    pub services: Vec<String>,
    /// The day the scan began.
    pub today: Date,
}

/// A file with a line for every cell that has been read. It holds what the account answered, secrets
/// included, so nobody else may read it; it is removed when the scan is through.
#[derive(Debug)]
pub struct Checkpoint {
    path: PathBuf,
    file: Mutex<File>,
    done: HashMap<(String, String, String), Line>,
}

/// Why a checkpoint cannot be used.
#[derive(Debug, Error)]
pub enum CheckpointError {
    /// It cannot be read or written.
    #[error("{} cannot be used to go on from", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It is something else.
    #[error("{} is not what a scan that was stopped left; remove it, or name another file", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It is of another scan.
    #[error(
        "{} is of a scan of other accounts, regions or services, or by another version; \
         scan as before, or remove it to begin anew",
        path.display()
    )]
    OtherScan {
        /// The file.
        path: PathBuf,
    },
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    account: String,
    region: String,
    service: String,
    state: CellState,
    found: Found,
}

impl Checkpoint {
    /// The header of a checkpoint; none where there is no file yet.
    ///
    /// # Errors
    /// When the file cannot be read, or is something else.
    pub fn header(path: &Path) -> Result<Option<Header>, CheckpointError> {
        match fs::read_to_string(path) {
            Ok(text) => match text.lines().next().map(serde_json::from_str) {
                Some(Ok(header)) => Ok(Some(header)),
                // Killed before the first line was whole.
                None => Ok(None),
                Some(Err(_)) => Err(CheckpointError::Foreign { path: path.to_owned() }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(CheckpointError::File { path: path.to_owned(), source }),
        }
    }

    /// Opens a checkpoint to go on from, or begins one.
    ///
    /// # Errors
    /// When it cannot be read or written, or is of another scan.
    pub fn open(path: &Path, header: &Header) -> Result<Self, CheckpointError> {
        let failed = |source| CheckpointError::File { path: path.to_owned(), source };
        let earlier = Self::header(path)?;
        if earlier.as_ref().is_some_and(|earlier| earlier != header) {
            return Err(CheckpointError::OtherScan { path: path.to_owned() });
        }
        let mut lines = Vec::new();
        if earlier.is_some() {
            let text = fs::read_to_string(path).map_err(failed)?;
            // The last line may have been cut off.
            lines.extend(text.lines().skip(1).filter_map(|line| serde_json::from_str::<Line>(line).ok()));
        }
        // Written anew as a whole, so that a line that was cut off does not spoil the next one.
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        let mut file = private(&beside).map_err(failed)?;
        let mut text = serde_json::to_string(header).map_err(|error| failed(error.into()))? + "\n";
        lines.retain(|line| line.state.is_settled());
        for line in &lines {
            text.push_str(&serde_json::to_string(line).map_err(|error| failed(error.into()))?);
            text.push('\n');
        }
        file.write_all(text.as_bytes()).and_then(|()| fs::rename(&beside, path)).map_err(failed)?;
        let key = |line: &Line| (line.account.clone(), line.region.clone(), line.service.clone());
        let done = lines.into_iter().map(|line| (key(&line), line)).collect();
        Ok(Self { path: path.to_owned(), file: Mutex::new(file), done })
    }

    /// What an earlier scan has read of a cell.
    pub(crate) fn earlier(&self, cell: &Cell) -> Option<(CellState, Found)> {
        let line = self.done.get(&(cell.account.clone(), cell.region.clone(), cell.service.to_owned()))?;
        Some((line.state, line.found.clone()))
    }

    /// Keeps what was read of a cell. That it cannot be kept does not end the scan.
    pub(crate) fn keep(&self, cell: &Cell, state: CellState, found: &Found) -> io::Result<()> {
        let line = Line {
            account: cell.account.clone(),
            region: cell.region.clone(),
            service: cell.service.to_owned(),
            state,
            found: found.clone(),
        };
        let text = serde_json::to_string(&line)? + "\n";
        self.file.lock().unwrap_or_else(PoisonError::into_inner).write_all(text.as_bytes())
    }

    /// Removes the file: the scan is through.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(self) -> Result<(), CheckpointError> {
        fs::remove_file(&self.path).map_err(|source| CheckpointError::File { path: self.path, source })
    }
}

/// A file that its owner alone may read.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
