//! Saved assessments.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use assessment::Assessment;

use crate::error::Error;

/// How every file begins that zstd wrote.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Reads a saved assessment. A report in JSON is told from it: it lists neither what passes nor the
/// resources, so that what is fixed could not be told from what is gone.
///
/// # Errors
/// When the file cannot be read, or is none.
pub(crate) fn load(path: &Path) -> Result<Assessment, Error> {
    let cannot_read = |source| Error::Read { path: path.to_owned(), source };
    let mut file = BufReader::new(File::open(path).map_err(cannot_read)?);
    let mut start = Vec::new();
    file.by_ref().take(ZSTD.len() as u64).read_to_end(&mut start).map_err(cannot_read)?;
    if start != ZSTD {
        return Err(Error::NotSaved { path: path.to_owned() });
    }
    Assessment::load(start.as_slice().chain(file)).map_err(|source| Error::Artefact { path: path.to_owned(), source })
}
