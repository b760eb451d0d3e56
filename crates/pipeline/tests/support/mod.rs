//! Assessing a literal template.
#![allow(dead_code, reason = "every test file uses its own part")]

use std::io::Cursor;

use assessment::Assessment;
use findings::{Baseline, Config, Finding, Status};
use jiff::civil::{Date, date};
use pipeline::{Judging, Request, Stream};

pub(crate) const TODAY: Date = date(2026, 11, 1);

pub(crate) fn request(text: &str) -> Request {
    Request {
        paths: Vec::new(),
        stream: Some(Stream { name: "t.yaml".to_owned(), reader: Box::new(Cursor::new(text.to_owned())) }),
        parameters: Default::default(),
        variables: Default::default(),
        account: None,
        region: None,
        judging: Judging {
            config: Config::default(),
            baseline: None,
            today: TODAY,
            keep_passes: true,
            version: "test".to_owned(),
        },
    }
}

pub(crate) fn assess(request: Request) -> Assessment {
    pipeline::assess(request, &mut |_| {}).expect("an assessment")
}

pub(crate) fn with_config(text: &str, config: &str) -> Assessment {
    let config = pipeline::config("pilaster.toml", config).expect("a configuration");
    let mut request = request(text);
    request.judging.config = config;
    assess(request)
}

pub(crate) fn with_baseline(text: &str, baseline: Baseline) -> Assessment {
    let mut request = request(text);
    request.judging.baseline = Some(baseline);
    assess(request)
}

/// The findings of one check, as `LogicalId status`, in order.
pub(crate) fn statuses(assessment: &Assessment, check: &str) -> Vec<String> {
    let of_check = |finding: &&Finding| assessment.check(finding).id == check;
    let found = assessment.findings.iter().filter(of_check);
    found.map(|f| format!("{} {}", assessment.inventory.resource(f.resource).id, f.status())).collect()
}

pub(crate) fn count(assessment: &Assessment, status: Status) -> usize {
    assessment.findings.iter().filter(|finding| finding.status() == status).count()
}
