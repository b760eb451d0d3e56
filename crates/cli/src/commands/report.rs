//! `pilaster report`

use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;

use assessment::Assessment;
use clap::ArgMatches;

use crate::arguments::ReportOptions;
use crate::error::Error;
use crate::outputs;

pub(crate) fn run(options: ReportOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    let path = &options.file;
    let file = File::open(path).map_err(|source| Error::Read { path: path.clone(), source })?;
    let assessment = Assessment::load(BufReader::new(file));
    let assessment = assessment.map_err(|source| Error::Artefact { path: path.clone(), source })?;
    outputs::write(&assessment, &outputs, &options.rendering)?;
    Ok(outputs::exit_code(&assessment, &options.failing))
}
