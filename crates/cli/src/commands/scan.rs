//! `pilaster scan`

use std::collections::HashMap;
use std::process::ExitCode;

use clap::ArgMatches;
use pipeline::{Role, Scan};

use crate::arguments::ScanOptions;
use crate::error::Error;
use crate::judging;
use crate::outputs;
use crate::progress::Cells;
use crate::terminal::variable;

/// What names the address of a service: `AWS_ENDPOINT_URL_S3`. Without the end it names that of all.
const ENDPOINT: &str = "AWS_ENDPOINT_URL";

pub(crate) fn run(options: ScanOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    let judging = judging::judging(&options.judging, &options.rendering)?;
    let role = |arn: String| Role { arn, external_id: options.external_id.clone() };
    let scan = Scan {
        profile: options.profile,
        roles: options.roles.into_iter().map(role).collect(),
        regions: options.regions,
        services: options.services,
        endpoint_url: options.endpoint_url.or_else(|| variable(ENDPOINT)),
        endpoint_urls: endpoints(),
        judging,
    };
    let cells = Cells::new(!options.judging.no_progress);
    let assessment = pipeline::scan(scan, &|cell, state| cells.show(cell, state))?;
    cells.finish();
    judging::save(&assessment, options.judging.save.as_deref())?;
    outputs::write(&assessment, &outputs, &options.rendering)?;
    Ok(outputs::exit_code(&assessment, &options.failing))
}

fn endpoints() -> HashMap<String, String> {
    let named = |(name, url): (String, String)| Some((name.strip_prefix(ENDPOINT)?.strip_prefix('_')?.to_owned(), url));
    std::env::vars_os()
        .filter_map(|(name, url)| Some((name.into_string().ok()?, url.into_string().ok()?)))
        .filter_map(named)
        .collect()
}
