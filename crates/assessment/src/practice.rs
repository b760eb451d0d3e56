//! A verdict per best practice.

use std::collections::HashMap;

use findings::{Finding, Status};
use framework::BestPractice;
use serde::{Deserialize, Serialize};

use crate::{CheckResult, Tally};

/// What the evidence for a best practice comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PracticeResult {
    /// The practice.
    pub practice: BestPractice,
    /// The verdict.
    pub verdict: PracticeVerdict,
    /// The findings that bear on it, by status.
    pub tally: Tally,
    /// Indices of the findings that fail, are unknown or are waived.
    pub findings: Vec<u32>,
}

/// The verdict on a best practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PracticeVerdict {
    /// What was checked of it holds.
    Met,
    /// Something that was checked of it does not hold.
    AtRisk,
    /// Nothing speaks against it, but something could not be known.
    Unknown,
    /// No evidence for or against it was found.
    NotAssessed,
}

impl PracticeVerdict {
    /// Its name in reports.
    pub fn id(self) -> &'static str {
        match self {
            PracticeVerdict::Met => "met",
            PracticeVerdict::AtRisk => "at_risk",
            PracticeVerdict::Unknown => "unknown",
            PracticeVerdict::NotAssessed => "not_assessed",
        }
    }

    fn of(tally: Tally) -> Self {
        match tally {
            Tally { failed: 1.., .. } => PracticeVerdict::AtRisk,
            Tally { unknown: 1.., .. } => PracticeVerdict::Unknown,
            Tally { passed: 1.., .. } => PracticeVerdict::Met,
            _ => PracticeVerdict::NotAssessed,
        }
    }
}

pub(crate) fn results(checks: &[CheckResult], findings: &[Finding]) -> Vec<PracticeResult> {
    let mut tallies: HashMap<BestPractice, (Tally, Vec<u32>)> = HashMap::new();
    for check in checks {
        for practice in &check.practices {
            let (tally, _) = tallies.entry(*practice).or_default();
            *tally = tally.plus(check.tally);
        }
    }
    for (number, finding) in findings.iter().enumerate() {
        if let (Status::Fail | Status::Unknown | Status::Waived, Some(check)) =
            (finding.status(), checks.get(finding.check as usize))
        {
            for practice in &check.practices {
                tallies.entry(*practice).or_default().1.push(number as u32);
            }
        }
    }
    BestPractice::all()
        .map(|practice| {
            let (tally, findings) = tallies.remove(&practice).unwrap_or_default();
            PracticeResult { practice, verdict: PracticeVerdict::of(tally), tally, findings }
        })
        .collect()
}
