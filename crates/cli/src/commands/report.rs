//! `pilaster report`

use std::process::ExitCode;

use clap::ArgMatches;
use reports::Past;

use crate::arguments::ReportOptions;
use crate::error::Error;
use crate::{outputs, saved};

pub(crate) fn run(options: ReportOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    outputs::apart(&outputs, None, options.earlier.iter().chain([&options.file]))?;
    let assessment = saved::load(&options.file)?;
    let mut past = Vec::new();
    for path in &options.earlier {
        past.push(Past::from(&saved::load(path)?));
    }
    past.sort_by_key(|past| past.today);
    outputs::write(&assessment, &outputs, &options.rendering, past)?;
    Ok(outputs::exit_code(&assessment, &options.failing))
}
