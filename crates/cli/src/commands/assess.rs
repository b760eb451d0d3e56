//! `pilaster assess`

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use indexmap::IndexMap;
use pipeline::{Request, Stream, Variables};

use crate::arguments::AssessOptions;
use crate::error::Error;
use crate::judging;
use crate::outputs;
use crate::progress::Spinner;

pub(crate) fn run(options: AssessOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    outputs::apart(&outputs, options.judging.save.as_deref(), &options.paths)?;
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        options.paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let stream = (!stdin.is_empty()).then(|| Stream { name: "stdin".to_owned(), reader: Box::new(io::stdin().lock()) });
    let mut parameters = IndexMap::new();
    for file in &options.parameter_files {
        parameters.extend(pipeline::parameter_file(file)?);
    }
    parameters.extend(options.parameters.iter().cloned());
    let judging = judging::judging(&options.judging, &options.rendering)?;
    let variables = Variables {
        environment: environment(),
        files: options.variable_files,
        values: options.variables.into_iter().collect(),
    };
    let request =
        Request { paths, stream, parameters, variables, account: options.account, region: options.region, judging };
    let mut spinner = Spinner::new(!options.judging.no_progress);
    let assessment = pipeline::assess(request, &mut |progress| spinner.show(progress))?;
    spinner.finish();
    judging::save(&assessment, options.judging.save.as_deref())?;
    outputs::write(&assessment, &outputs, &options.rendering, Vec::new())?;
    Ok(outputs::exit_code(&assessment, &options.failing))
}

/// What Terraform takes for values of variables.
const VARIABLE: &str = "TF_VAR_";

/// The values of variables that the environment has, in the order of their names.
fn environment() -> IndexMap<String, String> {
    let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    let given = env::vars_os().filter_map(text);
    let mut given: IndexMap<String, String> =
        given.filter_map(|(name, value)| Some((name.strip_prefix(VARIABLE)?.to_owned(), value))).collect();
    given.sort_keys();
    given
}
