//! `pilaster compare`

use std::process::ExitCode;

use assessment::{Assessment, Comparison};
use clap::ArgMatches;

use crate::arguments::CompareOptions;
use crate::error::Error;
use crate::{outputs, saved};

pub(crate) fn run(options: CompareOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    outputs::apart(&outputs, None, &options.files)?;
    let all = options.files.iter().map(|path| saved::load(path)).collect::<Result<Vec<Assessment>, Error>>()?;
    let [earlier @ .., before, after] = all.as_slice() else { return Ok(ExitCode::SUCCESS) };
    let earlier: Vec<&Assessment> = earlier.iter().collect();
    let comparison = Comparison::with_history(&earlier, before, after);
    outputs::write_comparison(&comparison, &outputs, &options.rendering)?;
    let fails = options.fail_on_new.is_some_and(|least| comparison.worst_new().is_some_and(|worst| worst >= least));
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
