//! `pilaster compare`

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::process::ExitCode;

use assessment::{Assessment, Comparison};
use clap::ArgMatches;

use crate::arguments::CompareOptions;
use crate::error::Error;
use crate::outputs;

/// How every file begins that zstd wrote.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

pub(crate) fn run(options: CompareOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    let all = options.files.iter().map(|path| load(path)).collect::<Result<Vec<Assessment>, Error>>()?;
    let [earlier @ .., before, after] = all.as_slice() else { return Ok(ExitCode::SUCCESS) };
    let earlier: Vec<&Assessment> = earlier.iter().collect();
    let comparison = Comparison::with_history(&earlier, before, after);
    outputs::write_comparison(&comparison, &outputs, &options.rendering)?;
    let fails = options.fail_on_new.is_some_and(|least| comparison.worst_new().is_some_and(|worst| worst >= least));
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Reads a saved assessment. A report in JSON is told from it: it lists neither what passes nor the
/// resources, so that what is fixed could not be told from what is gone.
fn load(path: &Path) -> Result<Assessment, Error> {
    let cannot_read = |source| Error::Read { path: path.to_owned(), source };
    let mut file = BufReader::new(File::open(path).map_err(cannot_read)?);
    let mut start = Vec::new();
    file.by_ref().take(ZSTD.len() as u64).read_to_end(&mut start).map_err(cannot_read)?;
    if start != ZSTD {
        return Err(Error::NotSaved { path: path.to_owned() });
    }
    Assessment::load(start.as_slice().chain(file)).map_err(|source| Error::Artefact { path: path.to_owned(), source })
}
