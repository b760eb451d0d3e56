//! `pilaster assess`

use std::fs::{self, File};
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use assessment::Assessment;
use clap::ArgMatches;
use findings::{Baseline, Config, Status};
use indexmap::IndexMap;
use pipeline::Request;

use crate::arguments::AssessOptions;
use crate::error::Error;
use crate::outputs;
use crate::progress::Spinner;

/// The configuration that is used when none is named.
const CONFIG: &str = "pilaster.toml";

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
    let keep_passes = options.rendering.show.iter().any(|show| show.statuses().contains(&Status::Pass));
    let request = Request {
        paths,
        text,
        parameters,
        account: options.account,
        region: options.region,
        config: config(options.config.as_deref())?,
        baseline: options.baseline.as_deref().map(baseline).transpose()?,
        today: options.date.unwrap_or_else(|| jiff::Zoned::now().date()),
        keep_passes: keep_passes || options.save.is_some(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let mut spinner = Spinner::new(!options.no_progress);
    let assessment = pipeline::assess(request, &mut |progress| spinner.show(progress))?;
    spinner.finish();
    if let Some(path) = &options.save {
        let place = path.display().to_string();
        let file = File::create(path).map_err(|source| Error::Output { place, source })?;
        let saved = assessment.save(BufWriter::new(file));
        saved.map_err(|source| Error::Artefact { path: path.clone(), source })?;
    }
    outputs::write(&assessment, &outputs, &options.rendering)?;
    Ok(outputs::exit_code(&assessment, &options.failing))
}

fn standard_input() -> Result<String, Error> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.map_err(|source| Error::Read { path: "standard input".into(), source })?;
    Ok(text)
}

fn config(named: Option<&Path>) -> Result<Config, Error> {
    let path = named.unwrap_or(Path::new(CONFIG));
    match fs::read_to_string(path) {
        Ok(text) => Ok(pipeline::config(&path.display().to_string(), &text)?),
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
        Err(source) => Err(Error::Read { path: path.to_owned(), source }),
    }
}

/// Reads the JSON of an earlier assessment, or an artefact.
fn baseline(path: &Path) -> Result<Baseline, Error> {
    let bytes = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Baseline::from_json(text).map_err(|source| Error::Baseline { path: path.to_owned(), source }),
        Err(_) => {
            let earlier = Assessment::load(bytes.as_slice());
            let earlier = earlier.map_err(|source| Error::Artefact { path: path.to_owned(), source })?;
            Ok(Baseline::from_findings(earlier.findings.iter().map(|finding| {
                (finding, earlier.check(finding).id.as_str(), earlier.inventory.resource(finding.resource))
            })))
        }
    }
}
