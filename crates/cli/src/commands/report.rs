//! `pilaster report`

use std::path::PathBuf;
use std::process::ExitCode;

use assessment::Assessment;
use clap::ArgMatches;
use reports::Past;

use crate::arguments::ReportOptions;
use crate::error::Error;
use crate::{outputs, saved};

pub(crate) fn run(options: ReportOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    outputs::apart(&outputs, None, options.earlier.iter().chain([&options.file]))?;
    let assessment = saved::load(&options.file)?;
    let past = past(&options.earlier, &assessment)?;
    outputs::write(&assessment, &outputs, &options.rendering, past)?;
    Ok(outputs::exit_code(&assessment, &options.failing))
}

/// What the scores were before, the oldest first. The same scores of the same day are one.
fn past(paths: &[PathBuf], now: &Assessment) -> Result<Vec<Past>, Error> {
    let mut all = Vec::new();
    for path in paths {
        let earlier = saved::load(path)?;
        if earlier.today > now.today {
            return Err(Error::NotEarlier { path: path.clone(), day: earlier.today, now: now.today });
        }
        all.push(Past::of(&earlier, now));
    }
    let itself = Past::of(now, now);
    all.retain(|past| *past != itself);
    all.sort_by_key(|past| past.today);
    all.dedup();
    Ok(all)
}
