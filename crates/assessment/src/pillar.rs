//! A score and a coverage per pillar.

use framework::{Pillar, Severity};
use serde::{Deserialize, Serialize};

use crate::{CheckResult, PracticeResult, PracticeVerdict, Tally};

/// What the checks that bear on a pillar come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PillarResult {
    /// The pillar.
    pub pillar: Pillar,
    /// 0 to 100, rounded down, so that 100 means that nothing failed; nothing where nothing was decided.
    pub score: Option<u8>,
    /// The share of what was asked that could be decided, 0 to 100, rounded down; nothing where nothing
    /// was asked.
    pub decided: Option<u8>,
    /// The findings that bear on it, by status.
    pub tally: Tally,
    /// How many of its practices were assessed.
    pub assessed: u32,
    /// How many practices it has.
    pub practices: u32,
    /// How many of them are at risk.
    pub at_risk: u32,
}

/// How much a check weighs, by severity.
fn weight(severity: Severity) -> f64 {
    match severity {
        Severity::Critical => 10.0,
        Severity::High => 5.0,
        Severity::Medium => 2.0,
        Severity::Low => 1.0,
    }
}

pub(crate) fn results(checks: &[CheckResult], practices: &[PracticeResult]) -> Vec<PillarResult> {
    let mut results = Vec::with_capacity(Pillar::ALL.len());
    for pillar in Pillar::ALL {
        let mut tally = Tally::default();
        // Weights of what passed, of what was decided, of what was decided or unknown: each check
        // counts once, whatever the number of its resources.
        let (mut passed, mut decided, mut decidable, mut asked) = (0.0, 0.0, 0.0, 0.0);
        for check in checks.iter().filter(|c| c.practices.iter().any(|p| p.pillar() == pillar)) {
            tally = tally.plus(check.tally);
            let weight = weight(check.severity);
            let (sure, all) = (check.tally.decided(), check.tally.decided() + check.tally.unknown);
            if sure > 0 {
                passed += weight * f64::from(check.tally.passed) / f64::from(sure);
                decided += weight;
            }
            if all > 0 {
                decidable += weight * f64::from(sure) / f64::from(all);
                asked += weight;
            }
        }
        let percent = |part: f64, whole: f64| (whole > 0.0).then(|| (100.0 * part / whole + 1e-9).floor() as u8);
        let of_pillar = || practices.iter().filter(move |p| p.practice.pillar() == pillar);
        let count = |wanted: fn(PracticeVerdict) -> bool| of_pillar().filter(|p| wanted(p.verdict)).count() as u32;
        results.push(PillarResult {
            pillar,
            score: percent(passed, decided),
            decided: percent(decidable, asked),
            tally,
            assessed: count(|verdict| verdict != PracticeVerdict::NotAssessed),
            practices: of_pillar().count() as u32,
            at_risk: count(|verdict| verdict == PracticeVerdict::AtRisk),
        });
    }
    results
}
