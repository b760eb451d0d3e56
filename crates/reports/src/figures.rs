//! The charts of an assessment, for every format that shows pictures.
//!
//! Failures are those that the baseline does not have, whatever is listed: all charts on a page are of the same.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use assessment::{Assessment, CheckResult, PillarResult, Savings, Tally};
use findings::{Effort, Status};
use framework::Severity;
use pricing::Usd;

use crate::charts::{
    self, Axis, Bar, Bars, Gauge, Heat, Matrix, Part, Stack, Tone, Trend, bars, gauge, heat, matrix, stack,
};
use crate::{Past, savings, words};

const SERVICES: usize = 10;

const WORST_FIRST: [Severity; 4] = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];
const EFFORTS: [Effort; 3] = [Effort::Small, Effort::Medium, Effort::Large];

/// The score of a pillar, and how much of it could be decided.
pub(crate) fn score(result: &PillarResult) -> String {
    let note = match (result.decided, result.score) {
        (Some(decided), Some(_)) => format!("{decided}% decided"),
        _ => "nothing decided".to_owned(),
    };
    gauge(&Gauge { title: result.pillar.name().to_owned(), score: result.score, note })
}

/// The score of a pillar over time; nothing without a past.
pub(crate) fn trend(assessment: &Assessment, result: &PillarResult, past: &[Past]) -> Option<String> {
    let of = |past: &Past| past.scores.iter().find(|(pillar, _)| *pillar == result.pillar)?.1;
    let before = past.iter().map(|past| (past.today, of(past)));
    (!past.is_empty()).then(|| {
        charts::trend(&Trend {
            title: format!("Score of {} over time", result.pillar.name()),
            scores: before.chain([(assessment.today, result.score)]).collect(),
        })
    })
}

/// Checks and how many of their findings fail.
fn failing(assessment: &Assessment) -> Vec<(&CheckResult, u64)> {
    let counted = assessment.checks.iter().zip(assessment.failing());
    counted.filter(|(_, failing)| *failing > 0).map(|(check, failing)| (check, u64::from(failing))).collect()
}

pub(crate) fn by_severity(assessment: &Assessment) -> String {
    let failing = failing(assessment);
    let failed = |severity: Severity| -> u64 {
        failing.iter().filter(|(check, _)| check.severity == severity).map(|(_, failing)| failing).sum()
    };
    let part = |severity: Severity| Part {
        label: severity.id().to_owned(),
        value: failed(severity),
        tone: Tone::Of(severity),
    };
    stack(&Stack { title: "Failures by severity".to_owned(), parts: WORST_FIRST.into_iter().map(part).collect() })
}

pub(crate) fn by_status(assessment: &Assessment) -> String {
    let Tally { passed, failed, unknown, waived, .. } = assessment.tally();
    let part = |label: &str, value: u32, tone| Part { label: label.to_owned(), value: value.into(), tone };
    stack(&Stack {
        title: "Findings by status".to_owned(),
        parts: vec![
            part("failed", failed, Tone::Bad),
            part("unknown", unknown, Tone::Unknown),
            part("waived", waived, Tone::Plain),
            part("passed", passed, Tone::Good),
        ],
    })
}

pub(crate) fn by_effort(assessment: &Assessment) -> String {
    let failing = failing(assessment);
    let number = |severity: Severity, effort: Effort| {
        failing.iter().filter(|(check, _)| check.severity == severity && check.effort == effort).count() as u64
    };
    let cells = WORST_FIRST.map(|severity| EFFORTS.map(|effort| number(severity, effort)).to_vec()).to_vec();
    let efforts = EFFORTS.map(|effort| words::effort(effort).to_owned()).to_vec();
    matrix(&Matrix {
        title: "Failing checks by impact and effort".to_owned(),
        across: Axis { name: "Effort".to_owned(), steps: efforts },
        down: Axis { name: "Impact".to_owned(), steps: WORST_FIRST.map(|s| s.id().to_owned()).to_vec() },
        cells,
    })
}

