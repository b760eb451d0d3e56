//! `pilaster scan`

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::ArgMatches;
use pipeline::{Scan, Scanned, Stop};

use crate::arguments::ScanOptions;
use crate::error::Error;
use crate::progress::Cells;
use crate::{access, error, interrupt, judging, outputs};

pub(crate) fn run(options: ScanOptions, matches: &ArgMatches) -> Result<ExitCode, Error> {
    let outputs = outputs::outputs(&options.rendering, matches)?;
    outputs::apart(&outputs, options.judging.save.as_deref(), &options.resume)?;
    let judging = judging::judging(&options.judging, &options.rendering)?;
    let services = access::services(options.services);
    let cells = Cells::new(!options.judging.no_progress);
    let (mut is_whole, mut through) = (true, None);
    let assessment = match &options.replay {
        Some(folder) => {
            let today = options.judging.date;
            let assessment =
                pipeline::replay(folder, &services, today, judging, &|cell, state| cells.show(cell, state))?;
            cells.finish();
            assessment
        }
        None => {
            let stop = Stop::default();
            interrupt::ends(&stop);
            let scan = Scan {
                access: access::access(options.access),
                services,
                deadline: Duration::from_secs(options.cell_timeout),
                resume: options.resume.clone(),
                record: options.record,
                stop,
                judging,
            };
            let started = Instant::now();
            let scanned = pipeline::scan(scan, &|cell, state| cells.show(cell, state))?;
            cells.finish();
            if !options.judging.no_progress {
                tell(&scanned, started.elapsed(), options.resume.is_some());
            }
            let Scanned { assessment, ending, unrecorded, checkpoint, .. } = scanned;
            is_whole = ending.is_none();
            through = checkpoint.filter(|_| is_whole);
            if let Some(error) = unrecorded {
                error::print(&error);
            }
            assessment
        }
    };
    judging::save(&assessment, options.judging.save.as_deref())?;
    outputs::write(&assessment, &outputs, &options.rendering, Vec::new())?;
    // Only now is nothing lost with it.
    if let Some(error) = through.and_then(|checkpoint| checkpoint.remove().err()) {
        error::print(&error);
    }
    match outputs::exit_code(&assessment, &options.failing) {
        code if is_whole || code != ExitCode::SUCCESS => Ok(code),
        _ => Ok(ExitCode::from(outputs::NOT_WHOLE)),
    }
}

/// What a scan took, on standard error: it differs from one to the next.
#[expect(clippy::print_stderr, reason = "the edge of the program")]
fn tell(scanned: &Scanned, took: Duration, resumable: bool) {
    let counts = scanned.counts;
    let resources = scanned.assessment.inventory.resources.len();
    eprintln!(
        "pilaster: read {resources} resources in {:.1} s with {} calls, {} of them throttled",
        took.as_secs_f64(),
        counts.requests,
        counts.throttled,
    );
    if let Some(ending) = scanned.ending {
        let remedy = match resumable {
            true => "run the same command again to go on",
            false => "with --resume FILE a scan can be gone on with",
        };
        eprintln!("pilaster: {ending}, so it is not whole; {remedy}");
    }
}
