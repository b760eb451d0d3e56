//! `pilaster assess`

use std::io::{self, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use indexmap::IndexMap;
use pipeline::Request;

use crate::arguments::AssessOptions;
use crate::error::Error;
use crate::judging;
use crate::outputs;
use crate::progress::Spinner;

pub(crate) fn run(options: AssessOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        options.paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let text = if stdin.is_empty() { None } else { Some(("stdin".to_owned(), standard_input()?)) };
    let mut parameters = IndexMap::new();
    for file in &options.parameter_files {
        parameters.extend(pipeline::parameter_file(file)?);
    }
    parameters.extend(options.parameters.iter().cloned());
    let judging = judging::judging(&options.judging, &options.rendering)?;
    let request = Request { paths, text, parameters, account: options.account, region: options.region, judging };
    let mut spinner = Spinner::new(!options.judging.no_progress);
    let assessment = pipeline::assess(request, &mut |progress| spinner.show(progress))?;
    spinner.finish();
    judging::save(&assessment, options.judging.save.as_deref())?;
    outputs::write(&assessment, &outputs, &options.rendering)?;
    Ok(outputs::exit_code(&assessment, &options.failing))
}

fn standard_input() -> Result<String, Error> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.map_err(|source| Error::Read { path: "standard input".into(), source })?;
    Ok(text)
}
