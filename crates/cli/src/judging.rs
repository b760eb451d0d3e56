//! How what was read is judged, and what is kept of it.

use std::fs;
use std::io;
use std::path::Path;

use assessment::Assessment;
use findings::{Baseline, Config, Status};
use jiff::civil::Date;
use pipeline::Judging;

use crate::arguments::{JudgingOptions, Rendering};
use crate::error::Error;
use crate::replacing::Replacing;

/// The configuration that is used when none is named.
const CONFIG: &str = "pilaster.toml";

/// Reads what the options name.
///
/// # Errors
/// When the configuration or the baseline cannot be read or used.
pub(crate) fn judging(options: &JudgingOptions, rendering: &Rendering) -> Result<Judging, Error> {
    let shows_passes = rendering.show.iter().any(|show| show.statuses().contains(&Status::Pass));
    Ok(Judging {
        config: config(options.config.as_deref())?,
        baseline: options.baseline.as_deref().map(baseline).transpose()?,
        today: options.date.unwrap_or_else(today),
        keep_passes: shows_passes || options.save.is_some(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// The day in UTC, in which AWS counts days.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Writes the artefact, where one is wanted.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn save(assessment: &Assessment, path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path else { return Ok(()) };
    let place = path.display().to_string();
    let failed = |source| Error::Output { place: place.clone(), source };
    let mut file = Replacing::begin(path).map_err(failed)?;
    assessment.save(&mut file).map_err(|source| Error::Artefact { path: path.to_owned(), source })?;
    file.finish().map_err(failed)
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
