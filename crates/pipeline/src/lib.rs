//! Read, judge, conclude: the whole of an assessment as one function, for code and for accounts.

mod accounts;
mod doctor;
mod scan;

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use assessment::{Assessment, Input, Target};
use findings::{Baseline, Check, Config, ConfigError, Judged, Waivers};
use indexmap::IndexMap;
use jiff::civil::Date;
use model::{Builder, Inventory};
use thiserror::Error;

pub use accounts::{Access, Session, Whose};
pub use doctor::{Diagnosis, diagnose};
pub use scan::{Cell, CellProgress, CellState, Ending, Scan, Scanned, Services, Stop, replay, scan, scan_actions};

/// What to assess, and how.
#[derive(Debug)]
pub struct Request {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// A template, a plan or a state that comes from elsewhere.
    pub stream: Option<Stream>,
    /// Values of parameters of templates, by name.
    pub parameters: IndexMap<String, String>,
    /// Values of variables of Terraform.
    pub variables: Variables,
    /// The account to assume.
    pub account: Option<String>,
    /// The region to assume.
    pub region: Option<String>,
    /// How it is judged.
    pub judging: Judging,
}

/// A stream that a template, a plan or a state comes by.
pub struct Stream {
    /// What is shown for it.
    pub name: String,
    /// Where it comes from.
    pub reader: Box<dyn Read>,
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Values of variables of Terraform, in ascending precedence.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    /// From the environment, by name without `TF_VAR_`.
    pub environment: IndexMap<String, String>,
    /// Files of values.
    pub files: Vec<PathBuf>,
    /// Single values, by name.
    pub values: IndexMap<String, String>,
}

/// How an inventory is judged, whatever it was read from.
#[derive(Debug)]
pub struct Judging {
    /// The configuration.
    pub config: Config,
    /// What an earlier assessment found.
    pub baseline: Option<Baseline>,
    /// The day to judge by: when waivers expire and versions go out of support.
    pub today: Date,
    /// Whether passes keep their evidence.
    pub keep_passes: bool,
    /// The version of the program.
    pub version: String,
}

/// Where an assessment is.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// This file is being read.
    Reading(&'a Path),
    /// So many resources are being judged.
    Judging(usize),
}