/// Services and how often they fail, those that fail most first.
fn services(assessment: &Assessment) -> Vec<(&str, u64)> {
    let mut services: BTreeMap<&str, u64> = BTreeMap::new();
    for (check, failing) in failing(assessment) {
        *services.entry(&check.service).or_default() += failing;
    }
    let mut services: Vec<_> = services.into_iter().collect();
    services.sort_by_key(|(name, failed)| (Reverse(*failed), *name));
    services
}

pub(crate) fn by_service(assessment: &Assessment) -> String {
    let all = services(assessment);
    let (shown, rest) = all.split_at(all.len().min(SERVICES));
    let bar = |label: &str, value| Bar { label: label.to_owned(), value, tone: Tone::Plain };
    let mut shown: Vec<Bar> = shown.iter().map(|(name, failed)| bar(name, *failed)).collect();
    if !rest.is_empty() {
        shown.push(bar(&words::count(rest.len(), "other"), rest.iter().map(|(_, failed)| failed).sum()));
    }
    bars(&Bars { title: "Failures by service".to_owned(), bars: shown })
}

/// Failures by service and region, where there are several regions.
pub(crate) fn by_region(assessment: &Assessment) -> Option<String> {
    let mut cells: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for finding in assessment.findings.iter().filter(|finding| finding.is_new()) {
        let Some(region) = assessment.inventory.resource(finding.resource).region.as_deref() else { continue };
        let failed = u64::from(finding.status() == Status::Fail);
        *cells.entry((assessment.check(finding).service.as_str(), region)).or_default() += failed;
    }
    let failing: BTreeMap<_, _> = cells.iter().filter(|(_, failed)| **failed > 0).collect();
    let regions: BTreeSet<&str> = failing.keys().map(|(_, region)| *region).collect();
    if regions.len() < 2 {
        return None;
    }
    let of_region: BTreeSet<&str> = failing.keys().map(|(service, _)| *service).collect();
    let rows: Vec<&str> = services(assessment)
        .into_iter()
        .map(|(name, _)| name)
        .filter(|s| of_region.contains(s))
        .take(SERVICES)
        .collect();
    let row = |service: &&str| regions.iter().map(|region| cells.get(&(*service, *region)).copied()).collect();
    Some(heat(&Heat {
        title: "Failures by service and region".to_owned(),
        rows: rows.iter().map(|name| (*name).to_owned()).collect(),
        columns: regions.iter().map(|name| (*name).to_owned()).collect(),
        cells: rows.iter().map(row).collect(),
    }))
}

/// What may be saved a month by service, the most first.
pub(crate) fn savings_by_service(savings: &Savings<'_>) -> String {
    let all = savings::by_service(savings);
    let (shown, rest) = all.split_at(all.len().min(SERVICES));
    let mut shown: Vec<(String, Usd)> = shown.iter().map(|(name, monthly)| ((*name).to_owned(), *monthly)).collect();
    if !rest.is_empty() {
        shown.push((words::count(rest.len(), "other"), rest.iter().map(|(_, monthly)| *monthly).sum()));
    }
    in_dollars("USD a month by service, to the dollar", shown)
}

/// What may be saved a month by what that takes.
pub(crate) fn savings_by_effort(savings: &Savings<'_>) -> String {
    let of = |effort: Effort| savings.by_check.iter().filter(move |of| of.check.effort == effort);
    let shown = EFFORTS.map(|effort| (words::effort(effort).to_owned(), of(effort).map(|of| of.monthly).sum()));
    in_dollars("USD a month by effort, to the dollar", shown.into())
}

fn in_dollars(title: &str, amounts: Vec<(String, Usd)>) -> String {
    let dollars = |monthly: Usd| u64::try_from(monthly.cents().saturating_add(50) / 100).unwrap_or_default();
    let bar = |(label, monthly)| Bar { label, value: dollars(monthly), tone: Tone::Good };
    bars(&Bars { title: title.to_owned(), bars: amounts.into_iter().map(bar).collect() })
}