/// Why an assessment could not be made.
#[derive(Debug, Error)]
pub enum Error {
    /// A path cannot be read, or parameters cannot be used.
    #[error(transparent)]
    Source(#[from] sources_cloudformation::Error),
    /// Variables cannot be used.
    #[error(transparent)]
    Terraform(#[from] sources_terraform::Error),
    /// What comes by a stream cannot be read.
    #[error("{name} cannot be read")]
    Stream {
        /// What is shown for it.
        name: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// There are no credentials, or they do not count.
    #[error(transparent)]
    Identity(#[from] aws_wire::IdentityError),
    /// The account does not say what is needed to begin.
    #[error(transparent)]
    Account(#[from] sources_aws::AccountError),
    /// Nothing can be called from here.
    #[error(transparent)]
    Client(#[from] aws_wire::ClientError),
    /// An earlier scan cannot be gone on with.
    #[error(transparent)]
    Checkpoint(#[from] sources_aws::CheckpointError),
    /// Answers cannot be kept, or be read again.
    #[error(transparent)]
    Recording(#[from] aws_wire::RecordingError),
    /// The system gives no threads.
    #[error("no thread can be started")]
    Threads(#[source] std::io::Error),
    /// A service was named that is not read.
    #[error("there is no collector {service}; there are {}", known.join(", "))]
    UnknownService {
        /// What was named.
        service: String,
        /// What there is.
        known: Vec<&'static str>,
    },
}

/// An error with its causes, in one line.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

/// Reads what the request names, judges it by every check, and draws the conclusions.
///
/// # Errors
/// When a path does not exist. What cannot be read of a path that does is a gap of the assessment.
pub fn assess(request: Request, progress: &mut dyn FnMut(Progress<'_>)) -> Result<Assessment, Error> {
    let show = |path: &PathBuf| path.to_string_lossy().replace('\\', "/");
    let mut paths: Vec<String> = request.paths.iter().map(show).collect();
    paths.extend(request.stream.as_ref().map(|stream| stream.name.clone()));
    let variables = &request.variables;
    let target = Target {
        paths,
        parameters: request.parameters.keys().chain(variables.values.keys()).cloned().collect(),
        account: request.account.clone(),
        region: request.region.clone(),
    };
    let (judging, inventory) = read(request, progress)?;
    progress(Progress::Judging(inventory.resources.len()));
    Ok(conclude(inventory, target, &judging))
}

/// Judges an inventory by every check, and draws the conclusions.
fn conclude(inventory: Inventory, target: Target, judging: &Judging) -> Assessment {
    let Judged { checks, mut findings } =
        findings::judge(checks::all(), &inventory, &judging.config, judging.today, judging.keep_passes);
    let run: Vec<&'static Check> = checks.iter().map(|(check, _)| *check).collect();
    let mut waivers = Waivers::collect(&judging.config.waivers, &inventory);
    let known = |id: &str| checks::find(id).is_some();
    waivers.apply(&mut findings, &run, &inventory, judging.today, known, nearest_check);
    if let Some(baseline) = &judging.baseline {
        baseline.apply(&mut findings, &run, &inventory);
    }
    Assessment::new(Input {
        version: judging.version.clone(),
        today: judging.today,
        target,
        inventory,
        checks,
        findings,
        waivers: waivers.all,
        waiver_problems: waivers.problems,
        has_baseline: judging.baseline.is_some(),
    })
}

/// How much of a stream is looked at to tell what it is.
const LOOK: u64 = 4096;

fn read(request: Request, progress: &mut dyn FnMut(Progress<'_>)) -> Result<(Judging, Inventory), Error> {
    let Request { paths, stream, parameters, variables, account, region, judging } = request;
    let of_templates = sources_cloudformation::Options {
        parameters,
        account: account.clone(),
        region: region.clone(),
        ..Default::default()
    };
    let of_terraform = sources_terraform::Options {
        variables: variables.values,
        variable_files: variables.files,
        environment: variables.environment,
        account,
        region,
    };
    let mut builder = Builder::new();
    let mut hear = |path: &Path| progress(Progress::Reading(path));
    let taken = sources_terraform::read(&paths, &of_terraform, &mut hear, &mut builder)?;
    sources_cloudformation::read(&paths, &taken, &of_templates, &mut hear, &mut builder)?;
    if let Some(Stream { name, mut reader }) = stream {
        let failed = |source| Error::Stream { name: name.clone(), source };
        let mut start = Vec::new();
        reader.by_ref().take(LOOK).read_to_end(&mut start).map_err(failed)?;
        let is_plan = sources_terraform::looks_like_plan(&start);
        let mut whole = start.as_slice().chain(reader);
        if is_plan {
            sources_terraform::read_plan(&name, whole, &of_terraform, &mut builder);
        } else {
            let mut text = String::new();
            whole.read_to_string(&mut text).map_err(failed)?;
            sources_cloudformation::read_text(&name, &text, &of_templates, &mut builder);
        }
    }
    Ok((judging, builder.build()))
}

/// Reads a configuration. `file` is the name to show.
///
/// # Errors
/// When it is not of the form described in `docs/configuration.md`, or changes a check that does not
/// exist.
pub fn config(file: &str, text: &str) -> Result<Config, ConfigError> {
    Config::parse(file, text, checks::find, nearest_check)
}

/// Reads a file of parameters: what the AWS CLI takes, or a map.
///
/// # Errors
/// When it cannot be read or is not of one of these forms.
pub fn parameter_file(path: &Path) -> Result<IndexMap<String, String>, Error> {
    Ok(sources_cloudformation::parameter_file(path)?)
}

/// The check whose id is most like `id`, when one is.
pub fn nearest_check(id: &str) -> Option<String> {
    let likeness = |check: &&'static Check| strsim::normalized_damerau_levenshtein(id, check.id);
    let nearest = checks::all().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&nearest) > 0.6).then(|| nearest.id.to_owned())
}
